"""The facts on certifications, copied by hand from the issuers' pages, stand in the shipped catalog as they were read.

``none`` says that the rule asks for no such thing, ``unknown`` that nobody could say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

from pmcareer.api.loading import load_catalog
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, Price
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding
from pmcareer.model.renewal_rules import Category, RenewalFee, RenewalRule
from pmcareer.money import Money
from pmcareer.reading.typed import read_document
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.subject import subject
from pmcareer.values import dataclass

FILES = ("facts_pmi_peoplecert.yaml", "facts_other_issuers.yaml")
Priced = TypeVar("Priced", Price, RenewalFee)


@dataclass(frozen=True, slots=True)
class Fact:
    """What was read of one figure as of the day ``on``; ``earned``: the holding whose renewal is meant."""

    certification: CertificationId
    figure: str
    on: date
    value: str
    source: str
    earned: date | None = None


def facts_in(name: str) -> tuple[Fact, ...]:
    document = read_document(Path(__file__).with_name(name), tuple[Fact, ...])
    assert document.value and [str(problem) for problem in document.problems] == []
    return document.value


def named(fact: Fact) -> str:
    return " ".join(map(str, filter(None, (fact.certification, fact.figure, fact.earned, fact.on))))


@cache
def catalog() -> Catalog:
    return load_catalog()


def written(value: Any) -> str:
    """A catalog value as the facts spell it: ``675 USD``, ``3 years``, ``unknown``, ``none``."""
    if isinstance(value, Figure):
        return "unknown" if value.value is None else written(value.value)
    if value is None:
        return "none"
    return f"{value.amount} {value.currency}" if isinstance(value, Money) else str(value)


def exam_figure(certification: Certification, fact: Fact, name: str) -> Any:
    return getattr(certification.exam.on(fact.on), name)


def lifecycle_figure(certification: Certification, fact: Fact, name: str) -> Any:
    return getattr(certification.lifecycle.on(fact.on), name)


def price_figure(certification: Certification, fact: Fact, name: str) -> Figure[Money]:
    """``exam.full.us``: the price of that region or, where it has none, the one that holds everywhere."""
    pays_for, tier, *region = name.split(".")
    assert set(region) <= set(catalog().pay), "a region of the catalog"
    prices = [price for price in certification.prices if price.pays_for == pays_for]
    return the_amount(prices, fact.on, tier, *region)


def the_amount(prices: Iterable[Priced], day: date, tier: str, region: str | None = None) -> Figure[Money]:
    lawful = [p for p in prices if p.tier == tier and (p.from_ or date.min) <= day <= (p.until or date.max)]
    fitting = [p for p in lawful if p.region == region] or [p for p in lawful if p.region is None]
    assert len(fitting) == 1, "the fact names a single price"
    return fitting[0].amount


def renewal_figure(certification: Certification, fact: Fact, name: str) -> Any:
    rule = governing(certification, fact)
    family, _, rest = name.partition(".")
    if family == "fee":
        return the_amount(rule.fees, fact.on, rest)
    if family == "category":
        return category_bound(rule, *rest.split("."))
    if family == "units":
        assert rest in ("total", "name")
        return rule.units and getattr(rule.units, rest)
    return PLAIN[name](rule)


def governing(certification: Certification, fact: Fact) -> RenewalRule:
    """The rule of the cycle that the day lies in; of the first where the holding would have had to be renewed."""
    about = subject(certification, catalog().index.rules_of(certification), fact.on, catalog().sources)
    cycles = history_of(about, Holding(fact.certification, earned=fact.earned)).cycles
    running = [c for c in cycles if c.start <= fact.on and (c.last_day is None or fact.on <= c.last_day)]
    rule = (*running, *cycles)[0].rule
    assert rule is not None
    return rule


def category_bound(rule: RenewalRule, category: str, bound: str) -> Any:
    assert rule.units is not None
    return next(getattr(c, bound) for c in every_category(rule.units.categories) if c.id == category)


def every_category(categories: Iterable[Category]) -> Iterator[Category]:
    for category in categories:
        yield category
        yield from every_category(category.children)


PLAIN: dict[str, Callable[[Any], Any]] = {
    "validity": lambda rule: rule.validity.kind,
    "cycle": lambda rule: rule.validity.length,
    "last_day": lambda rule: rule.validity.last_day,
    "carry_over": lambda rule: rule.units.carry_over.maximum,
    "yearly": lambda rule: rule.units.yearly.minimum,
}
LOOKUPS: dict[str, Callable[[Certification, Fact, str], Any]] = {
    "exam": exam_figure,
    "price": price_figure,
    "lifecycle": lifecycle_figure,
    "renewal": renewal_figure,
}


@pytest.mark.parametrize("fact", [fact for name in FILES for fact in facts_in(name)], ids=named)
def test_fact_stands_in_the_catalog(fact: Fact) -> None:
    family, _, rest = fact.figure.partition(".")
    certification = catalog().certifications[fact.certification]
    assert written(LOOKUPS[family](certification, fact, rest)) == fact.value
