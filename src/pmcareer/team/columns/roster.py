"""The relations of an open roster that questions are asked of, and the part of it that one audience may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmcareer.errors import MissingExtraError
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import EducationLevel
from pmcareer.model.rosters import HoldingRow, PersonRow, SetAside, SmallRoster
from pmcareer.team.audience import Audience, Viewer
from pmcareer.team.groups import GroupBy
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb

LISTED_FINDINGS = 1_000
"""So many findings of a large roster are listed, the first ones; `team check` lists all."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A select of all holdings of a roster: ``person``, the groups asked for, and ``item``."""

    select: str


def lines_of(connection: duckdb.DuckDBPyConnection, groups: Sequence[GroupBy]) -> Lines:
    """The lines as they are read where each knows its person's groups, else joined with the people."""
    if not groups or _knows_groups(connection):
        return Lines(f"SELECT {', '.join(('person', *groups, 'item'))} FROM holding_lines")
    named = ", ".join(f"p.{group}" for group in groups)
    return Lines(f"SELECT person, {named}, item FROM holding_lines h JOIN people p USING (person)")


def count_people(connection: duckdb.DuckDBPyConnection, groups: Sequence[GroupBy]) -> None:
    """Make ``sizes``: how many ``people`` there are of each combination of *groups*."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE sizes AS SELECT {', '.join(groups)}, count(*) AS people FROM staff GROUP BY ALL"
    )


def findings_of(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[SetAside, ...], int]:
    """The first findings of the reader, and how many there are in all."""
    (count,) = connection.execute("SELECT coalesce(sum(n), 0)::BIGINT FROM set_aside_counts").fetchall()[0]
    if not count:
        return (), 0
    return first_findings(connection, LISTED_FINDINGS), count


def first_findings(connection: duckdb.DuckDBPyConnection, most: int) -> tuple[SetAside, ...]:
    """The first findings of the reader, at most so many."""
    connection.execute("SET preserve_insertion_order = true")
    return tuple(SetAside(*row) for row in connection.execute(f"FROM first_set_aside({most})").fetchall())


def visible(connection: duckdb.DuckDBPyConnection, audience: Audience) -> SmallRoster:
    """What a person or a manager may see of a large roster: few enough to be held in memory."""
    own = "person" if audience.viewer is Viewer.PERSON else "manager"
    return _fetched(connection, f"SELECT * FROM people WHERE {own} = ?", [audience.who])


def persons_named(connection: duckdb.DuckDBPyConnection, table: str) -> SmallRoster:
    """The people, and what they hold, of whom *table* has the ``person``."""
    return _fetched(connection, f"SELECT * FROM people SEMI JOIN {table} USING (person)", [])


def _fetched(connection: duckdb.DuckDBPyConnection, people: str, values: list[str]) -> SmallRoster:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS {people}", values)
    return roster_in(connection, "chosen", "holdings SEMI JOIN chosen USING (person)")


def roster_in(connection: duckdb.DuckDBPyConnection, people: str, holdings: str) -> SmallRoster:
    """The rows of two relations with the columns of ``people`` and ``holdings``, in the order of the source."""
    persons = connection.execute(
        "SELECT source_row, person, role, title, department, location, manager, role_since, education, hired "
        f"FROM {people} ORDER BY source_row"
    ).fetchall()
    held = connection.execute(
        "SELECT source_row, person, certification, earned, renewed, route, issuer_says_expires "
        f"FROM {holdings} ORDER BY source_row, certification, earned"
    ).fetchall()
    return SmallRoster(tuple(_person(*row) for row in persons), tuple(_holding(*row) for row in held))


def _person(source_row: int, person: str, role: str | None, *rest: Any) -> PersonRow:
    title, department, location, manager, role_since, education, hired = rest
    level = EducationLevel(education) if education else None
    known = RoleId(role) if role else None
    return PersonRow(source_row, person, known, title, department, location, manager, role_since, level, hired)


def _holding(source_row: int, person: str, certification: str, *rest: Any) -> HoldingRow:
    earned, renewed, route, says = rest
    return HoldingRow(source_row, person, CertificationId(certification), earned, tuple(renewed or ()), route, says)


def empty_database() -> duckdb.DuckDBPyConnection:
    """A database in memory that loads nothing. Raises MissingExtraError."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("team", "a Parquet file") from None
    return duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})


def _knows_groups(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the lines of holdings have their people's columns beside them."""
    named = "SELECT 1 FROM duckdb_columns() WHERE table_name = 'holding_lines' AND column_name = 'department'"
    return bool(connection.execute(named).fetchall())
