from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmcareer.timeline import Since, Timeline


def test_an_entry_holds_until_the_next_begins() -> None:
    line = Timeline([Since(None, "old"), Since(date(2026, 7, 9), "new")])
    assert line.on(date(2026, 7, 8)) == "old"
    assert line.on(date(2026, 7, 9)) == "new"
    assert [entry.value for entry in line.after(date(2026, 7, 8))] == ["new"]
    assert line.after(date(2026, 7, 9)) == ()


def test_before_the_first_day_nothing_holds() -> None:
    assert Timeline([Since(date(2020, 1, 1), 1)]).on(date(2019, 12, 31)) is None


@pytest.mark.parametrize("days", [(2, 1), (1, 1)])
def test_disorder_and_twins_are_refused(days: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="different days, in order"):
        Timeline(Since(date(2020, 1, day), day) for day in days)


@given(st.sets(st.dates(), min_size=1), st.dates())
def test_it_answers_as_a_linear_search_does(starts: set[date], day: date) -> None:
    line = Timeline(Since(start, start) for start in sorted(starts))
    assert line.on(day) == max((start for start in starts if start <= day), default=None)
