"""Rosters on Apache Spark: lines of CSV or rows of Parquet as numbered records, each person's in one partition.

Spark only cuts, numbers and moves; cells are understood by the same code as everywhere (``records``). Batches are
Arrow's, without pandas. A CSV file may hold no line breaks within cells, for its lines are read apart from each other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from pmcareer.errors import InputUnreadableError, UsageError
from pmcareer.reading.rosters.cells import BLANKS
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ROWS_A_PARTITION = 20_000
RECORDS = "source_row bigint, person string, cells array<string>"
"""What ``records_of`` gives; ``cells`` is null where a line is no CSV by itself."""

_FIRST_CSV_ROW = 2  # the header is row 1
_PARQUET = (".parquet", ".pq")
_OTHERS = (".xlsx", ".xlsm", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class SparkSource:
    """A source and its header. ``lines``: it is CSV; else Parquet.

    ``parts``: a folder of CSV files, each of which begins with ``first``, the header as it is written.
    """

    path: str
    header: tuple[str, ...]
    lines: bool
    delimiter: str = ","
    parts: bool = False
    first: str = ""


def source_of(session: SparkSession, path: str, delimiter: str) -> SparkSource:
    """The source at *path* (anything Spark reads), with its header. Raises InputUnreadableError, UsageError."""
    from pyspark.errors import PySparkException

    if path.lower().endswith(_OTHERS) or path.startswith(("postgresql:", "postgres:")):
        raise UsageError(f"{path}: Spark reads one CSV or Parquet file", hint="leave out --engine spark")
    parquet = path.lower().rstrip("/").endswith(_PARQUET)
    try:
        if parquet:
            return SparkSource(path, tuple(session.read.parquet(path).columns), lines=False)
        texts = session.read.text(path)
        first, parts = texts.filter("value <> ''").head(), len(texts.inputFiles()) > 1
    except PySparkException as error:
        raise InputUnreadableError(f"{path}: Spark cannot read it: {str(error).splitlines()[0]}") from None
    if first is None:
        raise InputUnreadableError(f"{path}: the file holds nothing")
    text = str(first[0]).removeprefix("\ufeff")
    sign = delimiter or max(",;\t|", key=text.count)
    cells = _cells(text, sign)
    if cells is None:
        raise UsageError(f"{path}: the header is not well-formed CSV", hint="Spark reads one CSV or Parquet file")
    return SparkSource(path, tuple(cells), lines=True, delimiter=sign, parts=parts, first=str(first[0]))


def records_of(session: SparkSession, source: SparkSource, person: int) -> DataFrame:
    """The numbered records of *source*; *person* is the place of the column that says whose a row is."""
    relation = _lines(session, source) if source.lines else _rows(session, source)
    # Of a folder the headers are no rows, but the first of them is counted, as if all were one file.
    numbered, rows = _numbered(relation, first=_FIRST_CSV_ROW if source.parts else 1)
    reader = partial(_split, delimiter=source.delimiter if source.lines else "", person=person)
    records = numbered.mapInArrow(reader, RECORDS)
    if source.lines and not source.parts:
        records = records.filter(f"source_row >= {_FIRST_CSV_ROW}")
    parts = max(2, rows // ROWS_A_PARTITION)
    return records.repartition(parts, "person")


def with_holdings(people: DataFrame, holdings: DataFrame) -> DataFrame:
    """The records of both files, those of one person together; of *holdings* the numbers are negative."""
    parts = max(people.rdd.getNumPartitions(), holdings.rdd.getNumPartitions())
    told_apart = holdings.selectExpr("-source_row AS source_row", "person", "cells")
    return people.unionByName(told_apart).repartition(parts, "person")


def _lines(session: SparkSession, source: SparkSource) -> DataFrame:
    """Lines that hold something; what holds nothing is not counted."""
    frame = session.read.text(source.path).selectExpr(
        "array(value) AS cells", "_metadata.file_path AS file", "_metadata.file_block_start AS block"
    )
    held = frame.filter("cells[0] <> ''")
    return held.filter(held.cells[0] != source.first) if source.parts else held


def _rows(session: SparkSession, source: SparkSource) -> DataFrame:
    frame = session.read.parquet(source.path)
    texts = ", ".join(_text(name, kind) for name, kind in frame.dtypes)
    return frame.selectExpr(
        f"array({texts}) AS cells", "_metadata.file_path AS file", "_metadata.file_block_start AS block"
    )


def _text(name: str, kind: str) -> str:
    column = "`" + name.replace("`", "``") + "`"
    if kind.startswith("array"):
        return f"array_join({column}, '\\n')"
    # A whole number that a tool has stored as a fraction is a whole number all the same.
    if kind in ("double", "float"):
        return f"CASE WHEN {column} = floor({column}) THEN string(bigint({column})) ELSE string({column}) END"
    return f"string({column})"


def _numbered(frame: DataFrame, first: int) -> tuple[DataFrame, int]:
    """With the number of each row, from *first* (by file and block, rows in their order), and how many there are."""
    marked = frame.selectExpr("*", "monotonically_increasing_id() AS mark")
    found = marked.groupBy("file", "block").agg({"mark": "min", "*": "count"}).collect()
    starts: dict[tuple[str, int], int] = {}
    for row in sorted(found, key=lambda one: (one["file"], one["block"])):
        starts[row["file"], row["block"]] = first - row["min(mark)"]
        first += row["count(1)"]
    return marked.mapInArrow(partial(_number, starts=starts), "source_row bigint, cells array<string>"), first - 1


def _number(batches: Iterable[Any], *, starts: dict[tuple[str, int], int]) -> Iterator[Any]:
    import pyarrow as pa

    for batch in batches:
        rows = batch.to_pydict()
        places = zip(rows["file"], rows["block"], rows["mark"], strict=True)
        numbers = [starts[file, block] + mark for file, block, mark in places]
        yield pa.RecordBatch.from_arrays(
            [pa.array(numbers, pa.int64()), batch.column("cells")], ["source_row", "cells"]
        )


def _split(batches: Iterable[Any], *, delimiter: str, person: int) -> Iterator[Any]:
    import pyarrow as pa

    kinds = [("source_row", pa.int64()), ("person", pa.string()), ("cells", pa.list_(pa.string()))]
    for batch in batches:
        rows = batch.to_pydict()
        cells = [_cells(one[0], delimiter) if delimiter else one for one in rows["cells"]]
        people = [_whose(one, person) for one in cells]
        columns = (rows["source_row"], people, cells)
        arrays = [pa.array(values, kind) for values, (_, kind) in zip(columns, kinds, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, [name for name, _ in kinds])


def _whose(cells: Sequence[str | None] | None, person: int) -> str:
    """By what a row finds the others of its person; blanks and an escaping apostrophe are no part of it."""
    own = cells[person] if cells is not None and person < len(cells) else None
    return (own or "").strip(BLANKS).lstrip("'")


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line; None where a quotation mark stays open, as in cells with line breaks."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
