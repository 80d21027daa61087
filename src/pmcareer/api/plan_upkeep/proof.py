"""The best plan by what upkeep really costs: candidates are priced by the renewal engine, and held against a bound.

The search weighs each certification's upkeep by itself. Where certifications renew one another or share fees, plans
are sought once more with the least that upkeep can cost; where the engine's price of the best stays above that, the
question is split by whether the certifications that could spare something are earned, until the bounds meet, or the
gap is reported. See docs/decisions/0016-renewals-inside-plans.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.plan_upkeep.history import with_upkeep
from pmcareer.api.plan_upkeep.joint import Joined, at_least, component, due_by, joined, with_any, without
from pmcareer.model.catalog import Catalog
from pmcareer.planning.detours import without_detours
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.requirements import IMPOSSIBLE
from pmcareer.planning.solver import Rival
from pmcareer.planning.solver import solve as solve_instance
from pmcareer.values import dataclass, field

MOST_PARTS = 24
"""So many parts of a question are looked at; what is then still open is reported as the gap."""

BY_BOUNDS = Limits(explored=0, lives=500)
"""How much of a part is looked at for its bound: one that takes longer than the answer is not worth waiting for."""

FULLY_PRICED = UNPRICED / 20
"""What no plan reaches whose prices are all known."""

Solve = Callable[[Instance], Outcome]
Rank = tuple[Fraction, Fraction, Fraction]


class Part(NamedTuple):
    """Some of the plans of a question, and what they come to at least.

    ``latest``: certifications that they earn after everything that could spare these a payment.
    """

    instance: Instance
    least: Rank
    latest: frozenset[str] = frozenset()


def best_with_upkeep(catalog: Catalog, compiled: Compiled, solve: Solve) -> Outcome:
    """The outcome of *solve* for the question, its plan the best by the engine's upkeep as far as that can be proven.

    ``bound`` is of the first criterion, as ever; ``proven_optimal`` is given up where another plan might cost less.
    """
    first = solve(compiled.instance)
    if compiled.instance.objective == "earnings" or not (first.plans or compiled.instance.budget is not None):
        return first
    if first.reason == "stopped":  # whoever asked has had enough
        return first
    return _Proof(catalog, compiled, solve, first).run()


@dataclass(slots=True)
class _Proof:
    """One question. ``best`` is the best plan so far, with the engine's upkeep; ``gaps`` ranks what is left open."""

    catalog: Catalog
    compiled: Compiled
    solve: Solve
    first: Outcome
    best: Plan | None = None
    gaps: list[Rank] = field(default_factory=list)
    explored: int = 0

    def run(self) -> Outcome:
        """The outcome."""
        for plan in self.first.plans:
            self.consider(plan)
        effects = self.effects()
        whole = Part(self.compiled.instance, (Fraction(0), Fraction(0), Fraction(0)))
        narrowed, loose = self.least(whole, effects)
        if loose is narrowed and not self.unpriced():
            self.note(self.first)
            return self.outcome()
        parts = self.split(whole, effects)
        for _ in range(MOST_PARTS):
            if parts:
                parts.sort(key=lambda part: part.least, reverse=True)
                parts += self.split(parts.pop(), effects)
        self.gaps += [part.least for part in parts if self.best is None or part.least < self.rank(self.best)]
        return self.outcome()

    def unpriced(self) -> bool:
        """Whether a price of the best so far is not known: then only plans whose prices all are could be better."""
        return self.best is not None and self.best.cost >= UNPRICED

    def effects(self) -> Joined:
        """The joint effects, where anything is due at all."""
        instance = self.compiled.instance
        last_day = instance.last_day
        if self.best is not None and instance.objective == "fastest":
            last_day = self.best.arrival_day
        held = any(day <= last_day for dues in instance.start.dues.values() for day, _ in dues)
        due = held or any(due_by(instance, entry, last_day) for entry in instance.certifications.values())
        return joined(self.catalog, instance) if due else Joined({}, {})

    def consider(self, plan: Plan) -> Plan:
        """The plan as the engine has it; kept if it is the best so far and within the budget."""
        exact, _ = with_upkeep(self.catalog, self.compiled, plan)
        budget = self.compiled.instance.budget
        if (budget is None or exact.cost <= budget) and (self.best is None or self.rank(exact) < self.rank(self.best)):
            self.best = exact
        return exact

    def rank(self, plan: Plan) -> Rank:
        """What is to be least, by the objective."""
        arrival, exams = Fraction(plan.arrival_day), Fraction(plan.exams)
        if self.compiled.instance.objective == "cheapest":
            return plan.cost, arrival, exams
        if self.compiled.instance.objective == "fewest-exams":
            return exams, arrival, plan.cost
        return arrival, plan.cost, exams

    def least(self, whole: Part, effects: Joined) -> tuple[Instance, Instance]:
        """The part without what cannot be better than the best so far, and with the least that upkeep can cost."""
        part = whole.instance
        if self.best is not None and part.objective == "fastest":
            part = replace(part, deadline_day=min(part.last_day, self.best.arrival_day))
        if self.unpriced():
            part = replace(part, budget=FULLY_PRICED if part.budget is None else min(part.budget, FULLY_PRICED))
        elif self.best is not None and (part.objective == "cheapest" or self.on_time()):
            part = replace(part, budget=self.best.cost)
        return part, at_least(part, effects, part.last_day, whole.latest)

    def on_time(self) -> bool:
        """Whether nobody can arrive sooner than the best so far, where that is asked."""
        return self.compiled.instance.objective == "fastest" and self.first.proven_optimal

    def split(self, whole: Part, effects: Joined) -> list[Part]:
        """What is left of a part: nothing where it holds nothing better, else smaller ones, or a gap."""
        part, loose = self.least(whole, effects)
        best = self.best
        rival = None if best is None or self.unpriced() else Rival(best.arrival_day, best.cost, best.exams)
        found = solve_instance(loose, limits=BY_BOUNDS, rival=rival)
        self.explored += found.explored
        if not found.plans or not found.proven_optimal:
            self.note(found)
            return []
        plan = found.plans[0]
        if self.consider(plan) is self.best:
            self.consider(without_detours(loose, plan))
        least = self.rank(plan)
        if self.best is not None and least >= self.rank(self.best):
            return []
        spared = [name for name in plan.certifications if effects.spared_by(name)]
        idle = sorted(set(_sparing(part, plan, effects)) - {*plan.certifications})
        if idle:
            return [
                Part(without(part, idle), least, whole.latest),
                Part(with_any(part, idle), least, whole.latest),
            ]
        together = component(spared[:1], effects) & {*plan.certifications}
        if not together or whole.latest:
            self.gaps.append(least)
            return []
        last = [Part(with_any(part, [name]), least, frozenset({name})) for name in sorted(together)]
        return [Part(without(part, together), least), *last]

    def note(self, found: Outcome) -> None:
        """Remember what a search leaves open."""
        if found.plans and found.proven_optimal:
            rank = self.rank(found.plans[0])
            if self.best is None or rank < self.rank(self.best):
                self.gaps.append(rank)
        elif not found.proven_optimal:
            bound = found.bound if found.bound is not None else Fraction(0)
            self.gaps.append((bound, Fraction(0), Fraction(0)))

    def outcome(self) -> Outcome:
        """The best plan, with the least of what is left open as its bound."""
        explored = self.first.explored + self.explored
        gap = min((gap[0] for gap in self.gaps), default=None)
        if self.best is None:
            return Outcome((), gap is None, gap, "no-plan" if gap is None else "limit", explored)
        own = self.rank(self.best)[0]
        if gap is None:
            return Outcome((self.best,), True, own, "optimal", explored)
        return Outcome((self.best,), False, min(gap, own), "limit", explored)


def _sparing(part: Instance, plan: Plan, effects: Joined) -> Iterator[str]:
    """What may be earned and could spare a payment of something that the plan earns or the person holds."""
    for name in (*plan.certifications, *part.start.dues):
        for other in effects.spared_by(name):
            able = other in part.certifications and other not in part.start.holds
            if able and part.certifications[other].eligibility != IMPOSSIBLE:
                yield other
