"""Replay: the events of one holding, one after another, to its cycles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain

from pmcareer.dates import ONE_DAY, Length, eve
from pmcareer.model.figures import Figure
from pmcareer.model.ids import EditionId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.model.renewal_rules import NextFrom, PersonStanding, Route, RouteKind
from pmcareer.problems import Problems
from pmcareer.renewals.after_end import has_vague_phase, last_day_to_act, last_day_to_report
from pmcareer.renewals.cycles import (
    MOST_CYCLES,
    HeldCycle,
    StandingSpan,
    extends_by,
    follow,
    usual_route,
)
from pmcareer.renewals.events import AWARDS, Reporter
from pmcareer.renewals.gaps import Gap, fill_gap
from pmcareer.renewals.last_days import DisputedDay, Run, is_open
from pmcareer.renewals.route_choice import renew_somehow
from pmcareer.renewals.rules import Clock
from pmcareer.renewals.subject import Subject
from pmcareer.renewals.windows import window_opens
from pmcareer.values import dataclass, field

_EXAMS = (RouteKind.SAME_EXAM, RouteKind.SUITE_EXAM, RouteKind.HIGHER_EXAM)
_DEFAULT_ROUTE = Route(RouteKind.CREDITS, Figure(NextFrom.PREVIOUS_END))


CONFIRMS_WITHIN = 30
"""A renewal recorded so many days after another certification renewed this one only confirms that."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event led to, for the other certifications: earned anew, or renewed by a route."""

    earned: bool
    route: RouteKind | None = None
    edition: EditionId | None = None


