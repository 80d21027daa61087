"""Days of exports: what a text may mean, from its first day to its last; and text fit for a line."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from pmcareer.model.statements import StatedDay
from pmcareer.reading.foreign.words import one_line, stated_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Mar 2024", "2024-03-01", "2024-03-31"),
        ("February 2024", "2024-02-01", "2024-02-29"),  # a leap year
        ("Feb 2023", "2023-02-01", "2023-02-28"),
        ("Sept 2019", "2019-09-01", "2019-09-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("03/2024", "2024-03-01", "2024-03-31"),
        ("2024-03-09", "2024-03-09", "2024-03-09"),
        ("2024-03-09T23:59:59Z", "2024-03-09", "2024-03-09"),
        ("2024-03-09 10:00:00 UTC", "2024-03-09", "2024-03-09"),
        ("Mar 9, 2024", "2024-03-09", "2024-03-09"),
        ("9 March 2024", "2024-03-09", "2024-03-09"),
        ("09-Mar-2024", "2024-03-09", "2024-03-09"),
        ("25/12/2024", "2024-12-25", "2024-12-25"),
        ("12/25/2024", "2024-12-25", "2024-12-25"),
        ("05/05/2024", "2024-05-05", "2024-05-05"),
    ],
)
def test_what_a_text_may_mean(text: str, first: str, last: str) -> None:
    assert stated_day(text) == StatedDay(text, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(("order", "day"), [("us", "2025-03-04"), ("eu", "2025-04-03")])
def test_numbers_alone_need_an_order(order: Literal["us", "eu"], day: str) -> None:
    found = stated_day("03/04/2025", order)
    assert found and found.day == date.fromisoformat(day)
    unread = stated_day("03/04/2025")
    assert unread and unread.first is None


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-02-30", "Marble 2024", "soon", "1949", "2201", "99/99/2024", "٣ 2024"]
)
def test_what_is_no_day_stays_text(text: str) -> None:
    found = stated_day(text)
    assert found is not None
    assert (found.first, found.last) == (None, None)


@pytest.mark.parametrize("value", ["", "  ", "Present", "n/a", None, True, ["2024"], {"a": 1}])
def test_nothing_said_is_nothing(value: object) -> None:
    assert stated_day(value) is None


def test_text_is_one_line_that_a_terminal_may_show() -> None:
    assert one_line("a\x1b[31mred\n\tb\u202ec") == "a [31mred b c"
    assert one_line("x" * 5000) == "x" * 299 + "…"
    assert one_line("\ud800") == ""
