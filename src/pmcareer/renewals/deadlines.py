"""Deadlines: the days that matter in each cycle, as data without text; every day is the last one still in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from pmcareer.dates import eve
from pmcareer.model.ids import CategoryId, CertificationId
from pmcareer.model.renewal_rules import Category, Phase, Units
from pmcareer.money import Money
from pmcareer.renewals.after_end import phases_of
from pmcareer.renewals.cycles import HeldCycle, History, cycles_until, end_of
from pmcareer.renewals.fees import Payer, fees_due, is_excused
from pmcareer.renewals.last_days import add_within, value_of
from pmcareer.renewals.status import Status, status_of
from pmcareer.renewals.windows import window_opens
from pmcareer.renewals.years import YEAR, cycle_years
from pmcareer.values import dataclass


class DeadlineKind(StrEnum):
    """What a day is about."""

    WINDOW_OPENS = "window-opens"  # the first day on which renewing is possible
    YEARLY_MINIMUM = "yearly-minimum"
    PACE = "pace"  # so many units by now keep the pace
    RENEW_BY = "renew-by"
    REPORTING_GRACE_ENDS = "reporting-grace-ends"
    EARNING_GRACE_ENDS = "earning-grace-ends"
    SUSPENSION_ENDS = "suspension-ends"
    EXPIRES = "expires"  # the last day before it is lost
    FEE_DUE = "fee-due"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day of one cycle.

    ``n`` counts from 1 the days of its kind and category in the cycle, in order: with certification, cycle, kind and
    category it names the deadline, wherever it moves. ``units`` are those to have by then (in all, or in the year for
    a yearly minimum), ``category`` where they belong if a category asks for them. ``binding`` false: only suggested.
    ``foreseen``: the cycle begins only if the one before is renewed. ``done``: already seen to.
    """

    certification: CertificationId
    cycle: int
    kind: DeadlineKind
    on: date
    units: Fraction | None = None
    category: str = ""
    amount: Money | None = None
    amount_known: bool = True
    binding: bool = True
    foreseen: bool = False
    done: bool = False
    n: int = 1


_PHASE_ENDS = {
    Phase.REPORTING_GRACE: DeadlineKind.REPORTING_GRACE_ENDS,
    Phase.EARNING_GRACE: DeadlineKind.EARNING_GRACE_ENDS,
    Phase.SUSPENDED: DeadlineKind.SUSPENSION_ENDS,
}

ALL = Fraction(1)

PACE_CHECKPOINTS = 4
"""A cycle's units are paced over so many equal parts; the last part ends with the cycle."""


def deadlines_of(history: History, payer: Payer, years: int, share: Fraction = ALL) -> tuple[Deadline, ...]:
    """The deadlines from the as-of date over *years*, and the overdue ones of a cycle not renewed; by day and kind.

    *share*: the part of its units that a group asks this holding for.
    """
    as_of = history.subject.as_of
    until = add_within(as_of, YEAR.times(years))
    if history.revoked_on:
        return ()
    found: list[Deadline] = []
    for cycle in _live_cycles(history, until):
        found.extend(_in_horizon(deadlines_in(cycle, history, payer, share), cycle, as_of, until))
    if history.standing:
        found = [one for one in found if one.kind is DeadlineKind.FEE_DUE and not is_excused(history, "fees")]
    return tuple(sorted(found, key=lambda deadline: (deadline.on, deadline.kind, deadline.category)))


SEEN_TO_KINDS = frozenset({DeadlineKind.RENEW_BY, DeadlineKind.FEE_DUE, DeadlineKind.WINDOW_OPENS})
"""What acting sees to; the others warn of what would have happened otherwise, or pass by themselves."""

SEEN_TO_FOR = timedelta(days=60)
"""So long after its day a deadline that was seen to is still told of."""


def seen_to(history: History, payer: Payer) -> tuple[Deadline, ...]:
    """The deadlines of renewed cycles that were seen to, from sixty days before the as-of date; by day and kind."""
    since = history.subject.as_of - SEEN_TO_FOR
    recent = (cycle for cycle in history.cycles if cycle.renewed and cycle.last_day and cycle.last_day >= since)
    found = (one for cycle in recent for one in deadlines_in(cycle, history, payer))
    done = (one for one in found if one.done and one.kind in SEEN_TO_KINDS and one.on >= since)
    return tuple(sorted(done, key=lambda one: (one.on, one.kind)))


def _live_cycles(history: History, until: date) -> tuple[HeldCycle, ...]:
    """The cycles that have deadlines: past its last day a holding has only those of the cycle that it failed to renew.

    What follows would begin by a renewal, and none is certain; what is lost has none at all.
    """
    latest = history.latest
    if latest is None or not latest.known or end_of(latest) >= history.subject.as_of:
        return tuple(cycles_until(history, until))
    return () if status_of(history).status is Status.EXPIRED else (latest,)


