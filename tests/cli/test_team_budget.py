"""``team budget``: a small staff whose every way is known by hand, options that make no sense, and who sees what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import Outcome, invoke

# Towards Senior project manager: Bob holds a PMP and is ready. Cat and Dee lack only one certification, Kim is a
# coordinator and far away; Ann is one already, and nobody knows what Zed is.
ROSTER = """\
person,manager,role,role_since,education,certifications
ann,,senior-project-manager,2020-01-01,bachelor,
bob,ann,project-manager,2018-01-01,bachelor,pmp:2025-03-01
cat,ann,project-manager,2018-01-01,bachelor,
dee,ann,project-manager,2018-01-01,bachelor,
kim,bob,project-coordinator,2025-01-01,bachelor,
zed,bob,,,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def budget(folder: Path, amount: str, *options: str) -> Outcome:
    return invoke(folder, "team", "budget", amount, "staff.csv", "--as-of", "2026-11-23", *options)


def answered(folder: Path, amount: str, *options: str) -> Any:
    done = budget(folder, amount, *options, "--format", "json")
    assert done.code == 0, done.error
    return json.loads(done.out)


def cheapest(folder: Path) -> tuple[str, list[str]]:
    """What Cat's cheapest way costs and earns, by ``plan`` itself."""
    (folder / "cat.yaml").write_text(
        "education: {level: bachelor}\nroles: [{role: project-manager, from: 2018-01-01}]\n", encoding="utf-8"
    )
    done = invoke(
        folder,
        *("plan", "--profile", "cat.yaml", "--as-of", "2026-11-23", "--to", "senior-project-manager"),
        *("--objective", "cheapest", "--budget", "99999", "--format", "json"),
    )
    assert done.code == 0, done.error
    plan = json.loads(done.out)["plans"][0]
    return plan["cost"]["amount"], plan["certifications"]


def test_who_is_ready_costs_nothing_and_the_next_one_has_a_price(folder: Path) -> None:
    price, earned = cheapest(folder)
    answer = answered(folder, "0", "--target", "senior-project-manager=2")
    assert answer["schema"] == "pmcareer.team-budget/1"
    assert [(one["person"], one["cost"]["amount"], one["ready_on"]) for one in answer["rows"]] == [
        ("bob", "0.00", "2026-11-23")
    ]
    step = answer["next_step"]
    assert (step["people"], step["beyond_budget"]["amount"]) == (2, price)
    assert [one["person"] for one in step["rows"]] == ["bob", "cat"]  # Dee costs the same, and stands after her
    assert step["rows"][1]["certifications"] == earned
    assert answer["targets"] == [{"target": "senior-project-manager", "positions": 2, "filled": 1}]
    assert (answer["in_role"], answer["role_unknown"], answer["candidates"]) == (1, 1, 4)


def test_enough_money_fills_every_position(folder: Path) -> None:
    price, _ = cheapest(folder)
    answer = answered(folder, price, "--target", "senior-project-manager=2")
    assert [one["person"] for one in answer["rows"]] == ["bob", "cat"]
    assert answer["cost"]["amount"] == price and answer["proven_optimal"] is True
    assert answer["next_step"] is None and answer["no_more"] == "filled"


def test_a_day_too_early_for_most(folder: Path) -> None:
    answer = answered(folder, "9999", "--target", "senior-project-manager", "--by", "2026-11-23")
    assert [one["person"] for one in answer["rows"]] == ["bob"]
    assert answer["no_more"] == "nobody" and answer["no_way"] == 3


def test_nearest_bounds_for_whom_a_way_is_sought(folder: Path) -> None:
    answer = answered(folder, "9999", "--target", "senior-project-manager", "--nearest", "1")
    assert answer["planned"] == 1 and [one["person"] for one in answer["rows"]] == ["bob"]
    assert any("--nearest" in note for note in answer["notes"])


def test_a_manager_plans_with_their_own_reports(folder: Path) -> None:
    options = ("--target", "senior-project-manager", "--audience", "manager", "--manager", "bob")
    out = budget(folder, "9999", *options, "--format", "json").out
    assert json.loads(out)["candidates"] == 1 and '"cat"' not in out


def test_text_and_csv(folder: Path) -> None:
    text = budget(folder, "0 USD", "--target", "Senior PM=2").out
    assert text.startswith("0 USD: 1 person ready for 0 USD\n")
    assert "2 ready would cost" in text and "Chosen for: most positions filled" in text
    sheet = budget(folder, "0", "--target", "senior-project-manager", "--format", "csv").out.splitlines()
    assert sheet[1:] == ["bob,project-manager,senior-project-manager,,0.00,USD,2026-11-23"]


@pytest.mark.parametrize(
    "options",
    [
        ("much", "--target", "scrum-master"),
        ("-5", "--target", "scrum-master"),
        ("5",),
        ("5", "--target", "king"),
        ("5", "--target", "scrum-master=0"),
        ("5", "--target", "scrum-master=many"),
        ("5", "--target", "scrum-master", "--target", "scrum-master=2"),
        ("5", "--target", "scrum-master", "--by", "2026-11-22"),
        ("5 EUR", "--target", "scrum-master", "--currency", "USD"),
    ],
)
def test_what_makes_no_sense_is_refused(folder: Path, options: tuple[str, ...]) -> None:
    assert budget(folder, *options).code == 2
