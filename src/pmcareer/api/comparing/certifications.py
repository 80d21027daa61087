"""Certifications side by side: issuer, eligibility, exam, prices by tier, study, upkeep a year, status, standing.

Recognition is what the catalog can show of it: the moves and the other awards that count a certification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pmcareer.api.catalog.renewal_terms import RenewalTerms, renewal_terms
from pmcareer.api.comparing.comparison import Datum, Row, Special, Value, backed, figure_datum, ticks
from pmcareer.api.comparing.roles import plan_rows
from pmcareer.api.compiling.relevance import certifications_in
from pmcareer.api.reasons.field import Field
from pmcareer.api.reasons.papers import paper_of
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, Price
from pmcareer.model.pricing import PriceLine
from pmcareer.model.renewal_rules import Cycle
from pmcareer.model.sources import cite
from pmcareer.money import Money
from pmcareer.planning.instance import DAYS_PER_YEAR

_EXAM = (
    ("questions", "questions", ""),
    ("scored", "of them scored", ""),
    ("minutes", "minutes", ""),
    ("pass_mark", "pass mark", ""),
)


def certification_rows(catalog: Catalog, certifications: Sequence[Certification], field: Field) -> Iterator[Row]:
    """The rows of certifications, as seen by the person of *field*."""
    yield from _identity(catalog, certifications, field.request.as_of)
    yield from _eligibility(catalog, certifications, field)
    yield from _exam(catalog, certifications, field.request.as_of)
    yield from _prices(catalog, certifications, field)
    yield from _study(catalog, certifications)
    yield from _upkeep(catalog, certifications, field)
    yield from plan_rows([paper_of(field, one).reached for one in certifications], "in hand")
    yield from _recognition(catalog, certifications, field.request.as_of)
    short = catalog.index.short_names
    yield from ticks("Fields of IT", "niches", [one.niches for one in certifications], short("niches"))
    yield from ticks("Skills it is about", "skills", [one.skills for one in certifications], short("skills"))


def _identity(catalog: Catalog, certifications: Sequence[Certification], as_of: date) -> Iterator[Row]:
    section, sources = "What it is", catalog.sources

    def row(key: str, label: str, value: Any) -> Row:
        return Row(section, key, label, tuple(backed(value(one), one.provenance, sources) for one in certifications))

    yield row("name", "name", lambda one: one.name)
    yield row("summary", "in short", lambda one: one.summary or None)
    yield row("issuer", "issuer", lambda one: _issuer(catalog, one))
    yield row("level", "level", lambda one: one.level.value)
    states = [one.lifecycle.on(as_of) for one in certifications]
    data = tuple(
        backed(state.status.value, state.provenance, sources, state.note) if state else Datum(Special.UNKNOWN)
        for state in states
    )
    yield Row(section, "status", "status", data)
    short = catalog.index.short_names("certifications")
    if any(state and state.successors for state in states):
        named = (", ".join(short.get(s, s) for s in state.successors) if state else "" for state in states)
        yield Row(section, "successors", "succeeded by", tuple(Datum(text or Special.NONE) for text in named))


def _issuer(catalog: Catalog, certification: Certification) -> str:
    issuer = catalog.issuers.get(certification.issuer)
    return issuer.name if issuer else certification.issuer


def _eligibility(catalog: Catalog, certifications: Sequence[Certification], field: Field) -> Iterator[Row]:
    rules = [one.eligibility.on(field.request.as_of) for one in certifications]
    data = tuple(
        backed(rule.requires or Special.NONE, rule.provenance, catalog.sources, rule.note)
        if rule
        else Datum(Special.UNKNOWN)
        for rule in rules
    )
    yield Row("Who may sit it", "eligibility", "asks", data)


def _exam(catalog: Catalog, certifications: Sequence[Certification], as_of: date) -> Iterator[Row]:
    section, exams = "The exam", [one.exam.on(as_of) for one in certifications]
    for key, label, unit in _EXAM:
        data = tuple(figure_datum(getattr(exam, key) if exam else None, catalog.sources) for exam in exams)
        yield Row(section, f"exam.{key}", label, data, unit)
    for key in ("format", "delivery"):
        texts = [getattr(exam, key) if exam else "" for exam in exams]
        data = tuple(
            backed(text or None, exam.provenance, catalog.sources) if exam else Datum(Special.UNKNOWN)
            for text, exam in zip(texts, exams, strict=True)
        )
        yield Row(section, f"exam.{key}", key, data)


def _prices(catalog: Catalog, certifications: Sequence[Certification], field: Field) -> Iterator[Row]:
    """The full and the member price of each thing paid for, in force for the person's region or worldwide."""
    region, as_of = field.situation.region, field.request.as_of
    for pays_for in ("application", "exam", "re-exam", "bundle", "course"):
        for tier in ("full", "member"):
            found = [_price(one.prices, pays_for, tier, region, as_of) for one in certifications]
            if any(found):
                data = tuple(figure_datum(p.amount, catalog.sources) if p else Datum(Special.NONE) for p in found)
                yield Row(f"Prices ({region})", f"prices.{pays_for}.{tier}", f"{pays_for}, {tier}", data)


