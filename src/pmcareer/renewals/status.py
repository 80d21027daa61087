"""Status: what a holding is on the as-of date, and on which day it becomes what next."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pmcareer.model.renewal_rules import Phase
from pmcareer.renewals.after_end import phase_on, phases_of
from pmcareer.renewals.cycles import HeldCycle, History
from pmcareer.renewals.last_days import after
from pmcareer.renewals.rules import never_ends
from pmcareer.values import dataclass


class Status(StrEnum):
    """What a holding is worth on a day."""

    LIFETIME = "lifetime"
    ACTIVE = "active"
    DUE = "due"  # its last day is near
    GRACE = "grace"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOTED = "noted"  # past its last day; still valid, but marked as not current
    RETIRED = "retired"
    NON_PRACTISING = "non-practising"
    UNKNOWN = "unknown"  # never shown as safe


VALID = frozenset({Status.LIFETIME, Status.ACTIVE, Status.DUE, Status.NOTED})
"""The statuses in which a holding may be shown as held."""

DUE_WITHIN = 90
"""A holding is due when its last day lies within so many days of the as-of date."""

_OF_PHASE = {
    Phase.REPORTING_GRACE: Status.GRACE,
    Phase.EARNING_GRACE: Status.GRACE,
    Phase.SUSPENDED: Status.SUSPENDED,
    Phase.NOTED: Status.NOTED,
    Phase.EXPIRED: Status.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class NextStatus:
    """The next change: ``on`` is the first day of the new status; None: the issuer does not say when it comes."""

    status: Status
    on: date | None


@dataclass(frozen=True, slots=True)
class StatusOn:
    """The status on a day, and the next change if nothing is done; ``then`` None: none is known."""

    status: Status
    then: NextStatus | None = None

    @property
    def valid(self) -> bool:
        """Whether the holding may be shown as held."""
        return self.status in VALID


def status_of(history: History, due_within: int = DUE_WITHIN) -> StatusOn:
    """The status on the history's as-of date. *due_within* counts days before the last day."""
    as_of, cycle = history.subject.as_of, history.latest
    if cycle is None and never_ends(history.subject):
        return StatusOn(Status.LIFETIME)
    if cycle is None or as_of < history.cycles[0].counts_from:
        return StatusOn(Status.UNKNOWN)
    if history.revoked_on:
        return StatusOn(Status.EXPIRED)
    if standing := history.standing:
        return StatusOn(Status(standing.kind))
    return _by_cycle(cycle, as_of, due_within)


def _by_cycle(cycle: HeldCycle, as_of: date, due_within: int) -> StatusOn:
    if not cycle.known or cycle.basis == "claimed" or (cycle.rule is None and cycle.basis != "issuer"):
        return StatusOn(Status.UNKNOWN)
    if cycle.last_day is None:
        return StatusOn(Status.LIFETIME if _for_life(cycle) else Status.ACTIVE)
    if as_of <= cycle.last_day:
        return _before_the_end(cycle, cycle.last_day, as_of, due_within)
    changes = _changes(cycle)
    now = [status for status, on in changes if on <= as_of]
    vague = (phase := phase_on(cycle, as_of)) is not None and phase.vague
    return StatusOn(now[-1], NextStatus(Status.EXPIRED, None) if vague else _upcoming(changes, as_of))


def _before_the_end(cycle: HeldCycle, last_day: date, as_of: date, due_within: int) -> StatusOn:
    left = (last_day - as_of).days
    if left > due_within:
        return StatusOn(Status.ACTIVE, NextStatus(Status.DUE, last_day - timedelta(days=due_within)))
    return StatusOn(Status.DUE, _upcoming(_changes(cycle), as_of))


def _for_life(cycle: HeldCycle) -> bool:
    return cycle.rule is not None and cycle.rule.validity.kind == "lifetime"


def _changes(cycle: HeldCycle) -> list[tuple[Status, date]]:
    """The statuses after the last day, each with its first day; neighbours of one status are one."""
    changes: list[tuple[Status, date]] = []
    for span in phases_of(cycle):
        status = _OF_PHASE[span.phase]
        if not changes or changes[-1][0] is not status:
            changes.append((status, span.first_day))
    if not changes and cycle.last_day is not None:
        changes.append((Status.EXPIRED, after(cycle.last_day)))
    return changes


def _upcoming(changes: list[tuple[Status, date]], as_of: date) -> NextStatus | None:
    return next((NextStatus(status, on) for status, on in changes if on > as_of), None)
