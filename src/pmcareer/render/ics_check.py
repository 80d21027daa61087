"""The check before a calendar replaces a file: another program's parser reads in it what was meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from pmcareer.errors import PmcareerError
from pmcareer.render.ics import escaped, write_calendar
from pmcareer.views.agenda import Shown, plain_text
from pmcareer.views.calendars.changes import Event

CHECKED_UP_TO = 5_000

_Facts = dict[str, object]


class CalendarCheckError(PmcareerError):
    """What was written does not read back as what was meant; our fault, and nothing is replaced."""


def write_checked(name: str, events: Iterable[Event], *, feed: bool = False) -> Iterator[bytes]:
    """As ``write_calendar``; up to 5,000 events are parsed and compared before the first byte is handed out.

    Raises CalendarCheckError. Larger calendars stream unchecked.
    """
    stream = iter(events)
    first = list(islice(stream, CHECKED_UP_TO + 1))
    if len(first) > CHECKED_UP_TO:
        yield from write_calendar(name, chain(first, stream), feed=feed)
        return
    data = b"".join(write_calendar(name, first, feed=feed))
    check_calendar(data, name, first)
    yield data


class CheckedAtFirst:
    """Writes many calendars, checking as ``write_checked`` does until 5,000 events have been looked at."""

    def __init__(self) -> None:
        self.looked_at = 0

    def __call__(self, name: str, events: Iterable[Event]) -> Iterator[bytes]:
        """The calendar called *name*, in chunks."""
        if self.looked_at > CHECKED_UP_TO:
            return write_calendar(name, events)
        return write_checked(name, self._counted(events))

    def _counted(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            self.looked_at += 1
            yield event


def check_calendar(data: bytes, name: str, events: list[Event]) -> None:
    """Raises CalendarCheckError unless icalendar finds *events*, and nothing else, in *data*."""
    from icalendar import Calendar

    twice = _first_twin([event.uid for event in events])
    if twice:
        raise CalendarCheckError(f"two entries of the calendar share the UID {twice}", hint=_REPORT)
    try:
        calendar: Any = Calendar.from_ical(data)
        read = [_facts_read(component) for component in calendar.walk("VEVENT")]
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise CalendarCheckError(f"the calendar just written has no form: {error}", hint=_REPORT) from error
    meant = [_facts_meant(event) for event in events]
    # Not every version of icalendar unescapes the name.
    if read != meant or str(calendar["X-WR-CALNAME"]) not in {plain_text(name), escaped(plain_text(name))}:
        difference = _first_difference(meant, read)
        raise CalendarCheckError(f"the calendar just written reads differently: {difference}", hint=_REPORT)


def _facts_meant(event: Event) -> _Facts:
    shown = event.shown
    midnight = dt.datetime.combine(event.stamp, dt.time(), dt.UTC)
    begins, ends = _ends(shown)
    return {
        "UID": event.uid,
        "DTSTAMP": midnight,
        "LAST-MODIFIED": midnight,
        "SEQUENCE": event.sequence,
        "DTSTART": begins,
        "DTEND": ends,
        "SUMMARY": shown.title,
        "DESCRIPTION": shown.description,
        "LOCATION": shown.location,
        "CATEGORIES": shown.categories,
        "STATUS": "CANCELLED" if shown.cancelled else "TENTATIVE" if shown.tentative else "CONFIRMED",
        "TRANSP": "OPAQUE" if shown.busy else "TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS": "BUSY" if shown.busy else "FREE",
        "URL": shown.url,
        "X-PMCAREER-KEY": event.fingerprint,
        "alarms": [("DISPLAY", shown.title, dt.timedelta(minutes=-a.in_minutes)) for a in shown.ringing],
    }


def _facts_read(event: Any) -> _Facts:
    moments = {name: event[name].dt for name in ("DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND")}
    texts = {name: str(event.get(name, "")) for name in _TEXTS}
    alarms = [(str(a["ACTION"]), str(a["DESCRIPTION"]), a["TRIGGER"].dt) for a in event.subcomponents]
    return {
        **moments,
        **texts,
        "SEQUENCE": int(event["SEQUENCE"]),
        "CATEGORIES": tuple(map(str, event["CATEGORIES"].cats)),
        "alarms": alarms,
    }


def _ends(shown: Shown) -> tuple[dt.date, dt.date]:
    """The start and the exclusive end: days, or moments."""
    if shown.start is not None and shown.end is not None:
        return shown.start, shown.end
    return shown.first_day, shown.ends_on + dt.timedelta(days=1)


def _first_twin(uids: list[str]) -> str:
    seen: set[str] = set()
    for uid in uids:
        if uid in seen:
            return uid
        seen.add(uid)
    return ""


def _first_difference(meant: list[_Facts], read: list[_Facts]) -> str:
    for expected, found in zip(meant, read, strict=False):
        for name, value in expected.items():
            if found[name] != value:
                return f"{name} of {expected['UID']} is {found[name]!r} instead of {value!r}"
    return f"{len(read)} events instead of {len(meant)}, or another name"


_REPORT = "this is a defect of pmcareer: please report it"
_TEXTS = (
    "UID",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "STATUS",
    "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "URL",
    "X-PMCAREER-KEY",
)
