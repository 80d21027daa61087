"""Coverage of a large roster: holders counted by last valid day, and the first day on which too few are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    connection: duckdb.DuckDBPyConnection, book: StandingBook, by: GroupBy | None, minimum: int
) -> TeamCoverage:
    """The answer for a large roster; ``rows`` are those that break first where there are very many."""
    numbers = Numbers(tuple(sorted(book.scheme.certifications)))
    groups = (by,) if by else ()
    lines = lines_of(connection, groups)
    count_lines(connection, lines, groups, book.circles, numbers)
    sort_cases(connection, lines, groups, suites_of(book, numbers))
    answer_cases(connection, book, numbers)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE covers AS {_covers(by, minimum)}")
    (count,) = connection.execute("SELECT count(*) FROM covers").fetchall()[0]
    order = "ends NULLS LAST, certification, g"
    rows = connection.execute(
        f"SELECT certification, g, holders, ends, falls_to FROM covers JOIN numbers USING (own) "
        f"ORDER BY {order} LIMIT {LISTED}"
    ).fetchall()
    found = tuple(
        CoverageRow(
            own, group, holders, day_after(ends) if ends else None, falls_to if ends else None, holders < minimum
        )
        for own, group, holders, ends, falls_to in rows
    )
    return TeamCoverage(book.as_of, by, minimum, found, count)


def _covers(by: GroupBy | None, minimum: int) -> str:
    """One row for each certification and group: ``ends`` is the last valid day whose passing leaves too few."""
    group = f"coalesce({by}, '')" if by else "''"
    columns = f"own, {by}, status, expires" if by else "own, status, expires"
    covering = f"status IN ({COVERING_NUMBERS})"
    return f"""
  WITH days AS (
    SELECT own, {group} AS g, CASE WHEN {covering} THEN expires END AS day,
      coalesce(sum(n) FILTER ({covering}), 0)::BIGINT AS held
    FROM ({answered(columns)}) a GROUP BY ALL),
  falling AS (
    SELECT own, g, day, (sum(held) OVER every)::BIGINT AS holders,
      (sum(held) OVER every - sum(held) OVER up_to)::BIGINT AS rest
    FROM days WINDOW every AS (PARTITION BY own, g), up_to AS (PARTITION BY own, g ORDER BY day NULLS LAST))
  SELECT own, g, any_value(holders) AS holders, min(day) FILTER (rest < {minimum}) AS ends,
    max(rest) FILTER (day IS NOT NULL AND rest < {minimum}) AS falls_to
  FROM falling GROUP BY own, g"""
