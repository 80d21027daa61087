"""What one certification does for others: cascades, suites that share a date, designations; replayed together.

Events of all holdings are applied in the order of their days, so that an exam moves the other dates on its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pmcareer.model.ids import CertificationId, EditionId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.model.renewal_rules import Cascade, RenewalGroup, Route, RouteKind
from pmcareer.problems import Problem, Problems
from pmcareer.renewals.cycles import HeldCycle, History
from pmcareer.renewals.events import PROFILE, order_of
from pmcareer.renewals.histories import replay_of, settle
from pmcareer.renewals.replay import Effect, Replay
from pmcareer.renewals.rules import is_in_force
from pmcareer.renewals.scheme import Scheme, members_of
from pmcareer.values import dataclass, field

EXAM_ROUTES = frozenset({RouteKind.SAME_EXAM, RouteKind.SUITE_EXAM, RouteKind.HIGHER_EXAM})


@dataclass(frozen=True, slots=True)
class Cascaded:
    """One date that another certification's award or renewal moved: the last day before and after."""

    source: str
    on: date
    by: CertificationId
    renewed: CertificationId
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Together:
    """The histories of everything a person holds, and what moved what. ``conferred``: titles nobody recorded."""

    histories: Mapping[CertificationId, History]
    cascaded: tuple[Cascaded, ...] = ()
    conferred: frozenset[CertificationId] = frozenset()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Joint:
    """The replays of one person while events are applied, and what moved what."""

    scheme: Scheme
    as_of: date
    replays: dict[CertificationId, Replay]
    cascaded: list[Cascaded] = field(default_factory=list)
    conferred: set[CertificationId] = field(default_factory=set)

    def apply(self, own: CertificationId, event: HoldingEvent) -> None:
        """One event and everything it leads to."""
        replay = self.replays[own]
        replay.apply(event)
        if effect := replay.effect:
            self._cascade(own, event.on, effect)
            self._renew_by_routes(own, event.on, effect)
            self._align(own, event.on, effect)
            self._confer(event.on)

    def copied(self) -> Joint:
        """The same state, to be changed apart; what it moves from here on is listed anew."""
        return Joint(self.scheme, self.as_of, {own: replay.copied() for own, replay in self.replays.items()})

    def _cascade(self, own: CertificationId, on: date, effect: Effect) -> None:
        for cascade in self.scheme.cascades:
            if cascade.extent == "full" and triggers(cascade, own, effect, self.as_of):
                for other in cascade.renews:
                    self._renew(cascade, own, other, on)

    def _renew(self, cascade: Cascade, own: CertificationId, other: CertificationId, on: date) -> None:
        replay = self.replays.get(other)
        if other == own or replay is None or not _renewable(replay, on, revives=cascade.revives_expired):
            return
        end = self.replays[own].cycles[-1].last_day
        before = replay.cycles[-1].last_day
        if cascade.new_end == "own-cycle-from-event":
            replay.restart_by_cascade(on)
        elif cascade.new_end == "own-cycle-from-end":
            replay.continue_by_cascade(on)
        elif end is not None and end >= on:
            replay.align(on, end)
        self._note(cascade.id, on, own, other, before)

    def _renew_by_routes(self, own: CertificationId, on: date, effect: Effect) -> None:
        """Certifications whose own rule names this one's exam as a way to renew them."""
        if not (effect.earned or effect.route in EXAM_ROUTES):
            return
        for other, replay in self.replays.items():
            route = _route_by(replay, own, effect)
            if other != own and route and replay.cascaded_on != on and _renewable(replay, on, revives=False):
                before = replay.cycles[-1].last_day
                replay.renew_by(on, route)
                self._note(route.id or route.kind, on, own, other, before)

    def _align(self, own: CertificationId, on: date, effect: Effect) -> None:
        """Suites that share the date of the latest exam."""
        end = self.replays[own].cycles[-1].last_day
        if end is None or end < on or not (effect.earned or effect.route in EXAM_ROUTES):
            return
        for group in self.scheme.groups:
            if group.aligned == "latest-exam" and self._joins(group, own):
                for other in members_of(group):
                    if other != own and other in self.replays and self._joins(group, other):
                        self._share_date(group, own, other, on, end)

    def _share_date(
        self, group: RenewalGroup, own: CertificationId, other: CertificationId, on: date, end: date
    ) -> None:
        replay = self.replays[other]
        if not _renewable(replay, on, revives=True) or replay.cycles[-1].last_day == end:
            return
        before = replay.cycles[-1].last_day
        replay.align(on, end, awarded=on)
        self._note(group.id, on, own, other, before)

    def _joins(self, group: RenewalGroup, certification: CertificationId) -> bool:
        edition = self.replays[certification].edition
        fits = not group.editions or edition in group.editions
        return fits and certification in members_of(group) and is_in_force(group.in_force, self.as_of)

    def _confer(self, on: date) -> None:
        """Titles that come by themselves to whoever holds all they ask for."""
        for designation in self.scheme.designations:
            title = designation.certification
            known = title in self.scheme.certifications and title not in self.replays
            if known and all(self._alive(other, on) for other in designation.when_holding):
                replay = replay_of(self.scheme.subject_on(title, self.as_of), Holding(title))
                replay.edition = self._latest_edition(designation.when_holding)
                replay.events = (HoldingEvent(on, EventKind.AWARDED, edition=replay.edition),)
                replay.apply(replay.events[0])
                self.replays[title] = replay
                self.conferred.add(title)

    def _alive(self, certification: CertificationId, on: date) -> bool:
        replay = self.replays.get(certification)
        return replay is not None and bool(replay.cycles) and (replay.cycles[-1].last_day or on) >= on

    def _latest_edition(self, held: Sequence[CertificationId]) -> EditionId | None:
        latest = max((self.replays[one] for one in held), key=lambda replay: replay.cycles[-1].start)
        return latest.edition

    def _note(self, source: str, on: date, own: CertificationId, other: CertificationId, before: date | None) -> None:
        last = self.replays[other].cycles[-1].last_day
        if last != before:
            self.cascaded.append(Cascaded(source, on, own, other, before, last))


