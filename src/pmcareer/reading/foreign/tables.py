"""Tables with separators (CSV): bounded, with the line of each row, columns found by forgiving names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from pmcareer.model.names import plain
from pmcareer.problems import Position, Problems
from pmcareer.values import dataclass

TABLE_LIMIT = 8 * 1024 * 1024
ROW_LIMIT = 20_000
COLUMN_LIMIT = 200
_SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by the plain form of their column's name."""

    cells: Mapping[str, str]
    at: Position

    def get(self, column: str) -> str:
        """The cell of a column, or nothing."""
        return self.cells.get(plain(column), "")


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table: its columns as they are called, and its rows; rows that hold nothing are left out."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def forms(self) -> frozenset[str]:
        """The plain forms of the columns' names."""
        return frozenset(plain(column) for column in self.columns)


def parse_table(data: bytes, file: str, problems: Problems) -> CsvTable | None:
    """The table in *data*, or None with what stands in the way; *file* is the name that positions carry."""
    if len(data) > TABLE_LIMIT:
        problems.add("file-too-large", f"the table holds more than {TABLE_LIMIT >> 20} MiB", Position(file))
        return None
    text = _decoded(data, file, problems)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return _table(reader, _rows(reader), file, problems)
    except csv.Error as error:
        message = f"the table cannot be read: {error}"
        problems.add("table-syntax", message, Position(file, reader.line_num, 1), hint="save it as CSV anew")
        return None


def _decoded(data: bytes, file: str, problems: Problems) -> str | None:
    """The text; spreadsheets save UTF-16 with a mark, or UTF-8 with or without one."""
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.add("file-not-utf8", "the table is not UTF-8", Position(file, line, 1), hint="save it as CSV UTF-8")
        return None
    if "\0" in text:
        problems.add("table-syntax", "the file is no text", Position(file), hint="is it the right file?")
        return None
    return text


def _separator(text: str) -> str:
    head = next((line for line in text[:20_000].splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=head.count)


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    return (row for row in reader if any(cell.strip() for cell in row))


def _table(reader: object, rows: Iterator[list[str]], file: str, problems: Problems) -> CsvTable | None:
    header = next(rows, None)
    if header is None:
        problems.add("file-empty", "the table holds nothing", Position(file))
        return None
    columns = tuple(cell.strip() for cell in header)
    if len(columns) > COLUMN_LIMIT:
        problems.add("table-syntax", f"the table has more than {COLUMN_LIMIT} columns", Position(file, 1, 1))
        return None
    found: list[Row] = []
    for row in rows:
        at = Position(file, int(getattr(reader, "line_num", 0)), 1)
        if len(found) == ROW_LIMIT:
            problems.add("file-too-large", f"the table has more than {ROW_LIMIT} rows", at, hint="split it")
            return None
        found.append(Row(_cells(columns, row), at))
    return CsvTable(file, columns, tuple(found))


def _cells(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        cells.setdefault(plain(column), cell.strip())
    return cells
