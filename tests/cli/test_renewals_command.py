"""``pmcareer renewals``: the table, what is missing, JSON and CSV; figures by hand from the issuers' rules."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import Outcome, invoke
from tests.cli.running import pmcareer

# PMP of 15 June 2023: three years, last day 14 June 2026, 60 PDU (35 Education with 8 in each of three areas, at most
# 25 Giving Back). 38 PDU logged: 20 Power Skills, 10 Business Acumen, 8 Giving Back.
PROFILE = """\
region: us
certifications:
  - {id: pmp, earned: 2023-06-15}
units:
  - {on: 2024-01-10, hours: 20, category: education/power-skills, title: Course, for: [pmp]}
  - {on: 2024-02-10, hours: 10, category: education/business-acumen, title: Finance, for: [pmp]}
  - {on: 2024-03-10, hours: 8, category: giving-back, title: Mentoring, for: [pmp]}
"""
AS_OF = "2025-06-14"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pmcareer.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def document(folder: Path, *arguments: str) -> Any:
    done = invoke(folder, "renewals", *arguments, "--format", "json")
    assert done.code == 0, done.error
    return json.loads(done.out)


def held(document: Any, certification: str) -> Any:
    return next(one for one in document["holdings"] if one["certification"] == certification)


def row(done: Outcome, name: str) -> str:
    return next(line for line in done.out.splitlines() if line.startswith(name))


# --- the table --------------------------------------------------------------------------------------------------------


def test_one_row_says_what_is_held_what_is_missing_and_what_is_next(folder: Path) -> None:
    done = pmcareer("renewals", "--as-of", AS_OF, folder=folder)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout
    cells = done.stdout.splitlines()[4].split("  ")
    assert [cell.strip() for cell in cells if cell] == [
        *("PMP", "active", "2026-06-14", "38/60 PDU"),
        *("renew in 365 days", "150 USD"),
    ]
    assert done.stderr == ""


def test_pace_and_what_is_missing_where(folder: Path) -> None:
    """Two of three years are over (731 of 1,096 days): 60 × 731 / 1096 = 40.02, rounded up to 41. Of 22 PDU that lack 8
    are Ways of Working, which fills Education's 35 as well (30 + 8).
    """
    done = invoke(folder, "renewals", "--as-of", AS_OF)
    text = " ".join(done.out.split())
    assert "PMP: 22 PDU to earn by 2026-06-14, at least: Education 8, Ways of Working 8" in text
    assert "(pace: 41 of 60 by today, you have 38)" in text


def test_reds_come_first_and_what_never_ends_last(folder: Path) -> None:
    """CSM of 2 May 2020: two years, over on 1 May 2022. PSM I never expires."""
    arguments = ("--hold", "psm-i:2020-01-01", "--hold", "csm:2020-05-02", "--as-of", AS_OF)
    done = invoke(folder, "renewals", *arguments)
    rows = [line.split("  ")[0].strip() for line in done.out.splitlines()[4:7]]
    assert rows == ["CSM", "PMP", "PSM I"]
    assert "expired" in row(done, "CSM")
    assert "for life" in row(done, "PSM I")
    assert "1 to see to" in done.out.splitlines()[0]


def test_no_profile_is_needed(tmp_path: Path) -> None:
    done = invoke(tmp_path, "renewals", "--hold", "PMP:2023-06-15", "--as-of", AS_OF)
    assert done.code == 0
    assert "0/60 PDU" in row(done, "PMP")
    assert "--region" in done.notes


def test_an_option_replaces_the_profiles_word(folder: Path) -> None:
    found = document(folder, "--hold", "pmp:2024-06-15", "--as-of", AS_OF)
    assert [one["expires"] for one in found["holdings"]] == ["2027-06-14"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "nothing is held"),
        (("--hold", "pmp"), 2, "say when it was earned"),
        (("--hold", "pmp:2023"), 2, "not a date"),
        (("--hold", "pmpx:2023-06-15"), 2, "did you mean pmp"),
        (("--hold", "pmp:2025-06-15"), 2, "lies after the as-of date"),
        (("--hold", "pmp:2023-06-15", "--region", "mars"), 2, "unknown region"),
        (("--hold", "pmp:2023-06-15", "--within", "soon"), 2, "not a span"),
        (("--hold", "pmp:2023-06-15", "--profile", "nowhere.yaml"), 4, "no such file"),
    ],
)
def test_what_makes_no_sense(tmp_path: Path, arguments: tuple[str, ...], code: int, says: str) -> None:
    done = invoke(tmp_path, "renewals", *arguments, "--as-of", AS_OF)
    assert done.code == code
    assert says in done.error


# --- strict, unknown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hold", "status", "code"),
    [
        ("pmp:2023-06-15", "active", 0),
        ("psm-i:2010-01-01", "lifetime", 0),
        ("pmp:2022-07-01", "due", 0),  # last day 30 June 2025, in 16 days
        ("pmp:2022-06-14", "suspended", 1),  # over on 13 June 2025, then suspended for a year
        ("csm:2020-05-02", "expired", 1),
        ("prince2-foundation:2019-03-03", "noted", 1),  # over on 1 July 2023
        ("mongodb-associate-developer:2024-01-01", "unknown", 1),
    ],
)
def test_strict_fails_on_what_is_past_its_day_or_cannot_be_vouched_for(
    tmp_path: Path, hold: str, status: str, code: int
) -> None:
    done = invoke(tmp_path, "renewals", "--hold", hold, "--as-of", AS_OF, "--format", "json", "--strict")
    assert [one["status"] for one in json.loads(done.out)["holdings"]] == [status]
    assert done.code == code
    assert invoke(tmp_path, "renewals", "--hold", hold, "--as-of", AS_OF).code == 0


def test_an_unknown_rule_is_never_shown_as_safe(tmp_path: Path) -> None:
    done = invoke(tmp_path, "renewals", "--hold", "mongodb-associate-developer:2024-01-01", "--as-of", AS_OF)
    assert "unknown" in row(done, "MongoDB")
    assert "its renewal rule is not known; ask the issuer" in done.out
    assert "active" not in done.out


def test_what_is_over_has_no_next_day_of_a_cycle_that_never_began(tmp_path: Path) -> None:
    """PRINCE2 of 2019 was to be renewed by 1 July 2023: 974 days before 1 March 2026 (3 × 365 + 1 - 122)."""
    done = invoke(tmp_path, "renewals", "--hold", "prince2-foundation:2019-03-03", "--as-of", "2026-03-01")
    assert "ended 974 days ago" in " ".join(row(done, "PRINCE2").split())
    assert "2026-07-01" not in done.out


@pytest.mark.parametrize(
    ("holding", "told"),
    [
        ("{id: pmp, earned: 2015-06-15}", True),
        ("{id: pmp, earned: 2022-06-15}", True),  # suspended since 15 June 2025
        ("{id: pmp, earned: 2023-06-15}", False),  # runs
        ("{id: pmp, earned: 2015-06-15, renewed: [2018-06-01]}", False),  # somebody has kept the record
        ("{id: pmp, earned: 2015-06-15, issuer_says_expires: 2018-06-30}", False),  # the issuer knows
        ("{id: pmp, earned: 2015-06-15, events: [{on: 2016-01-01, kind: revoked}]}", False),
        ("{id: pmp, earned: 2015-06-15, let_lapse: true}", False),
    ],
)
def test_what_is_over_for_want_of_a_record_says_how_to_record(tmp_path: Path, holding: str, told: bool) -> None:
    (tmp_path / "pmcareer.yaml").write_text(f"certifications: [{holding}]\n", encoding="utf-8")
    done = invoke(tmp_path, "renewals", "--as-of", "2025-12-01")
    year = holding.partition("earned: ")[2][:4]
    words = f"PMP: earned in {year}, no renewal recorded: if you have kept it up, pmcareer renew pmp --on DATE"
    assert (words in " ".join(done.out.split())) == told, done.out


def test_what_is_noted_for_want_of_a_record_says_so_too(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text("certifications: [{id: prince2-foundation, earned: 2016-01-01}]\n")
    (held,) = document(tmp_path, "--as-of", "2026-11-23")["holdings"]
    assert (held["status"], held["rests_on_award"]) == ("noted", True)  # due on 1 July 2023, as all of before July 2020


def test_what_may_lapse_is_no_bad_news(tmp_path: Path) -> None:
    text = "certifications: [{id: csm, earned: 2020-05-02, let_lapse: true}]\n"
    (tmp_path / "pmcareer.yaml").write_text(text, encoding="utf-8")
    done = invoke(tmp_path, "renewals", "--as-of", AS_OF, "--strict")
    assert done.code == 0
    assert "(to lapse)" in row(done, "CSM")
    assert "100 USD" not in done.out


def test_an_id_that_the_catalog_lacks_is_said_and_the_rest_answered(tmp_path: Path) -> None:
    text = "certifications: [{id: our-own-badge, earned: 2020-05-02}, {id: psm-i, earned: 2020-01-01}]\n"
    (tmp_path / "pmcareer.yaml").write_text(text, encoding="utf-8")
    done = invoke(tmp_path, "renewals", "--as-of", AS_OF)
    assert row(done, "PSM I")
    assert "our-own-badge is not in the catalog" in done.out


# --- within, due-within -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("span", ["180d", "26w", "6m", "6 months", "180 days"])
def test_within_a_span_only_what_is_due_or_red(folder: Path, span: str) -> None:
    arguments = ("--hold", "csm:2023-07-01", "--hold", "psm-i:2020-01-01", "--as-of", AS_OF, "--within", span)
    done = invoke(folder, "renewals", *arguments)  # the CSM ends on 30 June 2025, the PMP a year later
    rows = [line.split("  ")[0].strip() for line in done.out.splitlines()[4:6]]
    assert rows == ["CSM", ""]
    assert "2 more: nothing to do up to 2025-12-1" in done.out


def test_days_that_count_as_due(folder: Path) -> None:
    assert held(document(folder, "--as-of", AS_OF, "--due-within", "365"), "pmp")["status"] == "due"
    assert held(document(folder, "--as-of", AS_OF, "--due-within", "364"), "pmp")["status"] == "active"


# --- JSON, CSV --------------------------------------------------------------------------------------------------------


def test_the_document_has_the_keys_that_others_rely_on(folder: Path) -> None:
    found = document(folder, "--as-of", AS_OF)
    assert (found["schema"], found["as_of"]) == ("pmcareer.renewals/1", AS_OF)
    assert set(found) >= {"holdings", "ledger", "groups", "cascades"}
    assert "upkeep" not in found
    one = held(found, "pmp")
    assert (one["earned"], one["valid"], one["status"]) == ("2023-06-15", True, "active")
    assert one["next_status"] == {"status": "due", "on": "2026-03-16"}  # 90 days before 14 June 2026
    assert (one["cycle"]["start"], one["cycle"]["end"]) == ("2023-06-15", "2026-06-14")
    assert isinstance(one["rule"], str)
    assert {"disputed", "sources", "fees"} <= set(one)
    assert one["sources"][0].keys() >= {"source", "title", "url", "read", "standing"}


def test_units_by_category(folder: Path) -> None:
    units = held(document(folder, "--as-of", AS_OF), "pmp")["units"]
    assert (units["name"], units["required"], units["counted"], units["remaining"]) == ("PDU", 60, 38, 22)
    categories = {one["id"]: one for one in units["categories"]}
    counted = {
        own: (one["minimum"], one["maximum"], one["counted"], one["remaining"]) for own, one in categories.items()
    }
    assert counted == {
        "education": (35, None, 30, 8),
        "ways-of-working": (8, None, 0, 8),
        "power-skills": (8, None, 20, 0),
        "business-acumen": (8, None, 10, 0),
        "giving-back": (None, 25, 8, 0),
        "working-as-a-professional": (None, 8, 0, 0),
    }
    assert categories["power-skills"]["parent"] == "education"
    assert categories["education"]["parent"] is None


def test_the_ledger_says_where_each_activity_went(folder: Path) -> None:
    ledger = document(folder, "--as-of", AS_OF)["ledger"]
    assert [(line["activity"], line["category"], line["counted"], line["lost"], line["why"]) for line in ledger] == [
        (0, "education/power-skills", 20, 0, "counted"),
        (1, "education/business-acumen", 10, 0, "counted"),
        (2, "giving-back", 8, 0, "counted"),
    ]


def test_deadlines_with_kind_day_and_words(folder: Path) -> None:
    deadlines = held(document(folder, "--as-of", AS_OF), "pmp")["deadlines"]
    running = [(one["kind"], one["on"], one["days_left"]) for one in deadlines if not one["foreseen"]]
    assert ("renew-by", "2026-06-14", 365) in running
    assert ("fee-due", "2026-06-14", 365) in running
    assert ("suspension-ends", "2027-06-14", 730) in running  # suspended for twelve months after the last day
    assert all(one["text"] for one in deadlines)
    within = held(document(folder, "--as-of", AS_OF, "--within", "364d"), "pmp")["deadlines"]
    assert {one["kind"] for one in within} == {"pace"}  # the third quarter's checkpoint


def test_a_group_asks_for_the_sum_of_its_shares(tmp_path: Path) -> None:
    """Scrum Alliance: the highest in full (A-CSM 30), the highest of each further track by half (CSPO 20 / 2)."""
    arguments = ("--hold", "a-csm:2024-05-02", "--hold", "csm:2024-05-02", "--hold", "cspo:2024-05-02")
    done = invoke(tmp_path, "renewals", *arguments, "--as-of", AS_OF, "--format", "json")
    (group,) = json.loads(done.out)["groups"]
    assert sorted(group["members"]) == ["a-csm", "csm", "cspo"]
    assert group["required"] == 40
    assert group["shares"] == {"a-csm": 1, "csm": 0, "cspo": 0.5}


def test_a_spreadsheet_gets_one_value_a_cell(folder: Path) -> None:
    done = invoke(folder, "renewals", "--hold", "psm-i:2020-01-01", "--as-of", AS_OF, "--format", "csv")
    rows = {one["certification"]: one for one in csv.DictReader(io.StringIO(done.out, newline=""))}
    assert rows["pmp"] == {
        "certification": "pmp",
        "name": "Project Management Professional",
        "status": "active",
        "valid_to": "2026-06-14",
        "units": "PDU",
        "units_counted": "38",
        "units_required": "60",
        "units_remaining": "22",
        "next_deadline": "renew-by",
        "next_on": "2026-06-14",
        "days_left": "365",
        "fee": "150.00",
        "currency": "USD",
        "fee_on": "2026-06-14",
    }
    assert rows["psm-i"]["valid_to"] == ""


# --- upkeep, details --------------------------------------------------------------------------------------------------


def test_upkeep_and_what_letting_one_lapse_saves(folder: Path) -> None:
    """Over three years from 14 June 2025 the PMP is renewed once, on 14 June 2026: 150 USD and the 22 PDU that lack."""
    upkeep = document(folder, "--hold", "psm-i:2020-01-01", "--as-of", AS_OF, "--years", "3")["upkeep"]
    assert (upkeep["years"], upkeep["until"], upkeep["kept"], upkeep["proven"]) == (3, "2028-06-14", ["pmp"], True)
    assert upkeep["cost"] == {"money": {"amount": "150.00", "currency": "USD"}, "hours": 22, "unknown": 0}
    assert [(step["on"], step["renews"], step["routes"]) for step in upkeep["steps"]] == [
        ("2026-06-14", ["pmp"], ["credits"])
    ]
    saving = {"certification": "pmp", "money": {"amount": "150.00", "currency": "USD"}, "hours": 22, "unknown": 0}
    assert upkeep["savings"] == [saving]
    text = invoke(folder, "renewals", "--as-of", AS_OF, "--years", "3").out
    assert "Cheapest upkeep to 2028-06-14: 150 USD, 22 hours" in text
    assert "2026-06-14 renew PMP by credits: 150 USD, 22 hours" in text


def test_details_show_what_stands_behind(folder: Path) -> None:
    done = pmcareer("renewals", "--details", "--as-of", AS_OF, folder=folder)
    assert done.returncode == 0
    for part in (
        "Project Management Professional (pmp)",
        "rule: 60 PDU",
        "Ledger",
        "Mentoring",
        "source: ",
        "disputed: ",
    ):
        assert part in done.stdout
    assert "Mentoring" not in pmcareer("renewals", "--as-of", AS_OF, folder=folder).stdout


def test_the_same_again_is_the_same_bytes(folder: Path) -> None:
    arguments = ("renewals", "--details", "--years", "4", "--as-of", AS_OF, "--hold", "csm:2024-05-02")
    runs = [
        pmcareer(*arguments, folder=folder, environment={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}).stdout
        for seed, zone in (("0", "UTC"), ("7", "Pacific/Kiritimati"))
    ]
    assert runs[0] == runs[1]
    assert runs[0]
