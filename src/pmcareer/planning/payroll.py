"""Pay in whole numbers: what a day in a role falls short of the best paid one, and the least that can still be lost.

Most pay minus costs is looked for as the least *loss*: for each day up to the horizon what the best paid role that
matters would pay more, and every price and renewal up to the horizon. A loss is never negative and only grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm

from pmcareer.planning.instance import DAYS_PER_YEAR, Instance
from pmcareer.planning.problem import MANY, Problem
from pmcareer.planning.requirements import least_tenure

Span = tuple[int, int, int, int]  # what a day falls short, first day, day after the last, role
Piece = Span
Waits = tuple[tuple[int, int, int], ...]  # (what a day falls short, role, day of leaving at the latest)
Lacks = tuple[tuple[int, int], ...]  # (group, days)


class Payroll:
    """The pay of one problem. ``short``: by role, what a day in it pays less than the best role; ``unit`` of a loss is
    one part in so many of the currency, ``scale`` of them one unit of the problem's money."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.horizon = problem.instance.horizon_days
        daily = [daily_pay(problem.instance, role) for role in problem.role_names]
        self.unit = lcm(problem.money_unit, *(pay.denominator for pay in daily))
        self.scale = self.unit // problem.money_unit
        pays = [int(pay * self.unit) for pay in daily]
        self.most = max(pays)
        self.short = [self.most - pay for pay in pays]
        self.by_pay = sorted(range(len(pays)), key=lambda role: (self.short[role], role))
        self.first = [0] * len(pays)
        self._out = [[(way.into, least_tenure(way.requires)) for way in ways] for ways in problem.ways]
        self._far: dict[tuple[int, bool], list[int]] = {}
        self._least: dict[tuple[int, int, int, Waits, Lacks, bool], int] = {}
        self.grants: Sequence[Sequence[int]] = [()] * len(pays)
        walk = self._to_target()
        self.leave = [min((walk[into] for into, _ in ways), default=MANY) for ways in self._out]
        self.held = problem.held_cost(self.horizon)

    def money(self, cost: int) -> int:
        """An amount in the problem's unit as a loss."""
        return cost * self.scale

    def earnings(self, loss: int) -> Fraction:
        """Pay minus costs up to the horizon, for a loss."""
        return Fraction(self.most * self.horizon - loss, self.unit) - self.problem.amount(self.held)

    def loss(self, earnings: Fraction) -> int:
        """The loss of who earns so much; the inverse of ``earnings``."""
        return self.most * self.horizon - int((earnings + self.problem.amount(self.held)) * self.unit)

    def kept(self, number: int, day: int) -> int:
        """What keeping a certification that is earned on *day* costs up to the horizon, as a loss."""
        return self.money(self.problem.papers[number].keeping(self.horizon - day))

    def drops(self, number: int, after: int, last: int) -> Iterator[int]:
        """The days later than *after*, up to *last*, from which on earning the certification costs a payment less."""
        paper = self.problem.papers[number]
        for on, _ in paper.payments:
            day = self.horizon - on + 1
            while day > after:
                if day <= last:
                    yield day
                day -= paper.cycle

    def least(
        self,
        role: int,
        day: int,
        arrival: int,
        waits: Waits = (),
        lacks: Lacks = (),
        *,
        served: bool = False,
    ) -> int:
        """The least that is lost by pay alone from *day*, in *role*, up to the horizon, if arrival is on *arrival* or
        later. *waits*: roles passed before in which one could have stayed longer; *lacks*: days of experience, by
        group, that must still be had before arrival; *served*: the role was entered before *day*."""
        key = (role, day, arrival, waits, lacks, served)
        known = self._least.get(key)
        if known is None:
            spans = self._spans(role, day, arrival, waits, served)
            total, filled = _filled(day, self.horizon, spans)
            most = max((self._penalty(spans, filled, *lack) for lack in lacks), default=0)
            known = self._least[key] = total + most
        return known

    def _spans(self, role: int, day: int, arrival: int, waits: Waits, served: bool) -> list[Span]:
        """When one could be in each role by tenure alone and leave in time, best paid first."""
        far, last = self.far(role, served=served), self.problem.last_day
        spans = [(short, day, until, passed) for short, passed, until in waits]
        for other in self.by_pay:
            low, high = max(self.first[other], day + far[other]), last - self.leave[other]
            if other == self.problem.target:
                low, high = max(low, arrival), self.horizon
            low = day if other == role else low
            if low < high:
                spans.append((self.short[other], low, high, other))
        return sorted(spans)

    def _penalty(self, spans: list[Span], filled: list[Piece], group: int, days: int) -> int:
        """What it costs at least to spend so many days in roles that grant a group, given the best use of each day."""
        target = self.problem.target
        granting = [span for span in spans if span[3] != target and group in self.grants[span[3]]]
        rises: list[tuple[int, int]] = []
        for short, low, high, role in filled:
            if role != target and group in self.grants[role]:
                days -= high - low
                continue
            for better in _filled_within(low, high, granting):
                rises.append((better[0] - short, better[2] - better[1]))
        total = 0
        for rise, count in sorted(rises):
            if days <= 0:
                break
            total += rise * min(days, count)
            days -= count
        return total

    def far(self, role: int, *, served: bool) -> list[int]:
        """Least days by tenure alone from entering *role* to entering each other; *served*: from leaving it."""
        known = self._far.get((role, served))
        if known is None:
            known = _nearest(self._out, role)
            if served:
                rows = [self.far(into, served=False) for into, _ in self._out[role]]
                known = [min(days) for days in zip(known, *rows, strict=True)]
            self._far[(role, served)] = known
        return known

    def _to_target(self) -> list[int]:
        back: list[list[tuple[int, int]]] = [[] for _ in self._out]
        for role, ways in enumerate(self._out):
            for into, days in ways:
                back[into].append((role, days))
        return _nearest(back, self.problem.target)


def daily_pay(instance: Instance, role: str) -> Fraction:
    """What a day in a role pays; nothing where that is not known."""
    return (instance.roles[role].pay_per_year or Fraction(0)) / DAYS_PER_YEAR


def _filled(day: int, horizon: int, spans: Sequence[Span]) -> tuple[int, list[Piece]]:
    """The least loss of the days from *day* to *horizon*, and which role it is had in."""
    pieces = _filled_within(day, horizon, spans)
    return sum(short * (high - low) for short, low, high, _ in pieces), pieces


def _filled_within(low: int, high: int, spans: Sequence[Span]) -> list[Piece]:
    """The days from *low* up to but not including *high*, each in the best paid role that has it."""
    gaps, pieces = [(low, high)], []
    for short, begin, end, role in spans:
        left = []
        for first, last in gaps:
            start, stop = max(first, begin), min(last, end)
            if start >= stop:
                left.append((first, last))
                continue
            pieces.append((short, start, stop, role))
            left += [gap for gap in ((first, start), (stop, last)) if gap[0] < gap[1]]
        gaps = left
        if not gaps:
            break
    return pieces


def _nearest(out: Sequence[Sequence[tuple[int, int]]], start: int) -> list[int]:
    distance = [MANY] * len(out)
    agenda = [(0, start)]
    while agenda:
        days, role = heappop(agenda)
        if days < distance[role]:
            distance[role] = days
            for into, more in out[role]:
                heappush(agenda, (days + more, into))
    return distance
