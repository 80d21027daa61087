"""What keeping a certification takes, as the planner counts it: a cycle in days, credit hours and a price a cycle.

The planner follows the first (usual) route of the rule that governs an award of the as-of day; dates shown to people
come from the renewal engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Literal

from pmcareer.dates import months_to_days
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.figures import Figure
from pmcareer.model.ids import MembershipId
from pmcareer.model.people import Holding
from pmcareer.model.pricing import Payer, PriceLine, lawful_price
from pmcareer.model.renewal_rules import Cycle, RenewalFee, RenewalRule, Route, RouteKind
from pmcareer.money import Money
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.subject import subject
from pmcareer.values import dataclass

_BY_EXAM = {RouteKind.SAME_EXAM, RouteKind.SUITE_EXAM, RouteKind.HIGHER_EXAM}


@dataclass(frozen=True, slots=True)
class RenewalTerms:
    """The rule, its cycle (None: it does not run in cycles), credit hours and what falls due at each cycle's end.

    ``yearly``: what falls due in each year of the cycle. ``understood`` is false where the rule or its length is
    unknown: the plan then says so.
    """

    rule: RenewalRule | None
    cycle_days: int | None
    hours: Fraction | None
    lines: tuple[PriceLine, ...]
    understood: bool = True
    yearly: tuple[PriceLine, ...] = ()


def renewal_terms(catalog: Catalog, certification: Certification, payer: Payer) -> RenewalTerms:
    """The terms of the rule that governs what is earned on ``payer.on``."""
    rule = rule_for_new_awards(catalog, certification, payer.on)
    if rule is None or rule.validity.kind == "unknown":
        return RenewalTerms(rule, None, None, (), understood=False)
    if not isinstance(rule.validity, Cycle):
        return RenewalTerms(rule, None, None, ())
    length = rule.validity.length.value
    if length is None:
        return RenewalTerms(rule, None, None, (), understood=False)
    years = Fraction(length.in_days) / months_to_days(12) if length.days else Fraction(length.months, 12)
    route = rule.routes[0] if rule.routes else None
    lines = tuple(_lines(catalog, certification, rule, route, years, payer))
    yearly = () if route is not None and route.waives_fees else tuple(_fee_lines(rule.fees, "year", payer))
    return RenewalTerms(rule, length.in_days, _hours(rule, route), lines, yearly=yearly)


def rule_for_new_awards(catalog: Catalog, certification: Certification, day: date) -> RenewalRule | None:
    """The rule that the renewal engine lets govern what is earned on *day*."""
    about = subject(certification, catalog.rules_of(certification), day, catalog.sources)
    cycles = history_of(about, Holding(certification.id, earned=day)).cycles
    return cycles[0].rule if cycles else None


def _hours(rule: RenewalRule, route: Route | None) -> Fraction | None:
    """Credit hours of a cycle on the usual route; 0 where it asks for none, None where they are unknown."""
    if route is not None and route.hours is not None:
        return Fraction(route.hours.value) if route.hours.value is not None else None
    if rule.units is None or (route is not None and route.kind != "credits"):
        return Fraction(0)
    total, minutes = rule.units.total.value, rule.units.minutes.value
    return Fraction(total) * Fraction(minutes) / 60 if total is not None and minutes is not None else None


def _lines(
    catalog: Catalog,
    certification: Certification,
    rule: RenewalRule,
    route: Route | None,
    years: Fraction,
    payer: Payer,
) -> Iterator[PriceLine]:
    if route is None or not route.waives_fees:
        yield from _fee_lines(rule.fees, "cycle", payer)
    if route is not None and route.price is None and route.kind in _BY_EXAM:
        yield lawful_price(certification.prices, "exam", payer) or PriceLine("exam", Figure(None))
    if route is not None and route.price is not None:
        yield PriceLine(f"renewal by {route.kind.value.replace('-', ' ')}", route.price)
    if route is not None and route.needs_membership and route.needs_membership not in payer.memberships:
        yield from _membership_lines(catalog, route.needs_membership, years, payer)


def _fee_lines(fees: Iterable[RenewalFee], per: Literal["cycle", "year"], payer: Payer) -> Iterator[PriceLine]:
    """For each fee that falls due *per* cycle or year the cheapest lawful tier."""
    lawful = [f for f in fees if f.per == per and _open_to(f, payer)]

    def same_fee(fee: RenewalFee) -> tuple[str, str, str]:
        return (fee.per, fee.anchor.value, fee.shared_in or "")

    for _, tiers in groupby(sorted(lawful, key=same_fee), key=same_fee):
        fee = min(tiers, key=lambda f: (f.amount.value is None, f.amount.value.amount if f.amount.value else 0))
        yield PriceLine("renewal fee", fee.amount)


def _membership_lines(
    catalog: Catalog, membership_id: MembershipId, years: Fraction, payer: Payer
) -> Iterator[PriceLine]:
    membership = catalog.index.membership(membership_id)
    if membership is not None:
        valid = [p for p in membership.prices if (p.from_ or date.min) <= payer.on <= (p.until or date.max)]
        prices = [p for p in valid if p.region == payer.region] or [p for p in valid if p.region is None]
        amount = prices[0].amount if prices else Figure[Money](None)
        factor = years * (12 if membership.per == "month" else 1)
        yield PriceLine(membership.name, _times(amount, factor))


def _open_to(fee: RenewalFee, payer: Payer) -> bool:
    in_force = (fee.from_ or date.min) <= payer.on <= (fee.until or date.max)
    return (
        in_force and fee.region in (payer.region, None) and (fee.tier == "full" or fee.membership in payer.memberships)
    )


def _times(amount: Figure[Money], factor: Fraction) -> Figure[Money]:
    if amount.value is None or factor == 1:
        return amount
    times = Decimal(factor.numerator) / Decimal(factor.denominator)
    return Figure(amount.value.times(times), amount.provenance, amount.note)
