"""Papers: what a certification takes of one person today: hours, money, days, and whether it can be earned at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from pmcareer.api.compiling.compiled import UNPRICED, Compiled
from pmcareer.api.plans.dating import money_of
from pmcareer.api.reasons.answers import Paper
from pmcareer.api.reasons.field import Field, held_on
from pmcareer.model.certifications import Certification
from pmcareer.model.figures import Provenance
from pmcareer.model.pricing import PriceLine, preparations
from pmcareer.model.sources import cite


def paper_of(field: Field, certification: Certification) -> Paper:
    """What *certification* takes, by the preparation that is lawful today and cheapest, as the planner takes it."""
    compiled, as_of = field.compiled(), field.request.as_of
    lifecycle = certification.lifecycle.on(as_of)
    since = next((s.start for s in reversed(certification.lifecycle.entries) if s.value is lifecycle), None)
    obtainable = certification.id in compiled.preparations
    hours, cost, lines = _terms(compiled, certification)
    return Paper(
        id=certification.id,
        name=certification.abbreviation or certification.name,
        lifecycle=lifecycle,
        since=since,
        hours=hours,
        hours_figure=certification.study.hours,
        cost=money_of(cost % UNPRICED, compiled.currency) if cost is not None else None,
        at_least=cost is None or cost >= UNPRICED,
        lines=lines,
        citations=tuple(cite(p, field.catalog.sources) for p in _backing(certification, lines)),
        lead_days=certification.lead_days.value,
        changes=tuple((s.start, s.value) for s in certification.lifecycle.after(as_of) if s.start),
        obtainable=obtainable,
        reached=field.held(certification.id) if obtainable else None,
    )


def _backing(certification: Certification, lines: Iterable[PriceLine]) -> Iterator[Provenance]:
    yield certification.study.hours.provenance
    yield from (line.amount.provenance for line in lines)


def _terms(
    compiled: Compiled, certification: Certification
) -> tuple[Fraction | None, Fraction | None, tuple[PriceLine, ...]]:
    """(hours, cost, lines); of what cannot be planned the usual preparation, its cost unsummed."""
    if certification.id not in compiled.preparations:
        usual = preparations(certification, compiled.payer)[0]
        return Fraction(usual.hours) if usual.hours is not None else None, None, usual.lines
    entry, ways = compiled.instance.certifications[certification.id], compiled.preparations[certification.id]
    lawful = [(entry.cost, entry.study_hours, 0)]
    for number, variant in enumerate(entry.variants):
        if held_on(compiled.instance, variant.when):
            lawful.append((variant.cost, variant.study_hours, number + 1))
    cost, hours, number = min(lawful)
    return hours, cost, ways[number].lines
