"""Planning: a request answered: solved, dated, with its assumptions and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import ceil

from pmcareer.api.compiling.compiled import UNPRICED, Compiled, Unknown
from pmcareer.api.compiling.questions import Assumption, PlanRequest
from pmcareer.api.plans.answers import DatedPlan, PlanAnswer, Relaxed
from pmcareer.api.plans.dating import dated, money_of, moves_in_order, role_name, short_names
from pmcareer.api.plans.explaining import taken_as_met
from pmcareer.api.plans.solving import Stop, solved, why_cut_short
from pmcareer.api.plans.vintage import aged
from pmcareer.model.catalog import Catalog
from pmcareer.planning.plan import Outcome


def answer_plan(catalog: Catalog, request: PlanRequest, should_stop: Stop | None = None) -> PlanAnswer:
    """The best plan for *request* with its reasons, or the plans to choose between, or why there is none.

    *should_stop* is asked now and then; once it says yes, the best so far is given with its bound.
    """
    return _answered(catalog, request, should_stop)[0]


def advise_plan(catalog: Catalog, request: PlanRequest, should_stop: Stop | None = None) -> PlanAnswer:
    """As ``answer_plan``; the first plan with what would help, and with the prices that decide between plans."""
    answer, compiled = _answered(catalog, request, should_stop)
    if not answer.plans or answer.cut_short == "interrupted":
        return answer
    from pmcareer.api.plans.helping import would_help
    from pmcareer.api.plans.price_ranges import prices_that_decide

    first, *others = answer.plans
    first = replace(first, would_help=would_help(catalog, request, compiled, first, should_stop))
    decides = () if request.pareto else prices_that_decide(catalog, request, compiled, first, should_stop)
    return replace(answer, plans=(first, *others), price_decides=decides)


def _answered(catalog: Catalog, request: PlanRequest, should_stop: Stop | None) -> tuple[PlanAnswer, Compiled]:
    compiled, outcome = solved(catalog, request, should_stop=should_stop)
    plans = tuple(
        _proven(dated(catalog, request, compiled, plan), outcome, first=plan is outcome.plans[0])
        for plan in outcome.plans
    )
    plans = _with_risk(catalog, request, compiled, outcome, plans)
    bound = bound_in_words(request, compiled, outcome)
    cut_short = why_cut_short(outcome, should_stop)
    why_not, blocked = _obstacles(catalog, request, compiled) if not plans and cut_short != "interrupted" else ((), ())
    if not plans and cut_short:
        told = f"the search was cut short before it found a plan: there may be one{f' ({bound})' if bound else ''}"
        blocked = (told, *blocked)
    answer = PlanAnswer(
        as_of=request.as_of,
        start=compiled.situation.role,
        target=request.to,
        start_name=role_name(catalog, compiled.situation.role),
        target_name=role_name(catalog, request.to),
        objective=request.objective,
        hours_per_week=compiled.situation.hours_per_week,
        plans=plans,
        proven_optimal=outcome.proven_optimal and not any(plan.at_least for plan in plans[:1]),
        bound=bound,
        assumptions=_assumptions(catalog, request, compiled, outcome, plans),
        unknown=tuple(_unknown(compiled, plans)),
        rates=compiled.rates,
        names={**short_names(catalog), **_experience_names(catalog)},
        why_not=why_not,
        blocked=blocked,
        pareto=request.pareto,
        cut_short=cut_short,
        role_names={role: role_name(catalog, role) for plan in plans for role in plan.roles},
        day_proven=request.objective == "fastest" and not request.pareto and outcome.day_proven,
    )
    return answer, compiled


def _proven(plan: DatedPlan, outcome: Outcome, *, first: bool) -> DatedPlan:
    proven = outcome.proven_optimal or (first and outcome.first_proven)
    return replace(plan, proven=proven and not plan.at_least)


def _assumptions(
    catalog: Catalog, request: PlanRequest, compiled: Compiled, outcome: Outcome, plans: Sequence[DatedPlan]
) -> tuple[Assumption, ...]:
    """Everything taken for granted, each once."""
    met = [
        assumption
        for plan in outcome.plans
        for assumption in taken_as_met(catalog, compiled, plan, moves_in_order(compiled, plan))
    ]
    return tuple(dict.fromkeys((*compiled.assumptions, *aged(request.as_of, plans), *joined(plans), *met)))


def joined(plans: Sequence[DatedPlan]) -> Iterator[Assumption]:
    """That a year of membership is weighed for one award only, where a plan joins."""
    for line in (line for plan in plans for line in plan.cost_lines if line.joins):
        text = f"{line.what} is counted for that award alone: other fees of that year may be lower"
        yield Assumption(text, "--member ID")


def _with_risk(
    catalog: Catalog, request: PlanRequest, compiled: Compiled, outcome: Outcome, plans: Sequence[DatedPlan]
) -> tuple[DatedPlan, ...]:
    """The plans with the risk of each, where it was asked for."""
    if request.risk is None:
        return tuple(plans)
    from pmcareer.api.plans.risk import risk_of

    pairs = zip(plans, outcome.plans, strict=False)
    return tuple(
        replace(shown, risk=risk_of(catalog, request, compiled, plan, request.risk)) if plan.steps else shown
        for shown, plan in pairs
    )


def _obstacles(
    catalog: Catalog, request: PlanRequest, compiled: Compiled
) -> tuple[tuple[Relaxed, ...], tuple[str, ...]]:
    from pmcareer.api.plans.obstacles import obstacles

    return obstacles(catalog, request, compiled)


def _experience_names(catalog: Catalog) -> Mapping[str, str]:
    kinds = catalog.experience_kinds.values()
    return {f"experience/{kind.id}": kind.name[:1].lower() + kind.name[1:] for kind in kinds}


def _unknown(compiled: Compiled, plans: Sequence[DatedPlan]) -> Iterator[Unknown]:
    """What is not known, and whether the plan given rests on it."""
    names = {step.id for plan in plans for step in plan.steps if not step.priced}
    passed = {role for plan in plans for role in plan.roles}
    earned = {c for plan in plans for c in plan.certifications}
    for unknown in compiled.unknown:
        rests_on = earned if unknown.what in ("renewal", "lead") else passed if unknown.what == "pay" else names
        rests = unknown.id in rests_on
        yield replace(unknown, in_plan=rests)


def bound_in_words(request: PlanRequest, compiled: Compiled, outcome: Outcome) -> str:
    """What is proven of every plan: none arrives earlier, costs less, takes fewer exams, earns more."""
    if outcome.bound is None:
        return ""
    if request.objective == "fastest" and not request.pareto:
        if outcome.bound > compiled.instance.last_day:
            return ""  # as far as that is proven, no plan arrives in time at all
        day = request.as_of + timedelta(days=ceil(outcome.bound))
        return f"no plan arrives before {day.isoformat()}{_cheaper_open(outcome, outcome.bound)}"
    if request.objective == "fewest-exams" and not request.pareto:
        return f"no plan has fewer than {ceil(outcome.bound)} exam{'' if ceil(outcome.bound) == 1 else 's'}"
    if request.objective == "earnings" and not request.pareto:
        return f"no plan earns more than {money_of(outcome.bound, compiled.currency)} within the horizon"
    if outcome.bound >= UNPRICED:
        return "no plan is fully priced"
    return f"no fully priced plan costs less than {money_of(outcome.bound, compiled.currency)}"


def _cheaper_open(outcome: Outcome, bound: Fraction) -> str:
    """Where the day is proven and the cost is not, for fees and renewals that certifications may spare one another."""
    arrives_then = any(plan.arrival_day == bound for plan in outcome.plans[:1])
    return ", but a cheaper one on that day is not ruled out" if arrives_then and not outcome.proven_optimal else ""
