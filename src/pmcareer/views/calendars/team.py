"""A staff's deadlines as calendars: a person's own, a manager's, and the team's, the latter two with less detail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from uuid import UUID

from pmcareer.api.team.calendars import PersonDates
from pmcareer.values import dataclass
from pmcareer.views.agenda import Agenda, Entry, for_team
from pmcareer.views.calendars.reminders import Reminders
from pmcareer.views.calendars.renewals import renewal_entries
from pmcareer.views.report import Block, Cell, Column, Lines, Report, Table
from pmcareer.views.team.words import shown

SCHEMA = "pmcareer.team-calendar/1"
PERSON, MANAGER, TEAM = "person", "manager", "team"

_SILENT = Reminders()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deadlines, and how they ring in a person's own calendar (None: each kind by its default)."""

    namespace: UUID
    as_of: dt.date
    kinds: frozenset[str]
    reminders: Reminders | None


@dataclass(frozen=True, slots=True)
class TeamCalendar:
    """One calendar: whose (``kind``: person, manager or team) and what is in it."""

    kind: str
    who: str
    agenda: Agenda


@dataclass(frozen=True, slots=True)
class Written:
    """A calendar file as it stands now; ``changed``: it was written, not found as it should be."""

    kind: str
    who: str
    file: str
    size: int
    changed: bool
    too_large: bool


def person_calendars(people: Iterable[PersonDates], wanted: Wanted) -> Iterator[TeamCalendar]:
    """Each person's own calendar, with reminders and all detail; people in turn."""
    for one in people:
        entries = tuple(renewal_entries(one.dates, kinds=wanted.kinds, reminders=wanted.reminders, person=one.person))
        yield TeamCalendar(PERSON, one.person, _agenda(f"Certifications: {one.person}", wanted, entries))


def manager_calendars(people: Iterable[PersonDates], wanted: Wanted) -> Iterator[TeamCalendar]:
    """Each manager's calendar of their direct reports; *people* come manager by manager."""
    for manager, reports in groupby(people, key=lambda one: one.manager):
        if manager:
            entries = tuple(entry for one in reports for entry in _for_others(one, wanted, MANAGER))
            yield TeamCalendar(MANAGER, manager, _agenda(f"Certifications of the team of {manager}", wanted, entries))


def team_calendar(people: Iterable[PersonDates], wanted: Wanted) -> TeamCalendar:
    """One calendar of everybody, as a stream."""
    entries = (entry for one in people for entry in _for_others(one, wanted, TEAM))
    return TeamCalendar(TEAM, "", _agenda("Certifications of the team", wanted, entries))


def _for_others(one: PersonDates, wanted: Wanted, view: str) -> Iterator[Entry]:
    """What others see: the title with the name in brackets; no alarms, no milestones, no description."""
    for entry in renewal_entries(one.dates, kinds=wanted.kinds, reminders=_SILENT, person=one.person):
        yield for_team(entry, one.person, view=view)


def _agenda(name: str, wanted: Wanted, entries: Iterable[Entry]) -> Agenda:
    return Agenda(name, wanted.namespace, wanted.as_of, entries)


def calendars_report(written: Iterable[Written], as_of: dt.date, left: int) -> Report:
    """What was written; *left* calendar files in the folder were not looked at."""
    files = tuple(written)
    changed = sum(one.changed for one in files)
    return Report(
        title=f"{len(files):,} calendars: {changed:,} written, {len(files) - changed:,} as they were",
        blocks=tuple(_blocks(files, left)),
        document={
            "schema": SCHEMA,
            "as_of": as_of.isoformat(),
            "files": [
                {"kind": one.kind, "who": one.who or None, "file": one.file, "bytes": one.size, "changed": one.changed}
                for one in files
            ],
            "other_files": left,
        },
        verdict="bad-news" if any(one.too_large for one in files) else "fine",
    )


def _blocks(files: tuple[Written, ...], left: int) -> Iterator[Block]:
    columns = (
        Column("For"),
        Column("Who", flexible=True),
        Column("File", flexible=True),
        Column("Bytes", "right"),
        Column("State"),
    )
    rows = [
        (Cell(one.kind), Cell(one.who, "strong"), Cell(one.file), Cell(f"{one.size:,}"), Cell(_state(one)))
        for one in files
    ]
    yield Table(columns, shown(rows, len(columns)))
    for one in files:
        if one.too_large:
            yield Lines((Cell(f"{one.file}: more than 900 kB, which Google Calendar may refuse", "warn"),))
    if left:
        text = f"{left:,} other calendar files there were not looked at: not asked for, or of people not in the roster"
        yield Lines((Cell(text, "warn"),), bullets=False)


def _state(one: Written) -> str:
    return "written" if one.changed else "as it was"
