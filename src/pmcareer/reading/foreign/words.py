"""Words and days of exports: text made fit for a line, and days of which often only the month is said."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any, Literal, TypeAlias

from pmcareer.model.statements import StatedDay
from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import quote

LONGEST = 300
FIRST_YEAR, LAST_YEAR = 1950, 2200
DayOrder: TypeAlias = Literal["us", "eu", ""]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# Of texts in lower case.
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[t ].{1,40})?)?)?", re.ASCII)
_MONTH_YEAR = re.compile(rf"({_NAMES})\.? (\d{{4}})", re.ASCII)
_MONTH_DAY_YEAR = re.compile(rf"({_NAMES})\.? (\d{{1,2}}),? (\d{{4}})", re.ASCII)
_DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}})[. -]({_NAMES})\.?[ -](\d{{4}})", re.ASCII)
_SLASHED_MONTH = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)
_SLASHED_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


def one_line(value: Any, longest: int = LONGEST) -> str:
    """Text on one line without what cannot be shown, cut where it is very long; nothing where it is no text."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    shown = "".join(c if c.isprintable() else " " for c in str(value)[: longest * 4])
    joined = " ".join(shown.split())
    return joined if len(joined) <= longest else joined[: longest - 1] + "…"


def stated_day(value: Any, order: DayOrder = "") -> StatedDay | None:
    """A day, month or year as people and programs write them; None where nothing is said.

    ``03/04/2025`` is read by *order*; without it only where it can mean one day.
    """
    text = one_line(value, 60)
    if not text or text.lower() in ("present", "current", "n/a", "none", "-"):
        return None
    bounds = _bounds(text.lower(), order)
    return StatedDay(text, *bounds) if bounds else StatedDay(text)


def either_day(text: str) -> tuple[date, date] | None:
    """The two days that ``03/04/2025`` may mean, the American one first; None where it means one or none."""
    american, european = stated_day(text, "us"), stated_day(text, "eu")
    days = (american and american.day, european and european.day)
    return (days[0], days[1]) if days[0] and days[1] and days[0] != days[1] else None


def day_of(value: Any, what: str, at: Position, problems: Problems, order: DayOrder = "") -> StatedDay | None:
    """As ``stated_day``; what cannot be read is said, and stays as text."""
    found = stated_day(value, order)
    if found is not None and found.first is None:
        hint = "write year-month-day, as in 2024-03-31, or year-month"
        problems.add("import-day", f"{what}: {quote(found.text)} is not a day", at, hint=hint, severity="warning")
    return found


def _bounds(text: str, order: DayOrder) -> tuple[date, date] | None:
    """The first and the last day that a text may mean."""
    if match := _ISO.fullmatch(text):
        return _span(match[1], match[2], match[3])
    if match := _MONTH_YEAR.fullmatch(text):
        return _span(match[2], _number(match[1]), None)
    if match := _MONTH_DAY_YEAR.fullmatch(text):
        return _span(match[3], _number(match[1]), match[2])
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        return _span(match[3], _number(match[2]), match[1])
    if match := _SLASHED_MONTH.fullmatch(text):
        return _span(match[2], match[1], None)
    if match := _SLASHED_DAY.fullmatch(text):
        return _slashed(int(match[1]), int(match[2]), match[3], order)
    return None


def _slashed(one: int, two: int, year: str, order: DayOrder) -> tuple[date, date] | None:
    if not order and one <= 12 and two <= 12 and one != two:
        return None
    month_first = order == "us" or (not order and two > 12) or one == two
    return _span(year, one if month_first else two, two if month_first else one)


def _number(month: str) -> int:
    return _MONTHS.index(month[:3]) + 1


def _span(year: Any, month: Any, day: Any) -> tuple[date, date] | None:
    y = int(year)
    if not FIRST_YEAR <= y <= LAST_YEAR:
        return None
    try:
        if month is None:
            return date(y, 1, 1), date(y, 12, 31)
        if day is None:
            return date(y, int(month), 1), date(y, int(month), monthrange(y, int(month))[1])
        return date(y, int(month), int(day)), date(y, int(month), int(day))
    except ValueError:
        return None
