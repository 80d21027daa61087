"""``calendar export`` as a user runs it: clean files that update in place; foreign ones spared, large ones told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.running import pmcareer
from tests.ics_linter import lint

PROFILE = """\
region: us
calendar_namespace: 0e7c2f3a-93f1-4c07-8a53-5a4f4be0a1d7
certifications:
  - {{id: pmp, earned: {earned}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    earned(tmp_path, "2023-06-15")
    return tmp_path


def earned(folder: Path, day: str) -> None:
    (folder / "pmcareer.yaml").write_text(PROFILE.format(earned=day), encoding="utf-8")


def export(folder: Path, *more: str, as_of: str = "2026-01-05") -> bytes:
    done = pmcareer("calendar", "export", "-o", "d.ics", "--as-of", as_of, *more, folder=folder)
    assert done.returncode == 0, done.stderr
    return (folder / "d.ics").read_bytes()


def deadline(data: bytes, uid: bytes) -> bytes:
    (event,) = (event for event in data.split(b"BEGIN:VEVENT\r\n") if event.startswith(b"UID:" + uid))
    return event


def test_the_last_day_is_on_the_calendar_and_the_file_is_clean(folder: Path) -> None:
    data = export(folder)
    assert lint(data) == []
    # PMI: earned 2023-06-15, the cycle's last day is the eve of the third anniversary.
    assert b"DTSTART;VALUE=DATE:20260614\r\nDTEND;VALUE=DATE:20260615\r\nSUMMARY:PMP: renew by today\r\n" in data


def test_again_is_the_same_and_a_move_updates_in_place(folder: Path) -> None:
    first = export(folder)
    assert export(folder, as_of="2026-01-06") == first
    (renewal,) = (event for event in first.split(b"BEGIN:VEVENT\r\n") if b"SUMMARY:PMP: renew by today\r\n" in event
                  and b"20260614" in event)  # fmt: skip
    uid = renewal[4 : renewal.index(b"\r\n")]
    earned(folder, "2023-08-01")
    moved = deadline(export(folder, as_of="2026-01-07"), uid)
    assert b"SEQUENCE:1\r\nDTSTART;VALUE=DATE:20260731\r\n" in moved
    assert b"DTSTAMP:20260107T000000Z\r\n" in moved


def test_reminders_become_alarms_and_events(folder: Path) -> None:
    data = export(folder, "--remind", "90d,60d,7d,1d", "--kinds", "renew-by", "--years", "1")
    event = next(event for event in data.split(b"BEGIN:VEVENT\r\n") if b"DTSTART;VALUE=DATE:20260614" in event)
    assert [line for line in event.split(b"\r\n") if line.startswith(b"TRIGGER")] == [
        b"TRIGGER:-P6DT15H",
        b"TRIGGER:-PT15H",
    ]
    assert b"DTSTART;VALUE=DATE:20260316\r\n" in data  # 90 days before 14 June
    assert b"DTSTART;VALUE=DATE:20260415\r\n" in data  # 60 days before


def test_standard_output_takes_the_same_bytes(folder: Path) -> None:
    done = pmcareer("calendar", "export", "--as-of", "2026-01-05", folder=folder)
    assert done.stdout.encode() == export(folder)


def test_a_file_of_someone_else_is_spared_without_force(folder: Path) -> None:
    mine = folder / "d.ics"
    mine.write_bytes(b"BEGIN:VCALENDAR\r\nPRODID:-//Example//EN\r\nEND:VCALENDAR\r\n")
    before = mine.read_bytes()
    done = pmcareer("calendar", "export", "-o", "d.ics", folder=folder)
    assert done.returncode == 3
    assert "calendar-foreign" in done.stderr
    assert mine.read_bytes() == before
    assert lint(export(folder, "--force")) == []


@pytest.mark.parametrize("remind", ["soon", "28d,21d,14d,7d", "0d"])
def test_a_reminder_that_cannot_be_is_a_usage_error(folder: Path, remind: str) -> None:
    done = pmcareer("calendar", "export", "--remind", remind, folder=folder)
    assert done.returncode == 2
    assert "reminder" in done.stderr


def test_a_calendar_that_google_refuses_is_warned_of(folder: Path) -> None:
    ids = ("pmp", "capm", "pmi-acp", "pgmp", "pfmp", "pmi-rmp", "csm", "cspo", "cissp", "cism", "cisa", "cbap")
    holdings = "".join(f"  - {{id: {name}, earned: 2025-06-15}}\n" for name in ids)
    (folder / "pmcareer.yaml").write_text(f"region: us\ncertifications:\n{holdings}", encoding="utf-8")
    few, many = (
        pmcareer("calendar", "export", "-o", "d.ics", "--as-of", "2026-01-05", "--years", years, folder=folder)
        for years in ("1", "30")
    )
    assert (folder / "d.ics").stat().st_size > 900_000
    assert ("Google" in few.stderr, "Google" in many.stderr) == (False, True)


def summaries(data: bytes) -> dict[bytes, tuple[bytes, bytes]]:
    """Day and summary of each event → its status and SEQUENCE (lines of an event in the order that we promise)."""
    found = {}
    for event in data.split(b"BEGIN:VEVENT\r\n")[1:]:
        fields = dict(line.split(b":", 1) for line in event.split(b"\r\n") if b":" in line)
        start = next(value for name, value in fields.items() if name.startswith(b"DTSTART"))
        found[start + b" " + fields[b"SUMMARY"]] = (fields[b"STATUS"], fields[b"SEQUENCE"])
    return found


def test_what_a_renewal_has_seen_to_is_done_and_rings_no_more(folder: Path) -> None:
    """PMI: the cycle ends on 2026-06-14 though renewed on 2026-05-20; a year of suspension would have followed."""
    before = export(folder)
    record = PROFILE.format(earned="2023-06-15").rstrip("}\n") + ", renewed: [2026-05-20]}\n"
    (folder / "pmcareer.yaml").write_text(record, encoding="utf-8")
    data = export(folder, as_of="2026-05-21")
    assert lint(data) == []
    told = summaries(data)
    assert told[b"20260614 Done: PMP: renew by today"] == (b"CONFIRMED", b"1")
    assert told[b"20260614 Done: PMP: fee due"] == (b"CONFIRMED", b"1")
    assert told[rb"20270614 PMP: suspension ends\, then it is lost"] == (b"CANCELLED", b"1")
    renewed = next(event for event in data.split(b"BEGIN:VEVENT\r\n") if b"Done: PMP: renew by" in event)
    assert b"VALARM" not in renewed
    # The 60 days' reminder of 15 April had passed and stays what it was; unseen, nothing of this is told at all.
    early = b"20260415 PMP: renew by today (60 days left)"
    assert told[early] == summaries(before)[early] == (b"CONFIRMED", b"0")
    assert b"Done" not in pmcareer("calendar", "export", "--as-of", "2026-05-21", folder=folder).stdout.encode()
    assert b"Done" not in export(folder, as_of="2026-12-01")


def test_what_is_over_leaves_the_file_after_sixty_days_and_is_never_cancelled(folder: Path) -> None:
    """The third quarter of 1,096 days from 2023-06-15 ends on 2025-09-13; sixty days later is 2025-11-12."""
    warning = b"20250913 PMP: 45 PDUs by today keeps the pace"
    for as_of, stands in (("2025-07-01", True), ("2025-09-14", True), ("2025-11-12", True), ("2025-11-13", False)):
        told = summaries(export(folder, as_of=as_of))
        assert (warning in told) is stands
        assert not stands or told[warning] == (b"CONFIRMED", b"0")


@pytest.mark.parametrize("asked", [("-o", "d.json"), ("--format", "json"), ("-o", "d.md")])
def test_a_calendar_is_written_as_a_calendar_only(folder: Path, asked: tuple[str, str]) -> None:
    done = pmcareer("calendar", "export", *asked, folder=folder)
    assert done.returncode == 2
    assert ".ics" in done.stderr or "'ics'" in done.stderr
    assert not (folder / "d.json").exists()
    assert pmcareer("renewals", "-o", "d.ics", folder=folder).returncode == 2
