"""Problems as a Report: every finding with its place, what to do, and ``pmcareer.problems/1`` for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pmcareer.problems import Problem, Severity
from pmcareer.views.report import Cell, Column, Plain, Report, Table, Tone
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.problems/1"

_TONES: dict[Severity, Tone] = {"error": "bad", "warning": "warn", "note": "dim"}


def problems_report(subject: str, problems: Iterable[Problem], as_of: date) -> Report:
    """All findings about *subject*; bad news where there is one."""
    found = list(problems)
    title = f"{subject}: {counted(len(found), 'finding') if found else 'nothing to complain about'}"
    several = len({problem.at.file for problem in found}) > 1 or any(problem.at.file != subject for problem in found)
    place = Column("Place", flexible=True) if several else Column("Line", "right")
    columns = (place, Column("Severity"), Column("Finding", flexible=True), Column("Code"))
    rows = tuple(_row(problem, several) for problem in found)
    return Report(
        title=title,
        blocks=(Table(columns, rows),),
        document={
            "schema": SCHEMA,
            "as_of": as_of.isoformat(),
            "problems": [_document(problem) for problem in found],
        },
        verdict="bad-news" if found else "fine",
    )


def _row(problem: Problem, several: bool) -> tuple[Cell, ...]:
    """*several*: the place names the file too, as one of several."""
    hint = f" ({problem.hint})" if problem.hint else ""
    return (
        Cell(str(problem.at) if several else f"{problem.at.line}:{problem.at.column}" if problem.at.line else ""),
        Cell(problem.severity, _TONES[problem.severity]),
        Cell(f"{problem.message}{hint}"),
        Cell(problem.code, "dim"),
    )


def _document(problem: Problem) -> Plain:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "file": problem.at.file,
        "line": problem.at.line,
        "column": problem.at.column,
        "path": problem.path,
        "hint": problem.hint,
    }
