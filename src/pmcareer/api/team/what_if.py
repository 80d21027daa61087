"""What if somebody left, came, moved or earned something: the answers about a roster before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.names import certification_names, role_names
from pmcareer.api.team.large_what_if import sides, touched
from pmcareer.api.team.readiness import readiness_of
from pmcareer.api.team.small import book_for, small_of
from pmcareer.dates import parse_date
from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.team.coverage import coverage_of_roster
from pmcareer.team.status import status_of_roster
from pmcareer.team.what_if import (
    Change,
    Earn,
    Join,
    Leave,
    LetLapse,
    Promote,
    Side,
    TeamWhatIf,
    changed,
    cover_changes,
    freed_roles,
    ready_changes,
)
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.reading.rosters.roster import Roster
    from pmcareer.team.groups import GroupBy
    from pmcareer.team.standings import StandingBook

_JOIN = "NAME[,role=ROLE][,department=…][,location=…][,manager=ID][,since=DATE][,CERT[:DATE]…]"


@dataclass(frozen=True, slots=True)
class Said:
    """The changes as they are typed, in the order in which they are made: who leaves, comes, moves, loses, earns."""

    leave: Sequence[str] = ()
    join: Sequence[str] = ()
    promote: Sequence[str] = ()
    let_lapse: Sequence[str] = ()
    earn: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WhatIfAsked:
    """How the sides are compared: ``targets`` empty: the roles that the changes leave open."""

    by: GroupBy | None = None
    minimum: int = 2
    targets: Sequence[str] = ()


def team_what_if(catalog: Catalog, roster: Roster, asked: TeamAsked, said: Said, how: WhatIfAsked) -> TeamWhatIf:
    """Status, cover and readiness on the as-of day, as the roster is and as it would be.

    Raises UsageError where nothing is changed, or a change cannot be.
    """
    changes = changes_said(catalog, said, asked.as_of)
    if not changes:
        raise UsageError("nothing is changed", hint="say --leave, --join, --promote, --let-lapse or --earn")
    large = roster.connection if roster.small is None and asked.audience.sees_all else None
    before = touched(large, changes) if large is not None else small_of(roster, asked)
    after = changed(before, changes, asked.as_of)
    named = tuple(dict.fromkeys(RoleId(role_names(catalog).find(one)) for one in how.targets))
    targets = named or freed_roles(before, changes)
    if large is not None:
        old, new = sides(catalog, large, asked, (before, after), how.by, how.minimum, targets)
    else:
        book = book_for(catalog, [before, after], asked.as_of, asked.due_within)
        old, new = (_side(catalog, one, book, asked, how, targets) for one in (before, after))
    return TeamWhatIf(
        asked.as_of,
        changes,
        old,
        new,
        targets,
        tuple(cover_changes(old.coverage, new.coverage)),
        tuple(ready_changes(old.readiness, new.readiness)),
    )


def _side(
    catalog: Catalog,
    roster: SmallRoster,
    book: StandingBook,
    asked: TeamAsked,
    how: WhatIfAsked,
    targets: Iterable[RoleId],
) -> Side:
    """Readiness is judged, not planned: what differs is what each lacks."""
    return Side(
        status_of_roster(roster, book),
        coverage_of_roster(roster, book, how.by, how.minimum),
        tuple(readiness_of(catalog, roster, book, asked, target, 0) for target in targets),
    )


def changes_said(catalog: Catalog, said: Said, on: date) -> tuple[Change, ...]:
    """The changes that texts say; names of roles and certifications are forgiving."""
    people = [_joining(catalog, text, on, row) for row, text in enumerate(said.join, 1)]
    return (
        *(Leave(_named(person, "--leave")) for person in said.leave),
        *people,
        *(Promote(who, _role(catalog, role)) for who, role in _pairs(said.promote, "--promote", "ROLE")),
        *(LetLapse(who, _certification(catalog, own)) for who, own in _pairs(said.let_lapse, "--let-lapse", "CERT")),
        *(
            Earn(who, *_award(catalog, award, on, "--earn"))
            for who, award in _pairs(said.earn, "--earn", "CERT[:DATE]")
        ),
    )


def _pairs(texts: Iterable[str], option: str, what: str) -> Iterable[tuple[str, str]]:
    for text in texts:
        who, equals, value = text.rpartition("=")
        if not (equals and who.strip() and value.strip()):
            raise UsageError(f"{option} {text!r} is not PERSON={what}")
        yield who.strip(), value.strip()


def _award(catalog: Catalog, text: str, on: date, option: str) -> tuple[CertificationId, date]:
    """``CERT[:DATE]``; without a date the day compared."""
    name, colon, day = text.partition(":")
    earned = _day(day, option) if colon else on
    if earned > on:
        raise UsageError(f"{option} {text!r} lies after {on}, the day compared", hint="compare a later day: --on DATE")
    return _certification(catalog, name), earned


def _day(text: str, option: str) -> date:
    try:
        return parse_date(text.strip())
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def _role(catalog: Catalog, name: str) -> RoleId:
    return RoleId(role_names(catalog).find(name))


def _certification(catalog: Catalog, name: str) -> CertificationId:
    return CertificationId(certification_names(catalog).find(name))


def _named(text: str, option: str) -> str:
    if not text.strip():
        raise UsageError(f"{option} names nobody")
    return text.strip()


def _joining(catalog: Catalog, text: str, on: date, row: int) -> Join:
    """``NAME[,key=value…][,CERT[:DATE]…]``; a certification without a date was earned on the day compared."""
    name, *parts = [part.strip() for part in text.split(",")]
    who = PersonRow(row, _named(name, "--join"), role_since=on)
    holdings = []
    for part in filter(None, parts):
        key, equals, value = part.partition("=")
        if not equals:
            holdings.append(HoldingRow(row, who.person, *_award(catalog, part, on, "--join")))
        elif key == "role":
            who = replace(who, role=_role(catalog, value))
        elif key == "since":
            who = replace(who, role_since=_day(value, "--join"))
        elif key == "department":
            who = replace(who, department=value)
        elif key == "location":
            who = replace(who, location=value)
        elif key == "manager":
            who = replace(who, manager=value)
        else:
            raise UsageError(f"--join knows no {key!r}", hint=f"say {_JOIN}")
    return Join(who, tuple(holdings))
