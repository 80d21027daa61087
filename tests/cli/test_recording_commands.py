"""``pmcareer log``, ``earn``, ``renew``: what stands in the file afterwards, and what is refused untouched."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF, pmcareer
from tests.tools import require_tool

PROFILE = """\
# Ada's profile
region: us

certifications:
  - {id: pmp, earned: 2024-06-15}   # the big one
  - id: cism
    earned: 2023-02-02
  - {id: csm, earned: 2023-05-02, renewed: [2025-04-20]}

units:   # what I learnt
  - {on: 2026-02-11, hours: 1.5, category: education/power-skills, title: Webinar, for: [pmp]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def profile(folder: Path) -> str:
    return (folder / "pmcareer.yaml").read_bytes().decode()


def test_an_activity_is_one_more_line_and_all_else_stays(folder: Path) -> None:
    done = pmcareer(
        *("log", "PMP", "--units", "3", "--category", "Power Skills", "--on", "2026-03-01", "--title", "Risk: more"),
        *("--as-of", AS_OF),
        folder=folder,
    )
    assert done.returncode == 0, done.stderr
    line = "  - {on: 2026-03-01, hours: 3, category: education/power-skills, title: 'Risk: more', for: [pmp]}\n"
    assert profile(folder) == PROFILE + line
    assert [entry.name for entry in folder.iterdir()] == ["pmcareer.yaml"]
    assert "PMP: 3 PDU counted in education/power-skills" in done.stdout
    assert "PMP: 4.5 of 60 PDU, 55.5 to earn" in done.stdout  # 1.5 + 3; 60 - 4.5
    assert done.stderr == ""


def test_a_renewal_begins_the_shorthand_and_moves_the_last_day(folder: Path) -> None:
    """PMP: three years from 15 June 2024, then three more from the previous end, whenever within the cycle renewed."""
    done = invoke(folder, "renew", "pmp", "--on", "2027-05-01", "--as-of", "2027-05-02")
    assert done.code == 0, done.error
    assert profile(folder) == PROFILE.replace("earned: 2024-06-15}", "earned: 2024-06-15, renewed: [2027-05-01]}")
    assert "PMP renewed on 2027-05-01" in done.out
    assert "PMP: active, valid to 2030-06-14" in done.out
    assert "PMP: renewed with 1.5 of 60 PDU recorded" in done.out


def test_a_renewal_joins_the_shorthand(folder: Path) -> None:
    assert invoke(folder, "renew", "csm", "--on", "2026-11-01", "--as-of", AS_OF).code == 0
    assert profile(folder) == PROFILE.replace("[2025-04-20]", "[2025-04-20, 2026-11-01]")


def test_a_renewal_outdates_the_day_that_the_issuer_gave_before(folder: Path) -> None:
    """A day that no cycle ends on has ruled so far; nobody renews in order to stay at it."""
    stated = PROFILE.replace("earned: 2024-06-15", "earned: 2024-06-15, issuer_says_expires: 2027-07-31")
    (folder / "pmcareer.yaml").write_text(stated, encoding="utf-8")
    done = invoke(folder, "renew", "pmp", "--on", "2027-05-01", "--as-of", "2027-05-02")
    assert done.code == 0 and "PMP: active, valid to 2030-06-14" in done.out
    assert "2027-07-31" in done.out and "counts no more" in done.out


def test_a_renewal_by_a_route_is_an_event(folder: Path) -> None:
    done = invoke(folder, "renew", "cism", "--route", "credits", "--on", "2026-11-01", "--as-of", AS_OF)
    assert done.code == 0, done.error
    event = "    events:\n      - {on: 2026-11-01, kind: renewed, route: credits}\n"
    assert profile(folder) == PROFILE.replace("earned: 2023-02-02\n", f"earned: 2023-02-02\n{event}")


def test_an_award_is_one_more_holding(folder: Path) -> None:
    done = invoke(folder, "earn", "network+", "--on", "2026-10-01", "--edition", "N10-009", "--as-of", AS_OF)
    assert done.code == 0, done.error
    line = "  - {id: comptia-network-plus, earned: 2026-10-01, edition: n10-009}\n"
    assert profile(folder) == PROFILE.replace("[2025-04-20]}\n", "[2025-04-20]}\n" + line)


def test_the_first_award_makes_the_profile(tmp_path: Path) -> None:
    done = invoke(tmp_path, "earn", "capm", "--as-of", AS_OF)
    assert done.code == 0, done.error
    assert "pmcareer.yaml is new." in done.notes
    assert yaml.safe_load(profile(tmp_path))["certifications"][0]["id"] == "capm"
    assert profile(tmp_path).endswith("certifications:\n  - {id: capm, earned: 2026-11-23}\n")


def test_the_day_defaults_to_the_as_of_day(folder: Path) -> None:
    assert invoke(folder, "log", "csm", "--hours", "1", "--as-of", "2026-07-01").code == 0
    assert profile(folder).endswith("  - {on: 2026-07-01, hours: 1, for: [csm]}\n")


# --- units and hours --------------------------------------------------------------------------------------------------


def test_units_of_fifty_minutes_become_hours(folder: Path) -> None:
    """ISACA: a CPE is 50 minutes; 6 of them are 5 hours, and 1 is no finite number of hours but still counts whole."""
    assert invoke(folder, "log", "cism", "--units", "6", "--as-of", AS_OF).code == 0
    assert profile(folder).endswith("  - {on: 2026-11-23, hours: 5, for: [cism]}\n")
    done = invoke(folder, "log", "cism", "--units", "1", "--title", "Podcast", "--as-of", AS_OF)
    assert "CISM: 1 CPE counted" in done.out
    entry = yaml.safe_load(profile(folder))["units"][-1]
    assert 50 <= entry["hours"] * 60 < 50.0001


def test_one_activity_for_units_of_two_lengths_is_said_in_hours(folder: Path) -> None:
    done = invoke(folder, "log", "pmp", "cism", "--units", "2", "--category", "education", "--as-of", AS_OF)
    assert done.code == 2
    assert "one unit is 60 minutes for pmp, 50 minutes for cism" in done.error
    assert profile(folder) == PROFILE
    done = invoke(folder, "log", "pmp", "cism", "--hours", "2", "--category", "education", "--as-of", AS_OF)
    assert done.code == 0, done.error
    assert profile(folder).endswith("{on: 2026-11-23, hours: 2, category: education, for: [pmp, cism]}\n")


@pytest.mark.parametrize("amount", [(), ("--units", "1", "--hours", "1")], ids=["none", "both"])
def test_units_or_hours(folder: Path, amount: tuple[str, ...]) -> None:
    done = invoke(folder, "log", "pmp", *amount, "--category", "education", "--as-of", AS_OF)
    assert (done.code, profile(folder)) == (2, PROFILE)
    assert "Say how much" in done.error


@pytest.mark.parametrize("amount", ["0", "-1", "x", "nan", "inf", "1e9", "1.0000001", "1,5"])
def test_amounts_that_are_none(folder: Path, amount: str) -> None:
    done = invoke(folder, "log", "pmp", f"--units={amount}", "--category", "education", "--as-of", AS_OF)
    assert (done.code, profile(folder)) == (2, PROFILE)


# --- categories -------------------------------------------------------------------------------------------------------


def test_without_a_category_those_on_offer_are_named(folder: Path) -> None:
    done = invoke(folder, "log", "pmp", "--units", "1", "--as-of", AS_OF)
    assert (done.code, profile(folder)) == (2, PROFILE)
    assert "education (at least 35 PDU)" in done.error
    assert "giving-back/working-as-a-professional (at most 8 PDU)" in done.error


@pytest.mark.parametrize("asked", ["power skils", "education/powerskills", "PowerSkill"])
def test_an_unknown_category_offers_the_nearest(folder: Path, asked: str) -> None:
    done = invoke(folder, "log", "pmp", "--units", "1", "--category", asked, "--as-of", AS_OF)
    assert (done.code, profile(folder)) == (2, PROFILE)
    assert "did you mean education/power-skills" in done.error


@pytest.mark.parametrize("asked", ["power-skills", "education/power-skills", "Power Skills", "POWER SKILLS"])
def test_categories_are_found_by_path_id_and_name(folder: Path, asked: str) -> None:
    assert invoke(folder, "log", "pmp", "--units", "1", "--category", asked, "--as-of", AS_OF).code == 0
    assert "category: education/power-skills, for: [pmp]}" in profile(folder).splitlines()[-1]


def test_a_category_where_none_is_asked_for(folder: Path) -> None:
    done = invoke(folder, "log", "cism", "--units", "1", "--category", "education", "--as-of", AS_OF)
    assert (done.code, profile(folder)) == (2, PROFILE)
    assert "cism asks for no categories" in done.error


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("log", "capm", "--units", "1"), "capm is not in the profile first `pmcareer earn capm"),
        (("log", "pmpp", "--units", "1"), "unknown certification: 'pmpp' did you mean pmp"),
        (("renew", "capm"), "capm is not in the profile"),
        (("renew", "csm", "--route", "magic"), "no renewal by 'magic' known: credits"),
        (("earn", "pmp"), "pmp is in the profile already a renewal is `pmcareer renew pmp`"),
        (("earn", "comptia-network-plus", "--edition", "N10-001"), "has no edition 'N10-001' known: n10-008, n10-009"),
        (("earn", "capm", "--on", "2026-11-24"), "--on 2026-11-24 lies after 2026-11-23"),
        (("renew", "csm", "--on", "2026-11-24"), "--on 2026-11-24 lies after 2026-11-23"),
        (("renew", "pmp", "--on", "2024-06-14"), "--on 2024-06-14 lies before pmp was earned, on 2024-06-15"),
        (("log", "cism", "--units", "1", "--reported", "2026-11-24"), "--reported 2026-11-24 lies after 2026-11-23"),
        (("log", "cism", "--units", "1", "--title", "a\nb"), "one line of printable text"),
        (("log", "cism", "--units", "1", "--title", "a\u202eb"), "one line of printable text"),
    ],
)
def test_nonsense_is_refused_and_nothing_written(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = invoke(folder, *arguments, "--as-of", AS_OF)
    assert (done.code, profile(folder)) == (2, PROFILE)
    assert says in done.error


def test_what_asks_for_no_units_takes_none(folder: Path) -> None:
    assert invoke(folder, "earn", "psm-i", "--on", "2020-01-01", "--as-of", AS_OF).code == 0
    done = invoke(folder, "log", "psm-i", "--units", "1", "--as-of", AS_OF)
    assert done.code == 2
    assert "psm-i asks for no units" in done.error


@pytest.mark.parametrize(
    "command",
    [
        ("log", "pmp", "--units", "1.5", "--category", "power-skills", "--on", "2026-02-11", "--title", "Webinar"),
        ("renew", "csm", "--on", "2025-04-20"),
        ("renew", "csm", "--on", "2025-04-20", "--route", "credits"),
    ],
)
def test_the_same_a_second_time_asks_for_again(folder: Path, command: tuple[str, ...]) -> None:
    done = invoke(folder, *command, "--as-of", AS_OF)
    assert (done.code, profile(folder)) == (2, PROFILE)
    assert "--again" in done.error
    assert invoke(folder, *command, "--as-of", AS_OF, "--again").code == 0
    assert len(profile(folder)) > len(PROFILE)


def test_an_award_made_anew_is_an_event(folder: Path) -> None:
    assert invoke(folder, "earn", "pmp", "--on", "2026-10-01", "--as-of", AS_OF, "--again").code == 0
    assert "{id: pmp, earned: 2024-06-15, events: [{on: 2026-10-01, kind: awarded}]}   # the big one" in profile(folder)


def test_what_the_events_now_contradict_is_said(folder: Path) -> None:
    done = invoke(folder, "renew", "csm", "--on", "2024-01-01", "--as-of", AS_OF)
    assert done.code == 0
    assert "To check" in done.out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("region: us\nregion: uk\n", "yaml-duplicate-key"),
        ("regoin: us\n", "field-unknown"),
        ("certifications: [{id: pmp, earned: 2023-02-30}]\n", "field-date"),
        ("\ufeffregion: us\n", "yaml-bom"),
    ],
)
def test_a_profile_with_errors_is_left_alone(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "pmcareer.yaml").write_text(text, encoding="utf-8")
    done = invoke(tmp_path, "earn", "capm", "--as-of", AS_OF)
    assert done.code == 3
    assert f"[{code}]" in done.error
    assert profile(tmp_path) == text


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_a_profile_that_says_nothing_yet_is_begun(tmp_path: Path, text: str) -> None:
    (tmp_path / "pmcareer.yaml").write_text(text, encoding="utf-8")
    assert invoke(tmp_path, "earn", "capm", "--as-of", AS_OF).code == 0
    assert profile(tmp_path) == f"{text}certifications:\n  - {{id: capm, earned: 2026-11-23}}\n"


