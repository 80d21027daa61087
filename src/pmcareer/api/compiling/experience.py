"""Experience: which roles grant a kind of it, and how many days of it a person brings by a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pmcareer.api.compiling.questions import Situation, days_of_experience
from pmcareer.dates import Length, subtract
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import ExperienceKindId, RoleId
from pmcareer.model.people import Stint


def with_implied(catalog: Catalog, kinds: Iterable[ExperienceKindId]) -> set[ExperienceKindId]:
    """The kinds themselves and all that they imply."""
    found, waiting = set[ExperienceKindId](), list(kinds)
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.add(kind)
            entry = catalog.experience_kinds.get(kind)
            waiting.extend(entry.implies if entry else ())
    return found


def grants(catalog: Catalog, role: RoleId, kind: ExperienceKindId) -> bool:
    """Whether each day in *role* is a day of *kind*."""
    entry = catalog.roles.get(role)
    return entry is not None and kind in with_implied(catalog, entry.grants)


def days_brought(
    catalog: Catalog,
    situation: Situation,
    kind: ExperienceKindId,
    within_years: int | None,
    *,
    counted_from: date | None = None,
) -> int:
    """Days of *kind* before the as-of date: from stints inside the window, and what the person adds without dates.

    *counted_from*: a later first day than the window's.
    """
    return _days(catalog, situation, situation.stints, kind, within_years, situation.as_of, counted_from)


def undated_days(catalog: Catalog, situation: Situation, kind: ExperienceKindId) -> int:
    """Days of *kind* that the person adds without dates."""
    return max((d for k, d in situation.undated.items() if kind in with_implied(catalog, [k])), default=0)


def stints_granting(catalog: Catalog, situation: Situation, kind: ExperienceKindId) -> tuple[Stint, ...]:
    """The person's stints that grant *kind*, earliest first."""
    return tuple(sorted((s for s in situation.stints if grants(catalog, s.role, kind)), key=lambda s: s.from_))


def day_by_waiting(
    catalog: Catalog,
    situation: Situation,
    kind: ExperienceKindId,
    within_years: int | None,
    needed: int,
    last_day: int,
    first_day: int = 0,
) -> int | None:
    """The first day from *first_day* on with *needed* days of *kind* for one who only stays in the present role.

    What leaves the window meanwhile no longer counts. None where that day does not come by *last_day*.
    """
    day, lived = first_day, tuple(_staying(situation))
    gains = grants(catalog, situation.role, kind)
    while day <= last_day:
        on = situation.as_of + timedelta(days=day)
        lack = needed - _days(catalog, situation, lived, kind, within_years, on)
        if lack <= 0:
            return day
        if not gains:
            return None
        day += lack  # no day brings more than a day
    return None


def _staying(situation: Situation) -> Iterator[Stint]:
    """The stints as the plan counts them: until day 0, and from then on the present role alone."""
    for stint in situation.stints:
        until = situation.as_of - timedelta(days=1)
        yield Stint(stint.role, stint.from_, min(stint.to or until, until))
    yield Stint(situation.role, situation.as_of)


def _days(
    catalog: Catalog,
    situation: Situation,
    stints: tuple[Stint, ...],
    kind: ExperienceKindId,
    within_years: int | None,
    on: date,
    counted_from: date | None = None,
) -> int:
    first = date.min
    if within_years:
        first = counted_from or subtract(on, Length(months=12 * within_years))
    granting = frozenset(s.role for s in stints if grants(catalog, s.role, kind))
    days = days_of_experience(stints, granting, first, on) + undated_days(catalog, situation, kind)
    return min(days, (on - first).days) if within_years else days
