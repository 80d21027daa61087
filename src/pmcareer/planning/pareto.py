"""Plans to choose between: one for each pair of arrival and cost that no other plan betters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.stopping import solve_unless_stopped


def pareto(
    instance: Instance, *, limits: Limits | None = None, should_stop: Callable[[], bool] | None = None
) -> Outcome:
    """One plan for each pair (arrival, cost) to which no other is at most equal in both and less in one.

    Earliest first; studies may begin on any free day, whatever the instance's objective. ``proven_optimal`` only if
    every pair is proven and none is missing; ``bound`` is the least cost of any plan. *limits* holds for each pair.
    """
    found: list[Plan] = []
    proven, explored = True, 0
    bound: Fraction | None = None
    question = replace(instance, objective="cheapest")
    stopped = False
    while not stopped:
        outcome = solve_unless_stopped(question, limits=limits, should_stop=should_stop)
        explored += outcome.explored
        proven = proven and outcome.proven_optimal
        bound = bound if found else outcome.bound
        if not outcome.plans:
            break
        (plan,) = outcome.plans
        _add(found, plan)
        if plan.arrival_day == 0:
            break
        question = replace(question, deadline_day=plan.arrival_day - 1)
        stopped = should_stop is not None and should_stop()
    if proven and not stopped:
        return Outcome(tuple(found[::-1]), True, bound, "optimal" if found else "no-plan", explored)
    stopped = stopped or (should_stop is not None and should_stop())
    return Outcome(tuple(found[::-1]), False, bound, "stopped" if stopped else "limit", explored)


def _add(found: list[Plan], plan: Plan) -> None:
    """Keep an earlier plan, and drop the later ones that it is not dearer than (which happens only unproven)."""
    while found and found[-1].cost >= plan.cost:
        found.pop()
    found.append(plan)
