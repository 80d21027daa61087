"""Stamps: what changed since the export before, told as dates, sequence numbers and tombstones.

Everything here is a function of the agenda, its as-of date and the earlier export; the clock is never asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b

from pmcareer.model.calendar_ledger import Ledger, PastEvent, owner_mark
from pmcareer.values import dataclass
from pmcareer.views.agenda import Agenda, Alarm, Shown, uid_maker

TOMBSTONES_STAND = dt.timedelta(days=60)
FINGERPRINT_VERSION = "1"
OWNER_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Event:
    """What stands in a calendar file: something shown, under its UID.

    ``stamp`` is the as-of date on which it first appeared or last changed, ``sequence`` the number of changes
    since it appeared, ``fingerprint`` a hash of all that it shows.
    """

    uid: str
    stamp: dt.date
    sequence: int
    fingerprint: str
    shown: Shown


def changes(agenda: Agenda, ledger: Ledger | None = None) -> Iterator[Event]:
    """The events of *agenda* in its order, stamped against *ledger*, then what is over and what vanished.

    Streams: with no ledger nothing is kept. An event that says what it said keeps its stamp and sequence.
    """
    past = dict(ledger.events) if ledger else {}
    yield from stamped(agenda, past)
    yield from tombstones(past.values(), agenda)


def stamped(agenda: Agenda, past: dict[str, PastEvent]) -> Iterator[Event]:
    """The events of *agenda* in its order; what it meets in *past* is taken out of it.

    What is done is told to those who saw it due; it is no news to a calendar that never had it.
    """
    uid_of, mark, as_of = uid_maker(agenda.namespace), owner_mark(agenda.namespace), agenda.as_of
    for entry in agenda.entries:
        uid = uid_of(entry.key)
        fingerprint = fingerprint_of(mark, uid, entry)
        before = past.pop(uid, None) if past else None
        if before is None and entry.done:
            continue
        if before is None:
            yield Event(uid, as_of, 0, fingerprint, entry)
        elif before.fingerprint == fingerprint:
            yield Event(uid, before.stamp, before.sequence, fingerprint, entry)
        else:
            yield _changed(before, fingerprint, entry, as_of)


def tombstones(vanished: Iterable[PastEvent], agenda: Agenda) -> Iterator[Event]:
    """Events that are no longer on *agenda*, for sixty days, by day, then UID.

    What is over stands as it did; what lies ahead is cancelled.
    """
    mark, as_of = owner_mark(agenda.namespace), agenda.as_of
    for past in sorted(vanished, key=lambda event: (_first_day(event), event.uid)):
        if past.is_over(as_of) and not past.cancelled:
            if not past.is_over(as_of - TOMBSTONES_STAND):
                yield Event(past.uid, past.stamp, past.sequence, past.fingerprint, _as_it_was(past))
            continue
        shown = replace(_as_it_was(past), tentative=False, cancelled=True, alarms=())
        fingerprint = fingerprint_of(mark, past.uid, shown)
        if not past.cancelled:
            yield _changed(past, fingerprint, shown, as_of)
        elif as_of - past.stamp < TOMBSTONES_STAND:
            yield Event(past.uid, past.stamp, past.sequence, fingerprint, shown)


def fingerprint_of(mark: str, uid: str, shown: Shown) -> str:
    """A hash of all that a calendar shows of *shown*, as 32 hexadecimal digits that begin with the owner's mark."""
    return _fingerprint(mark, uid, shown.title, shown, [alarm.in_minutes for alarm in shown.ringing])


def fingerprint_now(past: PastEvent) -> str:
    """What the fingerprint of *past* would be if it were ours: another one than it bears, someone else edited it."""
    return _fingerprint(past.fingerprint[:OWNER_DIGITS], past.uid, past.summary, past, past.alarms)


def _fingerprint(mark: str, uid: str, title: str, shown: Shown | PastEvent, alarms: Iterable[int]) -> str:
    parts = (
        FINGERPRINT_VERSION,
        uid,
        title,
        shown.description,
        str(shown.day or shown.start),
        str(shown.end or shown.last_day or shown.day),
        shown.location,
        shown.url,
        "cancelled" if shown.cancelled else "tentative" if shown.tentative else "confirmed",
        "busy" if shown.busy else "free",
        *shown.categories,
        "",
        *map(str, alarms),
    )
    # U+001F cannot occur in a text of ours (views.agenda.plain_text).
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"{mark}{blake2b(text, digest_size=12).hexdigest()}"


def _changed(before: PastEvent, fingerprint: str, shown: Shown, as_of: dt.date) -> Event:
    """One change on. An export of an earlier as-of date over a later one does not turn the stamp back."""
    return Event(before.uid, max(as_of, before.stamp), before.sequence + 1, fingerprint, shown)


def _as_it_was(past: PastEvent) -> Shown:
    return Shown(
        summary=past.summary,
        description=past.description,
        day=past.day,
        last_day=past.last_day,
        start=past.start,
        end=past.end,
        categories=past.categories,
        tentative=past.tentative,
        busy=past.busy,
        url=past.url,
        location=past.location,
        alarms=tuple(Alarm.before(minutes) for minutes in past.alarms),
    )


def _first_day(past: PastEvent) -> str:
    return str(past.day or past.start)
