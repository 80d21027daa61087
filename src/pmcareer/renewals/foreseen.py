"""What keeping certifications takes as it falls due: each is renewed on its last day by its usual route, day by day.

Unlike the cheapest upkeep this chooses nothing, so that what is due by some day does not depend on what comes after
it: plans count on that. Awards to come are part of it: what they renew along the way is not renewed again, and of a
fee that a group pays once only one part is there, on the member that pays for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from pmcareer.model.figures import Figure
from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.people import EventKind, Holding, HoldingEvent, MembershipHeld
from pmcareer.model.renewal_rules import NextFrom, RenewalRule, Route, RouteKind
from pmcareer.renewals.after_end import last_day_to_earn
from pmcareer.renewals.cascades import Cascaded, Joint, play
from pmcareer.renewals.cycles import HeldCycle, end_of, usual_route
from pmcareer.renewals.fees import Payer, fee_on
from pmcareer.renewals.histories import replay_of
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.shared_fees import carried_by, earliest_awards
from pmcareer.renewals.status import Status, status_of
from pmcareer.renewals.upkeep import KEEPABLE
from pmcareer.renewals.upkeep_charges import charges_of, cycle_fees, fees_carried_along, route_hours
from pmcareer.renewals.upkeep_costs import Charge, Cost, Effort, Exchange, Till, UpkeepLine, same_currency
from pmcareer.renewals.upkeep_moves import newest_edition, without_carried
from pmcareer.renewals.upkeep_state import Keeping, Move, Terms
from pmcareer.renewals.windows import activities_from
from pmcareer.values import dataclass

_BY_CREDITS = Route(RouteKind.CREDITS, Figure(NextFrom.PREVIOUS_END))
MOST_RENEWALS = 2000
"""So many renewals are foreseen; a rule that lets a cycle last a day could ask for more than anyone can use."""


@dataclass(frozen=True, slots=True)
class Award:
    """A certification that will be earned on a day; ``kept``: and renewed from then on."""

    on: date
    certification: CertificationId
    kept: bool = True


@dataclass(frozen=True, slots=True)
class DueStep:
    """What one certification asks for on one day: a renewal, or only a fee.

    ``lines``: what is paid (empty where another one's fee or renewal covers it). ``hours``: of the renewal's units, as
    far as nothing earned before serves them; None where they are not known, or nothing is renewed. They count from
    ``earn_from`` to ``earn_by``, inclusive. ``route`` and ``rule``: by which it is renewed; ``route`` None: only a fee
    falls due.
    """

    on: date
    certification: CertificationId
    lines: tuple[UpkeepLine, ...] = ()
    hours: Fraction | None = None
    route: Route | None = None
    rule: RenewalRule | None = None
    earn_from: date | None = None
    earn_by: date | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The steps by day, what awards and renewals moved on the way, and what nothing known renews."""

    steps: tuple[DueStep, ...]
    moved: tuple[Cascaded, ...] = ()
    cannot_keep: tuple[CertificationId, ...] = ()


def foreseen_upkeep(
    holdings: Iterable[Holding],
    scheme: Scheme,
    as_of: date,
    until: date,
    *,
    keep: Iterable[CertificationId] | None = None,
    awards: Sequence[Award] = (),
    lacking: Mapping[CertificationId, Fraction | None] | None = None,
    memberships: tuple[MembershipHeld, ...] = (),
    region: RegionId | None = None,
    currency: str = "USD",
    exchange: Exchange | None = None,
) -> Foreseen:
    """What keeping *keep* (default: all that is alive and not let lapse) and the *awards* takes, by *until* inclusive.

    *lacking* and *exchange* are those of ``cheapest_upkeep``. A renewal falls on the last day on which it is in time;
    an award on that very day comes first. What is overdue is renewed on the as-of date, as long as its rule lets a
    cycle that is over be renewed by its usual route; what is only noted as not current is not renewed.
    """
    held = tuple(holdings)
    joint, histories, _ = play(scheme, held, as_of)
    payer = Payer(region, memberships, earliest_awards(histories))
    terms = Terms(as_of, payer, exchange or same_currency(currency), currency, lacking or {})
    lapsing = {holding.id for holding in held if holding.let_lapse}
    wanted = set(keep) if keep is not None else set(histories) - lapsing
    alive = {own for own, history in histories.items() if status_of(history).status in KEEPABLE - {Status.NOTED}}
    return _Walk(joint, terms, alive & wanted).run(sorted(awards, key=lambda a: (a.on, a.certification)), until)


class _Walk:
    def __init__(self, joint: Joint, terms: Terms, kept: set[CertificationId]) -> None:
        self.joint = joint
        self.terms = terms
        self.kept = kept
        self.carried = carried_by(joint.scheme)
        self.effort = Effort()
        self.charges: list[Charge] = []
        self.renewed: list[DueStep] = []
        self.moved: list[Cascaded] = []
        self.cannot_keep: list[CertificationId] = []

    def run(self, awards: Sequence[Award], until: date) -> Foreseen:
        """Everything up to and including *until*."""
        for award in awards:
            self.renew_all_before(award.on)
            self.earn(award)
        self.renew_all_before(until + timedelta(days=1))
        for own in sorted(self.kept):
            self.fall_due(own, self.cycle(own), until)
        return Foreseen(tuple(self.steps()), tuple(self.moved), tuple(self.cannot_keep))

    def cycle(self, own: CertificationId) -> HeldCycle:
        """The cycle up to whose last day it is valid."""
        return self.joint.replays[own].cycles[-1]

    def ends(self, own: CertificationId) -> date:
        """The day on which it has to be renewed: its last day, today if that is over."""
        return max(end_of(self.cycle(own)), self.terms.as_of)

    # --- what happens -----------------------------------------------------------------------------------------------

    def renew_all_before(self, day: date) -> None:
        """Renew what ends before *day*, day by day."""
        while self.kept and len(self.renewed) < MOST_RENEWALS:
            on = min(self.ends(own) for own in self.kept)
            if on >= day:
                return
            self.renew([own for own in sorted(self.kept) if self.ends(own) == on], on)

    def renew(self, ending: Sequence[CertificationId], on: date) -> None:
        """Renew together what ends on one day; what one of them carries along needs nothing of its own."""
        before = {own: self.cycle(own) for own in self.joint.replays}
        pairs = [(own, usual_route(before[own].rule) or _BY_CREDITS) for own in self.highest_first(ending)]
        move = Move(on, without_carried(self.joint, pairs))
        state = Keeping(self.joint, Till(), self.effort, Cost())
        due = [_when_renewed(charge, on) for charge in charges_of(state, move, self.terms, before)]
        self.charges += [charge for charge in due if not self.covered(charge)]
        for own, route in move.renewals:
            self.effort, hours = route_hours(state, move, own, route, self.effort, self.terms)
            span = self.earning(before[own], on)
            self.renewed.append(DueStep(on, own, (), hours, route, before[own].rule, *span))
        joint = self.joint.copied()
        for own, route in move.renewals:
            joint.apply(own, HoldingEvent(on, EventKind.RENEWED, route=route.id or route.kind))
        self.settle(joint, move, before)
        for own, _ in move.renewals:
            if self.ends(own) <= on:
                self.kept.discard(own)
                self.cannot_keep.append(own)

    def earning(self, cycle: HeldCycle, on: date) -> tuple[date, date]:
        """The first and the last day, from the as-of date on, whose activities count for a cycle renewed on *on*.

        In a grace in which nothing may be earned any more the last one lies before the as-of date.
        """
        overdue = end_of(cycle) < on
        return max(activities_from(cycle), self.terms.as_of), (last_day_to_earn(cycle) or on) if overdue else on

    def highest_first(self, members: Iterable[CertificationId]) -> list[CertificationId]:
        """Those that carry more of the others first."""
        return sorted(members, key=lambda own: (-len(self.carried.get(own, ())), own))

    def earn(self, award: Award) -> None:
        """Something new: it may renew others, and is kept from then on."""
        own, joint = award.certification, self.joint.copied()
        before = {other: self.cycle(other) for other in self.joint.replays if self.joint.replays[other].cycles}
        subject = joint.scheme.subject_on(own, self.terms.as_of)
        if own not in joint.replays:
            joint.replays[own] = replay_of(subject, Holding(own))
        event = HoldingEvent(award.on, EventKind.EXAM_PASSED, edition=newest_edition(subject.certification))
        joint.apply(own, event)
        self.settle(joint, Move(award.on, earns=own), before)
        if not award.kept:
            return
        self.kept.add(own)
        self.pay_with_the_first(own, award.on)

    def settle(self, joint: Joint, move: Move, before: Mapping[CertificationId, HeldCycle]) -> None:
        """Take over what a move led to, with the fees of the cycles that it cut short or closed for others."""
        self.charges += fees_carried_along(joint, move, self.terms, before)
        renewed = {own for own, _ in move.renewals}
        waived = {cascade.id for cascade in joint.scheme.cascades if cascade.waives_fees}
        for own in sorted({moved.renewed for moved in joint.cascaded if moved.source in waived}):
            if own in self.kept and own in before and own not in renewed:
                self.fall_due(own, before[own], move.on - timedelta(days=1))
        self.moved += joint.cascaded
        self.joint = joint

    def pay_with_the_first(self, own: CertificationId, on: date) -> None:
        """A fee that a group pays from its earliest award on begins with this one if there is no other."""
        payer, rule = self.terms.payer, self.cycle(own).rule
        known = dict(payer.earliest)
        shared = {
            fee.shared_in: on for fee in (rule.fees if rule else ()) if fee.shared_in and fee.shared_in not in known
        }
        if shared:
            earliest = tuple(sorted({**known, **shared}.items()))
            self.terms = replace(self.terms, payer=replace(payer, earliest=earliest))

    # --- what is paid -----------------------------------------------------------------------------------------------

    def fall_due(self, own: CertificationId, cycle: HeldCycle, until: date) -> None:
        """The fees that a cycle asks for year by year, up to and including *until*."""
        for charge, fee in cycle_fees(self.joint.replays[own], cycle, self.terms):
            if fee.per == "year" and charge.line.on <= until and not self.covered(charge):
                self.charges.append(charge)

    def covered(self, charge: Charge) -> bool:
        """Whether another member of the group pays this yearly fee for all (as ``shared_fees.payers_for`` has it)."""
        own, on = charge.line.certification, charge.line.on
        group = charge.once[0] if charge.once else ""
        mine = self.standing(own, group, on)
        others = (self.standing(other, group, on) for other in self.kept if other != own)
        return mine is not None and any(other is not None and other > mine for other in others)

    def standing(self, own: CertificationId, group: str, on: date) -> tuple[object, int, int, CertificationId] | None:
        """What decides whether a certification pays a group's yearly fee; None where it has none by that day."""
        rule, since = self.cycle(own).rule, self.awarded(own)
        fees = [fee for fee in (rule.fees if rule else ()) if fee.per == "year" and fee.shared_in == group]
        fee = fee_on(fees, on, self.terms.payer)
        if fee is None or since > on:
            return None
        if fee.share == "one":
            return 0, 0, -since.toordinal(), own
        amount = fee.amount.value.amount if fee.amount.value else 0
        return amount, len(self.carried.get(own, ())), -since.toordinal(), own

    def awarded(self, own: CertificationId) -> date:
        """The day of its first award."""
        return self.joint.replays[own].cycles[0].counts_from

    def steps(self) -> Iterator[DueStep]:
        """Renewals with what is paid on their days, and the fees of other days; by day, then certification."""
        found = {(step.on, step.certification): step for step in self.renewed}
        till = Till()
        by_day: dict[date, list[Charge]] = {}
        for charge in self.charges:
            by_day.setdefault(charge.line.on, []).append(charge)
        for on in sorted(by_day):
            charges = sorted(by_day[on], key=self.rank)
            till, _, lines = till.charged(charges, self.terms.exchange)
            for line in lines:
                step = found.get((on, line.certification), DueStep(on, line.certification))
                found[on, line.certification] = replace(step, lines=(*step.lines, line))
        yield from (found[key] for key in sorted(found))

    def rank(self, charge: Charge) -> tuple[int, date, CertificationId]:
        """Of members that would pay the same the highest pays, or the one awarded first."""
        own = charge.line.certification
        return -len(self.carried.get(own, ())), self.awarded(own), own


def _when_renewed(charge: Charge, on: date) -> Charge:
    """What must have been held throughout the cycle is counted when the renewal needs it; yearly fees on their days."""
    return Charge(replace(charge.line, on=on), charge.once) if charge.line.what == "membership" else charge
