"""Pushing to real CalDAV servers: what arrives, moves and goes, and that what people did there is respected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import icalendar
import pytest
from tests.agendas import AS_OF, NAMESPACE, agenda, fee_due, pmp_deadline, typical
from tests.interop.programs import expected
from tests.interop.servers import PASSWORD, SERVERS, USER

from pmcareer.delivery.caldav import ChangedMeanwhileError, Collection
from pmcareer.delivery.push import Hands, plan, push
from pmcareer.model.calendar_delivery import PushState
from pmcareer.reading.previous_calendar import read_resource
from pmcareer.render.ics import single_event
from pmcareer.views.agenda import Agenda, Entry
from pmcareer.views.calendars.push import Act, Step

LATER = AS_OF + dt.timedelta(days=30)
MOVED = dt.date(2026, 9, 30)


@dataclass
class Calendar:
    """A calendar on a server, pushed to with its state, and looked at behind pmcareer's back."""

    address: str
    state: PushState = field(default_factory=PushState)
    saved: int = 0

    def push(self, wanted: Agenda, *, force: bool = False) -> list[Step]:
        with Collection(self.address, USER, PASSWORD) as collection:
            return list(push(wanted, collection, self.state, self.hands, force=force))

    def plan(self, wanted: Agenda) -> list[Step]:
        with Collection(self.address, USER, PASSWORD) as collection:
            return plan(wanted, collection, self.state, self.hands, force=False)

    @property
    def hands(self) -> Hands:
        return Hands(read_resource, single_event, self.keep)

    def keep(self, state: PushState) -> None:
        self.state = state
        self.saved += 1

    def url(self, entry: Entry) -> str:
        return f"{self.address}{entry.key.uid(NAMESPACE)}.ics"

    def event(self, entry: Entry) -> Any:
        answer = httpx.get(self.url(entry), auth=(USER, PASSWORD))
        if answer.status_code == 404:
            return None
        return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]

    def edit(self, entry: Entry, old: str, new: str) -> None:
        """What a person does in a calendar program."""
        text = httpx.get(self.url(entry), auth=(USER, PASSWORD)).text
        assert old in text
        self.put(self.url(entry), text.replace(old, new))

    def put(self, url: str, text: str) -> None:
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        httpx.put(url, content=text.encode(), headers=headers, auth=(USER, PASSWORD)).raise_for_status()

    def remove(self, entry: Entry) -> None:
        httpx.delete(self.url(entry), auth=(USER, PASSWORD)).raise_for_status()

    def names(self) -> set[str]:
        with Collection(self.address, USER, PASSWORD) as collection:
            return set(collection.listing())


@pytest.fixture(params=sorted(SERVERS))
def calendar(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Calendar]:
    with SERVERS[request.param](tmp_path) as address:
        yield Calendar(address)


def acts(steps: list[Step]) -> list[Act]:
    return [step.act for step in steps]


def shown(event: Any) -> dict[str, object]:
    assert event is not None
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    form = "%Y-%m-%dT%H:%M:%SZ" if isinstance(start, dt.datetime) else "%Y-%m-%d"
    return {
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "start": start.strftime(form),
        "end": end.strftime(form),
        "status": str(event["STATUS"]),
    }


def test_everything_arrives_and_a_second_push_does_nothing(calendar: Calendar) -> None:
    steps = calendar.push(agenda())
    assert set(acts(steps)) == {Act.CREATE}
    for entry, meant in zip(typical(), expected(typical()), strict=True):
        assert shown(calendar.event(entry)).items() <= meant.items()
    assert set(acts(calendar.push(agenda(as_of=LATER)))) == {Act.NOTHING}


def test_what_moves_moves_and_what_is_no_longer_due_goes(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline(), fee_due()]))
    steps = calendar.push(agenda([pmp_deadline(MOVED)], LATER))
    assert acts(steps) == [Act.UPDATE, Act.DELETE]
    moved = calendar.event(pmp_deadline())
    assert shown(moved)["start"] == "2026-09-30"
    assert moved is not None
    assert moved["SEQUENCE"] == 1
    assert calendar.event(fee_due()) is None


def test_a_dry_run_touches_nothing(calendar: Calendar) -> None:
    assert acts(calendar.plan(agenda([pmp_deadline()]))) == [Act.CREATE]
    assert calendar.names() == set()
    assert calendar.saved == 0


def test_what_someone_edited_there_is_kept_unless_forced(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline(), fee_due()]))
    calendar.edit(pmp_deadline(), "SUMMARY:PMP: renew by today", "SUMMARY:Ask my boss")
    moved = agenda([pmp_deadline(MOVED), fee_due()], LATER)
    kept, untouched = calendar.push(moved)
    assert (kept.act, kept.why) == (Act.KEEP_THEIRS, "someone edited it there")
    assert untouched.act is Act.NOTHING
    assert shown(calendar.event(pmp_deadline()))["summary"] == "Ask my boss"
    assert acts(calendar.push(moved, force=True)) == [Act.UPDATE, Act.NOTHING]
    assert shown(calendar.event(pmp_deadline()))["start"] == "2026-09-30"
    assert acts(calendar.push(moved)) == [Act.NOTHING, Act.NOTHING]


