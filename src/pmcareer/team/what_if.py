"""What if: changes to a roster, one after another, and how cover differs between two answers about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.team.audience import ids_like
from pmcareer.team.coverage import CoverageRow, TeamCoverage
from pmcareer.team.readiness import ReadinessRow, TeamReadiness
from pmcareer.team.status import TeamStatus
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody leaves, with everything they hold."""

    person: str


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody comes, with what they hold."""

    who: PersonRow
    holdings: tuple[HoldingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Promote:
    """Somebody moves to another role, on the day compared."""

    person: str
    role: RoleId


@dataclass(frozen=True, slots=True)
class LetLapse:
    """Somebody gives a certification up: by the day compared it counts for nothing."""

    person: str
    certification: CertificationId


@dataclass(frozen=True, slots=True)
class Earn:
    """Somebody earns a certification, or earns it anew, on a day not after the one compared."""

    person: str
    certification: CertificationId
    on: date


Change: TypeAlias = Leave | Join | Promote | LetLapse | Earn


@dataclass(frozen=True, slots=True)
class Cover:
    """One certification in one group, before and after; a side is None where nobody of the group holds or held it."""

    certification: CertificationId
    group: str
    before: CoverageRow | None
    after: CoverageRow | None


@dataclass(frozen=True, slots=True)
class Ready:
    """One person and one target, before and after; a side is None where the person is no candidate."""

    person: str
    manager: str | None
    target: RoleId
    before: ReadinessRow | None
    after: ReadinessRow | None


@dataclass(frozen=True, slots=True)
class Side:
    """The answers about one version of the roster; ``readiness``: one for each target."""

    status: TeamStatus
    coverage: TeamCoverage
    readiness: tuple[TeamReadiness, ...]


@dataclass(frozen=True, slots=True)
class TeamWhatIf:
    """What ``team what-if`` answers: both sides as of ``on``, and what differs between them."""

    on: date
    changes: tuple[Change, ...]
    before: Side
    after: Side
    targets: tuple[RoleId, ...]
    cover: tuple[Cover, ...]
    ready: tuple[Ready, ...]


def changed(roster: SmallRoster, changes: Iterable[Change], on: date) -> SmallRoster:
    """The roster after *changes*, in their order. Raises UsageError for one that cannot be."""
    for change in changes:
        roster = _changed(roster, change, on)
    return roster


def _changed(roster: SmallRoster, change: Change, on: date) -> SmallRoster:
    if isinstance(change, Join):
        return _joined(roster, change)
    here = next((one for one in roster.people if one.person == change.person), None)
    if here is None:
        hint = ids_like(change.person, (one.person for one in roster.people))
        raise UsageError(f"nobody in the roster is {change.person!r}", hint=hint)
    match change:
        case Leave():
            return _kept(roster, lambda one: one is not here, lambda row: row.person != here.person)
        case Promote():
            if here.role == change.role:
                raise UsageError(f"{here.person!r} is {change.role} already")
            moved = replace(here, role=change.role, role_since=on)
            return replace(roster, people=tuple(moved if one is here else one for one in roster.people))
        case LetLapse():
            return _lapsed(roster, change)
        case Earn():
            return _earned(roster, here, change)


def _joined(roster: SmallRoster, change: Join) -> SmallRoster:
    if any(one.person == change.who.person for one in roster.people):
        raise UsageError(f"{change.who.person!r} is in the roster already", hint="join under another name")
    return replace(roster, people=(*roster.people, change.who), holdings=(*roster.holdings, *change.holdings))


def _lapsed(roster: SmallRoster, change: LetLapse) -> SmallRoster:
    def stays(row: HoldingRow) -> bool:
        return (row.person, row.certification) != (change.person, change.certification)

    if all(map(stays, roster.holdings)):
        raise UsageError(f"{change.person!r} does not hold {change.certification}")
    return _kept(roster, lambda _: True, stays)


def _earned(roster: SmallRoster, here: PersonRow, change: Earn) -> SmallRoster:
    """A certification that lapsed or runs out is earned anew: the later award is the one that counts."""
    rest = tuple(
        row for row in roster.holdings if (row.person, row.certification) != (change.person, change.certification)
    )
    return replace(roster, holdings=(*rest, HoldingRow(here.source_row, here.person, change.certification, change.on)))


def _kept(
    roster: SmallRoster, people: Callable[[PersonRow], bool], holdings: Callable[[HoldingRow], bool]
) -> SmallRoster:
    return replace(
        roster, people=tuple(filter(people, roster.people)), holdings=tuple(filter(holdings, roster.holdings))
    )


def freed_roles(roster: SmallRoster, changes: Iterable[Change]) -> tuple[RoleId, ...]:
    """The roles of those who leave or move on, which somebody will have to fill; each once."""
    roles = {one.person: one.role for one in roster.people}
    gone = [change.person for change in changes if isinstance(change, Leave | Promote)]
    return tuple(dict.fromkeys(role for one in gone if (role := roles.get(one)) is not None))


def cover_changes(before: TeamCoverage, after: TeamCoverage) -> Iterator[Cover]:
    """Where the number of holders, the day on which cover breaks or what it falls to is another one."""
    old, new = _by_key(before), _by_key(after)
    for key in sorted({*old, *new}):
        if _told(old.get(key)) != _told(new.get(key)):
            yield Cover(*key, old.get(key), new.get(key))


def _by_key(answer: TeamCoverage) -> Mapping[tuple[CertificationId, str], CoverageRow]:
    return {(row.certification, row.group): row for row in answer.rows}


def _told(row: CoverageRow | None) -> tuple[object, ...]:
    return (row.holders, row.breaks_on, row.falls_to) if row else (0, None, None)


def ready_changes(before: Iterable[TeamReadiness], after: Iterable[TeamReadiness]) -> Iterator[Ready]:
    """Who becomes or ceases to be a candidate, or ready, or lacks something else; by target, then by person."""
    old, new = _by_person(before), _by_person(after)
    for key in sorted({*old, *new}):
        one, other = _candidate(old.get(key)), _candidate(new.get(key))
        known = other or one
        if known is not None and _lacks(one) != _lacks(other):
            yield Ready(known.person, known.manager, known.target, one, other)


def _by_person(answers: Iterable[TeamReadiness]) -> Mapping[tuple[RoleId, str], ReadinessRow]:
    return {(row.target, row.person): row for answer in answers for row in answer.rows}


def _candidate(row: ReadinessRow | None) -> ReadinessRow | None:
    """The row of one whom a single move leads to the target."""
    return None if row is None or any(one.kind == "move" for one in row.judged.missing) else row


def _lacks(row: ReadinessRow | None) -> object:
    return (row.judged.ready, row.judged.missing) if row else None
