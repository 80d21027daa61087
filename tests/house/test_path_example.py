"""The worked example of "How a path is chosen": its numbers, reckoned by hand there, are what the program says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import invoke

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "how-a-path-is-chosen.md"


def example() -> dict[str, Any]:
    found = re.search(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    document: dict[str, Any] = json.loads(found[1])
    return document


def planned(document: dict[str, Any], folder: Path) -> dict[str, Any]:
    path = folder / "instance.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = invoke(folder, "plan", "--instance", str(path), "--format", "json")
    assert done.code == 0, done.error
    answer: dict[str, Any] = json.loads(done.out)
    plan: dict[str, Any] = answer["plans"][0]
    assert plan["proven_optimal"] is True
    return plan


@pytest.mark.parametrize(("objective", "arrival", "cost"), [("fastest", 1095, 300), ("cheapest", 1460, 0)])
def test_the_numbers_of_the_page(tmp_path: Path, objective: str, arrival: int, cost: int) -> None:
    plan = planned({**example(), "objective": objective}, tmp_path)
    assert (plan["arrival_day"], plan["cost"]) == (arrival, cost)
    text = PAGE.read_text(encoding="utf-8")
    assert f"**{arrival}**" in text
    if objective == "fastest":
        earned = [step["end_day"] for step in plan["steps"] if step["kind"] == "earn"]
        assert earned == [84] and "**84**" in text and "**300**" in text


def test_the_harder_case(tmp_path: Path) -> None:
    document = example()
    document["moves"][1]["requires"]["experience"]["days"] = 1461
    plan = planned(document, tmp_path)
    assert (plan["arrival_day"], plan["cost"]) == (1826, 0)
    assert "**1826**" in PAGE.read_text(encoding="utf-8")