def test_what_someone_edited_there_is_not_removed_unless_forced(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline(), fee_due()]))
    calendar.edit(fee_due(), "SUMMARY:CISSP", "SUMMARY:Paid! CISSP")
    assert acts(calendar.push(agenda([pmp_deadline()], LATER))) == [Act.NOTHING, Act.KEEP_THEIRS]
    assert acts(calendar.push(agenda([pmp_deadline()], LATER), force=True)) == [Act.NOTHING, Act.DELETE]
    assert calendar.event(fee_due()) is None


def test_a_program_that_drops_our_key_counts_as_someone(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline()]))
    event = calendar.event(pmp_deadline())
    assert event is not None
    calendar.edit(pmp_deadline(), f"X-PMCAREER-KEY:{event['X-PMCAREER-KEY']}\r\n", "")
    assert acts(calendar.push(agenda([pmp_deadline(MOVED)], LATER))) == [Act.KEEP_THEIRS]


def test_a_mere_rewriting_by_the_server_or_a_program_is_no_edit(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline()]))
    event = calendar.event(pmp_deadline())
    assert event is not None
    again = icalendar.Calendar.new()
    event["DTSTAMP"] = icalendar.vDDDTypes(dt.datetime(2026, 1, 20, 8, tzinfo=dt.UTC))
    event.add("x-moz-lastack", "20260107T080000Z")
    again.add_component(event)
    calendar.put(calendar.url(pmp_deadline()), again.to_ical().decode())
    assert acts(calendar.push(agenda([pmp_deadline()], LATER))) == [Act.NOTHING]
    assert acts(calendar.push(agenda([pmp_deadline(MOVED)], LATER))) == [Act.UPDATE]


def test_what_someone_removed_there_stays_away_until_it_changes(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline(), fee_due()]))
    calendar.remove(pmp_deadline())
    same = agenda([pmp_deadline(), fee_due()], LATER)
    for _ in range(2):
        assert acts(calendar.push(same)) == [Act.KEEP_THEIRS, Act.NOTHING]
    assert acts(calendar.push(agenda([pmp_deadline(MOVED), fee_due()], LATER))) == [Act.CREATE, Act.NOTHING]
    calendar.remove(pmp_deadline())
    assert acts(calendar.push(agenda([pmp_deadline(MOVED), fee_due()]), force=True)) == [Act.CREATE, Act.NOTHING]


def test_a_calendar_made_anew_is_filled_anew(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline(), fee_due()]))
    for entry in (pmp_deadline(), fee_due()):
        calendar.remove(entry)
    assert acts(calendar.push(agenda([pmp_deadline(), fee_due()], LATER))) == [Act.CREATE, Act.CREATE]


def test_others_events_and_other_profiles_are_never_touched(calendar: Calendar) -> None:
    mine = agenda([pmp_deadline()])
    theirs = replace(agenda([pmp_deadline(), fee_due()]), namespace=type(NAMESPACE)(int=7))
    holiday = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:pmcareer-holiday\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260801\r\nSUMMARY:Holiday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    calendar.put(f"{calendar.address}pmcareer-holiday.ics", holiday)
    Calendar(calendar.address).push(theirs)
    before = calendar.names()
    calendar.push(mine)
    calendar.push(agenda([]))
    calendar.state = PushState()
    calendar.push(agenda([]), force=True)
    assert calendar.names() == before


def test_a_lost_state_is_found_again_on_the_server(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline(), fee_due()]))
    calendar.state = PushState()
    assert acts(calendar.push(agenda([pmp_deadline()], LATER))) == [Act.NOTHING, Act.DELETE]


def test_a_push_that_breaks_off_resumes(calendar: Calendar) -> None:
    with Collection(calendar.address, USER, PASSWORD) as collection:
        steps = push(agenda(), collection, calendar.state, calendar.hands)
        done = [next(steps), next(steps)]
        steps.close()  # type: ignore[attr-defined]
    assert len(calendar.state.events) == len(calendar.names()) == 2
    rest = calendar.push(agenda())
    assert acts(rest) == [Act.NOTHING] * len(done) + [Act.CREATE] * (len(typical()) - len(done))


def test_someone_faster_between_looking_and_writing_wins(calendar: Calendar) -> None:
    calendar.push(agenda([pmp_deadline()]))
    moved = agenda([pmp_deadline(MOVED)], LATER)

    class Slow(Collection):
        def write(self, name: str, data: bytes, *, etag: str = "") -> str:
            if not raced:
                raced.append(name)
                calendar.edit(pmp_deadline(), "SUMMARY:PMP", "SUMMARY:Mine now: PMP")
            return super().write(name, data, etag=etag)

    raced: list[str] = []
    with Slow(calendar.address, USER, PASSWORD) as collection:
        (step,) = push(moved, collection, calendar.state, calendar.hands)
    assert raced
    assert step.act is Act.KEEP_THEIRS
    assert "Mine now" in str(shown(calendar.event(pmp_deadline()))["summary"])


def test_conditions_hold_on_the_server(calendar: Calendar) -> None:
    data = b"".join(single_event(step.event) for step in calendar.push(agenda([pmp_deadline()])) if step.event)
    name = f"{pmp_deadline().key.uid(NAMESPACE)}.ics"
    with Collection(calendar.address, USER, PASSWORD) as collection:
        with pytest.raises(ChangedMeanwhileError):
            collection.write(name, data)
        with pytest.raises(ChangedMeanwhileError):
            collection.write(name, data, etag='"another"')
        with pytest.raises(ChangedMeanwhileError):
            collection.remove(name, etag='"another"')
        collection.remove(name, etag=collection.listing()[name])
        collection.remove(name, etag='"gone"')
