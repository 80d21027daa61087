"""Fees: when each is due, which tier applies, and what a group pays only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from pmcareer.model.ids import GroupId, MembershipId, RegionId
from pmcareer.model.people import EventKind, HoldingEvent, MembershipHeld
from pmcareer.model.renewal_rules import FeeAnchor, RenewalFee
from pmcareer.money import Money
from pmcareer.renewals.cycles import HeldCycle, History, end_of
from pmcareer.renewals.last_days import add_within
from pmcareer.renewals.rules import within
from pmcareer.renewals.years import YEAR, cycle_years
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays: the region, the memberships held, and the day of the earliest award in each group of fees."""

    region: RegionId | None = None
    memberships: tuple[MembershipHeld, ...] = ()
    earliest: tuple[tuple[GroupId, date], ...] = ()

    def is_member(self, membership: MembershipId | None, on: date) -> bool:
        """Whether the membership is held on a day; without dates it is taken as held throughout."""
        return any(held.id == membership and within(on, held.from_, held.to) for held in self.memberships)

    def renewal_of(self, membership: MembershipId | None) -> date | None:
        """A day on which the membership has to be paid again, if its dates are known."""
        return next((held.to for held in self.memberships if held.id == membership and held.to), None)


@dataclass(frozen=True, slots=True)
class FeeDue:
    """One fee on one day. ``amount`` None: not known. ``shared_in``: paid once for the group."""

    on: date
    amount: Money | None
    fee: RenewalFee
    paid: bool = False

    @property
    def shared_in(self) -> GroupId | None:
        """The group that pays this fee once."""
        return self.fee.shared_in


def fees_due(history: History, cycle: HeldCycle, payer: Payer) -> tuple[FeeDue, ...]:
    """The fees of one cycle in the order of their days, the ones already paid marked."""
    if cycle.rule is None or cycle.last_day is None or (cycle.route and cycle.route.waives_fees):
        return ()
    kinds = dict.fromkeys((fee.per, fee.anchor, fee.shared_in) for fee in cycle.rule.fees)
    dues: list[FeeDue] = []
    for kind in kinds:
        alternatives = [fee for fee in cycle.rule.fees if (fee.per, fee.anchor, fee.shared_in) == kind]
        dues.extend(_dues(alternatives, history, cycle, payer))
    return _with_payments(sorted(dues, key=lambda due: due.on), history.events, cycle)


def is_excused(history: History, what: Literal["units", "fees"]) -> bool:
    """Whether the holder's standing (retired, non-practising) suspends units or fees."""
    standing = history.standing
    rule = history.latest.rule if history.latest else None
    offered = rule.standings if rule else ()
    return standing is not None and any(one.kind == standing.kind and what in one.suspends for one in offered)


def fee_on(fees: Iterable[RenewalFee], on: date, payer: Payer) -> RenewalFee | None:
    """The fee that applies on a day: the member's if membership is held, the cheapest of several, a known one first."""
    fitting = [fee for fee in fees if _fits(fee, on, payer)]
    return min(fitting, key=_rank, default=None)


def _fits(fee: RenewalFee, on: date, payer: Payer) -> bool:
    here = fee.region is None or fee.region == payer.region
    eligible = fee.tier == "full" or payer.is_member(fee.membership, on)
    return here and eligible and within(on, fee.from_, fee.until)


def _rank(fee: RenewalFee) -> tuple[bool, bool, object]:
    amount = fee.amount.value
    return (amount is None, fee.region is None, amount.amount if amount else 0)


def _dues(fees: Sequence[RenewalFee], history: History, cycle: HeldCycle, payer: Payer) -> Iterator[FeeDue]:
    first = fees[0]
    starts_at = add_within(history.awarded, first.first_due) if first.first_due and history.awarded else date.min
    for day in _days(first, history, cycle, payer):
        fee = fee_on(fees, day, payer)
        if fee and day >= starts_at:
            yield FeeDue(day, fee.amount.value, fee)


def _days(fee: RenewalFee, history: History, cycle: HeldCycle, payer: Payer) -> Iterator[date]:
    """The days in the cycle on which a fee falls due: the last days on which paying is in time."""
    last, own = end_of(cycle), history.awarded or cycle.start
    match fee.anchor:
        case FeeAnchor.CYCLE_END:
            yield last
        case FeeAnchor.CYCLE_YEAR:
            yield from (end for _, end in cycle_years(cycle, "cycle"))
        case FeeAnchor.CALENDAR_YEAR:
            yield from (end for _, end in cycle_years(cycle, "calendar") if (end.month, end.day) == (12, 31))
        case FeeAnchor.MEMBERSHIP:
            yield from _anniversaries(payer.renewal_of(fee.membership) or own, cycle.start, last)
        case FeeAnchor.EARLIEST_CERTIFICATION:
            earliest = dict(payer.earliest).get(fee.shared_in or GroupId(""), own)
            yield from _anniversaries(earliest, cycle.start, last)


def _anniversaries(anchor: date, start: date, last: date) -> Iterator[date]:
    """Each anniversary of *anchor* after *start*, up to *last*; one on the day after the end is due on the end."""
    for n in range(max(start.year - anchor.year - 1, 0), last.year - anchor.year + 2):
        day = add_within(anchor, YEAR.times(n))
        if day > start and (day - last).days <= 1:
            yield min(day, last)


def _with_payments(dues: Sequence[FeeDue], events: Sequence[HoldingEvent], cycle: HeldCycle) -> tuple[FeeDue, ...]:
    """Payments recorded within the cycle cover its fees in order; one with ``until`` covers all up to that day."""
    paid = [event for event in events if event.kind is EventKind.FEE_PAID and cycle.start <= event.on]
    up_to = max((event.until for event in paid if event.until), default=date.min)
    single = sum(1 for event in paid if event.until is None and event.on <= end_of(cycle))
    marked = []
    for due in dues:
        covered = due.on <= up_to or single > 0
        single -= covered and due.on > up_to
        marked.append(FeeDue(due.on, due.amount, due.fee, paid=covered))
    return tuple(marked)
