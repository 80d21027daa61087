from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmcareer.dates import Length, add, days_to_months, months_to_days, parse_date, subtract


@pytest.mark.parametrize(
    ("months", "days"),
    [
        # round(n × 365.2425 / 12), worked by hand: 30.436875 a month
        (0, 0),
        (1, 30),
        (6, 183),  # 182.62
        (12, 365),  # 365.24
        (24, 730),  # 730.49
        (36, 1096),  # 1095.73
        (48, 1461),  # 1460.97
        (60, 1826),  # 1826.21
        (84, 2557),  # 2556.70
    ],
)
def test_months_on_the_planning_clock(months: int, days: int) -> None:
    assert months_to_days(months) == days


@pytest.mark.parametrize(
    ("day", "length", "expected"),
    [
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2023-06-15", "3 years", "2026-06-15"),
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-11-23", "90 days", "2027-02-21"),
        ("2026-12-31", "2 weeks", "2027-01-14"),
    ],
)
def test_calendar_lengths_clamp_after_adding(day: str, length: str, expected: str) -> None:
    assert add(parse_date(day), Length.parse(length)) == parse_date(expected)


def test_subtracting_clamps_too() -> None:
    assert subtract(date(2028, 2, 29), Length.parse("3 years")) == date(2025, 2, 28)


@pytest.mark.parametrize("text", ["3", "years", "3 Years", "-1 year", "1.5 years", "3 years ", "٣ years", "99999 days"])
def test_what_is_no_length(text: str) -> None:
    if text == "3 years ":
        assert Length.parse(text) == Length(36)
        return
    with pytest.raises(ValueError, match="not a length"):
        Length.parse(text)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026-13-01", "0000-01-01", "2026-1-05", "20260105", "2026-01-05T00:00"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar"):
        parse_date(text)


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 600), st.integers(0, 40))
def test_n_lengths_from_the_anchor_never_drift(anchor: date, months: int, n: int) -> None:
    """Anchor + n × length is on the anchor's day of the month, or on the month's end where that day does not exist."""
    end = add(anchor, Length(months).times(n))
    assert end.day == anchor.day or (end.day < anchor.day and add(end, Length(days=1)).day == 1)
    assert (end.year - anchor.year) * 12 + end.month - anchor.month == months * n


@given(st.integers(0, 20_000))
def test_days_shown_in_months_come_back(days: int) -> None:
    assert round(days_to_months(days) * Fraction(3652425, 120000)) == days


def test_beyond_the_calendar() -> None:
    with pytest.raises(OverflowError):
        add(date(9999, 1, 1), Length(12))


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (Length(36), "3 years"),
        (Length(18), "18 months"),
        (Length(days=90), "90 days"),
        (Length(), "0 days"),
        (Length(1, 1), "1 month 1 day"),
    ],
)
def test_lengths_as_people_say_them(length: Length, text: str) -> None:
    assert str(length) == text
