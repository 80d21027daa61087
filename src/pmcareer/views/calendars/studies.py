"""Study blocks: the hours of a plan's studies laid into the week, as timed entries that one may move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from pmcareer.api.plans.answers import PlanAnswer, PlannedStep
from pmcareer.views.agenda import Entry, Key, Kind, local_note
from pmcareer.views.calendars.reminders import remind_by_default
from pmcareer.views.wording import number

# Sessions in the order in which a week fills up: (weekday, Monday 0; hour of the local day; most hours).
_WEEK = ((5, 9, 4), (6, 9, 4), (2, 18, 2), (1, 18, 2), (3, 18, 2), (0, 18, 2), (4, 18, 2))
_FULL_WEEK = sum(most for _, _, most in _WEEK)


def study_entries(answer: PlanAnswer, zone: dt.tzinfo, person: str = "") -> Iterator[Entry]:
    """One timed, tentative entry for each session of each study of the best plan; local times are those of *zone*."""
    week = sessions_of_a_week(answer.hours_per_week)
    for plan in answer.plans[:1]:
        for step in plan.steps:
            if step.kind == "study":
                yield from _blocks(step, week, zone, person)


def sessions_of_a_week(hours: Fraction) -> dict[int, tuple[int, Fraction]]:
    """Weekday → (hour of the local day, hours), summing to *hours* where the week has room for them.

    Two mornings at the weekend first, then evenings; a week fuller than 18 hours lengthens every session alike.
    """
    stretch = max(Fraction(1), hours / _FULL_WEEK)
    left, week = hours, dict[int, tuple[int, Fraction]]()
    for weekday, start, most in _WEEK:
        length = min(left, most * stretch)
        if length > 0:
            week[weekday] = (start, length)
            left -= length
    return week


def _blocks(step: PlannedStep, week: dict[int, tuple[int, Fraction]], zone: dt.tzinfo, person: str) -> Iterator[Entry]:
    left, day, n = step.hours or Fraction(0), step.start, 0
    while left > 0 and week:
        if day.weekday() in week:
            hour, length = week[day.weekday()]
            session = min(length, left)
            n, left = n + 1, left - session
            yield from remind_by_default(_entry(step, day, hour, session, left, zone, person, n))
        day += dt.timedelta(days=1)


def _entry(
    step: PlannedStep, day: dt.date, hour: int, hours: Fraction, left: Fraction, zone: dt.tzinfo, person: str, n: int
) -> Entry:
    starts = dt.datetime.combine(day, dt.time(min(hour, 23)), zone).astimezone(dt.UTC)
    ends = starts + dt.timedelta(minutes=round(hours * 60))
    return Entry(
        key=Key("plan", person, step.id, Kind.STUDY, n=str(n)),
        summary=f"Study {step.name}",
        description=f"{local_note(starts, ends, zone)}\n{number(left)} hours left after this one.",
        start=starts,
        end=ends,
        tentative=True,
        busy=True,
        categories=("Study",),
    )
