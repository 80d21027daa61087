"""What has happened since a baseline was saved, as the profile and the options tell it: awards, moves, renewals."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from pmcareer.api.compiling.questions import PlanRequest
from pmcareer.model.people import EventKind, Holding
from pmcareer.values import dataclass

_AWARDS = (EventKind.AWARDED, EventKind.EXAM_PASSED)


@dataclass(frozen=True, slots=True)
class Actuals:
    """Days on which things happened, rising, by kind (``earn``, ``move``, ``renew``) and id.

    ``saved``: the day of the baseline; what happened before it is only of interest where the baseline has it.
    """

    days: Mapping[tuple[str, str], tuple[date, ...]]
    saved: date

    def day(self, kind: str, id_: str, number: int) -> date | None:
        """The day of the *number*-th (from 0) of its kind, or None where it has not happened."""
        days = self.days.get((kind, id_), ())
        return days[number] if number < len(days) else None

    def beyond(self, known: Collection[tuple[str, str, int]]) -> Iterator[tuple[str, str, str, date]]:
        """(kind, id, "", day) of what has happened since the baseline was saved and is not among *known*."""
        for (kind, id_), days in self.days.items():
            for number, day in enumerate(days):
                if (kind, id_, number) not in known and day > self.saved:
                    yield kind, id_, "", day


def actuals_of(request: PlanRequest, saved: date) -> Actuals:
    """What *request* says has happened up to its as-of date.

    Awards count whenever they were earned (one may be recorded late); renewals and moves from the day of the baseline
    on, since those before it are no milestones of it.
    """
    found: dict[tuple[str, str], tuple[date, ...]] = {}
    asked = {holding.id for holding in request.holds}
    for holding in (*(h for h in request.profile.certifications if h.id not in asked), *request.holds):
        awards = [day for day in _awards(holding) if day <= request.as_of]
        if awards:
            found["earn", holding.id] = (min(awards),)
        renewals = tuple(sorted(day for day in _renewals(holding) if saved < day <= request.as_of))
        if renewals:
            found["renew", holding.id] = renewals
    for stint in sorted(request.profile.roles, key=lambda one: one.from_):
        if saved <= stint.from_ <= request.as_of:
            key = ("move", stint.role)
            found[key] = (*found.get(key, ()), stint.from_)
    return Actuals(found, saved)


def _awards(holding: Holding) -> Iterator[date]:
    if holding.earned:
        yield holding.earned
    yield from (event.on for event in holding.events if event.kind in _AWARDS)


def _renewals(holding: Holding) -> set[date]:
    return {*holding.renewed, *(event.on for event in holding.events if event.kind is EventKind.RENEWED)}
