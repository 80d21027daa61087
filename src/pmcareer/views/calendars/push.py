"""Pushing: what a server's calendar needs so that it shows an agenda, without undoing what a person did there.

Pure: what stands on the server and what it was last given come in, steps go out. Only events of ours are ever
named: those given before, or those whose fingerprint bears the owner's mark.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from pmcareer.model.calendar_delivery import Pushed, PushState
from pmcareer.model.calendar_ledger import PastEvent, owner_mark
from pmcareer.values import dataclass
from pmcareer.views.agenda import Agenda
from pmcareer.views.calendars.changes import Event, fingerprint_now, stamped


class Act(StrEnum):
    """What is to be done with one event on the server."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    KEEP_THEIRS = "keep-theirs"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class There:
    """An event of ours on the server now. ``edited``: someone has changed it since we wrote it."""

    etag: str
    past: PastEvent
    edited: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``event`` is what to write (None for a removal), ``etag`` the version it replaces.

    ``title`` and ``on``, its first day, are "" and None where what was given is no longer known (``named``).
    """

    act: Act
    uid: str
    title: str
    on: dt.date | None = None
    etag: str = ""
    event: Event | None = None
    why: str = ""


def there(etag: str, past: PastEvent) -> There:
    """What was just read on the server under *etag*."""
    return There(etag, past, edited=fingerprint_now(past) != past.fingerprint)


def remembered(given: Pushed, uid: str) -> There:
    """What stands on the server under the version that we left there: as it was given."""
    past = PastEvent(uid, given.fingerprint, given.stamp, given.sequence, summary="", day=given.ends)
    return There(given.etag, past, edited=False)


def is_ours(past: PastEvent, agenda: Agenda) -> bool:
    """Whether the agenda's owner, and not another user of the same calendar, wrote it."""
    return past.fingerprint.startswith(owner_mark(agenda.namespace))


def plan_push(
    agenda: Agenda, on_server: Mapping[str, There], state: PushState, *, force: bool = False
) -> Iterator[Step]:
    """The steps that make the server show *agenda*, by UID of what is there and of what it was given.

    With *force*, what people changed or removed there is put right again.
    """
    given = _still_meant(state, on_server)
    past = {uid: remembered(pushed, uid).past for uid, pushed in given.items()}
    past |= {uid: found.past for uid, found in on_server.items()}
    for event in stamped(agenda, past):
        yield decide(event, on_server.get(event.uid), given.get(event.uid), force=force)
    for uid in sorted(past):
        if found := on_server.get(uid):
            yield _decide_vanished(found, agenda.as_of, force=force)


def decide(event: Event, found: There | None, given: Pushed | None, *, force: bool) -> Step:
    """What to do about an event of the agenda, from what is *found* on the server and what it was *given*."""
    who = (event.uid, event.shown.title, event.shown.first_day)
    if found is None:
        if given and given.fingerprint == event.fingerprint and not force:
            return Step(Act.KEEP_THEIRS, *who, why="someone removed it there")
        return Step(Act.CREATE, *who, event=event)
    if not found.edited and found.past.fingerprint == event.fingerprint:
        return Step(Act.NOTHING, *who, etag=found.etag, event=event)
    if found.edited and not force and fingerprint_now(found.past) != event.fingerprint:
        return Step(Act.KEEP_THEIRS, *who, etag=found.etag, why="someone edited it there")
    newer = replace(event, sequence=max(event.sequence, found.past.sequence + 1))
    return Step(Act.UPDATE, *who, etag=found.etag, event=newer)


def named(step: Step, past: PastEvent) -> Step:
    """*step* with the title and the day of the event that it is about, as it stands on the server."""
    return replace(step, title=past.summary, on=past.first_day)


def _decide_vanished(found: There, as_of: dt.date, *, force: bool) -> Step:
    """What is over has its place in the past and stays there; what will not come goes."""
    title = found.past.summary  # what is only remembered has none, and only its last day
    who = (found.past.uid, title, found.past.first_day if title else None)
    if found.past.is_over(as_of):
        return Step(Act.NOTHING, *who, etag=found.etag)
    if found.edited and not force:
        return Step(Act.KEEP_THEIRS, *who, etag=found.etag, why="no longer due, but someone edited it there")
    return Step(Act.DELETE, *who, etag=found.etag)


def _still_meant(state: PushState, on_server: Mapping[str, There]) -> Mapping[str, Pushed]:
    """What the server was given; nothing where none of it is left, for then the calendar was made anew."""
    return state.events if any(uid in on_server for uid in state.events) else {}
