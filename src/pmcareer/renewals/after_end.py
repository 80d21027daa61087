"""What the days after a cycle's last day mean: its phases, each with first and last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmcareer.dates import eve
from pmcareer.model.renewal_rules import AfterEnd, Phase
from pmcareer.renewals.cycles import HeldCycle
from pmcareer.renewals.last_days import add_within, after, value_of
from pmcareer.values import dataclass

EARNING_PHASES = frozenset({Phase.EARNING_GRACE, Phase.SUSPENDED})
"""Phases in which units still count for the cycle that ended, as far as they follow on it without a break."""


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase from its first to its last day, both inclusive; ``last_day`` None: without end, or nobody knows which."""

    phase: Phase
    first_day: date
    last_day: date | None
    entry: AfterEnd | None = None

    @property
    def vague(self) -> bool:
        """Whether it ends, but the issuer does not say when."""
        return self.entry is not None and _is_vague(self.entry)


def phases_of(cycle: HeldCycle) -> tuple[PhaseSpan, ...]:
    """What follows the cycle's last day if nobody renews it; ends in a phase without end, expired unless told.

    A phase of unknown length is the last one told of: nothing can be said of when another follows.
    """
    if cycle.last_day is None or cycle.last_day == date.max:
        return ()
    entries = cycle.rule.after_end if cycle.rule else ()
    return tuple(_phases(cycle.last_day, entries))


def last_day_to_act(cycle: HeldCycle) -> date | None:
    """The last day on which the cycle can surely still be renewed, grace and suspension counted; None: no end to it."""
    last = cycle.last_day
    for span in phases_of(cycle):
        if span.phase is Phase.EXPIRED or span.vague:
            return last
        last = span.last_day
    return last


def last_day_to_report(cycle: HeldCycle) -> date | None:
    """The last day on which units can be reported, where a grace for that is named; None: it is not."""
    spans = (span for span in phases_of(cycle) if span.phase is Phase.REPORTING_GRACE)
    return next((span.last_day for span in spans), None)


def is_noted(cycle: HeldCycle, on: date) -> bool:
    """Whether a day lies in a phase in which the holding only stands with a note: then an exam alone renews it."""
    return any(
        span.phase is Phase.NOTED and span.first_day <= on and (span.last_day is None or on <= span.last_day)
        for span in phases_of(cycle)
    )


def last_day_to_earn(cycle: HeldCycle) -> date | None:
    """The last day whose activities surely count for the cycle while it is not renewed; None: no end to it."""
    last = cycle.last_day
    for span in phases_of(cycle):
        if span.phase not in EARNING_PHASES or span.vague:
            break
        last = span.last_day
    return last


def has_vague_phase(cycle: HeldCycle) -> bool:
    """Whether a phase of unknown length follows: then acting late may have been possible."""
    return any(span.vague for span in phases_of(cycle))


def phase_on(cycle: HeldCycle, day: date) -> PhaseSpan | None:
    """The phase that a day after the cycle's last one lies in."""
    return next((span for span in reversed(phases_of(cycle)) if span.first_day <= day), None)


def _is_vague(entry: AfterEnd) -> bool:
    return entry.length is not None and entry.length.value is None and not entry.until_month_day


def _phases(last_day: date, entries: tuple[AfterEnd, ...]) -> Iterator[PhaseSpan]:
    day = after(last_day)
    for entry in entries:
        end = _end(entry, day, last_day)
        if end is not None and end < day:
            continue
        yield PhaseSpan(entry.phase, day, end, entry)
        if end is None:
            return
        day = after(end)
    yield PhaseSpan(Phase.EXPIRED, day, None)


def _end(entry: AfterEnd, first_day: date, cycle_end: date) -> date | None:
    """The last day of a phase; None: without end, or not known."""
    if entry.until_month_day:
        return _month_day(cycle_end.year + 1, entry.until_month_day)
    length = value_of(entry.length)
    return None if length is None else eve(add_within(first_day, length))


def _month_day(year: int, month_day: str) -> date:
    """``MM-DD`` of a year; 29 February clamps."""
    month, day = (int(part) for part in month_day.split("-"))
    if (month, day) == (2, 29):
        return eve(date(year, 3, 1))
    return date(year, month, day)
