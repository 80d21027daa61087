"""Tables: what every kind of source becomes before its columns are understood; a header, and records of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

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
    ``staging`` keeps temporary files alive as long as the table.
    """

    name: str
    header: tuple[str, ...]
    records: Callable[[], Iterator[Record]]
    read_as: Mapping[str, str] = field(default_factory=dict)
    csv: CsvFile | None = None
    parquet: Path | None = None
    staging: object = None


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its layout. ``prefix`` stands before its columns in findings."""

    table: Table
    layout: Layout
    prefix: str = ""
