"""Transcripts: columns by many names or by hand, rows that cannot be used by their line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from pmcareer.model.statements import Statements
from pmcareer.problems import Problems
from pmcareer.reading.foreign.transcripts import read_transcript


def read(folder: Path, text: str, columns: dict[str, str] | None = None) -> tuple[Statements | None, Problems]:
    file = folder / "t.csv"
    file.write_text(text, encoding="utf-8")
    return read_transcript(file, columns or {}, "us")


def test_columns_are_known_by_many_names(tmp_path: Path) -> None:
    stated, problems = read(
        tmp_path,
        "Course Title;Date Completed;Total PDUs;Power Skills;Status;Provider\n"
        "Talking;03/14/2026;1.50;1.5;Approved;C123\n",
    )
    assert list(problems) == [] and stated is not None
    (one,) = stated.activities
    assert (one.title, one.on.day, one.units, one.status) == ("Talking", date(2026, 3, 14), Decimal("1.5"), "Approved")
    assert one.shares == {"Power Skills": Decimal("1.5")}


def test_a_column_named_by_hand_comes_first(tmp_path: Path) -> None:
    text = "Date,Seen on,PDUs\n2026-01-01,2026-02-02,1\n"
    stated, _ = read(tmp_path, text, {"on": "seen on"})
    assert stated and stated.activities[0].on.day == date(2026, 2, 2)


def test_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    stated, problems = read(tmp_path, "What,When it was,Much\nx,2026-01-01,2\n")
    assert stated is None
    assert [(problem.code, problem.at.line) for problem in problems] == [("table-column", 1)] * 2
    assert all("When it was" in problem.hint for problem in problems)
    _, wrong = read(tmp_path, "Date,PDUs\n2026-01-01,1\n", {"on": "Dte"})
    assert "did you mean 'Date'" in next(iter(wrong)).hint


def test_rows_that_cannot_be_used_are_told_by_their_line(tmp_path: Path) -> None:
    rows = [
        "2026-01-01,1",
        "2026-01-02,none",
        "2026-01-03,-1",
        "2026-01-04,NaN",
        "2026-13-01,1",
        "2026-01-06,1.001",
        "2026-01-07,1e3",
    ]
    stated, problems = read(tmp_path, "Date,PDUs\n" + "\n".join(rows) + "\n")
    assert stated and [one.on.text for one in stated.activities] == ["2026-01-01", "2026-01-07"]
    assert [(problem.code, problem.at.line) for problem in problems] == [("import-row", n) for n in (3, 4, 5, 6, 7)]
    assert stated.activities[1].units == 1000


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    stated, problems = read(tmp_path, "Date,PDUs\n" + "2026-01-01,1\n" * 20_001)
    assert stated is None
    assert [problem.code for problem in problems] == ["file-too-large"]
