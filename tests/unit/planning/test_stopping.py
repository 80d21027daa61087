"""A search that is broken off where it does not look up."""

from __future__ import annotations

import pytest
from tests.planner_oracles.random_classes import sparse

from pmcareer.errors import SearchStoppedError
from pmcareer.planning.replay import check
from pmcareer.planning.solver import solve
from pmcareer.planning.stopping import GIVEN_UP, solve_unless_stopped


def test_the_best_so_far_is_kept() -> None:
    """By cost its proof takes long; it is broken off in the midst, a plan being known."""
    instance = sparse(1, "cheapest", 40, 80)
    asked = 0

    def ask() -> bool:
        nonlocal asked
        asked += 1
        if asked > 10:
            raise SearchStoppedError
        return False

    outcome = solve(instance, should_stop=ask)
    (plan,) = outcome.plans
    assert check(instance, plan) == ()
    assert (outcome.reason, outcome.proven_optimal) == ("stopped", False)
    assert outcome.bound is not None and outcome.bound <= plan.cost


def test_what_is_broken_off_before_it_began_answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise SearchStoppedError

    monkeypatch.setattr("pmcareer.planning.stopping.solve", broken)
    assert solve_unless_stopped(sparse(1, "cheapest", 40, 80)) == GIVEN_UP
