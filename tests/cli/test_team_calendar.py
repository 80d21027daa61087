"""``team calendar``: one file a person, updated in place; what others see; hostile ids, and files that are not ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from tests.cli.in_process import Outcome, invoke
from tests.ics_linter import lint

NAMESPACE = "3f0d6c1e-5b1c-4c62-9a3e-0f6f5d1f2a77"
# CSM: two years; its last day is the eve of the anniversary. PMP: three years, likewise.
ROSTER = """\
person,manager,role,certifications
ann,,project-manager,pmp:2025-03-01
bob,ann,project-manager,csm:2025-06-10
eve,ann,project-manager,
"""
HOSTILE = [
    "../../etc/passwd",
    ".hidden",
    "CON",
    "a" * 300,
    "Ann",
    "ánn",
    "=cmd|'/c'!A1",
    "x\\y",
    "日本",
    "ann ",
    "a;b,c",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def write(folder: Path, *options: str, as_of: str = "2026-11-23") -> Outcome:
    return invoke(folder, "team", "calendar", "staff.csv", "-o", "out", "--as-of", as_of, *options)


def written(folder: Path, *options: str, as_of: str = "2026-11-23") -> dict[tuple[str, str | None], Any]:
    done = write(folder, *options, "--format", "json", as_of=as_of)
    assert done.code == 0, done.error
    answer = json.loads(done.out)
    assert answer["schema"] == "pmcareer.team-calendar/1"
    return {(one["kind"], one["who"]): one for one in answer["files"]}


def events(folder: Path, file: str) -> list[Any]:
    data = (folder / "out" / file).read_bytes()
    assert lint(data) == []
    return list(Calendar.from_ical(data).walk("VEVENT"))


def renew_by(folder: Path, file: str) -> list[Any]:
    return [one for one in events(folder, file) if str(one["SUMMARY"]).endswith(": renew by today")]


def test_one_file_a_person_with_their_own_deadlines(folder: Path) -> None:
    files = written(folder, "--namespace", NAMESPACE)
    assert set(files) == {("person", "ann"), ("person", "bob")}  # Eve has nothing to be told
    (first, *_) = renew_by(folder, files["person", "bob"]["file"])
    assert first["DTSTART"].dt.isoformat() == "2027-06-09"  # 10 June 2025, two years, the eve
    assert first.subcomponents  # it rings
    assert "bob" not in str(first["SUMMARY"])


def test_files_update_in_place_and_the_folder_keeps_the_namespace(folder: Path) -> None:
    before = written(folder, "--namespace", NAMESPACE)
    assert not any(one["changed"] for one in written(folder).values())
    old = {str(one["UID"]): one for one in events(folder, before["person", "bob"]["file"])}
    (folder / "staff.csv").write_text(ROSTER.replace("csm:2025-06-10", "csm:2025-07-10"), encoding="utf-8")
    after = written(folder, as_of="2026-11-24")
    assert [after["person", who]["changed"] for who in ("ann", "bob")] == [False, True]
    new = {str(one["UID"]): one for one in events(folder, after["person", "bob"]["file"])}
    moved = next(uid for uid, one in new.items() if one["DTSTART"].dt.isoformat() == "2027-07-09")
    assert old[moved]["DTSTART"].dt.isoformat() == "2027-06-09" and int(new[moved]["SEQUENCE"]) == 1


def test_a_manager_sees_names_and_days_and_no_more(folder: Path) -> None:
    files = written(folder, "--namespace", NAMESPACE, "--per", "manager", "--team-view")
    assert set(files) == {("manager", "ann"), ("team", None)}
    views = [events(folder, files[key]["file"]) for key in files]
    for event in (*views[0], *views[1]):
        assert str(event["SUMMARY"]).endswith(("[bob]", "[ann]")) and not event.subcomponents
        assert event["DESCRIPTION"] == event["SUMMARY"]
    assert {str(one["SUMMARY"])[-5:] for one in views[0]} == {"[bob]"}
    own = written(folder, "--per", "person")
    uids = [{str(one["UID"]) for one in view} for view in (*views, events(folder, own["person", "bob"]["file"]))]
    assert not uids[0] & uids[1] and not uids[0] & uids[2] and not uids[1] & uids[2]


def test_kinds_and_reminders(folder: Path) -> None:
    files = written(folder, "--namespace", NAMESPACE, "--kinds", "renew-by", "--remind", "none", "--years", "1")
    found = events(folder, files["person", "bob"]["file"])
    assert [str(one["SUMMARY"]) for one in found] == ["CSM: renew by today"] and not found[0].subcomponents
    assert write(folder, "--kinds", "birthdays").code == 2


def test_ids_of_people_cannot_leave_the_folder_or_meet(folder: Path) -> None:
    rows = "".join(f'"{who}",,project-manager,csm:2025-06-10\n' for who in HOSTILE)
    (folder / "staff.csv").write_text(ROSTER + rows, encoding="utf-8")
    out = folder / "out"
    files = written(folder, "--namespace", NAMESPACE)
    names = [one["file"] for one in files.values()]
    assert (
        len({name.lower() for name in names}) == len(names) >= 2 + len(HOSTILE) - 1
    )  # "ann " may be ann to the reader
    assert {path.name for path in out.iterdir()} == {*names, "pmcareer-calendars.json"}
    assert all(path.is_file() and path.name.isascii() and len(path.name) < 80 for path in out.iterdir())
    assert all(events(folder, name) for name in names)
    assert sorted(path.name for path in folder.iterdir()) == ["out", "staff.csv"]


def test_a_file_that_is_not_ours_stays(folder: Path) -> None:
    files = written(folder, "--namespace", NAMESPACE)
    foreign, other = (folder / "out" / files["person", who]["file"] for who in ("ann", "bob"))
    foreign.write_text("my diary", encoding="utf-8")
    other.unlink()
    done = write(folder)
    assert done.code == 3 and "calendar-foreign" in done.error and "the other calendars were written" in done.error
    assert foreign.read_text(encoding="utf-8") == "my diary" and other.exists()


def test_the_namespace_must_be_said_once_and_stay(folder: Path) -> None:
    first = write(folder)
    assert first.code == 2 and "--namespace" in first.error and not (folder / "out").exists()
    written(folder, "--namespace", NAMESPACE)
    assert write(folder, "--namespace", NAMESPACE.replace("3f", "4f")).code == 2
    (folder / "out" / "pmcareer-calendars.json").write_text("{}", encoding="utf-8")
    assert write(folder).code == 3


@pytest.mark.parametrize("options", [("--namespace", "me"), ("--years", "0"), ("--remind", "soon"), ("--per", "team")])
def test_what_makes_no_sense_is_refused(folder: Path, options: tuple[str, ...]) -> None:
    assert write(folder, *options).code == 2


def test_where_a_file_stands_no_folder_is_made(folder: Path) -> None:
    (folder / "out").write_text("", encoding="utf-8")
    assert write(folder, "--namespace", NAMESPACE).code == 2


def test_a_manager_writes_those_of_their_reports_only(folder: Path) -> None:
    files = written(folder, "--namespace", NAMESPACE, "--audience", "manager", "--manager", "ann")
    assert set(files) == {("person", "bob")}


def test_a_database_gives_the_same_files(folder: Path) -> None:
    files = written(folder, "--namespace", NAMESPACE, "--per", "person", "--per", "manager", "--team-view")
    again = written(folder, "--per", "person", "--per", "manager", "--team-view", "--engine", "duckdb")
    assert list(files) == list(again) and not any(one["changed"] for one in again.values())
