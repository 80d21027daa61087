"""The exact planner: best-first search over labels, in stages, each proven before the next begins.

``fastest``: first the arrival day alone; then, with the arrival known (so that every renewal up to it can be charged
as soon as it is certain), cost, exams and the order of steps. ``cheapest``: cost and arrival together; then, with the
arrival known, exams and the order of steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from heapq import heappop, heappush
from typing import Any

from pmcareer.planning.bounds import Bounds
from pmcareer.planning.estimate import Estimate
from pmcareer.planning.hazards import Hazards
from pmcareer.planning.instance import Instance
from pmcareer.planning.life import Dynamics, Label, Manner
from pmcareer.planning.plan import Limits, Outcome, Plan, Reason
from pmcareer.planning.problem import Problem
from pmcareer.planning.simulate import plan_of
from pmcareer.values import dataclass

Stop = Callable[[], bool]
Key = tuple[Any, ...]


@dataclass(slots=True)
class Budget:
    """What may still be explored, shared by the stages of one call."""

    limits: Limits
    should_stop: Stop | None
    explored: int = 0
    reason: Reason | None = None

    def spent(self, waiting: int) -> bool:
        self.explored += 1
        if self.explored > self.limits.explored or waiting > self.limits.open_labels:
            self.reason = "limit"
        elif self.should_stop is not None and self.explored % 256 == 0 and self.should_stop():
            self.reason = "stopped"
        return self.reason is not None


@dataclass(frozen=True, slots=True)
class Found:
    """The end of one stage: the best label or None; ``bound`` is the least key still open where it was cut short."""

    label: Label | None
    bound: Key | None = None


class Stage:
    """One best-first search: ``rank`` gives a label's least key (None: no continuation counts)."""

    def __init__(self, dynamics: Dynamics, rank: Callable[[Label], Key | None], keep: Callable[[Label], bool]) -> None:
        self.dynamics = dynamics
        self.rank = rank
        self.keep = keep

    def run(self, budget: Budget) -> Found:
        """The arrival of least key; exact unless the budget runs out."""
        first = self.dynamics.first()
        rank = self.rank(first)
        if rank is None:
            return Found(None)
        count = 0
        heap: list[tuple[Key, int, Label]] = [(rank, 0, first)]
        while heap:
            key, _, label = heappop(heap)
            if label.arrived:
                return Found(label)
            if budget.spent(len(heap)):
                return Found(None, key)
            for child in self.dynamics.next_labels(label):
                child_rank = self.rank(child)
                if child_rank is not None and (child.arrived or self.keep(child)):
                    count += 1
                    heappush(heap, (child_rank, count, child))
        return Found(None)


def solve(instance: Instance, *, limits: Limits | None = None, should_stop: Stop | None = None) -> Outcome:
    """The best plan by the instance's objective, with what is proven of it.

    *limits* bounds the search by counts, so that runs repeat; *should_stop* is asked now and then. An instance
    without a plan gives no plans and ``proven_optimal`` True; a search cut short gives False and a bound.
    """
    if instance.start.role == instance.target:
        return Outcome((Plan(0, Fraction(0), 0, ()),), True, Fraction(0), "optimal", 0)
    budget = Budget(limits or Limits(), should_stop)
    solver = Solver(Problem(instance), budget)
    if instance.objective == "cheapest":
        return solver.cheapest()
    return solver.fastest()


