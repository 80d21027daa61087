"""Forecast of a large roster: each distinct case with the number of people it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmcareer.team.columns.cases import Numbers, case_of, count_lines, sort_cases
from pmcareer.team.columns.database import fetched
from pmcareer.team.columns.roster import lines_of
from pmcareer.team.forecast import Case, Forecaster, TeamForecast

if TYPE_CHECKING:
    import duckdb


def large_forecast(connection: duckdb.DuckDBPyConnection, forecaster: Forecaster) -> TeamForecast:
    """The answer for a large roster."""
    numbers = Numbers(tuple(sorted(forecaster.scheme.certifications)))
    lines = lines_of(connection, ())
    count_lines(connection, lines, (), forecaster.circles, numbers)
    sort_cases(connection, lines, ())
    return forecaster.of_cases(_cases(connection, numbers))


def _cases(connection: duckdb.DuckDBPyConnection, numbers: Numbers) -> Iterator[tuple[Case, int]]:
    single = "SELECT [{'own': own, 'earned': earned, 'more': more}] AS rows, n FROM keys ORDER BY case_id"
    joint = (
        "SELECT rows, n FROM joint_keys JOIN (SELECT case_id, count(*) AS n FROM joint GROUP BY case_id) s "
        "USING (case_id) ORDER BY case_id"
    )
    for query in (single, joint):
        for rows, n in fetched(connection, query):
            yield case_of(rows, numbers), n
