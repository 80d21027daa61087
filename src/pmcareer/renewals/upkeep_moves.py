"""What can be done on the day a certification would lapse: its own routes, together with others, or by another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

from pmcareer.model import pricing
from pmcareer.model.certifications import Certification, Membership
from pmcareer.model.ids import CertificationId, EditionId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.model.renewal_rules import RenewalFee, Route, RouteKind, Units
from pmcareer.money import Money
from pmcareer.renewals.after_end import last_day_to_act
from pmcareer.renewals.cascades import EXAM_ROUTES, Joint
from pmcareer.renewals.categories import ZERO
from pmcareer.renewals.cycles import HeldCycle, History, end_of
from pmcareer.renewals.fees import Payer, fees_due
from pmcareer.renewals.groups import shares_of
from pmcareer.renewals.histories import replay_of
from pmcareer.renewals.last_days import value_of
from pmcareer.renewals.replay import Replay
from pmcareer.renewals.rules import within
from pmcareer.renewals.scheme import members_of
from pmcareer.renewals.upkeep_costs import Charge, Cost, Effort, Exchange, Till, UpkeepLine
from pmcareer.renewals.windows import activities_from, window_opens
from pmcareer.renewals.years import cycle_years
from pmcareer.values import dataclass

MOST_COMPANIONS = 5
"""So many further members of a group are tried for a joint renewal."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for the whole search: who pays, in which money, and what the first cycles still lack (in units)."""

    as_of: date
    payer: Payer
    exchange: Exchange
    currency: str
    lacking: Mapping[CertificationId, Fraction | None]


