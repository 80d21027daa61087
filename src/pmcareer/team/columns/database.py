"""To and from the database: tables made of Python's rows, column by column, and rows fetched a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import duckdb

BATCH = 20_000
Row = TypeVar("Row")


def fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that has a ``case_id``, a batch at a time; others may be asked in between."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE waiting AS SELECT *, row_number() OVER () AS place FROM ({query}) q"
    )
    (count,) = connection.execute("SELECT count(*) FROM waiting").fetchall()[0]
    for first in range(0, count, BATCH):
        part = "SELECT * EXCLUDE (place) FROM waiting WHERE place > ? AND place <= ? ORDER BY place"
        yield from connection.execute(part, [first, first + BATCH]).fetchall()


def in_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Lists of so many rows as go into the database at once."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[tuple[Any, ...]],
    *,
    anew: bool = True,
) -> None:
    """Make the temporary *table* of *columns* (name and type) *anew*, or add to it; column by column, which is fast."""
    if anew:
        named = ", ".join(f"{name} {type_}" for name, type_ in columns.items())
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}({named})")
    if rows:
        values = ", ".join(f"unnest(?::{type_}[])" for type_ in columns.values())
        connection.execute(f"INSERT INTO {table} SELECT {values}", [list(each) for each in zip(*rows, strict=True)])


def quoted(text: str) -> str:
    """*text* as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
