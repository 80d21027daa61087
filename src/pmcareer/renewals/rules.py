"""Which rule governs a holding at a cycle: two clocks choose, and of the rules that match the last listed governs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pmcareer.dates import Length, eve
from pmcareer.model.ids import EditionId
from pmcareer.model.renewal_rules import (
    AppliesTo,
    Cycle,
    InForce,
    Lifetime,
    RenewalRule,
    UnknownValidity,
    UntilReleaseRetires,
)
from pmcareer.renewals.last_days import Run, Span, add_within, cycle_span, endless
from pmcareer.renewals.subject import Subject
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a holding stands before its next cycle.

    ``awarded`` is the day of the latest award or restart, ``previous`` the last day of the cycle before, ``extends``
    the length that the route gives in place of a whole cycle.
    """

    run: Run
    awarded: date
    edition: EditionId | None = None
    previous: date | None = None
    extends: Length | None = None


@dataclass(frozen=True, slots=True)
class Governed:
    """A cycle's span with the rule that governs it; ``rule`` None: no rule matches, the dates are presumed."""

    rule: RenewalRule | None
    span: Span


def is_in_force(in_force: InForce, as_of: date) -> bool:
    """Whether something is known and holds on *as_of*."""
    return within(as_of, in_force.from_, in_force.until)


def within(day: date, first: date | None, last: date | None) -> bool:
    """Whether *day* lies from *first* to *last*, both inclusive, an absent one unbounded."""
    return (first is None or first <= day) and (last is None or day <= last)


def rules_in_force(subject: Subject) -> Iterator[RenewalRule]:
    """The rules known on the as-of date, in their order."""
    return (rule for rule in subject.rules if is_in_force(rule.in_force, subject.as_of))


def never_ends(subject: Subject) -> bool:
    """Whether it is held for life on whatever day it was earned: all rules say so, one of them of every day."""
    known = tuple(rules_in_force(subject))
    everywhere = (rule for rule in known if rule.applies_to == AppliesTo(by=rule.applies_to.by))
    return any(everywhere) and all(isinstance(rule.validity, Lifetime) for rule in known)


def govern(subject: Subject, clock: Clock) -> Governed:
    """The next cycle under the rule that governs it.

    Where rules are in force but none applies, the first of them lends its dates and ``rule`` stays None; without any
    rule in force the span is not known.
    """
    known = tuple(rules_in_force(subject))
    for rule in reversed(known):
        span = span_under(rule, subject, clock)
        if applies(rule.applies_to, clock, span):
            return Governed(rule, span)
    if known:
        return Governed(None, span_under(known[0], subject, clock))
    return Governed(None, endless(clock.run, clock.previous, known=False))


def applies(applies_to: AppliesTo, clock: Clock, span: Span) -> bool:
    """Whether a rule governs a cycle by the day earned, the cycle's start or its end, and by edition."""
    if applies_to.editions and clock.edition not in applies_to.editions:
        return False
    days = {"earned": clock.awarded, "cycle-start": span.start, "cycle-end": span.last_day or date.max}
    return within(days[applies_to.by], applies_to.from_, applies_to.until)


def span_under(rule: RenewalRule, subject: Subject, clock: Clock) -> Span:
    """The next cycle as *rule* would have it."""
    match rule.validity:
        case Cycle() as cycle:
            return cycle_span(cycle, clock.run, clock.previous, clock.extends, subject.sources)
        case Lifetime():
            return endless(clock.run, clock.previous, known=True)
        case UntilReleaseRetires() as release:
            return _release_span(release, clock)
        case UnknownValidity():
            return endless(clock.run, clock.previous, known=False)


def _release_span(release: UntilReleaseRetires, clock: Clock) -> Span:
    """Valid until the release of one's edition retires and for a while beyond; an edition not listed still lives."""
    span = endless(clock.run, clock.previous, known=clock.edition is not None)
    for retirement in release.releases:
        if retirement.edition == clock.edition:
            retired, beyond = retirement.retired.value, release.after.value
            if retired is None or beyond is None:
                return endless(clock.run, clock.previous, known=False)
            last = max(eve(add_within(retired, beyond)), span.start)
            return Span(span.start, last, span.counts_from, Run(last, "end"))
    return span
