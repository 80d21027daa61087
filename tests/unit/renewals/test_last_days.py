"""Where cycles end: conventions, clamping, transitions, rivals. Expected days are counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmcareer.dates import Length
from pmcareer.model.figures import Figure, Provenance, Rival, Standing
from pmcareer.model.renewal_rules import Cycle, CycleStart, LastDay
from pmcareer.renewals.last_days import Run, cycle_span

THREE_YEARS = Length(months=36)


def _cycle(last_day: Figure[LastDay], **more: Any) -> Cycle:
    return Cycle(Figure(THREE_YEARS), last_day, **more)


@pytest.mark.parametrize(
    ("convention", "day", "expected"),
    [
        (LastDay.EVE, date(2023, 6, 15), date(2026, 6, 14)),
        (LastDay.ANNIVERSARY, date(2023, 6, 15), date(2026, 6, 15)),
        (LastDay.YEAR_END, date(2024, 1, 1), date(2026, 12, 31)),
        (LastDay.YEAR_END, date(2023, 5, 10), date(2026, 12, 31)),  # the eve lies in 2026
        (LastDay.HALF_YEAR_END, date(2012, 3, 3), date(2015, 6, 30)),
        (LastDay.HALF_YEAR_END, date(2012, 9, 3), date(2015, 12, 31)),
        (LastDay.HALF_YEAR_END, date(2012, 7, 1), date(2015, 6, 30)),  # three full years end on 30 June
        (LastDay.EVE, date(2024, 2, 29), date(2027, 2, 27)),
        (LastDay.ANNIVERSARY, date(2024, 2, 29), date(2027, 2, 28)),
    ],
)
def test_conventions(convention: LastDay, day: date, expected: date) -> None:
    assert cycle_span(_cycle(Figure(convention)), Run(day), None).last_day == expected


def test_the_eve_of_a_clamped_anniversary_names_its_rival() -> None:
    span = cycle_span(_cycle(Figure(LastDay.EVE)), Run(date(2024, 2, 29)), None)
    assert [day.last_day for day in span.disputed] == [date(2027, 2, 28)]


def test_next_january_counts_what_comes_before_it() -> None:
    span = cycle_span(
        _cycle(Figure(LastDay.YEAR_END), starts=Figure(CycleStart.NEXT_JANUARY)), Run(date(2023, 5, 10)), None
    )
    assert (span.start, span.counts_from) == (date(2024, 1, 1), date(2023, 5, 10))


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2024, 6, 10), date(2024, 12, 31)])
def test_this_january_counts_the_year_of_the_award_as_the_first(day: date) -> None:
    span = cycle_span(_cycle(Figure(LastDay.YEAR_END), starts=Figure(CycleStart.THIS_JANUARY)), Run(day), None)
    assert (span.start, span.last_day) == (day, date(2026, 12, 31))


def test_a_cycle_of_this_january_does_not_end_before_the_award() -> None:
    half_a_year = Cycle(Figure(Length(months=6)), Figure(LastDay.EVE), starts=Figure(CycleStart.THIS_JANUARY))
    assert cycle_span(half_a_year, Run(date(2024, 8, 10)), None).last_day == date(2024, 12, 31)


def test_a_transition_sets_the_first_end_and_the_later_ones_follow() -> None:
    cycle = _cycle(Figure(LastDay.ANNIVERSARY), first_last_day=Figure(date(2023, 7, 1)))
    first = cycle_span(cycle, Run(date(2015, 3, 1)), None)
    second = cycle_span(cycle, first.run, first.last_day)
    assert first.last_day == date(2023, 7, 1)
    assert (second.start, second.last_day) == (date(2023, 7, 2), date(2026, 7, 1))


def test_a_transition_before_the_award_says_nothing() -> None:
    cycle = _cycle(Figure(LastDay.ANNIVERSARY), first_last_day=Figure(date(2023, 7, 1)))
    assert cycle_span(cycle, Run(date(2024, 3, 1)), None).last_day == date(2027, 3, 1)


def test_an_unknown_convention_takes_the_eve_and_disputes_the_anniversary() -> None:
    span = cycle_span(_cycle(Figure(None)), Run(date(2023, 6, 15)), None)
    assert span.last_day == date(2026, 6, 14)
    assert [day.last_day for day in span.disputed] == [date(2026, 6, 15)]


def test_an_unknown_length_is_not_known() -> None:
    span = cycle_span(Cycle(Figure(None), Figure(LastDay.EVE)), Run(date(2023, 6, 15)), None)
    assert not span.known and span.last_day is None


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (Standing.OFFICIAL, Standing.SECONDARY, date(2026, 6, 15)),  # the stronger source decides
        (Standing.SECONDARY, Standing.SECONDARY, date(2026, 6, 14)),  # open: the earlier rules
        (Standing.UNVERIFIED, Standing.OFFICIAL, date(2026, 6, 14)),
        (None, None, date(2026, 6, 14)),
    ],
)
def test_the_earlier_day_rules_where_the_sources_leave_it_open(
    ours: Standing | None, theirs: Standing | None, expected: date
) -> None:
    rival = Rival(LastDay.EVE, standing=theirs)
    figure = Figure(LastDay.ANNIVERSARY, Provenance(standing=ours), alternatives=(rival,))
    span = cycle_span(_cycle(figure), Run(date(2023, 6, 15)), None)
    assert span.last_day == expected
    assert {expected, *(day.last_day for day in span.disputed)} == {date(2026, 6, 14), date(2026, 6, 15)}


def test_the_end_of_the_calendar_is_no_crash() -> None:
    run = Run(date(9998, 5, 1))
    assert cycle_span(_cycle(Figure(LastDay.ANNIVERSARY)), run, None).last_day == date.max


def test_an_extension_beyond_the_next_end_skips_it() -> None:
    cycle = _cycle(Figure(LastDay.EVE))
    first = cycle_span(cycle, Run(date(2020, 1, 1)), None)
    after = cycle_span(cycle, first.run, date(2026, 5, 1))
    assert (after.start, after.last_day) == (date(2026, 5, 2), date(2028, 12, 31))
