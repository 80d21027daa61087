"""Transcripts of units: a table with a row for each activity, as issuers' sites and spreadsheets have it.

No issuer promises its columns, so they are found by many names, and any of them may be named by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pmcareer.model.names import plain
from pmcareer.model.statements import StatedActivity, Statements
from pmcareer.problems import Position, Problems
from pmcareer.reading.files import read_bytes, shown_path
from pmcareer.reading.findings import did_you_mean, quote
from pmcareer.reading.foreign.tables import TABLE_LIMIT, CsvTable, Row, parse_table
from pmcareer.reading.foreign.words import DayOrder, day_of, one_line, stated_day

SOURCE = "transcript"
MOST_UNITS = Decimal(1000)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "on": (
        *("date completed", "completed on", "completion date", "activity date", "end date", "date ended"),
        *("date finished", "completed", "on", "date", "activity end date"),
    ),
    "units": (
        *("total pdus", "pdus claimed", "pdus", "total pdu", "pdu", "units", "seus", "seu", "cpes", "cpe"),
        *("cpe credits", "ceus", "cdus", "total units", "total", "credits", "hours", "credit hours"),
    ),
    "title": ("title", "activity title", "course title", "activity name", "course", "activity", "event", "description"),
    "category": ("category", "pdu category", "claim type", "activity type", "pdu type", "type"),
    "reported": (
        "date submitted",
        "submitted on",
        "date reported",
        "reported on",
        "reported",
        "submitted",
        "claim date",
    ),
    "status": ("status", "claim status"),
}
"""What is known of an activity, and the columns in which it may stand, the likeliest first."""
_NEEDED = ("on", "units")


def read_transcript(path: Path, columns: Mapping[str, str], order: DayOrder = "") -> tuple[Statements | None, Problems]:
    """The activities in the table at *path*; *columns* names columns by hand (``{"on": "Date Completed"}``)."""
    data, problems = read_bytes(path, limit=TABLE_LIMIT)
    table = parse_table(data, shown_path(path), problems) if data is not None else None
    if table is None:
        return None, problems
    found = _columns(table, columns, problems)
    activities = [] if problems.errors else [_activity(row, table, found, order, problems) for row in table.rows]
    if problems.errors:
        return None, problems
    return Statements(SOURCE, activities=tuple(one for one in activities if one)), problems


def _columns(table: CsvTable, named: Mapping[str, str], problems: Problems) -> dict[str, str]:
    """The plain name of the column for each field that has one."""
    at, found = Position(table.file, 1, 1), {}
    for field, names in FIELDS.items():
        asked = plain(named.get(field, ""))
        if asked and asked not in table.forms:
            hint = did_you_mean(named[field], table.columns)
            problems.add("table-column", f"there is no column {quote(named[field])} for {field}", at, hint=hint)
        known = [asked] if asked else [plain(name) for name in names]
        column = next((name for name in known if name in table.forms), None)
        if column:
            found[field] = column
        elif field in _NEEDED and not asked:
            hint = (
                f"name it: --column {field}=COLUMN; columns: {', '.join(one_line(c, 40) for c in table.columns[:20])}"
            )
            problems.add("table-column", f"no column is known to hold {_WORDS[field]}", at, hint=hint)
    return found


_WORDS = {"on": "the day of each activity", "units": "its units"}


def _activity(
    row: Row, table: CsvTable, columns: Mapping[str, str], order: DayOrder, problems: Problems
) -> StatedActivity | None:
    """One activity; None, and said, where its day or its units cannot be read."""
    cells = {field: row.cells.get(column, "") for field, column in columns.items()}
    units, on = _amount(cells["units"]), stated_day(cells["on"], order)
    if units is None or on is None or on.first is None:
        what = f"units {quote(cells['units'])}" if units is None else f"the day {quote(cells['on'])}"
        hint = "" if units is None else "where days and months are only numbers, say --dates us or --dates eu"
        problems.add("import-row", f"the row is left out: {what}", row.at, hint=hint, severity="warning")
        return None
    names = {plain(column): column for column in table.columns}
    others = {names[key]: cell for key, cell in row.cells.items() if key not in columns.values()}
    return StatedActivity(
        one_line(cells.get("title", ""), 200),
        row.at,
        on,
        units,
        category=one_line(cells.get("category", ""), 100),
        shares={one_line(name, 80): part for name, cell in others.items() if (part := _amount(cell))},
        reported=day_of(cells.get("reported"), "reported", row.at, problems, order),
        status=one_line(cells.get("status", ""), 40),
    )


def _amount(cell: str) -> Decimal | None:
    """A positive number of at most two decimals; None for anything else."""
    try:
        amount = Decimal(cell) if len(cell) < 20 else None
    except InvalidOperation:
        return None
    if amount is None or not amount.is_finite() or not 0 < amount <= MOST_UNITS:
        return None
    return amount.normalize() + 0 if amount == round(amount, 2) else None
