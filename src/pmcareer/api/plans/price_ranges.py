"""Prices that decide: where sources give a range, whether another plan would be best at its other end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.compiling.prices import InCurrency
from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.api.plans.answers import DatedPlan, Decides
from pmcareer.api.plans.dating import money_of, short_names
from pmcareer.api.plans.solving import Briefly, Stop
from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Rival
from pmcareer.model.ids import CertificationId
from pmcareer.model.pricing import PriceLine
from pmcareer.money import Money
from pmcareer.planning.instance import Certification, Instance
from pmcareer.planning.plan import Limits, Plan
from pmcareer.planning.solver import solve
from pmcareer.values import dataclass

PATIENCE = Limits(explored=0, lives=60)
MOST_ASKED = 5

End = Literal["low", "high"]


def prices_that_decide(
    catalog: Catalog, request: PlanRequest, compiled: Compiled, plan: DatedPlan, should_stop: Stop | None = None
) -> tuple[Decides, ...]:
    """The prices at whose other figure a plan with other certifications would be best, one price at a time.

    Lower figures are tried for what *plan* leaves out, higher ones for what it earns.
    """
    return tuple(_Ranges(catalog, request, compiled, plan, should_stop).all())


@dataclass(frozen=True, slots=True)
class _Ranges:
    catalog: Catalog
    request: PlanRequest
    compiled: Compiled
    plan: DatedPlan
    should_stop: Stop | None

    def all(self) -> Iterator[Decides]:
        mine = set(self.plan.certifications)
        outside = [id_ for id_ in self.compiled.preparations if id_ not in mine and self.gap(id_, "low")]
        # If not even all of them together at their lowest change the plan, none does by itself.
        for id_ in sorted(set(self.best_of(outside, "low")) & set(outside)):
            yield from self.tried(id_, "low")
        for id_ in self.plan.certifications:
            if self.gap(id_, "high"):
                yield from self.tried(id_, "high")

    def tried(self, id_: CertificationId, end: End) -> Iterator[Decides]:
        """The price of one certification at the other end, if that changes the plan."""
        found = self.solved([id_], end)
        changed = found is not None and set(found.certifications) != set(self.plan.certifications)
        line, rival = self.widest(id_, end)
        if found is None or not changed or line.amount.value is None or found.cost >= UNPRICED:
            return
        yield Decides(
            certification=id_,
            what=f"{short_names(self.catalog).get(id_, id_)}: {line.what}",
            counted=line.amount.value,
            other=rival.value,
            note=rival.note,
            arrives=self.request.as_of + timedelta(days=found.arrival_day),
            cost=money_of(found.cost, self.compiled.currency),
            certifications=tuple(CertificationId(c) for c in found.certifications),
        )

    def best_of(self, ids: list[CertificationId], end: End) -> tuple[CertificationId, ...]:
        found = self.solved(ids, end) if ids else None
        return tuple(CertificationId(c) for c in found.certifications) if found else ()

    def solved(self, ids: list[CertificationId], end: End) -> Plan | None:
        """The best plan where each of *ids* costs what its prices come to at that end."""
        entries: Mapping[str, Certification] = self.compiled.instance.certifications
        instance: Instance = replace(
            self.compiled.instance,
            certifications={**entries, **{id_: self.priced(id_, entries[id_], end) for id_ in ids}},
        )
        return next(
            iter(solve(instance, limits=PATIENCE, should_stop=Briefly(MOST_ASKED, self.should_stop)).plans), None
        )

    def priced(self, id_: CertificationId, entry: Certification, end: End) -> Certification:
        base, *others = (self.moved(way.lines, end) for way in self.compiled.preparations[id_])
        variants = tuple(
            replace(variant, cost=variant.cost + by) for variant, by in zip(entry.variants, others, strict=True)
        )
        return replace(entry, cost=entry.cost + base, variants=variants)

    def gap(self, id_: CertificationId, end: End) -> bool:
        return any(self.moved(way.lines, end) for way in self.compiled.preparations[id_])

    def moved(self, lines: tuple[PriceLine, ...], end: End) -> Fraction:
        """By how much the sum of the lines changes at that end; negative at the low one."""
        return sum((self.change(line, rival) for line in lines for rival in _furthest(line, end)), Fraction(0))

    def change(self, line: PriceLine, rival: Rival[Money]) -> Fraction:
        exchange = InCurrency(self.catalog.rates, self.compiled.payer)
        counted, other = exchange(line.amount.value or rival.value), exchange(rival.value)
        return other - counted if counted is not None and other is not None else Fraction(0)

    def widest(self, id_: CertificationId, end: End) -> tuple[PriceLine, Rival[Money]]:
        """The line with the widest range, and its other end."""
        pairs = [
            (line, rival)
            for way in self.compiled.preparations[id_]
            for line in way.lines
            for rival in _furthest(line, end)
        ]
        return max(pairs, key=lambda pair: abs(self.change(*pair)))


def _furthest(line: PriceLine, end: End) -> tuple[Rival[Money], ...]:
    """The lowest of the rivals below the price, or the highest of those above it; none where there is none."""
    value = line.amount.value
    if value is None:
        return ()
    same = [rival for rival in line.amount.alternatives if rival.value.currency == value.currency]
    if end == "low":
        below = [rival for rival in same if rival.value.amount < value.amount]
        return (min(below, key=lambda rival: rival.value.amount),) if below else ()
    above = [rival for rival in same if rival.value.amount > value.amount]
    return (max(above, key=lambda rival: rival.value.amount),) if above else ()
