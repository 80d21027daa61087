"""Forecast of a large roster: each distinct case with the number of people it stands for.

What a forecast counts of a case is in quarters, so days earned near each other mostly come to the same: of the days of
one calendar month under one rule the first and the last are asked about, and those between only where they differ.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow
from pmcareer.team.columns.cases import Numbers, Suites, case_of, count_lines, sort_cases
from pmcareer.team.columns.database import fetched
from pmcareer.team.columns.doubts import doubtful_days
from pmcareer.team.columns.roster import lines_of
from pmcareer.team.columns.suites import SuiteCase, forgetting_circles
from pmcareer.team.forecast import Forecaster, TeamForecast, Told
from pmcareer.team.standings import in_case_order

if TYPE_CHECKING:
    import duckdb

Counted = tuple[date, int]
"""A day, and for how many people it is the one that counts."""

_PAIR = 2  # of three or more, the order of the earlier awards decides to whom a shared fee falls


def large_forecast(connection: duckdb.DuckDBPyConnection, forecaster: Forecaster) -> TeamForecast:
    """The answer for a large roster."""
    scheme, as_of = forecaster.scheme, forecaster.as_of
    numbers = Numbers(tuple(sorted(scheme.certifications)))
    lines = lines_of(connection, ())
    count_lines(connection, lines, (), forecaster.circles, numbers)
    circles = forgetting_circles(scheme, forecaster.circles, as_of)
    suites = Suites(tuple(sorted(map(numbers.of, circles))), scheme, as_of, numbers, most=_PAIR)
    sort_cases(connection, lines, (), suites)
    return forecaster.of_dues(_told(connection, forecaster, numbers))


def _told(
    connection: duckdb.DuckDBPyConnection, forecaster: Forecaster, numbers: Numbers
) -> Iterator[tuple[Told, int]]:
    yield from _singles(connection, forecaster, numbers)
    yield from _pairs(connection, forecaster, numbers)
    single = (
        "SELECT [{'own': own, 'earned': earned, 'more': more}] AS rows, n FROM keys "
        "WHERE earned IS NULL OR more IS NOT NULL ORDER BY case_id"
    )
    joint = f"SELECT rows, n FROM joint_keys JOIN ({_COUNTED}) s USING (case_id) ORDER BY case_id"
    for query in (single, joint):
        for rows, n in fetched(connection, query):
            yield forecaster.told(case_of(rows, numbers)), n


_COUNTED = "SELECT case_id, count(*) AS n FROM joint GROUP BY case_id"


def _singles(
    connection: duckdb.DuckDBPyConnection, forecaster: Forecaster, numbers: Numbers
) -> Iterator[tuple[Told, int]]:
    """Of one certification held by itself, of which only the day earned is known."""
    query = "SELECT own, earned, n FROM keys WHERE earned IS NOT NULL AND more IS NULL ORDER BY own, earned"
    rows = connection.execute(query).fetchall()
    for own, mine in groupby(rows, key=lambda row: row[0]):
        name = numbers.certifications[own]

        def ask(day: date, name: CertificationId = name) -> Told:
            return forecaster.told((HoldingRow(0, "", name, day),))

        doubtful = doubtful_days(forecaster.scheme, name, forecaster.as_of)
        yield from told_by_day([(day, n) for _, day, n in mine], ask, doubtful)


def _pairs(
    connection: duckdb.DuckDBPyConnection, forecaster: Forecaster, numbers: Numbers
) -> Iterator[tuple[Told, int]]:
    """Of forgetting suites: few kinds of cases, each over many days of the last award."""
    names = numbers.certifications
    spans = {
        span: (names[own], last)
        for span, own, last in connection.execute("SELECT span, own, last FROM spans").fetchall()
    }
    kinds = {
        kind: SuiteCase(tuple(spans[span] for span in before), names[own])
        for kind, before, own in connection.execute("SELECT kind, before, own FROM suit_kinds").fetchall()
    }
    query = f"SELECT kind, day, n FROM suit_keys JOIN ({_COUNTED}) s USING (case_id) ORDER BY kind, day"
    for kind, mine in groupby(connection.execute(query).fetchall(), key=lambda row: row[0]):
        case = kinds[kind]

        def ask(day: date, case: SuiteCase = case) -> Told:
            return forecaster.told(tuple(sorted(case.rows(day), key=in_case_order)))

        members = (*(own for own, _ in case.before), case.last)
        doubtful = {day for own in members for day in doubtful_days(forecaster.scheme, own, forecaster.as_of)}
        doubtful |= {span + timedelta(days=n) for _, span in case.before for n in (1, 2)}
        yield from told_by_day([(day, n) for _, day, n in mine], ask, sorted(doubtful))


def told_by_day(
    days: Sequence[Counted], ask: Callable[[date], Told], doubtful: Sequence[date]
) -> Iterator[tuple[Told, int]]:
    """What *ask* says of each of *days*, in rising order, with the people it stands for.

    Days of one month between the same two of the *doubtful* ones, which are themselves apart, are taken together where
    the first and the last come to the same.
    """
    certain = set(doubtful)

    def stretch(one: Counted) -> object:
        day, _ = one
        return day if day in certain else (day.year, day.month, bisect_right(doubtful, day))

    for _, some in groupby(days, key=stretch):
        yield from _together(list(some), ask)


def _together(days: Sequence[Counted], ask: Callable[[date], Told]) -> Iterator[tuple[Told, int]]:
    """A stretch whose ends come to the same, or its halves."""
    first = ask(days[0][0])
    if len(days) == 1 or first == ask(days[-1][0]):
        yield first, sum(n for _, n in days)
        return
    half = len(days) // 2
    yield from _together(days[:half], ask)
    yield from _together(days[half:], ask)
