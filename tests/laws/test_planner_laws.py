"""Laws of the planner on random tiny questions: as good as living every lawful life, lawful, the same in every run."""

from __future__ import annotations

import os
from fractions import Fraction

import pytest
from tests.planner_oracles.brute_force import best
from tests.planner_oracles.random_instances import tiny

from pmcareer.planning.plan import Outcome
from pmcareer.planning.replay import check
from pmcareer.planning.solver import solve

SEEDS = range(int(os.environ.get("PMCAREER_PLANNER_SEEDS", "40")))
"""More seeds, for a longer look: ``PMCAREER_PLANNER_SEEDS=2000``."""


def value(outcome: Outcome) -> tuple[int, Fraction, int] | None:
    if not outcome.plans:
        return None
    plan = outcome.plans[0]
    return plan.arrival_day, plan.cost, plan.exams


@pytest.mark.parametrize("objective", ["fastest", "cheapest"])
def test_as_good_as_brute_force(objective: str) -> None:
    for seed in SEEDS:
        instance = tiny(seed, objective, horizon=10, most_papers=3)
        outcome = solve(instance)
        answer = best(instance)
        expected = None if answer is None else (answer.arrival, answer.cost, answer.exams)
        assert (seed, outcome.proven_optimal, value(outcome)) == (seed, True, expected)
        assert [check(instance, plan) for plan in outcome.plans] in ([], [()])
        assert solve(instance) == outcome


def test_fewest_exams_is_as_good_as_brute_force_where_it_is_proven() -> None:
    proven = 0
    for seed in SEEDS:
        instance = tiny(seed, "fewest-exams", horizon=10, most_papers=3)
        outcome = solve(instance)
        answer = best(instance)
        assert not outcome.plans or check(instance, outcome.plans[0]) == ()
        if outcome.proven_optimal:
            proven += 1
            expected = None if answer is None else (answer.arrival, answer.cost, answer.exams)
            assert (seed, value(outcome)) == (seed, expected)
        elif answer is not None and outcome.bound is not None:
            assert outcome.bound <= answer.exams
    assert proven > len(SEEDS) // 2
