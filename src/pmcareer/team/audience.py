"""Audiences: who may see what of a roster. Everything shown passes ``limited`` before the engine and ``seen`` after it.

HR sees all. A manager sees those who report to them directly, a person only their own row; for both, groups of fewer
than ``smallest_group`` people bear one common name, so that no aggregate tells of a single colleague.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Protocol, TypeVar

from pmcareer.errors import UsageError
from pmcareer.model.rosters import PersonRow, SetAside, SmallRoster
from pmcareer.values import dataclass

SMALLEST_GROUP = 5
SMALL_GROUPS = "(small groups)"
"""The common name of all groups too small to be shown apart."""

GROUPINGS = ("department", "location", "manager")


class Viewer(StrEnum):
    """For whom an answer is made."""

    PERSON = "person"
    MANAGER = "manager"
    HR = "hr"


@dataclass(frozen=True, slots=True)
class Audience:
    """A viewer, and who that is in the roster (``who``; empty for HR)."""

    viewer: Viewer = Viewer.HR
    who: str = ""
    smallest_group: int = SMALLEST_GROUP

    @property
    def sees_all(self) -> bool:
        """Whether nothing of the roster is hidden."""
        return self.viewer is Viewer.HR

    def may_see(self, person: str, manager: str | None) -> bool:
        """Whether a row of that person, who reports to that manager, may be shown."""
        if self.viewer is Viewer.PERSON:
            return person == self.who
        return self.sees_all or (self.viewer is Viewer.MANAGER and manager == self.who)


class OfAPerson(Protocol):
    """A row of an answer that tells something of one person."""

    @property
    def person(self) -> str: ...  # noqa: D102 - the name says it

    @property
    def manager(self) -> str | None: ...  # noqa: D102 - the name says it


Row = TypeVar("Row", bound=OfAPerson)


def audience_for(viewer: str, *, person: str = "", manager: str = "", smallest_group: int = SMALLEST_GROUP) -> Audience:
    """The audience that options name. Raises UsageError where it is not said who that is, or too much is said."""
    who = {Viewer.PERSON: person, Viewer.MANAGER: manager, Viewer.HR: ""}[Viewer(viewer)]
    if Viewer(viewer) is not Viewer.HR and not who:
        raise UsageError(f"--audience {viewer} needs --{viewer} ID: the one whose view it is")
    surplus = [name for name, value in (("person", person), ("manager", manager)) if value and name != viewer]
    if surplus:
        raise UsageError(f"--{surplus[0]} does not go with --audience {viewer}")
    return Audience(Viewer(viewer), who, smallest_group)


def nobody_seen(audience: Audience) -> UsageError:
    """What to raise where the audience sees no one: who does not see all is not told of others who are there."""
    verb = "is" if audience.viewer is Viewer.PERSON else "reports to"
    return UsageError(f"nobody in the roster {verb} {audience.who!r}", hint=_BY_IDS)


_BY_IDS = "persons and managers go by the ids of the roster"


def ids_like(asked: str, known: Iterable[str]) -> str:
    """A hint: the ids of those *known* that are most like the one asked for, or by what people go."""
    from difflib import get_close_matches

    names = {name.lower(): name for name in sorted(known)}
    near = get_close_matches(asked.lower(), names, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(repr(names[one]) for one in near)}?" if near else _BY_IDS


def limited(roster: SmallRoster, audience: Audience) -> SmallRoster:
    """The part of a roster that the audience may see, small groups under one name: all that the engine is given."""
    if audience.sees_all:
        return roster
    people = tuple(one for one in roster.people if audience.may_see(one.person, one.manager))
    names = {one.person for one in people}
    holdings = tuple(row for row in roster.holdings if row.person in names)
    rows = {one.source_row for one in people} | {row.source_row for row in holdings}
    return SmallRoster(
        tuple(_blurred(people, audience)), holdings, tuple(one for one in roster.set_aside if one.source_row in rows)
    )


def seen(rows: Iterable[Row], audience: Audience) -> tuple[Row, ...]:
    """The rows of an answer that may be shown: the view's door, whatever came before."""
    return tuple(row for row in rows if audience.may_see(row.person, row.manager))


def seen_findings(findings: Iterable[SetAside], audience: Audience) -> tuple[SetAside, ...]:
    """Findings that may be shown: for others than HR without the value, which may name somebody else."""
    if audience.sees_all:
        return tuple(findings)
    return tuple(replace(one, value=None) for one in findings)


def _blurred(people: tuple[PersonRow, ...], audience: Audience) -> Iterable[PersonRow]:
    """The people with the names of small departments and locations replaced."""
    sizes = {what: Counter(getattr(one, what) for one in people) for what in ("department", "location")}

    def name(what: str, one: PersonRow) -> str | None:
        own: str | None = getattr(one, what)
        return SMALL_GROUPS if own is not None and sizes[what][own] < audience.smallest_group else own

    for one in people:
        yield replace(one, department=name("department", one), location=name("location", one))
