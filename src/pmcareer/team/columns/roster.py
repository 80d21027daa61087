"""The relations of an open roster that questions are asked of, and the part of it that one audience may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import EducationLevel
from pmcareer.model.rosters import HoldingRow, PersonRow, SetAside, SmallRoster
from pmcareer.team.audience import Audience, Viewer
from pmcareer.team.groups import GroupBy

if TYPE_CHECKING:
    import duckdb

LISTED_FINDINGS = 1_000


def holding_lines(connection: duckdb.DuckDBPyConnection, groups: Sequence[GroupBy]) -> str:
    """A select of the holdings with the groups of their persons: in one scan where each line knows its person."""
    if _in_one_scan(connection):
        return "SELECT * FROM roster_lines WHERE kind = 'holding'"
    if not groups:
        return "SELECT * FROM holdings"
    named = ", ".join(f"p.{group}" for group in groups)
    return f"SELECT h.*, {named} FROM holdings h JOIN people p USING (person)"


def findings(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[SetAside, ...], int]:
    """The first findings of the reader by row, and how many there are."""
    connection.execute("CREATE OR REPLACE TEMP TABLE findings AS SELECT * FROM set_aside")
    (count,) = connection.execute("SELECT count(*) FROM findings").fetchall()[0]
    rows = connection.execute(
        "SELECT source_row, column_name, value, code, message, severity FROM findings "
        f"ORDER BY source_row, column_name, code, value LIMIT {LISTED_FINDINGS}"
    ).fetchall()
    return tuple(SetAside(*row) for row in rows), count


def visible(connection: duckdb.DuckDBPyConnection, audience: Audience) -> SmallRoster:
    """What a person or a manager may see of a large roster: few enough to be held in memory."""
    own = "person" if audience.viewer is Viewer.PERSON else "manager"
    return _fetched(connection, f"SELECT * FROM people WHERE {own} = ?", [audience.who])


def persons_named(connection: duckdb.DuckDBPyConnection, table: str) -> SmallRoster:
    """The people, and what they hold, of whom *table* has the ``person``."""
    return _fetched(connection, f"SELECT * FROM people SEMI JOIN {table} USING (person)", [])


def _fetched(connection: duckdb.DuckDBPyConnection, people: str, values: list[str]) -> SmallRoster:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS {people}", values)
    persons = connection.execute(
        "SELECT source_row, person, role, title, department, location, manager, role_since, education, hired "
        "FROM chosen ORDER BY source_row"
    ).fetchall()
    holdings = connection.execute(
        "SELECT source_row, person, certification, earned, renewed, route, issuer_says_expires "
        "FROM holdings SEMI JOIN chosen USING (person) ORDER BY source_row, certification, earned"
    ).fetchall()
    return SmallRoster(tuple(_person(*row) for row in persons), tuple(_holding(*row) for row in holdings))


def _person(source_row: int, person: str, role: str | None, *rest: Any) -> PersonRow:
    title, department, location, manager, role_since, education, hired = rest
    level = EducationLevel(education) if education else None
    known = RoleId(role) if role else None
    return PersonRow(source_row, person, known, title, department, location, manager, role_since, level, hired)


def _holding(source_row: int, person: str, certification: str, *rest: Any) -> HoldingRow:
    earned, renewed, route, says = rest
    return HoldingRow(source_row, person, CertificationId(certification), earned, tuple(renewed or ()), route, says)


def _in_one_scan(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether ``roster_lines`` is one select over the source; else it is three views side by side."""
    found = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = 'roster_lines'").fetchall()
    return bool(found) and "FROM holdings" not in found[0][0]
