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


def obstacles(
    catalog: Catalog, request: PlanRequest, compiled: Compiled
) -> tuple[tuple[Relaxed, ...], tuple[str, ...]]:
    """(every smallest set of easings that allows a plan, with that plan; what blocks in any case)."""
    looking = _Looking(catalog, replace(request, pareto=False, alternatives=1), compiled)
    easings = tuple(limits_of(catalog, request, compiled))
    retired = tuple(_retired(catalog, request, compiled))
    if looking.plan(tuple(easing.most for easing in easings)) is not None:
        return tuple(looking.smallest(easings)), retired
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
    known: dict[tuple[str, ...], Plan | None] = field(default_factory=dict)

    def smallest(self, easings: tuple[Easing, ...]) -> Iterator[Relaxed]:
        """Each smallest set, every limit of it eased no further than needed."""

        def suffices(chosen: tuple[Easing, ...]) -> bool:
            return bool(chosen) and self.plan(tuple(easing.most for easing in chosen)) is not None

        for chosen in smallest_sets(easings, suffices, most=_MOST_TOGETHER):
            yield self.relaxed(chosen)

    def helps(self, easing: Easing) -> bool:
        """Whether it allows a plan by itself."""
        return self.plan((easing.most,)) is not None

    def relaxed(self, chosen: tuple[Easing, ...]) -> Relaxed:
        levels = [easing.most for easing in chosen]
        for place, easing in enumerate(chosen):
            levels[place] = self.least(easing, (*levels[:place], *levels[place + 1 :]))
        plan = self.plan(tuple(levels))
        assert plan is not None  # noqa: S101 (it was there with each of the levels)
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
            if self.plan((*others, easing.levels[middle])) is None:
                low = middle + 1
            else:
                high = middle
        return easing.levels[high]

    def plan(self, levels: tuple[Level, ...]) -> Plan | None:
        """The plan of the question so eased."""
        key = tuple(sorted(level.text for level in levels))
        if key not in self.known:
            self.known[key] = self._plan(levels)
        return self.known[key]

    def _plan(self, levels: tuple[Level, ...]) -> Plan | None:
        request = self.request
        for level in levels:
            request = level.ease(request)
        briefly = Briefly(_MOST_ASKED)
        _, outcome = solved(
            self.catalog, request, limits=_PATIENCE, should_stop=briefly, thorough=False, before=self.compiled
        )
        return next(iter(outcome.plans), None)


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
