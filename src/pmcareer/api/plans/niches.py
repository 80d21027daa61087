"""Niches: a question with a niche is one question for each certification that serves it; the best answer counts.

One certification held on arrival is what is asked, whichever it is; asked one by one, the planner proves each in a
moment, where the choice among a dozen would keep it long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pmcareer.api.compiling.compiled import Compiled
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.compiling.relevance import serving
from pmcareer.api.plans.easings import without_niche
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, NicheId
from pmcareer.planning.distinct import rank
from pmcareer.planning.plan import Outcome, Plan, Reason
from pmcareer.planning.tradeoffs import unbettered, value

Solved = tuple[Compiled, Outcome]


def niche_of(request: PlanRequest) -> NicheId | None:
    """The niche asked for, else the profile's."""
    return request.niche or request.profile.niche


def for_one_of_niche(request: PlanRequest, certification: CertificationId) -> PlanRequest:
    """The question in which *certification* is required, instead of any that serves the niche."""
    return replace(without_niche(request), require=request.require | {certification})


def still_open(catalog: Catalog, request: PlanRequest) -> tuple[CertificationId, ...]:
    """What could serve the niche of *request*; empty where there is no niche, or one that serves it is held."""
    niche = niche_of(request)
    if niche is None:
        return ()
    able = serving(catalog, niche)
    held = {holding.id for holding in situation_of(request).holdings if not holding.let_lapse}
    return () if held & set(able) else tuple(c for c in able if c not in request.avoid)


def best_of(
    catalog: Catalog,
    request: PlanRequest,
    glance: Callable[[PlanRequest], Solved],
    solve_one: Callable[[PlanRequest], Solved],
) -> Solved:
    """The best plan, or the best set of plans, over the certifications that serve the niche.

    *glance* answers the question with one of them required, without much effort; *solve_one* with all there is: for
    the best of them, and for *request* itself where none leads to a plan.
    """
    questions = [for_one_of_niche(request, one) for one in still_open(catalog, request)]
    answers = [(question, *glance(question)) for question in questions]
    found = [answer for answer in answers if answer[2].plans]
    if not found:
        return solve_one(request)
    best, _, _ = min(found, key=lambda answer: rank(answer[1].instance, answer[2].plans[0]))
    compiled, outcome = solve_one(best)
    if request.pareto or request.alternatives > 1:
        everything = [*outcome.plans, *(plan for _, _, one in found for plan in one.plans)]
        outcome = replace(outcome, plans=_merged(request, compiled, everything))
    others = [one for question, _, one in answers if question != best]
    return compiled, outcome if all(one.proven_optimal for one in others) else _unproven(compiled, outcome, others)


def _merged(request: PlanRequest, compiled: Compiled, plans: list[Plan]) -> tuple[Plan, ...]:
    if request.pareto:
        by_value = {value(plan): plan for plan in reversed(plans)}
        return tuple(by_value[key] for key in sorted(unbettered(by_value)))
    return tuple(sorted(plans, key=lambda plan: rank(compiled.instance, plan))[: request.alternatives])


def _unproven(compiled: Compiled, outcome: Outcome, others: list[Outcome]) -> Outcome:
    bounds = [one.bound for one in (outcome, *others) if one.bound is not None]
    worst = max if compiled.instance.objective == "earnings" else min
    reason: Reason = "stopped" if outcome.reason == "stopped" else "limit"
    return replace(outcome, proven_optimal=False, bound=worst(bounds) if bounds else None, reason=reason)
