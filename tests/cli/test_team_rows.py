"""``--rows`` of team commands: Parquet and CSV, read back by DuckDB itself; and the workbook of a large status."""

from __future__ import annotations

import csv
import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import invoke
from tests.tools import require_tool

# Ann's PMP lasts three years to the eve; PRINCE2 Foundation of before 2023 was for life until
# PeopleCert's transition, which ends it on 1 July 2023.
ROSTER = """\
person,role,role_since,education,certifications
ann,project-manager,2015-01-01,bachelor,pmp:2025-03-01
=bob,project-coordinator,2015-01-01,bachelor,prince2-foundation:2018-05-02
cy,project-manager,2024-01-01,bachelor,nonsense:2020-01-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    require_tool(importlib.util.find_spec("duckdb"), "duckdb")
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def rows(folder: Path, command: str, *options: str, engine: str, ending: str) -> list[tuple[Any, ...]]:
    import duckdb

    file = folder / f"rows{ending}"
    common = ("staff.csv", "--as-of", "2026-11-23", "--engine", engine, "--rows", str(file))
    done = invoke(folder, "team", command, *options, *common)
    assert done.code == 0, done.error
    if ending == ".csv":
        return [tuple(row) for row in csv.reader(file.open(encoding="utf-8", newline=""))][1:]
    return duckdb.connect().execute(f"FROM '{file}'").fetchall()


ENGINES = pytest.mark.parametrize("engine", ["plain", "duckdb"])


@ENGINES
def test_cover_and_forecast_are_typed(folder: Path, engine: str) -> None:
    cover = rows(folder, "coverage", "--minimum", "1", engine=engine, ending=".parquet")
    # PMP's one holder is lost on the day after 29 February 2028; PRINCE2's is past the last day long since.
    assert ("pmp", None, 1, date(2028, 3, 1), 0) in cover
    due = rows(folder, "forecast", engine=engine, ending=".parquet")
    assert [row[:3] for row in due] == [("2028-Q1", "pmp", 1)]


@ENGINES
def test_everybody_is_in_the_rows_of_a_bench(folder: Path, engine: str) -> None:
    options = ("--target", "senior-project-manager", "--nearest", "1")
    found = rows(folder, "readiness", *options, engine=engine, ending=".parquet")
    assert sorted((row[1], row[3]) for row in found) == [("=bob", False), ("ann", True), ("cy", False)]
    assert {row[0] for row in found} == {"senior-project-manager"} and any("pmp" in (row[4] or "") for row in found)
    defused = rows(folder, "readiness", *options, engine=engine, ending=".csv")
    assert "'=bob" in {row[1] for row in defused}


@ENGINES
def test_csv_says_yes_and_no_wherever_it_is_written(folder: Path, engine: str) -> None:
    """The answer itself and --rows spell truth alike; a PMP and a PRINCE2 certificate are awarded, not conferred."""
    assert {row[-1] for row in rows(folder, "status", engine=engine, ending=".csv")} == {"no"}
    bench = rows(folder, "readiness", "--target", "senior-project-manager", engine=engine, ending=".csv")
    assert {row[1]: row[3] for row in bench} == {"'=bob": "no", "ann": "yes", "cy": "no"}
    done = invoke(folder, *["team", "status", "staff.csv", "--as-of", "2026-11-23", "--format", "csv"])
    assert {line.rpartition(",")[2] for line in done.out.splitlines()[1:]} == {"no"}


@ENGINES
def test_who_moved_has_both_days(folder: Path, engine: str) -> None:
    options = ("--rules-before", "2022-12-31", "--rules-after", "2023-01-01")
    (moved,) = rows(folder, "replay", *options, engine=engine, ending=".parquet")
    assert moved[:4] == ("=bob", "prince2-foundation", "lifetime", None)
    assert moved[5:7] == ("noted", date(2023, 7, 1))


def test_the_workbook_of_a_large_roster_has_its_rows_and_findings(folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    done = invoke(folder, "team", "status", "staff.csv", "--engine", "duckdb", "--as-of", "2026-11-23", "-o", "s.xlsx")
    assert done.code == 0, done.error
    book = openpyxl.load_workbook(folder / "s.xlsx")
    held = [[cell.value for cell in row][:2] for row in book["Holdings"].iter_rows(min_row=2)]
    assert sorted(held) == [["=bob", "prince2-foundation"], ["ann", "pmp"]]
    found = [[cell.value for cell in row] for row in book["Set aside"].iter_rows(min_row=2)]
    assert [row[1:4] for row in found] == [["certifications", "nonsense:2020-01-01", "roster-certification-unknown"]]


def test_the_csv_of_a_large_roster_has_its_rows(folder: Path) -> None:
    """The two holdings of the roster, with the days of the note above, in a file and on standard output."""
    asked = ("team", "status", "staff.csv", "--engine", "duckdb", "--as-of", "2026-11-23")
    expected = [
        "person,certification,status,expires,conferred",
        "'=bob,prince2-foundation,noted,2023-07-01,no",
        "ann,pmp,active,2028-02-29,no",
    ]
    assert invoke(folder, *asked, "-o", "s.csv", "--strict").code == 1
    assert sorted((folder / "s.csv").read_text(encoding="utf-8").splitlines(), key=_after_head) == expected
    assert sorted(invoke(folder, *asked, "--format", "csv").out.splitlines(), key=_after_head) == expected


def _after_head(line: str) -> tuple[bool, str]:
    return not line.startswith("person,"), line


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_a_large_status_says_where_its_rows_are(folder: Path, form: str) -> None:
    asked = ("team", "status", "staff.csv", "--as-of", "2026-11-23", "--format", form)
    assert "not listed here" in invoke(folder, *asked, "--engine", "duckdb").out
    assert "not listed here" not in invoke(folder, *asked, "--engine", "plain").out


def test_the_csv_of_a_large_cover_has_all_its_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two certifications held, with room for one in the answer, CSV has both."""
    monkeypatch.setattr("pmcareer.team.columns.coverage.LISTED", 1)
    asked = ("team", "coverage", "staff.csv", "--engine", "duckdb", "--as-of", "2026-11-23", "--format")
    lines = invoke(folder, *asked, "csv").out.splitlines()[1:]
    assert sorted(line.partition(",")[0] for line in lines) == ["pmp", "prince2-foundation"]
    assert "1 of 2 are looked at here" in invoke(folder, *asked, "text").out


def test_another_ending_is_refused(folder: Path) -> None:
    assert invoke(folder, "team", "coverage", "staff.csv", "--rows", "rows.txt").code == 2
