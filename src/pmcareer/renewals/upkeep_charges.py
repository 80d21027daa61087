"""What a move of upkeep costs and takes: prices, fees and memberships, and the hours of its units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pmcareer.model import pricing
from pmcareer.model.certifications import Certification, Membership
from pmcareer.model.ids import CertificationId
from pmcareer.model.renewal_rules import RenewalFee, Route, RouteKind, Units
from pmcareer.money import Money
from pmcareer.renewals.cascades import EXAM_ROUTES, Joint
from pmcareer.renewals.categories import ZERO
from pmcareer.renewals.cycles import HeldCycle, History
from pmcareer.renewals.fees import fees_due
from pmcareer.renewals.groups import shares_of
from pmcareer.renewals.last_days import value_of
from pmcareer.renewals.replay import Replay
from pmcareer.renewals.rules import within
from pmcareer.renewals.scheme import members_of
from pmcareer.renewals.upkeep_costs import Charge, Effort, UpkeepLine
from pmcareer.renewals.upkeep_state import Keeping, Move, Terms
from pmcareer.renewals.windows import activities_from
from pmcareer.renewals.years import cycle_years


def running_fees(state: Keeping, kept: Iterable[CertificationId], until: date, terms: Terms) -> list[Charge]:
    """The yearly fees that fall due by *until* in cycles that are not over by then."""
    charges = []
    for own in kept:
        replay = state.joint.replays[own]
        for charge, fee in cycle_fees(replay, replay.cycles[-1], terms):
            if fee.per == "year" and charge.line.on <= until:
                charges.append(charge)
    return charges


# --- what they cost -------------------------------------------------------------------------------------------------


def charges_of(
    state: Keeping, move: Move, terms: Terms, before: Mapping[CertificationId, HeldCycle]
) -> Iterator[Charge]:
    """What a move asks for, before it is known what was paid already; *before*: the cycles that it renews."""
    for own, route in move.renewals:
        replay = state.joint.replays[own]
        yield from _route_price(replay.subject.certification, route, move.on, terms)
        yield from _membership(state, own, route, move.on, terms)
        if not route.waives_fees:
            yield from (_paid_at(charge, fee, move.on) for charge, fee in cycle_fees(replay, before[own], terms))
    if move.earns:
        certification = state.joint.scheme.certifications[move.earns]
        yield Charge(UpkeepLine("exam", move.earns, move.on, _exam_price(certification, move.on, terms)))


def fees_carried_along(
    joint: Joint, move: Move, terms: Terms, before: Mapping[CertificationId, HeldCycle]
) -> Iterator[Charge]:
    """The fees of what a cascade renews along, unless it waives them."""
    waived = {cascade.id for cascade in joint.scheme.cascades if cascade.waives_fees}
    renewed = {own for own, _ in move.renewals}
    for moved in joint.cascaded:
        if moved.source not in waived and moved.renewed in before and moved.renewed not in renewed:
            replay = joint.replays[moved.renewed]
            dues = cycle_fees(replay, before[moved.renewed], terms)
            yield from (_paid_at(charge, fee, move.on) for charge, fee in dues)


def _paid_at(charge: Charge, fee: RenewalFee, on: date) -> Charge:
    """A fee for the cycle is paid with the renewal, and shared by what is renewed with it."""
    if fee.per == "year":
        return charge
    return Charge(replace(charge.line, on=on), (charge.once[0], on) if charge.once else None)


def cycle_fees(replay: Replay, cycle: HeldCycle, terms: Terms) -> Iterator[tuple[Charge, RenewalFee]]:
    """The fees of a cycle that are still to be paid from the as-of date on; what a group pays it pays once a year."""
    history = History(replay.subject, tuple(replay.cycles), replay.clock, _awarded(replay), events=replay.events)
    for due in fees_due(history, replace(cycle, route=None), terms.payer):
        if not due.paid and due.on >= terms.as_of:
            line = UpkeepLine("renewal fee", replay.subject.certification.id, due.on, due.amount)
            yield Charge(line, (due.shared_in, date(due.on.year, 1, 1)) if due.shared_in else None), due.fee


def _awarded(replay: Replay) -> date:
    return replay.cycles[0].counts_from


def _route_price(certification: Certification, route: Route, on: date, terms: Terms) -> Iterator[Charge]:
    """A route costs what it says; an exam that says nothing costs the exam."""
    if route.price is not None:
        yield Charge(UpkeepLine(route.kind.value, certification.id, on, route.price.value))
    elif route.kind in EXAM_ROUTES:
        yield Charge(UpkeepLine("exam", certification.id, on, _exam_price(certification, on, terms)))
    elif route.kind is RouteKind.COURSE:
        yield Charge(UpkeepLine("course", certification.id, on, None))


def _exam_price(certification: Certification, on: date, terms: Terms) -> Money | None:
    memberships = frozenset(held.id for held in terms.payer.memberships if within(on, held.from_, held.to))
    payer = pricing.Payer(on, terms.payer.region, terms.currency, memberships)
    for pays_for in ("exam", "bundle"):
        line = pricing.lawful_price(certification.prices, pays_for, payer)
        if line is not None:
            return line.amount.value
    return None


def _membership(state: Keeping, own: CertificationId, route: Route, on: date, terms: Terms) -> Iterator[Charge]:
    """A year's membership for each year of the cycle from the as-of date on, paid once for all that need it."""
    wanted = route.needs_membership
    if wanted is None:
        return
    price = _membership_price(state.joint.scheme.memberships.get(wanted), on, terms)
    for first, last in cycle_years(state.joint.replays[own].cycles[-1], "cycle"):
        if last >= terms.as_of and first <= on:
            line = UpkeepLine("membership", own, max(first, terms.as_of), price)
            yield Charge(line, (f"membership {wanted}", last))