def _price(prices: Iterable[Price], pays_for: str, tier: str, region: str, day: date) -> Price | None:
    fits = [
        price
        for price in prices
        if (price.pays_for, price.tier) == (pays_for, tier)
        and (price.from_ or date.min) <= day <= (price.until or date.max)
    ]
    near = [p for p in fits if p.region == region] or [p for p in fits if p.region is None] or fits
    known = [p for p in near if p.amount.value is not None]
    return min(known, key=lambda p: p.amount.value.amount if p.amount.value else Decimal(0)) if known else None


def _study(catalog: Catalog, certifications: Sequence[Certification]) -> Iterator[Row]:
    section, sources = "Preparation", catalog.sources
    data = tuple(figure_datum(one.study.hours, sources) for one in certifications)
    yield Row(section, "study.hours", "own study", data, "h")
    courses = tuple(_course_hours(one) for one in certifications)
    yield Row(section, "study.course_hours", "required courses", courses, "h")
    leads = tuple(figure_datum(one.lead_days, sources) for one in certifications)
    yield Row(section, "lead_days", "application to award", leads, "days")


def _course_hours(certification: Certification) -> Datum:
    required = [course.hours.value for course in certification.study.courses if course.required]
    if None in required:
        return Datum(Special.UNKNOWN)
    return Datum(sum((hours for hours in required if hours is not None), Decimal(0))) if required else _NONE


def _upkeep(catalog: Catalog, certifications: Sequence[Certification], field: Field) -> Iterator[Row]:
    """What keeping it takes, as planned: by the rule for what is earned on the as-of day, on its usual route."""
    section, payer = "Keeping it", field.compiled().payer
    terms = [renewal_terms(catalog, one, payer) for one in certifications]

    def row(key: str, label: str, value: Any, unit: str = "") -> Row:
        return Row(section, key, label, tuple(_upkept(catalog, one, value) for one in terms), unit)

    yield row("renewal.validity", "valid for", _validity)
    yield row("renewal.fee_per_year", "fees a year", _fees_a_year)
    yield row("renewal.units_per_cycle", "units a cycle", _units)
    yield row("renewal.hours_per_year", "credit hours a year", _hours_a_year, "h")
    yield row("renewal.rule", "the rule", lambda one: one.rule.summary if one.rule else None)


def _upkept(catalog: Catalog, terms: RenewalTerms, value: Any) -> Datum:
    found: Value | None = value(terms)
    citation = cite(terms.rule.provenance, catalog.sources) if terms.rule else None
    return Datum(Special.UNKNOWN if found is None else found, citation)


def _validity(terms: RenewalTerms) -> Value | None:
    if terms.rule is None or not terms.understood:
        return None
    validity = terms.rule.validity
    if isinstance(validity, Cycle):
        return str(validity.length.value)
    return "life" if validity.kind == "lifetime" else "as long as its release"


def _fees_a_year(terms: RenewalTerms) -> Value | None:
    """Fees of a cycle spread over its years, and those of a year; None where one is unknown or currencies differ."""
    if not terms.understood:
        return None
    if terms.cycle_days is None:
        return Special.NONE
    a_cycle, a_year, years = _total(terms.lines), _total(terms.yearly), _years(terms)
    if a_cycle is None or a_year is None or len({m.currency for m in (a_cycle, a_year) if m.amount}) > 1:
        return None
    cents = round((Fraction(a_cycle.amount) / years + Fraction(a_year.amount)) * 100)
    return Money(Decimal(cents) / 100, a_cycle.currency if a_cycle.amount else a_year.currency)


def _years(terms: RenewalTerms) -> Fraction:
    """The years of a cycle: those of its months, and days on the planning clock."""
    validity = terms.rule.validity if terms.rule else None
    length = validity.length.value if isinstance(validity, Cycle) else None
    months, days = (length.months, length.days) if length else (0, terms.cycle_days or 0)
    return Fraction(months, 12) + days / DAYS_PER_YEAR


def _total(lines: Sequence[PriceLine]) -> Money | None:
    amounts = [line.amount.value for line in lines]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or len({amount.currency for amount in known}) > 1:
        return None
    return Money(sum((m.amount for m in known), Decimal(0)), known[0].currency if known else "USD")


def _units(terms: RenewalTerms) -> Value | None:
    if not terms.understood:
        return None
    units = terms.rule.units if terms.rule and terms.cycle_days else None
    if units is None:
        return Special.NONE
    return f"{units.total.value} {units.name}" if units.total.value is not None else None


def _hours_a_year(terms: RenewalTerms) -> Value | None:
    if not terms.understood:
        return None
    if terms.cycle_days is None:
        return Special.NONE
    return round(terms.hours / _years(terms), 1) if terms.hours is not None else None


def _recognition(catalog: Catalog, certifications: Sequence[Certification], as_of: date) -> Iterator[Row]:
    wanted = [one.id for one in certifications]
    counting: Mapping[str, dict[str, None]] = {id_: {} for id_ in wanted}
    for ladder in catalog.ladders.values():
        for move in ladder.moves:
            rule = move.rules.on(as_of)
            for named in set(certifications_in(rule.requires if rule else None)) & counting.keys():
                counting[named].setdefault(move.to)
    names = catalog.index.short_names("roles")
    yield from ticks("Counted by ways into", "recognition", [sorted(counting[id_]) for id_ in wanted], names)
    short = catalog.index.short_names("certifications")
    yield from ticks("Stands in for", "satisfies", [one.satisfies for one in certifications], short)


_NONE = Datum(Special.NONE)
