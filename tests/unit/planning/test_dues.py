"""What falls due within cycles and on listed days, and what stops holding: instances small enough to work by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.planner_oracles import brute_force

from pmcareer.planning.instance import All as AllOf
from pmcareer.planning.instance import (
    AnyOf,
    ByDay,
    Certification,
    Holds,
    Instance,
    Move,
    Objective,
    Renewal,
    Role,
    Start,
    TenureDays,
)
from pmcareer.planning.instance_format import instance_document, parse_instance
from pmcareer.planning.plan import Plan
from pmcareer.planning.replay import check
from pmcareer.planning.solver import solve


def ask(start: Start, moves: tuple[Move, ...], objective: Objective = "fastest", **papers: Certification) -> Instance:
    roles = {name: Role() for name in "abc"}
    return Instance(start, "c", roles, moves, papers, Fraction(7), 60, objective)


def best(instance: Instance) -> Plan:
    """The plan, proven, lawful by the auditor, and worth what brute force says."""
    outcome = solve(instance)
    (plan,) = outcome.plans
    assert outcome.proven_optimal and check(instance, plan) == ()
    answer = brute_force.best(instance)
    assert answer is not None
    assert (plan.arrival_day, plan.cost, plan.exams) == (answer.arrival, answer.cost, answer.exams)
    return plan


def test_listed_days_stand_instead_of_cycles() -> None:
    """x of day -5 in cycles of 4 would be renewed on days 3, 7 and 11; listed are 2 on day 0 and 5 on day 10."""
    x = Certification(Fraction(0), Fraction(0), renewal=Renewal(4, cost=Fraction(100)))
    dues = {"x": ((0, Fraction(2)), (10, Fraction(5)), (11, Fraction(7)))}
    plan = best(ask(Start("a", holds={"x": -5}, dues=dues), (Move("a", "c", TenureDays(10)),), x=x))
    assert [(step.kind, step.end_day, int(step.cost)) for step in plan.steps] == [
        ("renew", 0, 2),
        ("move", 10, 0),
        ("renew", 10, 5),
    ]
    assert plan.cost == 7


def test_a_fee_within_each_cycle() -> None:
    """Earned on day 1 (1 hour at 7 a week), a cycle of 6 days with 3 on its day 2, and 10 at its end: 3, 9 and 7."""
    x = Certification(Fraction(1), Fraction(20), renewal=Renewal(6, cost=Fraction(10), dues=((2, Fraction(3)),)))
    moves = (Move("a", "b", Holds("x")), Move("b", "c", TenureDays(8)))
    plan = best(ask(Start("a"), moves, x=x))
    assert [(step.end_day, int(step.cost)) for step in plan.steps if step.kind == "renew"] == [(3, 3), (7, 10), (9, 3)]
    assert plan.cost == 36


def test_a_held_certification_pays_within_the_cycle_that_runs() -> None:
    """Earned 3 days ago, a cycle of 5: its end on days 2 and 7, its fee 4 days in on days 1 and 6."""
    x = Certification(Fraction(0), Fraction(0), renewal=Renewal(5, cost=Fraction(10), dues=((4, Fraction(1)),)))
    plan = best(ask(Start("a", holds={"x": -3}), (Move("a", "c", TenureDays(6)),), x=x))
    assert [(step.end_day, int(step.cost)) for step in plan.steps if step.kind == "renew"] == [(1, 1), (2, 10), (6, 1)]


@pytest.mark.parametrize(("last", "arrival", "cost"), [(5, 5, 0), (4, 8, 30)])
def test_what_lapses_counts_through_its_last_day(last: int, arrival: int, cost: int) -> None:
    """Five days' tenure, and something that counts through day 5, or 4; else x, which takes 8 hours at 7 a week."""
    x = Certification(Fraction(8), Fraction(30))
    asks = AllOf((TenureDays(5), AnyOf((ByDay(last), Holds("x")))))
    plan = best(ask(Start("a"), (Move("a", "c", asks),), x=x))
    assert (plan.arrival_day, int(plan.cost)) == (arrival, cost)


def test_what_lapses_may_open_a_way_that_goes_on() -> None:
    """b is entered by day 2 for nothing, or by x for 30; from b it is 3 days."""
    x = Certification(Fraction(3), Fraction(30))
    moves = (Move("a", "b", AnyOf((ByDay(2), Holds("x")))), Move("b", "c", TenureDays(3)))
    plan = best(ask(Start("a"), moves, x=x))
    assert (plan.arrival_day, int(plan.cost)) == (3, 0)
    assert solve(replace(ask(Start("a"), moves, x=x), objective="cheapest")).plans[0].cost == 0


def test_the_new_forms_go_out_and_come_back() -> None:
    x = Certification(Fraction(1), Fraction(1), renewal=Renewal(6, dues=((2, Fraction(3, 7)),)))
    start = Start("a", holds={"x": -5}, dues={"x": ((0, Fraction(2)), (10, Fraction(1, 3)))})
    instance = ask(start, (Move("a", "c", ByDay(9)),), x=x)
    again, problems = parse_instance(instance_document(instance), "same.json")
    assert again == instance and not problems.errors


@pytest.mark.parametrize(
    ("dues", "place"),
    [
        ({"y": []}, "start.dues.y"),
        ({"x": [{"day": 3, "cost": 1}, {"day": 3, "cost": 1}]}, "start.dues.x[1].day"),
        ({"x": [{"day": -1, "cost": 1}]}, "start.dues.x[0].day"),
        ({"x": [{"day": 1}]}, "start.dues.x[0]"),
    ],
)
def test_dues_that_make_no_sense_are_refused(dues: object, place: str) -> None:
    x = Certification(Fraction(0), Fraction(0))
    document = instance_document(ask(Start("a", holds={"x": -5}), (Move("a", "c"),), x=x))
    document["start"]["dues"] = dues
    instance, problems = parse_instance(document, "bad.json")
    assert instance is None
    assert any(problem.path.startswith(place) for problem in problems.errors)
