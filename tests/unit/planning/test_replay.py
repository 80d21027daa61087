"""The auditor of plans: a right plan passes, and each way of being wrong is noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.planning.questions import f

from pmcareer.planning.instance import (
    Certification,
    ExperienceDays,
    Holds,
    Instance,
    Move,
    Renewal,
    Role,
    Start,
    Variant,
)
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.replay import check

# Seven hours a week, one a day. "a" (10 hours, cycle of 20 days: 7 hours, 30 money) from day 0 to 10, earned on 10.
# Upkeep of "a": 7 hours in 20/7 weeks = 2.45 a week; but the study of "b" begins on day 10, the day "a" is earned,
# so it still has 7 hours a week: 5 hours (variant, since "a" is held) take 5 days, to 15. "b" asks 18 days of k,
# so the application goes in on 18, and 4 days later, on 22, it is earned. The role is left that day.
# "a" is renewed on 30, after arrival: not paid. Cost: 100 + 40.
INSTANCE = Instance(
    start=Start("r"),
    target="t",
    roles={"r": Role(frozenset({"k"})), "t": Role()},
    moves=(Move("r", "t", Holds("b")),),
    certifications={
        "a": Certification(f(10), f(100), renewal=Renewal(20, f(7), f(30))),
        "b": Certification(
            f(9), f(50), lead_days=4, eligibility=ExperienceDays("k", 18), variants=(Variant(Holds("a"), f(5), f(40)),)
        ),
    },
    hours_per_week=f(7),
    horizon_days=100,
    objective="cheapest",
)
STUDY_A = Step("study", "a", 0, 10)
EARN_A = Step("earn", "a", 10, 10, f(100))
STUDY_B = Step("study", "b", 10, 15, variant=0)
EARN_B = Step("earn", "b", 18, 22, f(40), 0)
MOVE = Step("move", "t", 22, 22)
PLAN = Plan(22, f(140), 2, (EARN_A, STUDY_A, STUDY_B, EARN_B, MOVE))


def with_steps(*steps: Step, **changes: object) -> Plan:
    return replace(PLAN, steps=tuple(sorted(steps, key=lambda step: step.order)), **changes)  # type: ignore[arg-type]


def test_a_plan_worked_out_by_hand_passes() -> None:
    assert check(INSTANCE, PLAN) == ()
    assert check(INSTANCE, PLAN, idle_allowed=False) == ()


def test_a_study_that_begins_late_is_idling_only_where_nobody_may() -> None:
    # on day 11 upkeep counts: 7 - 2.45 = 4.55 hours a week, 35 / 4.55 = 7.7: 8 days, to 19
    earned = replace(EARN_B, start_day=19, end_day=23)
    late = with_steps(
        STUDY_A,
        EARN_A,
        replace(STUDY_B, start_day=11, end_day=19),
        earned,
        replace(MOVE, start_day=23, end_day=23),
        arrival_day=23,
    )
    assert check(INSTANCE, late) == ()
    assert any("free" in text for text in check(INSTANCE, late, idle_allowed=False))


def test_a_renewal_before_arrival_must_stand_there() -> None:
    short = replace(INSTANCE.certifications["a"], renewal=Renewal(6, f(0), f(30)))
    instance = replace(INSTANCE, certifications={**INSTANCE.certifications, "a": short})
    assert len(check(instance, PLAN)) == 3  # two renewals, on 16 and 22, and the sum
    renewed = with_steps(*PLAN.steps, Step("renew", "a", 16, 16, f(30)), Step("renew", "a", 22, 22, f(30)), cost=f(200))
    assert check(instance, renewed) == ()


def test_a_cycle_that_ends_today_is_still_due() -> None:
    held = replace(INSTANCE, start=Start("r", holds={"a": -20}))
    plan = Plan(
        18 + 4,
        f(30 + 30 + 40),
        1,
        (
            Step("renew", "a", 0, 0, f(30)),
            Step("study", "b", 0, 8, variant=0),
            Step("renew", "a", 20, 20, f(30)),
            EARN_B,
            MOVE,
        ),
    )
    assert check(held, plan) == ()


@pytest.mark.parametrize(
    ("plan", "complaint"),
    [
        (replace(PLAN, cost=f(139)), "cost"),
        (replace(PLAN, exams=3), "exams"),
        (replace(PLAN, arrival_day=23), "target is reached"),
        (with_steps(STUDY_A, EARN_A, STUDY_B, EARN_B), "ends in r"),
        (with_steps(STUDY_A, EARN_A, STUDY_B, EARN_B, replace(MOVE, start_day=21, end_day=21)), "not open"),
        (with_steps(STUDY_A, EARN_A, STUDY_B, replace(EARN_B, start_day=17, end_day=21), MOVE), "does not happen"),
        (with_steps(STUDY_A, EARN_A, replace(STUDY_B, end_day=14), EARN_B, MOVE), "takes 5 days"),
        (with_steps(STUDY_A, EARN_A, replace(STUDY_B, variant=None, end_day=19), EARN_B, MOVE), "cheaper lawful"),
        (with_steps(STUDY_A, EARN_A, replace(STUDY_B, start_day=9, end_day=14), EARN_B, MOVE), "slot is taken"),
        (with_steps(STUDY_A, STUDY_B, EARN_B, MOVE), "is not stated"),
        (with_steps(EARN_A, STUDY_B, EARN_B, MOVE), "does not happen"),
        (with_steps(*PLAN.steps, Step("renew", "a", 20, 20, f(30))), "does not happen"),
        (with_steps(STUDY_A, replace(EARN_A, cost=f(1)), STUDY_B, EARN_B, MOVE), "is not stated"),
        (with_steps(*PLAN.steps, Step("study", "zz", 0, 1)), "unknown"),
        (with_steps(*PLAN.steps, replace(STUDY_A, start_day=15, end_day=25)), "within the plan"),
        (replace(PLAN, steps=PLAN.steps[::-1]), "order"),
    ],
)
def test_each_fault_is_noticed(plan: Plan, complaint: str) -> None:
    found = " ".join(check(INSTANCE, plan))
    assert complaint in found


def test_limits_are_kept() -> None:
    assert check(replace(INSTANCE, budget=f(140)), PLAN) == ()
    assert any("budget" in text for text in check(replace(INSTANCE, budget=f(139)), PLAN))
    assert check(replace(INSTANCE, deadline_day=22), PLAN) == ()
    assert any("too late" in text for text in check(replace(INSTANCE, deadline_day=21), PLAN))


def test_who_is_there_already_needs_no_steps() -> None:
    there = replace(INSTANCE, start=Start("t"))
    assert check(there, Plan(0, f(0), 0, ())) == ()
    assert check(there, PLAN)


def test_two_studies_of_no_hours_may_lean_on_each_other_in_one_order() -> None:
    """Both are taken on day 0; "b" is cheaper once "a" is held, which only one order allows."""
    instance = replace(
        INSTANCE,
        certifications={
            "a": Certification(f(0), f(10)),
            "b": Certification(f(0), f(9), variants=(Variant(Holds("a"), f(0), f(3)),)),
        },
        objective="fastest",
    )
    steps = (
        Step("earn", "a", 0, 0, f(10)),
        Step("earn", "b", 0, 0, f(3), 0),
        Step("move", "t", 0, 0),
        Step("study", "a", 0, 0),
        Step("study", "b", 0, 0, variant=0),
    )
    assert check(instance, Plan(0, f(13), 2, steps)) == ()
