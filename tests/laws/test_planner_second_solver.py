"""The planner against OR-Tools CP-SAT on careers of years, and its two engines against each other."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.planner_oracles.cp_sat import solve_by_cp_sat
from tests.planner_oracles.random_instances import career

from pmcareer.planning.earnings import earnings_of
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.replay import check
from pmcareer.planning.search import solve as search
from pmcareer.planning.solver import solve

SEEDS = int(os.environ.get("PMCAREER_CP_SAT_SEEDS", "121"))
"""More seeds, for a longer look: ``PMCAREER_CP_SAT_SEEDS=1000``."""

PARTS = 11
EFFORT = 1.0  # of CP-SAT's own measure of work for each criterion: where it proves nothing within that, it is no judge
FEWEST_JUDGED = 100

PAID_SEEDS = SEEDS * 3 // 11
PAID_EFFORT = 0.5

BRIEF = Limits(explored=3_000)


@pytest.mark.parametrize("number", range(PARTS))
@pytest.mark.parametrize("objective", ["fastest", "cheapest", "fewest-exams"])
def test_as_good_as_cp_sat(objective: str, number: int) -> None:
    judged = 0
    for seed in range(number, SEEDS, PARTS):
        instance = career(seed, objective, 6, 5)
        outcome = solve(instance)
        assert outcome.proven_optimal
        assert [check(instance, plan) for plan in outcome.plans] in ([], [()])
        try:
            answer = solve_by_cp_sat(instance, effort=EFFORT, roles_passed=6)
        except TimeoutError:
            continue
        values = [(plan.arrival_day, plan.cost, plan.exams) for plan in outcome.plans]
        if answer is not None and not answer.proven:
            theirs = in_order(objective, answer.arrival, answer.cost, answer.exams)
            assert rank(objective, outcome.plans[0]) <= theirs, seed
            continue
        judged += 1
        expected = None if answer is None else (answer.arrival, answer.cost, answer.exams)
        assert (seed, values) == (seed, [] if expected is None else [expected])
    assert judged * PARTS >= FEWEST_JUDGED * 0.9


@pytest.mark.parametrize("number", range(PARTS))
def test_as_earning_as_cp_sat(number: int) -> None:
    """Where both prove their plan, it earns and arrives alike; elsewhere neither earns more than the other's bound."""
    judged = looked = 0
    for seed in range(number, PAID_SEEDS, PARTS):
        instance = career(seed, "earnings", 6, 5)
        outcome = solve(instance)
        looked += 1
        assert [check(replace(instance, objective="cheapest"), plan) for plan in outcome.plans] in ([], [()])
        try:
            answer = solve_by_cp_sat(instance, effort=PAID_EFFORT, roles_passed=6)
        except TimeoutError:
            continue
        mine = [(earnings_of(instance, plan), plan.arrival_day) for plan in outcome.plans]
        if answer is None:
            assert (seed, mine) == (seed, [])
            continue
        assert answer.earned is not None
        assert outcome.bound is not None and answer.earned <= outcome.bound, seed
        if answer.proven and outcome.proven_optimal:
            judged += 1
            assert (seed, mine) == (seed, [(answer.earned, answer.arrival)])
        elif answer.proven:
            assert mine[0][0] <= answer.earned, seed
    assert judged >= looked // 4


@pytest.mark.parametrize("objective", ["fastest", "cheapest"])
def test_bounds_of_either_engine_hold_for_the_plans_of_the_other(objective: str) -> None:
    """On larger careers neither may claim more than the other can disprove, however early it is cut short."""
    for seed in range(8):
        instance = career(seed, objective, 14, 18)
        one, other = solve(instance, limits=BRIEF), search(instance, limits=BRIEF)
        for first, second in ((one, other), (other, one)):
            assert (seed, overtaken(objective, first, second)) == (seed, False)


def overtaken(objective: str, claim: Outcome, rival: Outcome) -> bool:
    """Whether *rival* has a plan better than *claim* says there can be."""
    if not rival.plans:
        return False
    best = rank(objective, rival.plans[0])
    if claim.bound is not None and best[0] < claim.bound:
        return True
    return claim.proven_optimal and (not claim.plans or best < rank(objective, claim.plans[0]))


def rank(objective: str, plan: Plan) -> tuple[Fraction, ...]:
    return in_order(objective, plan.arrival_day, plan.cost, plan.exams)


def in_order(objective: str, arrival: int, cost: Fraction, exams: int) -> tuple[Fraction, ...]:
    days, papers = Fraction(arrival), Fraction(exams)
    orders = {"fastest": (days, cost, papers), "cheapest": (cost, days, papers), "fewest-exams": (papers, days, cost)}
    return orders[objective]
