"""Most pay minus costs by exhaustion: every lawful life, day by day, as long as it can still be the best."""

from __future__ import annotations

from typing import NamedTuple

from pmcareer.planning.bounds import Bounds
from pmcareer.planning.estimate import Estimate
from pmcareer.planning.life import Dynamics, Evening, Label, Manner
from pmcareer.planning.payroll import Payroll
from pmcareer.planning.plan import Act
from pmcareer.planning.stages import Allowance, Key, best_first
from pmcareer.planning.track import Track

Value = tuple[int, int, int]  # loss, arrival, exams


class Exhausted(NamedTuple):
    """``acts`` of the best plan, None if none is better than what was known; ``least`` bounds the loss of every plan
    from below."""

    acts: list[Act] | None
    value: Value | None
    least: int | None


def exhaust(payroll: Payroll, track: Track, allowance: Allowance, below: Value | None = None) -> Exhausted:
    """The plan of least loss on a track, if there is one better than *below*; cut short where the allowance ends."""
    return _Exhaustion(payroll, track, below).run(allowance)


class _Paid(Dynamics):
    """Lives on a track, one day after the other. What keeping costs up to the horizon is charged on being earned."""

    def __init__(self, payroll: Payroll, track: Track) -> None:
        super().__init__(track, None, Manner(idle=True, last_day=payroll.problem.last_day))
        self.payroll = payroll
        self.short = [payroll.short[role] for role in track.roles]

    def _next_day(self, label: Label, _evening: Evening, _place: int, _later: int) -> int:
        return label.day + 1  # any day may be the right one

    def _keep(
        self, number: int, day: int, cost: int, phases: tuple[tuple[int, int], ...]
    ) -> tuple[int, tuple[tuple[int, int], ...]]:
        paper = self.papers[number]
        if not paper.payments:
            return cost, phases
        if self.problem.budget is not None:  # what is spent by arrival counts too
            phases = tuple(sorted((*phases, (number, day))))
        return cost + paper.keeping(self.payroll.horizon - day), phases

    def _morning(
        self,
        label: Label,
        evening: Evening,
        place: int,
        entered: int,
        day: int,
        acts: tuple[Act, ...],
    ) -> Label:
        after = super()._morning(label, evening, place, entered, day, acts)
        after.unpaid = label.unpaid + self.short[place] * (day - label.day)
        return after

    def _arrival(self, label: Label, evening: Evening, acts: tuple[Act, ...]) -> Label:
        arrival = super()._arrival(label, evening, acts)
        arrival.unpaid = label.unpaid + self.short[self.track.goal] * (self.payroll.horizon - label.day)
        return arrival


class _Exhaustion:
    def __init__(self, payroll: Payroll, track: Track, below: Value | None) -> None:
        self.payroll = payroll
        self.problem = payroll.problem
        self.track = track
        self.below = below
        self.lives = _Paid(payroll, track)
        self.estimate = Estimate(track, Bounds(track), self.lives.manner)
        self.kept: dict[tuple[object, ...], list[tuple[int, int, dict[int, int]]]] = {}

    def run(self, allowance: Allowance) -> Exhausted:
        first = self.rank(self.lives.first())
        found = best_first(self.lives, self.rank, self.keep, allowance)
        if found.label is not None:
            loss, arrival, exams = self.value(found.label, found.label.day)
            return Exhausted(found.label.history(), (loss, arrival, exams), loss)
        least = None if first is None else first[0] if found.bound is None else found.bound[0]
        return Exhausted(None, None, least)

    def rank(self, label: Label) -> Key | None:
        """The least value of what a life can become; None where that is of no interest."""
        arrival = label.day if label.arrived else self.estimate.arrival(label)
        if arrival is None or self.over_budget(label, arrival):
            return None
        value = self.value(label, arrival)
        return None if self.below is not None and value >= self.below else (*value, -label.day)

    def value(self, label: Label, arrival: int) -> Value:
        """Loss, arrival and exams at least; of an arrival, its own."""
        payroll = self.payroll
        if label.arrived:
            return label.unpaid + payroll.money(label.cost), arrival, label.exams
        role = self.track.roles[label.role]
        ahead = payroll.least(role, label.day, arrival, served=True)
        cost = label.cost + self.still_due(label)
        return label.unpaid + ahead + payroll.money(cost), arrival, self.estimate.exams(label)

    def still_due(self, label: Label) -> int:
        """The least price of what must still be studied, and of keeping it if it were earned on the last day."""
        rest = self.payroll.horizon - self.problem.last_day
        price = 0
        for _, _, number in self.estimate.bounds.duties[label.role].papers:
            if not label.studied >> number & 1:
                price += self.estimate.price[number] + self.problem.papers[number].keeping(rest)
        for _, _, number in label.open:
            price += self.problem.papers[number].keeping(rest)
        return price

    def prices(self, label: Label) -> int:
        """What was paid for what was earned, without renewals."""
        horizon, papers = self.payroll.horizon, self.problem.papers
        return label.cost - sum(papers[number].keeping(horizon - day) for number, day in label.phases)

    def over_budget(self, label: Label, arrival: int) -> bool:
        """Whether more than the budget is spent by *arrival*."""
        if self.problem.budget is None:
            return False
        kept = sum(self.problem.papers[number].keeping(arrival - day) for number, day in label.phases)
        return self.prices(label) + kept + self.problem.held_cost(arrival) > self.problem.budget

    def keep(self, label: Label) -> bool:
        """Whether no life of the same state has lost, and where that counts spent, as little."""
        loss = label.unpaid + self.payroll.money(label.cost)
        mine = (loss, self.prices(label) if label.phases else 0, dict(label.phases))
        front = self.kept.setdefault(label.state(), [])
        if any(_no_worse(other, mine) for other in front):
            return False
        front[:] = [other for other in front if not _no_worse(mine, other)]
        front.append(mine)
        return True


def _no_worse(one: tuple[int, int, dict[int, int]], other: tuple[int, int, dict[int, int]]) -> bool:
    if one[0] > other[0] or one[1] > other[1]:
        return False
    return all(number in other[2] and day >= other[2][number] for number, day in one[2].items())
