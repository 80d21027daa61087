"""The planner's front door: bounds by relaxed plans, lawful plans in their likeness, and proof where the two meet.

Where they do not meet, the exhaustive search decides.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pmcareer.planning.earliest import earliest
from pmcareer.planning.instance import Instance
from pmcareer.planning.packages import Packages
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.problem import Problem
from pmcareer.planning.proposals import Key, Proposer
from pmcareer.planning.rehearsal import Performance
from pmcareer.planning.relaxed import Relaxed, Shadow
from pmcareer.planning.search import solve as search
from pmcareer.planning.shadows import Limits as Within
from pmcareer.planning.shadows import Order, Shadows
from pmcareer.planning.simulate import plan_of
from pmcareer.planning.unidle import Unidle

Stop = Callable[[], bool]
MOST_PROPOSALS = 40
MOST_SHADOWS = 4000
BEYOND = 1 << 60


def solve(instance: Instance, *, limits: Limits | None = None, should_stop: Stop | None = None) -> Outcome:
    """The best plan by the instance's objective, with what is proven of it.

    *limits* bounds the search by counts, so that runs repeat; *should_stop* is asked now and then. An instance
    without a plan gives no plans and ``proven_optimal`` True; a search cut short gives False and a bound.
    """
    if instance.start.role == instance.target:
        return Outcome((Plan(0, Fraction(0), 0, ()),), True, Fraction(0), "optimal", 0)
    return _Solver(instance, limits, should_stop).run()


class _Solver:
    def __init__(self, instance: Instance, limits: Limits | None, should_stop: Stop | None) -> None:
        self.instance = instance
        self.limits = limits
        self.should_stop = should_stop
        self.problem = Problem(instance)
        self.packages = Packages(self.problem)
        self.relaxed = Relaxed(self.problem, self.packages, self.problem.last_day)
        self.budget = BEYOND if self.problem.budget is None else self.problem.budget
        self.best: Performance | None = None
        self.bound: Key | None = None

    def run(self) -> Outcome:
        first = earliest(self.relaxed) if self.relaxed.ways[self.problem.start_role] else None
        if first is None or first > self.problem.last_day:
            return Outcome((), True, None, "no-plan", self.relaxed.explored)
        if self.instance.objective == "cheapest":
            proven = self.meet("cost", self.problem.last_day, idle=True)
        else:
            proven = self.fastest(first)
        if proven and self.best is not None:
            return self.outcome(self.best)
        return self.exhaust(first)

    def fastest(self, first: int) -> bool:
        """Least arrival, then cost, then exams; whether it is proven."""
        if self.meet("cost-exams", first, idle=False) and self.best is not None:
            return True
        if self.best is not None:
            return self.meet("cost-exams", first, idle=False, thorough=True)
        if self.best is None:
            if not self.meet("arrival", self.problem.last_day, idle=False) or self.best is None:
                return False
            return self.meet("cost-exams", self.best.arrival, idle=False, thorough=True)
        return False

    def meet(self, order: Order, last_day: int, *, idle: bool, thorough: bool = False) -> bool:
        """Look for plans that arrive by *last_day* until the relaxed plans are no better; whether that came about."""
        if last_day < self.problem.last_day:
            self.relaxed = Relaxed(self.problem, self.packages, last_day)
        shadows = Shadows(self.relaxed, Within(last_day, self.budget), order)
        if thorough:
            shadows.unidle = Unidle(self.problem, self.packages, last_day)
        proposer = Proposer(self.problem, self.packages, shadows.key, idle=idle)
        if self.best is not None:
            shadows.ceiling = self.ceiling(order, proposer)
        open_keys: list[tuple[Key, Shadow]] = []
        for _ in range(MOST_PROPOSALS):
            found = shadows.next(MOST_SHADOWS)
            if found is None:
                break
            performance = proposer.propose(found.shadow, last_day, found.key)
            if performance is not None and performance.cost <= self.budget:
                if self.best is None or proposer.value(performance) < proposer.value(self.best):
                    self.best = performance
                    shadows.ceiling = self.ceiling(order, proposer)
            open_keys.append((found.key, found.shadow))
        shadows.doubtful += open_keys
        rest = shadows.bound()
        return (rest is None or rest >= shadows.ceiling) and shadows.settled()

    def ceiling(self, order: Order, proposer: Proposer) -> Key:
        """What a relaxed plan must be below to matter; of an order by arrival, only the arrival is to be proven."""
        assert self.best is not None
        value = proposer.value(self.best)
        return (value[0], 0, 0) if order == "arrival" else value

    def outcome(self, performance: Performance) -> Outcome:
        plan = plan_of(self.problem, performance.acts)
        value = plan.cost if self.instance.objective == "cheapest" else Fraction(plan.arrival_day)
        return Outcome((plan,), True, value, "optimal", self.relaxed.explored)

    def exhaust(self, first: int) -> Outcome:
        """By exhaustive search; what was found so far stands in where that is cut short."""
        found = search(self.instance, limits=self.limits, should_stop=self.should_stop)
        if found.proven_optimal or self.best is None:
            return found
        return Outcome((plan_of(self.problem, self.best.acts),), False, found.bound, found.reason, found.explored)
