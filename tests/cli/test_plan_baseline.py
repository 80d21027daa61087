"""``pmcareer plan --save-baseline`` and ``--against-baseline``, with every day worked out by hand.

Acme's way: 60 hours of study at 6 a week are 70 days, 10 more to the award, which opens the middle role; the goal asks
12 months there (365 days). From 2026-01-05: award and move on 2026-03-26, arrival on 2027-03-26, for 100 USD.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import Outcome, invoke

ISSUER = """\
id: acme
name: Acme Institute
source: acme
sources: [{id: acme, title: Acme, publisher: Acme, read: 2026-01-02, standing: official}]
rules: [{id: acme-for-life, summary: For life., validity: {kind: lifetime}}]
"""
CERTIFICATION = """\
id: acme-cert
name: Acme Cert
issuer: acme
level: entry
source: acme
lifecycle: {status: active}
eligibility: {}
study: {hours: 60}
prices: [{pays_for: exam, amount: 100 USD}]
lead_days: 10
renewal: [acme-for-life]
"""
LADDER = """\
id: acme-way
name: The way
source: acme
moves:
  - {from: acme-start, to: acme-middle, rules: {requires: {holds: acme-cert}}}
  - {from: acme-middle, to: acme-goal, rules: {requires: {tenure: 12}}}
"""
PROFILE = """\
# mine
education: bachelor
roles:
  - {role: acme-start, from: 2026-01-05}
