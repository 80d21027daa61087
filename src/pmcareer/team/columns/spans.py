"""Spans of days on which one formula tells the last valid day, so that the engine need not be asked for every day.

A case with one free day (a certification earned on it) is asked of the engine at the edges of spans, on every day at
which the catalog may change its mind, and on the days where calendars are odd. Between them nothing is assumed but
what the rules of this catalog language can say: a last day follows its anchor day for day, month-end for month-end, or
stays. Where the engine's answers fit no formula the span is halved, and at the last asked day by day; so a formula only
saves questions. tests/laws hold every formula against the engine, for every rule of the catalog.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from pmcareer.dates import Length, add
from pmcareer.renewals.status import Status
from pmcareer.values import dataclass, field

_SHORT = 31  # days; a span no longer is asked day by day
_ODD_DAYS = ((1, 1), (1, 31), (2, 28), (2, 29), (3, 1), (3, 31), (6, 30), (7, 1), (8, 31), (12, 30), (12, 31))
_LEAP_DAYS = ((2, 28), (2, 29), (3, 1))
_ODD_YEARS = 4  # so many years of a span have their leap days asked: one of them is a leap year; the first two, all

Kind = Literal["stays", "eve", "anniversary", "days", "year-end", "half-year-end", "january"]


@dataclass(frozen=True, slots=True)
class Seen:
    """The engine's answer for one day. ``basis`` is whatever else distinguishes answers: rule, edition, source."""

    status: Status
    expires: date | None
    basis: object = None

    @property
    def kind(self) -> tuple[Status, object, bool]:
        """What must be the same over a span."""
        return (self.status, self.basis, self.expires is None)


