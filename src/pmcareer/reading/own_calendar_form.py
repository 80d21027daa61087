"""Events in the very form that we write, read without icalendar and a hundred times faster.

Only what matches that form to the letter is read here; anything else is None, and icalendar's to judge. A law
(tests/laws/test_calendar_laws.py) holds both readings of an event against each other.
"""

from __future__ import annotations

import datetime as dt
import re

from pmcareer.dates import eve
from pmcareer.model.calendar_ledger import PastEvent

_TEXT = r"(?:[^\\;,\n\r]|\\[\\;,n])*"
_EVENT = re.compile(
    r"BEGIN:VEVENT\n"
    r"UID:(?P<uid>pmcareer-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\n"
    r"DTSTAMP:(?P<stamp>\d{8})T000000Z\nLAST-MODIFIED:(?P=stamp)T000000Z\n"
    r"SEQUENCE:(?P<sequence>\d{1,9})\n"
    r"(?:DTSTART;VALUE=DATE:(?P<day>\d{8})\nDTEND;VALUE=DATE:(?P<beyond>\d{8})\n"
    r"|DTSTART:(?P<start>\d{8}T\d{6})Z\nDTEND:(?P<end>\d{8}T\d{6})Z\n)"
    rf"SUMMARY:(?P<summary>{_TEXT})\nDESCRIPTION:(?P<description>{_TEXT})\n"
    rf"(?:LOCATION:(?P<location>{_TEXT})\n)?CATEGORIES:(?P<categories>{_TEXT}(?:,{_TEXT})*)\n"
    r"STATUS:(?P<status>CONFIRMED|TENTATIVE|CANCELLED)\n"
    r"TRANSP:(?:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:FREE|(?P<busy>OPAQUE)\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY)\n"
    r"(?:URL:(?P<url>[!-~]+)\n)?X-PMCAREER-KEY:(?P<fingerprint>[0-9a-f]{32})\n"
    rf"(?P<alarms>(?:BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:{_TEXT}\nTRIGGER:-P[0-9DTHM]+\nEND:VALARM\n)*)"
    r"END:VEVENT\n",
    re.ASCII,
)
_TRIGGER = re.compile(r"^TRIGGER:(.*)$", re.MULTILINE)
_BEFORE = re.compile(r"-P(?:(\d{1,2})D)?(?:T(?=.)(?:(\d{1,2})H)?(?:(\d{1,2})M)?)?", re.ASCII)
_COMMA = re.compile(r"(?<!\\),")
_ESCAPE = re.compile(r"\\(.)")


def read_own_form(text: str) -> PastEvent | None:
    """The event of *text* (BEGIN:VEVENT to END:VEVENT, folded, lines ended by CR LF), or None."""
    whole = text.startswith("BEGIN:VEVENT\r\n") and text.endswith("\r\nEND:VEVENT\r\n")
    if not whole or "\r\n\r\n" in text:
        return None
    match = _EVENT.fullmatch(text.replace("\r\n ", "").replace("\r\n", "\n"))
    if match is None:
        return None
    try:
        return _event(match)
    except ValueError:  # no such day, or an end before the start
        return None


def _event(match: re.Match[str]) -> PastEvent:
    day, last_day, start, end = _span(match)
    summary = _plain(match["summary"])
    if not summary.strip() or (match["busy"] and day):
        raise ValueError("not as we write it")
    return PastEvent(
        uid=match["uid"],
        fingerprint=match["fingerprint"],
        stamp=_day(match["stamp"]),
        sequence=int(match["sequence"]),
        summary=summary,
        description=_plain(match["description"]),
        day=day,
        last_day=last_day,
        start=start,
        end=end,
        categories=_categories(match["categories"]),
        tentative=match["status"] == "TENTATIVE",
        cancelled=match["status"] == "CANCELLED",
        busy=bool(match["busy"]),
        url=match["url"] or "",
        location=_plain(match["location"] or ""),
        alarms=tuple(_minutes(trigger) for trigger in _TRIGGER.findall(match["alarms"])),
    )


def _span(
    match: re.Match[str],
) -> tuple[dt.date | None, dt.date | None, dt.datetime | None, dt.datetime | None]:
    """Day and last day (inclusive), or start and end."""
    if match["day"]:
        day, beyond = _day(match["day"]), _day(match["beyond"])
        if beyond <= day:
            raise ValueError("the end lies before the start")
        return day, None if eve(beyond) == day else eve(beyond), None, None
    start, end = _moment(match["start"]), _moment(match["end"])
    if end <= start:
        raise ValueError("the end lies before the start")
    return None, None, start, end


def _categories(text: str) -> tuple[str, ...]:
    if "\\" not in text:
        return tuple(text.split(","))
    # A comma after an escaped backslash separates too; hide those first.
    parts = _COMMA.split(text.replace("\\\\", "\x00"))
    return tuple(_plain(part.replace("\x00", "\\\\")) for part in parts)


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda escape: "\n" if escape[1] == "n" else escape[1], text)


def _minutes(trigger: str) -> int:
    match = _BEFORE.fullmatch(trigger)
    if match is None or not any(match.groups()):
        raise ValueError("not a trigger of ours")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return (days * 24 + hours) * 60 + minutes


def _day(digits: str) -> dt.date:
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _moment(digits: str) -> dt.datetime:
    clock = int(digits[9:11]), int(digits[11:13]), int(digits[13:15])
    return dt.datetime(int(digits[:4]), int(digits[4:6]), int(digits[6:8]), *clock, tzinfo=dt.UTC)
