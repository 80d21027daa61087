"""Windows: from when a cycle can be renewed, and from when activities are accepted for it."""

from __future__ import annotations

from datetime import date

from pmcareer.dates import Length, subtract
from pmcareer.model.figures import Figure
from pmcareer.renewals.cycles import HeldCycle
from pmcareer.renewals.last_days import add_within, value_of


def window_opens(cycle: HeldCycle) -> date | None:
    """The first day on which the cycle can be renewed; None: the rule names no window."""
    window = cycle.rule.window if cycle.rule else None
    if window is None:
        return None
    days = []
    if (before := value_of(window.opens_before_end)) and cycle.last_day:
        days.append(_before(cycle.last_day, before))
    if since := value_of(window.opens_after_start):
        days.append(add_within(cycle.start, since))
    return max((*days, cycle.start)) if days else None


def activities_from(cycle: HeldCycle) -> date:
    """The first day whose activities the cycle accepts, not yet bounded by the award."""
    window = cycle.rule.window if cycle.rule else None
    figure: Figure[Length] | None = window.activities_before_end if window else None
    length = value_of(figure)
    if length is None or cycle.last_day is None:
        return cycle.counts_from
    return _before(cycle.last_day, length)


def _before(day: date, length: Length) -> date:
    try:
        return subtract(day, length)
    except OverflowError:
        return date.min
