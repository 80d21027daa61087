"""Calendars: the renewal deadlines of what a person holds, and of what a plan will earn, with the rules behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from pmcareer.api.answers import PlanAnswer
from pmcareer.errors import UsageError
from pmcareer.model.calendar_ledger import Ledger
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.ids import CertificationId, RegionId
from pmcareer.model.people import Holding, Profile
from pmcareer.model.renewal_rules import RenewalRule
from pmcareer.model.sources import Citation, cite
from pmcareer.problems import Problem
from pmcareer.renewals.cycles import cycles_until
from pmcareer.renewals.deadlines import Deadline, deadlines_of
from pmcareer.renewals.fees import Payer
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.last_days import DisputedDay, add_within
from pmcareer.renewals.subject import subject
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
    """The deadlines of everything in *profile*, from *as_of* over *years*."""
    found = [
        _of_holding(catalog, catalog.certifications[holding.id], holding, profile, as_of, years)
        for holding in profile.certifications
        if holding.id in catalog.certifications
    ]
    return _joined(found)


def planned_renewal_dates(catalog: Catalog, answer: PlanAnswer, profile: Profile, years: int) -> RenewalDates:
    """The first deadlines of everything that the best plan earns, by the rules that will govern it as known today.

    They are foreseen: *years* are counted from the day each is earned.
    """
    found = []
    for plan in answer.plans[:1]:
        for step in plan.steps:
            if step.kind == "earn":
                certification = catalog.certifications[CertificationId(step.id)]
                holding = Holding(certification.id, earned=step.end)
                dates = _of_holding(catalog, certification, holding, profile, step.end, years)
                found.append(replace(dates, dates=tuple(replace(d, planned=True) for d in dates.dates)))
    return _joined(found)


def namespace_of(profile: Profile) -> UUID:
    """The namespace that keeps the profile's UIDs its own.

    Raises UsageError where the profile has one that is no UUID.
    """
    if not profile.calendar_namespace:
        return NO_PROFILE
    try:
        return UUID(profile.calendar_namespace)
    except ValueError:
        hint = "write the UUID that `python3 -c 'import uuid; print(uuid.uuid4())'` prints, once"
        raise UsageError(f"calendar_namespace {profile.calendar_namespace!r} is not a UUID", hint=hint) from None


def previous_export(path: Path, *, force: bool) -> Ledger:
    """What the file at *path* said before; a file that is not ours is refused unless *force*."""
    from pmcareer.api.loading import raise_for
    from pmcareer.reading.previous_calendar import read_previous_calendar

    ledger, problems = read_previous_calendar(path, force=force)
    raise_for(problems)
    return ledger or Ledger()


def _of_holding(
    catalog: Catalog, certification: Certification, holding: Holding, profile: Profile, as_of: date, years: int
) -> RenewalDates:
    issuer = catalog.issuers.get(certification.issuer)
    about = subject(
        certification, catalog.rules_of(certification), as_of, catalog.sources, issuer.one_offs if issuer else ()
    )
    history = history_of(about, holding)
    cycles = {c.index: c for c in cycles_until(history, add_within(as_of, YEAR.times(years)))}
    payer = Payer(profile.region or RegionId("us"), profile.memberships)
    dates = []
    for deadline in deadlines_of(history, payer, years):
        cycle = cycles.get(deadline.cycle)
        rule = cycle.rule if cycle else None
        citation = cite(rule.provenance, catalog.sources) if rule else None
        disputed = cycle.disputed if cycle else ()
        dates.append(RenewalDate(deadline, certification, rule, citation, disputed, planned=False))
    unknown = not history.cycles or any(not c.known for c in history.cycles[-1:])
    return RenewalDates(tuple(dates), (certification.name,) if unknown else (), history.problems)


def _joined(found: Sequence[RenewalDates]) -> RenewalDates:
    return RenewalDates(
        tuple(sorted(_dates(found), key=lambda d: (d.deadline.on, d.certification.id, d.deadline.kind))),
        tuple(name for one in found for name in one.undated),
        tuple(problem for one in found for problem in one.problems),
    )


def _dates(found: Sequence[RenewalDates]) -> Iterator[RenewalDate]:
    return (one for dates in found for one in dates.dates)
