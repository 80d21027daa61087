"""Whose holdings in a large roster may contradict themselves: each wording is judged once, then its people by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow, SmallRoster
from pmcareer.team.columns.database import insert
from pmcareer.team.columns.roster import persons_named
from pmcareer.team.columns.whole import BATCH

if TYPE_CHECKING:
    import duckdb

MOST_WORDINGS = 100_000
"""So many different holdings with renewals or an issuer's day are judged; a roster may have as many as rows."""
_TOLD = "certification, earned, renewed, route, issuer_says_expires"
_TELLING = "(len(renewed) > 0 OR issuer_says_expires IS NOT NULL)"


def doubtful_people(
    connection: duckdb.DuckDBPyConnection, is_doubtful: Callable[[HoldingRow], bool]
) -> Iterator[SmallRoster]:
    """Who holds something doubtful, with all that they hold, a batch at a time, in the order of their ids."""
    found = connection.execute(
        f"SELECT list(item), {_TOLD} FROM items WHERE {_TELLING} GROUP BY ALL ORDER BY ALL LIMIT {MOST_WORDINGS}"
    ).fetchall()
    doubtful = [
        (item,)
        for items, own, earned, renewed, route, says in found
        if is_doubtful(HoldingRow(0, "", CertificationId(own), earned, tuple(renewed or ()), route, says))
        for item in items
    ]
    if not doubtful:
        return
    insert(connection, "doubtful_items", {"item": "INTEGER"}, doubtful)
    whose = "SELECT DISTINCT person FROM holding_lines SEMI JOIN doubtful_items USING (item)"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE doubtful AS SELECT person, row_number() OVER (ORDER BY person) AS turn "
        f"FROM ({whose})"
    )
    (people,) = connection.execute("SELECT count(*) FROM doubtful").fetchall()[0]
    for first in range(0, people, BATCH):
        yield persons_named(connection, f"(FROM doubtful WHERE turn > {first} AND turn <= {first + BATCH})")


def unjudged(connection: duckdb.DuckDBPyConnection) -> int:
    """How many different holdings with renewals or an issuer's day are beyond those judged."""
    different = f"SELECT DISTINCT {_TOLD} FROM items WHERE {_TELLING}"
    (count,) = connection.execute(f"SELECT count(*) FROM ({different})").fetchall()[0]
    return max(0, int(count) - MOST_WORDINGS)
