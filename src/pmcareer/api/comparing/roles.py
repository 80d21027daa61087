"""Roles side by side: pay, entry, skills with levels, certifications asked, ladders, outlook, and the plan to each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pmcareer.api.catalog.roles import Way, surroundings_of
from pmcareer.api.comparing.comparison import Datum, Listed, Row, Special, backed, figure_datum, ticks
from pmcareer.api.comparing.pay_bands import PERCENTS, PayOfRole, pay_bands
from pmcareer.api.compiling.relevance import certifications_in
from pmcareer.api.reasons.field import Field, Reached
from pmcareer.model.catalog import Catalog
from pmcareer.model.pay import Outlook
from pmcareer.model.roles import Role
from pmcareer.model.sources import cite

_PERCENT_NAMES = {10: "lowest tenth below", 25: "lower quarter below", 50: "median", 75: "upper quarter above"}


def role_rows(catalog: Catalog, roles: Sequence[Role], field: Field) -> Iterator[Row]:
    """The rows of roles, as seen by the person of *field*."""
    yield Row("What it is", "summary", "in short", tuple(_said(catalog, role, role.summary) for role in roles))
    yield Row("What it is", "rank", "height on the ladders", tuple(_said(catalog, role, role.rank) for role in roles))
    yield from _entry(catalog, roles)
    yield from _skills(catalog, roles)
    yield from _pay(catalog, roles, field)
    yield from _outlook(catalog, roles, field)
    yield from plan_rows([field.role(role.id) for role in roles], "arrives")
    yield from _ways(catalog, roles, field)
    kinds: dict[str, str] = {kind.id: kind.name for kind in catalog.experience_kinds.values()}
    yield from ticks("Experience it brings", "grants", [role.grants for role in roles], kinds)
    yield from ticks("Fields of IT", "niches", [role.niches for role in roles], catalog.index.short_names("niches"))
    yield from _codes(catalog, roles)


def role_lists(catalog: Catalog, roles: Sequence[Role], field: Field) -> tuple[Listed, ...]:
    """What the roles answer for, and the pay figures of the region beside those of the table."""
    said = tuple(cite(role.provenance, catalog.sources) for role in roles)
    others = tuple(tuple(_other_pay(catalog, role, field)) for role in roles)
    return (
        Listed("responsibilities", "Answers for", tuple(role.responsibilities for role in roles), said),
        Listed("pay.others", "Other published pay", others),
    )


def _other_pay(catalog: Catalog, role: Role, field: Field) -> Iterator[str]:
    """A line for each band that is not the table's: its median or mean, and the averages by experience."""
    region = field.situation.region
    shown = pay_bands(catalog, [role.id], region)[0]
    for one in surroundings_of(catalog, role, field.request.as_of).pay:
        band = one.band
        if one.region != region or (band.name, band.period) == (shown.band, shown.period):
            continue
        median = band.percentiles.p50 if band.percentiles else None
        stated = [f"{word} {f.value}" for word, f in (("median", median), ("mean", band.mean)) if f and f.value]
        stated += [f"from {e.from_years} years {e.average.value}" for e in band.by_experience if e.average.value]
        source = cite(band.provenance, catalog.sources)
        figures = f"{', '.join(stated) or 'no median or mean published'} [{source.source or source.standing.value}]"
        yield f"{band.name}, {band.period} ({one.match.match} match): {figures}"


def plan_rows(plans: Sequence[Reached | None], arrives: str) -> Iterator[Row]:
    """The planner's soonest plan from where the person is."""
    section, none = "From where you are", Datum(Special.NONE)

    def row(key: str, label: str, value: Any, unit: str = "") -> Row:
        return Row(section, key, label, tuple(value(plan) if plan else none for plan in plans), unit)

    yield row("plan.arrives", arrives, lambda plan: Datum(plan.on))
    yield row("plan.months", "months", lambda plan: Datum(round(plan.months, 1)))
    yield row("plan.cost", "cost", lambda plan: Datum(plan.cost, at_least=plan.at_least))
    yield row("plan.exams", "exams", lambda plan: Datum(plan.exams))
    yield row("plan.proven_optimal", "proven", lambda plan: Datum(Special.YES if plan.proven else Special.NO))


def _said(catalog: Catalog, role: Role, value: str | int) -> Datum:
    return backed(value, role.provenance, catalog.sources)


def _entry(catalog: Catalog, roles: Sequence[Role]) -> Iterator[Row]:
    sources = catalog.sources
    for key, label in (("low", "years usually brought, from"), ("high", "years usually brought, to")):
        data = tuple(figure_datum(getattr(r.years_to_enter, key) if r.years_to_enter else None, sources) for r in roles)
        yield Row("What it is", f"entry.{key}", label, data, "years")


