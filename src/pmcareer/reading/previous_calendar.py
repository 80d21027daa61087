"""Previous calendars: an export of ours read back as a ledger, and a file that is not ours known as such.

Events are cut out and read one by one, those in the very form that we write at once, others by icalendar: memory
holds the ledger and never icalendar's objects for a whole file, and what cannot be parsed is known by its line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from pmcareer.dates import eve
from pmcareer.model.calendar_ledger import Ledger, PastEvent
from pmcareer.problems import Position, Problems, Severity
from pmcareer.reading.files import read_bytes, shown_path
from pmcareer.reading.own_calendar_form import read_own_form
from pmcareer.values import dataclass

CALENDAR_LIMIT = 64 * 1024 * 1024
OURS = "-//pmcareer//ICS export "

_UID = re.compile(r"pmcareer-[0-9a-f-]{36}", re.ASCII)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_HEAD = 400  # characters, more than our first three lines hold
_FORCE = "choose another file, or replace it with --force"
_MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class _Block:
    """The text of one VEVENT and the line on which it begins."""

    line: int
    text: str


class _UnreadableError(Exception):
    """Why the file is no ledger: the arguments are the problem's code, message and line."""


def read_previous_calendar(path: Path, *, force: bool = False) -> tuple[Ledger | None, Problems]:
    """What *path* held before: an empty ledger where there is no file yet, or an empty one.

    A file that is not ours or cannot be parsed gives None and an error; with *force* an empty ledger and a
    warning, and the export that follows starts afresh.
    """
    if not path.exists():
        return Ledger(), Problems()
    data, problems = read_bytes(path, limit=CALENDAR_LIMIT)
    if data is None:
        return None, problems
    return read_ledger(data, shown_path(path), force=force)


def read_ledger(data: bytes, name: str, *, force: bool = False) -> tuple[Ledger | None, Problems]:
    """As ``read_previous_calendar``, of bytes that came from *name*."""
    problems = Problems()
    try:
        return _ledger(data), problems
    except _UnreadableError as unreadable:
        code, message, line = unreadable.args
    severity: Severity = "warning" if force else "error"
    hint = "it is replaced, and its history with it" if force else _FORCE
    problems.add(code, message, Position(name, line, 1 if line else 0), hint=hint, severity=severity)
    return (Ledger() if force else None), problems


def read_resource(data: bytes) -> PastEvent | None:
    """One event of ours as a server returns it, whoever wrote it there last; None where it is not ours.

    What is ours but has been given a form that we never write (repeating, without an end …) comes back without a
    summary, so that it counts as edited.
    """
    from icalendar import Calendar

    try:
        events: list[Any] = Calendar.from_ical(data.decode("utf-8")).walk("VEVENT")
        uids = {str(event["UID"]) for event in events}
        fingerprint = str(events[0]["X-PMCAREER-KEY"])
    except (*_MALFORMED, UnicodeDecodeError):
        return None
    if len(uids) != 1 or not _UID.fullmatch(uid := uids.pop()) or not _FINGERPRINT.fullmatch(fingerprint):
        return None
    try:
        if len(events) > 1 or "RRULE" in events[0]:
            raise ValueError("it repeats")
        return _converted(uid, events[0])
    except _MALFORMED:
        sequence = str(events[0].get("SEQUENCE", "0"))
        past = int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 10 else 0
        return PastEvent(uid, fingerprint, dt.date.min, past, summary="")


def _ledger(data: bytes) -> Ledger:
    if not data.strip():
        return Ledger()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise _UnreadableError("calendar-foreign", "the file is not a calendar that pmcareer wrote", 0) from None
    events: dict[str, PastEvent] = {}
    for block in _blocks(text):
        event = read_own_form(block.text) or _past_event(block)
        if events.setdefault(event.uid, event) is not event:
            raise _UnreadableError("calendar-invalid", f"the UID {event.uid} stands twice", block.line)
    return Ledger(events)


