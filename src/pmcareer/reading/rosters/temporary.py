"""Temporary views and tables of a database, each made anew by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Temporary:
    """What is made in *database* for as long as it is open."""

    database: duckdb.DuckDBPyConnection

    def view(self, name: str, select: str) -> None:
        """A view: the select is run with each question."""
        self.database.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")

    def table(self, name: str, select: str) -> None:
        """A table: the select is run now."""
        self.database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")

    def holds(self, table: str, condition: str = "true") -> bool:
        """Whether there is a row in it."""
        query = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {condition} LIMIT 1)"
        return bool(self.database.execute(query).fetchall()[0][0])
