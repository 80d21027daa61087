"""``team status --engine spark`` on a local Spark: the same answer, to the row, as the local engines give."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.cli.in_process import invoke
from tests.interop.programs import SET_UP, in_venv, run
from tests.tools import require_tool

ROOT = Path(__file__).resolve().parents[2]
LOCAL = (
    "--master local[1] --conf spark.sql.shuffle.partitions=1 --conf spark.sql.adaptive.enabled=false "
    "--conf spark.ui.enabled=false --conf spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 pyspark-shell"
)

# Rows of one person far apart, blanks around an id, an empty line, a comma in a cell, and each kind of finding. Both
# PRINCE2 certifications are of one suite: the second exam moves the first one's date.
ROSTER = """\
person,manager,role,department,certification,earned
ann,x,project-manager,A,pmp,2025-03-01
bob,x,project-manager,A,csm,2025-06-10

dee,x,project-manager,A,prince2-foundation,2021-02-03
 bob ,x,project-manager,A,psm-i,2019-13-01
cy,,project-manager,"B, C",nonsense,2020-01-01
,x,project-manager,A,pmp,2025-03-01
ann,x,project-manager,A,csm,2019-01-01
dee,x,project-manager,A,prince2-practitioner,2024-02-03
eve,x,project-manager
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spark")
    (folder / "staff.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "people.csv").write_text("person,manager\nann,x\n\nbob,ann\ncy,\n", encoding="utf-8")
    held = (
        "person,certification,earned\nbob,csm,2025-06-10\nann,pmp,2025-03-01\nzoe,pmp,2025-03-01\n bob,pmp,2019-13-01\n"
    )
    (folder / "held.csv").write_text(held, encoding="utf-8")
    header, *lines = ROSTER.splitlines(keepends=True)
    (folder / "parts").mkdir()
    for n, part in enumerate((lines[:5], lines[5:])):
        (folder / "parts" / f"part-{n}.csv").write_text(header + "".join(part), encoding="utf-8")
    duckdb.connect().execute(
        "COPY (SELECT * FROM (VALUES ('ann', 'A', ['pmp:2025-03-01', 'csm:2019-01-01'], DATE '2020-01-01'), "
        "('bob', 'B', ['csm:2025-06-10', 'nonsense:2020-01-01'], NULL), ('bob', 'B', NULL, NULL)) "
        f"t(person, department, certifications, role_since)) TO '{folder}/staff.parquet' (FORMAT parquet)"
    )
    return folder


@pytest.fixture(scope="module")
def by_spark(folder: Path) -> list[Any]:
    """One session for all: its start takes longest."""
    python = in_venv("python")
    require_tool(shutil.which("java"), f"java ({SET_UP})")
    probe = run(python, "-c", "import importlib.util as u; print(bool(u.find_spec('pyspark')))")
    require_tool(probe.strip() == "True", f"pyspark ({SET_UP})")
    surroundings = {"PYSPARK_SUBMIT_ARGS": LOCAL, "PYTHONPATH": str(ROOT / "src"), "PYSPARK_PYTHON": str(python)}
    script = Path(__file__).parent / "spark_status.py"
    sources = [str(folder / name) for name in ("people.csv", "held.csv", "staff.csv", "staff.parquet", "parts")]
    command = [str(python), "-W", "ignore", str(script), *sources]
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | surroundings, timeout=500, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


def local(folder: Path, name: str, engine: str, *more: str) -> Any:
    options = (*more, "--as-of", "2026-11-23", "--format", "json", "--engine", engine)
    return json.loads(invoke(folder, "team", "status", name, *options).out)


def test_few_people_are_answered_to_the_row(folder: Path, by_spark: list[Any]) -> None:
    answer = by_spark[0][0]
    assert answer == local(folder, "staff.csv", "plain")
    assert len(answer["rows"]) == 5 and [one["row"] for one in answer["problems"]] == [5, 6, 7, 10]


@pytest.mark.parametrize(("place", "name"), [(0, "staff.csv"), (1, "staff.parquet")])
def test_many_people_are_counted_as_the_database_counts_them(
    folder: Path, by_spark: list[Any], place: int, name: str
) -> None:
    assert by_spark[place][1] == local(folder, name, "duckdb")


def test_a_folder_of_part_files_is_one_roster(by_spark: list[Any]) -> None:
    assert by_spark[2] == by_spark[0]


def test_what_people_hold_may_stand_in_a_second_file(folder: Path, by_spark: list[Any]) -> None:
    (answer,) = by_spark[-1]
    assert answer == local(folder, "people.csv", "plain", "--holdings", str(folder / "held.csv"))
    assert [(one["row"], one["code"]) for one in answer["problems"]] == [
        (4, "roster-person-unknown"),
        (5, "roster-date"),
    ]


def test_others_than_hr_see_what_the_local_engine_shows_them(folder: Path, by_spark: list[Any]) -> None:
    _, _, manager, person = by_spark[0]
    assert manager == local(folder, "staff.csv", "plain", "--audience", "manager", "--manager", "x")
    assert person == local(folder, "staff.csv", "plain", "--audience", "person", "--person", "bob")
    assert {row["person"] for row in person["rows"]} == {"bob"} and manager["people"] == 3
    assert by_spark[1][2] == "nobody in the roster reports to 'x'"  # staff.parquet tells of no managers


def test_the_parquet_rows_are_those_of_the_same_people_in_csv(by_spark: list[Any]) -> None:
    """PMP of 1 March 2025: three years, the eve; CSM of 10 June 2025: two, the eve; of 2019: the issuer's old rule."""
    rows = {(one["person"], one["certification"]): one["expires"] for one in by_spark[1][0]["rows"]}
    assert rows["ann", "pmp"] == "2028-02-29" and rows["bob", "csm"] == "2027-06-09" and len(rows) == 3


def test_without_spark_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    done = invoke(tmp_path, "team", "status", "staff.csv", "--engine", "spark")
    assert done.code == 4 and 'pip install "pmcareer[spark]"' in done.error


@pytest.mark.parametrize(
    "options",
    [("--sheet", "people", "--encoding", "utf-16"), ("--encoding", "cp1252")],
)
def test_what_spark_does_not_do_is_said(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    assert invoke(tmp_path, "team", "status", "staff.csv", "--engine", "spark", *options).code == 2


def test_other_commands_have_no_such_engine(tmp_path: Path) -> None:
    assert invoke(tmp_path, "team", "coverage", "staff.csv", "--engine", "spark").code == 2
