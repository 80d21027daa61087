"""Pay minus costs over the whole horizon: what a plan comes to, and the best of the plans worth looking at.

The search does not weigh pay day by day. What is answered is the best of the plans that are best in some other way
(each pair of arrival and cost, each without one of its roles or certifications), with an upper bound by which it can
be judged; it is proven only where it meets that bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from pmcareer.planning.instance import DAYS_PER_YEAR, Instance, Move
from pmcareer.planning.pareto import pareto
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.problem import payments_by
from pmcareer.planning.requirements import IMPOSSIBLE, least_tenure
from pmcareer.planning.solver import solve

TRADEOFFS = 1
"""The place among the candidates of the pairs of arrival and cost, whose bound is the least that any plan costs."""


def earnings_of(instance: Instance, plan: Plan) -> Fraction:
    """Pay from day 0 to the horizon minus prices and renewals up to it, those after arrival included.

    The last role is kept after arrival. A role without stated pay counts as unpaid.
    """
    total = Fraction(0)
    role, since = instance.start.role, 0
    for day, following in [*_moves(instance, plan), (instance.horizon_days, "")]:
        total += _daily(instance, role) * (day - since)
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


def best_earning(
    instance: Instance, *, limits: Limits | None = None, should_stop: Callable[[], bool] | None = None
) -> Outcome:
    """The plan of most pay minus costs among those looked at, then of least arrival; ``bound`` is from above."""
    bound = most = _most_pay(instance)
    explored = 0
    best: tuple[Fraction, int, Plan] | None = None
    for place, outcome in enumerate(_candidates(instance, limits, should_stop)):
        explored += outcome.explored
        if place == TRADEOFFS and outcome.bound is not None:
            bound = most - outcome.bound  # every plan costs that much
        if not outcome.plans and outcome.proven_optimal and best is None:
            return replace(outcome, explored=explored)
        for plan in outcome.plans:
            entry = (-earnings_of(instance, plan), plan.arrival_day, plan)
            best = entry if best is None or entry[:2] < best[:2] else best
    if best is None:
        return Outcome((), False, bound, "limit", explored)
    proven = -best[0] == bound
    return Outcome((best[2],), proven, bound, "optimal" if proven else "limit", explored)


def _candidates(instance: Instance, limits: Limits | None, should_stop: Callable[[], bool] | None) -> Iterator[Outcome]:
    """Plans that are best in some way; the first outcome decides whether there is any."""
    fastest = replace(instance, objective="fastest")
    first = solve(fastest, limits=limits, should_stop=should_stop)
    yield first
    yield pareto(instance, limits=limits, should_stop=should_stop)
    for plan in first.plans:
        for role in dict.fromkeys(plan.roles[:-1]):
            moves = tuple(move for move in instance.moves if role not in (move.origin, move.into))
            yield solve(replace(fastest, moves=moves), limits=limits, should_stop=should_stop)
        for name in plan.certifications:
            barred = replace(instance.certifications[name], eligibility=IMPOSSIBLE)
            entries = {**instance.certifications, name: barred}
            yield solve(replace(fastest, certifications=entries), limits=limits, should_stop=should_stop)


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


def _daily(instance: Instance, role: str) -> Fraction:
    return (instance.roles[role].pay_per_year or Fraction(0)) / DAYS_PER_YEAR


def _most_pay(instance: Instance) -> Fraction:
    """Pay if every day were spent in the best paid role that tenure alone could allow by then, at no cost."""
    first = {instance.start.role: 0}
    agenda: list[tuple[str, int]] = [(instance.start.role, 0)]
    out: dict[str, list[Move]] = {}
    for move in instance.moves:
        out.setdefault(move.origin, []).append(move)
    while agenda:
        role, day = agenda.pop()
        spent = instance.start.tenure_days if role == instance.start.role else 0
        for move in out.get(role, ()):
            tenure = 0 if move.requires is None else least_tenure(move.requires)
            reached = day + max(0, tenure - spent)
            if reached < first.get(move.into, instance.horizon_days + 1):
                first[move.into] = reached
                agenda.append((move.into, reached))
    total, best, since = Fraction(0), Fraction(0), 0
    for role, day in sorted(first.items(), key=lambda entry: entry[1]):
        total += best * (day - since)
        best, since = max(best, _daily(instance, role)), day
    return total + best * (instance.horizon_days - since)
