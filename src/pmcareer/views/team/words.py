"""What answers about rosters have in common: names of groups, findings of the reader, and for whom the answer is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pmcareer.model.rosters import SetAside
from pmcareer.team.audience import Audience, seen_findings
from pmcareer.team.groups import UNSAID
from pmcareer.views.report import Cell, Column, Lines, Plain, Report, Table
from pmcareer.views.wording import counted

LISTED = 20
"""So many rows of each kind stand in a text that people read; machine forms have all."""


def group_name(group: str) -> str:
    """The group as its rows name it."""
    return "(not said)" if group == UNSAID else group


def audience_document(audience: Audience) -> Plain:
    """For whom the answer is, and whose view it is."""
    return {"viewer": audience.viewer.value, "who": audience.who or None}


def findings_document(findings: Sequence[SetAside], audience: Audience) -> list[Plain]:
    """The reader's findings about the roster's values."""
    return [
        {
            "row": one.source_row,
            "column": one.column_name,
            "code": one.code,
            "severity": one.severity,
            "message": one.message,
            "value": one.value,
        }
        for one in seen_findings(findings, audience)
    ]


def findings_lines(count: int) -> tuple[Lines, ...]:
    """One line that says that not everything in the roster could be used."""
    if not count:
        return ()
    text = f"{counted(count, 'finding')} in the roster: see `pmcareer team check`"
    return (Lines((Cell(text, "warn"),), bullets=False),)


def shown(rows: Sequence[tuple[Cell, ...]], width: int) -> tuple[tuple[Cell, ...], ...]:
    """The first rows, and one that says how many more there are."""
    if len(rows) <= LISTED:
        return tuple(rows)
    rest = (Cell(f"… {len(rows) - LISTED} more", "dim"), *(Cell("") for _ in range(width - 1)))
    return (*rows[:LISTED], rest)


def sheet(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """Rows for a spreadsheet: a value in each cell, nothing where there is none."""
    return tuple(tuple(Cell("" if row[c] is None else str(row[c])) for c in columns) for row in rows)


def sheet_columns(titles: Sequence[str], numbers: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a spreadsheet; those called *numbers* hold nothing else."""
    return tuple(Column(title, "right" if title in numbers else "left") for title in titles)


def workbook(report: Report, sheet: Report, title: str) -> Report:
    """*report* for a workbook: all rows on a sheet called *title*, then what is summed up; cut lists are left out."""
    rows = tuple(replace(block, title=title) for block in sheet.blocks if isinstance(block, Table))
    rest = tuple(block for block in report.blocks if not (isinstance(block, Table) and _is_cut(block)))
    return replace(report, blocks=(*rows, *rest))


def _is_cut(table: Table) -> bool:
    """Whether its last row says how many more there are (``shown``)."""
    return len(table.rows) > LISTED and table.rows[-1][0].text.startswith("… ")
