"""The years of a cycle: of the cycle itself, counted from its start, or of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pmcareer.dates import Length, eve
from pmcareer.renewals.cycles import HeldCycle
from pmcareer.renewals.last_days import add_within, after

YEAR = Length(months=12)


def cycle_years(cycle: HeldCycle, year: Literal["cycle", "calendar"]) -> tuple[tuple[date, date], ...]:
    """The years of a cycle that ends, each from first to last day, both inclusive and without gaps."""
    if cycle.last_day is None:
        return ()
    span = _calendar_years if year == "calendar" else _years_from
    return tuple(span(cycle.start, cycle.last_day))


def _calendar_years(start: date, last: date) -> Iterator[tuple[date, date]]:
    for year in range(start.year, last.year + 1):
        yield max(start, date(year, 1, 1)), min(last, date(year, 12, 31))


def _years_from(start: date, last: date) -> Iterator[tuple[date, date]]:
    """Years from the start. Where the cycle ends on its anniversary itself, so does each of its years."""
    most = last.year - start.year + 1
    anniversaries = [add_within(start, YEAR.times(n)) for n in range(1, most + 1)]
    on_the_day = last in anniversaries
    first = start
    for anniversary in anniversaries:
        end = anniversary if on_the_day else eve(anniversary)
        if end >= last:
            break
        yield first, end
        first = after(end)
    yield first, last