@dataclass(frozen=True, slots=True)
class Move:
    """Something done on one day: renewals by their own routes, or one new certification."""

    on: date
    renewals: tuple[tuple[CertificationId, Route], ...] = ()
    earns: CertificationId | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A move with what it costs and what it moves along. ``earns``: a certification that was not held before."""

    on: date
    renews: tuple[CertificationId, ...]
    routes: tuple[str, ...]
    along: tuple[CertificationId, ...]
    lines: tuple[UpkeepLine, ...]
    hours: Fraction
    earns: CertificationId | None = None


@dataclass(slots=True)
class Keeping:
    """A state of the search: the replays, what was paid once, what was earned, and the cost so far.

    ``early`` sums the days by which renewals came before their ends: of two ways of one cost the later acts win.
    """

    joint: Joint
    till: Till
    effort: Effort
    cost: Cost
    steps: tuple[Step, ...] = ()
    early: int = 0

    def ends(self, kept: Iterable[CertificationId]) -> list[tuple[date, CertificationId]]:
        """The last day of each certification kept, earliest first."""
        return sorted((end_of(self.joint.replays[own].cycles[-1]), own) for own in kept)

    def key(self, held: Sequence[CertificationId]) -> tuple[object, ...]:
        """What the future depends on."""
        cycles = tuple(_cycle_key(self.joint.replays[own]) for own in held)
        return cycles, frozenset(self.joint.replays), self.till, self.effort


def moves(
    state: Keeping,
    urgent: CertificationId,
    on: date,
    kept: Sequence[CertificationId],
    held: Sequence[CertificationId],
    terms: Terms,
) -> Iterator[Move]:
    """Everything that might renew *urgent* on a day, by anything *held*, others that are *kept* joining in.

    What in fact renews it is seen when it is tried.
    """
    seen: set[frozenset[tuple[CertificationId, str]]] = set()
    for own in held:
        if own == urgent or _reaches(state.joint, own, urgent):
            for route in _open_routes(state.joint, own, on):
                for move in _moves_by(state, own, route, on, kept, terms):
                    names = frozenset((one, its.id or its.kind.value) for one, its in move.renewals)
                    if names not in seen:
                        seen.add(names)
                        yield move
    for other in sorted(_newcomers(state.joint, urgent)):
        yield Move(on, earns=other)


def after_move(state: Keeping, move: Move, terms: Terms) -> Keeping:
    """The state once a move is made."""
    joint = state.joint.copied()
    before = {own: replay.cycles[-1] for own, replay in joint.replays.items()}
    for own, route in move.renewals:
        joint.apply(own, HoldingEvent(move.on, EventKind.RENEWED, route=route.id or route.kind))
    if move.earns:
        subject = joint.scheme.subject_on(move.earns, terms.as_of)
        joint.replays[move.earns] = replay_of(subject, Holding(move.earns))
        joint.apply(move.earns, HoldingEvent(move.on, EventKind.EXAM_PASSED, edition=_newest(subject.certification)))
    charges = [*_charges(state, move, terms, before), *_fees_carried_along(joint, move, terms, before)]
    till, cost, lines = state.till.charged(charges, terms.exchange)
    effort, hours, unknown = _hours(state, move, terms)
    along = tuple(own for own, cycle in before.items() if joint.replays[own].cycles[-1] != cycle)
    renews = tuple(own for own, _ in move.renewals)
    step = Step(
        move.on,
        renews,
        tuple(route.id or route.kind.value for _, route in move.renewals),
        tuple(own for own in along if own not in renews),
        lines,
        hours,
        move.earns,
    )
    total = state.cost + cost + Cost(unknown, ZERO, hours)
    early = sum(max((end_of(before[own]) - move.on).days, 0) for own in renews)
    return Keeping(joint, till, effort, total, (*state.steps, step), state.early + early)


def running_fees(state: Keeping, kept: Iterable[CertificationId], until: date, terms: Terms) -> list[Charge]:
    """The yearly fees that fall due by *until* in cycles that are not over by then."""
    charges = []
    for own in kept:
        replay = state.joint.replays[own]
        for charge, fee in _cycle_fees(replay, replay.cycles[-1], terms):
            if fee.per == "year" and charge.line.on <= until:
                charges.append(charge)
    return charges


# --- which moves there are ------------------------------------------------------------------------------------------


def _open_routes(joint: Joint, own: CertificationId, on: date) -> Iterator[Route]:
    """The routes of its own by which a certification can be renewed on a day.

    A title that others confer has no exam; one that has lapsed comes back by exam only.
    """
    cycle = joint.replays[own].cycles[-1]
    opens = window_opens(cycle) or cycle.start
    if cycle.rule is None or cycle.last_day is None or on < opens:
        return
    limit = last_day_to_act(cycle)
    lapsed = limit is not None and on > limit
    conferred = any(designation.certification == own for designation in joint.scheme.designations)
    for route in cycle.rule.routes:
        by_exam = route.kind in EXAM_ROUTES
        by_others = route.kind in (RouteKind.HIGHER_EXAM, RouteKind.SUITE_EXAM)
        if not by_others and not (conferred and by_exam) and (by_exam or not lapsed):
            yield route


def _reaches(joint: Joint, own: CertificationId, other: CertificationId) -> bool:
    return any(own in cascade.of and other in cascade.renews for cascade in joint.scheme.cascades) or _aligned(
        joint, own, other
    )


def _aligned(joint: Joint, own: CertificationId, other: CertificationId) -> bool:
    groups = (group for group in joint.scheme.groups if group.aligned == "latest-exam")
    return any({own, other} <= set(members_of(group)) for group in groups)


def _moves_by(
    state: Keeping, own: CertificationId, route: Route, on: date, kept: Sequence[CertificationId], terms: Terms
) -> Iterator[Move]:
    """A renewal by one route, together with kept members of a group that shares units or fees.

    Those that end no later and know no cheaper route come along, since apart they cost no less; any other may. What
    another one carries along is left out.
    """
    if route.kind in EXAM_ROUTES:
        yield Move(on, ((own, route),))
        return
    joining = [other for other in kept if other != own and _shares_group(state.joint, own, other)]
    pairs = [(other, _same_kind(state.joint, other, route, on)) for other in joining]
    able = [(other, its) for other, its in pairs if its is not None]
    sure = [pair for pair in able if _best_joins(state, *pair, on, terms)]
    free = [pair for pair in able if pair not in sure][:MOST_COMPANIONS]
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            yield Move(on, _without_carried(state.joint, [(own, route), *sure, *chosen]))


def _best_joins(state: Keeping, own: CertificationId, route: Route, on: date, terms: Terms) -> bool:
    """Whether a certification ends by a day and every other route of its own costs more than this one does alone."""
    if end_of(state.joint.replays[own].cycles[-1]) > on:
        return False
    this = _cost_alone(state, own, route, on, terms)
    others = (its for its in _open_routes(state.joint, own, on) if its is not route)
    return all(_cost_alone(state, own, its, on, terms) > this for its in others)


def _cost_alone(state: Keeping, own: CertificationId, route: Route, on: date, terms: Terms) -> tuple[int, Fraction]:
    """The unknown prices and the money of one renewal by itself, with nothing paid before."""
    move = Move(on, ((own, route),))
    cycles = {own: state.joint.replays[own].cycles[-1]}
    _, cost, _ = Till().charged(_charges(state, move, terms, cycles), terms.exchange)
    return cost.unknown, cost.money


def _without_carried(
    joint: Joint, renewals: Sequence[tuple[CertificationId, Route]]
) -> tuple[tuple[CertificationId, Route], ...]:
    """The renewals but those that another of them carries along; the first stays where they carry each other."""
    stay: list[tuple[CertificationId, Route]] = list(renewals)
    for pair in reversed(renewals):
        if any(other != pair[0] and _carries(joint, other, pair[0]) for other, _ in stay):
            stay.remove(pair)
    return tuple(sorted(stay, key=lambda pair: pair[0]))


def _carries(joint: Joint, own: CertificationId, other: CertificationId) -> bool:
    """Whether renewing one carries the other along without a fee of its own."""
    return any(
        own in cascade.of and other in cascade.renews and cascade.when != "earned" and cascade.waives_fees
        for cascade in joint.scheme.cascades
    )


def _shares_group(joint: Joint, own: CertificationId, other: CertificationId) -> bool:
    groups = (group for group in joint.scheme.groups if group.fee != "each" or value_of(group.other_tracks))
    return any({own, other} <= set(members_of(group)) for group in groups)


def _same_kind(joint: Joint, own: CertificationId, route: Route, on: date) -> Route | None:
    return next((its for its in _open_routes(joint, own, on) if its.kind is route.kind), None)


def _newcomers(joint: Joint, urgent: CertificationId) -> set[CertificationId]:
    """Certifications not held whose award might renew *urgent*, as far as their exam's price is known."""
    scheme, rule = joint.scheme, joint.replays[urgent].cycles[-1].rule
    found = {own for cascade in scheme.cascades if urgent in cascade.renews for own in cascade.of}
    found |= {own for route in (rule.routes if rule else ()) for own in route.certifications}
    known = (own for own in found if own in scheme.certifications and own not in joint.replays)
    return {own for own in known if any(price.amount.known for price in scheme.certifications[own].prices)}


