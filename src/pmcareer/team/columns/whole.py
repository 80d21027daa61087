"""A large roster in memory: whole where it is not too large for that, else a batch of people at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmcareer.model.rosters import SmallRoster
from pmcareer.team.columns.roster import persons_named

if TYPE_CHECKING:
    import duckdb

BATCH = 20_000
"""People that are held in memory at once."""

_ORDERS = {"roster": "source_row", "manager": "coalesce(manager, ''), source_row"}


def people_in(connection: duckdb.DuckDBPyConnection) -> int:
    """How many people the roster has."""
    return int(connection.execute("SELECT count(*) FROM people").fetchall()[0][0])


def batches(connection: duckdb.DuckDBPyConnection, *, by_manager: bool = False) -> Iterator[SmallRoster]:
    """The people and what they hold, so many at a time, in the roster's order or that of the managers' names."""
    order = _ORDERS["manager" if by_manager else "roster"]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE in_turn AS "
        f"SELECT person, row_number() OVER (ORDER BY {order}) AS turn FROM people"
    )
    people = people_in(connection)
    for first in range(0, people, BATCH):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE at_once AS SELECT person FROM in_turn WHERE turn > {first} "
            f"AND turn <= {first + BATCH}"
        )
        yield persons_named(connection, "at_once")
