"""Pay minus costs over the whole horizon: what a plan comes to, and the plan that earns most.

What could be better is bounded by relaxed plans (planning.paid_shadows), plans are made in their likeness
(planning.paid_proposals), and where the two meet the plan is proven. Small questions are lived through whole
(planning.paid_lives).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from pmcareer.planning.instance import Instance, Objective
from pmcareer.planning.packages import Packages
from pmcareer.planning.paid_lives import exhaust
from pmcareer.planning.paid_proposals import PaidProposer
from pmcareer.planning.paid_shadows import Draft, PaidShadows, Value
from pmcareer.planning.payroll import Payroll, daily_pay
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.problem import Problem, payments_by
from pmcareer.planning.relaxed import Relaxed
from pmcareer.planning.search import SMALL_DAYS, SMALL_PAPERS
from pmcareer.planning.simulate import plan_of
from pmcareer.planning.solver import solve
from pmcareer.planning.stages import Allowance
from pmcareer.planning.track import everywhere

Stop = Callable[[], bool]
GLANCES = 8
HASTE = (2, 1, 0)
GLANCE = 16  # what part of the lives allowed goes into plans to begin with, each time
LOOK = 2  # and into the proof
MOST_PROPOSALS = 40
STAND_IN = 4
STAND_INS: tuple[Objective, ...] = ("fastest", "cheapest")


def earnings_of(instance: Instance, plan: Plan) -> Fraction:
    """Pay from day 0 to the horizon minus prices and renewals up to it, those after arrival included.

    The last role is kept after arrival. A role without stated pay counts as unpaid.
    """
    total = Fraction(0)
    role, since = instance.start.role, 0
    for day, following in [*_moves(instance, plan), (instance.horizon_days, "")]:
        total += daily_pay(instance, role) * (day - since)
        role, since = following, day
    total -= sum((step.cost for step in plan.steps if step.kind == "earn"), Fraction(0))
    earned = {**instance.start.holds, **{step.id: step.end_day for step in plan.steps if step.kind == "earn"}}
    return total - sum((_keeping(instance, name, day) for name, day in earned.items()), Fraction(0))


def _keeping(instance: Instance, name: str, earned: int) -> Fraction:
    """What keeping a certification costs from day 0 to the horizon."""
    if name in instance.start.dues:
        dues = instance.start.dues[name]
        return sum((cost for day, cost in dues if day <= instance.horizon_days), Fraction(0))
    renewal = instance.certifications[name].renewal
    if renewal is None:
        return Fraction(0)
    total = Fraction(0)
    for on, cost in renewal.payments:
        past = payments_by(-1 - earned, renewal.cycle_days, on)
        total += cost * (payments_by(instance.horizon_days - earned, renewal.cycle_days, on) - past)
    return total


def best_earning(instance: Instance, *, limits: Limits | None = None, should_stop: Stop | None = None) -> Outcome:
    """The plan of most pay minus costs, then of least arrival; ``bound`` is from above.

    Small questions are lived through whole; there the fewest exams settle what ties are left. Larger ones are proven by
    relaxed plans where a plan in their likeness is as good as all that are left; else the best plan found stands.
    """
    return _Search(instance, limits or Limits(), should_stop).run()


class _Search:
    """One question: ``best`` is the best plan so far and what it comes to, ``least`` what any plan comes to at
    least: both as a loss and a day of arrival."""

    def __init__(self, instance: Instance, limits: Limits, should_stop: Stop | None) -> None:
        self.instance = instance
        self.problem = Problem(instance)
        self.payroll = Payroll(self.problem)
        self.limits = limits
        self.should_stop = should_stop
        self.best: tuple[Value, Plan] | None = None
        self.least: Value | None = None
        self.explored = 0

    def run(self) -> Outcome:
        problem = self.problem
        if not problem.ways[problem.start_role]:
            return Outcome((), True, None, "no-plan", 0)
        if len(problem.papers) <= SMALL_PAPERS and problem.last_day <= SMALL_DAYS:
            return self.by_living()
        relaxed = Relaxed(problem, Packages(problem), problem.last_day)
        if not relaxed.ways[problem.start_role]:
            return Outcome((), True, None, "no-plan", 0)
        self.glance(relaxed)
        if self.best is None:
            self.stand_in()
        return self.outcome(proven=self.by_bounds(relaxed))

    def by_living(self) -> Outcome:
        """Every life, day by day."""
        allowance = Allowance(self.limits, self.should_stop)
        found = exhaust(self.payroll, everywhere(self.problem), allowance)
        self.explored = allowance.explored
        if found.acts is not None:
            self.take(plan_of(self.problem, found.acts))
        elif allowance.reason is not None and found.least is not None:
            self.least = found.least, 0
        return self.outcome(proven=allowance.reason is None)

    def glance(self, relaxed: Relaxed) -> None:
        """Plans to begin with, in the likeness of few relaxed plans: what is soon found first."""
        proposer = PaidProposer(self.payroll)
        for haste in HASTE:
            shadows = PaidShadows(relaxed, self.payroll, coarse=True, haste=haste)
            for _ in range(GLANCES):
                if self.best is not None:
                    shadows.ceiling = self.best[0]
                draft = shadows.next(self.limits.lives // GLANCE, self.stopped)
                if draft is None or (self.propose(proposer, draft, shadows) and not haste):
                    break
            self.explored += shadows.effort

    def by_bounds(self, relaxed: Relaxed) -> bool:
        """Whether no relaxed plan left is better than the best plan, or there is none at all."""
        shadows, proposer = PaidShadows(relaxed, self.payroll), PaidProposer(self.payroll)
        if self.best is not None:
            shadows.ceiling = self.best[0]
        doubts: list[Value] = []
        for _ in range(MOST_PROPOSALS):
            draft = shadows.next(self.limits.lives // LOOK, self.stopped)
            if draft is None:
                break
            if not self.propose(proposer, draft, shadows):
                doubts.append(draft.value)
        self.explored += shadows.effort
        rest = shadows.bound()
        self.least = min([*doubts, *([] if rest is None else [rest])], default=None)
        return self.least is None or (self.best is not None and self.least >= self.best[0])

    def propose(self, proposer: PaidProposer, draft: Draft, shadows: PaidShadows) -> bool:
        """Keep the best plan in the likeness of a draft, if it betters what is known; whether it is as good."""
        found = proposer.propose(draft)
        if found is None:
            return False
        if self.best is None or found[0] < self.best[0]:
            self.take(plan_of(self.problem, found[1].acts))
            shadows.ceiling = found[0]
        return found[0] <= draft.value

    def stand_in(self) -> None:
        """Where nothing was found in the likeness of relaxed plans: plans that are best in other ways."""
        briefly = replace(self.limits, explored=0, lives=self.limits.lives // STAND_IN)
        for objective in STAND_INS:
            question = replace(self.instance, objective=objective)
            found = solve(question, limits=briefly, should_stop=self.should_stop)
            self.explored += found.explored
            for plan in found.plans:
                self.take(plan)

    def take(self, plan: Plan) -> None:
        """Keep a plan if it is the best so far."""
        value = self.payroll.loss(earnings_of(self.instance, plan)), plan.arrival_day
        if self.best is None or value < self.best[0]:
            self.best = value, plan

    def stopped(self) -> bool:
        """Whether whoever asked has had enough."""
        return self.should_stop is not None and self.should_stop()

    def outcome(self, *, proven: bool) -> Outcome:
        """The best plan so far, and what is proven of it."""
        plans = () if self.best is None else (self.best[1],)
        if proven:
            bound = None if self.best is None else self.payroll.earnings(self.best[0][0])
            return Outcome(plans, True, bound, "optimal" if plans else "no-plan", self.explored)
        least = [value for value in (self.least, self.best and self.best[0]) if value is not None]
        bound = self.payroll.earnings(min(least)[0]) if self.least is not None else None
        return Outcome(plans, False, bound, "stopped" if self.stopped() else "limit", self.explored)


def _moves(instance: Instance, plan: Plan) -> Iterator[tuple[int, str]]:
    """Days of moves and roles entered, in an order in which each is a move of the instance."""
    waiting = [step for step in plan.steps if step.kind == "move"]
    pairs = {(move.origin, move.into) for move in instance.moves}

    def chain(role: str, left: list[tuple[int, str]]) -> list[tuple[int, str]] | None:
        if not left:
            return []
        for entry in [entry for entry in left if entry[0] == left[0][0] and (role, entry[1]) in pairs]:
            rest = list(left)
            rest.remove(entry)
            tail = chain(entry[1], rest)
            if tail is not None:
                return [entry, *tail]
        return None

    yield from chain(instance.start.role, [(step.start_day, step.id) for step in waiting]) or []
