"""Parquet: the database reads it by itself; dates are dates there, lists of text are lists of certifications."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import open_stream, shown_path
from pmcareer.reading.rosters.plain import Record
from pmcareer.reading.rosters.tables import Table

if TYPE_CHECKING:
    import duckdb

_MARK = b"PAR1"


def read_parquet(path: Path, problems: Problems) -> Table | None:
    """The table in the Parquet file at *path*; its records are for the database only."""
    import tempfile

    from pmcareer.reading.rosters.database import connect

    name = shown_path(path)
    if not _is_parquet(path, name, problems):
        return None
    with tempfile.TemporaryDirectory(prefix="pmcareer-roster-") as folder:
        header = _columns(connect(Path(folder)), path)
    if header is None:
        problems.add("roster-parquet", "the file is damaged", Position(name), hint="is it the right one?")
        return None
    return Table(name, tuple(header), _none, {"format": "Parquet"}, parquet=path)


def over_parquet(database: duckdb.DuckDBPyConnection, table: Table) -> str:
    """The select that makes every column text; the first row is row 1."""
    from pmcareer.reading.rosters.sql import quoted

    assert table.parquet is not None  # noqa: S101 - only such tables come here
    columns = _columns(database, table.parquet) or {}
    texts = ", ".join(f"{_text(name, type_)} AS c{n}" for n, (name, type_) in enumerate(columns.items()))
    scan = f"read_parquet({quoted(str(table.parquet))}, file_row_number = true)"
    return f"SELECT file_row_number + 1 AS source_row, {texts} FROM {scan}"


def _text(name: str, type_: str) -> str:
    column = '"' + name.replace('"', '""') + '"'
    if type_.endswith("[]"):
        return f"array_to_string({column}::VARCHAR[], chr(10))"
    # A whole number that a tool has stored as a fraction is a whole number all the same.
    if type_ in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN {column} = trunc({column}) THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END"
    return f"{column}::VARCHAR"


def _is_parquet(path: Path, name: str, problems: Problems) -> bool:
    file, found = open_stream(path)
    problems.extend(found)
    if file is None:
        return False
    with file:
        fine = file.read(4) == _MARK
    if not fine:
        problems.add("roster-parquet", "the file is not Parquet", Position(name), hint="is it the right one?")
    return fine


def _columns(database: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str] | None:
    """Each column with its type; None where the file cannot be read."""
    import duckdb

    from pmcareer.reading.rosters.sql import quoted

    try:
        rows = database.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(path))})").fetchall()
    except duckdb.Error:
        return None
    return {name: type_ for name, type_, *_ in rows}


def _none() -> Iterator[Record]:
    return iter(())
