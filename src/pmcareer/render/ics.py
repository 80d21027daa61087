"""iCalendar (RFC 5545) as real clients accept it: a stream of stamped events in, a stream of bytes out.

The order of properties, the folding and the few forms used here are those that every client we know of reads
(docs/reference/calendar-clients.md); memory stays constant however many events pass through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from pmcareer.views.agenda import Alarm, plain_text
from pmcareer.views.calendars.changes import Event

LINE_OCTETS = 75
EVENTS_PER_CHUNK = 128
PRODUCT = "-//pmcareer//ICS export 1//EN"
CLOSING = "END:VCALENDAR\r\n"

_ONE_DAY = dt.timedelta(days=1)
_BACKSLASH, _CONTINUES = 0x5C, 0x80


def write_calendar(name: str, events: Iterable[Event], *, feed: bool = False) -> Iterator[bytes]:
    """The calendar called *name*, in chunks; with *feed*, the hints of how often to fetch it again."""
    yield opening(name, feed=feed).encode()
    stream = iter(events)
    while chunk := "".join(map(event_text, islice(stream, EVENTS_PER_CHUNK))):
        yield chunk.encode()
    yield CLOSING.encode()


def opening(name: str, *, feed: bool = False) -> str:
    """The calendar's own properties. No METHOD: PUBLISH wants an ORGANIZER, and CalDAV forbids it."""
    shown = escaped(plain_text(name))
    refresh = "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n" if feed else ""
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"
        f"{folded(f'NAME:{shown}')}{folded(f'X-WR-CALNAME:{shown}')}{refresh}"
    )


def single_event(event: Event) -> bytes:
    """A calendar object of one event, as a CalDAV resource has it (no name of the collection)."""
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"
    return f"{head}{event_text(event)}{CLOSING}".encode()


def event_text(event: Event) -> str:
    """One VEVENT, folded, each line ended by CRLF; VALARMs last, or Outlook refuses the file."""
    shown = event.shown
    stamp = f"{_digits(event.stamp)}T000000Z"
    title = escaped(shown.title)
    status = "CANCELLED" if shown.cancelled else "TENTATIVE" if shown.tentative else "CONFIRMED"
    transparency = "OPAQUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY" if shown.busy else _FREE
    location = folded(f"LOCATION:{escaped(shown.location)}") if shown.location else ""
    url = folded(f"URL:{shown.url}") if shown.url else ""
    alarms = _alarms(shown.ringing, title) if shown.alarms else ""
    return (
        f"BEGIN:VEVENT\r\nUID:{event.uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\n"
        f"SEQUENCE:{event.sequence}\r\n{_span(event)}{folded(f'SUMMARY:{title}')}"
        f"{folded(f'DESCRIPTION:{escaped(shown.description)}')}{location}{_categories(shown.categories)}"
        f"STATUS:{status}\r\nTRANSP:{transparency}\r\n{url}X-PMCAREER-KEY:{event.fingerprint}\r\n"
        f"{alarms}END:VEVENT\r\n"
    )


def escaped(text: str) -> str:
    """A text value: backslash, semicolon, comma and newline escaped. Expects ``views.agenda.plain_text``."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """*line* with CRLF, cut to 75 octets a line, never inside a character or an escape."""
    if len(line) <= LINE_OCTETS and line.isascii():
        return f"{line}\r\n"
    octets = line.encode()
    pieces = []
    start, room = 0, LINE_OCTETS
    while len(octets) - start > room:
        end = _cut(octets, start, start + room)
        pieces.append(octets[start:end])
        start, room = end, LINE_OCTETS - 1  # the space that continues a line counts
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def _cut(octets: bytes, start: int, end: int) -> int:
    """The last place at or before *end* where the line may be cut; *start* is such a place."""
    while octets[end] & 0xC0 == _CONTINUES:
        end -= 1
    if octets[end - 1] == _BACKSLASH:
        piece = octets[start:end]
        end -= (len(piece) - len(piece.rstrip(b"\\"))) % 2
    return end


def _span(event: Event) -> str:
    shown = event.shown
    if shown.day is not None:
        return _whole_days(shown.day, shown.last_day)
    assert shown.start is not None and shown.end is not None  # noqa: S101  (Shown saw to it)
    return f"DTSTART:{_moment(shown.start)}\r\nDTEND:{_moment(shown.end)}\r\n"


@lru_cache(maxsize=1024)
def _whole_days(day: dt.date, last_day: dt.date | None) -> str:
    """Both ends, the second exclusive: iCloud refuses an event without one, calcurse skips an empty one."""
    beyond = (last_day or day) + _ONE_DAY
    return f"DTSTART;VALUE=DATE:{_digits(day)}\r\nDTEND;VALUE=DATE:{_digits(beyond)}\r\n"


@lru_cache(maxsize=256)
def _categories(categories: tuple[str, ...]) -> str:
    return folded(f"CATEGORIES:{','.join(map(escaped, categories))}") if categories else ""


def _alarms(alarms: Iterable[Alarm], title: str) -> str:
    head = f"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{folded(f'DESCRIPTION:{title}')}"
    return "".join([f"{head}{_trigger(alarm.in_minutes)}END:VALARM\r\n" for alarm in alarms])


@lru_cache(maxsize=256)
def _trigger(minutes: int) -> str:
    """Days, hours and minutes before the start; never weeks, never a sign other than minus."""
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    time = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    return f"TRIGGER:-P{f'{days}D' * bool(days)}{f'T{time}' * bool(time)}\r\n"


@lru_cache(maxsize=1024)
def _digits(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _moment(moment: dt.datetime) -> str:
    return f"{_digits(moment.date())}T{moment.hour:02}{moment.minute:02}{moment.second:02}Z"


_FREE = "TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE"
