"""What can be done on the day a certification would lapse: its own routes, together with others, or by another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations

from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId, EditionId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.model.renewal_rules import Route, RouteKind
from pmcareer.renewals.after_end import is_noted, last_day_to_act
from pmcareer.renewals.cascades import EXAM_ROUTES, Joint
from pmcareer.renewals.categories import ZERO
from pmcareer.renewals.cycles import end_of
from pmcareer.renewals.histories import replay_of
from pmcareer.renewals.last_days import value_of
from pmcareer.renewals.scheme import members_of
from pmcareer.renewals.upkeep_charges import charges_of, fees_carried_along, hours_of
from pmcareer.renewals.upkeep_costs import Cost, Till
from pmcareer.renewals.upkeep_state import Keeping, Move, Step, Terms
from pmcareer.renewals.windows import window_opens

MOST_COMPANIONS = 5
"""So many further members of a group are tried for a joint renewal."""


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
        joint.apply(
            move.earns, HoldingEvent(move.on, EventKind.EXAM_PASSED, edition=newest_edition(subject.certification))
        )
    charges = [*charges_of(state, move, terms, before), *fees_carried_along(joint, move, terms, before)]
    till, cost, lines = state.till.charged(charges, terms.exchange)
    effort, hours, unknown = hours_of(state, move, terms)
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


# --- which moves there are ------------------------------------------------------------------------------------------


def _open_routes(joint: Joint, own: CertificationId, on: date) -> Iterator[Route]:
    """The routes of its own by which a certification can be renewed on a day.

    A title that others confer has no exam; one that has lapsed, or is noted as not current, comes back
    by exam only.
    """
    cycle = joint.replays[own].cycles[-1]
    opens = window_opens(cycle) or cycle.start
    if cycle.rule is None or cycle.last_day is None or on < opens:
        return
    limit = last_day_to_act(cycle)
    lapsed = (limit is not None and on > limit) or is_noted(cycle, on)
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
            yield Move(on, without_carried(state.joint, [(own, route), *sure, *chosen]))


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
    _, cost, _ = Till().charged(charges_of(state, move, terms, cycles), terms.exchange)
    return cost.unknown, cost.money


def without_carried(
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


def newest_edition(certification: Certification) -> EditionId | None:
    """The edition listed last, which whoever earns it in time to come is taken to sit."""
    return certification.editions[-1].id if certification.editions else None
