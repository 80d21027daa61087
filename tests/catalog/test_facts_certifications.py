"""The facts on certifications, written down by hand, stand in the shipped catalog as they were read.

A fact names a certification, a figure, the day on which it is asked, and for `renewal.*` the day on which a holding was
earned. `unknown` stands for what is known to be missing, `none` for what there is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.catalog.everything import catalog

from pmcareer.model.certifications import Certification
from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding
from pmcareer.model.renewal_rules import Category, RenewalRule
from pmcareer.money import Money
from pmcareer.reading.scope import Context
from pmcareer.reading.typed import read_annotated
from pmcareer.reading.yaml_nodes import read_yaml
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.subject import subject


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a file of facts."""

    certification: CertificationId
    figure: str
    on: date
    value: str
    source: str
    earned: date | None = None


def facts() -> Iterator[Fact]:
    """All facts of all files that are about certifications, read as strictly as the catalog itself."""
    for name in ("facts_other_issuers.yaml", "facts_pmi_peoplecert.yaml"):
        path = Path(__file__).with_name(name)
        node, problems = read_yaml(path, name=name)
        assert node is not None
        found = read_annotated(node, tuple[Fact, ...], Context(problems=problems).root())
        assert list(problems) == []
        yield from found


FACTS = tuple(facts())


@pytest.mark.parametrize("fact", FACTS, ids=lambda f: f"{f.certification} {f.figure} {f.earned or ''} {f.on}")
def test_fact_stands_in_the_catalog(fact: Fact) -> None:
    certification = catalog().certifications[fact.certification]
    what, _, which = fact.figure.partition(".")
    assert LOOKUPS[what](certification, which, fact) == fact.value


def test_facts_say_where_they_come_from() -> None:
    assert all(fact.source for fact in FACTS)
    assert len({(f.certification, f.figure, f.on, f.earned) for f in FACTS}) == len(FACTS)


def written(value: Any) -> str:
    """A catalog value as the facts spell it: ``675 USD``, ``3 years``, ``60``; ``none`` where there is none."""
    if value is None:
        return "none"
    if isinstance(value, Figure):
        return "unknown" if value.value is None else written(value.value)
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    return str(value)


def exam(certification: Certification, which: str, fact: Fact) -> str:
    held = certification.exam.on(fact.on)
    return written(getattr(held, which)) if held else "none"


def lifecycle(certification: Certification, which: str, fact: Fact) -> str:
    return written(getattr(certification.lifecycle.on(fact.on), which))


def price(certification: Certification, which: str, fact: Fact) -> str:
    """``exam.full.us``: what is paid for, by whom, and where; a region without price of its own has that of all."""
    pays_for, tier, *region = which.split(".")
    fitting = [
        one
        for one in certification.prices
        if (one.pays_for, one.tier) == (pays_for, tier)
        and (one.from_ or date.min) <= fact.on <= (one.until or date.max)
    ]
    here = [one for one in fitting if one.region in region] or [one for one in fitting if one.region is None]
    assert len(here) <= 1, "one price is in force"
    return written(here[0].amount if here else None)


def renewal(certification: Certification, which: str, fact: Fact) -> str:
    """Of the rule that governs the first cycle of a holding earned on a day, as it is known on another."""
    assert fact.earned is not None
    about = subject(certification, catalog().rules_of(certification), fact.on, catalog().sources)
    rule = history_of(about, Holding(certification.id, earned=fact.earned)).cycles[0].rule
    return of_rule(rule, which, fact) if rule else "unknown"


def of_rule(rule: RenewalRule, which: str, fact: Fact) -> str:
    first, *rest = which.split(".")
    match first:
        case "validity":
            return rule.validity.kind
        case "cycle":
            return written(getattr(rule.validity, "length", None))
        case "last_day":
            return written(getattr(rule.validity, "last_day", None))
        case "fee":
            return fee(rule, rest[0], fact)
        case _ if rule.units is None:
            return "none"
        case "units":
            return written(getattr(rule.units, rest[0]))
        case "category":
            return written(getattr(category(rule.units.categories, rest[0]), rest[1]))
        case "carry_over":
            return written(rule.units.carry_over.maximum if rule.units.carry_over else None)
        case "yearly":
            return written(rule.units.yearly.minimum if rule.units.yearly else None)
        case _:
            raise AssertionError(which)


def fee(rule: RenewalRule, tier: str, fact: Fact) -> str:
    fitting = [
        one.amount
        for one in rule.fees
        if one.tier == tier
        and one.region in (None, "us")
        and (one.from_ or date.min) <= fact.on <= (one.until or date.max)
    ]
    assert len(fitting) <= 1, "one fee is in force"
    return written(fitting[0] if fitting else None)


def category(categories: tuple[Category, ...], id_: str) -> Category:
    waiting = list(categories)
    for one in waiting:  # grows while it is walked
        if one.id == id_:
            return one
        waiting.extend(one.children)
    raise AssertionError(f"no category {id_}")


LOOKUPS = {"exam": exam, "lifecycle": lifecycle, "price": price, "renewal": renewal}
