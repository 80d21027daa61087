"""``team status`` as a Report: counts first, then who is past the last day, then who is near it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pmcareer.renewals.status import Status
from pmcareer.team.audience import Audience, seen, seen_findings
from pmcareer.team.status import DUE_SPANS, GROUPED_BY, TO_SEE_TO, GroupTally, StatusRow, Tally, TeamStatus
from pmcareer.views.plain_data import plain_day
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table
from pmcareer.views.status_tones import TONES
from pmcareer.views.team.words import audience_document, findings_document, findings_lines, group_name, shown
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.team-status/1"
SHEET = ("person", "certification", "status", "expires", "conferred")

_IN_GROUPS = (Status.EXPIRED, Status.SUSPENDED, Status.GRACE)

Names = Mapping[str, str]


def status_report(answer: TeamStatus, audience: Audience, names: Names) -> Report:
    """The answer to ``pmcareer team status``; *names* are short names of certifications."""
    red = sum(answer.tally.by_status.get(status, 0) for status in TO_SEE_TO)
    holdings = counted(answer.tally.holdings, "holding")
    people = f"{answer.people:,} {'person' if answer.people == 1 else 'people'}"
    state = f"{red:,} to see to" if red else "nothing is overdue"
    return Report(
        title=f"{people}, {holdings} on {answer.as_of.isoformat()}: {state}",
        blocks=tuple(_blocks(answer, seen(answer.rows or (), audience), names)),
        document=_document(answer, audience),
        verdict="bad-news" if red else "fine",
    )


def with_findings(report: Report, answer: TeamStatus, audience: Audience) -> Report:
    """*report* for a workbook, with a sheet of what of the roster is not used, or doubtful."""
    found = seen_findings(answer.set_aside, audience)
    columns = tuple(Column(title) for title in ("row", "column", "value", "code", "severity", "message"))
    rows = tuple(
        tuple(map(Cell, (str(one.source_row), one.column_name, one.value or "", one.code, one.severity, one.message)))
        for one in found
    )
    of = f" (first {len(rows):,} of {answer.findings:,})" if len(rows) < answer.findings else ""
    return replace(report, blocks=(*report.blocks, Table(columns, rows, f"Set aside{of}"))) if rows else report


def unlisted(report: Report) -> Report:
    """*report* of a roster too large for its holdings to be listed, which says where they are to be had."""
    text = "The holdings of a roster of this size are not listed here: --rows FILE.csv or .parquet writes them all."
    return replace(report, blocks=(*report.blocks, Lines((Cell(text, "dim"),), bullets=False)))


def status_sheet(answer: TeamStatus, audience: Audience) -> Report:
    """The rows for a spreadsheet."""
    rows = tuple(_toned(row) for row in seen(answer.rows or (), audience))
    return Report("", (Table(tuple(Column(title) for title in SHEET), rows),), {}, notes=())


def sheet_row(row: StatusRow) -> tuple[str, ...]:
    """The cells of ``SHEET``."""
    expires = row.expires.isoformat() if row.expires else ""
    return (row.person, row.certification, row.status.value, expires, "yes" if row.conferred else "no")


def _toned(row: StatusRow) -> tuple[Cell, ...]:
    person, certification, status, *rest = map(Cell, sheet_row(row))
    return (person, certification, Cell(status.text, TONES[row.status]), *rest)


def _blocks(answer: TeamStatus, rows: Sequence[StatusRow], names: Names) -> Iterator[Block]:
    counts = answer.tally.by_status.items()
    yield Table(
        (Column("Status"), Column("Holdings", "right")),
        tuple((Cell(status.value, TONES[status]), Cell(f"{count:,}")) for status, count in counts),
    )
    near = ", ".join(f"{answer.tally.due.get(span, 0):,} within {span} days" for span in DUE_SPANS)
    yield Lines((Cell(f"Last valid day: {near}"),), bullets=False)
    for by in GROUPED_BY:
        groups = [group for group in answer.groups if group.by == by]
        if groups:
            yield _group_table(by, groups, answer.left_out.get(by, 0))
    yield from _row_tables(rows, names, answer.as_of)
    yield from findings_lines(answer.findings)


def _group_table(by: str, groups: Sequence[GroupTally], left_out: int) -> Table:
    columns = (
        Column(by.capitalize(), flexible=True),
        Column("People", "right"),
        Column("Holdings", "right"),
        *(Column(status.value.capitalize(), "right") for status in _IN_GROUPS),
        *(Column(f"≤{span} d", "right") for span in DUE_SPANS),
    )
    rows = [
        (
            Cell(group_name(group.group), "strong"),
            Cell(f"{group.people:,}"),
            Cell(f"{group.tally.holdings:,}"),
            *(_count(group.tally.by_status.get(status, 0), bad=True) for status in _IN_GROUPS),
            *(_count(group.tally.due.get(span, 0), bad=False) for span in DUE_SPANS),
        )
        for group in groups
    ]
    of = f", the {len(groups):,} with most to see to of {len(groups) + left_out:,}" if left_out else ""
    return Table(columns, shown(rows, len(columns)), f"By {by}{of}")


def _count(count: int, *, bad: bool) -> Cell:
    return Cell(f"{count:,}", ("bad" if bad else "warn") if count else "dim")


def _row_tables(rows: Sequence[StatusRow], names: Names, as_of: date) -> Iterator[Table]:
    past = [row for row in rows if row.status in TO_SEE_TO]
    past.sort(key=lambda row: (TO_SEE_TO.index(row.status), row.expires or as_of, row.person))
    near = [row for row in rows if _is_near(row, as_of)]
    near.sort(key=lambda row: (row.expires or as_of, row.person))
    columns = (Column("Person", flexible=True), Column("Certification"), Column("Status"), Column("Last valid day"))
    for title, some in (("To see to", past), ("Near their end", near)):
        if some:
            cells = [
                (
                    Cell(row.person, "strong"),
                    Cell(names.get(row.certification, row.certification)),
                    Cell(row.status.value, TONES[row.status]),
                    Cell(row.expires.isoformat() if row.expires else "unknown"),
                )
                for row in some
            ]
            yield Table(columns, shown(cells, len(columns)), title)


def _is_near(row: StatusRow, as_of: date) -> bool:
    left = (row.expires - as_of).days if row.expires else None
    return row.status in (Status.ACTIVE, Status.DUE) and left is not None and left <= DUE_SPANS[-1]


# --- for programs -----------------------------------------------------------------------------------------------------


def _document(answer: TeamStatus, audience: Audience) -> dict[str, Plain]:
    rows = answer.rows
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "audience": audience_document(audience),
        "people": answer.people,
        "holdings": answer.tally.holdings - answer.conferred,
        "conferred": answer.conferred,
        **_tally(answer.tally),
        **{f"by_{by}": [_group(group) for group in answer.groups if group.by == by] for by in GROUPED_BY},
        "groups_left_out": {by: answer.left_out.get(by, 0) for by in GROUPED_BY},
        "rows": None if rows is None else [_row(row) for row in seen(rows, audience)],
        "problems": findings_document(answer.set_aside, audience),
        "problems_in_all": answer.findings,
    }


def _tally(tally: Tally) -> dict[str, Plain]:
    return {
        "by_status": {status.value: count for status, count in tally.by_status.items()},
        "ending_within_days": {str(span): count for span, count in tally.due.items()},
    }


def _group(group: GroupTally) -> Plain:
    return {
        "group": group.group or None,
        "people": group.people,
        "holdings": group.tally.holdings,
        **_tally(group.tally),
    }


def _row(row: StatusRow) -> Plain:
    return {
        "person": row.person,
        "certification": row.certification,
        "status": row.status.value,
        "expires": plain_day(row.expires),
        "conferred": row.conferred,
    }
