"""Rows set aside: the source's own rows with what is wrong with them, to be mended and fed again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pmcareer.model.rosters import SetAside
from pmcareer.reading.rosters.plain import Record
from pmcareer.reading.rosters.roster import Roster
from pmcareer.reading.rosters.tables import Part

PROBLEM_COLUMNS = ("problem_row", "problem_column", "problem_code", "problem_message", "problem_rest")
_BATCH = 10_000


def findings_of(roster: Roster) -> Iterator[SetAside]:
    """All findings of an open roster by row, streaming."""
    if roster.small is not None:
        yield from sorted(roster.small.set_aside, key=lambda one: (one.source_row, one.column_name, one.code))
    elif roster.connection is not None:
        result = roster.connection.execute("SELECT * FROM set_aside ORDER BY source_row, column_name, code")
        while rows := result.fetchmany(_BATCH):
            yield from (SetAside(*row) for row in rows)


def rows_set_aside(roster: Roster, place: int = 0) -> Iterator[tuple[str, ...]]:
    """The header, then each row of the table at *place* that is not used as it stands, with its findings.

    Cells beyond the header stand in ``problem_rest``; a row that is only doubtful is not among them.
    """
    part = roster.parts[place]
    kept = [n for n, name in enumerate(part.layout.header) if not name.startswith("problem_")]
    yield (*(part.layout.header[n] for n in kept), *PROBLEM_COLUMNS)
    prefix = part.prefix
    lost = (one for one in findings_of(roster) if one.severity != "note" and _is_of(one, prefix))
    records = _records(roster, part)
    record = next(records, None)
    for number, several in groupby(lost, key=lambda one: one.source_row):
        while record is not None and record[0] < number:
            record = next(records, None)
        cells = record[1] if record is not None and record[0] == number else ()
        findings = list(several)
        own = [(cells[n] or "") if n < len(cells) else "" for n in kept]
        rest = " | ".join(cell or "" for cell in cells[len(part.layout.header) :])
        said = (
            str(number),
            "; ".join(one.column_name.removeprefix(prefix) for one in findings),
            "; ".join(one.code for one in findings),
            "; ".join(one.message for one in findings),
            rest,
        )
        yield (*own, *said)


def _is_of(one: SetAside, prefix: str) -> bool:
    return one.column_name.startswith(prefix) if prefix else not one.column_name.startswith("holdings/")


def _records(roster: Roster, part: Part) -> Iterator[Record]:
    """The records as they stand in the source, in order."""
    if part.table.parquet is None or roster.connection is None:
        yield from part.table.records()
        return
    from pmcareer.reading.rosters.parquet import over_parquet

    # A cursor of its own, since findings stream from the connection meanwhile; it does not see temporary views.
    beside = roster.connection.cursor()
    result = beside.execute(f"SELECT * FROM ({over_parquet(beside, part.table)}) ORDER BY source_row")
    while rows := result.fetchmany(_BATCH):
        yield from ((row[0], row[1:]) for row in rows)
