"""A large roster in memory: whole where it is not too large for that, else a batch of people at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmcareer.model.rosters import SmallRoster
from pmcareer.team.columns.roster import roster_in

if TYPE_CHECKING:
    import duckdb

BATCH = 20_000
"""People that are held in memory at once."""

_ORDERS = {"roster": "source_row", "manager": "coalesce(manager, ''), source_row"}


def batches(connection: duckdb.DuckDBPyConnection, *, by_manager: bool = False) -> Iterator[SmallRoster]:
    """The people and what they hold, so many at a time, in the roster's order or that of the managers' names."""
    order = _ORDERS["manager" if by_manager else "roster"]
    # The roster is read once; ranges of turns lie together then.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE in_turn AS SELECT *, row_number() OVER (ORDER BY {order}) AS turn FROM people"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE held_in_turn AS SELECT h.*, turn FROM holdings h "
        "JOIN (SELECT person, turn FROM in_turn) t USING (person) ORDER BY turn, source_row, certification, earned"
    )
    (people,) = connection.execute("SELECT count(*) FROM in_turn").fetchall()[0]
    for first in range(0, people, BATCH):
        some = f"WHERE turn > {first} AND turn <= {first + BATCH}"
        yield roster_in(connection, f"in_turn {some}", f"held_in_turn {some}")
