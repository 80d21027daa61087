"""The deadlines of a whole staff, one person after another, for calendars; memory holds a batch of people at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from pmcareer.api.loading import raise_for
from pmcareer.api.team.small import small_batches
from pmcareer.api.upkeep.calendars import RenewalDate, renewal_dates
from pmcareer.errors import UsageError
from pmcareer.model.ids import RegionId
from pmcareer.model.people import Profile
from pmcareer.renewals.cascades import merged
from pmcareer.team.file_names import calendar_name
from pmcareer.team.standings import as_held
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.reading.rosters.roster import Roster

__all__ = ["PersonDates", "calendar_name", "folder_namespace", "people_dates"]


@dataclass(frozen=True, slots=True)
class PersonDates:
    """One person's deadlines."""

    person: str
    manager: str | None
    dates: tuple[RenewalDate, ...]


def people_dates(
    catalog: Catalog, roster: Roster, asked: TeamAsked, years: int, *, by_manager: bool = False
) -> Iterator[PersonDates]:
    """The deadlines of everybody whom the audience sees, over *years*; in the roster's order or the managers'."""
    region = RegionId(asked.region) if asked.region else None
    for batch in small_batches(roster, asked, by_manager=by_manager):
        held = holdings_by_person(batch.holdings)
        for one in batch.people:
            holdings = tuple(merged(map(as_held, held.get(one.person, ()))))
            profile = Profile(region=region, certifications=holdings) if region else Profile(certifications=holdings)
            found = renewal_dates(catalog, profile, asked.as_of, years)
            yield PersonDates(one.person, one.manager, found.dates)


def folder_namespace(folder: Path, named: UUID | None) -> UUID:
    """The namespace of the calendars in *folder*: the one it keeps, or the one *named* where it keeps none yet.

    Raises UsageError where there is none, or another one is named; DataInvalidError for a state file not of ours.
    """
    from pmcareer.reading.calendar_folder import read_calendar_folder

    kept, problems = read_calendar_folder(folder)
    raise_for(problems)
    if kept is None and named is None:
        hint = f"choose one once, such as --namespace {uuid4()}; the folder keeps it"
        raise UsageError("these calendars have no namespace yet, by which their entries stay themselves", hint=hint)
    if kept is not None and named is not None and kept != named:
        hint = "leave out --namespace, or use another folder"
        raise UsageError(f"the calendars in {folder} have another namespace", hint=hint)
    return kept or named or UUID(int=0)
