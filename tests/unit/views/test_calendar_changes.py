"""Stamps across exports: what stays, what rises, what is cancelled and for how long."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tests.agendas import AS_OF, NAMESPACE, conference, export, fee_due, pmp_deadline, typical
from tests.ics_linter import lint

from pmcareer.views.agenda import Alarm, Entry

LATER = AS_OF + dt.timedelta(days=30)


def events(data: bytes) -> dict[str, dict[str, str]]:
    """UID → its unfolded properties, by a few lines that know nothing of the writer or of icalendar."""
    text = data.decode().replace("\r\n ", "")
    found = {}
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL):
        own = block.split("BEGIN:VALARM")[0]
        properties = dict(line.split(":", 1) for line in own.split("\r\n") if line)
        found[properties["UID"]] = properties
    return found


def uid(entry: Entry) -> str:
    return entry.key.uid(NAMESPACE)


def test_first_export_is_stamped_with_the_as_of_date() -> None:
    (event,) = events(export([pmp_deadline()])).values()
    assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20260105T000000Z"
    assert event["SEQUENCE"] == "0"


def test_nothing_changed_later_gives_the_same_bytes() -> None:
    first = export()
    assert export(before=first, as_of=LATER) == first


def test_only_the_changed_event_is_stamped_anew() -> None:
    before = export([pmp_deadline(), fee_due()])
    after = events(export([pmp_deadline(dt.date(2026, 9, 30)), fee_due()], LATER, before))
    moved, kept = after[uid(pmp_deadline())], after[uid(fee_due())]
    assert (moved["SEQUENCE"], moved["DTSTAMP"]) == ("1", "20260204T000000Z")
    assert moved["DTSTART;VALUE=DATE"] == "20260930"
    assert (kept["SEQUENCE"], kept["DTSTAMP"]) == ("0", "20260105T000000Z")


def test_anything_shown_counts_as_a_change() -> None:
    entry = pmp_deadline()
    variants = [
        replace(entry, summary="PMP: renew"),
        replace(entry, description="Less"),
        replace(entry, day=entry.first_day, last_day=entry.first_day + dt.timedelta(days=1)),
        replace(entry, categories=("Renewal",)),
        replace(entry, tentative=True),
        replace(entry, cancelled=True),
        replace(entry, done=True),
        replace(entry, url=""),
        replace(entry, location="Here"),
        replace(entry, alarms=(Alarm(1),)),
    ]
    before = export([entry])
    keys = {events(before)[uid(entry)]["X-PMCAREER-KEY"]}
    for variant in variants:
        event = events(export([variant], LATER, before))[uid(entry)]
        assert event["SEQUENCE"] == "1", variant
        keys.add(event["X-PMCAREER-KEY"])
    assert len(keys) == len(variants) + 1


def test_alarms_that_do_not_ring_are_no_change() -> None:
    done = pmp_deadline(done=True)
    before = export([done])
    assert export([replace(done, alarms=(Alarm(1),))], LATER, before) == before


def test_what_vanishes_is_cancelled_for_sixty_days() -> None:
    before = export([pmp_deadline(), conference()])
    gone = export([pmp_deadline()], LATER, before)
    tombstone = events(gone)[uid(conference())]
    assert tombstone["STATUS"] == "CANCELLED"
    assert (tombstone["SEQUENCE"], tombstone["DTSTAMP"]) == ("1", "20260204T000000Z")
    assert (tombstone["DTSTART;VALUE=DATE"], tombstone["DTEND;VALUE=DATE"]) == ("20260226", "20260301")
    assert tombstone["SUMMARY"] == "PMP: 45 of 60 PDUs by the end of these days"
    assert lint(gone) == []
    assert export([pmp_deadline()], LATER + dt.timedelta(days=59), gone) == gone
    after = export([pmp_deadline()], LATER + dt.timedelta(days=60), gone)
    assert list(events(after)) == [uid(pmp_deadline())]


def test_what_comes_back_is_no_longer_cancelled() -> None:
    gone = export([], LATER, export([conference()]))
    back = events(export([conference()], LATER + dt.timedelta(days=10), gone))[uid(conference())]
    assert (back["STATUS"], back["SEQUENCE"], back["DTSTAMP"]) == ("CONFIRMED", "2", "20260214T000000Z")


def test_an_earlier_as_of_date_does_not_turn_the_stamp_back() -> None:
    before = export([pmp_deadline()], LATER)
    changed = events(export([pmp_deadline(dt.date(2026, 9, 30))], AS_OF, before))[uid(pmp_deadline())]
    assert (changed["DTSTAMP"], changed["SEQUENCE"]) == ("20260204T000000Z", "1")


def test_done_keeps_its_uid_and_says_so() -> None:
    before = export(typical())
    after = export([pmp_deadline(done=True)], LATER, before)
    assert events(after)[uid(pmp_deadline())]["SUMMARY"] == "Done: PMP: renew by today"
    assert lint(after) == []


def test_every_shape_survives_as_a_tombstone() -> None:
    before = export(typical())
    gone = export([], LATER, before)
    assert lint(gone) == []
    assert set(events(gone)) == set(events(before))
    same = ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "TRANSP")
    for name, event in events(before).items():
        assert [event.get(field) for field in same] == [events(gone)[name].get(field) for field in same]
