"""Status of a large roster: the tallies, counted where the answers are; rows only into a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.renewals.status import Status
from pmcareer.team.columns.cases import STATUSES, Numbers, answer_cases, answered, count_lines, sort_cases, suites_of
from pmcareer.team.columns.roster import findings_of, lines_of, people_by
from pmcareer.team.groups import GroupBy
from pmcareer.team.standings import StandingBook
from pmcareer.team.status import DUE_SPANS, GroupTally, Tally, TeamStatus

if TYPE_CHECKING:
    import duckdb

_NEAR = ", ".join(str(STATUSES.index(status)) for status in (Status.ACTIVE, Status.DUE))


LARGE_GROUPS: tuple[GroupBy, ...] = ("department",)
"""By manager a large roster would have as many groups as there are rows to read."""


def large_status(connection: duckdb.DuckDBPyConnection, book: StandingBook) -> TeamStatus:
    """The answer for a large roster; its rows are left in the database (``status_rows``)."""
    numbers = Numbers(tuple(sorted(book.scheme.certifications)))
    lines = lines_of(connection, LARGE_GROUPS)
    count_lines(connection, lines, LARGE_GROUPS, book.circles, numbers)
    sort_cases(connection, lines, LARGE_GROUPS, suites_of(book, numbers))
    answer_cases(connection, book, numbers)
    everybody, by, conferred = tallies(connection, book.as_of, LARGE_GROUPS)
    sizes = {group: people_by(connection, lines, group) for group in LARGE_GROUPS}
    groups = tuple(
        GroupTally(group, name, count, by[group].get(name, _EMPTY))
        for group in LARGE_GROUPS
        if list(sizes[group]) != [""]
        for name, count in sizes[group].items()
    )
    found, findings = findings_of(connection, lines)
    people = sum(sizes[LARGE_GROUPS[0]].values())
    return TeamStatus(book.as_of, people, everybody, groups, None, found, findings, conferred)


def tallies(
    connection: duckdb.DuckDBPyConnection, as_of: date, groups: Sequence[GroupBy]
) -> tuple[Tally, dict[GroupBy, dict[str, Tally]], int]:
    """The tally of all, those of each group by each of *groups*, and how many titles were conferred."""
    everybody = _tallies(connection, as_of, None).get("", Tally())
    by = {group: _tallies(connection, as_of, group) for group in groups}
    found = connection.execute(f"SELECT count(*) FROM ({answered('conferred')}) a WHERE conferred").fetchall()
    return everybody, by, int(found[0][0])


_EMPTY = Tally({}, dict.fromkeys(DUE_SPANS, 0))


def _tallies(connection: duckdb.DuckDBPyConnection, as_of: date, by: GroupBy | None) -> dict[str, Tally]:
    near = ", ".join(
        f"coalesce(sum(n) FILTER (status IN ({_NEAR}) AND expires <= DATE '{as_of}' + {span}), 0)" for span in DUE_SPANS
    )
    group = f"coalesce({by}, '')" if by else "''"
    columns = f"{by}, status, expires" if by else "status, expires"
    rows = connection.execute(
        f"SELECT {group} AS g, status, sum(n), {near} FROM ({answered(columns)}) a GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    found: dict[str, Tally] = {}
    for name, status, count, *ending in rows:
        before = found.get(name, _EMPTY)
        due = {span: before.due[span] + int(n) for span, n in zip(DUE_SPANS, ending, strict=True)}
        found[name] = Tally({**before.by_status, STATUSES[status]: int(count)}, due)
    return found
