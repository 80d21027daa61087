"""The planner's front door: bounds by relaxed plans, lawful plans in their likeness, and proof where the two meet.

Where they do not meet, the exhaustive search decides.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from pmcareer.planning.earliest import earliest
from pmcareer.planning.instance import Instance
from pmcareer.planning.packages import Packages
from pmcareer.planning.plan import Limits, Outcome, Plan, Reason
from pmcareer.planning.problem import Problem
from pmcareer.planning.proposals import Proposer
from pmcareer.planning.rehearsal import Performance
from pmcareer.planning.relaxed import Relaxed
from pmcareer.planning.requirements import has_closings
from pmcareer.planning.shadows import Limits as Within
from pmcareer.planning.shadows import Order, Shadows
from pmcareer.planning.simulate import plan_of
from pmcareer.planning.unidle import Unidle

Stop = Callable[[], bool]
FIRST_PROPOSALS = 2  # before the dearer bounds are taken up
MOST_PROPOSALS = 40
MOST_SHADOWS = 4000
BEYOND = 1 << 60


def solve(instance: Instance, *, limits: Limits | None = None, should_stop: Stop | None = None) -> Outcome:
    """The best plan by the instance's objective, with what is proven of it.

    *limits* bounds the exhaustive search by counts, so that runs repeat; *should_stop* is asked now and then. An
    instance without a plan gives no plans and ``proven_optimal`` True; a search cut short gives False and a bound.
    ``earnings`` gets the best of the plans worth looking at (planning.earnings), seldom proven. Among plans equal in
    arrival, cost and exams the same one is found in every run, but not always the one whose steps come first.
    """
    if instance.start.role == instance.target:
        return Outcome((Plan(0, Fraction(0), 0, ()),), True, Fraction(0), "optimal", 0)
    if instance.objective == "earnings":
        from pmcareer.planning.earnings import best_earning

        return best_earning(instance, limits=limits, should_stop=should_stop)
    if has_closings(instance):
        from pmcareer.planning.lapsing import solve_lapsing

        def plainly(part: Instance) -> Outcome:
            return solve(part, limits=limits, should_stop=should_stop)

        return solve_lapsing(instance, plainly, lambda whole: _Solver(whole, limits, should_stop).run())
    return _Solver(instance, limits, should_stop).run()


class _Solver:
    """One question: ``best`` is the best plan so far, ``bound`` what the first criterion is at least."""

    def __init__(self, instance: Instance, limits: Limits | None, should_stop: Stop | None) -> None:
        self.instance = instance
        self.limits = limits
        self.should_stop = should_stop
        self.problem = Problem(instance)
        self.packages = Packages(self.problem)
        self.relaxed_for = self.problem.last_day
        self.relaxed = Relaxed(self.problem, self.packages, self.relaxed_for)
        self.budget = BEYOND if self.problem.budget is None else self.problem.budget
        self.best: Performance | None = None
        self.bound = Fraction(0)

    def run(self) -> Outcome:
        """The answer: proven by bounds if that can be, else by exhaustion."""
        first = earliest(self.relaxed) if self.relaxed.ways[self.problem.start_role] else None
        if first is None or first > self.problem.last_day:
            return Outcome((), True, None, "no-plan", self.relaxed.explored)
        proven = self.by_bounds(first)
        if proven:
            return self.proven()
        if self.stopped():
            return self.cut_short("limit", self.bound)
        return self.exhaust()

    def by_bounds(self, first: int) -> bool:
        """Whether a plan was found that is as good as the bounds; *first* bounds the arrival."""
        if self.instance.objective == "cheapest":
            return self.meet("cost", self.problem.last_day, idle=True)
        if self.instance.objective == "fewest-exams":
            return self.meet("exams", self.problem.last_day, idle=False)
        return self.fastest(first)

    def fastest(self, first: int) -> bool:
        """Least arrival, then cost, then exams."""
        self.bound = Fraction(first)
        if self.meet("cost-exams", first, idle=False):
            return True
        if self.arrival() is None and not self.meet("arrival", self.problem.last_day, idle=False):
            return False
        arrival = self.arrival()
        return arrival is not None and self.meet("cost-exams", arrival, idle=False, thorough=True)

    def arrival(self) -> int | None:
        """The arrival of the best plan so far."""
        return None if self.best is None else self.best.arrival

    def meet(self, order: Order, last_day: int, *, idle: bool, thorough: bool = False) -> bool:
        """Look for plans that arrive by *last_day* until the relaxed plans are no better; whether that came about.

        *thorough*: no plan can arrive sooner than *last_day*, and the rule against idling is to bound the cost.
        """
        if last_day != self.relaxed_for:  # what was narrowed to an earlier arrival says nothing of a later one
            self.relaxed, self.relaxed_for = Relaxed(self.problem, self.packages, last_day), last_day
        unidle = Unidle(self.problem, self.packages, last_day) if thorough else None
        shadows = Shadows(self.relaxed, Within(last_day, self.budget), order, unidle)
        proposer = Proposer(self.problem, self.packages, shadows.key, idle=idle)
        self.lower(shadows, proposer)
        for _ in range(FIRST_PROPOSALS if order == "cost-exams" and not thorough else MOST_PROPOSALS):
            if self.stopped():
                return False
            found = shadows.next(MOST_SHADOWS)
            if found is None:
                break
            self.consider(proposer.propose(found.shadow, last_day, found.key), proposer)
            self.lower(shadows, proposer)
            shadows.doubtful.append((found.key, found.shadow))
        self.note(shadows)
        rest = shadows.bound()
        return self.best is not None and (rest is None or rest >= shadows.ceiling) and shadows.settled()

    def consider(self, performance: Performance | None, proposer: Proposer) -> None:
        """Keep a plan if it is the best so far."""
        if performance is None or performance.cost > self.budget:
            return
        if self.best is None or proposer.value(performance) < proposer.value(self.best):
            self.best = performance

    def lower(self, shadows: Shadows, proposer: Proposer) -> None:
        """Tell what a relaxed plan must be below to matter; of an order by arrival, only the arrival is proven."""
        if self.best is not None:
            value = proposer.value(self.best)
            shadows.ceiling = (value[0], 0, 0) if shadows.order == "arrival" else value

    def note(self, shadows: Shadows) -> None:
        """Remember what is now known of the first criterion."""
        keys = [shadows.ceiling, *(key for key, _ in shadows.doubtful)]
        rest = shadows.bound()
        least = min([*keys, *([] if rest is None else [rest])])[0]
        if shadows.order == "cost":
            self.bound = max(self.bound, self.problem.amount(least))
        elif shadows.order != "cost-exams":
            self.bound = max(self.bound, Fraction(least))

    def stopped(self) -> bool:
        """Whether whoever asked has had enough."""
        return self.should_stop is not None and self.should_stop()

    def plans(self) -> tuple[Plan, ...]:
        """The best plan so far, if there is one."""
        return () if self.best is None else (plan_of(self.problem, self.best.acts),)

    def proven(self) -> Outcome:
        """The best plan as the best there is."""
        plans = self.plans()
        value = {
            "cheapest": plans[0].cost,
            "fewest-exams": Fraction(plans[0].exams),
        }.get(self.instance.objective, Fraction(plans[0].arrival_day))
        return Outcome(plans, True, value, "optimal", self.relaxed.explored)

    def cut_short(self, reason: Reason, bound: Fraction | None) -> Outcome:
        """The best plan so far, without proof."""
        return Outcome(self.plans(), False, bound, "stopped" if self.stopped() else reason, self.relaxed.explored)

    def exhaust(self) -> Outcome:
        """By exhaustive search; what was found so far stands in where that is cut short."""
        # Most questions are proven without it, and it is half of the room to import.
        from pmcareer.planning.search import solve as search

        known = None if self.best is None else self.best.acts
        found = search(self.instance, limits=self.limits, should_stop=self.should_stop, known=known)
        if found.proven_optimal:
            return found
        bound = self.bound if found.bound is None else max(self.bound, found.bound)
        return Outcome(found.plans, False, bound, found.reason, found.explored)
