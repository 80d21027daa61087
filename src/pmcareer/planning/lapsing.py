"""Questions in which something stops holding on a day: mostly it decides nothing, and that can be shown cheaply.

If what stops held forever, plans could only be better, as long as only moves ask for it; if it had never held, plans
could only be worse. Where the best of the first kind is lawful, or no better than the best of the second, it is proven.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pmcareer.planning.instance import ByDay, Instance, Requirement
from pmcareer.planning.plan import Outcome, Plan
from pmcareer.planning.replay import check
from pmcareer.planning.requirements import closings, fold, has_closings

Solve = Callable[[Instance], Outcome]


def solve_lapsing(instance: Instance, solve: Solve, thorough: Solve) -> Outcome:
    """The best plan of an instance with closings; *solve* answers those without, *thorough* this one by exhaustion."""
    only_moves = not has_closings(replace(instance, moves=()))
    least = solve(_decided(instance, holds=True)) if only_moves else None
    if least is not None and least.proven_optimal and _lawful(instance, least.plans):
        return least
    most = solve(_decided(instance, holds=False))
    if least is not None and least.proven_optimal and _lawful(instance, most.plans) and _as_good(most, least):
        return replace(most, proven_optimal=True, bound=least.bound, reason="optimal")
    exact = thorough(instance)
    known = [plan for plan in (*exact.plans, *most.plans) if _lawful(instance, (plan,))]
    if exact.proven_optimal or not known:
        return exact
    best = min(known, key=lambda plan: rank(instance, plan))
    return replace(exact, plans=(best,), reason="limit" if exact.reason == "no-plan" else exact.reason)


def rank(instance: Instance, plan: Plan) -> tuple[object, ...]:
    """What is to be least, by the instance's objective."""
    if instance.objective == "cheapest":
        return plan.cost, plan.arrival_day, plan.exams
    if instance.objective == "fewest-exams":
        return plan.exams, plan.arrival_day, plan.cost
    return plan.arrival_day, plan.cost, plan.exams


def _lawful(instance: Instance, plans: tuple[Plan, ...]) -> bool:
    """Whether there is nothing against any of *plans*."""
    return all(not check(instance, plan) for plan in plans)


def _as_good(one: Outcome, other: Outcome) -> bool:
    """Whether the plans of both are worth the same: also where neither has any."""
    if not one.plans or not other.plans:
        return not one.plans and not other.plans
    mine, theirs = one.plans[0], other.plans[0]
    return (mine.arrival_day, mine.cost, mine.exams) == (theirs.arrival_day, theirs.cost, theirs.exams)


def _decided(instance: Instance, *, holds: bool) -> Instance:
    """The instance in which everything that stops holding always holds, or never does."""

    def decided(tree: Requirement | None) -> Requirement | None:
        if not closings(tree):
            return tree
        return fold(tree, lambda leaf: holds if isinstance(leaf, ByDay) else None)

    entries = {
        name: replace(
            entry,
            eligibility=decided(entry.eligibility),
            variants=tuple(replace(variant, when=decided(variant.when)) for variant in entry.variants),
        )
        for name, entry in instance.certifications.items()
    }
    moves = tuple(replace(move, requires=decided(move.requires)) for move in instance.moves)
    return replace(instance, moves=moves, certifications=entries)