def _blocks(text: str) -> Iterator[_Block]:
    """The events one after another, once what stands around them is known to be ours."""
    _insist_ours(text[:_HEAD].replace("\r", "").split("\n")[:3])
    inside: list[str] | None = None
    closed, number, began = False, 0, 0
    for number, raw in enumerate(StringIO(text), start=1):
        line = raw.rstrip("\r\n")
        if inside is None:
            closed = closed or line == "END:VCALENDAR"
            if line == "BEGIN:VEVENT":
                inside, began = [line], number
            elif number > 1 and line.startswith("BEGIN:"):
                raise _UnreadableError("calendar-foreign", f"someone else added {line[6:40]} to the file", number)
        else:
            inside.append(line)
            if line == "END:VEVENT":
                yield _Block(began, "\r\n".join(inside) + "\r\n")
                inside = None
    if inside is not None or not closed:
        raise _UnreadableError("calendar-invalid", "the file breaks off before its end", number + 1)


def _insist_ours(head: list[str]) -> None:
    if head[0] != "BEGIN:VCALENDAR" or not any(line.startswith(f"PRODID:{OURS}") for line in head):
        raise _UnreadableError("calendar-foreign", "the file is not a calendar that pmcareer wrote", 0)


def _past_event(block: _Block) -> PastEvent:
    from icalendar import Event

    try:
        component: Any = Event.from_ical(block.text)
        uid = str(component["UID"])
        if not _UID.fullmatch(uid):
            raise _UnreadableError("calendar-foreign", "someone else added an event to the file", block.line)
        return _converted(uid, component)
    except _MALFORMED as error:
        raise _UnreadableError("calendar-invalid", f"the event cannot be read: {error}", block.line) from None


def _converted(uid: str, event: Any) -> PastEvent:
    fingerprint = str(event["X-PMCAREER-KEY"])
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise ValueError("X-PMCAREER-KEY is not a hash")
    if not str(event["SUMMARY"]).strip():
        raise ValueError("SUMMARY says nothing")
    span = _span(event["DTSTART"].dt, event["DTEND"].dt)
    return PastEvent(
        uid=uid,
        fingerprint=fingerprint,
        stamp=_stamp(event["DTSTAMP"].dt),
        sequence=int(event["SEQUENCE"]),
        summary=str(event["SUMMARY"]),
        description=str(event.get("DESCRIPTION", "")),
        categories=tuple(str(category) for category in event["CATEGORIES"].cats),
        tentative=str(event["STATUS"]) == "TENTATIVE",
        cancelled=str(event["STATUS"]) == "CANCELLED",
        busy=str(event["TRANSP"]) == "OPAQUE" and "start" in span,
        url=str(event.get("URL", "")),
        location=str(event.get("LOCATION", "")),
        alarms=tuple(_minutes_before(alarm["TRIGGER"].dt) for alarm in event.walk("VALARM")),
        **span,
    )


def _minutes_before(trigger: object) -> int:
    """An alarm at a moment of its own, which only others set, counts as none before the start."""
    return -int(trigger.total_seconds() // 60) if isinstance(trigger, dt.timedelta) else 0


def _stamp(moment: object) -> dt.date:
    if not isinstance(moment, dt.datetime):
        raise TypeError("DTSTAMP is not a moment")
    return moment.date()


def _span(start: object, end: object) -> dict[str, Any]:
    """The fields of ``PastEvent`` that say when, from DTSTART and an exclusive DTEND."""
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        if start.tzinfo is None or end.tzinfo is None or not start < end:
            raise ValueError("a timed event needs a start and a later end, both in UTC")
        return {"start": start.astimezone(dt.UTC), "end": end.astimezone(dt.UTC)}
    if isinstance(start, dt.datetime) or not isinstance(start, dt.date) or not isinstance(end, dt.date):
        raise TypeError("DTSTART and DTEND are not two days")
    last_day = eve(end)
    if last_day < start:
        raise ValueError("DTEND lies before DTSTART")
    return {"day": start, "last_day": None if last_day == start else last_day}
