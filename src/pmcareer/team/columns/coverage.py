"""Coverage of a large roster: holders counted by last valid day, and the first day on which too few are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.model.ids import CertificationId
from pmcareer.team.columns.answers import COVERING_NUMBERS, answer_cases, answered
from pmcareer.team.columns.cases import Numbers, count_lines, sort_cases, suites_of
from pmcareer.team.columns.roster import lines_of
from pmcareer.team.coverage import CoverageRow, TeamCoverage, day_after
from pmcareer.team.groups import GroupBy
from pmcareer.team.standings import StandingBook

if TYPE_CHECKING:
    import duckdb

LISTED = 100_000
"""So many rows are listed, those that break first; there may be more by manager."""


def large_coverage(
    connection: duckdb.DuckDBPyConnection, book: StandingBook, by: GroupBy | None, minimum: int, *, every: bool = False
) -> TeamCoverage:
    """The answer for a large roster; ``rows`` are those that break first where there are very many, or *every* one."""
    _answered(connection, book, by)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE covers AS {_covers(by, minimum)}")
    counted = f"SELECT count(*), count(*) FILTER (holders < {minimum}), count(ends) FROM covers"
    count, short, breaking = connection.execute(counted).fetchall()[0]
    order = "ends NULLS LAST, certification, g"
    rows = connection.execute(
        f"SELECT certification, g, holders, ends, falls_to FROM covers JOIN numbers USING (own) "
        f"ORDER BY {order} LIMIT {count if every else LISTED}"
    ).fetchall()
    found = tuple(
        CoverageRow(
            own, group, holders, day_after(ends) if ends else None, falls_to if ends else None, holders < minimum
        )
        for own, group, holders, ends, falls_to in rows
    )
    return TeamCoverage(book.as_of, by, minimum, found, count, short, breaking)


def ends_of(
    connection: duckdb.DuckDBPyConnection,
    book: StandingBook,
    by: GroupBy | None,
    certifications: Sequence[CertificationId],
) -> dict[tuple[CertificationId, str], Counter[date | None]]:
    """By certification (of those named) and group the last valid days of those who can be relied on, with numbers."""
    numbers = _answered(connection, book, by)
    wanted = ", ".join(str(numbers.of(own)) for own in certifications) or "NULL"
    group = f"coalesce({by}, '')" if by else "''"
    rows = connection.execute(
        f"SELECT own, {group} AS g, expires, sum(n)::BIGINT FROM ({answered(_named(by))}) a "
        f"WHERE own IN ({wanted}) AND status IN ({COVERING_NUMBERS}) GROUP BY ALL"
    ).fetchall()
    found: dict[tuple[CertificationId, str], Counter[date | None]] = {}
    for own, name, ends, count in rows:
        found.setdefault((numbers.certifications[own], name), Counter())[ends] = count
    return found


def _answered(connection: duckdb.DuckDBPyConnection, book: StandingBook, by: GroupBy | None) -> Numbers:
    """Answer the cases of a roster, by group where one is named."""
    numbers = Numbers(tuple(sorted(book.scheme.certifications)))
    groups = (by,) if by else ()
    lines = lines_of(connection, groups)
    count_lines(connection, lines, groups, book.circles, numbers)
    sort_cases(connection, lines, groups, suites_of(book, numbers))
    answer_cases(connection, book, numbers)
    return numbers


def _named(by: GroupBy | None) -> str:
    return f"own, {by}, status, expires" if by else "own, status, expires"


def _covers(by: GroupBy | None, minimum: int) -> str:
    """One row for each certification and group: ``ends`` is the last valid day whose passing leaves too few."""
    group = f"coalesce({by}, '')" if by else "''"
    covering = f"status IN ({COVERING_NUMBERS})"
    return f"""
  WITH days AS (
    SELECT own, {group} AS g, CASE WHEN {covering} THEN expires END AS day,
      coalesce(sum(n) FILTER ({covering}), 0)::BIGINT AS held
    FROM ({answered(_named(by))}) a GROUP BY ALL),
  falling AS (
    SELECT own, g, day, (sum(held) OVER every)::BIGINT AS holders,
      (sum(held) OVER every - sum(held) OVER up_to)::BIGINT AS rest
    FROM days WINDOW every AS (PARTITION BY own, g), up_to AS (PARTITION BY own, g ORDER BY day NULLS LAST))
  SELECT own, g, any_value(holders) AS holders, min(day) FILTER (rest < {minimum}) AS ends,
    max(rest) FILTER (day IS NOT NULL AND rest < {minimum}) AS falls_to
  FROM falling GROUP BY own, g"""
