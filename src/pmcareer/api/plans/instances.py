"""Instances: a question in plain numbers, written for a second solver or read and solved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pmcareer.api.compiling.compiling import compile_question
from pmcareer.api.compiling.questions import Engine, PlanRequest, situation_of
from pmcareer.api.plans.contradictions import ONE_PLAN
from pmcareer.api.plans.solving import Stop
from pmcareer.errors import DataInvalidError, UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.planning.plan import Outcome
from pmcareer.planning.solver import solve


def instance_document_of(catalog: Catalog, request: PlanRequest) -> dict[str, Any]:
    """The compiled question as ``pmcareer.instance/1``."""
    from pmcareer.planning.instance_format import instance_document

    return instance_document(compile_question(catalog, request, situation_of(request)).instance)


def solve_instance_file(
    path: Path,
    alternatives: int = 1,
    should_stop: Stop | None = None,
    *,
    pareto: bool = False,
    engine: Engine = "search",
) -> Outcome:
    """The outcome for an instance file; every problem of the file is raised at once.

    *alternatives*: the best so many that differ in roles or certifications; *pareto*: one for each pair of arrival and
    cost that no other betters. Only one of the two may be asked. *engine*: as for a plan request; ``cp-sat`` looks for
    one plan.
    """
    if pareto and alternatives > 1:
        raise UsageError("--pareto and --alternatives ask for different sets of plans", hint="choose one")
    if engine == "cp-sat" and (pareto or alternatives > 1):
        raise UsageError(ONE_PLAN)
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
    if pareto:
        from pmcareer.planning.pareto import pareto as pairs

        return pairs(instance, should_stop=should_stop)
    if alternatives > 1:
        from pmcareer.planning.alternatives import alternatives as several

        return several(instance, alternatives, should_stop=should_stop)
    if engine == "cp-sat":
        from pmcareer.planning.cp_sat import solve_by_cp_sat

        return solve_by_cp_sat(instance, should_stop=should_stop)
    return solve(instance, should_stop=should_stop)
