"""The planner's front door: bounds by relaxed plans, lawful plans in their likeness, and proof where the two meet.

Where they do not meet, the exhaustive search decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from pmcareer.errors import SearchStoppedError
from pmcareer.planning.dives import dive
from pmcareer.planning.earliest import earliest
from pmcareer.planning.instance import Instance
from pmcareer.planning.packages import Packages
from pmcareer.planning.plan import Act, Limits, Outcome, Plan, Reason
from pmcareer.planning.problem import problem_of
from pmcareer.planning.proposals import FEW_REORDERED, MOST_REORDERED, Proposer
from pmcareer.planning.rehearsal import Performance
from pmcareer.planning.relaxed import Relaxed
from pmcareer.planning.requirements import has_closings
from pmcareer.planning.shadows import Key, Order, Shadows
from pmcareer.planning.shadows import Limits as Within
from pmcareer.planning.simulate import plan_of
from pmcareer.planning.unidle import Unidle
from pmcareer.planning.waits import soonest

Stop = Callable[[], bool]
FIRST_PROPOSALS = 2  # before the dearer bounds are taken up
MOST_PROPOSALS = 40
MOST_IN_VAIN = 6  # one after the other, once a doubt is left that no bound dispels
LIVES_A_PROPOSAL = 20
FEW_LIVES = 300
BEYOND = 1 << 60


class Rival(NamedTuple):
    """What a known plan comes to: only better plans are of interest."""

    arrival: int
    cost: Fraction
    exams: int


def solve(
    instance: Instance,
    *,
    limits: Limits | None = None,
    should_stop: Stop | None = None,
    rival: Rival | None = None,
) -> Outcome:
    """The best plan by the instance's objective, with what is proven of it.

    *limits* bounds the search by counts, so that runs repeat; *should_stop* is asked now and then. An
    instance without a plan gives no plans and ``proven_optimal`` True; a search cut short gives False and a bound.
    ``earnings`` is searched by pay (planning.earnings). Among plans equal in arrival, cost and exams the same one is
    found in every run, but not always the one whose steps come first. With a *rival* only plans that are better by the
    objective are of interest (``earnings`` knows none): no plans and ``proven_optimal`` True mean that none is better;
    a plan that is no better may still be given.
    """
    if instance.start.role == instance.target:
        return Outcome((Plan(0, Fraction(0), 0, ()),), True, Fraction(0), "optimal", 0)
    if soonest(instance) > _latest(instance, rival):
        return Outcome((), True, None, "no-plan", 0)
    if instance.objective == "earnings":
        from pmcareer.planning.earnings import best_earning

        return best_earning(instance, limits=limits, should_stop=should_stop)
    if has_closings(instance):
        from pmcareer.planning.lapsing import solve_lapsing

        def plainly(part: Instance) -> Outcome:
            return solve(part, limits=limits, should_stop=should_stop, rival=rival)

        def thoroughly(whole: Instance) -> Outcome:
            return _Solver(whole, limits, should_stop, rival).run()

        return solve_lapsing(instance, plainly, thoroughly)
    return _Solver(instance, limits, should_stop, rival).run()


def _latest(instance: Instance, rival: Rival | None) -> int:
    """The last day of an arrival that is of interest."""
    if rival is None or instance.objective != "fastest":
        return instance.last_day
    return min(instance.last_day, rival.arrival)


class _Solver:
    """One question: ``best`` is the best plan so far, ``bound`` what the first criterion is at least.

    ``nothing``: it is known that no plan is of interest. ``all_but_cost``: by the orders in which cost comes last, only
    the cost of the best plan is open. ``thorough_on``: the last arrival whose plans were looked at thoroughly.
    ``halted``: whoever asked had enough. *packages*: those of the same question by another objective, or until another
    deadline.
    """

    def __init__(
        self,
        instance: Instance,
        limits: Limits | None,
        should_stop: Stop | None,
        rival: Rival | None = None,
        packages: Packages | None = None,
    ) -> None:
        self.instance = instance
        self.limits = limits
        self.should_stop = should_stop
        self.packages = packages or Packages(problem_of(instance))
        self.problem = self.packages.problem
        self.relaxed_for = _latest(instance, rival)
        self.relaxed = Relaxed(self.problem, self.packages, self.relaxed_for)
        self.budget = BEYOND if self.problem.budget is None else self.problem.budget
        self.best: Performance | None = None
        self.bound = Fraction(0)
        self.nothing = self.all_but_cost = self.halted = False
        self.thorough_on: int | None = None
        self.rival = rival and (rival.arrival, ceil(rival.cost * self.problem.money_unit), rival.exams)
        self.lives = (limits or Limits()).lives
        self.reordered = MOST_REORDERED if (limits or Limits()).explored else FEW_REORDERED
        self.proposals = min(MOST_PROPOSALS, max(FIRST_PROPOSALS, self.lives // LIVES_A_PROPOSAL))

    def run(self) -> Outcome:
        """The answer; the best so far where it is broken off from outside."""
        try:
            return self.answer()
        except SearchStoppedError:
            return Outcome(self.plans(), False, self.bound, "stopped", self.relaxed.explored)

    def answer(self) -> Outcome:
        """Proven by bounds if that can be, else by exhaustion unless only bounds are asked."""
        first = earliest(self.relaxed) if self.relaxed.ways[self.problem.start_role] else None
        if first is None or first > self.problem.last_day:
            return Outcome((), True, None, "no-plan", self.relaxed.explored)
        if self.by_bounds(first):
            return self.proven()
        if self.nothing:
            return Outcome((), True, None, "no-plan", self.relaxed.explored)
        if self.best is None and self.instance.objective != "fastest":  # by which one has dived already
            self.dive("cost" if self.instance.objective == "cheapest" else "exams")
        if self.stopped() or (self.limits is not None and not self.limits.explored):
            return self.cut_short("limit", self.bound)
        return self.exhaust()

    def by_bounds(self, first: int) -> bool:
        """Whether a plan was found that is as good as the bounds; *first* bounds the arrival."""
        if self.instance.objective == "cheapest":
            return self.meet("cost", self.problem.last_day, idle=True)
        if self.instance.objective == "fewest-exams":
            return self.fewest_exams()
        return self.fastest(first)

    def fewest_exams(self) -> bool:
        """Fewest exams, then least arrival, then cost."""
        if self.meet("exams", self.problem.last_day, idle=False):
            return True
        values = [(one.exams, one.arrival) for one in (self.best,) if one]
        values += [(self.rival[2], self.rival[0])] if self.rival else []
        if self.nothing or not self.all_but_cost or not values:
            return False
        exams, arrival = min(values)
        return self.meet("cost-exams", arrival, idle=False, thorough=True, exams=exams)

    def fastest(self, first: int) -> bool:
        """Least arrival, then cost, then exams."""
        self.bound = Fraction(first)
        if self.rival is not None and self.rival[0] < first:
            self.nothing = True
            return False
        if self.rival is not None and self.latest() == first:  # cheap proofs were tried for the rival
            return self.meet("cost-exams", first, idle=False, thorough=True)
        if self.meet("cost-exams", first, idle=False):
            return True
        if self.best is None and self.latest() > first:
            self.dive("arrival")
            none_sooner = self.meet("arrival", self.latest(), idle=False) or (self.nothing and self.rival is not None)
            return none_sooner and self.meet("cost-exams", self.latest(), idle=False, thorough=True)
        if self.best is None and not self.nothing:
            self.dive("arrival")
        return not self.nothing and self.meet("cost-exams", self.latest(), idle=False, thorough=True)

    def latest(self) -> int:
        """The last day of arrival that is of interest: that of the best plan so far, or of the rival."""
        arrivals = [self.problem.last_day, *([self.best.arrival] if self.best else [])]
        return min([*arrivals, self.rival[0]] if self.rival else arrivals)

    def meet(self, order: Order, last_day: int, *, idle: bool, thorough: bool = False, exams: int = BEYOND) -> bool:
        """Look for plans that arrive by *last_day* until the relaxed plans are no better; whether that came about.

        *thorough*: no plan of at most so many *exams* can arrive sooner than *last_day*, and the rule against idling
        is to bound the cost.
        """
        if thorough:
            self.thorough_on = last_day
        self.relax_until(last_day)
        unidle = Unidle(self.problem, self.packages, last_day) if thorough else None
        shadows = Shadows(self.relaxed, Within(last_day, self.budget, exams), order, unidle, self.stopped)
        proposer = Proposer(self.problem, self.packages, shadows.key, idle=idle, reordered=self.reordered)
        # Where only plans of one day are looked at, what a plan of another day comes to says nothing.
        alike = self.rival is not None and self.rival[0] == last_day and exams in (BEYOND, self.rival[2])
        rivals = [shadows.key(*self.rival)] if self.rival and (order != "cost-exams" or alike) else []
        self.lower(shadows, rivals)
        left, in_vain = self.relaxed.explored + self.lives, 0
        for _ in range(FIRST_PROPOSALS if order == "cost-exams" and not thorough else self.proposals):
            if self.stopped():
                self.halted = True
                return False
            found = shadows.next(left - self.relaxed.explored)
            if found is None:
                break
            before = self.best
            self.consider(proposer.propose(found.shadow, last_day, found.key), shadows, rivals)
            self.lower(shadows, rivals)
            shadows.doubtful.append((found.key, found.shadow))
            in_vain = 0 if self.best is not before else in_vain + 1
            if in_vain >= MOST_IN_VAIN and not shadows.settled():
                break
        self.note(shadows)
        rest = shadows.bound()
        met = (rest is None or rest >= shadows.ceiling) and shadows.settled()
        self.nothing = met and self.best is None
        keys = [key for key, _ in shadows.doubtful] + ([] if rest is None else [rest])
        self.all_but_cost = all(key[:2] >= shadows.ceiling[:2] for key in keys)
        return met and self.best is not None

    def relax_until(self, last_day: int) -> None:
        """Take up the relaxed problem of arrivals by *last_day*: one narrowed to earlier ones says nothing of later."""
        if last_day != self.relaxed_for:
            self.relaxed, self.relaxed_for = Relaxed(self.problem, self.packages, last_day), last_day

    def dive(self, order: Order) -> None:
        """Some plan to begin with, where none is known: what is worse is then of no interest."""
        if self.rival is not None or self.halted:
            return
        latest = self.latest()
        self.relax_until(latest)
        shadows = Shadows(self.relaxed, Within(latest, self.budget), order, None, self.stopped)
        found = dive(shadows)
        if found is not None:
            key, shadow = found
            idle = order == "cost"
            proposer = Proposer(self.problem, self.packages, shadows.key, idle=idle, reordered=FEW_REORDERED)
            self.consider(proposer.propose(shadow, latest, key), shadows, [])

    def on_arrival(self, arrival: int, acts: list[Act]) -> tuple[list[Act], bool]:
        """The best plan known, and whether it is the best, once *acts* are known to arrive as soon as can be."""
        if self.best is None or self.best.arrival > arrival:
            plan = plan_of(self.problem, acts)
            cost = int(plan.cost * self.problem.money_unit)
            self.best = Performance(plan.arrival_day, cost, plan.exams, tuple(acts), (), {}, {}, {})
        if (arrival, self.best.arrival) == (self.thorough_on, arrival):
            return acts, False
        proven = self.meet("cost-exams", arrival, idle=False, thorough=True)
        return list(self.best.acts), proven

    def consider(self, performance: Performance | None, shadows: Shadows, rivals: list[Key]) -> None:
        """Keep a plan if it is the best so far."""
        if performance is None or performance.cost > self.budget:
            return
        value = shadows.key(performance.arrival, performance.cost, performance.exams)
        if all(value < known for known in self.known(shadows, rivals)):
            self.best = performance

    def known(self, shadows: Shadows, rivals: list[Key]) -> list[Key]:
        """What the best plan so far, and the rival, come to."""
        best = self.best
        return rivals if best is None else [*rivals, shadows.key(best.arrival, best.cost, best.exams)]

    def lower(self, shadows: Shadows, rivals: list[Key]) -> None:
        """Tell what a relaxed plan must be below to matter; of an order by arrival, only the arrival is proven."""
        for value in self.known(shadows, rivals):
            shadows.ceiling = min(shadows.ceiling, (value[0], 0, 0) if shadows.order == "arrival" else value)

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

    def fewer_exams_may_be_sooner(self) -> None:
        """Look among plans of few exams for one to begin with: where studies crowd these may arrive before others."""
        best = self.best
        if self.instance.objective != "fastest" or (best is not None and best.arrival <= self.bound):
            return
        if self.packages.coarse:  # then the fewest exams are those that are not seen
            return
        latest = self.latest() if best is None else best.arrival - 1
        asked = replace(self.instance, objective="fewest-exams", deadline_day=latest)
        other = _Solver(asked, Limits(lives=FEW_LIVES), self.should_stop, packages=self.packages)
        other.meet("exams", latest, idle=False)
        if other.best is not None and other.best.cost <= self.budget:
            self.best = other.best

    def exhaust(self) -> Outcome:
        """By exhaustive search; what was found so far stands in where that is cut short."""
        # Most questions are proven without it, and it is half of the room to import.
        from pmcareer.planning.search import solve as search

        self.fewer_exams_may_be_sooner()
        known = None if self.best is None else self.best.acts
        again = None if self.rival else self.on_arrival
        found = search(self.instance, limits=self.limits, should_stop=self.should_stop, known=known, on_arrival=again)
        if found.proven_optimal:
            return found
        bound = self.bound if found.bound is None else max(self.bound, found.bound)
        return Outcome(found.plans, False, bound, found.reason, found.explored)
