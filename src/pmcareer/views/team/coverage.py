"""``team coverage`` as a Report: what hangs on one person, and when which cover breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pmcareer.team.audience import Audience
from pmcareer.team.coverage import CoverageRow, TeamCoverage
from pmcareer.views.plain_data import plain_day
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, SheetKind, Table
from pmcareer.views.team.words import LISTED, audience_document, group_name, sheet_columns, shown
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.team-coverage/1"
SHEET = ("certification", "group", "holders", "breaks_on", "falls_to")
KINDS: Final[Mapping[str, SheetKind]] = {"holders": "integer", "breaks_on": "date", "falls_to": "integer"}
"""What the columns of ``SHEET`` hold that are not text."""

_ASSUMED = "No renewal is assumed: a holder counts up to the last valid day of what is recorded."

Names = Mapping[str, str]


def coverage_report(answer: TeamCoverage, audience: Audience, names: Names) -> Report:
    """The answer to ``pmcareer team coverage``; *names* are short names of certifications."""
    short = [row for row in answer.rows if row.short]
    falling = [row for row in answer.rows if row.breaks_on]
    where = f" by {answer.by}" if answer.by else ""
    few = f"{answer.short:,} of {answer.count:,} below {answer.minimum} today, {answer.breaking:,}"
    return Report(
        title=f"Cover{where} on {answer.as_of.isoformat()}: {few} with a day on which cover breaks",
        blocks=tuple(_blocks(answer, short, falling, names)),
        document=_document(answer, audience),
        verdict="bad-news" if answer.short else "fine",
    )


def coverage_sheet(answer: TeamCoverage) -> Report:
    """The rows for a spreadsheet."""
    rows = tuple(
        tuple(
            Cell("" if value is None else str(value))
            for value in (row.certification, row.group, row.holders, row.breaks_on, row.falls_to)
        )
        for row in answer.rows
    )
    return Report("", (Table(sheet_columns(SHEET, ("holders", "falls_to")), rows),), {})


def sentence(row: CoverageRow, names: Names) -> str:
    """``PRINCE2 Practitioner cover in Leeds falls to 1 on 2027-03-04``."""
    where = f" in {group_name(row.group)}" if row.group else ""
    what = names.get(row.certification, row.certification)
    return f"{what} cover{where} falls to {row.falls_to} on {row.breaks_on}"


def _blocks(
    answer: TeamCoverage, short: Sequence[CoverageRow], falling: Sequence[CoverageRow], names: Names
) -> Iterator[Block]:
    singles = [row for row in short if row.holders == 1]
    gone = [row for row in short if not row.holders]
    columns = (Column("Certification", flexible=True), Column("Group", flexible=True), Column("Until"))
    if singles:
        rows = [(*_what(row, names), Cell(_until(row))) for row in singles]
        yield Table(columns, shown(rows, 3), "Held by one person only")
    if gone:
        rows = [(*_what(row, names), Cell("no holder", "bad")) for row in gone]
        yield Table(columns, shown(rows, 3), "Held once, by nobody now")
    if falling:
        items = [Cell(sentence(row, names), "warn") for row in falling[:LISTED]]
        if len(falling) > LISTED:
            items.append(Cell(f"… {answer.breaking - LISTED:,} more", "dim"))
        yield Lines(tuple(items), "When cover breaks")
    steady = len(answer.rows) - len({id(row) for row in (*short, *falling)})
    if steady:
        yield Lines((Cell(f"{counted(steady, 'cover')} known to break on no day", "dim"),), bullets=False)
    if answer.count > len(answer.rows):
        text = f"{len(answer.rows):,} of {answer.count:,} are looked at here: those that break first"
        yield Lines((Cell(text, "warn"),), bullets=False)
    yield Lines((Cell(_ASSUMED, "dim"),), bullets=False)


def _what(row: CoverageRow, names: Names) -> tuple[Cell, Cell]:
    return Cell(names.get(row.certification, row.certification), "strong"), Cell(row.group or "")


def _until(row: CoverageRow) -> str:
    return f"breaks on {row.breaks_on}" if row.breaks_on else "no end known"


def _document(answer: TeamCoverage, audience: Audience) -> dict[str, Plain]:
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "audience": audience_document(audience),
        "by": answer.by,
        "minimum": answer.minimum,
        "assumes": _ASSUMED,
        "rows": [
            {
                "certification": row.certification,
                "group": (row.group or None) if answer.by else None,
                "holders": row.holders,
                "breaks_on": plain_day(row.breaks_on),
                "falls_to": row.falls_to,
                "short": row.short,
            }
            for row in answer.rows
        ],
        "rows_in_all": answer.count,
        "short_in_all": answer.short,
        "breaking_in_all": answer.breaking,
    }
