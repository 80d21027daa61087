"""Instances: a question in plain numbers, written for a second solver or read and solved."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import Engine, PlanRequest, situation_of
from pmcareer.api.plans.answers import CutShort
from pmcareer.api.plans.contradictions import ONE_PLAN
from pmcareer.api.plans.solving import Stop, why_cut_short
from pmcareer.errors import DataInvalidError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.planning.events import in_order_of_events
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Outcome, Plan
from pmcareer.planning.stopping import GIVEN_UP, solve_unless_stopped
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.api.plans.instance_easings import WhyNot


def instance_document_of(catalog: Catalog, request: PlanRequest) -> dict[str, Any]:
    """The compiled question as ``pmcareer.instance/1``."""
    from pmcareer.planning.instance_format import instance_document

    return instance_document(compile_question(catalog, request, situation_of(request)).instance)


@dataclass(frozen=True, slots=True)
class InstanceAnswer:
    """What is found for an instance; the steps of its plans stand in an order in which they can be done.

    ``why_not``: where it is proven that there is no plan, what would have to be eased. ``cut_short``: why the search
    ended before it had proven what it gives, as in a plan's answer.
    """

    instance: Instance
    outcome: Outcome
    cut_short: CutShort = ""
    why_not: WhyNot | None = None

    def earnings(self, plan: Plan) -> Fraction | None:
        """Pay minus costs of a plan up to the horizon, where the instance asks for that; None otherwise."""
        if self.instance.objective != "earnings":
            return None
        from pmcareer.planning.earnings import earnings_of

        return earnings_of(self.instance, plan)


def read_instance(path: Path) -> Instance:
    """The instance in a file; every problem of the file is raised at once."""
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
    return instance


def answer_instance(
    instance: Instance,
    alternatives: int = 1,
    should_stop: Stop | None = None,
    *,
    pareto: bool = False,
    engine: Engine = "search",
    brief: bool = False,
) -> InstanceAnswer:
    """The plans of an instance, or what stands in the way of any.

    *alternatives*: the best so many that differ in roles or certifications; *pareto*: one for each pair of arrival and
    cost that no other betters. Only one of the two may be asked. *engine*: as for a plan request; ``cp-sat`` looks for
    one plan. *brief*: only plans, and not why there is none.
    """
    if pareto and alternatives > 1:
        raise UsageError("--pareto and --alternatives ask for different sets of plans", hint="choose one")
    if engine == "cp-sat" and (pareto or alternatives > 1):
        raise UsageError(ONE_PLAN)
    found = _solved(instance, alternatives, should_stop, pareto=pareto, engine=engine)
    outcome = replace(found, plans=tuple(_in_order(instance, plan) for plan in found.plans))
    if outcome.plans or not outcome.proven_optimal or brief:
        return InstanceAnswer(instance, outcome, why_cut_short(outcome, should_stop))
    from pmcareer.api.plans.instance_easings import why_not

    return InstanceAnswer(instance, outcome, why_not=why_not(instance, should_stop))


def given_up(instance: Instance) -> InstanceAnswer:
    """The answer where the search was interrupted before it had anything."""
    return InstanceAnswer(instance, GIVEN_UP, "interrupted")


def _in_order(instance: Instance, plan: Plan) -> Plan:
    return replace(plan, steps=in_order_of_events(instance, plan))


def _solved(
    instance: Instance, alternatives: int, should_stop: Stop | None, *, pareto: bool, engine: Engine
) -> Outcome:
    if pareto:
        from pmcareer.planning.pareto import pareto as pairs

        return pairs(instance, should_stop=should_stop)
    if alternatives > 1:
        from pmcareer.planning.alternatives import alternatives as several

        return several(instance, alternatives, should_stop=should_stop)
    if engine == "cp-sat":
        from pmcareer.planning.cp_sat import solve_by_cp_sat

        return solve_by_cp_sat(instance, should_stop=should_stop)
    return solve_unless_stopped(instance, should_stop=should_stop)
