"""Laws of calendars: any text survives another parser, equal exports are equal bytes, only changes are stamped."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.agendas import AS_OF, NAMESPACE, agenda, export, key
from tests.ics_linter import lint
from tests.laws.calendar_strategies import AGENDAS, DAYS, KEYS, TEXTS, TITLES, entries

from pmcareer.model.calendar_ledger import PastEvent
from pmcareer.reading.own_calendar_form import read_own_form
from pmcareer.reading.previous_calendar import read_ledger, read_resource
from pmcareer.render.ics import write_calendar
from pmcareer.views.agenda import Entry, Kind
from pmcareer.views.calendars.changes import changes, fingerprint_now

CRLF = "\r\n"
LATER = AS_OF + dt.timedelta(days=10)


def carried(text: str) -> str:
    """What a calendar keeps of a text, by the documented rule and Unicode's own data."""
    kept = []
    for here, after in zip(text, f"{text[1:]} ", strict=False):
        if here == "\r" and after == "\n":
            continue
        if here in "\r\n\x85\u2028\u2029":
            kept.append("\n")
        elif here == "\t":
            kept.append(" ")
        elif unicodedata.category(here) not in {"Cc", "Cs"} and here not in "\ufffe\uffff":
            kept.append(here)
    return "".join(kept)


def unless_blank(text: str) -> str:
    return carried(text) if carried(text).strip() else ""


def parsed(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@given(TITLES, TEXTS, TEXTS, st.lists(TEXTS, max_size=3))
def test_any_text_survives_another_parser(summary: str, description: str, location: str, categories: list[str]) -> None:
    entry = Entry(
        key=key("pmp", Kind.RENEW_BY),
        summary=summary,
        description=description,
        location=location,
        categories=tuple(categories),
        day=AS_OF,
    )
    (event,) = parsed(export([entry]))
    assert str(event["SUMMARY"]) == carried(summary)
    assert str(event["DESCRIPTION"]) == (unless_blank(description) or carried(summary))
    assert str(event.get("LOCATION", "")) == unless_blank(location)
    kept = [unless_blank(category) for category in categories if unless_blank(category)]
    assert [str(category) for category in event["CATEGORIES"].cats] == (kept or ["Certification"])


@given(AGENDAS)
def test_whatever_is_written_is_clean(shown: list[Entry]) -> None:
    assert lint(export(shown)) == []


@given(AGENDAS)
def test_another_writer_of_the_same_objects_writes_equal_ones(shown: list[Entry]) -> None:
    data = export(shown)
    assume(b"\\\\N" not in unfolded(data))  # icalendar reads a backslash before an N aright, but writes a new line
    calendar = icalendar.Calendar.from_ical(data)
    again = calendar.to_ical(sorted=False)
    assert icalendar.Calendar.from_ical(again) == calendar
    assert unfolded(again) == unfolded(data)


def unfolded(data: bytes) -> bytes:
    return data.replace(b"\r\n ", b"")


@given(AGENDAS)
def test_what_nobody_edited_bears_its_own_fingerprint(shown: list[Entry]) -> None:
    for data in (export(shown), export([], LATER, export(shown))):
        ledger, _ = read_ledger(data, "x.ics")
        assert ledger is not None
        assert all(fingerprint_now(past) == past.fingerprint for past in ledger.events.values())


def blocks(data: bytes) -> list[str]:
    events = data.decode().removesuffix("END:VCALENDAR\r\n").split("\r\nBEGIN:VEVENT\r\n")[1:]
    return [f"BEGIN:VEVENT\r\n{event.removesuffix(CRLF)}{CRLF}" for event in events]


def by_icalendar(block: str) -> PastEvent | None:
    return read_resource(f"BEGIN:VCALENDAR\r\n{block}END:VCALENDAR\r\n".encode())


@given(AGENDAS)
def test_our_own_form_reads_as_icalendar_reads_it(shown: list[Entry]) -> None:
    for data in (export(shown), export([], LATER, export(shown))):
        for block in blocks(data):
            event = read_own_form(block)
            assert event is not None
            assert event == by_icalendar(block)


DAMAGE = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from(["\\", ";", ",", "\r\n", "\r\n ", "\n", "0", "9", ":", "-", "T", ""])
)


@given(AGENDAS.filter(bool), st.data())
def test_a_damaged_event_reads_as_icalendar_reads_it_or_not_at_all(shown: list[Entry], data: st.DataObject) -> None:
    block = blocks(export(shown))[0]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(block)))
        block = block[:place] + data.draw(DAMAGE) + block[place + data.draw(st.integers(0, 3)) :]
    event = read_own_form(block)
    if event is not None:
        assert event == by_icalendar(block)


