"""Prices that a person may lawfully pay: by day, region and membership; the cheapest of those that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from pmcareer.model.certifications import Certification, Course, Price
from pmcareer.model.figures import Figure
from pmcareer.model.ids import MembershipId, RegionId
from pmcareer.model.requirements import Requirement
from pmcareer.money import Money
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, where and when. ``currency`` decides between prices in several currencies."""

    on: date
    region: RegionId | None
    currency: str
    memberships: frozenset[MembershipId] = frozenset()


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One thing to be paid for. ``elsewhere``: no price of the payer's region is known, another region's stands in.

    ``joins``: dues of a membership taken out for what is paid beside it.
    """

    what: str
    amount: Figure[Money]
    elsewhere: RegionId | None = None
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Preparation:
    """One lawful way to prepare: which waivers it rests on, the hours, and what is to be paid.

    ``hours`` is None where some of them are unknown. ``waivers`` are the requirements that make it lawful.
    """

    waivers: tuple[Requirement, ...]
    skipped: tuple[str, ...]
    hours: Decimal | None
    lines: tuple[PriceLine, ...]


def lawful_price(prices: Iterable[Price], pays_for: str, payer: Payer) -> PriceLine | None:
    """The cheapest price in force for *pays_for*, of the payer's region before worldwide before elsewhere.

    Of prices in several currencies those in the payer's own come first. None where no price is listed at all.
    """
    lawful = [p for p in prices if p.pays_for == pays_for and _in_force(p, payer.on) and _open_to(p, payer)]
    for region in (payer.region, None):
        here = [p for p in lawful if p.region == region]
        if here:
            return PriceLine(pays_for, _cheapest(here, payer.currency).amount)
    if not lawful:
        return None
    chosen = _cheapest(lawful, payer.currency)
    return PriceLine(pays_for, chosen.amount, elsewhere=chosen.region)


def preparations(certification: Certification, payer: Payer) -> tuple[Preparation, ...]:
    """Every lawful way to prepare; the first needs no waiver, the others skip one or more waivable courses."""
    required = [course for course in certification.study.courses if course.required]
    waivable = [course for course in required if course.waived_by is not None]
    subsets = [subset for n in range(len(waivable) + 1) for subset in combinations(waivable, n)]
    return tuple(_preparation(certification, required, subset, payer) for subset in subsets)


def _preparation(
    certification: Certification, required: Sequence[Course], skipped: Sequence[Course], payer: Payer
) -> Preparation:
    taken = [course for course in required if course not in skipped]
    return Preparation(
        waivers=tuple(course.waived_by for course in skipped if course.waived_by is not None),
        skipped=tuple(course.name for course in skipped),
        hours=_sum_of_hours([certification.study.hours, *(course.hours for course in taken)]),
        lines=_lines(certification, taken, payer),
    )


def _lines(certification: Certification, taken: Sequence[Course], payer: Payer) -> tuple[PriceLine, ...]:
    """Exam and courses one by one, or the bundle where it is the only price or the cheaper one."""
    exam = lawful_price(certification.prices, "exam", payer)
    bundle = lawful_price(certification.prices, "bundle", payer)
    application = lawful_price(certification.prices, "application", payer)
    course = lawful_price(certification.prices, "course", payer) if taken else None
    if exam is None and bundle is None and course is None:
        exam = PriceLine("exam", Figure(None))  # nothing says that it is free
    apart = [line for line in (exam, course) if line]
    apart += [PriceLine(c.name, c.price) for c in taken if c.price is not None]
    chosen = [bundle] if bundle and (not exam or _cheaper(bundle, apart)) else apart
    return (*([application] if application else []), *chosen)


def _cheaper(bundle: PriceLine, apart: Sequence[PriceLine]) -> bool:
    """Whether the bundle beats its parts; a part of unknown price or other currency cannot be beaten by guessing."""
    price = bundle.amount.value
    amounts = [line.amount.value for line in apart]
    if price is None:
        return False
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return True
    return all(m.currency == price.currency for m in known) and price.amount < sum(m.amount for m in known)


def _cheapest(prices: Sequence[Price], currency: str) -> Price:
    def order(price: Price) -> tuple[bool, bool, Decimal]:
        money = price.amount.value
        return (money is None, money is None or money.currency != currency, money.amount if money else Decimal(0))

    return min(prices, key=order)


def _sum_of_hours(figures: Iterable[Figure[Decimal]]) -> Decimal | None:
    hours = list(_values(figures))
    return None if None in hours else sum((h for h in hours if h is not None), Decimal(0))


def _values(figures: Iterable[Figure[Decimal]]) -> Iterator[Decimal | None]:
    return (figure.value for figure in figures)


def _in_force(price: Price, day: date) -> bool:
    return (price.from_ or date.min) <= day <= (price.until or date.max)


def _open_to(price: Price, payer: Payer) -> bool:
    return price.tier == "full" or price.membership in payer.memberships
