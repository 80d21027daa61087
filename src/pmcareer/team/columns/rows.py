"""Every holding of a roster into a file, CSV or Parquet, without holding them in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pmcareer.team.columns.answers import STATUSES
from pmcareer.team.columns.cases import alone
from pmcareer.team.columns.database import insert
from pmcareer.team.columns.roster import lines_of
from pmcareer.team.status import StatusRow

if TYPE_CHECKING:
    import duckdb

_COLUMNS = {"person": "VARCHAR", "certification": "VARCHAR", "status": "VARCHAR", "expires": "DATE"}
_NAMES = "[" + ", ".join(f"'{status.value}'" for status in STATUSES) + "]"
# What a spreadsheet would take for a formula gets an apostrophe, as in every CSV of ours.
_DEFUSED = r"CASE WHEN regexp_matches(person, '^[=+\-@\t\r]') THEN chr(39) || person ELSE person END"


def copy_answered(connection: duckdb.DuckDBPyConnection, path: Path, *, parquet: bool) -> None:
    """The rows of a large status, whose cases are answered: the roster is read once more for the persons."""
    connection.execute("SET preserve_insertion_order = true")
    single = (
        "SELECT person, a.own, status, expires, conferred "
        f"FROM ({alone(connection, lines_of(connection, ()))}) l JOIN answers a USING (case_id)"
    )
    joint = "SELECT person, own, status, expires, conferred FROM joint JOIN answers USING (case_id)"
    _copy(
        connection,
        f"SELECT person, certification, {_NAMES}[status + 1] AS status, expires, conferred "
        f"FROM ({single} UNION ALL {joint}) JOIN numbers USING (own)",
        path,
        parquet=parquet,
    )


def copy_rows(rows: Iterable[StatusRow], path: Path, *, parquet: bool) -> None:
    """The rows of a small status."""
    from pmcareer.team.columns.roster import empty_database

    connection = empty_database()
    plain = [(row.person, row.certification, row.status.value, row.expires, row.conferred) for row in rows]
    insert(connection, "listed", {**_COLUMNS, "conferred": "BOOLEAN"}, plain)
    _copy(connection, "SELECT * FROM listed", path, parquet=parquet)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, *, parquet: bool) -> None:
    named = "'" + str(path).replace("'", "''") + "'"
    select = query if parquet else f"SELECT * REPLACE ({_DEFUSED} AS person) FROM ({query})"
    connection.execute(f"COPY ({select}) TO {named} ({'FORMAT parquet' if parquet else 'FORMAT csv, HEADER'})")
