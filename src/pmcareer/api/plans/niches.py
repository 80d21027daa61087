"""Niches: a question with a niche is one question for each certification that serves it; the best answer counts.

One certification held on arrival is what is asked, whichever it is; asked one by one, the planner proves each in a
moment, where the choice among a dozen would keep it long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pmcareer.api.compiling.compiled import Compiled, role_of
from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.compiling.relevance import serving
from pmcareer.api.plans.easings import without_niche
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, NicheId
from pmcareer.planning.detours import without_detours
from pmcareer.planning.distinct import parts_of, rank
from pmcareer.planning.plan import Outcome, Plan, Reason
from pmcareer.planning.replay import check
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
    others = [(whole, one) for question, whole, one in answers if question != best]
    if request.pareto or request.alternatives > 1:
        wider = compile_question(catalog, request, situation_of(request))
        several = _pareto(wider, outcome, others) if request.pareto else _distinct(request, wider, outcome, others)
        # What serves the niche in whatever way is known to the question that asks for any of it, and to no other.
        compiled, outcome = (compiled if several.plans == outcome.plans else wider), several
    return compiled, _unproven(compiled, outcome, [one for _, one in others])


def _pareto(wider: Compiled, outcome: Outcome, others: list[Solved]) -> Outcome:
    lawful = [plan for _, one in others for plan in one.plans if _lawful(wider, plan)]
    by_value = {value(plan): plan for plan in (*lawful, *outcome.plans)}
    return replace(outcome, plans=tuple(by_value[key] for key in sorted(unbettered(by_value))))


def _distinct(request: PlanRequest, wider: Compiled, outcome: Outcome, others: list[Solved]) -> Outcome:
    """Plans of which none passes and earns all that a better one does: those of the best question, and the best of
    each other. Where one of these is good enough, the next of its question might be too: then only the first plan is
    proven."""
    instance, most = wider.instance, request.alternatives
    last = rank(instance, outcome.plans[-1]) if len(outcome.plans) == most else None
    rivals = [(whole, one.plans[0]) for whole, one in others if one.plans]
    sooner = [(whole, plan) for whole, plan in rivals if last is None or rank(instance, plan) < last]
    plain = [without_detours(whole.instance, plan) for whole, plan in sooner]
    chosen: list[Plan] = []
    found = [*outcome.plans, *(plan for plan in plain if _lawful(wider, plan))]
    for plan in sorted(found, key=lambda plan: rank(instance, plan)):
        parts = parts_of(instance, plan, role_of)
        if len(chosen) < most and not any(parts_of(instance, old, role_of) <= parts for old in chosen):
            chosen.append(plan)
    sure = outcome.proven_optimal and not sooner
    first = outcome.proven_optimal or outcome.first_proven
    reason: Reason = outcome.reason if sure or outcome.reason != "optimal" else "limit"
    return replace(outcome, plans=tuple(chosen), proven_optimal=sure, first_proven=first, reason=reason)


def _lawful(compiled: Compiled, plan: Plan) -> bool:
    return not check(compiled.instance, plan, idle_allowed=True)


def _unproven(compiled: Compiled, outcome: Outcome, others: list[Outcome]) -> Outcome:
    """Nothing is proven of the whole where the best plan of some question is not."""
    if all(one.proven_optimal for one in others):
        return outcome
    bounds = [one.bound for one in (outcome, *others) if one.bound is not None]
    worst = max if compiled.instance.objective == "earnings" else min
    reason: Reason = "stopped" if outcome.reason == "stopped" else "limit"
    return replace(
        outcome, proven_optimal=False, first_proven=False, bound=worst(bounds) if bounds else None, reason=reason
    )
