"""The exact planner: each objective as a row of searches, every one proven before the next begins.

``fastest``: first the arrival day alone; then, with the arrival known (so that every renewal up to it can be charged
as soon as it is certain), cost and exams. The other objectives, and ``fastest`` within a budget, weigh arrival, cost
and exams together. Small problems are searched without outlines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from pmcareer.planning.bounds import Bounds
from pmcareer.planning.branching import Aim, Branching, Order
from pmcareer.planning.instance import Instance
from pmcareer.planning.life import Manner
from pmcareer.planning.plan import Act, Limits, Outcome, Plan
from pmcareer.planning.problem import Problem, problem_of
from pmcareer.planning.routes import Outlines, Rank
from pmcareer.planning.simulate import plan_of
from pmcareer.planning.stages import Allowance, Stop
from pmcareer.planning.supports import Supports
from pmcareer.planning.track import everywhere

OnArrival = Callable[[int, list[Act]], tuple[list[Act], bool]]
"""What is asked once the least arrival is known, with a plan of that day: the best plan known, and whether it is the
best of that day."""

SMALL_PAPERS = 6
SMALL_DAYS = 60

ORDERS: dict[str, Order] = {
    "fastest": lambda arrival, cost, exams: (arrival, cost, exams),
    "cheapest": lambda arrival, cost, exams: (cost, arrival, exams),
    "fewest-exams": lambda arrival, cost, exams: (exams, arrival, cost),
}


def solve(
    instance: Instance,
    *,
    limits: Limits | None = None,
    should_stop: Stop | None = None,
    known: Sequence[Act] | None = None,
    on_arrival: OnArrival | None = None,
) -> Outcome:
    """The best plan by the instance's objective, with what is proven of it.

    *limits* bounds the search by counts, so that runs repeat; *should_stop* is asked now and then; *known* are the
    acts of a lawful plan to begin with; *on_arrival* may save the search for cost and exams. An instance without a
    plan gives no plans and ``proven_optimal`` True; a search cut short gives False and a bound.
    """
    if instance.start.role == instance.target:
        return Outcome((Plan(0, Fraction(0), 0, ()),), True, Fraction(0), "optimal", 0)
    return Solver(problem_of(instance), Allowance(limits or Limits(), should_stop), on_arrival).run(known)


class Solver:
    """One call: the problem, its tables, and what may still be explored."""

    def __init__(self, problem: Problem, allowance: Allowance, on_arrival: OnArrival | None = None) -> None:
        self.problem = problem
        self.on_arrival = on_arrival
        self.allowance = allowance
        self.objective = problem.instance.objective
        self.outlines = Outlines(problem, Bounds(everywhere(problem)), Supports(problem), allowance)
        self.small = len(problem.papers) <= SMALL_PAPERS and problem.last_day <= SMALL_DAYS

    def run(self, known: Sequence[Act] | None) -> Outcome:
        """The outcome by the instance's objective."""
        if not self.problem.ways[self.problem.start_role]:
            return Outcome((), True, None, "no-plan", 0)
        if self.objective == "fastest" and self.problem.budget is None:
            return self.fastest(known)
        manner = Manner(idle=self.objective == "cheapest", phases=True, last_day=self.problem.last_day)
        return self.outcome(self.branch(Aim(self.problem, manner, ORDERS[self.objective]), known))

    def fastest(self, known: Sequence[Act] | None) -> Outcome:
        """Least arrival, then cost and exams on that very day."""
        manner = Manner(idle=False, last_day=self.problem.last_day)
        aim = Aim(self.problem, manner, _arrival_alone, cost_counts=False)
        first = self.branch(aim, known)
        if first.best is None or self.allowance.reason:
            return self.outcome(first)
        arrival = first.best[-1][0]
        if self.on_arrival is not None:
            first.best, proven = self.on_arrival(arrival, first.best)
            if proven:
                plan = plan_of(self.problem, first.best)
                return Outcome((plan,), True, Fraction(arrival), "optimal", self.allowance.explored)
        on_time = Manner(idle=False, arrival=arrival, last_day=self.problem.last_day)
        second = self.branch(Aim(self.problem, on_time, _cost_then_exams), first.best)
        second.least = (arrival,)
        return self.outcome(second)

    def branch(self, aim: Aim, known: Sequence[Act] | None) -> Branching:
        """One search; small problems are gone through whole."""
        branching = Branching(self.problem, self.outlines, aim, self.allowance)
        if known is not None:
            plan = plan_of(self.problem, known)
            value = aim.order(plan.arrival_day, int(plan.cost * self.problem.money_unit), plan.exams)
            branching.take(list(known), value)
        if self.small:
            branching.run_whole()
        else:
            branching.run()
        return branching

    def outcome(self, found: Branching) -> Outcome:
        """The answer, and what is proven of it."""
        reason, explored = self.allowance.reason, self.allowance.explored
        if found.best is None:
            bound = None if reason is None or found.least is None else self.measure(found.least[0])
            return Outcome((), reason is None, bound, reason or "no-plan", explored)
        plan = plan_of(self.problem, found.best)
        if reason is not None:
            bound = None if found.least is None else self.measure(found.least[0])
            return Outcome((plan,), False, bound, reason, explored)
        own = {"fastest": Fraction(plan.arrival_day), "cheapest": plan.cost, "fewest-exams": Fraction(plan.exams)}
        return Outcome((plan,), True, own[self.objective], "optimal", explored)

    def measure(self, value: int) -> Fraction:
        """The first criterion of a rank in the instance's own unit."""
        return self.problem.amount(value) if self.objective == "cheapest" else Fraction(value)


def _arrival_alone(arrival: int, _cost: int, _exams: int) -> Rank:
    return (arrival,)


def _cost_then_exams(_arrival: int, cost: int, exams: int) -> Rank:
    return (cost, exams)
