"""The cycles of a holding: values, and what is to come if every cycle is renewed in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from pmcareer.dates import Length, eve
from pmcareer.model.ids import EditionId
from pmcareer.model.people import HoldingEvent
from pmcareer.model.renewal_rules import RenewalRule, Route
from pmcareer.problems import Problem
from pmcareer.renewals.last_days import DisputedDay, add_within, after
from pmcareer.renewals.rules import Clock, govern
from pmcareer.renewals.subject import Subject
from pmcareer.values import dataclass

MOST_CYCLES = 400

Basis = Literal["rule", "issuer", "extension", "one-off", "cascade", "presumed", "claimed"]
"""Whence a cycle's dates. ``claimed``: a renewal recorded for a day on which nothing could be renewed any more."""


@dataclass(frozen=True, slots=True)
class HeldCycle:
    """One cycle of a holding, first and last day inclusive.

    ``index`` counts from 1 over the whole life of the holding. ``last_day`` None: without end where ``known``.
    ``counts_from``: the first day whose activities count. ``renewed_on`` is the day of the event that led to the next
    cycle, by ``route``; ``presumed`` marks a renewal that a later event implies though nobody recorded it;
    ``foreseen`` a cycle that begins only if the one before is renewed. ``cut``: a restart ended it before its time.
    ``moved_from``: the last day it had before a restart or an extension moved it; it may be printed on a certificate.
    """

    index: int
    start: date
    last_day: date | None
    counts_from: date
    rule: RenewalRule | None
    known: bool = True
    basis: Basis = "rule"
    disputed: tuple[DisputedDay, ...] = ()
    renewed_on: date | None = None
    route: Route | None = None
    presumed: bool = False
    foreseen: bool = False
    cut: bool = False
    moved_from: date | None = None

    @property
    def renewed(self) -> bool:
        """Whether a later cycle follows by event."""
        return self.renewed_on is not None or self.presumed


@dataclass(frozen=True, slots=True)
class StandingSpan:
    """A time in which the holder was retired or non-practising; ``until`` None: still."""

    kind: Literal["retired", "non-practising"]
    from_: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The life of a holding up to an as-of date, replayed from its events.

    ``cycles``: those reached by event, oldest first; the last one says how long the holding is valid, and may not
    have begun yet (renewed early). Empty: nothing tells when it was awarded. ``clock`` counts the next cycle on.
    """

    subject: Subject
    cycles: tuple[HeldCycle, ...]
    clock: Clock | None
    awarded: date | None = None
    edition: EditionId | None = None
    standings: tuple[StandingSpan, ...] = ()
    revoked_on: date | None = None
    events: tuple[HoldingEvent, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def latest(self) -> HeldCycle | None:
        """The cycle up to whose last day the holding is valid."""
        return self.cycles[-1] if self.cycles else None

    @property
    def running(self) -> HeldCycle | None:
        """The cycle that the as-of date lies in; past the last one, that one."""
        as_of = self.subject.as_of
        inside = [cycle for cycle in self.cycles if cycle.last_day is None or as_of <= cycle.last_day]
        return inside[0] if inside else self.latest

    @property
    def standing(self) -> StandingSpan | None:
        """The standing of the person on the as-of date."""
        as_of = self.subject.as_of
        spans = (span for span in self.standings if span.from_ <= as_of)
        return next((span for span in spans if span.until is None or as_of < span.until), None)


def end_of(cycle: HeldCycle) -> date:
    """The cycle's last day; for one without end the last day of the calendar."""
    return cycle.last_day or date.max


def usual_route(rule: RenewalRule | None) -> Route | None:
    """The route named first."""
    return rule.routes[0] if rule and rule.routes else None


def extends_by(route: Route | None) -> Length | None:
    """The length a route adds in place of a whole cycle."""
    return route.extends.value if route and route.extends else None


def follow(subject: Subject, clock: Clock, index: int) -> tuple[HeldCycle, Clock]:
    """The next cycle on *clock*, with one-off exceptions applied, and the clock after it."""
    governed = govern(subject, clock)
    span = governed.span
    cycle = HeldCycle(
        index,
        span.start,
        span.last_day,
        span.counts_from,
        governed.rule,
        known=span.known,
        basis="rule" if governed.rule else "presumed",
        disputed=span.disputed,
    )
    cycle = _with_one_offs(subject, cycle)
    return cycle, replace(clock, run=span.run, previous=cycle.last_day, extends=None)


def foresee(history: History, until: date) -> Iterator[HeldCycle]:
    """The cycles after the latest one that begin by *until*, each renewed in time by its rule's usual route."""
    cycle, clock = history.latest, history.clock
    if clock is None or cycle is None or history.revoked_on or history.standing:
        return
    for _ in range(MOST_CYCLES):
        if cycle.last_day is None or cycle.last_day >= until or cycle.last_day == date.max:
            return
        clock = replace(clock, extends=extends_by(usual_route(cycle.rule)))
        cycle, clock = follow(history.subject, clock, cycle.index + 1)
        cycle = replace(cycle, foreseen=True)
        yield cycle


def cycles_until(history: History, until: date) -> tuple[HeldCycle, ...]:
    """Every cycle, past, running and foreseen, that begins by *until*."""
    return (*history.cycles, *foresee(history, until))


def _with_one_offs(subject: Subject, cycle: HeldCycle) -> HeldCycle:
    """The cycle with the exceptions apart from the rules that cover its last day."""
    for one_off in subject.one_offs:
        last = cycle.last_day
        if last is None or not one_off.ends_from <= last <= one_off.ends_until:
            continue
        extended = one_off.new_last_day or (_extended(last, one_off.extends) if one_off.extends else last)
        if extended > last:
            cycle = replace(cycle, last_day=extended, basis="one-off")
    return cycle


def _extended(last: date, extends: Length) -> date:
    """A last day moved by a length: counted from itself or from the day after, whichever ends earlier."""
    return min(add_within(last, extends), eve(add_within(after(last), extends)))
