"""The best plans that differ in the roles passed or the certifications earned, not only in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pmcareer.errors import SearchStoppedError
from pmcareer.planning.bounds import Bounds
from pmcareer.planning.branching import Aim, Branching
from pmcareer.planning.instance import Instance
from pmcareer.planning.life import Manner
from pmcareer.planning.plan import Act, Limits, Outcome, Plan
from pmcareer.planning.problem import problem_of
from pmcareer.planning.requirements import IMPOSSIBLE
from pmcareer.planning.routes import Outlines, Rank
from pmcareer.planning.search import ORDERS
from pmcareer.planning.simulate import plan_of
from pmcareer.planning.stages import Allowance
from pmcareer.planning.stopping import solve_unless_stopped
from pmcareer.planning.supports import Supports
from pmcareer.planning.track import everywhere

Likeness = tuple[frozenset[str], frozenset[str]]


def alternatives(
    instance: Instance,
    n: int,
    *,
    limits: Limits | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The *n* best plans by the instance's objective, best first; fewer where there are no more.

    ``proven_optimal`` only if no better plan of another likeness exists than the last one given; ``bound`` and
    ``reason`` are those of the best plan where it is itself unproven. Plans that study what nothing asks for, and
    walks that return to a role again and again, are no alternatives.
    """
    best = solve_unless_stopped(instance, limits=limits, should_stop=should_stop)
    if not best.plans or not best.plans[0].steps or instance.objective not in ORDERS or n < 2:
        return best
    allowance = Allowance(limits or Limits(), should_stop)
    choosing = _Choosing(instance, n, allowance)
    choosing.consider(best.plans[0])
    try:
        for avoided in choosing.avoiding(best.plans[0]):
            for plan in solve_unless_stopped(avoided, limits=limits, should_stop=should_stop).plans:
                choosing.consider(plan)
        choosing.run()
    except SearchStoppedError:
        return Outcome(choosing.plans(), False, best.bound, "stopped", best.explored + allowance.explored)
    explored = best.explored + allowance.explored
    if best.proven_optimal and choosing.complete():
        return Outcome(choosing.plans(), True, best.bound, "optimal", explored)
    return Outcome(choosing.plans(), False, best.bound, allowance.reason or "limit", explored)


class _Choosing(Branching):
    """Branch and bound that keeps one plan of each likeness; ``value`` is what the last of the *n* best comes to."""

    def __init__(self, instance: Instance, n: int, allowance: Allowance) -> None:
        problem = problem_of(instance)
        outlines = Outlines(problem, Bounds(everywhere(problem)), Supports(problem), allowance)
        idle = instance.objective == "cheapest"
        aim = Aim(problem, Manner(idle, phases=True, last_day=problem.last_day), ORDERS[instance.objective])
        super().__init__(problem, outlines, aim, allowance)
        self.instance = instance
        self.n = n
        self.chosen: dict[Likeness, tuple[Rank, Plan]] = {}

    def avoiding(self, plan: Plan) -> list[Instance]:
        """The question without each role or certification of *plan* in turn: where to look for good alternatives."""
        found = []
        for role in dict.fromkeys(plan.roles):
            if role != self.instance.target:
                moves = tuple(move for move in self.instance.moves if role not in (move.origin, move.into))
                found.append(replace(self.instance, moves=moves))
        for name in plan.certifications:
            barred = replace(self.instance.certifications[name], eligibility=IMPOSSIBLE)
            found.append(replace(self.instance, certifications={**self.instance.certifications, name: barred}))
        return found

    def run(self) -> None:
        """Every outline that could still be among the best."""
        self.outlines.cut = None
        self.all_routes(False)
        self.settle_doubts()

    def complete(self) -> bool:
        """Whether nothing was left out."""
        return self.allowance.reason is None and not self.outlines.has_cut()

    def take(self, acts: Sequence[Act], value: Rank) -> None:
        """Keep a plan found on a track."""
        self.consider(plan_of(self.problem, acts), value)

    def consider(self, plan: Plan, value: Rank | None = None) -> None:
        """Keep a plan if it is the best of its likeness."""
        money = int(plan.cost * self.problem.money_unit)
        rank = value or self.aim.order(plan.arrival_day, money, plan.exams)
        likeness = (frozenset(plan.roles), frozenset(plan.certifications))
        if likeness not in self.chosen or rank < self.chosen[likeness][0]:
            self.chosen[likeness] = (rank, plan)
        if len(self.chosen) >= self.n:
            self.value = sorted(rank for rank, _ in self.chosen.values())[self.n - 1]

    def plans(self) -> tuple[Plan, ...]:
        """The best of each likeness, best first."""
        ordered = sorted(self.chosen.values(), key=lambda entry: (entry[0], [step.order for step in entry[1].steps]))
        return tuple(plan for _, plan in ordered[: self.n])
