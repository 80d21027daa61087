"""Pushing, against a server in memory: whatever people do there between pushes, the outcome is the promised one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agendas import AS_OF, NAMESPACE, agenda, key

from pmcareer.cli.output import write_file
from pmcareer.delivery.caldav import ChangedMeanwhileError
from pmcareer.delivery.push import Hands, plan, push, state_as_json
from pmcareer.model.calendar_delivery import Pushed, PushState
from pmcareer.reading.calendar_state import read_push_state
from pmcareer.reading.previous_calendar import read_resource
from pmcareer.render.ics import single_event
from pmcareer.render.text import render_text
from pmcareer.views.agenda import Entry, Kind
from pmcareer.views.calendars.deliveries import push_report
from pmcareer.views.calendars.push import Act, Step

ADDRESS = "https://example.org/ana/"


class Shelf:
    """A calendar server in memory that holds to the conditions of RFC 9110."""

    address = ADDRESS

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.writes = 0

    def listing(self) -> Mapping[str, str]:
        return {name: etag for name, (etag, _) in self.kept.items()}

    def read(self, names: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
        return ((name, *self.kept[name]) for name in names if name in self.kept)

    def write(self, name: str, data: bytes, *, etag: str = "") -> str:
        if self.listing().get(name, "") != etag:
            raise ChangedMeanwhileError(name)
        self.writes += 1
        self.kept[name] = (f'"{self.writes}"', data)
        return self.kept[name][0]

    def remove(self, name: str, *, etag: str) -> None:
        if self.listing().get(name, etag) != etag:
            raise ChangedMeanwhileError(name)
        self.kept.pop(name, None)

    def titles(self) -> dict[str, str]:
        pasts = [read_resource(data) for _, data in self.kept.values()]
        return {past.uid: past.summary for past in pasts if past}

    def edit(self, uid: str) -> None:
        name = f"{uid}.ics"
        etag, data = self.kept[name]
        self.write(name, data.replace(b"SUMMARY:", b"SUMMARY:Edited "), etag=etag)


class Person:
    """Someone who pushes, with the state that remains between pushes."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.state = PushState()

    def push(self, entries: list[Entry], days: int = 0, *, force: bool = False) -> list[Step]:
        def keep(state: PushState) -> None:
            self.state = state

        wanted = agenda(entries, AS_OF + dt.timedelta(days=days))
        hands = Hands(read_resource, single_event, keep)
        return list(push(wanted, self.shelf, self.state, hands, force=force))


def entry(number: int, title: str = "Due") -> Entry:
    return Entry(key=key("pmp", Kind.PACE, 1, str(number)), summary=f"{title} {number}", day=dt.date(2026, 3, 1))


def uid(number: int) -> str:
    return entry(number).key.uid(NAMESPACE)


NUMBERS = st.sets(st.integers(0, 5))
AGENDAS = st.dictionaries(st.integers(0, 5), st.sampled_from(["Due", "Moved"]))


@given(st.lists(st.tuples(AGENDAS, st.booleans()), min_size=1, max_size=5))
def test_without_people_the_server_shows_the_agenda(rounds: list[tuple[dict[int, str], bool]]) -> None:
    shelf = Shelf()
    person = Person(shelf)
    for number, (wanted, forgets) in enumerate(rounds):
        if forgets:
            person.state = PushState()
        entries = [entry(n, title) for n, title in wanted.items()]
        steps = person.push(entries, number)
        assert not [step for step in steps if step.act is Act.KEEP_THEIRS]
        assert shelf.titles() == {uid(n): f"{title} {n}" for n, title in wanted.items()}
        writes = shelf.writes
        assert {step.act for step in person.push(entries, number + 1)} <= {Act.NOTHING}
        assert shelf.writes == writes


@pytest.mark.parametrize("forgets", [False, True])
def test_what_is_over_stays_on_the_server_and_what_will_not_come_goes(forgets: bool) -> None:
    shelf = Shelf()
    person = Person(shelf)
    ahead = replace(entry(2), day=AS_OF + dt.timedelta(days=30))
    over = replace(entry(1), day=AS_OF + dt.timedelta(days=3))
    person.push([over, ahead])
    if forgets:
        person.state = PushState()
    for days in (4, 5):
        person.push([], days)
        assert shelf.titles() == {uid(1): "Due 1"}


@pytest.mark.parametrize("forgets", [False, True])
def test_a_removal_is_named_by_title_and_day(forgets: bool) -> None:
    """Our state keeps no text of an event, so what stands on the server says what is going to go."""
    shelf = Shelf()
    person = Person(shelf)
    person.push([replace(entry(1, "Renew PMP:"), day=dt.date(2026, 4, 2)), entry(2)])
    if forgets:
        person.state = PushState()
    hands = Hands(read_resource, single_event, lambda state: None)
    steps = plan(agenda([entry(2)], AS_OF), shelf, person.state, hands, force=False)
    (removal,) = [step for step in steps if step.act is Act.DELETE]
    assert (removal.uid, removal.title, removal.on) == (uid(1), "Renew PMP: 1", dt.date(2026, 4, 2))
    shown = push_report(steps, ADDRESS, AS_OF.isoformat(), dry_run=True)
    assert shown.document["steps"] == [
        {"act": "delete", "uid": uid(1), "title": "Renew PMP: 1", "on": "2026-04-02", "why": ""}
    ]
    assert "remove  2026-04-02  Renew PMP: 1" in render_text(shown)


