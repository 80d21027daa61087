"""``pmcareer plan --risk`` as people meet it: certain plans stay as they are, own words count, equal seeds repeat."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import invoke
from tests.cli.running import AS_OF, pmcareer

CERTAIN = """\
assumptions:
  study_time: {optimistic: 100, most_likely: 100, pessimistic: 100}
  promotion_wait: {optimistic: 0, most_likely: 0, pessimistic: 0}
  first_try: 100
"""
# One move, open at once; the wait is two months for certain: round(2 × 365.2425 / 12) = 61 days.
TWO_MONTHS = CERTAIN + "  roles: {volunteer-project-lead: {optimistic: 2, most_likely: 2, pessimistic: 2}}\n"
VOLUNTEER = ("plan", "--to", "volunteer-project-lead", "--risk", "--brief", "--as-of", AS_OF, "--samples", "100")
MANAGER = ("plan", "--to", "project-manager", "--risk", "--brief", "--as-of", AS_OF, "--samples", "300")


@pytest.fixture(scope="module", autouse=True)
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shipped catalog is read once for all tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PMCAREER_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def plan_of(folder: Path, *arguments: str, profile: str = "") -> dict[str, Any]:
    if profile:
        (folder / "pmcareer.yaml").write_text(profile)
    done = invoke(folder, *arguments, "--format", "json")
    assert done.code == 0, done.error
    plan: dict[str, Any] = json.loads(done.out)["plans"][0]
    return plan


def test_the_document_has_its_keys_and_levels_rise(tmp_path: Path) -> None:
    risk = plan_of(tmp_path, *MANAGER)["risk"]
    assert {"p50", "p80", "p95", "tornado", "assumptions", "samples", "seed"} <= risk.keys()
    levels = [risk[level] for level in ("p50", "p80", "p95")]
    assert [level["arrives"] for level in levels] == sorted(level["arrives"] for level in levels)
    amounts = [float(level["cost"]["amount"]) for level in levels]
    assert amounts == sorted(amounts)
    assert all({"about", "id", "standing"} <= one.keys() for one in risk["assumptions"])
    swings = [bar["swing_days"] for bar in risk["tornado"]]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0


def test_who_is_certain_gets_the_plan_itself(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, *MANAGER, profile=CERTAIN)
    planned = {"arrives": plan["arrives"], "cost": plan["cost"]}
    assert [plan["risk"][level] for level in ("p50", "p80", "p95", "most_likely")] == [planned] * 4
    assert {bar["swing_days"] for bar in plan["risk"]["tornado"]} == {0}


@pytest.mark.parametrize(("by", "percent"), [("2027-01-22", 0.0), ("2027-01-23", 100.0)])
def test_the_chance_to_arrive_in_time(tmp_path: Path, by: str, percent: float) -> None:
    plan = plan_of(tmp_path, *VOLUNTEER, "--by", by, profile=TWO_MONTHS)
    assert plan["arrives"] == AS_OF
    assert plan["risk"]["p50"]["arrives"] == "2027-01-23"
    assert plan["risk"]["chances"]["in_time_percent"] == percent
    assert plan["risk"]["chances"]["in_budget_percent"] is None


def test_a_failed_exam_costs_its_price_again(tmp_path: Path) -> None:
    """Who passes at 1 % a try hardly ever does so at once; Project+ has no price for re-exams: its exam's counts."""
    plan = plan_of(tmp_path, *MANAGER, "--budget", "500", profile=CERTAIN.replace("100\n", "1\n"))
    price = 399
    assert plan["cost"]["amount"] == f"{price}.00"
    assert plan["risk"]["chances"]["in_budget_percent"] < 10
    assert (float(plan["risk"]["p50"]["cost"]["amount"]) / price).is_integer()
    (bar,) = [bar for bar in plan["risk"]["tornado"] if bar["about"] == "first-try"]
    # 1 − 0.99ⁿ exceeds 10 % first for n = 11, and 90 % for n = 230.
    assert (bar["low"]["value"], bar["high"]["value"]) == (11, 230)


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    runs = []
    for hashes, seed in (("1", ()), ("2", ("--seed", "1")), ("2", ("--seed", "2"))):
        environment = {"PYTHONHASHSEED": hashes, "PMCAREER_CACHE": os.environ["PMCAREER_CACHE"]}
        runs.append(pmcareer(*MANAGER, *seed, folder=tmp_path, environment=environment).stdout)
    assert runs[0] == runs[1] != runs[2]
    assert "--seed 1" in runs[0]


