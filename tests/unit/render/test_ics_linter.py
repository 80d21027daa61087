"""The linter finds each defect by its name, and nothing else, in files broken on purpose, one defect each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.agendas import export
from tests.ics_linter import RULES, lint

CRLF = b"\r\n"

# A calendar written by hand, byte by byte: no code of ours between the rules and the linter.
CLEAN = CRLF.join(
    [
        b"BEGIN:VCALENDAR",
        b"VERSION:2.0",
        b"PRODID:-//pmcareer//ICS export 1//EN",
        b"CALSCALE:GREGORIAN",
        b"NAME:Mine\\, and yours",
        b"X-WR-CALNAME:Mine\\, and yours",
        b"BEGIN:VEVENT",
        b"UID:pmcareer-995da6c0-9bb0-5b2b-a4c5-25f084d61905",
        b"DTSTAMP:20260105T000000Z",
        b"LAST-MODIFIED:20260105T000000Z",
        b"SEQUENCE:0",
        b"DTSTART;VALUE=DATE:20260614",
        b"DTEND;VALUE=DATE:20260615",
        b"SUMMARY:PMP: renew by today",
        b"DESCRIPTION:Report 60 PDUs\\; pay 150 USD\\, online.\\nCaf\xc3\xa9 and more words up",
        b"  to here",
        b"CATEGORIES:Certification,Renewal",
        b"STATUS:CONFIRMED",
        b"TRANSP:TRANSPARENT",
        b"X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        b"URL:https://ccrs.pmi.org/",
        b"X-PMCAREER-KEY:a370344717c29a6cc3e364946962162c",
        b"BEGIN:VALARM",
        b"ACTION:DISPLAY",
        b"DESCRIPTION:PMP: renew by today",
        b"TRIGGER:-P6DT15H",
        b"END:VALARM",
        b"END:VEVENT",
        b"END:VCALENDAR",
        b"",
    ]
)
EVENT = CLEAN[CLEAN.index(b"BEGIN:VEVENT") : CLEAN.index(b"END:VCALENDAR")]
ALARM = EVENT[EVENT.index(b"BEGIN:VALARM") : EVENT.index(b"END:VEVENT")]
TIMED = [b"DTSTART:20260614T070000Z", b"DTEND:20260614T093000Z"]


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def broken(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return broken


def line(old: bytes, new: bytes = b"") -> Callable[[bytes], bytes]:
    """Replace a whole line, or drop it."""
    return swap(old + CRLF, new + CRLF if new else b"")


def timed(start: bytes, end: bytes) -> Callable[[bytes], bytes]:
    return lambda data: line(b"DTEND;VALUE=DATE:20260615", end)(line(b"DTSTART;VALUE=DATE:20260614", start)(data))


BROKEN: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("bom", "a mark first", lambda data: b"\xef\xbb\xbf" + data),
    ("utf8", "Latin-1", swap(b"Caf\xc3\xa9", b"Caf\xe9")),
    ("line-end", "LF alone", lambda data: data.replace(CRLF, b"\n")),
    ("line-end", "CR alone", swap(b"renew by", b"renew\rby")),
    ("line-end", "no end of line at the end", lambda data: data[:-2]),
    ("empty-line", "between properties", swap(b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\n\r\n")),
    ("empty-line", "at the end", lambda data: data + CRLF),
    ("too-long", "not folded", swap(b"words up\r\n ", b"words up")),
    ("split-character", "inside é", swap(b"Caf\xc3\xa9", b"Caf\xc3\r\n \xa9")),
    ("split-escape", "inside \\n", swap(b"online.\\n", b"online.\\\r\n n")),
    ("split-escape", "inside \\,", swap(b"150 USD\\,", b"150 USD\\\r\n ,")),
    ("control", "a tab", swap(b"renew by", b"renew\tby")),
    ("control", "NUL", swap(b"renew by", b"renew\x00by")),
    ("control", "next line (C1)", swap(b"renew by", b"renew\xc2\x85by")),
    ("control", "line separator", swap(b"renew by", b"renew\xe2\x80\xa8by")),
    ("envelope", "two calendars", lambda data: data + data),
    ("envelope", "broken off", lambda data: data[: data.index(b"END:VCALENDAR")]),
    ("envelope", "something after", lambda data: data + b"X-MORE:1\r\n"),
    ("method", "PUBLISH", line(b"CALSCALE:GREGORIAN", b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH")),
    ("calendar-head", "no PRODID", line(b"PRODID:-//pmcareer//ICS export 1//EN")),
    ("calendar-head", "no name", line(b"NAME:Mine\\, and yours")),
    ("calendar-head", "order", line(b"VERSION:2.0", b"CALSCALE:GREGORIAN\r\nVERSION:2.0")),
    ("calendar-head", "a feed's hint in a file", line(b"CALSCALE:GREGORIAN", b"X-PUBLISHED-TTL:PT12H")),
    ("calendar-value", "version", line(b"VERSION:2.0", b"VERSION:1.0")),
    ("calendar-value", "two names", line(b"X-WR-CALNAME:Mine\\, and yours", b"X-WR-CALNAME:Yours")),
    ("component", "a to-do", lambda data: data.replace(b":VEVENT", b":VTODO")),
    ("component", "not closed", line(b"END:VEVENT")),
    ("component", "an alarm not closed", line(b"END:VALARM")),
    ("event-order", "UID after DTSTAMP", swap(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nDTSTAMP:20260105T000000Z")),
    ("event-order", "no end", line(b"DTEND;VALUE=DATE:20260615")),
    ("event-order", "no stamp", line(b"DTSTAMP:20260105T000000Z")),
    ("event-order", "twice", line(b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:0")),
    ("event-order", "a rule", line(b"SEQUENCE:0", b"SEQUENCE:0\r\nRRULE:FREQ=YEARLY")),
    ("event-order", "a priority", line(b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nPRIORITY:1")),
    ("alarm-last", "a property after the alarms", line(b"END:VALARM", b"END:VALARM\r\nLOCATION:Home")),
    ("uid", "with an @", swap(b"25f084d61905", b"25f084d61905@x")),
    ("uid", "a date", swap(b"pmcareer-995da6c0-9bb0-5b2b-a4c5-25f084d61905", b"pmcareer-pmp-20260614")),
    ("uid-twice", "the event again", swap(EVENT, EVENT + EVENT)),
    ("stamp", "a time of day", lambda data: data.replace(b"20260105T000000Z", b"20260105T120000Z")),
    ("stamp", "no such day", lambda data: data.replace(b"20260105T000000Z", b"20260230T000000Z")),
    ("stamp", "two stamps", swap(b"LAST-MODIFIED:20260105", b"LAST-MODIFIED:20260106")),
    ("sequence", "negative", line(b"SEQUENCE:0", b"SEQUENCE:-1")),
    ("span", "an inclusive end", swap(b"DTEND;VALUE=DATE:20260615", b"DTEND;VALUE=DATE:20260614")),
    ("span", "no such day", swap(b"DTEND;VALUE=DATE:20260615", b"DTEND;VALUE=DATE:20260631")),
    ("span", "a day without VALUE", timed(b"DTSTART:20260614", b"DTEND:20260615")),
    ("span", "floating times", timed(b"DTSTART:20260614T070000", b"DTEND:20260614T093000")),
    ("span", "a time zone", timed(b"DTSTART;TZID=UTC:20260614T070000", b"DTEND;TZID=UTC:20260614T093000")),
    ("span", "backwards", timed(b"DTSTART:20260614T093000Z", b"DTEND:20260614T070000Z")),
    ("escape", "a raw comma", swap(b"150 USD\\,", b"150 USD,")),
    ("escape", "a raw semicolon", swap(b"PDUs\\;", b"PDUs;")),
    ("escape", "an escape that does not exist", swap(b"PDUs\\;", b"PDUs\\:")),
    ("escape", "in an alarm", line(b"DESCRIPTION:PMP: renew by today", b"DESCRIPTION:PMP, renew")),
    ("escape", "in the name", lambda data: data.replace(b"Mine\\,", b"Mine,")),
    ("empty", "no summary", line(b"SUMMARY:PMP: renew by today", b"SUMMARY:")),
    ("empty", "a blank location", line(b"CATEGORIES:Certification,Renewal", b"LOCATION: \r\nCATEGORIES:X")),
    ("empty", "no name", lambda data: data.replace(b"Mine\\, and yours", b"")),
    ("categories", "an empty one", swap(b"Certification,Renewal", b"Certification,")),
    ("categories", "none", swap(b"CATEGORIES:Certification,Renewal", b"CATEGORIES:")),
    ("status", "a to-do's", line(b"STATUS:CONFIRMED", b"STATUS:COMPLETED")),
    ("transparency", "busy all day", swap(b"TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", b"OPAQUE\r\n"
     b"X-MICROSOFT-CDO-BUSYSTATUS:BUSY")),
    ("transparency", "two answers", swap(b"BUSYSTATUS:FREE", b"BUSYSTATUS:BUSY")),
    ("url", "a script", swap(b"URL:https://ccrs.pmi.org/", b"URL:javascript:alert(1)")),
    ("url", "not ASCII", swap(b"ccrs.pmi.org/", b"ccrs.pmi.org/\xc3\xa9")),
    ("key", "readable", swap(b"a370344717c29a6cc3e364946962162c", b"mine|me|pmp|renew-by")),
    ("alarm-order", "the trigger first", swap(ALARM, ALARM.replace(b"TRIGGER:-P6DT15H\r\n", b"").replace(
        b"ACTION", b"TRIGGER:-P6DT15H\r\nACTION"))),
    ("alarm-order", "no description", swap(ALARM, ALARM.replace(b"DESCRIPTION:PMP: renew by today\r\n", b""))),
    ("alarm-action", "an e-mail", line(b"ACTION:DISPLAY", b"ACTION:EMAIL")),
    ("trigger", "weeks", line(b"TRIGGER:-P6DT15H", b"TRIGGER:-P1W")),
    ("trigger", "weeks and hours", line(b"TRIGGER:-P6DT15H", b"TRIGGER:-P1WT15H")),
    ("trigger", "after the start", line(b"TRIGGER:-P6DT15H", b"TRIGGER:PT9H")),
    ("trigger", "nothing", line(b"TRIGGER:-P6DT15H", b"TRIGGER:-P")),
    ("trigger", "an empty time", line(b"TRIGGER:-P6DT15H", b"TRIGGER:-P6DT")),
    ("trigger", "at the start", line(b"TRIGGER:-P6DT15H", b"TRIGGER:-PT0M")),
    ("trigger", "29 days", line(b"TRIGGER:-P6DT15H", b"TRIGGER:-P28DT1H")),
    ("trigger", "a moment", line(b"TRIGGER:-P6DT15H", b"TRIGGER;VALUE=DATE-TIME:20260601T070000Z")),
    ("alarm-count", "the same twice", swap(ALARM, ALARM + ALARM)),
    ("alarm-count", "four", swap(ALARM, b"".join(ALARM.replace(b"6D", b"%dD" % n) for n in (1, 2, 3, 4)))),
    ("alarm-mute", "cancelled", line(b"STATUS:CONFIRMED", b"STATUS:CANCELLED")),
    ("alarm-mute", "done", swap(b"SUMMARY:PMP", b"SUMMARY:Done: PMP")),
]  # fmt: skip


def test_a_calendar_written_by_hand_is_clean() -> None:
    assert lint(CLEAN) == []


def test_a_timed_one_is_clean() -> None:
    assert lint(timed(*TIMED)(CLEAN)) == []


@pytest.mark.parametrize(
    ("rule", "defect", "breaking"), BROKEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_defect_is_found_and_nothing_else(rule: str, defect: str, breaking: Callable[[bytes], bytes]) -> None:
    assert {finding.rule for finding in lint(breaking(CLEAN))} == {rule}, defect


def test_a_feed_says_how_often_to_fetch_it() -> None:
    assert {finding.rule for finding in lint(CLEAN, feed=True)} == {"calendar-head"}


def test_every_rule_is_broken_once() -> None:
    assert {rule for rule, _, _ in BROKEN} == set(RULES)


def test_what_we_write_is_clean() -> None:
    assert lint(export()) == []
    assert lint(export(feed=True), feed=True) == []