@given(AGENDAS, AGENDAS, NUMBERS, NUMBERS, st.booleans(), st.booleans())
def test_what_people_did_is_kept_unless_forced(
    first: dict[int, str],
    second: dict[int, str],
    edited: set[int],
    removed: set[int],
    forgets: bool,
    force: bool,
) -> None:
    shelf = Shelf()
    person = Person(shelf)
    person.push([entry(n, title) for n, title in first.items()])
    edited, removed = edited & first.keys() - removed, removed & first.keys()
    for n in edited:
        shelf.edit(uid(n))
    for n in removed:
        del shelf.kept[f"{uid(n)}.ics"]
    if forgets:
        person.state = PushState()
    person.push([entry(n, title) for n, title in second.items()], 1, force=force)
    anew = forgets or removed == first.keys()
    expected = {uid(n): f"{title} {n}" for n, title in second.items()}
    for n in edited if not force else ():
        expected[uid(n)] = f"Edited {first[n]} {n}"
    for n in removed if not (force or anew) else ():
        if second.get(n) == first[n]:
            del expected[uid(n)]
    assert shelf.titles() == expected


@given(st.integers(0, 6), AGENDAS, AGENDAS)
def test_a_push_that_breaks_off_anywhere_resumes(after: int, first: dict[int, str], second: dict[int, str]) -> None:
    class Breaking(Shelf):
        def write(self, name: str, data: bytes, *, etag: str = "") -> str:
            answer = super().write(name, data, etag=etag)
            if self.writes == after:
                raise ConnectionError("the line went dead after the server had taken it")
            return answer

    shelf = Breaking()
    person = Person(shelf)
    for number, wanted in enumerate((first, second, second)):
        entries = [entry(n, title) for n, title in wanted.items()]
        try:
            person.push(entries, number)
        except ConnectionError:
            person.push(entries, number)
        assert shelf.titles() == {uid(n): f"{title} {n}" for n, title in wanted.items()}


def test_another_profile_s_events_are_left_alone() -> None:
    shelf = Shelf()
    Person(shelf).push([entry(1)])
    before = dict(shelf.kept)
    hands = Hands(read_resource, single_event, lambda _: None)
    other = replace(agenda([]), namespace=type(NAMESPACE)(int=1))
    assert list(push(other, shelf, PushState(), hands, force=True)) == []
    assert shelf.kept == before


def test_something_else_under_our_name_is_left_alone() -> None:
    shelf = Shelf()
    shelf.write(f"{uid(1)}.ics", b"not a calendar")
    (step,) = Person(shelf).push([entry(1)], force=True)
    assert step.act is Act.KEEP_THEIRS
    assert shelf.kept[f"{uid(1)}.ics"][1] == b"not a calendar"


def test_what_will_not_hold_still_is_given_up() -> None:
    class Restless(Shelf):
        def write(self, name: str, data: bytes, *, etag: str = "") -> str:
            raise ChangedMeanwhileError(name)

    (step,) = Person(Restless()).push([entry(1)])
    assert (step.act, step.why) == (Act.KEEP_THEIRS, "it keeps changing there")


@pytest.mark.parametrize(("force", "titles"), [(False, {}), (True, {uid(1): "Moved 1"})])
def test_what_is_removed_while_we_write_stays_away_unless_forced(force: bool, titles: dict[str, str]) -> None:
    class Racing(Shelf):
        raced = False

        def write(self, name: str, data: bytes, *, etag: str = "") -> str:
            if etag and not self.raced:
                self.raced = True
                del self.kept[name]
                raise ChangedMeanwhileError(name)
            return super().write(name, data, etag=etag)

    shelf = Racing()
    person = Person(shelf)
    person.push([entry(1)])
    person.push([entry(1, "Moved")], 1, force=force)
    assert shelf.raced
    assert shelf.titles() == titles


def test_state_survives_its_file(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    assert read_push_state(path, ADDRESS)[0] == PushState(ADDRESS)
    state = PushState(ADDRESS, {uid(1): Pushed('"1"', "0" * 32, AS_OF, 3)})
    write_file(path, [state_as_json(state)], private=True)
    assert read_push_state(path, ADDRESS)[0] == state


def spoil(change: Callable[[str], str]) -> bytes:
    state = PushState(ADDRESS, {uid(1): Pushed('"1"', "0" * 32, AS_OF, 3)})
    text = state_as_json(state).decode()
    assert change(text) != text
    return change(text).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        spoil(lambda text: text.replace("push-state/1", "push-state/2")),
        spoil(lambda text: text.replace("2026-01-05", "2026-02-30")),
        spoil(lambda text: text.replace('"sequence": 3', '"sequence": "3"')),
        spoil(lambda text: text.replace('"sequence": 3', '"sequence": true')),
        spoil(lambda text: text.replace('"etag"', '"tag"')),
        spoil(lambda text: text.replace("/ana/", "/bob/")),
    ],
)
def test_a_file_that_holds_no_state_is_one_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(content)
    state, (problem,) = read_push_state(path, ADDRESS)
    assert state is None
    assert problem.code == "calendar-state"
