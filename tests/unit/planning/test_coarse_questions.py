"""Requirements with too many alternatives to list: bounds ask for what all of them share, proposals for one of them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    Certification,
    ExperienceDays,
    Holds,
    Instance,
    Move,
    Requirement,
    Role,
    Start,
    TenureDays,
)
from pmcareer.planning.packages import Packages
from pmcareer.planning.problem import problem_of
from pmcareer.planning.replay import check
from pmcareer.planning.solver import solve

NAMES = [f"c{n:02}" for n in range(16)]


def some(first: int, last: int) -> tuple[Requirement, ...]:
    return tuple(Holds(name) for name in NAMES[first:last])


# 56 ways times 8 times 2.
MANY = All((TenureDays(40), ExperienceDays("work", 60), AtLeast(3, some(0, 8)), AnyOf(some(8, 16))))


def asked(*moves: Move) -> Instance:
    """A day of study for each certification, the first ones cheapest; days of work behind one: none."""
    return Instance(
        start=Start("a"),
        target="c",
        roles={"a": Role(frozenset({"work"})), "b": Role(frozenset({"work"})), "c": Role()},
        moves=moves,
        certifications={name: Certification(Fraction(1), Fraction(10 + n)) for n, name in enumerate(NAMES)},
        hours_per_week=Fraction(7),
        horizon_days=400,
    )


def test_what_all_alternatives_share_is_asked() -> None:
    problem = problem_of(asked(Move("a", "c", MANY)))
    packages = Packages(problem)
    (way,) = problem.ways[problem.start_role]
    found = packages.alternatives(way.requires)
    assert packages.coarse
    # Three of eight are 56 ways, too many: what they share is nothing. Any of eight is listed.
    assert {(one.tenure, one.amounts) for one in found} == {(40, ((0, 60),))}
    assert sorted(one.papers.bit_count() for one in found) == [1] * 8


@pytest.mark.parametrize(
    ("second", "late", "more"), [(None, 0, 0), (TenureDays(5), 5, 0), (AnyOf((Holds("c03"), TenureDays(50))), 0, 1)]
)
def test_a_plan_is_found_all_the_same(second: Requirement | None, late: int, more: int) -> None:
    """Soonest on day 60 for three and one at the least prices: 10 + 11 + 12 + 18; with c03 in place of c02 one more."""
    instance = asked(Move("a", "b", MANY), Move("b", "c", second))
    (plan,) = solve(instance).plans
    assert check(instance, plan) == ()
    assert (plan.arrival_day, plan.cost) == (60 + late, Fraction(51 + more))