class Solver:
    """The stages for each objective."""

    def __init__(self, problem: Problem, budget: Budget) -> None:
        self.problem = problem
        self.budget = budget
        self.bounds = Bounds(problem)

    def fastest(self) -> Outcome:
        """Least arrival, then cost, exams, steps."""
        manner = Manner(idle=False, daily=True, last_day=self.problem.last_day)
        if self.problem.budget is not None:
            return self._together(replace(manner, phases=True), "fastest")
        stage, _ = self._stage(manner, cost=False)
        found = stage.run(self.budget)
        if found.label is None:
            return self._none(found)
        return self._finish(replace(manner, arrival=found.label.day), Fraction(found.label.day))

    def cheapest(self) -> Outcome:
        """Least cost, then arrival, exams, steps."""
        manner = Manner(idle=True, daily=True, last_day=self.problem.last_day, phases=True)
        return self._together(manner, "cheapest")

    def _together(self, manner: Manner, objective: str) -> Outcome:
        estimate = Estimate(self.problem, self.bounds, manner)
        dynamics = Dynamics(self.problem, Hazards(self.problem, cost=True), manner)

        def rank(label: Label) -> Key | None:
            arrival = label.day if label.arrived else estimate.arrival(label)
            if arrival is None or arrival > manner.last_day:
                return None
            cost = estimate.cost(label, arrival)
            if self.problem.budget is not None and cost > self.problem.budget:
                return None
            exams = estimate.exams(label)
            return (cost, arrival, exams, -label.day) if objective == "cheapest" else (arrival, cost, exams, -label.day)

        found = Stage(dynamics, rank, _Fronts().keep).run(self.budget)
        if found.label is None:
            return self._none(found)
        arrival = found.label.day
        value = (
            self.problem.amount(estimate.cost(found.label, arrival)) if objective == "cheapest" else Fraction(arrival)
        )
        return self._finish(Manner(manner.idle, True, arrival, last_day=self.problem.last_day), value)

    def _stage(self, manner: Manner, *, cost: bool) -> tuple[Stage, Estimate]:
        estimate = Estimate(self.problem, self.bounds, manner)
        dynamics = Dynamics(self.problem, Hazards(self.problem, cost=cost), manner)

        def rank(label: Label) -> Key | None:
            arrival = label.day if label.arrived else estimate.arrival(label)
            return None if arrival is None or arrival > estimate.limit else (arrival, -label.day)

        return Stage(dynamics, rank, _Seen().keep), estimate

    def _finish(self, manner: Manner, value: Fraction) -> Outcome:
        """With the arrival known: least cost, then exams, then steps."""
        estimate = Estimate(self.problem, self.bounds, manner)
        dynamics = Dynamics(self.problem, Hazards(self.problem, cost=True), manner)
        last = manner.arrival
        assert last is not None

        def rank(label: Label) -> Key | None:
            if label.arrived:
                return (label.cost, label.exams, -label.day) if label.day == last else None
            arrival = estimate.arrival(label)
            return None if arrival is None else (estimate.cost(label, last), estimate.exams(label), -label.day)

        found = Stage(dynamics, rank, _Cheapest().keep).run(self.budget)
        if found.label is None:
            return self._none(found)
        plan = plan_of(self.problem, found.label.history())
        return Outcome((plan,), True, value, "optimal", self.budget.explored)

    def _none(self, found: Found) -> Outcome:
        if found.bound is None:
            return Outcome((), True, None, "no-plan", self.budget.explored)
        assert self.budget.reason is not None
        return Outcome((), False, Fraction(found.bound[0]), self.budget.reason, self.budget.explored)


class _Seen:
    """Keeps the first label of each state."""

    def __init__(self) -> None:
        self.seen: set[tuple[object, ...]] = set()

    def keep(self, label: Label) -> bool:
        state = label.state()
        if state in self.seen:
            return False
        self.seen.add(state)
        return True


class _Cheapest:
    """Keeps a label unless one of the same state costs no more and has no more exams, in that order."""

    def __init__(self) -> None:
        self.least: dict[tuple[object, ...], tuple[int, int]] = {}

    def keep(self, label: Label) -> bool:
        state = label.state()
        known = self.least.get(state)
        if known is not None and known <= (label.cost, label.exams):
            return False
        self.least[state] = (label.cost, label.exams)
        return True


class _Fronts:
    """Keeps a label unless one of the same state is no worse in cost, exams and each later renewal."""

    def __init__(self) -> None:
        self.fronts: dict[tuple[object, ...], list[tuple[int, int, tuple[int, ...]]]] = {}

    def keep(self, label: Label) -> bool:
        front = self.fronts.setdefault(label.state(), [])
        mine = (label.cost, label.exams, tuple(day for _, day in label.phases))
        if any(_no_worse(other, mine) for other in front):
            return False
        front[:] = [other for other in front if not _no_worse(mine, other)]
        front.append(mine)
        return True


def _no_worse(one: tuple[int, int, tuple[int, ...]], other: tuple[int, int, tuple[int, ...]]) -> bool:
    if one[0] > other[0] or (one[0] == other[0] and one[1] > other[1]):
        return False
    return len(one[2]) == len(other[2]) and all(a >= b for a, b in zip(one[2], other[2], strict=True))