def _skills(catalog: Catalog, roles: Sequence[Role]) -> Iterator[Row]:
    """A row a skill: the level asked, or that the role does not name it."""
    names = catalog.index.short_names("skills")
    for skill in dict.fromkeys(skill for role in roles for skill in role.skills):
        levels = (role.skills.get(skill) for role in roles)
        data = tuple(
            backed(level, role.provenance, catalog.sources) if level else Datum(Special.NO)
            for role, level in zip(roles, levels, strict=True)
        )
        yield Row("Skills, and the level asked", f"skills.{skill}", names.get(skill, skill), data)


def _ways(catalog: Catalog, roles: Sequence[Role], field: Field) -> Iterator[Row]:
    names, as_of = catalog.index.short_names("roles"), field.request.as_of
    around = [surroundings_of(catalog, role, as_of) for role in roles]
    ladders = [[way.ladder for way in (*one.ways_in, *one.ways_out)] for one in around]
    yield from ticks("Ladders", "ladders", ladders, catalog.index.short_names("ladders"))
    yield from ticks("Comes from", "from", [[way.origin for way in one.ways_in] for one in around], names)
    yield from ticks("Leads to", "to", [[way.into for way in one.ways_out] for one in around], names)
    asked = [[c for way in one.ways_in for c in _asked_by(way)] for one in around]
    short = catalog.index.short_names("certifications")
    yield from ticks("Certifications that some way in counts", "certifications", asked, short)


def _asked_by(way: Way) -> Iterator[str]:
    yield from certifications_in(way.rule.requires if way.rule else None)


def _pay(catalog: Catalog, roles: Sequence[Role], field: Field) -> Iterator[Row]:
    region = field.situation.region
    section = f"Pay a year ({region}); published figures are associations, not promises"
    found = pay_bands(catalog, [role.id for role in roles], region)
    yield Row(section, "pay.occupation", "figures of", tuple(_band(one) for one in found))
    yield Row(section, "pay.match", "how well that fits", tuple(Datum(p.match or Special.UNKNOWN) for p in found))
    for percent in PERCENTS:
        label = _PERCENT_NAMES.get(percent, "highest tenth above")
        yield Row(section, f"pay.p{percent}", label, tuple(_point(one, percent) for one in found))


def _band(pay: PayOfRole) -> Datum:
    citation = next((point.citation for point in pay.points if point.citation), None)
    return Datum(f"{pay.band}, {pay.period}" if pay.band else Special.UNKNOWN, citation)


def _point(pay: PayOfRole, percent: int) -> Datum:
    point = next((point for point in pay.points if point.percent == percent), None)
    if point is None or point.amount is None:
        return Datum(Special.UNKNOWN, point.citation if point else None)
    return Datum(point.amount, point.citation)


def _outlook(catalog: Catalog, roles: Sequence[Role], field: Field) -> Iterator[Row]:
    data = catalog.pay.get(field.situation.region)
    outlooks = [
        next((one for one in data.outlook if role.id in one.roles), None) if data is not None else None
        for role in roles
    ]
    if not any(outlooks):
        return
    sources, section = catalog.sources, "Outlook as published"
    yield Row(section, "outlook.of", "for", tuple(_occupation(catalog, one) for one in outlooks))
    growth = tuple(figure_datum(one.growth_percent if one else None, sources) for one in outlooks)
    yield Row(section, "outlook.growth_percent", "growth", growth, "%")
    openings = tuple(figure_datum(one.openings_per_year if one else None, sources) for one in outlooks)
    yield Row(section, "outlook.openings_per_year", "openings a year", openings)


def _occupation(catalog: Catalog, outlook: Outlook | None) -> Datum:
    if outlook is None:
        return Datum(Special.UNKNOWN)
    return backed(f"{outlook.name}, {outlook.from_year} to {outlook.to_year}", outlook.provenance, catalog.sources)


def _codes(catalog: Catalog, roles: Sequence[Role]) -> Iterator[Row]:
    """The first code of each published classification, and how well it fits."""
    section = "In published classifications"
    for system in dict.fromkeys(ref.system for role in roles for ref in role.cross_references):
        first = [next((ref for ref in role.cross_references if ref.system is system), None) for role in roles]
        data = tuple(
            backed(f"{ref.code} ({ref.match})", ref.provenance, catalog.sources, ref.note) if ref else Datum(Special.NO)
            for ref in first
        )
        yield Row(section, f"codes.{system.value}", system.value, data)
