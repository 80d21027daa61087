"""What the days after a cycle's last day mean: its phases, each with first and last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmcareer.dates import eve
from pmcareer.model.renewal_rules import AfterEnd, Phase
from pmcareer.renewals.cycles import HeldCycle
from pmcareer.renewals.last_days import add_within, after
from pmcareer.values import dataclass

EARNING_PHASES = frozenset({Phase.EARNING_GRACE, Phase.SUSPENDED})
"""Phases in which units still count for the cycle that ended, as far as they follow on it without a break."""


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase from its first to its last day, both inclusive; ``last_day`` None: without end."""

    phase: Phase
    first_day: date
    last_day: date | None
    entry: AfterEnd | None = None


def phases_of(cycle: HeldCycle) -> tuple[PhaseSpan, ...]:
    """What follows the cycle's last day if nobody renews it; ends in a phase without end, expired unless told."""
    if cycle.last_day is None or cycle.last_day == date.max:
        return ()
    entries = cycle.rule.after_end if cycle.rule else ()
    return tuple(_phases(cycle.last_day, entries))


def last_day_to_act(cycle: HeldCycle) -> date | None:
    """The last day on which the cycle can still be renewed, grace and suspension counted; None: no end to it."""
    last = cycle.last_day
    for span in phases_of(cycle):
        if span.phase is Phase.EXPIRED:
            return last
        last = span.last_day
    return last


def last_day_to_earn(cycle: HeldCycle) -> date | None:
    """The last day whose activities count for the cycle while it is not renewed; None: no end to it."""
    last = cycle.last_day
    for span in phases_of(cycle):
        if span.phase not in EARNING_PHASES:
            break
        last = span.last_day
    return last


def has_vague_phase(cycle: HeldCycle) -> bool:
    """Whether a phase of unknown length follows: then acting late may have been possible."""
    entries = cycle.rule.after_end if cycle.rule else ()
    return any(entry.length is not None and not entry.length.known for entry in entries)


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
    """The last day of a phase. A length that is not known ends at once: nothing safe can be said of it."""
    if entry.until_month_day:
        return _month_day(cycle_end.year + 1, entry.until_month_day)
    if entry.length is None:
        return None
    length = entry.length.value
    return eve(add_within(first_day, length)) if length else eve(first_day)


def _month_day(year: int, month_day: str) -> date:
    """``MM-DD`` of a year; 29 February clamps."""
    month, day = (int(part) for part in month_day.split("-"))
    if (month, day) == (2, 29):
        return eve(date(year, 3, 1))
    return date(year, month, day)