def deadlines_in(cycle: HeldCycle, history: History, payer: Payer, share: Fraction = ALL) -> tuple[Deadline, ...]:
    """Every deadline of one cycle."""
    if cycle.last_day is None or not cycle.known:
        return ()
    own = history.subject.certification.id
    plain = [
        *_window(cycle),
        *_yearly(cycle, share),
        *_paces(cycle, share),
        *_ends(cycle),
        *_fees(cycle, history, payer),
    ]
    return tuple(
        replace(deadline, certification=own, cycle=cycle.index, foreseen=cycle.foreseen)
        for deadline in _numbered(sorted(plain, key=lambda one: one.on))
    )


def _numbered(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    seen: Counter[tuple[DeadlineKind, str]] = Counter()
    for deadline in deadlines:
        seen[deadline.kind, deadline.category] += 1
        yield replace(deadline, n=seen[deadline.kind, deadline.category])


def _in_horizon(deadlines: Iterable[Deadline], cycle: HeldCycle, as_of: date, until: date) -> Iterator[Deadline]:
    for deadline in deadlines:
        overdue = deadline.kind is DeadlineKind.RENEW_BY and deadline.on < as_of and not cycle.renewed
        if (as_of <= deadline.on <= until or overdue) and not deadline.done:
            yield deadline


def _plain(kind: DeadlineKind, on: date) -> Deadline:
    return Deadline(CertificationId(""), 0, kind, on)


def _window(cycle: HeldCycle) -> Iterator[Deadline]:
    opens = window_opens(cycle)
    if opens and cycle.last_day and opens <= cycle.last_day:
        yield replace(_plain(DeadlineKind.WINDOW_OPENS, opens), done=cycle.renewed)


def _yearly(cycle: HeldCycle, share: Fraction) -> Iterator[Deadline]:
    units = cycle.rule.units if cycle.rule else None
    if units is None or not share:
        return
    yearly = units.yearly
    if yearly and yearly.minimum.value is not None:
        for _, last in cycle_years(cycle, yearly.year):
            due = _plain(DeadlineKind.YEARLY_MINIMUM, last)
            yield replace(due, units=Fraction(yearly.minimum.value) * share, binding=yearly.binding)
    for category, minimum in _yearly_floors(units.categories):
        for _, last in cycle_years(cycle, yearly.year if yearly else "cycle"):
            due = _plain(DeadlineKind.YEARLY_MINIMUM, last)
            yield replace(due, units=Fraction(minimum) * share, category=category)


def _yearly_floors(categories: Iterable[Category]) -> Iterator[tuple[CategoryId, Decimal]]:
    """The categories that ask for units in every year, and how many."""
    for category in categories:
        minimum = value_of(category.minimum)
        if category.per == "year" and minimum:
            yield category.id, minimum
        yield from _yearly_floors(category.children)


def _paces(cycle: HeldCycle, share: Fraction) -> Iterator[Deadline]:
    units = cycle.rule.units if cycle.rule else None
    total = units.total.value if units else None
    if units is None or not total or not share or cycle.last_day is None or cycle.renewed:
        return
    days = (cycle.last_day - cycle.start).days + 1
    for part in range(1, PACE_CHECKPOINTS):
        on = cycle.start + timedelta(days=days * part // PACE_CHECKPOINTS - 1)
        if on >= cycle.start:
            amount = _rounded_up(Fraction(total) * share * part / PACE_CHECKPOINTS, units)
            yield replace(_plain(DeadlineKind.PACE, on), units=amount)


def _rounded_up(amount: Fraction, units: Units) -> Fraction:
    """An amount rounded up to the increment, or to whole units."""
    step = Fraction(value_of(units.increment) or 1)
    return -(-amount // step) * step


def _ends(cycle: HeldCycle) -> Iterator[Deadline]:
    plain = [_plain(DeadlineKind.RENEW_BY, end_of(cycle))]
    for span in phases_of(cycle):
        if span.phase is Phase.EXPIRED:
            plain.append(_plain(DeadlineKind.EXPIRES, eve(span.first_day)))
        elif span.phase in _PHASE_ENDS and span.last_day:
            plain.append(_plain(_PHASE_ENDS[span.phase], span.last_day))
    yield from (replace(deadline, done=cycle.renewed) for deadline in plain)


def _fees(cycle: HeldCycle, history: History, payer: Payer) -> Iterator[Deadline]:
    for due in fees_due(history, cycle, payer):
        paid = due.paid or cycle.renewed
        deadline = replace(_plain(DeadlineKind.FEE_DUE, due.on), amount=due.amount, done=paid)
        yield replace(deadline, amount_known=due.amount is not None)
