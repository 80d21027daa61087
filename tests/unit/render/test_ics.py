"""The bytes of a calendar: a whole file by hand, folding by brute force, and the check before it replaces another."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agendas import agenda, exam, export, key, many, pmp_deadline, promotion

from pmcareer.render import ics_check
from pmcareer.render.ics import folded, single_event, write_calendar
from pmcareer.render.ics_check import CalendarCheckError, check_calendar, write_checked
from pmcareer.views.agenda import Agenda, Alarm
from pmcareer.views.calendars.changes import Event, changes

EXPECTED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//pmcareer//ICS export 1//EN
CALSCALE:GREGORIAN
NAME:Certifications\\, mine
X-WR-CALNAME:Certifications\\, mine
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
BEGIN:VEVENT
UID:{deadline}
DTSTAMP:20260105T000000Z
LAST-MODIFIED:20260105T000000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20260614
DTEND;VALUE=DATE:20260615
SUMMARY:PMP: renew by today
DESCRIPTION:Report 60 PDUs\\, 14 are missing: 9 of Education (3 Ways of Work
 ing\\, 6 Power Skills).\\nPay 150 USD\\; members pay 60 USD.\\nWhere: ccrs.pmi
 .org\\nRule: PMI Certification Handbook\\, read 2025-11-20
CATEGORIES:Certification,Renewal
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
URL:https://ccrs.pmi.org/
X-PMCAREER-KEY:HASH
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:PMP: renew by today
TRIGGER:-P6DT15H
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:PMP: renew by today
TRIGGER:-PT15H
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:{exam}
DTSTAMP:20260105T000000Z
LAST-MODIFIED:20260105T000000Z
SEQUENCE:0
DTSTART:20260511T070000Z
DTEND:20260511T093000Z
SUMMARY:Exam: PRINCE2 Practitioner
DESCRIPTION:2026-05-11 09:00–11:30 CEST
LOCATION:Pearson VUE\\; Hauptstraße 5\\, Berlin
CATEGORIES:Certification,Exam
STATUS:CONFIRMED
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-PMCAREER-KEY:HASH
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Exam: PRINCE2 Practitioner
TRIGGER:-P1DT2H5M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:{promotion}
DTSTAMP:20260105T000000Z
LAST-MODIFIED:20260105T000000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20270901
DTEND;VALUE=DATE:20270902
SUMMARY:Could be: Senior Project Manager
DESCRIPTION:Foreseen by the plan of 2026-01-05.
CATEGORIES:Career
STATUS:TENTATIVE
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
X-PMCAREER-KEY:HASH
END:VEVENT
END:VCALENDAR
"""


def test_a_whole_file() -> None:
    mine = agenda()
    entries = [
        replace(pmp_deadline(), alarms=(Alarm(6, 15), Alarm(0, 15))),
        replace(exam(), alarms=(Alarm(1, 2, 5),)),
        promotion(),
    ]
    uids = [entry.key.uid(mine.namespace) for entry in entries]
    text = EXPECTED.format(**dict(zip(("deadline", "exam", "promotion"), uids, strict=True)))
    written = re.sub(rb"KEY:[0-9a-f]{32}", b"KEY:HASH", export(entries, feed=True))
    assert written.decode() == text.replace("\n", "\r\n")


def may_cut(line: bytes, place: int) -> bool:
    """Whether *place* lies between two characters and not inside an escape, told by walking from the start."""
    position = 0
    text = line.decode()
    index = 0
    while position < place:
        width = 2 if text[index] == "\\" else 1
        position += len(text[index : index + width].encode())
        index += width
    return position == place


escaped_lines = st.lists(
    st.one_of(st.sampled_from(["\\\\", "\\n", "\\,", "\\;", "é", "日", "👩", " ", "a"]), st.just("b" * 17)),
    max_size=80,
).map("".join)


@given(escaped_lines)
def test_folding_is_the_longest_that_is_allowed(line: str) -> None:
    assert_folded_as_long_as_allowed(line)


@pytest.mark.parametrize("token", ["\\\\", "\\n", "é", "日", "👩", "\\\\\\,é"])
def test_folding_at_every_offset_of_escapes_and_wide_characters(token: str) -> None:
    for offset in range(80):
        assert_folded_as_long_as_allowed("x" * offset + token * 60)


