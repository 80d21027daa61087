"""Relaxed plans by what they lose in pay and costs, least first: the bound of every lawful plan's earnings.

As in ``shadows``, studies need no slot and their upkeep is nothing; experience grows only where it is granted. A move
is made on the first day on which it can be, or on one from which on a renewal of what it asks for falls beyond the
horizon: no other day can be better, unless the role left pays more than the one entered, or grants experience that the
other does not. Then every day may be the right one; spans of days are looked at as one, with what is best in them,
and halved where that is not good enough to be put aside.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

from pmcareer.planning.earliest import Reach
from pmcareer.planning.narrowing import first_days
from pmcareer.planning.packages import Package
from pmcareer.planning.paid_moves import PaidMoves, PaidShadow
from pmcareer.planning.payroll import Payroll
from pmcareer.planning.relaxed import Relaxed, Shadow

Value = tuple[int, int]  # loss, arrival
BEYOND = 1 << 200
COMPARISONS = 32  # weigh as much as a life looked at


class Span(NamedTuple):
    """A move that may be made on any day from ``first`` to ``last``."""

    label: PaidShadow
    into: int
    package: Package
    first: int
    last: int


class Draft(NamedTuple):
    """A complete relaxed plan: what it comes to, and the day of each move."""

    value: Value
    shadow: PaidShadow
    days: tuple[int, ...]


class PaidShadows:
    """Relaxed plans, least loss first. Nothing from ``ceiling`` on matters; it may be lowered on the way.

    *coarse*: experience that a move gives up is left as it is or gained in full; such plans bound nothing. *haste*: by
    how much more what may still be lost weighs than what is, so that some plan comes soon.
    """

    def __init__(self, relaxed: Relaxed, payroll: Payroll, *, coarse: bool = False, haste: int = 0) -> None:
        self.relaxed = relaxed
        self.coarse, self.haste = coarse, haste
        self.payroll = payroll
        self.problem = relaxed.problem
        self.last_day = self.problem.last_day
        self.ceiling: Value = (BEYOND, 0)
        self.reach = Reach(relaxed, self.last_day)
        self.moves = PaidMoves(relaxed, payroll)
        self.grants = payroll.grants = self.moves.grants
        self.fronts: dict[tuple[int, int], list[PaidShadow]] = {}
        self.heap: list[tuple[int, int, int, Value, bool, PaidShadow | Span]] = []
        self.count = self.effort = 0
        payroll.first = first_days(self.problem, relaxed.packages, relaxed.ways)
        role = self.problem.start_role
        had = tuple(min(had, most) for had, most in zip(relaxed.start, self.moves.asked[role], strict=True))
        self.push(PaidShadow(role, 0, had, 0, 0, 0, 0, None, ()), (0, 0))

    def bound(self) -> Value | None:
        """What every relaxed plan still to come is at least; None where there is none below the ceiling."""
        return min((value for _, _, _, value, _, _ in self.heap if value < self.ceiling), default=None)

    def next(self, most: int, stopped: Callable[[], bool] = bool) -> Draft | None:
        """The next relaxed plan; None where there is none below the ceiling, or once ``effort`` comes to *most*."""
        while self.heap and self.effort < most:
            entry = heappop(self.heap)
            value, weighed, one = entry[3:]
            if value >= self.ceiling:
                continue
            self.effort += 1
            if self.effort % 64 == 0 and stopped():
                heappush(self.heap, entry)
                return None
            if isinstance(one, Span):
                self.halve(one, value)
            elif one.role == self.problem.target:
                return Draft(value, one, tuple(label.day for label in one.walk()[1:]))
            elif not any(other is one for other in self.fronts[self.place(one)]):
                continue
            elif weighed or not self.weigh(one, value):
                self.go_on(one, value)
        return None

    def weigh(self, label: PaidShadow, value: Value) -> bool:
        """Look closer, at what must still be paid for; whether that puts the life off, or away."""
        closer = self.value(label, price=self.relaxed.price_on(self.seen(label)))
        if closer is not None and closer[0] <= value[0]:
            return False
        if closer is not None:
            self.enqueue(label, (closer[0], max(closer[1], value[1])), self.relaxed.hops[label.role], weighed=True)
        return True

    def go_on(self, label: PaidShadow, value: Value) -> None:
        """Every move that can follow."""
        if label.parent and not self.reach.possible(label.role, label.day, self.moves.growing(label)):
            return
        for into, packages in self.moves.ways[label.role]:
            for package in self.relaxed.options(packages, label.papers):
                self.take(label, into, package, value)

    def place(self, label: PaidShadow) -> tuple[int, int]:
        """What two lives must have in common to be compared."""
        return label.role, label.papers & self.relaxed.future[label.role]

    def take(self, label: PaidShadow, into: int, package: Package, known: Value) -> None:
        """Enter *into* by *package* on each day that may be the right one."""
        day = self.moves.first_day(label, package)
        if day > self.last_day:
            return
        short = self.payroll.short
        if short[label.role] < short[into]:
            self.span(Span(label, into, package, day, self.last_day), known)
            return
        later = {d for item in package.items for d in self.payroll.drops(item.number, day, self.last_day)}
        full = self.moves.full(label, into)
        if full:
            if self.coarse:
                later |= {on for on in full if on > day}
            else:
                last = min(self.last_day, max([day, *full]))
                self.span(Span(label, into, package, day, last), known)
                later = {on for on in later if on > last}
                day = self.last_day + 1
        for on in sorted({day, *later}):
            if on <= self.last_day:
                self.push(self.moves.enter(label, into, package, on), known)

    def span(self, span: Span, known: Value) -> None:
        """Take up a move that may be made on any day of a span."""
        if span.first == span.last:
            self.push(self.moves.enter(span.label, span.into, span.package, span.first), known)
            return
        value = self.value(self.at_best(span), (span.label.role, span.last))
        if value is not None:
            self.enqueue(span, (max(value[0], known[0]), max(value[1], known[1])), self.relaxed.hops[span.into])

    def at_best(self, span: Span) -> PaidShadow:
        """A life no worse than that of any day of a span: entered on the first day, with the costs of the last, and
        with all the experience that the role left can have brought by then and the one entered does not bring."""
        label, grants = span.label, self.grants[span.into]
        first, last = (self.moves.enter(label, span.into, span.package, day) for day in (span.first, span.last))
        had = tuple(
            [
                early if group in grants else late
                for group, (early, late) in enumerate(zip(first.had, last.had, strict=True))
            ]
        )
        waited = self.payroll.short[label.role] * (span.last - span.first)
        return first._replace(had=had, loss=last.loss - waited)

    def halve(self, span: Span, value: Value) -> None:
        """Look at a span's later and earlier half."""
        if not self.reach.possible(span.into, span.first, self.moves.growing(self.at_best(span))):
            return
        middle = (span.first + span.last + 1) // 2
        self.span(span._replace(first=middle), value)
        self.span(span._replace(last=middle - 1), value)

    def seen(self, label: PaidShadow) -> Shadow:
        """The life as the relaxed planner knows it."""
        since = self.moves.growing(label)
        return Shadow(label.role, label.day, since, label.papers, label.price, label.studied, None, ())

    def push(self, label: PaidShadow, known: Value) -> None:
        """Take *label* up, unless it is late, too dear or beaten; *known* is a bound from where it comes from."""
        value = self.value(label)
        if value is not None:
            value = max(known[0], value[0]), max(known[1], value[1])
            if value < self.ceiling and (label.role == self.problem.target or self.keep(label)):
                self.enqueue(label, value, self.relaxed.hops[label.role])

    def value(self, label: PaidShadow, wait: tuple[int, int] | None = None, price: int = 0) -> Value | None:
        """What a life comes to at least; None where it is late or dearer than the budget. *wait*: the role that it
        comes from, and the last day to which it may have stayed there; *price*: what must still be paid."""
        arrival = label.day
        if label.role != self.problem.target:
            entered = label.day if label.parent else -self.problem.instance.start.tenure_days
            arrival = max(0, self.relaxed.arrival(label.role, entered, self.moves.growing(label)))
        if arrival > self.last_day or self.over_budget(label.price + price, arrival):
            return None
        waits = () if wait is None else ((self.payroll.short[wait[0]], *wait),)
        ahead = self.payroll.least(
            label.role, label.day, arrival, waits, self.moves.lacks(label), served=label.parent is None
        )
        return label.loss + ahead + self.payroll.money(price), arrival

    def over_budget(self, price: int, arrival: int) -> bool:
        """Whether a price, and what is held, cost more than the budget."""
        budget = self.problem.budget
        return budget is not None and price + self.problem.held_cost(arrival) > budget

    def enqueue(self, one: PaidShadow | Span, value: Value, hops: int, *, weighed: bool = False) -> None:
        """Put a life or a span where its turn comes: of equal loss, what is nearest to the target first."""
        self.count += 1
        if value < self.ceiling:
            spent = (one.label if isinstance(one, Span) else one).loss
            turn = value[0] + self.haste * (value[0] - spent)
            heappush(self.heap, (turn, hops, self.count, value, weighed, one))

    def keep(self, label: PaidShadow) -> bool:
        """Whether no life of the same role and certifications is at least as good in everything."""
        front = self.fronts.setdefault(self.place(label), [])
        self.effort += len(front) // COMPARISONS
        if any(self.no_worse(other, label) for other in front):
            return False
        front[:] = [other for other in front if not self.no_worse(label, other)]
        front.append(label)
        return True

    def no_worse(self, one: PaidShadow, other: PaidShadow) -> bool:
        """Whether *one* can do at no greater loss whatever *other* can: if only by waiting where it is."""
        wait = other.day - one.day
        if wait < 0 or one.loss + self.payroll.short[one.role] * wait > other.loss or one.studied > other.studied:
            return False
        if one.papers != other.papers and one.papers and self.moves.lead(one.papers) > self.moves.lead(other.papers):
            return False
        if self.problem.budget is not None and one.price > other.price:
            return False
        grants = self.grants[one.role]
        for group, (a, b) in enumerate(zip(one.had, other.had, strict=True)):
            if a < b and a + (wait if group in grants else 0) < b:
                return False
        return True
