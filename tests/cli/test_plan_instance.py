"""``pmcareer plan --instance``: what is said of an answer, in words and for programs, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import invoke
from tests.unit.planning.questions import THREE_WAYS
from tests.unit.planning.test_blocking import QUESTION
from tests.unit.planning.test_events import ALL_AT_ONCE, IN_ORDER

from pmcareer.api.plans import instance_easings, instances
from pmcareer.cli import interrupting
from pmcareer.planning import stopping
from pmcareer.planning.instance import Instance, Role
from pmcareer.planning.instance_format import instance_document
from pmcareer.planning.plan import Outcome
from pmcareer.planning.solver import solve

Solve = Callable[..., Outcome]


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., tuple[int, Any, str]]:
    """The exit code of a question, its answer for programs, and its answer in one line of words."""

    def asked(instance: Instance, *options: str) -> tuple[int, Any, str]:
        (tmp_path / "question.json").write_text(json.dumps(instance_document(instance)), encoding="utf-8")
        command = ("plan", "--instance", "question.json", *options)
        done = invoke(tmp_path, *command, "--format", "json")
        return done.code, json.loads(done.out), " ".join(invoke(tmp_path, *command).out.split())

    return asked


def unproven(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """The search ends at its limit, so that of what it found this much is not known."""

    def cut_short(instance: Instance, **more: Any) -> Outcome:
        return replace(solve(instance, **more), proven_optimal=False, reason="limit", **changes)

    monkeypatch.setattr(instances, "solve_unless_stopped", cut_short)


Ask = Callable[..., tuple[int, Any, str]]


# --- what is proven -------------------------------------------------------------------------------------------------


def test_nothing_found_within_the_limit_is_no_proof(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    unproven(monkeypatch, plans=(), bound=Fraction(3))
    code, document, words = ask(THREE_WAYS)
    assert "no plan found, and that there is none is not proven: the search was cut short" in words
    assert "no plan arrives before day 3" in words and "no plan, proven" not in words
    assert (code, document["plans"], document["cut_short"], document["bound"]) == (0, [], "patience", 3)
    assert document["search_complete"] is False and document["why_not"] == document["blocked"] == []


def test_a_proven_day_whose_cost_is_open(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dear way arrives on day 4, and nothing does before."""
    unproven(monkeypatch, bound=Fraction(4))
    _, document, words = ask(THREE_WAYS)
    assert "1 plan, not proven: the search was cut short" in words
    assert "the day of arrival is proven, only the cost is open: a cheaper plan of that day is not ruled out" in words
    (plan,) = document["plans"]
    assert (plan["arrival_day"], plan["bound"], plan["proven_optimal"]) == (4, 4, False)