def _newest(certification: Certification) -> EditionId | None:
    return certification.editions[-1].id if certification.editions else None


# --- what they cost -------------------------------------------------------------------------------------------------


def _charges(state: Keeping, move: Move, terms: Terms, before: Mapping[CertificationId, HeldCycle]) -> Iterator[Charge]:
    for own, route in move.renewals:
        replay = state.joint.replays[own]
        yield from _route_price(replay.subject.certification, route, move.on, terms)
        yield from _membership(state, own, route, move.on, terms)
        if not route.waives_fees:
            yield from (_paid_at(charge, fee, move.on) for charge, fee in _cycle_fees(replay, before[own], terms))
    if move.earns:
        certification = state.joint.scheme.certifications[move.earns]
        yield Charge(UpkeepLine("exam", move.earns, move.on, _exam_price(certification, move.on, terms)))


def _fees_carried_along(
    joint: Joint, move: Move, terms: Terms, before: Mapping[CertificationId, HeldCycle]
) -> Iterator[Charge]:
    """The fees of what a cascade renews along, unless it waives them."""
    waived = {cascade.id for cascade in joint.scheme.cascades if cascade.waives_fees}
    renewed = {own for own, _ in move.renewals}
    for moved in joint.cascaded:
        if moved.source not in waived and moved.renewed in before and moved.renewed not in renewed:
            replay = joint.replays[moved.renewed]
            dues = _cycle_fees(replay, before[moved.renewed], terms)
            yield from (_paid_at(charge, fee, move.on) for charge, fee in dues)


def _paid_at(charge: Charge, fee: RenewalFee, on: date) -> Charge:
    """A fee for the cycle is paid with the renewal, and shared by what is renewed with it."""
    if fee.per == "year":
        return charge
    return Charge(replace(charge.line, on=on), (charge.once[0], on) if charge.once else None)


def _cycle_fees(replay: Replay, cycle: HeldCycle, terms: Terms) -> Iterator[tuple[Charge, RenewalFee]]:
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


def _hours(state: Keeping, move: Move, terms: Terms) -> tuple[Effort, Fraction, int]:
    """The effort after a move, its hours, and in how many renewals they are not known."""
    effort, total, unknown = state.effort, ZERO, 0
    for own, route in move.renewals:
        effort, hours = _route_hours(state, move, own, route, effort, terms)
        unknown += hours is None
        total += hours or ZERO
    if move.earns:
        total += _study_hours(state.joint.scheme.certifications[move.earns])
    return effort, total, unknown


def _route_hours(
    state: Keeping, move: Move, own: CertificationId, route: Route, effort: Effort, terms: Terms
) -> tuple[Effort, Fraction | None]:
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


def _cycle_key(replay: Replay) -> tuple[object, ...]:
    cycle = replay.cycles[-1]
    clock = replay.ticking
    return cycle.start, cycle.last_day, clock.run.day, clock.run.counted, clock.run.offset, replay.edition
