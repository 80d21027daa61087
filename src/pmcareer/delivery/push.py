"""Pushing an agenda to a calendar on a server: look once, change only what differs, remember what was given.

A push that breaks off resumes: what was done is saved as it goes, and what was not saved is recognised on the server
by its own fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pmcareer.delivery.caldav import ChangedMeanwhileError
from pmcareer.model.calendar_delivery import PUSH_SCHEMA, Pushed, PushState
from pmcareer.model.calendar_ledger import PastEvent
from pmcareer.values import dataclass
from pmcareer.views.agenda import Agenda
from pmcareer.views.calendars.changes import Event
from pmcareer.views.calendars.push import Act, Step, There, decide, is_ours, named, plan_push, remembered, there

SAVED_EVERY = 25  # steps
_PREFIX, _SUFFIX = "pmcareer-", ".ics"


class Resources(Protocol):
    """A calendar's resources by their names, as ``delivery.caldav.Collection`` offers them."""

    @property
    def address(self) -> str:
        """Where the calendar is."""

    def listing(self) -> Mapping[str, str]:
        """The version of each resource."""

    def read(self, names: Sequence[str]) -> Iterable[tuple[str, str, bytes]]:
        """Name, version and content of those of *names* that are there."""

    def write(self, name: str, data: bytes, *, etag: str = "") -> str:
        """Put a new resource, or in place of version *etag*; the new version."""

    def remove(self, name: str, *, etag: str) -> None:
        """Delete version *etag*."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What pushing needs from other rooms.

    ``read`` recognises an event of ours among a server's bytes, ``written`` makes bytes of one event, ``save`` keeps
    the state for the next push.
    """

    read: Callable[[bytes], PastEvent | None]
    written: Callable[[Event], bytes]
    save: Callable[[PushState], None]


def plan(agenda: Agenda, collection: Resources, state: PushState, hands: Hands, *, force: bool) -> list[Step]:
    """What a push would do now (``--dry-run``)."""
    steps = list(plan_push(agenda, _look(agenda, collection, state, hands), state, force=force))
    return _named(steps, collection, hands)


def push(
    agenda: Agenda, collection: Resources, state: PushState, hands: Hands, *, force: bool = False
) -> Iterator[Step]:
    """Do it, and tell each step as it was done. The state is saved on the way and at the end, however it ends."""
    steps = plan(agenda, collection, state, hands, force=force)
    uids = {step.uid for step in steps}
    given = {uid: pushed for uid, pushed in state.events.items() if uid in uids}
    try:
        for number, step in enumerate(steps, start=1):
            yield _done(step, collection, given, hands, force=force)
            if number % SAVED_EVERY == 0:
                hands.save(PushState(collection.address, dict(given)))
    finally:
        hands.save(PushState(collection.address, given))


def state_as_json(state: PushState) -> bytes:
    """*state* as ``reading.calendar_state`` reads it. It holds no password and no text of an event."""
    events = {
        uid: {
            "etag": pushed.etag,
            "fingerprint": pushed.fingerprint,
            "stamp": str(pushed.stamp),
            "sequence": pushed.sequence,
            **({"ends": str(pushed.ends)} if pushed.ends else {}),
        }
        for uid, pushed in sorted(state.events.items())
    }
    document = {"schema": PUSH_SCHEMA, "collection": state.collection, "events": events}
    return f"{json.dumps(document, indent=1)}\n".encode()


def _look(agenda: Agenda, collection: Resources, state: PushState, hands: Hands) -> dict[str, There]:
    """Our events on the server by UID: remembered ones at the version we left, others read."""
    found: dict[str, There] = {}
    unknown = []
    for name, etag in collection.listing().items():
        uid = _uid(name)
        given = state.events.get(uid)
        if given and etag and given.etag == etag:
            found[uid] = remembered(given, uid)
        elif uid:
            unknown.append(name)
    for name, etag, data in collection.read(unknown):
        uid = _uid(name)
        if seen := _recognised(uid, etag, data, agenda, state, hands):
            found[uid] = seen
    return found


def _named(steps: Sequence[Step], collection: Resources, hands: Hands) -> list[Step]:
    """*steps*, the removals by title and day: what was given is remembered without text, so it is read again."""
    nameless = [f"{step.uid}{_SUFFIX}" for step in steps if step.act is Act.DELETE and not step.title]
    found = {}
    for name, _, data in collection.read(nameless):
        past = hands.read(data)
        if past is not None:
            found[_uid(name)] = past
    return [named(step, found[step.uid]) if step.uid in found else step for step in steps]


def _recognised(uid: str, etag: str, data: bytes, agenda: Agenda, state: PushState, hands: Hands) -> There | None:
    """The event, if it is ours: we remember giving it, or it bears the owner's mark."""
    past = hands.read(data)
    if past is not None and past.uid == uid and is_ours(past, agenda):
        return there(etag, past)
    if given := state.events.get(uid):  # edited beyond recognition, by a program that drops what it does not know
        return There(etag, remembered(given, uid).past, edited=True)
    return None


def _done(step: Step, collection: Resources, given: dict[str, Pushed], hands: Hands, *, force: bool) -> Step:
    """Carry out *step*; where someone was faster, look again, decide again, and try once more."""
    try:
        _carry_out(step, collection, given, hands)
        return step
    except ChangedMeanwhileError:
        step = _decided_again(step, collection, given, hands, force=force)
    try:
        _carry_out(step, collection, given, hands)
        return step
    except ChangedMeanwhileError:
        return Step(Act.KEEP_THEIRS, step.uid, step.title, step.on, why="it keeps changing there")


def _carry_out(step: Step, collection: Resources, given: dict[str, Pushed], hands: Hands) -> None:
    name = f"{step.uid}{_SUFFIX}"
    match step.act:
        case Act.CREATE | Act.UPDATE if step.event:
            condition = step.etag if step.act is Act.UPDATE else ""
            etag = collection.write(name, hands.written(step.event), etag=condition)
            given[step.uid] = _pushed(step.event, etag)
        case Act.DELETE:
            collection.remove(name, etag=step.etag)
            given.pop(step.uid, None)
        case Act.NOTHING if step.event:
            given[step.uid] = _pushed(step.event, step.etag)


def _decided_again(step: Step, collection: Resources, given: dict[str, Pushed], hands: Hands, *, force: bool) -> Step:
    """The step that fits what stands there now."""
    who = (step.uid, step.title, step.on)
    for _, etag, data in collection.read([f"{step.uid}{_SUFFIX}"]):
        past = hands.read(data)
        if past is None or past.uid != step.uid:
            return Step(Act.KEEP_THEIRS, *who, why="something else stands there")
        found = there(etag, past)
        if step.event is not None:
            return decide(step.event, found, given.get(step.uid), force=force)
        if found.edited and not force:
            return Step(Act.KEEP_THEIRS, *who, why="no longer due, but edited there meanwhile")
        return Step(Act.DELETE, *who, etag=etag)
    if step.event is None:
        return Step(Act.NOTHING, *who)
    if step.act is Act.CREATE or force:
        return Step(Act.CREATE, *who, event=step.event)
    return Step(Act.KEEP_THEIRS, *who, why="someone removed it there meanwhile")


def _pushed(event: Event, etag: str) -> Pushed:
    return Pushed(etag, event.fingerprint, event.stamp, event.sequence, event.shown.ends_on)


def _uid(name: str) -> str:
    """The UID of an event of ours under its own name, "" for other names."""
    ours = name.startswith(_PREFIX) and name.endswith(_SUFFIX)
    return name.removesuffix(_SUFFIX) if ours else ""
