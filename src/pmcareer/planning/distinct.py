"""Materially different plans: each does without a role or a certification of every better plan before it.

A plan that only adds a stop or an award to another is not another way. What is left is found by branching: whatever
differs materially from a plan avoids one of the things that this plan passes or earns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from heapq import heappop, heappush

from pmcareer.planning.detours import without_detours
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome, Plan, Reason
from pmcareer.planning.requirements import IMPOSSIBLE
from pmcareer.planning.solver import solve

MOST_QUESTIONS = 40
FEW = Limits(explored=250)  # for each question but the first: most are proven without any search

Avoided = frozenset[str]
Rank = tuple[Fraction, Fraction, Fraction]


def distinct(
    instance: Instance,
    n: int,
    *,
    role: Callable[[str], str] = str,
    limits: Limits | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The *n* best plans of which none passes and earns all that a better one does, best first.

    *role* tells which role a name of the instance stands for, where several names stand for one. ``proven_optimal``:
    each is proven the best of those that differ from the ones before it.
    """
    return _Branching(instance, role, limits, should_stop).run(n)


class _Branching:
    """Questions by what they avoid, best answer first."""

    def __init__(
        self,
        instance: Instance,
        role: Callable[[str], str],
        limits: Limits | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self.instance, self.role = instance, role
        self.limits, self.should_stop = limits, should_stop
        self.asked: set[Avoided] = set()
        self.open: list[tuple[Rank, int, Avoided, Plan]] = []
        self.explored = 0
        self.proven = True
        self.first: Outcome | None = None

    def run(self, n: int) -> Outcome:
        chosen: list[Plan] = []
        self.ask(frozenset())
        while self.open and len(chosen) < n and not self.stopped():
            _, _, avoided, found = heappop(self.open)
            plan = without_detours(self.without(avoided), found, self.should_stop)
            inside = next((old for old in chosen if self.parts(old) <= self.parts(plan)), None)
            if inside is None:
                chosen.append(plan)
            for part in sorted(self.parts(inside or plan)):
                self.ask(avoided | {part})
        first = self.first
        if not chosen or first is None:
            return first or Outcome((), False, None, "stopped", self.explored)
        if self.proven and first.proven_optimal:
            return Outcome(tuple(chosen), True, first.bound, "optimal", self.explored)
        reason: Reason = "stopped" if self.stopped() else "limit"
        return Outcome(tuple(chosen), False, first.bound, reason, self.explored, first.proven_optimal)

    def ask(self, avoided: Avoided) -> None:
        """The best plan that avoids all of *avoided*, kept for its turn."""
        if avoided in self.asked:
            return
        if len(self.asked) >= MOST_QUESTIONS or self.stopped():
            self.proven = False
            return
        self.asked.add(avoided)
        limits = FEW if avoided else self.limits
        outcome = solve(self.without(avoided), limits=limits, should_stop=self.should_stop)
        self.explored += outcome.explored
        self.first = self.first or outcome
        self.proven = self.proven and outcome.proven_optimal
        for plan in outcome.plans:
            heappush(self.open, (rank(self.instance, plan), len(self.asked), avoided, plan))

    def stopped(self) -> bool:
        return self.should_stop is not None and self.should_stop()

    def parts(self, plan: Plan) -> frozenset[str]:
        return parts_of(self.instance, plan, self.role)

    def without(self, avoided: Avoided) -> Instance:
        """The question without these roles and certifications."""
        entries = dict(self.instance.certifications)
        for part in avoided:
            kind, _, name = part.partition(" ")
            if kind == "certification":
                entries[name] = replace(entries[name], eligibility=IMPOSSIBLE)
        moves = tuple(move for move in self.instance.moves if f"role {self.role(move.into)}" not in avoided)
        return replace(self.instance, moves=moves, certifications=entries)


def parts_of(instance: Instance, plan: Plan, role: Callable[[str], str] = str) -> frozenset[str]:
    """What the plan passes and earns, as it is avoided; the target itself is no choice. *role*: as for ``distinct``."""
    return frozenset(_parts(instance, plan, role))


def _parts(instance: Instance, plan: Plan, role: Callable[[str], str]) -> Iterator[str]:
    for name in plan.roles:
        if role(name) != role(instance.target):
            yield f"role {role(name)}"
    yield from (f"certification {name}" for name in plan.certifications)


def rank(instance: Instance, plan: Plan) -> Rank:
    """What the instance's objective makes of a plan; less is better."""
    day, exams = Fraction(plan.arrival_day), Fraction(plan.exams)
    if instance.objective == "cheapest":
        return plan.cost, day, exams
    if instance.objective == "fewest-exams":
        return exams, day, plan.cost
    if instance.objective == "earnings":
        from pmcareer.planning.earnings import earnings_of

        return -earnings_of(instance, plan), day, plan.cost
    return day, plan.cost, exams
