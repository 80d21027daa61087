"""Sheets as Parquet: the first table of a report, column by column, typed where its view says so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pmcareer.errors import MissingExtraError
from pmcareer.views.report import Report, SheetKind, Table

_TYPES: Mapping[SheetKind, str] = {"date": "DATE", "integer": "BIGINT", "decimal": "DECIMAL(18,4)", "yes-no": "BOOLEAN"}
_BATCH = 20_000


def write_parquet(sheet: Report, kinds: Mapping[str, SheetKind], path: Path) -> None:
    """Write the rows of *sheet* to *path*; *kinds* by titles, other columns are text. An empty cell is NULL.

    What is no value of its column's kind (units that are unknown) is NULL too. Raises MissingExtraError.
    """
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("team", "a Parquet file") from None
    table = next(block for block in sheet.blocks if isinstance(block, Table))
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as connection:
        columns = ", ".join(f"c{n} VARCHAR" for n in range(len(table.columns)))
        connection.execute(f"CREATE TABLE sheet({columns})")
        for first in range(0, len(table.rows), _BATCH):
            rows = table.rows[first : first + _BATCH]
            values = [[row[n].text or None for row in rows] for n in range(len(table.columns))]
            unnested = ", ".join("unnest(?::VARCHAR[])" for _ in values)
            connection.execute(f"INSERT INTO sheet SELECT {unnested}", values)
        typed = (_typed(n, column.title, kinds.get(column.title)) for n, column in enumerate(table.columns))
        named = "'" + str(path).replace("'", "''") + "'"
        connection.execute(f"COPY (SELECT {', '.join(typed)} FROM sheet) TO {named} (FORMAT parquet)")  # noqa: S608 - our names and types


def _typed(place: int, title: str, kind: SheetKind | None) -> str:
    name = '"' + title.replace('"', '""') + '"'
    return f"TRY_CAST(c{place} AS {_TYPES[kind]}) AS {name}" if kind else f"c{place} AS {name}"