def assert_folded_as_long_as_allowed(line: str) -> None:
    """Brute force: each physical line ends at the last of all allowed places within its 75 octets."""
    octets = line.encode()
    pieces = folded(line).encode().removesuffix(b"\r\n").split(b"\r\n ")
    start = 0
    for number, piece in enumerate(pieces):
        room = 75 if number == 0 else 74
        longest = max(n for n in range(start, min(start + room, len(octets)) + 1) if may_cut(octets, n))
        assert start + len(piece) == longest
        start = longest
    assert start == len(octets)


@pytest.mark.parametrize(
    ("alarm", "trigger"),
    [
        (Alarm(1), "-P1D"),
        (Alarm(28), "-P28D"),
        (Alarm(6, 15), "-P6DT15H"),
        (Alarm(0, 15), "-PT15H"),
        (Alarm(0, 0, 15), "-PT15M"),
        (Alarm(0, 0, 90), "-PT1H30M"),
        (Alarm(0, 48), "-P2D"),
        (Alarm(7), "-P7D"),
    ],
)
def test_triggers_have_days_hours_and_minutes_only(alarm: Alarm, trigger: str) -> None:
    data = export([replace(pmp_deadline(), alarms=(alarm,))])
    assert f"\r\nTRIGGER:{trigger}\r\n".encode() in data


def test_a_single_event_is_a_calendar_object_of_its_own() -> None:
    (event,) = changes(agenda([promotion()]))
    data = single_event(event)
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert b"NAME" not in data
    assert data.count(b"BEGIN:VEVENT") == 1


def test_chunks_do_not_grow_with_the_calendar() -> None:
    sizes = [len(chunk) for chunk in write_calendar("x", changes(agenda(many(3000))))]
    assert len(sizes) > 20
    assert max(sizes) < 256 * 1024


def checked(agenda_: Agenda) -> bytes:
    return b"".join(write_checked(agenda_.name, changes(agenda_)))


def test_checked_bytes_are_the_written_ones() -> None:
    assert checked(agenda()) == export()


def test_larger_calendars_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_check, "CHECKED_UP_TO", 3)
    monkeypatch.setattr(ics_check, "check_calendar", None)
    assert checked(agenda(many(300))) == export(many(300))


def test_two_entries_of_one_uid_are_refused() -> None:
    with pytest.raises(CalendarCheckError, match="share the UID"):
        checked(agenda([pmp_deadline(), replace(pmp_deadline(), summary="Another")]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"DTSTART;VALUE=DATE:20260614", b"DTSTART;VALUE=DATE:20260613"),
        (b"SUMMARY:PMP", b"SUMMARY:PMQ"),
        (b"TRIGGER:-P6DT15H", b"TRIGGER:-P6DT16H"),
        (b"SEQUENCE:0", b"SEQUENCE:1"),
        (b"CATEGORIES:Certification,", b"CATEGORIES:Certification\\,"),
        (b"STATUS:CONFIRMED", b"STATUS:TENTATIVE"),
        (b"X-WR-CALNAME:", b"X-WR-CALNAME:x"),
        (b"END:VALARM\r\n", b""),
        (b"END:VEVENT\r\n", b""),
        (b"BEGIN:VEVENT", b"BEGIN:VTODO"),
    ],
)
def test_bytes_that_read_differently_are_our_fault(old: bytes, new: bytes) -> None:
    entry = replace(pmp_deadline(), alarms=(Alarm(6, 15),))
    events: list[Event] = list(changes(agenda([entry])))
    data = b"".join(write_calendar(agenda().name, events))
    check_calendar(data, agenda().name, events)
    assert old in data
    with pytest.raises(CalendarCheckError) as caught:
        check_calendar(data.replace(old, new, 1), agenda().name, events)
    assert caught.value.exit_code == 70


def test_what_a_day_key_is_made_of_does_not_matter_to_the_writer() -> None:
    odd = replace(pmp_deadline(), key=key("ü|\ud800", pmp_deadline().key.kind), day=dt.date(1, 1, 1))
    assert b"DTSTART;VALUE=DATE:00010101\r\nDTEND;VALUE=DATE:00010102\r\n" in export([odd])
