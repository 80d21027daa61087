"""Earlier exports are read back whole; what is not ours, or broken, is said with its line and never half used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.agendas import NAMESPACE, exam, export, pmp_deadline

from pmcareer.model.calendar_ledger import Ledger
from pmcareer.reading.previous_calendar import CALENDAR_LIMIT, read_ledger, read_previous_calendar

FOREIGN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mozilla.org/NONSGML//EN\r\nEND:VCALENDAR\r\n"


def test_no_file_and_an_empty_file_are_a_first_export(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ics"
    empty.touch()
    for path in (tmp_path / "none.ics", empty):
        ledger, problems = read_previous_calendar(path)
        assert ledger == Ledger()
        assert not list(problems)


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "mine.ics"
    path.write_bytes(export([pmp_deadline(), exam()]))
    ledger, problems = read_previous_calendar(path)
    assert not list(problems)
    assert ledger is not None
    deadline, booked = ledger.events.values()
    assert deadline.uid == pmp_deadline().key.uid(NAMESPACE)
    assert (deadline.day, deadline.last_day) == (dt.date(2026, 6, 14), None)
    assert (deadline.stamp, deadline.sequence) == (dt.date(2026, 1, 5), 0)
    assert deadline.description == pmp_deadline().description
    assert deadline.categories == ("Certification", "Renewal")
    assert (booked.start, booked.end) == (exam().start, exam().end)
    assert booked.location == "Pearson VUE; Hauptstraße 5, Berlin"
    assert booked.busy


def test_line_ends_that_another_tool_changed_are_read(tmp_path: Path) -> None:
    data = export()
    assert read_ledger(data.replace(b"\r\n", b"\n"), "x")[0] == read_ledger(data, "x")[0]


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def broken(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return broken


ALIEN = b"BEGIN:VEVENT\r\nUID:holiday@example.org\r\nEND:VEVENT\r\n"
BROKEN: list[tuple[str, int, Callable[[bytes], bytes]]] = [
    ("calendar-foreign", 0, lambda _: FOREIGN),
    ("calendar-foreign", 0, lambda _: b"\xff\xfe\x00"),
    ("calendar-foreign", 0, lambda _: b"dear diary"),
    ("calendar-foreign", 7, swap(b"BEGIN:VEVENT", ALIEN + b"BEGIN:VEVENT")),
    ("calendar-foreign", 7, swap(b"BEGIN:VEVENT", b"BEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VEVENT")),
    ("calendar-invalid", 7, swap(b"SEQUENCE:0", b"SEQUENCE:none")),
    ("calendar-invalid", 7, swap(b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nSEQUENCE:1\r\n")),
    ("calendar-invalid", 7, swap(b"SEQUENCE:0\r\n", b"")),
    ("calendar-invalid", 7, swap(b"DTSTART;VALUE=DATE:20260614", b"DTSTART;VALUE=DATE:20260631")),
    ("calendar-invalid", 7, swap(b"DTSTART;VALUE=DATE:20260614", b"DTSTART:20260614T120000")),
    ("calendar-invalid", 7, swap(b"DTEND;VALUE=DATE:20260615", b"DTEND;VALUE=DATE:20260614")),
    ("calendar-invalid", 7, swap(b"DTEND;VALUE=DATE:20260615", b"DTEND;VALUE=DATE:00010101")),
    ("calendar-invalid", 7, swap(b"X-PMCAREER-KEY:", b"X-PMCAREER-KEY:x")),
    ("calendar-invalid", 7, swap(b"DTSTAMP:20260105T000000Z", b"DTSTAMP;VALUE=DATE:20260105")),
    ("calendar-invalid", 7, swap(b"CATEGORIES:Certification", b"CATEGORIES;VALUE=DATE:20260105")),
    ("calendar-invalid", 7, swap(b"SUMMARY:", b"SUMMARY;=:")),
    ("calendar-invalid", 24, lambda data: data[: data.index(b"END:VEVENT")]),
    ("calendar-invalid", 25, lambda data: data[: data.index(b"END:VCALENDAR")]),
]


@pytest.mark.parametrize(("code", "line", "breaking"), BROKEN)
def test_what_is_broken_is_said_once_with_its_line(code: str, line: int, breaking: Callable[[bytes], bytes]) -> None:
    ledger, problems = read_ledger(breaking(export([pmp_deadline()])), "x.ics")
    assert ledger is None
    (problem,) = problems
    assert (problem.code, problem.severity, problem.at.line) == (code, "error", line)
    assert "--force" in problem.hint


def test_a_uid_twice_is_invalid() -> None:
    data = export([pmp_deadline()])
    event = data[data.index(b"BEGIN:VEVENT") : data.index(b"END:VCALENDAR")]
    ledger, (problem,) = read_ledger(data.replace(event, event + event), "x.ics")
    assert ledger is None
    assert problem.code == "calendar-invalid"
    assert "twice" in problem.message


def test_force_starts_afresh_and_says_so() -> None:
    ledger, (problem,) = read_ledger(FOREIGN, "x.ics", force=True)
    assert ledger == Ledger()
    assert (problem.code, problem.severity) == ("calendar-foreign", "warning")


def test_a_folder_and_a_giant_are_refused_unread(tmp_path: Path) -> None:
    giant = tmp_path / "giant.ics"
    with giant.open("wb") as file:
        file.truncate(CALENDAR_LIMIT + 1)
    for path, code in ((tmp_path, "file-not-regular"), (giant, "file-too-large")):
        ledger, (problem,) = read_previous_calendar(path)
        assert ledger is None
        assert problem.code == code
