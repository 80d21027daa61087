"""Calendars: the renewal deadlines of what a person holds, and of what a plan will earn, with the rules behind them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, tzinfo
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid5

from pmcareer.api.plans.answers import PlanAnswer
from pmcareer.api.schemes import scheme_for
from pmcareer.errors import UsageError
from pmcareer.model.calendar_ledger import Ledger
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId
from pmcareer.model.people import Holding, Profile
from pmcareer.model.renewal_rules import RenewalRule
from pmcareer.model.sources import Citation
from pmcareer.problems import Problem
from pmcareer.renewals.answer import HoldingAnswer, assess, assess_profile
from pmcareer.renewals.deadlines import Deadline, DeadlineKind
from pmcareer.renewals.last_days import DisputedDay, add_within
from pmcareer.renewals.status import Status
from pmcareer.renewals.years import YEAR
from pmcareer.values import dataclass

# UIDs of people who keep no profile: stable, but shared by all of them, so one calendar should hold one of them only.
NO_PROFILE = uuid5(UUID(int=0), "pmcareer: no profile")


@dataclass(frozen=True, slots=True)
class RenewalDate:
    """A deadline with what stands behind it. ``planned``: of a certification that a plan has yet to earn."""

    deadline: Deadline
    certification: Certification
    rule: RenewalRule | None
    citation: Citation | None
    disputed: tuple[DisputedDay, ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class RenewalDates:
    """Dates in order, what could not be dated (by name), and what is wrong with the events recorded."""

    dates: tuple[RenewalDate, ...]
    undated: tuple[str, ...]
    problems: tuple[Problem, ...]


def renewal_dates(catalog: Catalog, profile: Profile, as_of: date, years: int) -> RenewalDates:
    """The deadlines of everything in *profile*, from *as_of* over *years*; cascades and shared fees are counted.

    Those that a renewal has seen to are among them, as done.
    """
    known = [h.id for h in profile.certifications if h.id in catalog.certifications]
    answer = assess_profile(profile, scheme_for(catalog, known), as_of, years=years)
    dates = [
        RenewalDate(
            deadline,
            catalog.certifications[held.certification],
            held.rule,
            _first(held),
            _rivals(held, deadline),
            planned=False,
        )
        for held in answer.holdings
        for deadline in (*held.deadlines, *held.seen_to)
        if not held.let_lapse
    ]
    undated = [catalog.certifications[h.certification].name for h in answer.holdings if h.status is Status.UNKNOWN]
    return RenewalDates(_sorted(dates), tuple(undated), answer.problems)


def planned_renewal_dates(catalog: Catalog, answer: PlanAnswer, profile: Profile, years: int) -> RenewalDates:
    """The deadlines of everything that the best plan earns, over *years* from its day, by the rules known today.

    They are reckoned together with what is held by then: what renews another one, or shares its fee, does so here too.
    """
    earned = sorted(
        (step.end, step.id) for step in (answer.plans[0].steps if answer.plans else ()) if step.kind == "earn"
    )
    planned = tuple(Holding(CertificationId(id_), earned=on) for on, id_ in earned)
    ahead = {holding.id: holding for holding in planned}
    scheme = scheme_for(catalog, [h.id for h in (*profile.certifications, *planned) if h.id in catalog.certifications])
    days = sorted({on for on, _ in earned})
    dates: list[RenewalDate] = []
    undated: dict[str, None] = {}
    for day, following in pairwise((*days, date.max)):
        held = [h for h in (*profile.certifications, *planned) if h.earned is None or h.earned <= day]
        seen = assess(held, scheme, day, memberships=profile.memberships, region=profile.region, years=years)
        for one in seen.holdings:
            if one.certification in ahead:
                name = catalog.certifications[one.certification].name
                undated.update({name: None} if one.status is Status.UNKNOWN else {})
                dates.extend(_foreseen(catalog, one, day, following, ahead[one.certification], years))
    return RenewalDates(_sorted(dates), tuple(undated), ())


def _foreseen(
    catalog: Catalog, held: HoldingAnswer, day: date, following: date, planned: Holding, years: int
) -> Iterable[RenewalDate]:
    """The deadlines as seen on *day*, up to *following*, when something new may change them; *years* from its award."""
    certification = catalog.certifications[held.certification]
    until = add_within(planned.earned or day, YEAR.times(years))
    for deadline in held.deadlines:
        if day <= deadline.on < following and deadline.on <= until:
            yield RenewalDate(deadline, certification, held.rule, _first(held), _rivals(held, deadline), planned=True)


def _rivals(held: HoldingAnswer, deadline: Deadline) -> tuple[DisputedDay, ...]:
    """Other readings of the deadline's own day: only of the last day that ``expires`` names are they known."""
    return held.disputed if deadline.kind is DeadlineKind.RENEW_BY and deadline.on == held.expires else ()


def _first(held: HoldingAnswer) -> Citation | None:
    return held.citations[0] if held.citations else None


def _sorted(dates: Iterable[RenewalDate]) -> tuple[RenewalDate, ...]:
    return tuple(sorted(dates, key=lambda d: (d.deadline.on, d.certification.id, d.deadline.kind, d.deadline.n)))


def namespace_of(profile: Profile) -> UUID:
    """The namespace that keeps the profile's UIDs its own.

    Raises UsageError where the profile has one that is no UUID.
    """
    if not profile.calendar_namespace:
        return NO_PROFILE
    try:
        return UUID(profile.calendar_namespace)
    except ValueError:
        hint = "delete it, then `pmcareer profile namespace`"
        raise UsageError(f"calendar_namespace {profile.calendar_namespace!r} is not a UUID", hint=hint) from None


def zone_of(profile: Profile) -> tzinfo:
    """The profile's time zone, UTC where it has none.

    Raises UsageError where no time zone has that name.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(profile.time_zone) if profile.time_zone else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "write a name such as Europe/Berlin or America/Chicago"
        raise UsageError(f"time_zone {profile.time_zone!r} is not known here", hint=hint) from None


def previous_export(path: Path, *, force: bool) -> Ledger:
    """What the file at *path* said before; a file that is not ours is refused unless *force*."""
    from pmcareer.api.loading import raise_for
    from pmcareer.reading.previous_calendar import read_previous_calendar

    ledger, problems = read_previous_calendar(path, force=force)
    raise_for(problems)
    return ledger or Ledger()
