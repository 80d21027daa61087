"""Solving a question: one plan, materially different ones, or every trade-off; none with a stop that gains nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from pmcareer.api.compiling.compiled import Compiled, role_of
from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.plan_upkeep.proof import best_with_upkeep
from pmcareer.api.plans.answers import CutShort
from pmcareer.api.plans.windows import aged_out
from pmcareer.model.catalog import Catalog
from pmcareer.planning.detours import without_detours
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome
from pmcareer.planning.solver import Rival, solve

Stop = Callable[[], bool]

# Where bounds and proposals do not meet, so many labels are looked at: then the best plan so far stands, and its bound.
PATIENCE = Limits(explored=2_000)
GLANCE, GLANCES = Limits(explored=300), 8


class Briefly:
    """Stops a search after it has asked so many times: a measure of effort that is the same on every machine."""

    def __init__(self, asked: int, should_stop: Stop | None = None) -> None:
        self._left = asked
        self._should_stop = should_stop

    def __call__(self) -> bool:
        """Whether it is enough."""
        self._left -= 1
        return self._left < 0 or (self._should_stop is not None and self._should_stop())


def why_cut_short(outcome: Outcome, should_stop: Stop | None) -> CutShort:
    """Why a search ended before it had proven what it gives; empty where it did not."""
    if outcome.proven_optimal:
        return ""
    stopped = outcome.reason == "stopped" or (should_stop is not None and should_stop())
    return "interrupted" if stopped else "patience"


def solved(
    catalog: Catalog,
    request: PlanRequest,
    *,
    limits: Limits = PATIENCE,
    should_stop: Stop | None = None,
    thorough: bool = True,
    rival: Rival | None = None,
    before: Compiled | None = None,
    split: bool = True,
) -> tuple[Compiled, Outcome]:
    """Solve; where dated experience would have aged out of its window by the day it is needed, solve without it.

    Each round takes days away that do not count on the day of an application, so the rounds end. What such a round
    finds is not proven: a plan that uses those days earlier may have been missed. *thorough*: no plan stops where it
    gains nothing (see planning.detours), and is the best by the upkeep of the renewal engine too (see upkeep_proof).
    *rival*: only better plans than this are of interest (see planning.solver). *before*: as for ``compile_question``.
    With a niche, what is compiled is the question for the certification that serves it best; not *split*: for any that
    serves it, which finds a plan sooner and proves one later.
    """
    if split and (request.niche or request.profile.niche):
        from pmcareer.api.plans.niches import best_of, still_open

        def glance(one: PlanRequest) -> tuple[Compiled, Outcome]:
            return _solved(catalog, one, GLANCE, Briefly(GLANCES, should_stop), thorough=False)

        def solve_one(one: PlanRequest) -> tuple[Compiled, Outcome]:
            return _solved(catalog, one, limits, should_stop, thorough=thorough, rival=rival, before=before)

        if still_open(catalog, request):
            return best_of(catalog, request, glance, solve_one)
    return _solved(catalog, request, limits, should_stop, thorough=thorough, rival=rival, before=before)


def _solved(
    catalog: Catalog,
    request: PlanRequest,
    limits: Limits,
    should_stop: Stop | None,
    *,
    thorough: bool,
    rival: Rival | None = None,
    before: Compiled | None = None,
) -> tuple[Compiled, Outcome]:
    def solve_one(asked: PlanRequest) -> tuple[Compiled, Outcome]:
        return _solved_once(catalog, asked, limits, should_stop, thorough=thorough, rival=rival, before=before)

    if not request.let_lapse:
        return solve_one(request)
    from pmcareer.api.plans.lapsing_awards import solved_letting_lapse

    return solved_letting_lapse(catalog, request, solve_one)


def _solved_once(
    catalog: Catalog,
    request: PlanRequest,
    limits: Limits,
    should_stop: Stop | None,
    *,
    thorough: bool,
    rival: Rival | None = None,
    before: Compiled | None = None,
) -> tuple[Compiled, Outcome]:
    compiled = compile_question(catalog, request, situation_of(request), before=before)

    def best() -> Outcome:
        def solve_one(instance: Instance) -> Outcome:
            return _chosen(request, instance, limits, should_stop, thorough=thorough, rival=rival)

        many = request.pareto or request.alternatives > 1 or not thorough
        return solve_one(compiled.instance) if many else best_with_upkeep(catalog, compiled, solve_one)

    first = outcome = best()
    while stale := _stale(catalog, compiled, outcome):
        compiled = compile_question(catalog, request, compiled.situation, stale, before=compiled)
        outcome = best()
        if outcome.plans:
            outcome = replace(outcome, proven_optimal=False, bound=first.bound, reason="limit")
    return compiled, outcome


def _stale(catalog: Catalog, compiled: Compiled, outcome: Outcome) -> Mapping[int, date]:
    return next((stale for plan in outcome.plans if (stale := aged_out(catalog, compiled, plan))), {})


def _chosen(
    request: PlanRequest,
    instance: Instance,
    limits: Limits,
    should_stop: Stop | None,
    *,
    thorough: bool,
    rival: Rival | None,
) -> Outcome:
    if request.pareto:
        from pmcareer.planning.tradeoffs import tradeoffs

        idling = replace(instance, objective="cheapest")
        return _plain(idling, tradeoffs(instance, limits=limits, should_stop=should_stop), should_stop)
    if request.alternatives > 1:
        from pmcareer.planning.distinct import distinct

        return distinct(instance, request.alternatives, role=role_of, limits=limits, should_stop=should_stop)
    if request.engine == "cp-sat" and thorough and rival is None:
        from pmcareer.planning.cp_sat import solve_by_cp_sat

        outcome = solve_by_cp_sat(instance, limits=limits, should_stop=should_stop)
    else:
        outcome = solve(instance, limits=limits, should_stop=should_stop, rival=rival)
    return outcome if instance.objective == "earnings" or not thorough else _plain(instance, outcome, should_stop)


def _plain(instance: Instance, outcome: Outcome, should_stop: Stop | None) -> Outcome:
    return replace(outcome, plans=tuple(without_detours(instance, plan, should_stop) for plan in outcome.plans))
