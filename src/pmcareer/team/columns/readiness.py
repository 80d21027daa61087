"""Readiness of a large roster: people who cannot differ in what they lack are judged together.

Judged without a plan somebody is told apart by the role, the education, what of the certifications that matter is held
and still counts, and between which of the spans that requirements ask for the time in the role lies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.rosters import SmallRoster
from pmcareer.team.columns.answers import answer_cases, answered
from pmcareer.team.columns.cases import Numbers, count_lines, sort_cases, suites_of
from pmcareer.team.columns.database import insert, quoted
from pmcareer.team.columns.roster import Lines, lines_of, persons_named
from pmcareer.team.interactions import circle_of
from pmcareer.team.readiness import Judged
from pmcareer.team.standings import StandingBook
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Kinds:
    """What tells people apart for one target.

    ``certifications`` that matter for it, ``days`` in a role at which some requirement comes to hold, in order.
    ``origins``: only people of these roles are looked at (None: all but those of the target).
    """

    target: RoleId
    certifications: Collection[CertificationId]
    days: Sequence[int]
    origins: Sequence[RoleId] | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """Of one target the nearest people with what they hold, and how many are candidates and ready."""

    target: RoleId
    nearest: SmallRoster
    candidates: int
    ready: int


@dataclass(frozen=True, slots=True)
class Staff:
    """How many people have a role, how many have none, and of how many with a role it is not said since when."""

    known: int
    no_role: int
    no_since: int


Verdicts = Sequence[tuple[str, Judged, tuple[object, ...]]]
Judge = Callable[[SmallRoster, RoleId], Verdicts]
"""For each person of a small roster, by name, what it lacks for a target and by what that is ranked."""


def roles_of(connection: duckdb.DuckDBPyConnection) -> list[RoleId]:
    """The roles that people have."""
    rows = connection.execute("SELECT DISTINCT role FROM people WHERE role IS NOT NULL ORDER BY role").fetchall()
    return [RoleId(role) for (role,) in rows]


def staff_of(connection: duckdb.DuckDBPyConnection) -> Staff:
    """Everybody, counted; ``large_benches`` has been asked."""
    query = "SELECT count(*), count(*) FILTER (role_since IS NULL) FROM roles"
    known, no_since = connection.execute(query).fetchall()[0]
    (people,) = connection.execute("SELECT count(*) FROM people").fetchall()[0]
    return Staff(known, people - known, no_since)


def large_benches(
    connection: duckdb.DuckDBPyConnection,
    book: StandingBook,
    kinds: Sequence[Kinds],
    counts: Sequence[int],
    nearest: int,
    judge: Judge,
    *,
    keep: bool = False,
) -> Iterator[Bench]:
    """For each target the *nearest* people of a large roster; the roster is read once for all of them.

    *counts*: the statuses, by number, in which a holding still counts for the planner. *keep*: the table ``verdicts``
    gets every candidate with the ``target`` and an ``example``: somebody judged, to whom the same applies.
    """
    _find_held(connection, book, sorted({own for one in kinds for own in one.certifications}), counts)
    if keep:
        insert(connection, "verdicts", _VERDICTS, ())
    for one in kinds:
        _find_classes(connection, one, Numbers(tuple(sorted(book.scheme.certifications))), book.as_of)
        ready = _judge_classes(connection, one.target, judge)
        if keep:
            said = f"SELECT person, s.role, '{one.target}', example FROM sorted s JOIN classes USING (class)"
            connection.execute(f"INSERT INTO verdicts {said}")
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE bench AS SELECT person FROM sorted JOIN judged USING (class) "
            f"ORDER BY place, days DESC, person LIMIT {nearest}"
        )
        (candidates,) = connection.execute("SELECT count(*) FROM sorted").fetchall()[0]
        yield Bench(one.target, persons_named(connection, "bench"), candidates, ready)


_VERDICTS = {"person": "VARCHAR", "role": "VARCHAR", "target": "VARCHAR", "example": "VARCHAR"}


def _find_held(
    connection: duckdb.DuckDBPyConnection,
    book: StandingBook,
    certifications: Collection[CertificationId],
    counts: Sequence[int],
) -> None:
    """``held``: of each person the certifications that matter, each with whether it counts today."""
    numbers = Numbers(tuple(sorted(book.scheme.certifications)))
    circles = {circle_of(own, book.circles) for own in certifications}
    needed = [own for own in numbers.certifications if circle_of(own, book.circles) in circles]
    plain = lines_of(connection, ())
    lines = Lines(f"SELECT *, person AS who FROM ({plain.select})")
    count_lines(connection, lines, ("who",), book.circles, numbers, among=needed)
    sort_cases(connection, lines, ("who",), suites_of(book, numbers))
    answer_cases(connection, book, numbers)
    wanted = ", ".join(str(numbers.of(own)) for own in certifications) or "NULL"
    counting = ", ".join(map(str, counts))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE held AS SELECT who AS person, "
        f"list_sort(list(DISTINCT own * 2 + (status IN ({counting}))::INT)) AS held "
        f"FROM ({answered('who, own, status, conferred')}) a WHERE own IN ({wanted}) AND NOT conferred GROUP BY who"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE roles AS SELECT person, role, education, role_since, held FROM people "
        "LEFT JOIN held USING (person) WHERE role IS NOT NULL"
    )


def _find_classes(connection: duckdb.DuckDBPyConnection, kinds: Kinds, numbers: Numbers, as_of: date) -> None:
    """``sorted``: every candidate of a target with the number of a class, ``classes`` with one of its people each."""
    spans = " + ".join(f"(days >= {days})::INT" for days in kinds.days) or "0"
    since = f"greatest(0, coalesce(DATE '{as_of}' - role_since, 0))"
    mattering = ", ".join(str(numbers.of(own)) for own in kinds.certifications) or "NULL"
    held = f"nullif(list_filter(held, lambda x: x // 2 IN ({mattering})), [])"
    among = "" if kinds.origins is None else f" AND role IN ({', '.join(map(quoted, kinds.origins)) or 'NULL'})"
    statements = (
        f"CREATE OR REPLACE TEMP TABLE situated AS SELECT person, role, education, {since} AS days, {held} AS held "
        f"FROM roles WHERE role <> '{kinds.target}'{among}",
        f"CREATE OR REPLACE TEMP TABLE classes AS SELECT row_number() OVER (ORDER BY example) AS class, * FROM "
        f"(SELECT role, education, {spans} AS span, held, min(person) AS example, count(*) AS n "
        "FROM situated GROUP BY ALL)",
        f"CREATE OR REPLACE TEMP TABLE sorted AS SELECT s.person, s.role, s.days, c.class FROM "
        f"(SELECT *, {spans} AS span FROM situated) s JOIN classes c ON s.role = c.role AND s.span = c.span "
        "AND s.education IS NOT DISTINCT FROM c.education AND s.held IS NOT DISTINCT FROM c.held",
    )
    for statement in statements:
        connection.execute(statement)


def _judge_classes(connection: duckdb.DuckDBPyConnection, target: RoleId, judge: Judge) -> int:
    """``judged``: the place of each class, those who lack least first; how many people are ready."""
    connection.execute("CREATE OR REPLACE TEMP TABLE examples AS SELECT example AS person FROM classes")
    counts = {
        person: (number, n)
        for person, number, n in connection.execute("SELECT example, class, n FROM classes").fetchall()
    }
    judged = sorted(judge(persons_named(connection, "examples"), target), key=lambda one: (one[2], one[0]))
    places = {order: place for place, order in enumerate(dict.fromkeys(order for _, _, order in judged))}
    rows = [(counts[person][0], places[order]) for person, _, order in judged]
    insert(connection, "judged", {"class": "BIGINT", "place": "BIGINT"}, rows)
    return sum(counts[person][1] for person, one, _ in judged if one.ready)
