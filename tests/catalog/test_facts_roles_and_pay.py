"""The facts on roles, pay, skills and outlook, written down by hand, stand in the shipped catalog as they were read."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Figure
from pmcareer.model.pay import Outlook, PayBand
from pmcareer.model.roles import Move
from pmcareer.model.sources import cite
from pmcareer.money import Money
from pmcareer.reading.catalog import read_catalog

Fact = dict[str, str]
FACTS: list[Fact] = yaml.load(
    Path(__file__).with_name("facts_roles_and_pay.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


@cache
def catalog() -> Catalog:
    return read_catalog().catalog


def written(value: Any) -> str:
    """A catalog value as the facts spell it: ``102320 USD``, ``5.6``, ``unknown``."""
    if isinstance(value, Figure):
        value = value.value
    if value is None:
        return "unknown"
    return f"{value.amount} {value.currency}" if isinstance(value, Money) else str(value)


def band_figure(fact: Fact) -> str:
    band = next(b for region in catalog().pay.values() for b in region.bands if b.id == fact["band"])
    name, _, rest = fact["figure"].partition(" ")
    if name == "experience":
        return written(average_at(band, Decimal(rest)))
    if name == "employer":
        return written(next(e.amount for e in band.by_employer if e.employer == rest))
    holder = band.percentiles if name.startswith("p") else band
    return written(getattr(holder, name))


def average_at(band: PayBand, years: Decimal) -> Figure[Money]:
    fitting = [
        b for b in band.by_experience if b.from_years <= years and (b.below_years is None or years < b.below_years)
    ]
    assert len(fitting) == 1, "the bands of experience leave no gap and do not overlap"
    return fitting[0].average


def role_figure(fact: Fact) -> str:
    role = next(r for r in catalog().roles.values() if r.id == fact["role"])
    what, _, which = fact["figure"].partition(".")
    if what == "cross_reference":
        return next(c.code for c in role.cross_references if c.system == which)
    if what == "years_to_enter":
        return written(getattr(role.years_to_enter, which))
    return next(level for skill, level in role.skills.items() if skill == which)


def skill_figure(fact: Fact) -> str:
    return written(next(s.pay_effect for s in catalog().skills.values() if s.id == fact["skill"]))


def outlook_figure(fact: Fact) -> str:
    region = next(r for r in catalog().pay.values() if r.region == fact["region"])
    return written(getattr(the_outlook(region.outlook, fact), fact["figure"]))


def the_outlook(outlooks: tuple[Outlook, ...], fact: Fact) -> Outlook:
    return next(o for o in outlooks if (o.occupation, str(o.from_year)) == (fact["outlook"], fact["from_year"]))


def move_figure(fact: Fact) -> str:
    start, end = fact["move"].split(" to ")
    provenance = the_move(start, end).rules.entries[-1].value.provenance
    if fact["figure"] == "source":
        return str(provenance.source)
    return str(cite(provenance, catalog().sources).standing)


def the_move(start: str, end: str) -> Move:
    return next(m for ladder in catalog().ladders.values() for m in ladder.moves if (m.from_, m.to) == (start, end))


def model_figure(fact: Fact) -> str:
    model = next(m for m in catalog().selection_models.values() if m.id == fact["model"])
    factor_id, _, point_id = fact["figure"].partition(".")
    factor = next(f for f in model.factors if f.id == factor_id)
    return written(next(p.score for p in factor.points if p.id == point_id))


LOOKUPS = {
    "band": band_figure,
    "role": role_figure,
    "skill": skill_figure,
    "outlook": outlook_figure,
    "move": move_figure,
    "model": model_figure,
}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: " ".join(list(fact.values())[:3]))
def test_fact_stands_in_the_catalog(fact: Fact) -> None:
    subject = next(key for key in fact if key in LOOKUPS)
    assert LOOKUPS[subject](fact) == fact["value"]