def test_numbers_that_must_never_change(tmp_path: Path) -> None:
    """What seed 1 gave when this was written, on Python 3.11: other machines and versions must give the same."""
    (tmp_path / "pmcareer.yaml").write_text(
        "assumptions:\n  roles:\n    volunteer-project-lead: {optimistic: 0, most_likely: 3, pessimistic: 12}\n"
    )
    risk = plan_of(tmp_path, "plan", "--to", "volunteer-project-lead", "--risk", "--as-of", AS_OF)["risk"]
    assert [risk[level]["arrives"] for level in ("p50", "p80", "p95")] == EVER


EVER = ["2027-03-17", "2027-05-21", "2027-07-21"]
"""A day at most from the exact quantiles of this wait (0, 91, 365 days): 114, 178, 239 days, the last 2027-07-20."""


def test_an_overlay_s_assumption_counts_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "assumptions.yaml").write_text(
        "assumptions:\n"
        "  - {id: acme-wait, about: promotion-wait, optimistic: 1, most_likely: 1, pessimistic: 1,"
        " roles: [volunteer-project-lead], because: Our volunteers' board meets monthly.}\n"
    )
    risk = plan_of(tmp_path, *VOLUNTEER, "--catalog", "acme")["risk"]
    assert risk["p95"]["arrives"] == "2026-12-23"  # round(365.2425 / 12) = 30 days
    assert risk["assumptions"][0]["standing"] == "judgement"


def test_an_overlay_may_change_a_shipped_assumption(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "assumptions.yaml").write_text(
        "assumptions:\n  - extends: first-try\n    because: Our own records.\n    set: {percent: 82}\n"
    )
    risk = plan_of(tmp_path, *MANAGER, "--catalog", "acme")["risk"]
    assert [one["percent"] for one in risk["assumptions"] if one["about"] == "first-try"] == [82]


def test_a_wrong_assumption_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text("assumptions:\n  first_try: 70\n  roles: {cto: {optimistic: 9}}\n")
    done = invoke(tmp_path, *VOLUNTEER)
    assert done.code == 3
    assert "pmcareer.yaml:3:16" in done.error


def test_an_assumption_about_what_the_catalog_does_not_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "pmcareer.yaml").write_text("assumptions:\n  certifications:\n    pmpp: {first_try: 70}\n")
    done = invoke(tmp_path, "profile", "check", "--as-of", AS_OF)
    assert done.code == 3
    assert " 3:5  error" in done.out
    assert "'pmpp'" in done.out


def test_who_is_there_already_risks_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "plan", "--from", "project-manager", "--to", "project-manager", "--risk")
    assert plan["steps"] == []
    assert "risk" not in plan


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_people_are_told_that_people_are_not_predicted(tmp_path: Path, format_: str) -> None:
    done = invoke(tmp_path, *MANAGER, "--format", format_)
    said = " ".join(done.out.split())
    assert "it does not predict people" in said
    assert "judgement" in said
    assert "P80: 80 of 100 lives" in said


@pytest.mark.parametrize("option", [("--samples", "0"), ("--samples", "1000000"), ("--seed", "-1"), ("--seed", "x")])
def test_impossible_numbers_are_refused(tmp_path: Path, option: tuple[str, str]) -> None:
    assert invoke(tmp_path, *MANAGER, *option).code == 2