@dataclass(slots=True)
class Replay:
    """The state of one holding while its events are applied in order; ``history`` is the result."""

    subject: Subject
    holding: Holding
    problems: Problems = field(default_factory=Problems)
    cycles: list[HeldCycle] = field(default_factory=list)
    clock: Clock | None = None
    edition: EditionId | None = None
    standings: list[StandingSpan] = field(default_factory=list)
    revoked_on: date | None = None
    by_exam_on: date | None = None
    cascaded_on: date | None = None
    effect: Effect | None = None
    events: tuple[HoldingEvent, ...] = ()

    @property
    def report(self) -> Reporter:
        """Where findings about this holding go."""
        return Reporter(self.subject.certification.id, self.problems)

    @property
    def latest(self) -> HeldCycle | None:
        """The cycle up to whose last day the holding is valid."""
        return self.cycles[-1] if self.cycles else None

    @property
    def ticking(self) -> Clock:
        """The clock, which runs from the first award on."""
        if self.clock is None:
            raise ValueError("nothing was awarded yet")
        return self.clock

    def copied(self) -> Replay:
        """The same state, to be changed apart; its findings are its own."""
        return replace(self, cycles=list(self.cycles), standings=list(self.standings), problems=Problems(), effect=None)

    def apply(self, event: HoldingEvent) -> None:
        """Let one event change the state; what contradicts it is reported and left out."""
        self.effect = None
        if event.kind in AWARDS:
            self._award_or_exam(event)
        elif event.kind is EventKind.EXAM_BOOKED:
            return
        elif not self.cycles:
            self._unawarded(event)
        elif event.kind is EventKind.RENEWED:
            self._renewed(event)
        elif event.kind is EventKind.EXTENDED:
            self._extended(event)
        elif event.kind is EventKind.REVOKED:
            self._revoked(event)
        elif event.kind is EventKind.RETIRED:
            self._retired(event)
        elif event.kind is EventKind.RETURNED:
            self._returned(event)

    # --- awards ---------------------------------------------------------------------------------------------------

    def award(self, on: date, *, extends: Length | None = None, route: Route | None = None) -> None:
        """A new award, or a restart by *route*: whatever ran before ends the day before."""
        self._cut(on, route)
        self.revoked_on = None
        clock = Clock(Run(on), on, self.edition, self._previous(), extends)
        self._push(*follow(self.subject, clock, self._next_index()))
        self.effect = Effect(route is None, route.kind if route else None, self.edition)

    def _award_or_exam(self, event: HoldingEvent) -> None:
        self.edition = event.edition or self.subject.edition_on(event.on) or self.holding.edition or self.edition
        latest = self.latest
        if latest is None or latest.last_day is None or self.revoked_on:
            self.award(event.on)
        elif event.kind is EventKind.AWARDED and self.by_exam_on == latest.counts_from:
            self._granted(event.on)
            return
        else:
            self._again(event, latest)
        self.by_exam_on = event.on if event.kind is EventKind.EXAM_PASSED else None

    def _granted(self, on: date) -> None:
        """The award that follows its own exam: the cycle runs from the grant."""
        self.cycles.pop()
        self.by_exam_on = None
        self.award(on)

    def _again(self, event: HoldingEvent, latest: HeldCycle) -> None:
        """An exam passed or an award made while it was held, or after it was lost."""
        limit = last_day_to_act(latest)
        lost = limit is not None and event.on > limit
        route = self._exam_route(latest, event.route)
        if lost and route and event.kind is EventKind.EXAM_PASSED and self._renewed_while_suspended(event.on, route):
            return
        if lost or route is None or event.kind is EventKind.AWARDED:
            self.award(event.on, route=route)
        else:
            self.renew(event.on, route)

    def _renewed_while_suspended(self, on: date, route: Route) -> bool:
        """An exam in a suspension of unknown length may renew from the old end, which comes before a new award's."""
        anew, renewed = self.copied(), self.copied()
        anew.award(on)
        renewed.follow_on(on, route)
        later, end = anew.cycles[-1].last_day, renewed.cycles[-1].last_day
        if not has_vague_phase(self.cycles[-1]) or later is None or end is None or not on <= end < later:
            return False
        self.follow_on(on, route)
        self.dispute(DisputedDay(later, "if it had lapsed by then and was earned anew"))
        return True

    def _exam_route(self, cycle: HeldCycle, name: str) -> Route | None:
        routes = cycle.rule.routes if cycle.rule else ()
        named = (route for route in routes if name and name in (route.id, route.kind))
        exams = (route for kind in _EXAMS for route in routes if route.kind is kind)
        return next(chain(named, exams), None)

    def _unawarded(self, event: HoldingEvent) -> None:
        message = f"{event.kind} on {event.on} comes before any award"
        self.report.warn("profile-event-order", message, hint="record the day on which it was earned")
        if event.kind is EventKind.RENEWED:
            self.award(event.on)

    # --- renewals -------------------------------------------------------------------------------------------------

    def _renewed(self, event: HoldingEvent) -> None:
        latest = self.cycles[-1]
        if latest.last_day is None:
            return
        if self.revoked_on:
            self.report.warn("profile-event-order", f"renewed on {event.on} after it was revoked")
            return
        if self.cascaded_on and not event.route and (event.on - self.cascaded_on).days <= CONFIRMS_WITHIN:
            return
        if event.edition:
            self.edition = event.edition
        if event.on < latest.start:
            self._twice(event.on)
            return
        named = self._named_route(latest, event)
        if named:
            self.renew(event.on, named)
        else:
            renew_somehow(self, event.on, usual_route(latest.rule) or _DEFAULT_ROUTE)

    def _twice(self, on: date) -> None:
        message = f"renewed on {on} although its cycle was renewed already, or had not begun"
        self.report.warn("renewal-twice", message, hint="a cycle is renewed once; see the other events")

    def _named_route(self, cycle: HeldCycle, event: HoldingEvent) -> Route | None:
        routes = cycle.rule.routes if cycle.rule else ()
        named = [route for route in routes if event.route and event.route in (route.id, route.kind)]
        if event.route and not named:
            known = ", ".join(route.id or route.kind for route in routes)
            self.report.warn("renewal-route-unknown", f"no route {event.route!r} renews it", hint=f"it knows {known}")
        return next(iter(named), None)

    def renew(self, on: date, route: Route) -> None:
        """A renewal by a route: on its day, or as late as its rule allows; later it is a claim."""
        opens = window_opens(self.cycles[-1])
        if opens and on < opens:
            self.report.warn("renewal-before-window", f"renewed on {on}, but the window opens on {opens}")
        if on == self.cycles[-1].last_day:
            self._renew_at_the_end(on, route)
            return
        if route.next_from.value is NextFrom.EVENT and not self._open_rivals(route):
            self.award(on, extends=extends_by(route), route=route)
            return
        limit = last_day_to_act(self.cycles[-1])
        gap = fill_gap(self, on) if limit is not None and on > limit else Gap(None)
        lost_after = gap.lost_after or _closed_to(route, self.cycles[-1], on)
        self.follow_on(on, route)
        if gap.later and gap.later != self.cycles[-1].last_day:
            self.dispute(DisputedDay(gap.later, "if the renewals in between were made and only not recorded"))
        if self._open_rivals(route) or not route.next_from.known:
            self._weigh_restart(on, route)
        if lost_after:
            self._claim(on, lost_after)

    def _renew_at_the_end(self, on: date, route: Route) -> None:
        """On the last day itself: whatever the route counts from, the next cycle begins on the day after.

        The old cycle lasts through that day; counted from the day itself each renewal would cost one (0030).
        """
        if route.next_from.value is NextFrom.EVENT:
            self.clock = replace(self.ticking, awarded=on)
        self.follow_on(on, route)

    def _claim(self, on: date, lost_after: date) -> None:
        """A renewal that the rule does not allow any more: whether it holds only the issuer can say."""
        message = f"renewed on {on}, which was possible up to {lost_after} only: it counts if the issuer says so"
        hint = "write the last day that the issuer shows as `issuer_says_expires`; if it shows none, earn it again"
        self.report.warn("renewal-after-expiry", message, hint=hint)
        self.cycles[-1] = replace(self.cycles[-1], basis="claimed")

    def _open_rivals(self, route: Route) -> bool:
        """Whether the sources leave open from when this route counts the next cycle."""
        figure = route.next_from
        return any(is_open(figure.provenance, rival, self.subject.sources) for rival in figure.alternatives)

    def follow_on(self, on: date, route: Route | None, *, presumed: bool = False) -> None:
        """Close the latest cycle and open the one that follows it."""
        closed = replace(self.cycles[-1], renewed_on=None if presumed else on, route=route, presumed=presumed)
        clock = replace(self.ticking, edition=self.edition, extends=extends_by(route))
        self.cycles[-1] = closed
        self._push(*follow(self.subject, clock, closed.index + 1))
        if not presumed:
            self.effect = Effect(False, route.kind if route else None, self.edition)

    def _weigh_restart(self, on: date, route: Route) -> None:
        """Where it is open whether the next cycle runs from the previous end or from the event: the earlier end."""
        rival = self.copied()
        rival.cycles.pop()
        rival.award(on, extends=extends_by(route), route=route)
        ours, theirs = self.cycles[-1].last_day, rival.cycles[-1].last_day
        if ours is None or theirs is None or ours == theirs:
            return
        if theirs < ours:
            self.cycles, self.clock = rival.cycles, rival.clock
            self.dispute(DisputedDay(ours, "if the next cycle runs from the end of the one before"))
        else:
            self.dispute(DisputedDay(theirs, "if the next cycle runs from the day of the renewal"))

    # --- moved, lost, set aside -----------------------------------------------------------------------------------

    def align(self, on: date, last_day: date, *, awarded: date | None = None) -> None:
        """Renewed by another certification: a new cycle begins on *on* and ends on a literal last day."""
        before = self.cycles[-1].last_day
        self._cut(on, None)
        clock = replace(self.ticking, run=Run(last_day, "end"), awarded=awarded or self.ticking.awarded)
        governed, _ = follow(self.subject, replace(clock, previous=eve(on)), self._next_index())
        cycle = replace(governed, start=on, counts_from=on, last_day=last_day, basis="cascade", disputed=(), known=True)
        self._push(cycle, replace(clock, previous=last_day))
        if before and before > last_day:
            self.dispute(DisputedDay(before, "if the later day that it had already is kept"))
        self.cascaded_on = on

    def restart_by_cascade(self, on: date) -> None:
        """Renewed by another certification: a cycle of its own from that day."""
        self.award(on)
        self.cycles[-1] = replace(self.cycles[-1], basis="cascade")
        self.cascaded_on = on

    def renew_by(self, on: date, route: Route) -> None:
        """Renewed by another certification's exam, as one of its own routes has it."""
        self.renew(on, route)
        self.cycles[-1] = replace(self.cycles[-1], basis="cascade")
        self.cascaded_on = on

    def continue_by_cascade(self, on: date) -> None:
        """Renewed by another certification: its own next cycle, once for each cycle."""
        if on >= self.cycles[-1].start:
            self.follow_on(on, None)
            self.cycles[-1] = replace(self.cycles[-1], basis="cascade")
            self.cascaded_on = on

    def _extended(self, event: HoldingEvent) -> None:
        latest = self.cycles[-1]
        if event.until is None or latest.last_day is None or event.until <= latest.last_day:
            message = f"extended on {event.on} without a new last day that lies after {latest.last_day}"
            self.report.warn("renewal-extension", message, hint="say `until:` with the new last day")
            return
        self.cycles[-1] = replace(latest, last_day=event.until, basis="extension", moved_from=latest.last_day)
        self.clock = replace(self.ticking, previous=event.until)

    def _revoked(self, event: HoldingEvent) -> None:
        first = self.cycles[0]
        self._cut(event.on, None)
        if not self.cycles:  # revoked before the first cycle had lasted a day
            self.cycles = [replace(first, start=first.counts_from, last_day=max(first.counts_from, eve(event.on)))]
        self.cycles[-1] = replace(self.cycles[-1], renewed_on=None)
        self.revoked_on = event.on

    def _retired(self, event: HoldingEvent) -> None:
        standing = self._standing_meant(event)
        if standing is None:
            message = (
                f"its rule knows no standing {event.route or 'retired'!r}; the event of {event.on} changes nothing"
            )
            self.report.warn("renewal-standing-unknown", message, hint="renew it in time, or say `let_lapse: true`")
            return
        start = event.on
        if standing.starts == "calendar-year" and (start.month, start.day) != (1, 1):
            start = date(start.year + 1, 1, 1)
        self.standings.append(StandingSpan(standing.kind, start))

    def _standing_meant(self, event: HoldingEvent) -> PersonStanding | None:
        rule, own = self.cycles[-1].rule, self.subject.certification.id
        offered = [s for s in (rule.standings if rule else ()) if not s.certifications or own in s.certifications]
        named = [standing for standing in offered if standing.kind == event.route]
        return next(iter(named or ([] if event.route else offered)), None)

    def _returned(self, event: HoldingEvent) -> None:
        if not self.standings or self.standings[-1].until:
            self.report.warn("profile-event-order", f"returned on {event.on} without having retired")
            return
        self.standings[-1] = replace(self.standings[-1], until=max(event.on, self.standings[-1].from_))
        for _ in range(MOST_CYCLES):
            last = self.cycles[-1].last_day
            if last is None or last >= event.on:
                break
            self.follow_on(event.on, None, presumed=True)

    # --- the list of cycles ---------------------------------------------------------------------------------------

    def _push(self, cycle: HeldCycle, clock: Clock) -> None:
        self.cycles.append(cycle)
        self.clock = clock

    def _cut(self, on: date, route: Route | None) -> None:
        """End what runs on the eve of *on*; cycles that would begin on *on* or later fall away."""
        while self.cycles and self.cycles[-1].start >= on:
            self.cycles.pop()
        if not self.cycles:
            return
        last = self.cycles[-1]
        cut = last.last_day is None or last.last_day >= on
        moved_from = last.last_day if cut else last.moved_from
        end = on - ONE_DAY if cut else last.last_day
        self.cycles[-1] = replace(last, last_day=end, renewed_on=on, route=route, cut=cut, moved_from=moved_from)

    def _previous(self) -> date | None:
        return self.cycles[-1].last_day if self.cycles else None

    def _next_index(self) -> int:
        return self.cycles[-1].index + 1 if self.cycles else 1

    def dispute(self, day: DisputedDay) -> None:
        """Let another last day of the latest cycle stand beside its own."""
        latest = self.cycles[-1]
        if day.last_day != latest.last_day and day.last_day not in {known.last_day for known in latest.disputed}:
            self.cycles[-1] = replace(latest, disputed=(*latest.disputed, day))


def _closed_to(route: Route, cycle: HeldCycle, on: date) -> date | None:
    """The last day to report, where a renewal by credits comes after it and an exam alone could have followed."""
    last = last_day_to_report(cycle) if route.kind is RouteKind.CREDITS else None
    return last if last and on > last else None
