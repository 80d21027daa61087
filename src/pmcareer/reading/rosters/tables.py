"""Tables: what every kind of source becomes before its columns are understood; a header, and records of texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from pmcareer.problems import Position, Problems
from pmcareer.reading.rosters.layout import Layout
from pmcareer.reading.rosters.plain import Record
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file on disk that a database may read by itself, if it is in UTF-8 (with or without a BOM)."""

    path: Path
    delimiter: str
    utf8: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a source. ``records``: an iterator from the top, as often as it is called.

    An iterator that fails on the way reports to the problems it was made with, and ends. ``read_as``: what was
    declared or found out about the source, for the user to see. ``parquet``: read by the database only.
    ``staging`` keeps temporary files alive as long as the table. ``unreckoned``: cells of a workbook whose formulas
    have no saved result, each with its column.
    """

    name: str
    header: tuple[str, ...]
    records: Callable[[], Iterator[Record]]
    read_as: Mapping[str, str] = field(default_factory=dict)
    csv: CsvFile | None = None
    parquet: Path | None = None
    staging: object = None
    unreckoned: tuple[tuple[str, int], ...] = ()

    def refuse_unreckoned(self, used: Collection[int], problems: Problems) -> None:
        """Report where a column that is *used* has formulas without results: what they say is not known."""
        cells = [cell for cell, place in self.unreckoned if place in used]
        if cells:
            several = f"{len(cells)} cells hold formulas" if len(cells) > 1 else "a cell holds a formula"
            message = f"{several} without a saved result, the first in {cells[0]}"
            hint = "open the workbook in a spreadsheet program and save it, or write values"
            problems.add("roster-sheet", message, Position(self.name), hint=hint)


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its layout. ``prefix`` stands before its columns in findings."""

    table: Table
    layout: Layout
    prefix: str = ""
