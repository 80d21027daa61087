"""``pmcareer export json-resume``: fits the published schema, says what it should, reads back as the same person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF

SCHEMA = Path(__file__).resolve().parents[1] / "interop" / "jsonresume" / "schema.json"
PROFILE = """\
region: uk
education: master
roles:
  - {role: project-coordinator, from: 2020-02-01, to: 2023-08-31}
  - {role: it-project-manager, from: 2023-09-01}
certifications:
  - {id: csm, earned: 2023-05-02, renewed: [2025-04-20], note: private}
  - {id: pmp, earned: 2024-06-15}
  - {id: cism, events: [{on: 2020-01-01, kind: awarded}, {on: 2021-01-01, kind: revoked}]}
skills: {negotiation: practitioner}
units: [{on: 2026-01-01, hours: 2, title: Secret course}]
study: {budget: 1500 USD}
goal: {role: cto}
unmatched:
  - {kind: certification, name: Sommelier, by: Court, from: Mar 2019, to: "2029"}
  - {kind: role, name: Barista, by: Café, from: "2015", to: someday}
"""


def validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def exported(folder: Path, text: str) -> Any:
    (folder / "pmcareer.yaml").write_text(text, encoding="utf-8")
    done = invoke(folder, "export", "json-resume", "--as-of", AS_OF)
    assert done.code == 0, done.error
    return json.loads(done.out)


def test_the_schema_can_refuse() -> None:
    assert not validator().is_valid({"certificates": [{"date": "March"}]})
    assert not validator().is_valid({"work": "none"})


@pytest.mark.parametrize("text", [PROFILE, "region: us\n", "roles: [{role: newcomer, from: 2026-01-01}]\n"])
def test_it_fits_the_published_schema(text: str, tmp_path: Path) -> None:
    assert list(validator().iter_errors(exported(tmp_path, text))) == []


def test_it_says_what_others_may_read_and_nothing_else(tmp_path: Path) -> None:
    resume = exported(tmp_path, PROFILE)
    assert resume["basics"] == {"label": "IT project manager", "location": {"countryCode": "GB"}}
    assert [(one["position"], one["startDate"], one.get("endDate")) for one in resume["work"]] == [
        ("IT project manager", "2023-09-01", None),
        ("Project coordinator", "2020-02-01", "2023-08-31"),
        ("Barista", "2015", None),
    ]
    # PMP: three years from 2024-06-15; CSM: two years from the end of the first two, or from the renewal, the earlier.
    assert [(one["name"], one["date"], one["pmcareer"]["expires"]) for one in resume["certificates"]] == [
        ("Project Management Professional", "2024-06-15", "2027-06-14"),
        ("Certified ScrumMaster", "2023-05-02", "2027-04-19"),
        ("Sommelier", "2019-03", "2029"),
    ]
    assert resume["education"] == [{"studyType": "Master", "pmcareer": {"level": "master"}}]
    assert resume["skills"] == [{"name": "Negotiation", "level": "practitioner"}]
    text = json.dumps(resume)
    assert not any(word in text for word in ("private", "Secret", "1500", "cto", "cism"))


def test_it_reads_back_as_the_same_person(tmp_path: Path) -> None:
    exported(tmp_path, PROFILE)
    invoke(tmp_path, "export", "json-resume", "--as-of", AS_OF, "-o", "resume.json")
    done = invoke(tmp_path, "import", "json-resume", "resume.json", "--profile", "again.yaml", "--as-of", AS_OF)
    assert done.code == 0, done.error
    before, after = (
        yaml.safe_load((tmp_path / f).read_text(encoding="utf-8")) for f in ("pmcareer.yaml", "again.yaml")
    )
    assert after["roles"] == before["roles"]
    assert after["education"] == {"level": "master"}
    assert after["skills"] == before["skills"]
    # The renewal of CSM has no place in a resume; its last day has.
    assert {one["id"]: str(one["earned"]) for one in after["certifications"]} == {
        "csm": "2023-05-02",
        "pmp": "2024-06-15",
    }
    again = exported(tmp_path, (tmp_path / "again.yaml").read_text(encoding="utf-8"))
    assert {one["name"]: one.get("pmcareer", {}).get("expires") for one in again["certificates"]} == {
        "Project Management Professional": "2027-06-14",
        "Certified ScrumMaster": "2027-04-19",
        "Sommelier": "2029",
    }


def test_a_resume_comes_back_with_its_name_employers_and_schools(tmp_path: Path) -> None:
    resume = Path(__file__).resolve().parents[2] / "examples" / "imports" / "resume.json"
    assert invoke(tmp_path, "import", "json-resume", str(resume), "--as-of", AS_OF).code == 0
    before = json.loads(resume.read_text(encoding="utf-8"))
    after = exported(tmp_path, (tmp_path / "pmcareer.yaml").read_text(encoding="utf-8"))
    assert list(validator().iter_errors(after)) == []
    assert after["basics"]["name"] == before["basics"]["name"]
    assert [one["name"] for one in after["work"]] == [one["name"] for one in before["work"]]
    assert [one["institution"] for one in after["education"]] == ["Lakeside University"]


def test_there_must_be_a_profile(tmp_path: Path) -> None:
    done = invoke(tmp_path, "export", "json-resume")
    assert done.code == 2 and "no profile" in done.error
