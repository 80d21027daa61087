"""Planning: a request answered: solved, dated, with its assumptions and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pmcareer.api.answers import DatedPlan, PlanAnswer, Relaxed
from pmcareer.api.compiling import UNPRICED, Compiled, Unknown, compile_question
from pmcareer.api.dating import dated, money_of, moves_in_order, role_name, short_names
from pmcareer.api.explaining import taken_as_met
from pmcareer.api.questions import PlanRequest, situation_of
from pmcareer.api.windows import aged_out
from pmcareer.errors import DataInvalidError
from pmcareer.model.catalog import Catalog
from pmcareer.planning.plan import Limits, Outcome
from pmcareer.planning.solver import solve

# Where bounds and proposals do not meet, so many labels are looked at: then the best plan so far stands, and its bound.
PATIENCE = Limits(explored=20_000)


def answer_plan(catalog: Catalog, request: PlanRequest) -> PlanAnswer:
    """The best plan for *request* with its reasons, or why there is none."""
    compiled, outcome = _solved(catalog, request)
    plans = tuple(dated(catalog, request, compiled, plan) for plan in outcome.plans[:1])
    met = [
        assumption
        for plan in outcome.plans[:1]
        for assumption in taken_as_met(catalog, compiled, plan, moves_in_order(compiled, plan))
    ]
    plans = _with_risk(catalog, request, compiled, outcome, plans)
    proven_none = not plans and outcome.proven_optimal
    why_not, blocked = _obstacles(catalog, request, compiled) if proven_none else ((), ())
    if not plans and not proven_none:
        blocked = (
            f"the search was cut short before it found a plan: there may be one ({_bound(request, compiled, outcome)})",
        )
    return PlanAnswer(
        as_of=request.as_of,
        start=compiled.situation.role,
        target=request.to,
        start_name=role_name(catalog, compiled.situation.role),
        target_name=role_name(catalog, request.to),
        objective=request.objective,
        hours_per_week=compiled.situation.hours_per_week,
        plans=plans,
        proven_optimal=outcome.proven_optimal and not any(plan.at_least for plan in plans),
        bound=_bound(request, compiled, outcome),
        assumptions=(*compiled.assumptions, *met),
        unknown=tuple(_unknown(compiled, plans)),
        rates=compiled.rates,
        names={**short_names(catalog), **_experience_names(catalog)},
        why_not=why_not,
        blocked=blocked,
    )


def _with_risk(
    catalog: Catalog, request: PlanRequest, compiled: Compiled, outcome: Outcome, plans: Sequence[DatedPlan]
) -> tuple[DatedPlan, ...]:
    """The plans with the risk of each, where it was asked for."""
    if request.risk is None:
        return tuple(plans)
    from pmcareer.api.risk import risk_of

    pairs = zip(plans, outcome.plans, strict=False)
    return tuple(
        replace(shown, risk=risk_of(catalog, request, compiled, plan, request.risk)) if plan.steps else shown
        for shown, plan in pairs
    )


def _obstacles(
    catalog: Catalog, request: PlanRequest, compiled: Compiled
) -> tuple[tuple[Relaxed, ...], tuple[str, ...]]:
    from pmcareer.api.obstacles import obstacles

    return obstacles(catalog, request, compiled)


def _experience_names(catalog: Catalog) -> Mapping[str, str]:
    kinds = catalog.experience_kinds.values()
    return {f"experience/{kind.id}": kind.name[:1].lower() + kind.name[1:] for kind in kinds}


def instance_document_of(catalog: Catalog, request: PlanRequest) -> dict[str, Any]:
    """The compiled question as ``pmcareer.instance/1``."""
    from pmcareer.planning.instance_format import instance_document

    return instance_document(compile_question(catalog, request, situation_of(request)).instance)


def solve_instance_file(path: Path) -> Outcome:
    """The outcome for an instance file; every problem of the file is raised at once."""
    from pmcareer.planning.instance_format import parse_instance
    from pmcareer.reading.json_files import read_json

    data, problems = read_json(path)
    instance = None
    if not problems.errors:
        instance, found = parse_instance(data, str(path))
        problems.extend(found)
    if instance is None or problems.errors:
        from pmcareer.api.loading import raise_for

        raise_for(problems)
        raise DataInvalidError(problems.sorted())
    return solve(instance)


def _solved(catalog: Catalog, request: PlanRequest) -> tuple[Compiled, Outcome]:
    """Solve; where dated experience would have aged out of its window by the day it is needed, solve without it.

    Each round takes days away that do not count on the day of an application, so the rounds end.
    """
    situation = situation_of(request)
    compiled = compile_question(catalog, request, situation)
    while True:
        outcome = solve(compiled.instance, limits=PATIENCE)
        stale = aged_out(catalog, compiled, outcome.plans[0]) if outcome.plans else {}
        if not stale:
            return compiled, outcome
        compiled = compile_question(catalog, request, situation, stale)


def _unknown(compiled: Compiled, plans: Sequence[DatedPlan]) -> Iterator[Unknown]:
    """What is not known, and whether the plan given rests on it."""
    names = {step.id for plan in plans for step in plan.steps if not step.priced}
    earned = {c for plan in plans for c in plan.certifications}
    for unknown in compiled.unknown:
        rests = unknown.id in (earned if unknown.what in ("renewal", "lead") else names)
        yield replace(unknown, in_plan=rests)


def _bound(request: PlanRequest, compiled: Compiled, outcome: Outcome) -> str:
    """The bound in words: no plan arrives earlier, or costs less."""
    if outcome.bound is None:
        return ""
    if request.objective == "fastest":
        day = request.as_of + timedelta(days=int(outcome.bound))
        return f"no plan arrives before {day.isoformat()}"
    if outcome.bound >= UNPRICED:
        return "no plan is fully priced"
    return f"no fully priced plan costs less than {money_of(outcome.bound, compiled.currency)}"