def replay_together(scheme: Scheme, holdings: Iterable[Holding], as_of: date) -> Together:
    """The histories of all holdings, each event's effect on the others counted.

    A holding that the scheme does not know is reported and left out; two of one certification count as one.
    """
    joint, histories, problems = play(scheme, holdings, as_of)
    return Together(histories, tuple(joint.cascaded), frozenset(joint.conferred), tuple(problems))


def play(
    scheme: Scheme, holdings: Iterable[Holding], as_of: date
) -> tuple[Joint, dict[CertificationId, History], Problems]:
    """The replays at the as-of date, from which what is yet to come can be tried, with their histories."""
    problems = Problems()
    joint = Joint(scheme, as_of, {})
    for holding in merged(holdings):
        if holding.id not in scheme.certifications:
            hint = "see `pmcareer catalog list certifications`"
            problems.add("profile-unknown-id", f"{holding.id} is not in the catalog", PROFILE, hint=hint)
            continue
        joint.replays[holding.id] = replay_of(scheme.subject_on(holding.id, as_of), holding)
    for own, event in _in_order(joint.replays):
        joint.apply(own, event)
    return joint, {own: settle(replay) for own, replay in joint.replays.items()}, problems


def triggers(cascade: Cascade, own: CertificationId, effect: Effect, as_of: date) -> bool:
    """Whether an award or renewal of *own* sets the cascade off."""
    if own not in cascade.of or not is_in_force(cascade.in_force, as_of):
        return False
    if cascade.editions and effect.edition not in cascade.editions:
        return False
    if effect.earned:
        return cascade.when in ("earned", "earned-or-renewed")
    return cascade.when in ("renewed", "earned-or-renewed") and (not cascade.routes or effect.route in cascade.routes)


def merged(holdings: Iterable[Holding]) -> Iterator[Holding]:
    """Each certification once: further entries of it become events of the first."""
    by_id: dict[CertificationId, Holding] = {}
    for holding in holdings:
        first = by_id.get(holding.id)
        if first is None:
            by_id[holding.id] = holding
            continue
        awards = (HoldingEvent(holding.earned, EventKind.AWARDED, edition=holding.edition),) if holding.earned else ()
        by_id[holding.id] = replace(
            first,
            renewed=(*first.renewed, *holding.renewed),
            events=(*first.events, *holding.events, *awards),
            issuer_says_expires=holding.issuer_says_expires or first.issuer_says_expires,
        )
    yield from by_id.values()


def _in_order(replays: Mapping[CertificationId, Replay]) -> list[tuple[CertificationId, HoldingEvent]]:
    """Events of all holdings by day; on one day awards and exams come first, as they do within a holding."""
    pairs = [(own, event) for own, replay in replays.items() for event in replay.events]
    return sorted(pairs, key=lambda pair: (pair[1].on, order_of(pair[1])))


def _route_by(replay: Replay, own: CertificationId, effect: Effect) -> Route | None:
    """The route of a held certification that an exam of another one, in its edition, goes by."""
    rule = replay.latest.rule if replay.latest else None
    for route in rule.routes if rule else ():
        if own in route.certifications and (not route.editions or effect.edition in route.editions):
            return route
    return None


def _renewable(replay: Replay, on: date, *, revives: bool) -> bool:
    """Whether another certification can renew this one on a day: held, with an end, and alive unless it *revives*."""
    latest: HeldCycle | None = replay.latest
    if latest is None or latest.last_day is None or replay.revoked_on or on < replay.cycles[0].counts_from:
        return False
    return revives or on <= latest.last_day