def _membership_price(membership: Membership | None, on: date, terms: Terms) -> Money | None:
    """A year of a membership, in the payer's region or everywhere, the cheapest known price."""
    here = (None, terms.payer.region)
    prices = [p for p in membership.prices if p.region in here and within(on, p.from_, p.until)] if membership else []
    known = [price.amount.value for price in prices if price.amount.value is not None]
    if membership is None or not known:
        return None
    return min(known, key=lambda money: money.amount).times(12 if membership.per == "month" else 1)


# --- what they take -------------------------------------------------------------------------------------------------


def hours_of(state: Keeping, move: Move, terms: Terms) -> tuple[Effort, Fraction, int]:
    """The effort after a move, its hours, and in how many renewals they are not known."""
    effort, total, unknown = state.effort, ZERO, 0
    for own, route in move.renewals:
        effort, hours = route_hours(state, move, own, route, effort, terms)
        unknown += hours is None
        total += hours or ZERO
    if move.earns:
        total += _study_hours(state.joint.scheme.certifications[move.earns])
    return effort, total, unknown


def route_hours(
    state: Keeping, move: Move, own: CertificationId, route: Route, effort: Effort, terms: Terms
) -> tuple[Effort, Fraction | None]:
    """The effort after one renewal of a move, and the hours that it adds (None: not known)."""
    replay = state.joint.replays[own]
    cycle = replay.cycles[-1]
    units = cycle.rule.units if cycle.rule else None
    if route.hours is not None:
        return effort, None if route.hours.value is None else Fraction(route.hours.value)
    if route.kind in EXAM_ROUTES:
        return effort, _study_hours(replay.subject.certification)
    if route.kind is not RouteKind.CREDITS or units is None:
        return effort, ZERO
    asked = _units_asked(state, move, own, units, cycle, terms)
    if asked is None:
        return effort, None
    hours = asked * Fraction(value_of(units.minutes) or 60) / 60
    if units.shared == "once":
        return effort, hours
    pool = f"{replay.subject.certification.issuer} {units.name}"
    return effort.asked(pool, max(activities_from(cycle), terms.as_of), move.on, hours)


def _units_asked(
    state: Keeping, move: Move, own: CertificationId, units: Units, cycle: HeldCycle, terms: Terms
) -> Fraction | None:
    """What is still to be earned for a cycle: what the first one lacks today, the whole of every later one."""
    if cycle.start <= terms.as_of and own in terms.lacking:
        return terms.lacking[own]
    total = units.total.value
    return None if total is None else Fraction(total) * _share(state, move, own)


def _share(state: Keeping, move: Move, own: CertificationId) -> Fraction:
    """The part asked of a certification that renews together with others of its group."""
    together = [other for other, _ in move.renewals]
    totals = {other: _total(state.joint.replays[other].cycles[-1]) for other in together}
    for group in state.joint.scheme.groups:
        members = [other for other in together if other in members_of(group)]
        if own in members and value_of(group.other_tracks):
            return shares_of(group, members, totals)[own]
    return Fraction(1)


def _total(cycle: HeldCycle) -> Fraction | None:
    total = value_of(cycle.rule.units.total) if cycle.rule and cycle.rule.units else None
    return None if total is None else Fraction(total)


def _study_hours(certification: Certification) -> Fraction:
    return Fraction(certification.study.hours.value or 0)
