"""Calendar arithmetic, in the two clocks of the product.

Renewal deadlines use calendar arithmetic (``add``): whole years and months, with 29 February and month ends clamped
*after* adding, always computed from an anchor. Planning uses whole days (``months_to_days``). Dates are plain
``datetime.date``: no time zone, and a last day is inclusive.
"""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from pmcareer.values import dataclass

Date = dt.date
ONE_DAY = dt.timedelta(days=1)

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_LENGTH = re.compile(r"(\d{1,4}) (year|month|week|day)s?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A calendar length: ``months`` are added first (clamping to the month's end), then ``days``."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Length:
        """``3 years``, ``30 months``, ``2 weeks``, ``90 days``; raises ValueError for anything else."""
        match = _LENGTH.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a length such as '3 years', '18 months' or '90 days'")
        number, unit = int(match[1]), match[2]
        if unit in ("year", "month"):
            return cls(months=number * (12 if unit == "year" else 1))
        return cls(days=number * (7 if unit == "week" else 1))

    def times(self, n: int) -> Length:
        """The length *n* times over, for anchor + n × length."""
        return Length(self.months * n, self.days * n)

    @property
    def in_days(self) -> int:
        """The length on the planning clock, in whole days."""
        return months_to_days(self.months) + self.days

    def __str__(self) -> str:
        if self.months and not self.days and self.months % 12 == 0:
            return _count(self.months // 12, "year")
        parts = [_count(self.months, "month")] * bool(self.months) + [_count(self.days, "day")] * bool(self.days)
        return " ".join(parts) or "0 days"


def parse_date(text: str) -> Date:
    """An ISO date ``YYYY-MM-DD`` that exists in the calendar; raises ValueError that says what is wrong."""
    match = _ISO.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date of the form YYYY-MM-DD")
    try:
        return Date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise ValueError(f"{text} is not in the calendar") from None


def add(day: Date, length: Length) -> Date:
    """*day* plus *length*; a day past the month's end clamps to it (29 Feb 2024 + 1 year = 28 Feb 2025).

    Raises OverflowError beyond year 9999.
    """
    from dateutil.relativedelta import relativedelta

    try:
        return day + relativedelta(months=length.months, days=length.days)
    except ValueError:
        raise OverflowError(f"{day} plus {length} lies beyond the calendar") from None


def subtract(day: Date, length: Length) -> Date:
    """*day* minus *length*, clamping as ``add`` does."""
    return add(day, length.times(-1))


def eve(day: Date) -> Date:
    """The day before."""
    return day - ONE_DAY


def months_to_days(months: int | Fraction) -> int:
    """A requirement of *months* on the planning clock: ``round(months × 365.2425 / 12)`` days, exactly."""
    return round(Fraction(months) * Fraction(3652425, 120000))


def days_to_months(days: int) -> Fraction:
    """The inverse of ``months_to_days``, exact; for showing, never for deciding."""
    return Fraction(days) * Fraction(120000, 3652425)


def _count(n: int, unit: str) -> str:
    return f"{n} {unit}{'' if n == 1 else 's'}"