def test_an_earlier_day_that_is_not_ruled_out(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    unproven(monkeypatch, bound=Fraction(2))
    _, _, words = ask(THREE_WAYS)
    assert "no plan arrives before day 2" in words and "is proven" not in words


def test_a_proven_plan(ask: Ask) -> None:
    _, document, words = ask(THREE_WAYS)
    assert "1 plan, proven" in words
    assert document["cut_short"] is None and document["search_complete"] is True


# --- why not --------------------------------------------------------------------------------------------------------


def test_every_smallest_set_of_limits(ask: Ask) -> None:
    """As in the unit: 40 days of tenure; or a degree, and 30 hours at 40 a week: 7 * 30 / 40 = 5.25, so 6 days."""
    code, document, words = ask(QUESTION, "--strict")
    assert (code, document["plans"], document["why_not_complete"]) == (1, [], True)
    assert document["why_not"] == [
        {
            "ease": ["an arrival after day 20", "a budget above 10"],
            "change": {"deadline_day": None, "budget": None},
            "arrival_day": 40,
            "cost": 50,
            "exams": 1,
            "proven_optimal": True,
        },
        {
            "ease": ["a budget above 10", "40 hours of study a week", "education of rank 3"],
            "change": {"budget": None, "hours_per_week": 40, "start": {"education": 3}},
            "arrival_day": 6,
            "cost": 50,
            "exams": 1,
            "proven_optimal": True,
        },
    ]
    assert "no plan, proven" in words
    assert "a plan exists with an arrival after day 20 and a budget above 10: day 40, cost 50, 1 exam" in words


def test_only_plans_are_looked_for_if_asked_briefly(ask: Ask) -> None:
    _, document, words = ask(QUESTION, "--brief")
    assert (document["why_not"], document["blocked"], document["why_not_complete"]) == ([], [], False)
    assert document["search_complete"] is True and "no plan, proven" in words and "Why not" not in words


def test_of_a_large_instance_deadline_and_budget_are_eased(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance_easings, "LARGE", 2)  # QUESTION has two moves and a certification
    _, document, _ = ask(QUESTION)
    assert [list(one["change"]) for one in document["why_not"]] == [["deadline_day", "budget"]]

    monkeypatch.setattr(instance_easings, "HUGE", 3)  # it has four conditions
    _, document, words = ask(QUESTION)
    assert document["why_not"] == document["blocked"] == [] and not document["why_not_complete"]
    assert "what would have to be eased is not looked at" in words


def test_where_no_limit_stands_in_the_way(ask: Ask) -> None:
    _, document, words = ask(replace(QUESTION, target="island"))
    assert document["why_not"] == [] and document["search_complete"] is True
    (blocked,) = document["blocked"]
    assert blocked in words and blocked.startswith("there is no plan with an arrival after day 20 and a budget above")


# --- steps and numbers ----------------------------------------------------------------------------------------------


def test_steps_of_one_day_come_in_an_order_that_can_be_done(ask: Ask) -> None:
    _, document, words = ask(ALL_AT_ONCE)
    assert [(step["kind"], step["id"]) for step in document["plans"][0]["steps"]] == [(s.kind, s.id) for s in IN_ORDER]
    assert words.index("move y") < words.index("move b") < words.index("move t")


def test_amounts_are_exact(ask: Ask) -> None:
    """By pay: 10.10 a year over 100 days of 365.2425 is a fraction; the bound of a proven plan is what it earns."""
    paid = replace(
        THREE_WAYS, objective="earnings", roles={**THREE_WAYS.roles, "t": Role(pay_per_year=Fraction("10.1"))}
    )
    _, document, _ = ask(paid)
    (plan,) = document["plans"]
    # Day 25 by the side role, for nothing: 75 days at 10.1 / 365.2425.
    assert plan["bound"] == plan["earnings"] == str(Fraction("10.1") * 75 / Fraction("365.2425"))
    assert (plan["arrival_day"], plan["cost"]) == (25, 0)


# --- Ctrl-C ---------------------------------------------------------------------------------------------------------


def test_ctrl_c_gives_the_best_so_far(tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(instance: Instance, *, should_stop: Callable[[], bool], **more: Any) -> Outcome:
        os.kill(os.getpid(), signal.SIGINT)
        assert should_stop()
        return replace(solve(instance, **more), proven_optimal=False, reason="stopped", bound=None)

    monkeypatch.setattr(stopping, "solve", interrupted)
    code, document, words = ask(THREE_WAYS)
    assert (code, document["cut_short"], len(document["plans"])) == (130, "interrupted", 1)
    assert "1 plan, not proven: the search was interrupted" in words
    code, document, _ = ask(THREE_WAYS, "--pareto")
    assert (code, document["cut_short"]) == (130, "interrupted") and document["plans"]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no timers")
@pytest.mark.parametrize("options", [(), ("--pareto",)])
def test_ctrl_c_ends_a_search_that_does_not_look_up(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """The first question is answered, where there are several; the next would take for ever."""
    left = [bool(options)]

    def deaf(instance: Instance, **more: Any) -> Outcome:
        if left.pop():
            left.append(False)
            return solve(instance, **more)
        left.append(bool(options))  # for the second command, in words
        os.kill(os.getpid(), signal.SIGINT)
        while True:
            pass

    monkeypatch.setattr(stopping, "solve", deaf)
    monkeypatch.setattr(interrupting, "_PATIENCE", 0.05)
    code, document, words = ask(THREE_WAYS, *options)
    assert (code, document["cut_short"], len(document["plans"])) == (130, "interrupted", 1 if options else 0)
    assert "the search was interrupted" in words
