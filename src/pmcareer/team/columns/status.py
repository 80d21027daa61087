"""Status of a large roster: the tallies, counted where the answers are; rows only into a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.renewals.status import Status
from pmcareer.team.columns.cases import STATUSES, Numbers, answer_cases, read_held, sort_cases
from pmcareer.team.columns.roster import findings, holding_lines
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
    read_held(connection, holding_lines(connection, LARGE_GROUPS), LARGE_GROUPS, book.circles, numbers)
    sort_cases(connection, LARGE_GROUPS)
    answer_cases(connection, book, numbers)
    everybody, by, conferred = tallies(connection, book.as_of, LARGE_GROUPS)
    groups = tuple(one for group in LARGE_GROUPS for one in group_tallies(connection, "people", group, by[group]))
    found, count = findings(connection)
    (people,) = connection.execute("SELECT count(*) FROM people").fetchall()[0]
    return TeamStatus(book.as_of, people, everybody, groups, None, found, count, conferred)


def tallies(
    connection: duckdb.DuckDBPyConnection, as_of: date, groups: Sequence[GroupBy]
) -> tuple[Tally, dict[GroupBy, dict[str, Tally]], int]:
    """The tally of all, those of each group by each of *groups*, and how many titles were conferred."""
    everybody = _tallies(connection, as_of, None).get("", Tally())
    by = {group: _tallies(connection, as_of, group) for group in groups}
    found = connection.execute(f"SELECT count(*) FROM ({_answered('conferred')}) a WHERE conferred").fetchall()
    return everybody, by, int(found[0][0])


def group_tallies(
    connection: duckdb.DuckDBPyConnection, people: str, by: GroupBy, tallies_: dict[str, Tally]
) -> Iterator[GroupTally]:
    """The groups in order, with how many people of the relation *people* each has."""
    query = f"SELECT coalesce({by}, ''), count(*) FROM {people} GROUP BY 1 ORDER BY 1"
    sizes = connection.execute(query).fetchall()
    if [group for group, _ in sizes] != [""]:
        yield from (GroupTally(by, group, count, tallies_.get(group, _EMPTY)) for group, count in sizes)


_EMPTY = Tally({}, dict.fromkeys(DUE_SPANS, 0))


def _tallies(connection: duckdb.DuckDBPyConnection, as_of: date, by: GroupBy | None) -> dict[str, Tally]:
    near = ", ".join(
        f"coalesce(sum(n) FILTER (status IN ({_NEAR}) AND expires <= DATE '{as_of}' + {span}), 0)" for span in DUE_SPANS
    )
    group = f"coalesce({by}, '')" if by else "''"
    columns = f"{by}, status, expires" if by else "status, expires"
    rows = connection.execute(
        f"SELECT {group} AS g, status, sum(n), {near} FROM ({_answered(columns)}) a GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    found: dict[str, Tally] = {}
    for name, status, count, *ending in rows:
        before = found.get(name, _EMPTY)
        due = {span: before.due[span] + int(n) for span, n in zip(DUE_SPANS, ending, strict=True)}
        found[name] = Tally({**before.by_status, STATUSES[status]: int(count)}, due)
    return found


def _answered(columns: str) -> str:
    """Every answer with how many times it was given."""
    return (
        f"SELECT {columns}, n FROM single JOIN answers USING (case_id) "
        f"UNION ALL SELECT {columns}, 1 AS n FROM joint JOIN answers USING (case_id)"
    )
