"""``pmcareer calendar export`` and ``plan -o plan.ics``: files that update in place, checked by another parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import icalendar
import pytest
from tests.cli.running import AS_OF, pmcareer
from tests.ics_linter import lint

PROFILE = """\
region: us
calendar_namespace: 0e7c5a52-58f4-4d5b-9d43-0b6c4b1f7f3a
certifications:
  - {id: pmp, earned: 2024-06-15}
"""


def events(path: Path) -> dict[str, Any]:
    """The file's events by summary, as icalendar reads them."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def export(folder: Path, as_of: str = AS_OF, *more: str, **environment: str) -> Path:
    done = pmcareer(
        "calendar", "export", "--as-of", as_of, *more, "-o", "out.ics", folder=folder, environment=environment
    )
    assert done.returncode == 0, done.stderr
    return folder / "out.ics"


def test_the_last_day_to_renew_is_the_eve_of_the_anniversary(folder: Path) -> None:
    """PMI: earned 15 June 2024, three years; the last day to act is 14 June 2027 (pmi-cycle-dates-w10)."""
    found = events(export(folder))
    assert found["PMP: renew by today"]["DTSTART"].dt.isoformat() == "2027-06-14"
    assert found["PMP: renew by today"]["DTEND"].dt.isoformat() == "2027-06-15"


def test_the_bytes_obey_every_rule_that_clients_depend_on(folder: Path) -> None:
    assert list(lint(export(folder).read_bytes())) == []


def test_the_same_again_is_the_same_bytes_under_any_clock_zone_and_locale(folder: Path) -> None:
    first = export(folder).read_bytes()
    again = export(folder, AS_OF, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="7").read_bytes()
    assert again == first


def test_what_moves_keeps_its_identity(folder: Path) -> None:
    before = events(export(folder))["PMP: renew by today"]
    (folder / "pmcareer.yaml").write_text(PROFILE.replace("06-15", "07-20"), encoding="utf-8")
    after = events(export(folder, "2026-11-24"))["PMP: renew by today"]
    assert after["UID"] == before["UID"] and after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["DTSTART"].dt.isoformat() == "2027-07-19"


def test_what_vanishes_is_cancelled(folder: Path) -> None:
    export(folder)
    (folder / "pmcareer.yaml").write_text(PROFILE.replace("{id: pmp", "{id: capm"), encoding="utf-8")
    found = events(export(folder, "2026-11-24"))
    assert str(found["PMP: renew by today"]["STATUS"]) == "CANCELLED"


def test_a_file_that_is_not_ours_is_left_alone(folder: Path) -> None:
    theirs = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Someone//EN\r\nEND:VCALENDAR\r\n"
    (folder / "out.ics").write_bytes(theirs)
    done = pmcareer("calendar", "export", "-o", "out.ics", folder=folder)
    assert done.returncode == 3 and "--force" in done.stderr
    assert (folder / "out.ics").read_bytes() == theirs
    export(folder, AS_OF, "--force")


def test_without_a_profile_it_says_what_to_do(tmp_path: Path) -> None:
    done = pmcareer("calendar", "export", folder=tmp_path)
    assert done.returncode == 2 and "--profile FILE" in done.stderr


@pytest.mark.parametrize("option", [("--kinds", "renewby"), ("--remind", "soon"), ("--years", "0")])
def test_options_are_checked(folder: Path, option: tuple[str, str]) -> None:
    assert pmcareer("calendar", "export", *option, folder=folder).returncode == 2


def test_only_the_kinds_asked_for(folder: Path) -> None:
    found = events(export(folder, AS_OF, "--kinds", "renew-by", "--remind", "7d"))
    assert set(found) == {"PMP: renew by today"}


def test_a_namespace_that_is_none_is_refused(folder: Path) -> None:
    (folder / "pmcareer.yaml").write_text(PROFILE.replace("0e7c5a52", "zzz"), encoding="utf-8")
    done = pmcareer("calendar", "export", folder=folder)
    assert done.returncode == 2 and "UUID" in done.stderr


def test_a_plan_becomes_tentative_milestones_and_deadlines(tmp_path: Path) -> None:
    done = pmcareer(
        "plan", "--to", "project-coordinator", "--require", "capm", "--as-of", AS_OF, "-o", "plan.ics", folder=tmp_path
    )
    assert done.returncode == 0 and done.stdout == "" and "Project coordinator" in done.stderr
    found = events(tmp_path / "plan.ics")
    assert {str(e["STATUS"]) for e in found.values()} == {"TENTATIVE"}
    earned = found["CAPM: exam passed by today"]["DTSTART"].dt
    due = found["CAPM: renew by today"]["DTSTART"].dt
    assert (due.year, due.month) == (earned.year + 3, earned.month)
    assert list(lint((tmp_path / "plan.ics").read_bytes())) == []


