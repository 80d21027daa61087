"""Obstacles: why no plan exists, as every smallest set of constraints whose easing allows one.

The constraints are those that the asker set or is bound by: deadline, budget, what is avoided or required, hours a
week, horizon, education, upkeep of what is held. Easing more never takes a plan away, so supersets need no look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import combinations

from pmcareer.api.answers import Relaxed
from pmcareer.api.compiling import UNPRICED, Compiled, compile_question
from pmcareer.api.questions import PlanRequest, situation_of
from pmcareer.api.relevance import roles_between
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import EducationHeld
from pmcareer.model.requirements import EducationLevel
from pmcareer.money import Money
from pmcareer.planning.plan import Limits, Outcome
from pmcareer.planning.solver import solve
from pmcareer.values import dataclass

MOST_HOURS = Decimal(40)
LONGEST_HORIZON = 60
_MOST_TOGETHER = 3
_PATIENCE = Limits(explored=5_000)


@dataclass(frozen=True, slots=True)
class Easing:
    """One constraint and the request without it."""

    text: str
    ease: Callable[[PlanRequest], PlanRequest]


def obstacles(
    catalog: Catalog, request: PlanRequest, compiled: Compiled
) -> tuple[tuple[Relaxed, ...], tuple[str, ...]]:
    """(every smallest set of easings that allows a plan, with that plan; what blocks where none does)."""
    easings = tuple(_easings(request, compiled))
    if not _solved(catalog, request, easings).plans:
        return (), tuple(_blocked(catalog, request, compiled))
    return tuple(_smallest(catalog, request, compiled, easings)), ()


def _smallest(
    catalog: Catalog, request: PlanRequest, compiled: Compiled, easings: tuple[Easing, ...]
) -> Iterator[Relaxed]:
    found: list[frozenset[str]] = []
    for size in range(1, len(easings) + 1):
        if size > _MOST_TOGETHER and found:
            return
        for chosen in combinations(easings, size):
            texts = frozenset(easing.text for easing in chosen)
            if any(smaller <= texts for smaller in found):
                continue
            if plans := _solved(catalog, request, chosen).plans:
                found.append(texts)
                known = plans[0].cost % UNPRICED
                yield Relaxed(
                    ease=tuple(easing.text for easing in chosen),
                    arrives=request.as_of + timedelta(days=plans[0].arrival_day),
                    cost=Money(Decimal(known.numerator) / Decimal(known.denominator), compiled.currency),
                    at_least=plans[0].cost >= UNPRICED,
                )


def _solved(catalog: Catalog, request: PlanRequest, easings: tuple[Easing, ...]) -> Outcome:
    for easing in easings:
        request = easing.ease(request)
    return solve(compile_question(catalog, request, situation_of(request)).instance, limits=_PATIENCE)


def _easings(request: PlanRequest, compiled: Compiled) -> Iterator[Easing]:
    situation = compiled.situation
    if request.by:
        yield Easing(f"an arrival after {request.by}", lambda r: replace(r, by=None))
    if budget := request.budget or request.profile.study.budget:
        yield Easing(f"a budget above {budget}", _without_budget)
    yield from (Easing(f"{id_} allowed", partial(_allowing, id_)) for id_ in sorted(request.avoid))
    yield from (Easing(f"{id_} not required", partial(_not_requiring, id_)) for id_ in sorted(request.require))
    for holding in situation.holdings:
        if not holding.let_lapse and holding.id in compiled.renewals:
            yield Easing(f"{holding.id} left to lapse", partial(_letting_lapse, holding.id))
    if situation.hours_per_week < Fraction(MOST_HOURS):
        yield Easing(f"{MOST_HOURS} hours of study a week", lambda r: replace(r, hours_per_week=MOST_HOURS))
    if situation.education.level is not EducationLevel.DOCTORATE:
        best = EducationHeld(EducationLevel.DOCTORATE, accredited=True)
        yield Easing("a higher degree", lambda r: replace(r, education=best))
    if request.horizon_years < LONGEST_HORIZON:
        yield Easing(f"a horizon of {LONGEST_HORIZON} years", lambda r: replace(r, horizon_years=LONGEST_HORIZON))


def _without_budget(request: PlanRequest) -> PlanRequest:
    study = replace(request.profile.study, budget=None)
    return replace(request, budget=None, profile=replace(request.profile, study=study))


def _allowing(id_: str, request: PlanRequest) -> PlanRequest:
    return replace(request, avoid=request.avoid - {id_})


def _not_requiring(id_: str, request: PlanRequest) -> PlanRequest:
    return replace(request, require=request.require - {id_})


def _letting_lapse(id_: CertificationId, request: PlanRequest) -> PlanRequest:
    return replace(request, let_lapse=request.let_lapse | {id_})


def _blocked(catalog: Catalog, request: PlanRequest, compiled: Compiled) -> Iterator[str]:
    """What stands in the way even where every constraint is eased."""
    start, target = compiled.situation.role, request.to
    between = roles_between(catalog, start, target)
    if not any(a in between and b == target for a, b in compiled.moves):
        yield f"no ladder of the catalog leads from {start} to {target}"
        return
    yield f"ways lead from {start} to {target}, but what they ask cannot be met, even with every limit of yours eased"
    yield from (unknown.text for unknown in compiled.unknown if unknown.what == "hours")