study: {hours_per_week: 6}   # evenings
goal: {role: acme-goal}
"""


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def write_catalog(folder: Path, *, certification: str = CERTIFICATION, ladder: str = LADDER) -> None:
    write(folder, "certifications/acme/_issuer.yaml", ISSUER)
    write(folder, "certifications/acme/acme-cert.yaml", certification)
    write(folder, "ladders/acme-way.yaml", ladder)
    for role in ("acme-start", "acme-middle", "acme-goal"):
        write(folder, f"roles/{role}.yaml", f"{{id: {role}, name: {role}, summary: A role., grants: []}}\n")


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Acme's catalog, written long enough ago that what was read of it may be remembered."""
    folder = tmp_path_factory.mktemp("acme")
    write_catalog(folder)
    for file in folder.rglob("*.yaml"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture
def home(acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a profile and the baseline of 2026-01-05; Acme's catalog is laid over the shipped one."""
    monkeypatch.setenv("PMCAREER_CACHE", str(acme / ".cache"))
    monkeypatch.setenv("ACME", str(acme))
    write(tmp_path, "pmcareer.yaml", PROFILE)
    done = plan(tmp_path, "2026-01-05", "--save-baseline")
    assert done.code == 0, done.error
    return tmp_path


def plan(folder: Path, as_of: str, *options: str) -> Outcome:
    """``plan`` in *folder*, over the catalog in its folder ``acme`` where it has one, else over that of all tests."""
    own = folder / "acme"
    layer = str(own) if own.exists() else os.environ["ACME"]
    return invoke(folder, "plan", "--brief", "--catalog", layer, "--as-of", as_of, *options)


def held(folder: Path, as_of: str, *options: str) -> dict[str, Any]:
    done = plan(folder, as_of, "--against-baseline", "--format", "json", *options)
    assert done.code == 0, done.error
    document: dict[str, Any] = json.loads(done.out)["against_baseline"]
    return document


def rows(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    keys = ("kind", "id", "state", "baseline", "now", "slip_days")
    return [tuple(one[key] for key in keys) for one in document["milestones"]]


def reasons(document: dict[str, Any]) -> dict[str, list[str]]:
    return {f"{one['kind']} {one['id']}": [why["code"] for why in one["reasons"]] for one in document["milestones"]}


def test_the_same_day_nothing_has_slipped(home: Path) -> None:
    found = held(home, "2026-01-05")
    assert rows(found) == [
        ("earn", "acme-cert", "ahead", "2026-03-26", "2026-03-26", 0),
        ("move", "acme-middle", "ahead", "2026-03-26", "2026-03-26", 0),
        ("move", "acme-goal", "ahead", "2027-03-26", "2027-03-26", 0),
    ]
    assert found["arrival"] == {"baseline": "2027-03-26", "now": "2027-03-26", "arrived": False, "slip_days": 0}
    assert found["schedule_variance"] == {"days": 0, "percent": 0}
    assert found["cost_variance"]["amount"] == {"amount": "0.00", "currency": "USD"}
    assert set(map(tuple, reasons(found).values())) == {()}


def test_what_was_not_begun_is_a_late_start_and_the_rest_follows(home: Path) -> None:
    """On 2026-06-01, 147 days later, nothing is done: all slips by 147 days."""
    found = held(home, "2026-06-01")
    assert [row[-1] for row in rows(found)] == [147, 147, 147]
    assert reasons(found) == {
        "earn acme-cert": ["late-start"],
        "move acme-middle": ["late-start"],
        "move acme-goal": ["follows"],
    }
    # 147 days of the 445 from 2026-01-05 to 2027-03-26.
    assert found["schedule_variance"] == {"days": -147, "percent": -33.0}
    assert found["progress"] == {
        "milestones": 3,
        "due": 2,
        "done": 0,
        "due_and_done": 0,
        "planned_value": {"amount": "100.00", "currency": "USD"},
        "earned_value": {"amount": "0.00", "currency": "USD"},
    }


def test_what_is_done_is_measured_by_its_day(home: Path) -> None:
    """The award comes 10 days late, the move 20: the goal can be reached 365 days after it, on 2027-04-15."""
    profile = PROFILE.replace("2026-01-05}\n", "2026-01-05}\n  - {role: acme-middle, from: 2026-04-15}\n")
    write(home, "pmcareer.yaml", profile + "certifications: [{id: acme-cert, earned: 2026-04-05}]\n")
    found = held(home, "2026-06-01", "--against-baseline", "baseline-2026-01.json")
    assert rows(found) == [
        ("earn", "acme-cert", "done", "2026-03-26", "2026-04-05", 10),
        ("move", "acme-middle", "done", "2026-03-26", "2026-04-15", 20),
        ("move", "acme-goal", "ahead", "2027-03-26", "2027-04-15", 20),
    ]
    assert reasons(found)["earn acme-cert"] == ["done-late"]
    assert reasons(found)["move acme-goal"] == ["follows"]
    assert found["schedule_variance"] == {"days": -20, "percent": -4.5}
    assert found["progress"]["due_and_done"] == 2
    assert found["progress"]["earned_value"]["amount"] == "100.00"
    # 100 USD are spent as planned, and nothing more falls due.
    assert found["cost_variance"]["now"]["amount"] == "100.00"


def test_done_early_is_ahead(home: Path) -> None:
    profile = PROFILE.replace("2026-01-05}\n", "2026-01-05}\n  - {role: acme-middle, from: 2026-03-01}\n")
    write(home, "pmcareer.yaml", profile + "certifications: [{id: acme-cert, earned: 2026-02-28}]\n")
    found = held(home, "2026-03-02", "--against-baseline", "baseline-2026-01.json")
    assert reasons(found)["earn acme-cert"] == ["done-early"]
    assert found["schedule_variance"]["days"] == 25
    assert found["progress"]["due"] == 0
    assert found["progress"]["done"] == 2


def test_fewer_hours_a_week_make_the_study_longer(home: Path) -> None:
    """At 3 hours a week 60 hours are 140 days: 70 more."""
    found = held(home, "2026-01-05", "--hours-per-week", "3")
    assert reasons(found)["earn acme-cert"] == ["longer-study"]
    assert "6 hours a week then, 3 now" in found["milestones"][0]["reasons"][0]["text"]
    assert found["arrival"]["slip_days"] == 70


def test_changes_of_price_and_rule_are_named(home: Path) -> None:
    """130 instead of 100 USD: 30 % over; 18 months instead of 12 are 548 days: 183 more."""
    dearer, longer = CERTIFICATION.replace("100 USD", "130 USD"), LADDER.replace("tenure: 12", "tenure: 18")
    write_catalog(home / "acme", certification=dearer, ladder=longer)
    found = held(home, "2026-01-05")
    assert reasons(found) == {
        "earn acme-cert": ["price-changed"],
        "move acme-middle": [],
        "move acme-goal": ["longer-wait", "rule-changed"],
    }
    assert found["milestones"][2]["reasons"][1]["text"].endswith("tenure(12) then, tenure(18) now")
    assert found["cost_variance"]["amount"] == {"amount": "-30.00", "currency": "USD"}
    assert found["cost_variance"]["percent"] == -30
    assert found["arrival"]["slip_days"] == 183


def test_what_is_no_longer_needed_is_dropped_and_what_came_besides_is_added(home: Path) -> None:
    write_catalog(home / "acme", ladder=LADDER.replace("{requires: {holds: acme-cert}}", "{because: So.}"))
    write(home, "pmcareer.yaml", PROFILE + "certifications: [{id: capm, earned: 2026-02-01}]\n")
    found = held(home, "2026-02-10", "--against-baseline", "baseline-2026-01.json")
    assert rows(found)[0] == ("earn", "acme-cert", "dropped", "2026-03-26", None, None)
    assert rows(found)[-1] == ("earn", "capm", "added", None, "2026-02-01", None)
    assert found["milestones"][0]["cost_now"] is None


def test_what_was_earned_instead_costs_what_the_catalog_says(home: Path) -> None:
    """The baseline costs 100 USD. Earned was another one, at 40 USD by the catalog, and nothing else is to be paid: 60
    less than planned, 60 % of 100, and every price is known."""
    write_catalog(home / "acme", ladder=LADDER.replace("acme-cert", "acme-other"))
    other = CERTIFICATION.replace("acme-cert", "acme-other").replace("Acme Cert", "Acme Other").replace("100", "40")
    write(home, "acme/certifications/acme/acme-other.yaml", other)
    write(home, "pmcareer.yaml", PROFILE + "certifications: [{id: acme-other, earned: 2026-02-01}]\n")
    found = held(home, "2026-02-10", "--against-baseline", "baseline-2026-01.json")
    added = [one for one in found["milestones"] if one["id"] == "acme-other"]
    assert [one["cost_now"] for one in added] == [{"amount": "40.00", "currency": "USD"}]
    variance = found["cost_variance"]
    assert (variance["amount"], variance["percent"]) == ({"amount": "60.00", "currency": "USD"}, 60)
    assert variance["at_least"] is False


def test_who_has_arrived_sees_the_day(home: Path) -> None:
    roles = "2026-01-05}\n  - {role: acme-middle, from: 2026-03-26}\n  - {role: acme-goal, from: 2027-03-01}\n"
    write(home, "pmcareer.yaml", PROFILE.replace("2026-01-05}\n", roles))
    found = held(home, "2027-06-01", "--against-baseline", "baseline-2026-01.json", "--hold", "acme-cert:2026-03-26")
    assert found["arrival"] == {"baseline": "2027-03-26", "now": "2027-03-01", "arrived": True, "slip_days": -25}


def test_the_profile_names_the_baseline_and_keeps_its_comments(home: Path) -> None:
    expected = PROFILE + "baseline: {saved: 2026-01-05, file: baseline-2026-01.json}\n"
    assert (home / "pmcareer.yaml").read_text() == expected


def test_nothing_is_overwritten_without_force(home: Path) -> None:
    before = (home / "baseline-2026-01.json").read_bytes()
    refused = plan(home, "2026-01-09", "--save-baseline")
    assert refused.code == 2
    assert "--force" in refused.error
    assert refused.out == ""
    assert (home / "baseline-2026-01.json").read_bytes() == before
    assert plan(home, "2026-01-09", "--save-baseline", "--force").code == 0
    assert json.loads((home / "baseline-2026-01.json").read_text())["saved"] == "2026-01-09"
    assert "baseline: {saved: 2026-01-09, file: baseline-2026-01.json}" in (home / "pmcareer.yaml").read_text()


def test_a_new_baseline_may_be_saved_while_the_old_one_is_held_against(home: Path) -> None:
    found = held(home, "2026-06-01", "--save-baseline")
    assert found["saved"] == "2026-01-05"
    assert (home / "baseline-2026-06.json").is_file()
    assert held(home, "2026-06-01")["schedule_variance"]["days"] == 0


def test_the_profile_itself_is_no_place_for_a_baseline(home: Path) -> None:
    before = (home / "pmcareer.yaml").read_text()
    assert plan(home, "2026-01-05", "--save-baseline", "pmcareer.yaml", "--force").code == 2
    assert (home / "pmcareer.yaml").read_text() == before


def test_without_a_profile_the_baseline_is_written_here(home: Path) -> None:
    (home / "pmcareer.yaml").unlink()
    options = ("--from", "acme-start", "--to", "acme-goal")
    assert plan(home, "2026-02-01", *options, "--save-baseline").code == 0
    assert (home / "baseline-2026-02.json").is_file()
    nothing_named = plan(home, "2026-02-01", *options, "--against-baseline")
    assert nothing_named.code == 2
    assert plan(home, "2026-02-01", *options, "--against-baseline", "baseline-2026-02.json").code == 0


@pytest.mark.parametrize("option", [("--save-baseline", "b.json"), ("--against-baseline",), ("--risk",)])
@pytest.mark.parametrize("file", ["plan.ics", "plan.xml"])
def test_a_file_for_other_programs_has_no_room_for_it(home: Path, file: str, option: tuple[str, ...]) -> None:
    done = plan(home, "2026-01-05", "-o", file, *option)
    assert done.code == 2
    assert option[0] in done.error
    assert not (home / file).exists()
    assert not (home / "b.json").exists()


def test_another_goal_cannot_be_compared(home: Path) -> None:
    done = plan(home, "2026-01-05", "--to", "acme-middle", "--against-baseline")
    assert done.code == 2
    assert "acme-goal" in done.error


def test_no_plan_is_no_baseline(home: Path) -> None:
    done = plan(home, "2026-01-05", "--by", "2026-02-01", "--save-baseline", "other.json")
    assert done.code == 2
    assert not (home / "other.json").exists()


def test_where_there_is_no_plan_any_more_the_baseline_still_speaks(home: Path) -> None:
    found = held(home, "2026-06-01", "--avoid", "acme-middle")
    assert found["arrival"]["now"] is None
    assert reasons(found)["move acme-goal"] == ["no-plan"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("{", ""), "baseline-2026-01.json:"),
        (
            ('"pmcareer.baseline/1"', '"pmcareer.baseline/9"'),
            "baseline-2026-01.json:2:13: error: a baseline of the version",
        ),
        (('"pmcareer.baseline/1"', '"pmcareer.plan/1"'), "baseline-2026-01.json:2:13: error: not a baseline"),
        (
            ('"arrives": "2027-03-26"', '"arrives": "2027-02-30"'),
            "baseline-2026-01.json:8:14: error: 2027-02-30 is not",
        ),
        (('"arrives": "2027-03-26"', '"arrives": "2025-03-26"'), "before it was saved"),
        (('"saved": "2026-01-05",\n', ""), "the key 'saved' is missing"),
        (('"100.00"', '"1e9"'), "'1e9' 'USD' is not an amount"),
        (('"critical": true', '"critical": "yes"'), "expected true or false"),
        (('"kind": "earn"', '"kind": "burn"'), "field-choice"),
        (('"to"', '"too"'), "did you mean"),
        (('"saved"', '"schema": 1, "saved"'), "yaml-duplicate-key"),
    ],
)
def test_a_spoilt_baseline_is_a_problem_with_its_place(home: Path, change: tuple[str, str], expected: str) -> None:
    file = home / "baseline-2026-01.json"
    text = file.read_text()
    assert change[0] in text
    file.write_text(text.replace(*change, 1))
    done = plan(home, "2026-01-05", "--against-baseline")
    assert done.code == 3
    assert expected in done.error


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"null", b"{}", b"MZ\x00\x01", b'{"schema": [[[[]]]]}', b"a: &b c"]
)
def test_a_foreign_file_is_no_baseline(home: Path, content: bytes) -> None:
    (home / "foreign.json").write_bytes(content)
    done = plan(home, "2026-01-05", "--against-baseline", "foreign.json")
    assert done.code == 3
    assert "foreign.json" in done.error


def test_a_missing_baseline_is_missing_input(home: Path) -> None:
    assert plan(home, "2026-01-05", "--against-baseline", "none.json").code == 4


@pytest.mark.parametrize("format_", ["text", "markdown", "csv"])
def test_people_read_it_first(home: Path, format_: str) -> None:
    said = plan(home, "2026-06-01", "--against-baseline", "--format", format_).out
    assert "2026-03-26" in said
    assert "+147 d" in said
    if format_ != "csv":
        assert said.index("Against the baseline of 2026-01-05") < said.index("Critical path")
        assert "schedule variance: -147 days, behind schedule (-33.0 %)" in " ".join(said.replace("\\", "").split())
