"""The second engine by itself, without the first one's help: what it calls proven is what brute force finds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.planner_oracles.brute_force import Answer, best
from tests.planner_oracles.random_classes import sparse
from tests.planner_oracles.random_instances import alike, keen, tiny

from pmcareer.planning.cp_sat import NOTHING_KNOWN, Second, solve_by_cp_sat
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome
from pmcareer.planning.replay import check
from pmcareer.planning.requirements import has_closings
from pmcareer.planning.solver import solve

OBJECTIVES = ("fastest", "cheapest", "fewest-exams")
EFFORT = 5.0


def small(seed: int, objective: str) -> Instance:
    """One of three kinds by turns."""
    if seed % 3 == 0:
        return keen(seed, objective)
    return tiny(seed, objective, horizon=10, most_papers=3) if seed % 3 == 1 else alike(seed, objective)


def first_criterion(objective: str, answer: Answer) -> Fraction:
    return {"cheapest": answer.cost, "fewest-exams": Fraction(answer.exams)}.get(objective, Fraction(answer.arrival))


def value(outcome: Outcome) -> tuple[int, Fraction, int] | None:
    plans = outcome.plans
    return (plans[0].arrival_day, plans[0].cost, plans[0].exams) if plans else None


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_what_it_calls_proven_is_the_best(objective: str, number: int) -> None:
    judged = proven = 0
    for seed in range(number, 45, 3):
        instance = small(seed, objective)
        if has_closings(instance) or instance.start.role == instance.target:
            continue
        judged += 1
        outcome, answer = Second(instance, NOTHING_KNOWN, None, EFFORT).run(), best(instance)
        assert [check(instance, plan) for plan in outcome.plans] in ([], [()])
        if outcome.proven_optimal:
            proven += 1
            expected = None if answer is None else (answer.arrival, answer.cost, answer.exams)
            assert (seed, value(outcome)) == (seed, expected)
        elif answer is not None and outcome.bound is not None:
            assert outcome.bound <= first_criterion(objective, answer), seed
    assert 4 * proven >= 3 * judged


@pytest.mark.parametrize(("objective", "seeds"), [("fastest", (4, 6, 7, 8)), ("cheapest", (3, 6, 7))])
def test_it_proves_what_the_search_leaves_open_and_contradicts_nothing(objective: str, seeds: tuple[int, ...]) -> None:
    """Careers on which the search, cut short, proves nothing: the bound it gave holds for what is then proven."""
    brief = Limits(explored=50)
    settled = 0
    for seed in seeds:
        instance = sparse(seed, objective, 40, 80)
        one = solve(instance, limits=brief)
        if one.proven_optimal:
            continue
        other = solve_by_cp_sat(instance, limits=brief, effort=1.5)
        settled += other.proven_optimal
        (plan,) = other.plans
        assert check(instance, plan) == ()
        reached = Fraction(plan.arrival_day) if objective == "fastest" else plan.cost
        assert one.bound is not None and reached >= one.bound
        assert other.bound is not None and reached >= other.bound >= one.bound
    assert settled >= 2
