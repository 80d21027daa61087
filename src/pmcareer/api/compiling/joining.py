"""Joining: where a year of membership costs less than it saves on an award, the plan joins for it.

Each award is weighed by itself, so that joining is a price like any other and what is proven stays proven. What two
fees within one year of membership could share is not weighed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, Membership
from pmcareer.model.figures import Figure
from pmcareer.model.ids import MembershipId
from pmcareer.model.pricing import Payer, Preparation, PriceLine, preparations
from pmcareer.money import Money


def preparations_joining(catalog: Catalog, certification: Certification, payer: Payer) -> tuple[Preparation, ...]:
    """Every lawful way to prepare, each at full price or, where that is cheaper, as a member who joins for a year."""
    ways = preparations(certification, payer)
    for membership_id in memberships_of(certification):
        membership = None if membership_id in payer.memberships else catalog.index.membership(membership_id)
        dues = dues_of(membership, payer) if membership is not None else None
        if dues is not None:
            as_member = replace(payer, memberships=payer.memberships | {membership_id})
            joined = (replace(way, lines=(*way.lines, dues)) for way in preparations(certification, as_member))
            ways = tuple(_cheaper(way, other) for way, other in zip(ways, joined, strict=True))
    return ways


def memberships_of(certification: Certification) -> tuple[MembershipId, ...]:
    """The memberships that open a price of the certification, by id."""
    return tuple(sorted({p.membership for p in certification.prices if p.tier == "member" and p.membership}))


def dues_of(membership: Membership, payer: Payer) -> PriceLine | None:
    """What a first year of membership costs the payer; None where that is unknown."""
    valid = [p for p in membership.prices if (p.from_ or date.min) <= payer.on <= (p.until or date.max)]
    prices = [p for p in valid if p.region == payer.region] or [p for p in valid if p.region is None]
    amount = prices[0].amount.value if prices else None
    if amount is None:
        return None
    year = amount.times(12 if membership.per == "month" else 1)
    joining = prices[0].joining.value if prices[0].joining else None
    if joining is not None and joining.currency == year.currency:
        year = year + joining
    figure = Figure(year, prices[0].amount.provenance, prices[0].amount.note, prices[0].amount.alternatives)
    return PriceLine(f"{membership.name} for a year", figure, joins=True)


def _cheaper(way: Preparation, joined: Preparation) -> Preparation:
    full, member = _total(way.lines), _total(joined.lines)
    if member is None or (full is not None and full.currency != member.currency):
        return way
    return joined if full is None or member < full else way


def _total(lines: Iterable[PriceLine]) -> Money | None:
    """The sum, where every price is known and in one currency."""
    amounts = [line.amount.value for line in lines]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts) or len({amount.currency for amount in known}) > 1:
        return None
    return Money(sum((amount.amount for amount in known), Decimal(0)), known[0].currency)
