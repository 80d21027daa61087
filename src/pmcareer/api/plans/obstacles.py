"""Obstacles: why no plan exists, as every smallest set of limits whose easing allows one.

Where no limit is what stands in the way, experience may be that no role on the way gives: how much of it would do.
Each limit is eased as far as it goes to find the sets, and then only as far as is needed: the fewest years, hours a
week, the lowest degree. Easing more never takes a plan away, so supersets need no look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.compiling.relevance import moves_among, roles_between
from pmcareer.api.plans.answers import Relaxed
from pmcareer.api.plans.dating import money_of
from pmcareer.api.plans.easings import Easing, Level, experience_asked, limits_of, successors_of
from pmcareer.api.plans.solving import Briefly, solved
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, LifecycleStatus
from pmcareer.model.ids import CertificationId
from pmcareer.planning.blocking import smallest_sets
from pmcareer.planning.plan import Limits, Plan
from pmcareer.values import dataclass, field

_MOST_TOGETHER = 3
_PATIENCE = Limits(explored=1_000)
_MOST_ASKED = 12
_WHETHER = Limits(explored=300, lives=1_500)
_UNSETTLED = "whether less would do was not settled in all cases: the search was cut short"


def obstacles(
    catalog: Catalog, request: PlanRequest, compiled: Compiled
) -> tuple[tuple[Relaxed, ...], tuple[str, ...]]:
    """(every smallest set of easings that allows a plan, with that plan; what blocks in any case)."""
    looking = _Looking(catalog, replace(request, pareto=False, alternatives=1), compiled)
    easings = tuple(limits_of(catalog, request, compiled))
    retired = tuple(_retired(catalog, request, compiled))
    if looking.is_one(tuple(easing.most for easing in easings)):
        found = tuple(looking.smallest(easings))
        return found, (*retired, *([_UNSETTLED] if looking.doubts else []))
    behind = tuple(
        looking.relaxed((one,)) for one in experience_asked(catalog, request, compiled) if looking.helps(one)
    )
    return behind, (*retired, *(() if behind else _blocked(catalog, request, compiled)))


@dataclass(frozen=True, slots=True)
class _Looking:
    """The question, asked again with limits eased."""

    catalog: Catalog
    request: PlanRequest
    compiled: Compiled
    known: dict[tuple[str, ...], bool] = field(default_factory=dict)
    doubts: list[tuple[str, ...]] = field(default_factory=list)  # where a search ended without plan or proof

    def smallest(self, easings: tuple[Easing, ...]) -> Iterator[Relaxed]:
        """Each smallest set, every limit of it eased no further than needed."""

        def suffices(chosen: tuple[Easing, ...]) -> bool:
            return bool(chosen) and self.is_one(tuple(easing.most for easing in chosen))

        for chosen in smallest_sets(easings, suffices, most=_MOST_TOGETHER):
            yield self.relaxed(chosen)

    def helps(self, easing: Easing) -> bool:
        """Whether it allows a plan by itself."""
        return self.is_one((easing.most,))

    def relaxed(self, chosen: tuple[Easing, ...]) -> Relaxed:
        levels = [easing.most for easing in chosen]
        for place, easing in enumerate(chosen):
            levels[place] = self.least(easing, (*levels[:place], *levels[place + 1 :]))
        plan = self.plan(tuple(levels))
        return Relaxed(
            ease=tuple(level.text for level in levels),
            arrives=self.request.as_of + timedelta(days=plan.arrival_day),
            cost=money_of(plan.cost % UNPRICED, self.compiled.currency),
            at_least=plan.cost >= UNPRICED,
            options=tuple(level.option for level in levels),
        )

    def least(self, easing: Easing, others: tuple[Level, ...]) -> Level:
        """The first level that still allows a plan."""
        low, high = 0, len(easing.levels) - 1
        while low < high:
            middle = (low + high) // 2
            if self.is_one((*others, easing.levels[middle])):
                high = middle
            else:
                low = middle + 1
        return easing.levels[high]

    def is_one(self, levels: tuple[Level, ...]) -> bool:
        """Whether the question so eased has a plan, as far as that was found out."""
        key = tuple(sorted(level.text for level in levels))
        if key not in self.known:
            _, outcome = solved(
                self.catalog, self.eased(levels), limits=_WHETHER, thorough=False, before=self.compiled, split=False
            )
            self.known[key] = bool(outcome.plans)
            if not outcome.plans and not outcome.proven_optimal:
                self.doubts.append(key)
        return self.known[key]

    def plan(self, levels: tuple[Level, ...]) -> Plan:
        """The plan of the question so eased, which is known to have one."""
        request = self.eased(levels)
        for split, briefly in ((True, Briefly(_MOST_ASKED)), (False, None)):
            _, outcome = solved(
                *(self.catalog, request),
                limits=_PATIENCE if split else _WHETHER,
                should_stop=briefly,
                thorough=False,
                before=self.compiled,
                split=split,
            )
            if outcome.plans:
                return outcome.plans[0]
        raise AssertionError("a plan was found before")

    def eased(self, levels: tuple[Level, ...]) -> PlanRequest:
        request = self.request
        for level in levels:
            request = level.ease(request)
        return request


def _retired(catalog: Catalog, request: PlanRequest, compiled: Compiled) -> Iterator[str]:
    """What is required but can no longer be earned, by name, with what took its place."""
    held = {holding.id for holding in compiled.situation.holdings}
    for id_ in sorted(request.require - held):
        certification = catalog.certifications.get(CertificationId(id_))
        lifecycle = certification.lifecycle.on(request.as_of) if certification else None
        if lifecycle is not None and lifecycle.status is LifecycleStatus.RETIRED:
            since = _since(certification, request.as_of)
            named = " and ".join(successors_of(catalog, request, id_))
            successor = f"; its successor is {named} (--require {named.partition(' ')[0]})" if named else ""
            yield f"{id_} is retired{since} and can no longer be earned{successor}"


def _since(certification: Certification | None, day: date) -> str:
    starts = [e.start for e in certification.lifecycle if e.start and e.start <= day] if certification else []
    return f" since {starts[-1]}" if starts else ""


def _blocked(catalog: Catalog, request: PlanRequest, compiled: Compiled) -> Iterator[str]:
    """What stands in the way even where every constraint is eased."""
    start, target = compiled.situation.role, request.to
    between = roles_between(catalog, start, target)
    if not any(move.to == target for _, move in moves_among(catalog, between)):
        yield f"no ladder of the catalog leads from {start} to {target}"
        return
    yield f"ways lead from {start} to {target}, but what they ask cannot be met, even with every limit of yours eased"
    yield from (unknown.text for unknown in compiled.unknown if unknown.what == "hours")
