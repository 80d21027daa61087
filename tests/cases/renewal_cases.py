"""Renewal cases: what a domain person writes in ``renewals/*.yaml``, read and asked of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pmcareer.dates import parse_date
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId, EditionId, MembershipId, RegionId
from pmcareer.model.people import EventKind, Holding, HoldingEvent, MembershipHeld, UnitEntry, UnitShare
from pmcareer.reading.catalog import read_catalog
from pmcareer.renewals.answer import HoldingAnswer, RenewalAnswer, assess
from pmcareer.renewals.cycles import HeldCycle
from pmcareer.renewals.scheme import Scheme, scheme_of

FOLDER = Path(__file__).parent / "renewals"


@dataclass(frozen=True)
class Case:
    """One question with its answer, and where the answer comes from."""

    family: str
    name: str
    source: str
    because: str
    asked: Mapping[str, Any]
    expect: Mapping[str, Mapping[str, Any]]
    problems: Sequence[str] | None

    def __str__(self) -> str:
        return f"{self.family}: {self.name}"


def cases() -> list[Case]:
    """Every case of every file; scalars stay text, so that ``on`` is a key and a date is a date."""
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in _cases_in(path)]


@cache
def catalog() -> Catalog:
    """The shipped catalog, read once."""
    return read_catalog().catalog


@cache
def scheme() -> Scheme:
    """The shipped catalog's rules."""
    shipped = catalog()
    return scheme_of(shipped.certifications.values(), shipped.issuers.values(), shipped.sources)


def answer(case: Case) -> RenewalAnswer:
    """What the engine says to a case."""
    asked = case.asked
    return assess(
        [_holding(one) for one in asked["holdings"]],
        scheme(),
        parse_date(asked["as_of"]),
        entries=[_entry(one) for one in asked.get("units", ())],
        memberships=tuple(_membership(one) for one in asked.get("memberships", ())),
        region=RegionId(asked["region"]) if "region" in asked else None,
        years=int(asked.get("years", 3)),
    )


def told(holding: HoldingAnswer, answered: RenewalAnswer) -> Iterator[tuple[str, Any]]:
    """What the answer says about one holding, in the words of the case files."""
    cycle, units, then = holding.cycle, holding.units, holding.next_status
    yield "status", holding.status.value
    yield "valid", "true" if holding.valid else "false"
    yield "earned", _day(holding.earned)
    yield "next", f"{then.status.value} {then.on or 'unknown'}" if then else "none"
    yield "cycle", _span(cycle) if cycle else "none"
    yield "cycles", [_span(one) for one in holding.cycles]
    yield "expires", _day(holding.expires)
    yield "rule", holding.rule.id if holding.rule else "none"
    yield "disputed", sorted(str(day.last_day) for day in holding.disputed)
    yield "deadlines", [f"{one.kind.value} {one.on}" for one in holding.deadlines]
    yield "fees", [_fee(line.due.on, line.due.amount, line.covered_by) for line in holding.fees]
    yield "unpaid", [str(line.due.on) for line in holding.fees if not line.due.paid]
    yield (
        "ledger",
        [
            f"{line.on} {_number(line.counted)} {_number(line.lost)} {line.category or '-'} {line.why.value}"
            for line in answered.ledger
            if line.certification == holding.certification
        ],
    )
    if units:
        yield "required", _number(units.required)
        yield "counted", _number(units.counted)
        yield "remaining", _number(units.remaining)
        yield "carried_in", _number(units.carried_in)
        yield "carry_out", _number(units.carry_out)
        yield "lost", _number(units.lost)
        yield "categories", {one.path: f"{_number(one.counted)} {_number(one.remaining)}" for one in units.categories}
        yield "years", [f"{_number(one.counted)} {_number(one.remaining)} {_number(one.missed)}" for one in units.years]


def _cases_in(path: Path) -> Iterator[Case]:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for one in document["cases"]:
        problems = one.get("problems")
        yield Case(document["family"], one["name"], one["source"], one["because"], one, one["expect"], problems)


def _holding(one: Mapping[str, Any]) -> Holding:
    share = one.get("share_worked")
    return Holding(
        CertificationId(one["id"]),
        earned=_parsed(one.get("earned")),
        renewed=tuple(parse_date(day) for day in one.get("renewed", ())),
        edition=EditionId(one["edition"]) if "edition" in one else None,
        events=tuple(_event(event) for event in one.get("events", ())),
        issuer_says_expires=_parsed(one.get("issuer_says_expires")),
        share_worked=Decimal(share) if share else None,
    )


def _event(one: Mapping[str, str]) -> HoldingEvent:
    edition = EditionId(one["edition"]) if "edition" in one else None
    kind = EventKind(one["kind"])
    return HoldingEvent(parse_date(one["on"]), kind, one.get("route", ""), edition, _parsed(one.get("until")))


def _entry(one: Mapping[str, Any]) -> UnitEntry:
    return UnitEntry(
        parse_date(one["on"]),
        Decimal(one["hours"]),
        one.get("category", ""),
        one.get("topic", ""),
        one.get("title", ""),
        _parsed(one.get("reported")),
        tuple(UnitShare(p["category"], Decimal(p["hours"]), p.get("topic", "")) for p in one.get("split", ())),
        tuple(CertificationId(own) for own in one.get("for", ())),
    )


def _membership(one: Mapping[str, str]) -> MembershipHeld:
    return MembershipHeld(MembershipId(one["id"]), _parsed(one.get("from")), _parsed(one.get("to")))


def _parsed(text: str | None) -> date | None:
    return parse_date(text) if text else None


def _span(cycle: HeldCycle) -> str:
    return f"{cycle.start}..{_day(cycle.last_day)}"


def _day(day: date | None) -> str:
    return str(day) if day else "none"


def _fee(on: date, amount: object, covered_by: object) -> str:
    return f"{on} {amount or 'unknown'}" + (f" by {covered_by}" if covered_by else "")


def _number(amount: Fraction | None) -> str:
    if amount is None:
        return "unknown"
    return str(amount.numerator) if amount.denominator == 1 else f"{float(amount):g}"
