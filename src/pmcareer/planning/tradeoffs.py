"""The trade-offs between time, money and exams: every plan that no other betters in one without being worse in another.

Exams are weighed as money: a price on each, so small that it only decides ties, so large that nothing outweighs it,
or such that a plan between two known ones would show. Deadlines are drawn in until no plan is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from pmcareer.planning.instance import Certification, Instance
from pmcareer.planning.plan import Limits, Outcome, Plan, Step
from pmcareer.planning.solver import solve

DEAR = Fraction(10**15)  # more than all that a plan can cost, unknown prices included
CHEAP = Fraction(1, 10**6)  # less than a cent, however many exams

Value = tuple[int, Fraction, int]


def tradeoffs(
    instance: Instance, *, limits: Limits | None = None, should_stop: Callable[[], bool] | None = None
) -> Outcome:
    """One plan for each (arrival, cost, exams) to which no other is at most equal in all three and less in one.

    Earliest first; studies may begin on any free day, whatever the instance's objective. ``proven_optimal`` only if
    each is proven and none can be missing; ``bound`` is the least cost of any plan.
    """
    return _Tradeoffs(instance, limits, should_stop).run()


def value(plan: Plan) -> Value:
    """What is traded: arrival day, cost, exams."""
    return plan.arrival_day, plan.cost, plan.exams


class _Tradeoffs:
    """Plans found so far, by their values."""

    def __init__(self, instance: Instance, limits: Limits | None, should_stop: Callable[[], bool] | None) -> None:
        self.instance = replace(instance, objective="cheapest")
        self.limits, self.should_stop = limits, should_stop
        self.explored = 0
        self.proven = True
        self.found: dict[Value, Plan] = {}

    def run(self) -> Outcome:
        last_day, bound = self.instance.last_day, None
        while last_day >= 0 and not self.stopped():
            here = self.up_to(last_day)
            if not here:
                break
            bound = min((plan.cost for plan in here), default=None) if bound is None else bound
            self.found.update((value(plan), plan) for plan in here)
            last_day = max(plan.arrival_day for plan in here) - 1
        plans = tuple(self.found[key] for key in sorted(unbettered(self.found)))
        if self.stopped() or not self.proven:
            return Outcome(plans, False, None, "stopped" if self.stopped() else "limit", self.explored)
        return Outcome(plans, True, bound, "optimal" if plans else "no-plan", self.explored)

    def up_to(self, last_day: int) -> list[Plan]:
        """The trade-offs of cost and exams among the plans that arrive by *last_day*."""
        cheap = self.best(last_day, CHEAP)
        if cheap is None:
            return []
        few = self.fewest(last_day)
        if few is None or few.exams >= cheap.exams:
            return [cheap]
        return [cheap, *self.between(last_day, cheap, few), few]

    def between(self, last_day: int, cheap: Plan, few: Plan) -> list[Plan]:
        """Plans with fewer exams than *cheap*, and cheaper than *few*."""
        if cheap.exams - few.exams < 2 or self.stopped():
            return []
        each = (few.cost - cheap.cost) / (cheap.exams - few.exams)
        plan = self.best(last_day, each)
        if plan is None or plan.cost + each * plan.exams >= cheap.cost + each * cheap.exams:
            self.proven = False  # one above the line between the two may be there
            return []
        return [*self.between(last_day, cheap, plan), plan, *self.between(last_day, plan, few)]

    def fewest(self, last_day: int) -> Plan | None:
        """The plan with the fewest exams, then the cheapest; of one within the budget only that, if it is the case."""
        plan = self.best(last_day, DEAR)
        budget = self.instance.budget
        if plan is None or budget is None or plan.cost <= budget:
            return plan
        self.proven = False
        outcome = self.solve(replace(self.instance, objective="fewest-exams", deadline_day=last_day))
        return next(iter(outcome.plans), None)

    def best(self, last_day: int, each: Fraction) -> Plan | None:
        """The plan that costs least where each exam costs *each* more."""
        budget = self.instance.budget
        if budget is not None:
            budget = budget + each * len(self.instance.certifications)
        entries = {name: _dearer(entry, each) for name, entry in self.instance.certifications.items()}
        question = replace(self.instance, certifications=entries, budget=budget, deadline_day=last_day)
        outcome = self.solve(question)
        return next((_cheaper(plan, each) for plan in outcome.plans), None)

    def solve(self, question: Instance) -> Outcome:
        outcome = solve(question, limits=self.limits, should_stop=self.should_stop)
        self.explored += outcome.explored
        self.proven = self.proven and outcome.proven_optimal
        return outcome

    def stopped(self) -> bool:
        return self.should_stop is not None and self.should_stop()


def unbettered(values: Iterable[Value]) -> list[Value]:
    """The values that no other is at most equal to in all three."""
    known = list(values)
    return [v for v in known if not any(w != v and _no_worse(w, v) for w in known)]


def _no_worse(one: Value, other: Value) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and one[2] <= other[2]


def _dearer(entry: Certification, each: Fraction) -> Certification:
    variants = tuple(replace(variant, cost=variant.cost + each) for variant in entry.variants)
    return replace(entry, cost=entry.cost + each, variants=variants)


def _cheaper(plan: Plan, each: Fraction) -> Plan:
    """The plan at its own prices."""

    def own(step: Step) -> Step:
        return replace(step, cost=step.cost - each) if step.kind == "earn" else step

    return replace(plan, cost=plan.cost - each * plan.exams, steps=tuple(own(step) for step in plan.steps))
