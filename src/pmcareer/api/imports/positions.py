"""Imported posts: times in roles, where the title is surely one; what has ended since is ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pmcareer.api.imports.draft import Draft, Item, Outcome
from pmcareer.api.imports.titles import RoleMatch, Titles
from pmcareer.model.ids import RoleId
from pmcareer.model.people import Stint, UnmatchedKind
from pmcareer.model.statements import StatedDay, StatedPosition
from pmcareer.profiles.changes import AddStint, SetEmployer, SetEnd


def import_positions(draft: Draft, positions: tuple[StatedPosition, ...]) -> None:
    """Take posts into the draft, the earliest first, whatever order the export has."""
    titles = Titles(draft.catalog, draft.matches)
    for stated in sorted(positions, key=lambda one: (one.from_ and one.from_.first) or date.max):
        _import(draft, stated, titles)


def _import(draft: Draft, stated: StatedPosition, titles: Titles) -> None:
    if stated.own_id in draft.catalog.roles:
        match = RoleMatch(RoleId(stated.own_id), 100, "its id")
    else:
        match = titles.match(stated.title)
    item = Item(
        *("role", stated.title, stated.at, Outcome.UNMATCHED, stated.employer, match.id or "", match.confidence),
        note=match.why,
        nearest=match.nearest,
    )
    reason = _unusable(draft, match, stated)
    if reason or match.id is None:
        draft.keep(replace(item, note=reason), UnmatchedKind.ROLE, stated.from_, stated.to, "")
    elif (at := _same_time(draft, match.id, stated)) is not None:
        _compare(draft, item, at, stated)
    elif _overlaps(draft, match.id, stated):
        note = f"the profile has another time as {match.id} in these months"
        draft.items.append(replace(item, outcome=Outcome.DIFFERS, note=note))
    else:
        _add(draft, item, match.id, stated)


def _unusable(draft: Draft, match: RoleMatch, stated: StatedPosition) -> str:
    """Why a post is only kept, or nothing."""
    if not match.is_sure:
        return match.why
    if stated.from_ is None:
        return "it does not say since when"
    for day in (stated.from_, stated.to):
        if day is not None and day.first is None:
            return f"{day.text!r} is not a day"
    if stated.from_.first and stated.from_.first > draft.as_of:
        return f"{stated.from_.text} lies after {draft.as_of}"
    if stated.to and stated.to.last and stated.from_.first and stated.to.last < stated.from_.first:
        return f"it ends {stated.to.text}, before it begins"
    return ""


def _same_time(draft: Draft, role: RoleId, stated: StatedPosition) -> int | None:
    """Where the profile has a time in the role that began in that month."""
    stints = enumerate(draft.profile.roles)
    return next((at for at, one in stints if one.role == role and _within_months(stated.from_, one.from_)), None)


def _within_months(stated: StatedDay | None, there: date | None) -> bool:
    """Whether a day lies in the months that are stated: a day that was assumed is met by the right one."""
    if there is None or stated is None or stated.first is None or stated.last is None:
        return False
    return _month(stated.first) <= _month(there) <= _month(stated.last)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _overlaps(draft: Draft, role: RoleId, stated: StatedPosition) -> bool:
    """Whether the profile had a time in the role (as it may have been ended now) that surely shares days with it."""
    first = stated.from_.last if stated.from_ else None
    last = stated.to.first if stated.to else date.max
    mine = (one for one in draft.profile.roles[: len(draft.before.roles)] if one.role == role)
    return any(first and last and one.from_ <= last and (one.to or date.max) >= first for one in mine)


def _add(draft: Draft, item: Item, role: RoleId, stated: StatedPosition) -> None:
    stint = Stint(role, draft.as_of, employer=stated.employer)
    assumed: tuple[str, ...] = ()
    if stated.from_:
        begins, assumed = draft.day(stated.from_, f"{role} from", "begins")
        stint = replace(stint, from_=begins)
    if stated.to:
        ends, more = draft.day(stated.to, f"{role} to", "ends")
        stint, assumed = replace(stint, to=max(ends, stint.from_)), (*assumed, *more)
    draft.make(AddStint(stint, draft.comment(assumed, before="" if stated.own_id else stated.title)))
    draft.items.append(replace(item, outcome=Outcome.ADDED, assumed=assumed))


def _compare(draft: Draft, item: Item, at: int, stated: StatedPosition) -> None:
    """A time that is there: its employer may be new, and what was open may have ended."""
    there = draft.profile.roles[at]
    completed: list[str] = []
    assumed: tuple[str, ...] = ()
    if stated.employer and not there.employer:
        draft.make(SetEmployer(at, stated.employer))
        completed.append(f"at {stated.employer}")
    if stated.to and there.to is None:
        ends, assumed = draft.day(stated.to, f"{there.role} to", "ends")
        draft.make(SetEnd(at, max(ends, there.from_)))
        completed.append(f"until {ends}")
    elif stated.to and not _within_months(stated.to, there.to):
        note = f"it says until {stated.to.text}; the profile says {there.to}"
        draft.items.append(replace(item, outcome=Outcome.DIFFERS, note=note))
        return
    outcome = Outcome.COMPLETED if completed else Outcome.THERE
    draft.items.append(replace(item, outcome=outcome, note=", ".join(completed) or item.note, assumed=assumed))
