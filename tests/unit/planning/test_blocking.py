"""What stands in the way of a plan: every smallest set of constraints to ease."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pmcareer.planning.blocking import Relaxation, blocking_sets
from pmcareer.planning.instance import All, Certification, EducationRank, Holds, Instance, Move, Role, Start, TenureDays

# 40 days of tenure and 30 hours of study at an hour a day, for 50 money; a deadline on day 20 and a budget of 10.
QUESTION = Instance(
    start=Start("r", education=1),
    target="t",
    roles={"r": Role(), "t": Role(), "island": Role()},
    moves=(Move("r", "t", All((TenureDays(40), Holds("a")))), Move("r", "t", All((EducationRank(3), Holds("a"))))),
    certifications={"a": Certification(Fraction(30), Fraction(50))},
    hours_per_week=Fraction(7),
    horizon_days=300,
    budget=Fraction(10),
    deadline_day=20,
)
BUDGET = Relaxation("budget", lambda i: replace(i, budget=None))
DEADLINE = Relaxation("deadline", lambda i: replace(i, deadline_day=None))
HOURS = Relaxation("hours", lambda i: replace(i, hours_per_week=Fraction(14)))
DEGREE = Relaxation("degree", lambda i: replace(i, start=replace(i.start, education=3)))


def test_every_smallest_set_with_its_plan() -> None:
    """In time only with a degree and more hours (15 days); later without either (40 days)."""
    found = blocking_sets(QUESTION, (BUDGET, DEADLINE, HOURS, DEGREE))
    plans = {one.names: one.outcome.plans[0].arrival_day for one in found.sets}
    assert plans == {("budget", "deadline"): 40, ("budget", "hours", "degree"): 15}
    assert found.complete
    assert not found.always_unreachable


def test_nothing_stands_in_the_way() -> None:
    free = replace(QUESTION, budget=None, deadline_day=None)
    found = blocking_sets(free, (HOURS,))
    assert [one.names for one in found.sets] == [()]


def test_out_of_reach_whatever_is_eased() -> None:
    found = blocking_sets(replace(QUESTION, target="island"), (BUDGET, DEADLINE))
    assert found.sets == ()
    assert found.always_unreachable


def test_relaxations_of_which_none_is_given() -> None:
    found = blocking_sets(QUESTION, ())
    assert found.sets == ()
    assert found.always_unreachable