@dataclass(frozen=True, slots=True)
class Formula:
    """A last valid day told from a day: after ``n`` months (or days, or years), by a convention, or ``fixed``."""

    kind: Kind
    n: int = 0
    fixed: date | None = None

    def on(self, day: date) -> date | None:
        """The last valid day of what is earned on *day*."""
        if self.kind == "stays":
            return self.fixed
        if self.kind == "days":
            return day + timedelta(days=self.n)
        if self.kind == "january":
            return date(day.year + self.n, 12, 31)
        anniversary = _months_on(day, self.n)
        if self.kind == "anniversary":
            return anniversary
        full = anniversary - timedelta(days=1)
        if self.kind == "eve":
            return full
        half = full.month <= 6 and self.kind == "half-year-end"
        return date(full.year, 6, 30) if half else date(full.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from *first* to *last* with one kind of answer, ``seen``; the last valid day of each is by ``formula``."""

    first: date
    last: date
    seen: Seen
    formula: Formula


BY_FORMULA = """CASE formula WHEN 'stays' THEN fixed WHEN 'days' THEN day + n
  WHEN 'january' THEN make_date(year(day) + n, 12, 31) WHEN 'anniversary' THEN (day + to_months(n))::DATE
  WHEN 'eve' THEN (day + to_months(n))::DATE - 1
  ELSE CASE WHEN formula = 'half-year-end' AND month((day + to_months(n))::DATE - 1) <= 6
    THEN make_date(year((day + to_months(n))::DATE - 1), 6, 30)
    ELSE make_date(year((day + to_months(n))::DATE - 1), 12, 31) END END"""
"""``Formula.on`` in SQL, over ``day`` and the formula's own kind, ``n`` and ``fixed``."""


@dataclass(slots=True)
class DayCase:
    """The engine's answers for one case over its free day; each day is asked once at most.

    ``doubtful``: days, in order, on which the catalog may change its mind.
    """

    ask: Callable[[date], Seen]
    doubtful: Sequence[date] = ()
    asked: dict[date, Seen] = field(default_factory=dict)

    def on(self, day: date) -> Seen:
        """The engine's answer."""
        if day not in self.asked:
            self.asked[day] = self.ask(day)
        return self.asked[day]

    def of(self, days: Sequence[date]) -> Iterator[tuple[date, Seen]]:
        """The answers for *days*, in rising order, with as few questions as is safe."""
        for one in self.stretches(days):
            own = days[bisect_left(days, one.first) : bisect_left(days, one.last + timedelta(days=1))]
            yield from ((day, Seen(one.seen.status, one.formula.on(day), one.seen.basis)) for day in own)

    def stretches(self, days: Sequence[date]) -> Iterator[Stretch]:
        """Stretches, in rising order, of which one has each of *days*, in rising order too."""
        if not days:
            return
        for first, last in self.spans(days[0], days[-1]):
            own = days[bisect_left(days, first) : bisect_left(days, last + timedelta(days=1))]
            yield from self._in_span(own, first, last)

    def _in_span(self, days: Sequence[date], first: date, last: date) -> Iterator[Stretch]:
        """Days on which status and basis are the same; by formula where there is one and it saves questions."""
        samples = _samples(first, last)
        if len(days) <= len(samples) + 2 or (last - first).days <= _SHORT:
            for day in days:
                seen = self.on(day)
                yield Stretch(day, day, seen, Formula("stays", fixed=seen.expires))
            return
        formula = self._formula(samples)
        if formula is not None:
            yield Stretch(first, last, self.on(first), formula)
            return
        middle = first + (last - first) / 2
        cut = bisect_left(days, middle + timedelta(days=1))
        yield from self._in_span(days[:cut], first, middle)
        yield from self._in_span(days[cut:], middle + timedelta(days=1), last)

    def _formula(self, samples: Sequence[date]) -> Formula | None:
        seen = [(day, self.on(day)) for day in samples]
        if len({one.kind for _, one in seen}) > 1:
            return None
        fitting = (f for f in _candidates(seen) if all(f.on(day) == one.expires for day, one in seen))
        return next(fitting, None)

    def spans(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """The stretches from *first* to *last* whose ends, and the doubtful days within, answer alike."""
        edges = sorted({first, last, *(day for day in self.doubtful if first < day < last)})
        starts = [first]
        for one, other in pairwise(edges):
            starts.extend(self._changes(one, other))
        for start, following in zip(starts, [*starts[1:], last + timedelta(days=1)], strict=True):
            yield start, following - timedelta(days=1)

    def _changes(self, one: date, other: date) -> Iterator[date]:
        """The first days of new kinds of answer after *one*, up to *other*."""
        if self.on(one).kind == self.on(other).kind:
            return
        if (other - one).days == 1:
            yield other
            return
        middle = one + (other - one) / 2
        yield from self._changes(one, middle)
        yield from self._changes(middle, other)


def _samples(first: date, last: date) -> list[date]:
    """The ends, the middle, and the odd days of the first years of a span."""
    found = {first, last, first + (last - first) / 2, min(first + timedelta(days=1), last)}
    for year in range(first.year, min(first.year + _ODD_YEARS, last.year) + 1):
        for month, day in _ODD_DAYS if year < first.year + 2 else _LEAP_DAYS:
            if day <= monthrange(year, month)[1] and first <= date(year, month, day) <= last:
                found.add(date(year, month, day))
    return sorted(found)


def _candidates(seen: Iterable[tuple[date, Seen]]) -> Iterator[Formula]:
    """The formulas that fit the first answer."""
    day, one = next(iter(seen))
    if one.expires is None:
        yield Formula("stays")
        return
    yield Formula("stays", fixed=one.expires)
    months = (one.expires.year - day.year) * 12 + one.expires.month - day.month
    for n in (months, months + 1, *range(months - 12, months)):
        for kind in ("eve", "anniversary", "year-end", "half-year-end"):
            yield Formula(kind, n)
    yield Formula("january", one.expires.year - day.year)
    yield Formula("days", (one.expires - day).days)


def _months_on(day: date, months: int) -> date:
    """``add`` by months, reckoned once for the month in which *day* lies."""
    first = _first_of_month(day.year, day.month, months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


_FIRSTS: dict[tuple[int, int, int], date] = {}


def _first_of_month(year: int, month: int, months: int) -> date:
    key = (year, month, months)
    if key not in _FIRSTS:
        _FIRSTS[key] = add(date(year, month, 1), Length(months=months))
    return _FIRSTS[key]
