"""Certifications that a plan earns and then lets lapse: nothing is paid to keep them, and they count to their last day.

The question is solved as if they held for ever, which no plan can better. Where the answer needs one of them after its
last day they are kept after all, and the answer says so (0016).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from pmcareer.api.compiling.compiled import Compiled
from pmcareer.api.compiling.questions import Assumption, PlanRequest
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding
from pmcareer.planning.instance import All, AnyOf, AtLeast, ByDay, Holds, Instance, Requirement
from pmcareer.planning.plan import Outcome, Plan
from pmcareer.planning.replay import check

Ends = Mapping[str, int]
Solve = Callable[[PlanRequest], tuple[Compiled, Outcome]]


def solved_letting_lapse(catalog: Catalog, request: PlanRequest, solve: Solve) -> tuple[Compiled, Outcome]:
    """The answer of *solve*, lawful also where what is earned and let lapse counts to its last day only."""
    compiled, outcome = solve(request)
    named = {CertificationId(name) for plan in outcome.plans for name in plan.certifications}
    earned = named & compiled.let_lapse_once_earned
    late = {
        name
        for plan in outcome.plans
        for name in sorted(earned.intersection(plan.certifications))
        if _needed_later(catalog, compiled, plan, name)
    }
    unused = [
        Assumption(f"{name} is neither held nor earned: nothing is let lapse") for name in _idle(compiled, earned)
    ]
    if not late:
        return replace(compiled, assumptions=(*compiled.assumptions, *unused)), outcome
    kept, best = solved_letting_lapse(catalog, replace(request, let_lapse=request.let_lapse - late), solve)
    said = [
        Assumption(f"{name} is kept: what would be the best plan needs it after its last day") for name in sorted(late)
    ]
    proven = best.proven_optimal and not best.plans
    best = best if proven else replace(best, proven_optimal=False, bound=outcome.bound, reason="limit")
    return replace(kept, assumptions=(*kept.assumptions, *said)), best


def _needed_later(catalog: Catalog, compiled: Compiled, plan: Plan, name: CertificationId) -> bool:
    """Whether the plan is not lawful any more where what it earns ends on its last day."""
    ends = _ends(catalog, compiled.situation.as_of, plan, {name})
    known = check(compiled.instance, plan)  # prices of renewals that the engine has already corrected
    return bool(ends) and any(one not in known for one in check(_ending(compiled.instance, ends), plan))


def _idle(compiled: Compiled, earned: set[CertificationId]) -> list[CertificationId]:
    return sorted(compiled.let_lapse_once_earned - earned)


def _ends(catalog: Catalog, as_of: date, plan: Plan, lapsing: set[CertificationId]) -> Ends:
    """The last valid day of each award that is let lapse, as the renewal engine has it; without end: not listed."""
    from pmcareer.renewals.histories import history_of
    from pmcareer.renewals.subject import subject

    ends = {}
    for step in plan.steps:
        if step.kind == "earn" and step.id in lapsing:
            entry = catalog.certifications[CertificationId(step.id)]
            day = as_of + timedelta(days=step.end_day)
            about = subject(entry, catalog.rules_of(entry), day, catalog.sources)
            latest = history_of(about, Holding(entry.id, earned=day)).latest
            if latest is not None and latest.last_day is not None:
                ends[step.id] = (latest.last_day - as_of).days
    return ends


def _ending(instance: Instance, ends: Ends) -> Instance:
    """The instance in which certifications count up to a day."""
    entries = {
        name: replace(
            entry,
            eligibility=_until(entry.eligibility, ends),
            variants=tuple(replace(variant, when=_until(variant.when, ends)) for variant in entry.variants),
        )
        for name, entry in instance.certifications.items()
    }
    moves = tuple(replace(move, requires=_until(move.requires, ends)) for move in instance.moves)
    return replace(instance, moves=moves, certifications=entries)


def _until(tree: Requirement | None, ends: Ends) -> Requirement | None:
    return None if tree is None else _part_until(tree, ends)


def _part_until(part: Requirement, ends: Ends) -> Requirement:
    match part:
        case All(parts) | AnyOf(parts) | AtLeast(parts=parts):
            return replace(part, parts=tuple(_part_until(one, ends) for one in parts))
        case Holds(name) if name in ends:
            return All((part, ByDay(ends[name])))
        case _:
            return part