def test_no_plan_makes_no_calendar(tmp_path: Path) -> None:
    done = pmcareer("plan", "--from", "cto", "--to", "newcomer", "-o", "plan.ics", folder=tmp_path)
    assert "no plan" in done.stdout and not (tmp_path / "plan.ics").exists()


GOAL = """\
region: us
time_zone: America/Chicago
study: {hours_per_week: 6}
roles: [{role: project-coordinator, from: 2026-05-01}]
certifications: [{id: pmp, earned: 2024-06-15}]
goal: {role: project-coordinator}
"""


def test_with_a_plan_come_its_milestones_and_study_blocks(tmp_path: Path) -> None:
    """CSM is 21 hours at 6 a week: Saturdays 4 and Sundays 2 from 28 November 2026; nine in Chicago is 15:00 UTC."""
    (tmp_path / "pmcareer.yaml").write_text(GOAL.replace("project-coordinator}\n", "scrum-master}\n"), encoding="utf-8")
    calendar = export(tmp_path, AS_OF, "--plan", "--study-blocks")
    parsed: Any = icalendar.Calendar.from_ical(calendar.read_bytes())
    blocks = [e for e in parsed.walk("VEVENT") if str(e["SUMMARY"]).startswith("Study ")]
    assert blocks and list(lint(calendar.read_bytes())) == []
    first = blocks[0]["DTSTART"].dt
    assert first.isoformat() == "2026-11-28T15:00:00+00:00"
    assert (blocks[0]["DTEND"].dt - first).total_seconds() == 4 * 3600
    assert (blocks[1]["DTEND"].dt - blocks[1]["DTSTART"].dt).total_seconds() == 2 * 3600
    assert {str(e["TRANSP"]) for e in blocks} == {"OPAQUE"}
    titles = {str(e["SUMMARY"]) for e in parsed.walk("VEVENT")}
    assert "Scrum master: ready for the role" in titles and "PMP: renew by today" in titles


def test_a_time_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    text = GOAL.replace("America/Chicago", "Middle/Earth").replace(
        "{role: project-coordinator}", "{role: scrum-master}"
    )
    (tmp_path / "pmcareer.yaml").write_text(text, encoding="utf-8")
    done = pmcareer("calendar", "export", "--plan", "--study-blocks", folder=tmp_path)
    assert done.returncode == 2 and "Middle/Earth" in done.stderr


def test_what_is_lost_has_no_deadlines(tmp_path: Path) -> None:
    """AZ-104 of June 2021 lasted a year and was never renewed; nothing about it is still to be done."""
    (tmp_path / "pmcareer.yaml").write_text("certifications: [{id: az-104, earned: 2021-07-30}]\n", encoding="utf-8")
    assert events(export(tmp_path)) == {}


def test_what_a_plan_earns_later_renews_what_it_earned_before(tmp_path: Path) -> None:
    """CompTIA: Security+ renews A+, which takes its end, three years on; one yearly fee, the higher one's, for both."""
    asked = ("--from", "software-developer", "--to", "it-project-manager", "--hold", "capm:2026-01-01")
    required = ("--require", "comptia-a-plus", "--require", "comptia-security-plus")
    done = pmcareer("plan", *asked, *required, "--region", "us", "--as-of", AS_OF, "-o", "plan.ics", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    found = events(tmp_path / "plan.ics")
    first, second = (found[f"{name}: exam passed by today"]["DTSTART"].dt for name in ("A+", "Security+"))
    assert first < second
    due = second.replace(year=second.year + 3)
    assert found["A+: renew by today"]["DTSTART"].dt == found["Security+: renew by today"]["DTSTART"].dt == due
    assert "A+: fee due" not in found and "Security+: fee due" in found


def test_a_plan_that_earns_nothing_has_no_renewals_to_foresee(tmp_path: Path) -> None:
    profile = (
        "roles: [{role: project-coordinator, from: 2024-03-01}]\n"
        "certifications: [{id: pmp, earned: 2025-12-15}, {id: csm, earned: 2025-12-15}]\n"
        "goal: {role: project-manager}\n"
    )
    (tmp_path / "pmcareer.yaml").write_text(profile, encoding="utf-8")
    export(tmp_path, "2026-09-01", "--plan")
    found = events(tmp_path / "out.ics")
    assert "Project manager: ready for the role" in found and "PMP: renew by today" in found
