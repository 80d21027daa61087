"""The order in which the steps of a plan can be done, those of one day included."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.planner_oracles.random_instances import keen, tiny
from tests.planner_oracles.step_by_step import impossible_steps
from tests.unit.planning.questions import f

from pmcareer.planning.events import in_order_of_events
from pmcareer.planning.instance import (
    All,
    Certification,
    Holds,
    Instance,
    Move,
    Renewal,
    Role,
    Start,
    TenureDays,
    Variant,
)
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.solver import solve

# On day 3, when the study of "z" ends and the tenure is there: "held" is renewed, "z" is awarded and opens "a", which
# takes no time and, with "z", costs nothing; both are asked for by the way r, y, b, t, of which only the first asks
# tenure. By name the moves would be b, t, y; the awards a, z.
ALL_AT_ONCE = Instance(
    start=Start("r", holds={"held": -7}),
    target="t",
    roles={name: Role() for name in ("r", "y", "b", "t")},
    moves=(
        Move("r", "b", TenureDays(4)),
        Move("r", "y", All((TenureDays(3), Holds("a")))),
        Move("y", "b"),
        Move("b", "y", TenureDays(1)),
        Move("b", "t"),
        Move("y", "t", TenureDays(1)),
    ),
    certifications={
        "z": Certification(f(3), f(5)),
        "a": Certification(f(4), f(2), eligibility=Holds("z"), variants=(Variant(Holds("z"), f(0), f(0)),)),
        "held": Certification(f(1), f(1), renewal=Renewal(10, f(0), f(6))),
    },
    hours_per_week=f(7),
    horizon_days=30,
)
IN_ORDER = (
    Step("renew", "held", 3, 3, f(6)),
    Step("study", "z", 0, 3),
    Step("earn", "z", 3, 3, f(5)),
    Step("study", "a", 3, 3, variant=0),
    Step("earn", "a", 3, 3, f(0), 0),
    Step("move", "y", 3, 3),
    Step("move", "b", 3, 3),
    Step("move", "t", 3, 3),
)


def test_a_day_full_of_steps() -> None:
    (plan,) = solve(ALL_AT_ONCE).plans
    assert in_order_of_events(ALL_AT_ONCE, plan) == IN_ORDER
    assert impossible_steps(ALL_AT_ONCE, IN_ORDER) == []
    assert impossible_steps(ALL_AT_ONCE, plan.steps)  # what the plan itself has by name cannot be done so


def test_a_plan_that_is_not_lawful_keeps_all_its_steps() -> None:
    steps = tuple(sorted((step for step in IN_ORDER if step.id != "y"), key=lambda step: step.order))
    found = in_order_of_events(ALL_AT_ONCE, Plan(3, f(11), 2, steps))
    assert sorted(found, key=lambda step: step.order) == list(steps)


def test_a_thousand_awards_on_one_day() -> None:
    """Each asks the one before it: c0, c1 … and by name c10 would come before c2."""
    names = [f"c{i}" for i in range(1000)]
    papers = {
        name: Certification(f(0), f(1), eligibility=Holds(names[i - 1]) if i else None) for i, name in enumerate(names)
    }
    moves = (Move("r", "t", Holds(names[-1])),)
    instance = replace(ALL_AT_ONCE, start=Start("r"), moves=moves, certifications=papers)
    steps = [Step(kind, name, 0, 0, f(kind == "earn")) for name in names for kind in ("study", "earn")]
    plan = Plan(0, f(1000), 1000, tuple(sorted([*steps, Step("move", "t", 0, 0)], key=lambda step: step.order)))
    awards = [step.id for step in in_order_of_events(instance, plan) if step.kind == "earn"]
    assert awards == names


@pytest.mark.parametrize("objective", ["fastest", "cheapest", "fewest-exams", "earnings"])
def test_every_plan_can_be_done_as_it_is_told(objective: str) -> None:
    for seed in range(150):
        instance = keen(seed, objective) if seed % 2 else tiny(seed, objective, horizon=10, most_papers=3)
        for plan in solve(instance).plans:
            told = in_order_of_events(instance, plan)
            assert sorted(told, key=lambda step: step.order) == list(plan.steps)
            assert (seed, impossible_steps(instance, told)) == (
                seed,
                [] if plan.steps else impossible_steps(instance, ()),
            )
