"""Status of a large roster: the tallies, counted where the answers are; rows only into a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from pmcareer.renewals.status import Status
from pmcareer.team.columns.answers import STATUSES, answer_cases, answered
from pmcareer.team.columns.cases import Numbers, count_lines, sort_cases, suites_of
from pmcareer.team.columns.roster import count_people, findings_of, lines_of
from pmcareer.team.groups import GroupBy
from pmcareer.team.standings import StandingBook
from pmcareer.team.status import DUE_SPANS, GROUPED_BY, TO_SEE_TO, GroupTally, Tally, TeamStatus

if TYPE_CHECKING:
    import duckdb

_NEAR = ", ".join(str(STATUSES.index(status)) for status in (Status.ACTIVE, Status.DUE))

LISTED_GROUPS = 1_000
"""So many departments and managers are listed, those with most to see to; there may be as many as rows."""


def large_status(connection: duckdb.DuckDBPyConnection, book: StandingBook) -> TeamStatus:
    """The answer for a large roster; its rows are left in the database (``status_rows``)."""
    numbers = Numbers(tuple(sorted(book.scheme.certifications)))
    lines = lines_of(connection, GROUPED_BY)
    count_lines(connection, lines, GROUPED_BY, book.circles, numbers)
    sort_cases(connection, lines, GROUPED_BY, suites_of(book, numbers))
    answer_cases(connection, book, numbers)
    count_people(connection, GROUPED_BY)
    _count_outcomes(connection, book.as_of)
    everybody, conferred = _everybody(connection)
    (people,) = connection.execute("SELECT coalesce(sum(people), 0)::BIGINT FROM sizes").fetchall()[0]
    groups = [_groups(connection, by) for by in GROUPED_BY]
    left_out = {by: left for by, (_, left) in zip(GROUPED_BY, groups, strict=True) if left}
    found, findings = findings_of(connection)
    every = tuple(group for listed, _ in groups for group in listed)
    return TeamStatus(book.as_of, people, everybody, every, None, found, findings, conferred, left_out)


def _count_outcomes(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """``tallied``: answers by group, status and the first of ``DUE_SPANS`` (by number, NULL beyond) they end within."""
    spans = " ".join(f"WHEN expires <= DATE '{as_of}' + {span} THEN {n}" for n, span in enumerate(DUE_SPANS))
    near = f"CASE WHEN status IN ({_NEAR}) THEN CASE {spans} END END AS near"
    named = ", ".join(GROUPED_BY)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE tallied AS SELECT {named}, status, near, conferred, sum(n)::BIGINT AS n "
        f"FROM (SELECT *, {near} FROM ({answered(f'{named}, status, expires, conferred')})) GROUP BY ALL"
    )


def _everybody(connection: duckdb.DuckDBPyConnection) -> tuple[Tally, int]:
    """The tally of all, and how many titles were conferred."""
    tallies = dict(_tallies(connection, "SELECT '' AS g, * FROM tallied"))
    query = "SELECT coalesce(sum(n), 0)::BIGINT FROM tallied WHERE conferred"
    return tallies.get("", Tally()), int(connection.execute(query).fetchall()[0][0])


_EMPTY = Tally({}, dict.fromkeys(DUE_SPANS, 0))


def _groups(connection: duckdb.DuckDBPyConnection, by: GroupBy) -> tuple[tuple[GroupTally, ...], int]:
    """The groups by department or by manager, and how many are left out; none where that is not said of anybody."""
    group, bad = f"coalesce({by}, '') AS g", ", ".join(str(STATUSES.index(status)) for status in TO_SEE_TO)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE listed AS SELECT g, people, count(*) OVER () AS groups "
        f"FROM (SELECT {group}, sum(people)::BIGINT AS people FROM sizes GROUP BY g) LEFT JOIN "
        f"(SELECT {group}, sum(n) AS bad FROM tallied WHERE status IN ({bad}) GROUP BY g) USING (g) "
        f"ORDER BY coalesce(bad, 0) DESC, g LIMIT {LISTED_GROUPS}"
    )
    sizes = connection.execute("SELECT g, people, groups FROM listed ORDER BY g").fetchall()
    if [name for name, *_ in sizes] in ([], [""]):
        return (), 0
    tallies = dict(_tallies(connection, f"SELECT {group}, * FROM tallied SEMI JOIN listed ON g = coalesce({by}, '')"))
    found = tuple(GroupTally(by, name, people, tallies.get(name, _EMPTY)) for name, people, _ in sizes)
    return found, sizes[0][2] - len(found)


def _tallies(connection: duckdb.DuckDBPyConnection, counted: str) -> Iterator[tuple[str, Tally]]:
    """The tally of each group ``g`` of *counted*, in order."""
    rows = connection.execute(
        f"SELECT g, status, near, sum(n)::BIGINT FROM ({counted}) c GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for name, own in groupby(rows, key=lambda row: row[0]):
        yield name, _tally((status, near, count) for _, status, near, count in own)


def _tally(rows: Iterable[tuple[int, int | None, int]]) -> Tally:
    statuses: Counter[Status] = Counter()
    due: Counter[int] = Counter()
    for status, near, count in rows:
        statuses[STATUSES[status]] += count
        due.update({span: count for span in DUE_SPANS[near:] if near is not None})
    return Tally(dict(statuses), {span: due[span] for span in DUE_SPANS})
