"""What happened to a holding, in order: the recorded events and the shorthand as one list, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pmcareer.model.ids import CertificationId
from pmcareer.model.people import EventKind, Holding, HoldingEvent
from pmcareer.problems import Position, Problem, Problems, Severity
from pmcareer.values import dataclass

AWARDS = frozenset({EventKind.AWARDED, EventKind.EXAM_PASSED})
_ORDER = {
    kind: rank
    for rank, kind in enumerate(
        (
            EventKind.EXAM_PASSED,
            EventKind.AWARDED,
            EventKind.RETURNED,
            EventKind.RENEWED,
            EventKind.EXTENDED,
            EventKind.FEE_PAID,
            EventKind.EXAM_BOOKED,
            EventKind.RETIRED,
            EventKind.REVOKED,
        )
    )
}
PROFILE = Position("profile")


@dataclass(frozen=True, slots=True)
class Reporter:
    """Records findings about one holding, each with its place in the profile."""

    certification: CertificationId
    problems: Problems

    def warn(self, code: str, message: str, *, hint: str = "", severity: Severity = "warning") -> None:
        """Record one finding."""
        path = f"certifications[{self.certification}]"
        text = f"{self.certification}: {message}"
        self.problems.add(code, text, PROFILE, path=path, hint=hint, severity=severity)


def events_until(holding: Holding, as_of: date, report: Reporter) -> tuple[HoldingEvent, ...]:
    """The events up to *as_of* in the order in which they happened; later ones are reported, not counted."""
    events = _in_order(holding)
    for event in events:
        if event.on > as_of and event.kind is not EventKind.EXAM_BOOKED:
            message = f"{event.kind} on {event.on} lies after {as_of} and does not count yet"
            report.warn("profile-future", message, severity="note")
    return tuple(event for event in events if event.on <= as_of)


def order_of(event: HoldingEvent) -> int:
    """The rank of an event among those of one day: exams and awards first, losses last."""
    return _ORDER[event.kind]


def first_award(events: Iterable[HoldingEvent]) -> date | None:
    """The first day on which it was awarded or its exam passed."""
    return min((event.on for event in events if event.kind in AWARDS), default=None)


def problems_found(problems: Problems) -> tuple[Problem, ...]:
    """The findings once each, in the order found."""
    return tuple(dict.fromkeys(problems))


def _in_order(holding: Holding) -> tuple[HoldingEvent, ...]:
    events = sorted((*holding.events, *_shorthand(holding)), key=lambda event: (event.on, order_of(event)))
    return tuple(_without_twins(events))


def _shorthand(holding: Holding) -> Iterator[HoldingEvent]:
    if holding.earned and not _awarded_on(holding, holding.earned):
        yield HoldingEvent(holding.earned, EventKind.AWARDED, edition=holding.edition)
    renewed = {event.on for event in holding.events if event.kind is EventKind.RENEWED}
    for day in holding.renewed:
        if day not in renewed:
            yield HoldingEvent(day, EventKind.RENEWED)


def _awarded_on(holding: Holding, day: date) -> bool:
    return any(event.on == day and event.kind in AWARDS for event in holding.events)


def _without_twins(events: Iterable[HoldingEvent]) -> Iterator[HoldingEvent]:
    """Each event once: the same kind and route on the same day is one event; exam and award of one day as well."""
    before: HoldingEvent | None = None
    for event in events:
        if before and event.on == before.on and _same_thing(before, event):
            continue
        before = event
        yield event


def _same_thing(one: HoldingEvent, other: HoldingEvent) -> bool:
    both_awards = one.kind in AWARDS and other.kind in AWARDS
    return both_awards or replace(one, note="") == replace(other, note="")
