"""The planner's front door on real instances, on small questions worked out by hand, and where it is cut short."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from pmcareer.planning.instance import (
    All,
    Certification,
    ExperienceDays,
    Holds,
    Instance,
    Move,
    Objective,
    Renewal,
    Role,
    Start,
    TenureDays,
)
from pmcareer.planning.instance_format import parse_instance
from pmcareer.planning.plan import Limits
from pmcareer.planning.replay import check
from pmcareer.planning.solver import solve

FILES = sorted((Path(__file__).parents[3] / "benchmarks" / "instances").glob("*.json"))


def real(path: Path, objective: Objective) -> Instance:
    document = json.loads(path.read_text(), parse_float=Decimal)
    instance, problems = parse_instance({**document, "objective": objective}, path.name)
    assert instance is not None, list(problems)
    return instance


@pytest.mark.parametrize("objective", ["fastest", "cheapest"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_instances_are_proven_without_exhaustive_search(path: Path, objective: Objective) -> None:
    instance = real(path, objective)
    outcome = solve(instance, limits=Limits(explored=0))
    assert outcome.proven_optimal
    assert outcome.reason == "optimal"
    (plan,) = outcome.plans
    assert check(instance, plan) == ()


def test_there_are_real_instances() -> None:
    assert len(FILES) >= 5


def interrupted(objective: Objective = "fastest") -> Instance:
    """Three roles in a row; ``x`` is granted by the first and the last, and 10 days of it are asked."""
    return Instance(
        start=Start("a"),
        target="t",
        roles={"a": Role(frozenset({"x"})), "b": Role(frozenset({"y"})), "c": Role(frozenset({"x"})), "t": Role()},
        moves=(
            Move("a", "b"),
            Move("b", "c", TenureDays(4)),
            Move("c", "t", ExperienceDays("x", 10)),
        ),
        certifications={},
        hours_per_week=Fraction(7),
        horizon_days=100,
        objective=objective,
    )


def test_a_role_that_interrupts_an_experience_costs_its_days() -> None:
    # 10 days of x in a and c together, and 4 days in b between them: 14 days, however they are shared out
    (plan,) = solve(interrupted()).plans
    assert plan.arrival_day == 14


def test_a_move_on_a_day_on_which_nothing_happens() -> None:
    """x, y and z are granted two by two by three roles in a row, and 10 days of each are asked: five days in each."""
    roles = {
        "a": Role(frozenset("xy")),
        "b": Role(frozenset("xz")),
        "c": Role(frozenset("yz")),
        "t": Role(),
    }
    asked = tuple(ExperienceDays(kind, 10) for kind in "xyz")
    moves = (Move("a", "b"), Move("b", "c"), Move("c", "t", All(asked)))
    instance = replace(interrupted(), roles=roles, moves=moves)
    outcome = solve(instance)
    assert outcome.proven_optimal
    # each day counts for two of the three kinds and 30 days of kinds are asked for: 15 days, 5 in each role
    assert [plan.arrival_day for plan in outcome.plans] == [15]


def test_an_early_award_is_renewed_and_a_late_one_is_not() -> None:
    """Fastest may not idle, so the badge of day 7 is renewed once before day 100; cheapest may wait."""
    badge = Certification(Fraction(7), Fraction(100), renewal=Renewal(50, cost=Fraction(30)))
    instance = Instance(
        start=Start("a"),
        target="t",
        roles={"a": Role(), "t": Role()},
        moves=(Move("a", "t", All((Holds("badge"), TenureDays(100)))),),
        certifications={"badge": badge},
        hours_per_week=Fraction(7),
        horizon_days=200,
    )
    (fastest,) = solve(instance).plans
    assert (fastest.arrival_day, fastest.cost) == (100, Fraction(130))
    (cheapest,) = solve(replace(instance, objective="cheapest")).plans
    assert (cheapest.arrival_day, cheapest.cost) == (100, Fraction(100))


def test_fewest_exams_walks_the_long_way() -> None:
    instance = Instance(
        start=Start("a"),
        target="t",
        roles={"a": Role(), "b": Role(), "t": Role()},
        moves=(Move("a", "t", Holds("c")), Move("a", "b", TenureDays(60)), Move("b", "t")),
        certifications={"c": Certification(Fraction(7), Fraction(1))},
        hours_per_week=Fraction(7),
        horizon_days=200,
        objective="fewest-exams",
    )
    outcome = solve(instance)
    assert outcome.proven_optimal
    assert [(plan.arrival_day, plan.exams) for plan in outcome.plans] == [(60, 0)]
    (fastest,) = solve(replace(instance, objective="fastest")).plans
    assert (fastest.arrival_day, fastest.exams) == (7, 1)


def test_out_of_reach_is_proven() -> None:
    instance = replace(interrupted(), horizon_days=13)
    outcome = solve(instance)
    assert (outcome.plans, outcome.proven_optimal, outcome.reason) == ((), True, "no-plan")


def test_cut_short_keeps_a_lawful_plan_and_a_bound() -> None:
    """Three studies whose upkeep slows one another: the bounds do not meet, and the search may not look at all."""
    heavy = Renewal(70, hours=Fraction(10))
    instance = Instance(
        start=Start("a"),
        target="t",
        roles={"a": Role(), "t": Role()},
        moves=(Move("a", "t", All((Holds("c"), Holds("d"), Holds("e")))),),
        certifications={name: Certification(Fraction(14), Fraction(1), renewal=heavy) for name in "cde"},
        hours_per_week=Fraction(7),
        horizon_days=500,
    )
    outcome = solve(instance, limits=Limits(explored=0))
    assert not outcome.proven_optimal
    assert outcome.reason == "limit"
    assert outcome.bound is not None
    (plan,) = outcome.plans
    assert check(instance, plan) == ()
    assert outcome.bound <= plan.arrival_day
    whole = solve(instance)
    assert whole.proven_optimal
    # 14 h at 7 h a week: 14 days; upkeep 1 h a week each from the day after an award. The second study begins on the
    # day of the first award (no upkeep yet): 14 days; the third with one certification earned before: 14 h at 6 h a
    # week, 17 days (16 1/3 rounded up).
    assert whole.plans[0].arrival_day == 14 + 14 + 17


def test_stopped_at_once_claims_nothing() -> None:
    outcome = solve(interrupted(), should_stop=lambda: True)
    assert (outcome.plans, outcome.proven_optimal, outcome.reason) == ((), False, "stopped")


def test_start_is_target() -> None:
    outcome = solve(replace(interrupted(), target="a"))
    assert outcome.proven_optimal
    assert outcome.plans[0].steps == ()
