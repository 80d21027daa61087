"""``pmcareer plan`` as people meet it: answers, refusals, exit codes, formats."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.running import AS_OF, pmcareer

QUICK = ("plan", "--to", "project-coordinator", "--as-of", AS_OF)


def answered(folder: Path, *arguments: str) -> dict[str, Any]:
    done = pmcareer(*arguments, "--as-of", AS_OF, "--format", "json", folder=folder)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_the_shortest_useful_call_says_what_it_assumes(tmp_path: Path) -> None:
    done = pmcareer(*QUICK, folder=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    assert "Newcomer → Project coordinator" in done.stdout
    assert "you start as a newcomer" in done.stdout and "--from ROLE" in done.stdout


def test_nothing_is_wider_than_eighty_columns_when_piped(tmp_path: Path) -> None:
    lines = pmcareer(*QUICK, folder=tmp_path).stdout.splitlines()
    assert max(len(line) for line in lines if "://" not in line) <= 80


def test_no_escape_codes_when_piped(tmp_path: Path) -> None:
    assert "\x1b" not in pmcareer(*QUICK, folder=tmp_path).stdout


def test_the_document_has_the_keys_that_others_rely_on(tmp_path: Path) -> None:
    document = answered(tmp_path, "plan", "--to", "project-coordinator")
    assert document["schema"] == "pmcareer.plan/1" and document["as_of"] == AS_OF
    assert {"from", "to", "objective", "assumptions", "unknown", "rates", "plans"} <= document.keys()
    (plan,) = document["plans"]
    assert {
        "arrives",
        "months",
        "cost",
        "cost_lines",
        "exams",
        "proven_optimal",
        "bound",
        "pay",
        "roles",
        "certifications",
        "steps",
        "would_help",
    } <= plan.keys()
    assert plan["cost"].keys() == {"amount", "currency"}
    for step in plan["steps"]:
        assert {"kind", "id", "start", "end", "cost", "because", "sources", "critical", "float_days"} <= step.keys()
        assert step["because"], step


def test_study_time_is_hand_arithmetic(tmp_path: Path) -> None:
    """40 h at 6 a week: ceil(7 × 40 / 6) = 47 days from 23 November 2026 is 9 January 2027."""
    document = answered(tmp_path, "plan", "--to", "project-coordinator", "--require", "prince2-foundation")
    study = next(s for s in document["plans"][0]["steps"] if s["kind"] == "study")
    assert study["hours"] == 40
    assert (study["start"], study["end"]) == ("2026-11-23", "2027-01-09")


def test_already_there(tmp_path: Path) -> None:
    document = answered(tmp_path, "plan", "--from", "cto", "--to", "cto")
    (plan,) = document["plans"]
    assert plan["arrives"] == AS_OF and plan["steps"] == [] and plan["cost"]["amount"] == "0.00"


def test_a_required_certification_is_earned_even_where_one_stays(tmp_path: Path) -> None:
    arguments = ("plan", "--from", "project-coordinator", "--to", "project-coordinator", "--require", "csm")
    (plan,) = answered(tmp_path, *arguments)["plans"]
    assert plan["certifications"] == ["csm"]
    assert plan["roles"] == ["project-coordinator"]
    assert [s["kind"] for s in plan["steps"]] == ["study", "earn"]


def test_what_is_avoided_is_not_in_the_plan(tmp_path: Path) -> None:
    arguments = ("plan", "--to", "project-coordinator", "--avoid", "prince2-foundation")
    (plan,) = answered(tmp_path, *arguments)["plans"]
    assert "prince2-foundation" not in plan["certifications"]


@pytest.mark.parametrize("name", ["project coordinator", "Project-Coordinator", "proj coord", "PROJECT COORDINATOR"])
def test_names_are_forgiving(tmp_path: Path, name: str) -> None:
    if name == "proj coord":
        done = pmcareer("plan", "--to", name, "--as-of", AS_OF, folder=tmp_path)
        assert done.returncode == 2 and "project-coordinator" in done.stderr
    else:
        assert answered(tmp_path, "plan", "--to", name)["to"] == "project-coordinator"


def test_an_unknown_role_offers_the_nearest(tmp_path: Path) -> None:
    done = pmcareer("plan", "--to", "projct-manager", folder=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert "unknown role: 'projct-manager'" in done.stderr and "project-manager" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("plan",), 2, "--to ROLE"),
        (("plan", "--to", "cto", "--hold", "pmpp:2024-01-01"), 2, "pmp"),
        (("plan", "--to", "cto", "--hold", "pmp:2024-02-30"), 2, "not in the calendar"),
        (("plan", "--to", "cto", "--hold", "pmp:2030-01-01", "--as-of", AS_OF), 2, "after the as-of date"),
        (("plan", "--to", "cto", "--experience", "project-work"), 2, "KIND=MONTHS"),
        (("plan", "--to", "cto", "--experience", "project-work=NaN"), 2, "KIND=MONTHS"),
        (("plan", "--to", "cto", "--experience", "projectwork=3"), 2, "project-work"),
        (("plan", "--to", "cto", "--hours-per-week", "0"), 2, "168"),
        (("plan", "--to", "cto", "--hours-per-week", "x"), 2, "number of hours"),
        (("plan", "--to", "cto", "--budget", "lots"), 2, "not an amount"),
        (("plan", "--to", "cto", "--by", "2026-1-5"), 2, "YYYY-MM-DD"),
        (("plan", "--to", "cto", "--by", "2020-01-01", "--as-of", AS_OF), 2, "before the as-of date"),
        (("plan", "--to", "cto", "--require", "pmp", "--avoid", "pmp"), 2, "required and avoided"),
        (("plan", "--to", "cto", "--region", "atlantis"), 2, "unknown region"),
        (("plan", "--to", "cto", "--format", "pdf"), 2, "pdf"),
        (("plan", "--to", "cto", "--profile", "nowhere.yaml"), 4, "nowhere.yaml"),
        (("plan", "--to", "cto", "--catalog", "nowhere"), 4, "nowhere"),
        (("plan", "--instance", "nowhere.json"), 4, "nowhere.json"),
        (("plann",), 2, "plan"),
    ],
)
def test_refusals_are_one_clear_message(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = pmcareer(*arguments, folder=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_broken_profile_lists_every_problem_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text(
        "region: us\neducation: {level: batchelor}\nroles:\n  - {role: x, form: y}\n"
    )
    done = pmcareer("plan", "--to", "cto", folder=tmp_path)
    assert done.returncode == 3
    assert "pmcareer.yaml:2:20" in done.stderr and "bachelor" in done.stderr
    assert "pmcareer.yaml:4" in done.stderr and "form" in done.stderr


def test_a_profile_is_found_and_named(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text(
        "roles:\n  - {role: project-coordinator, from: 2024-03-01}\ngoal: {role: assistant-project-manager}\n"
    )
    done = pmcareer("plan", "--as-of", AS_OF, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Project coordinator → Assistant project manager" in done.stdout
    assert "Using the profile pmcareer.yaml" in done.stderr


def test_no_plan_names_what_stands_in_the_way(tmp_path: Path) -> None:
    arguments = ("plan", "--to", "project-coordinator", "--by", "2026-12-01", "--as-of", AS_OF)
    done = pmcareer(*arguments, "--format", "json", folder=tmp_path)
    document = json.loads(done.stdout)
    assert done.returncode == 0 and document["plans"] == []
    assert any("an arrival after 2026-12-01" in relaxed["ease"] for relaxed in document["why_not"])
    assert pmcareer(*arguments, "--strict", folder=tmp_path).returncode == 1


def test_an_impossible_way_says_so(tmp_path: Path) -> None:
    done = pmcareer("plan", "--from", "cto", "--to", "newcomer", "--as-of", AS_OF, folder=tmp_path)
    assert done.returncode == 0
    assert "no ladder of the catalog leads from cto to newcomer" in done.stdout


def test_csv_is_the_table_of_steps(tmp_path: Path) -> None:
    done = pmcareer(*QUICK, "--format", "csv", folder=tmp_path)
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert header == ["From", "To", "Step", "Cost", "Float"]
    assert rows[-1][2] == "become Project coordinator"


def test_output_goes_to_the_file_and_its_ending_decides(tmp_path: Path) -> None:
    done = pmcareer(*QUICK, "-o", "plan.json", folder=tmp_path)
    assert done.returncode == 0 and done.stdout == ""
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["schema"] == "pmcareer.plan/1"


def test_a_file_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    done = pmcareer(*QUICK, "-o", "no/such/folder/plan.md", folder=tmp_path)
    assert done.returncode == 4 and "folder does not exist" in done.stderr


def test_a_reader_that_leaves_early_is_no_failure(tmp_path: Path) -> None:
    environment = {**os.environ, "PMCAREER_CACHE": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "pmcareer", *QUICK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_an_instance_goes_out_and_comes_back_to_the_same_plan(tmp_path: Path) -> None:
    """The exported instance, solved by itself, gives the catalog's plan: arrival, cost, exams."""
    done = pmcareer(*QUICK, "--format", "instance", folder=tmp_path)
    (tmp_path / "instance.json").write_text(done.stdout, encoding="utf-8")
    assert json.loads(done.stdout)["schema"] == "pmcareer.instance/1"
    solved = json.loads(pmcareer("plan", "--instance", "instance.json", "--format", "json", folder=tmp_path).stdout)
    (plan,), (catalogs,) = solved["plans"], answered(tmp_path, "plan", "--to", "project-coordinator")["plans"]
    assert plan["arrival_day"] == catalogs["days"]
    assert plan["exams"] == catalogs["exams"]
    assert f"{plan['cost']:.2f}" == catalogs["cost"]["amount"]


def test_a_bad_instance_lists_its_problems(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"schema": "pmcareer.instance/1", "target": "r9", "roles": {}, "moves": 3}')
    done = pmcareer("plan", "--instance", "bad.json", folder=tmp_path)
    assert done.returncode == 3 and "bad.json" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', "[" * 100_000, '{"a": NaN}', "\ufeff{}", ""])
def test_hostile_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    done = pmcareer("plan", "--instance", "bad.json", folder=tmp_path)
    assert done.returncode == 3 and "Traceback" not in done.stderr, done.stderr