@given(AGENDAS.filter(bool), st.data())
def test_an_export_over_a_damaged_one_is_clean_or_refused(shown: list[Entry], data: st.DataObject) -> None:
    before = export(shown).decode()
    place = data.draw(st.integers(0, len(before)))
    damaged = before[:place] + data.draw(DAMAGE) + before[place + data.draw(st.integers(0, 30)) :]
    ledger, problems = read_ledger(damaged.encode(), "x.ics")
    if ledger is None:
        assert {problem.code for problem in problems} <= {"calendar-foreign", "calendar-invalid"}
    else:
        mine = agenda([], LATER)
        assert lint(b"".join(write_calendar(mine.name, changes(mine, ledger)))) == []


@given(AGENDAS, st.integers(0, 400))
def test_exporting_again_changes_no_byte(shown: list[Entry], days: int) -> None:
    first = export(shown)
    assert export(shown, AS_OF + dt.timedelta(days=days), first) == first


@given(AGENDAS.filter(bool), st.data())
def test_a_changed_entry_alone_is_stamped_anew(shown: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(shown) - 1))
    changed = data.draw(entries(st.just(shown[place].key)))
    new = [*shown[:place], changed, *shown[place + 1 :]]
    before, after = parsed(export(shown)), parsed(export(new, LATER, export(shown)))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    for number, (old, event) in enumerate(zip(before, after, strict=True)):
        if number != place:
            assert event == old
        elif visible(old) != visible(event):
            assert (event["SEQUENCE"], event["DTSTAMP"].dt.date()) == (1, LATER)
        else:
            assert event == old


def visible(event: Any) -> list[bytes]:
    stamps = (b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE", b"X-PMCAREER-KEY")
    return [line for line in unfolded(event.to_ical()).split(b"\r\n") if not line.startswith(stamps)]


@given(entries(KEYS), DAYS, DAYS)
def test_a_moved_deadline_keeps_its_uid(entry: Entry, one: dt.date, other: dt.date) -> None:
    def moved(day: dt.date) -> Entry:
        return replace(entry, day=day, last_day=None, start=None, end=None, busy=False)

    (before,) = parsed(export([moved(one)]))
    (after,) = parsed(export([moved(other)], LATER, export([moved(one)])))
    assert after["UID"] == before["UID"] == entry.key.uid(NAMESPACE)
    assert after["SEQUENCE"] == (0 if one == other else 1)


@given(AGENDAS, st.integers(0, 120))
def test_what_will_not_come_is_cancelled_and_what_is_over_stays(shown: list[Entry], days: int) -> None:
    """Each for sixty days: what is cancelled from that day on, what is over from its last one on."""
    over = {uid(entry) for entry in shown if entry.ends_on < LATER and not entry.cancelled}
    gone = export([], LATER, export(shown))
    assert lint(gone) == []
    cancelled = {str(event["UID"]) for event in parsed(gone) if event["STATUS"] == "CANCELLED"}
    assert cancelled == {uid(entry) for entry in shown} - over
    later = LATER + dt.timedelta(days=days)
    left = {str(event["UID"]) for event in parsed(export([], later, gone))}
    for entry in shown:
        since = entry.ends_on if uid(entry) in over else AS_OF if entry.cancelled else LATER
        stands = (later - since).days <= 60 if uid(entry) in over else (later - since).days < 60
        reached = uid(entry) not in over or (LATER - since).days <= 60
        assert (uid(entry) in left) is (stands and reached)


@given(AGENDAS)
def test_what_is_done_is_told_to_those_who_saw_it_due(shown: list[Entry]) -> None:
    done = [replace(entry, done=True) for entry in shown]
    assert parsed(export(done)) == []
    told = parsed(export(done, LATER, export(shown)))
    assert [str(event["UID"]) for event in told] == [uid(entry) for entry in shown]
    assert all(str(event["SUMMARY"]).startswith("Done: ") and not event.walk("VALARM") for event in told)


def uid(entry: Entry) -> str:
    return entry.key.uid(NAMESPACE)


PROGRAM = """
import locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    pass
from tests.agendas import AS_OF, export, pmp_deadline, typical
import datetime as dt
first = export()
second = export([pmp_deadline(dt.date(2027, 1, 1))], AS_OF + dt.timedelta(days=3), first)
sys.stdout.buffer.write(first + second)
"""


def test_neither_clock_zone_locale_nor_hash_seed_shows() -> None:
    root = Path(__file__).parents[2]
    surroundings = [
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"},
    ]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=root, env=os.environ | extra, capture_output=True, check=True
        ).stdout
        for extra in surroundings
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 3000
