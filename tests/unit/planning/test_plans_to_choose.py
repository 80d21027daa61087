"""Trade-offs of three, plans that differ materially, stops that gain nothing, and what a stay waits for; by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.planning.questions import THREE_WAYS, f

from pmcareer.planning.detours import without_detours
from pmcareer.planning.distinct import distinct
from pmcareer.planning.instance import (
    All,
    AnyOf,
    Certification,
    ExperienceDays,
    Holds,
    Instance,
    Move,
    Role,
    Start,
    TenureDays,
)
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.replay import check
from pmcareer.planning.stays import Stay, stays
from pmcareer.planning.tradeoffs import tradeoffs


def by_exams(two: int) -> Instance:
    """After 50 days, with three certifications for 10 in all, two for *two*, or one for 45; a day of study each."""
    prices = {"a": (f(10), 3), "b": (f(two), 2), "c": (f(45), 1)}
    entries = {
        f"{group}{n}": Certification(f(1), price if n == 0 else f(0))
        for group, (price, count) in prices.items()
        for n in range(count)
    }
    groups = [All(tuple(Holds(f"{group}{n}") for n in range(count))) for group, (_, count) in prices.items()]
    move = Move("r", "t", All((TenureDays(50), AnyOf(tuple(groups)))))
    return Instance(Start("r"), "t", {"r": Role(), "t": Role()}, (move,), entries, f(7), 100)


def test_every_trade_off_of_time_money_and_exams() -> None:
    outcome = tradeoffs(THREE_WAYS)
    assert [(p.arrival_day, p.cost, p.exams) for p in outcome.plans] == [(4, f(90), 1), (9, f(30), 1), (25, f(0), 0)]
    assert outcome.proven_optimal and outcome.bound == 0
    assert [check(THREE_WAYS, plan, idle_allowed=True) for plan in outcome.plans] == [(), (), ()]


def test_fewer_exams_for_more_money_is_a_trade_off() -> None:
    """Two exams for 20 lie below the line from (3, 10) to (1, 45), which passes 27.5: they are found and proven."""
    outcome = tradeoffs(by_exams(20))
    assert sorted((p.exams, p.cost) for p in outcome.plans) == [(1, f(45)), (2, f(20)), (3, f(10))]
    assert {p.arrival_day for p in outcome.plans} == {50} and outcome.proven_optimal


def test_a_trade_off_above_the_line_may_be_missed_and_nothing_is_claimed() -> None:
    outcome = tradeoffs(by_exams(30))
    assert {(1, f(45)), (3, f(10))} <= {(p.exams, p.cost) for p in outcome.plans}
    assert not outcome.proven_optimal


def test_trade_offs_within_a_budget() -> None:
    outcome = tradeoffs(replace(by_exams(20), budget=f(30)))
    assert all(plan.cost <= 30 for plan in outcome.plans)
    assert {(2, f(20)), (3, f(10))} <= {(p.exams, p.cost) for p in outcome.plans}


def test_nothing_to_trade_where_there_is_no_plan() -> None:
    outcome = tradeoffs(replace(THREE_WAYS, deadline_day=3))
    assert outcome.plans == () and outcome.proven_optimal and outcome.reason == "no-plan"


def test_plans_that_differ_do_without_something_of_each_before() -> None:
    outcome = distinct(THREE_WAYS, 5)
    assert [(p.roles, p.certifications) for p in outcome.plans] == [
        (("t",), ("dear",)),
        (("t",), ("mean",)),
        (("side", "t"), ()),
    ]
    assert outcome.proven_optimal


def test_a_plan_that_only_adds_a_stop_is_no_alternative() -> None:
    """By "stop" one arrives on the same day with the same certification: that is the first plan and a stop."""
    stop = (Move("r", "stop"), Move("stop", "t", AnyOf((Holds("dear"), Holds("mean")))))
    question = replace(THREE_WAYS, roles={**THREE_WAYS.roles, "stop": Role()}, moves=(*THREE_WAYS.moves, *stop))
    found = [(p.roles, p.certifications) for p in distinct(question, 5).plans]
    assert found == [(("t",), ("dear",)), (("t",), ("mean",)), (("side", "t"), ())]


def test_of_equal_plans_the_one_that_stays_put() -> None:
    """Twenty days of work are asked; a stop on the way gives them no sooner."""
    asked = ExperienceDays("k", 20)
    question = Instance(
        start=Start("r"),
        target="t",
        roles={"r": Role(frozenset({"k"})), "stop": Role(frozenset({"k"})), "t": Role()},
        moves=(Move("r", "t", asked), Move("r", "stop"), Move("stop", "t", asked)),
        certifications={},
        hours_per_week=f(7),
        horizon_days=100,
    )
    by_a_stop = Plan(20, f(0), 0, (Step("move", "stop", 0, 0), Step("move", "t", 20, 20)))
    assert check(question, by_a_stop) == ()
    assert without_detours(question, by_a_stop) == Plan(20, f(0), 0, (Step("move", "t", 20, 20),))


def test_a_stop_that_gains_something_stays() -> None:
    plan = Plan(25, f(0), 0, (Step("move", "side", 20, 20), Step("move", "t", 25, 25)))
    question = replace(THREE_WAYS, certifications={}, moves=THREE_WAYS.moves[1:])
    assert without_detours(question, plan) == plan


def test_what_a_stay_waits_for() -> None:
    """In "r" for 20 days of tenure, in "side" for 5 more: the days on which the moves open."""
    moves = (Step("move", "side", 20, 20), Step("move", "t", 25, 25))
    assert stays(THREE_WAYS, Plan(25, f(0), 0, moves), moves) == (
        Stay("r", 0, 20, "side", (TenureDays(20),)),
        Stay("side", 20, 25, "t", (TenureDays(5),)),
    )


def test_a_move_made_later_than_need_be_waits_for_nothing() -> None:
    moves = (Step("move", "side", 22, 22), Step("move", "t", 27, 27))
    assert [stay.awaited for stay in stays(THREE_WAYS, Plan(27, f(0), 0, moves), moves)] == [(), (TenureDays(5),)]
