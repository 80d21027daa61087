"""``pmcareer plan --engine cp-sat``: the same answers, what it refuses, and what it says without its extra."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.cli.in_process import invoke
from tests.planner_oracles.random_classes import sparse

from pmcareer.planning.instance_format import instance_document


@pytest.fixture
def question(tmp_path: Path) -> str:
    """A career that the search, cut short, leaves open."""
    (tmp_path / "question.json").write_text(json.dumps(instance_document(sparse(3, "cheapest", 40, 80))), "utf-8")
    return "question.json"


def test_it_proves_what_is_left_open(tmp_path: Path, question: str) -> None:
    """3,475 is the least cost by the bounds of the search too; that nobody arrives sooner for it is what was open."""
    done = invoke(tmp_path, "plan", "--instance", question, "--engine", "cp-sat", "--format", "json")
    assert done.code == 0, done.error
    (plan,) = json.loads(done.out)["plans"]
    assert (plan["proven_optimal"], plan["arrival_day"], plan["cost"]) == (True, 3155, 3475)


@pytest.mark.parametrize("beside", [("--pareto",), ("--alternatives", "2")])
def test_it_looks_for_one_plan(tmp_path: Path, question: str, beside: tuple[str, ...]) -> None:
    for what in (("--instance", question), ("--to", "project-manager")):
        done = invoke(tmp_path, "plan", *what, "--engine", "cp-sat", *beside)
        assert done.code == 2 and "one plan" in done.error


def test_without_its_extra_one_line_says_what_to_install(
    tmp_path: Path, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pmcareer.planning.cp_sat.find_spec", lambda name: None if name == "ortools" else find_spec(name)
    )
    done = invoke(tmp_path, "plan", "--instance", question, "--engine", "cp-sat")
    assert done.code == 4 and 'pip install "pmcareer[solver]"' in done.error
