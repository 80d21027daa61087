"""``pmcareer profile check`` and ``profile namespace``."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import yaml
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF

FAULTY = """\
region: mars
calendar_namespace: abc
roles:
  - {role: project-coordinatr, from: 2030-03-01, to: 2029-01-01}
certifications:
  - {id: pmp, earned: 2023-06-15, renewed: [2031-01-01]}
  - {id: pmpp, earned: 2023-06-15}
  - id: csm
    renewed: [2025-04-20]
  - {id: pmp, edition: 9}
memberships: [pmi, foo]
units:
  - {on: 2027-02-11, hours: 1.5, category: education/power-skills, for: [pmp]}
  - {on: 2026-02-11, reported: 2026-01-01, hours: 1, category: education, for: [pmp]}
  - {on: 2026-02-12, hours: 1, category: underwater}
  - {on: 2026-02-12, hours: 1, category: underwater}
  - {on: 2026-02-13, hours: 1, split: [{category: education, hours: 2}], for: [pmp]}
  - {on: 2026-02-14, hours: 1, for: [cissp]}
"""


def test_everything_is_said_at_once_each_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text(FAULTY, encoding="utf-8")
    done = invoke(tmp_path, "profile", "check", "--as-of", AS_OF, "--format", "json")
    assert done.code == 3
    document = json.loads(done.out)
    assert document["schema"] == "pmcareer.problems/1"
    found = [(p["line"], p["code"], p["severity"]) for p in document["problems"]]
    assert found == [
        (1, "profile-unknown-id", "error"),  # the region
        (2, "field-value", "error"),  # the namespace
        (4, "profile-event-order", "warning"),  # ends before it begins
        (4, "profile-future", "warning"),
        (4, "profile-unknown-id", "error"),  # the role
        (6, "profile-future", "warning"),
        (7, "profile-unknown-id", "error"),  # the certification
        (8, "profile-event-order", "warning"),  # renewed, never earned
        (10, "profile-twice", "note"),
        (10, "profile-unknown-id", "warning"),  # the edition
        (11, "profile-unknown-id", "error"),  # the membership
        (13, "profile-future", "warning"),
        (14, "profile-event-order", "warning"),  # reported before it took place
        (15, "units-category-unknown", "warning"),
        (16, "profile-twice", "warning"),
        (16, "units-category-unknown", "warning"),
        (17, "profile-event-order", "warning"),  # the parts are more than the whole
        (18, "units-category-unknown", "warning"),  # nobody takes it
        (18, "units-for-unknown", "warning"),
    ]
    assert "did you mean" in next(p["hint"] for p in document["problems"] if p["line"] == 7)


def test_what_cannot_be_read_is_said_with_the_ids_that_are_unknown(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text("certifications:\n  - {id: pmpp, earned: yesterday}\n", encoding="utf-8")
    done = invoke(tmp_path, "profile", "check", "--as-of", AS_OF, "--format", "json")
    assert done.code == 3
    assert [p["code"] for p in json.loads(done.out)["problems"]] == ["profile-unknown-id", "field-date"]


def test_a_profile_without_fault(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text("certifications: [{id: pmp, earned: 2024-06-15}]\n", encoding="utf-8")
    done = invoke(tmp_path, "profile", "check", "--as-of", AS_OF, "--strict")
    assert (done.code, done.out) == (0, "pmcareer.yaml: nothing to complain about\n")


def test_doubts_are_findings_under_strict_only(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text("certifications: [{id: pmp, earned: 2027-06-15}]\n", encoding="utf-8")
    assert invoke(tmp_path, "profile", "check", "--as-of", AS_OF).code == 0
    assert invoke(tmp_path, "profile", "check", "--as-of", AS_OF, "--strict").code == 1


def test_no_profile_at_all(tmp_path: Path) -> None:
    assert invoke(tmp_path, "profile", "check").code == 2
    assert invoke(tmp_path, "profile", "check", "--profile", "nowhere.yaml").code == 4


def test_a_namespace_is_given_once(tmp_path: Path) -> None:
    path = tmp_path / "pmcareer.yaml"
    path.write_text("region: us  # home\n", encoding="utf-8")
    assert invoke(tmp_path, "profile", "namespace").code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("region: us  # home\ncalendar_namespace: ")
    assert uuid.UUID(yaml.safe_load(text)["calendar_namespace"]).version == 4
    done = invoke(tmp_path, "profile", "namespace")
    assert (done.code, path.read_text(encoding="utf-8")) == (0, text)
    assert "it is there already" in done.out


def test_two_people_get_two_namespaces(tmp_path: Path) -> None:
    assert invoke(tmp_path, "profile", "namespace", "--profile", "a.yaml").code == 0
    assert invoke(tmp_path, "profile", "namespace", "--profile", "b.yaml").code == 0
    given = {yaml.safe_load((tmp_path / name).read_text())["calendar_namespace"] for name in ("a.yaml", "b.yaml")}
    assert len(given) == 2


IMPOSSIBLE = """\
currency: usd
time_zone: Mars/Olympus
experience: {project-work: -14}
study: {hours_per_week: 169}
units:
  - {on: 2026-02-11, hours: -1.5, category: education}
"""


def test_amounts_that_cannot_be_are_errors_wherever_they_are_read(tmp_path: Path) -> None:
    """A week has 168 hours; the rest nobody can have done."""
    (tmp_path / "pmcareer.yaml").write_text(IMPOSSIBLE, encoding="utf-8")
    done = invoke(tmp_path, "profile", "check", "--as-of", AS_OF, "--format", "json")
    assert done.code == 3
    errors = [p for p in json.loads(done.out)["problems"] if p["severity"] == "error"]
    assert {p["code"] for p in errors} == {"field-value"}
    assert sorted({p["line"] for p in errors}) == [1, 2, 4, 6]
    messages = " ".join(p["message"] for p in errors)
    assert all(said in messages for said in ("'usd'", "Mars/Olympus", "-14", "169", "-1.5"))
    plan = invoke(tmp_path, "plan", "--to", "project-manager", "--as-of", AS_OF)
    assert plan.code == 3 and "pmcareer.yaml:1" in plan.error