# --- dry runs, JSON ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [PROFILE, PROFILE.rstrip("\n"), PROFILE.replace("\n", "\r\n"), None])
def test_a_dry_run_writes_nothing_and_its_diff_is_the_change(tmp_path: Path, before: str | None) -> None:
    require_tool(shutil.which("patch"), "patch")
    path = tmp_path / "pmcareer.yaml"
    if before is not None:
        path.write_bytes(before.encode())
    command = ["earn", "capm", "--on", "2026-10-01", "--as-of", AS_OF]
    dry = pmcareer(*command, "--dry-run", folder=tmp_path)
    assert dry.returncode == 0, dry.stderr
    assert (path.read_bytes() if path.exists() else None) == (before.encode() if before is not None else None)
    work = tmp_path / "work"
    work.mkdir()
    if before is not None:
        (work / "pmcareer.yaml").write_bytes(before.encode())
    applied = subprocess.run(
        ["patch", "--binary", "-p1"], cwd=work, input=dry.stdout.encode(), capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stdout + applied.stderr
    assert invoke(tmp_path, *command).code == 0
    assert (work / "pmcareer.yaml").read_bytes() == path.read_bytes()


def test_the_document_says_what_was_written(folder: Path) -> None:
    done = invoke(folder, "renew", "csm", "--on", "2026-11-01", "--as-of", AS_OF, "--format", "json")
    document = json.loads(done.out)
    assert document["schema"] == "pmcareer.recorded/1"
    assert document["as_of"] == AS_OF
    assert (document["written"], document["created"], document["change"]) == (True, False, "renewal-added")
    assert document["holdings"][0]["certification"] == "csm"
    assert "+  - {id: csm, earned: 2023-05-02, renewed: [2025-04-20, 2026-11-01]}" in document["diff"]


# --- several at once, and killed --------------------------------------------------------------------------------------


def start(folder: Path, number: int) -> subprocess.Popen[bytes]:
    command = ["log", "csm", "--hours", "1", "--title", f"entry {number}", "--as-of", AS_OF, "--quiet"]
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-m", "pmcareer", *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def titles(folder: Path) -> list[str]:
    return [entry.get("title", "") for entry in yaml.safe_load(profile(folder))["units"]]


def test_writers_at_the_same_time_all_get_their_entry_in(folder: Path) -> None:
    writers = [start(folder, number) for number in range(6)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 6
    assert sorted(titles(folder)) == sorted(["Webinar", *(f"entry {number}" for number in range(6))])
    assert profile(folder).startswith(PROFILE)
    assert not [entry for entry in folder.iterdir() if entry.name.endswith((".lock", ".tmp"))]


def test_killed_whenever_it_may_be_no_line_is_ever_lost(folder: Path) -> None:
    before = titles(folder)
    for number in range(12):
        writer = start(folder, number)
        time.sleep(0.06 * number)
        writer.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        writer.communicate(timeout=60)
        assert profile(folder).startswith(PROFILE)
        now = titles(folder)
        assert now in (before, [*before, f"entry {number}"])
        before = now
    last = start(folder, 99)
    assert last.wait(timeout=120) == 0, "a killed writer locks nobody out"
    assert titles(folder) == [*before, "entry 99"]
