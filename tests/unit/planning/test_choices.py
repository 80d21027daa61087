"""Plans to choose between (pareto, alternatives, earnings), on questions worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.unit.planning.questions import THREE_WAYS, f

from pmcareer.planning.alternatives import alternatives
from pmcareer.planning.earnings import best_earning, earnings_of
from pmcareer.planning.instance import (
    All,
    Certification,
    Holds,
    Move,
    Renewal,
    Role,
)
from pmcareer.planning.pareto import pareto
from pmcareer.planning.replay import check


def test_one_plan_for_each_pair_that_nothing_betters() -> None:
    outcome = pareto(THREE_WAYS)
    assert [(plan.arrival_day, plan.cost) for plan in outcome.plans] == [(4, f(90)), (9, f(30)), (25, f(0))]
    assert outcome.proven_optimal
    assert outcome.bound == 0
    assert [check(THREE_WAYS, plan, idle_allowed=True) for plan in outcome.plans] == [(), (), ()]


def test_a_pair_needs_a_reason_to_wait() -> None:
    free = replace(THREE_WAYS, certifications={**THREE_WAYS.certifications, "dear": Certification(f(4), f(0))})
    assert [(plan.arrival_day, plan.cost) for plan in pareto(free).plans] == [(4, f(0))]


def test_pareto_within_budget_and_deadline() -> None:
    limited = replace(THREE_WAYS, budget=f(80), deadline_day=24)
    assert [(plan.arrival_day, plan.cost) for plan in pareto(limited).plans] == [(9, f(30))]
    assert pareto(replace(limited, deadline_day=8)).plans == ()
    assert pareto(replace(limited, deadline_day=8)).reason == "no-plan"


def test_alternatives_differ_in_roles_or_certifications() -> None:
    outcome = alternatives(THREE_WAYS, 3)
    found = [(plan.arrival_day, plan.roles, plan.certifications) for plan in outcome.plans]
    assert found == [(4, ("t",), ("dear",)), (9, ("t",), ("mean",)), (25, ("side", "t"), ())]
    assert outcome.proven_optimal
    assert alternatives(THREE_WAYS, 2).plans == outcome.plans[:2]


def test_no_more_alternatives_than_there_are() -> None:
    outcome = alternatives(THREE_WAYS, 9)
    assert len(outcome.plans) == 3
    assert outcome.proven_optimal


def test_the_same_steps_in_another_order_are_no_alternative() -> None:
    both = replace(THREE_WAYS, moves=(Move("r", "t", All((Holds("dear"), Holds("mean")))),))
    assert len(alternatives(both, 5).plans) == 1


# 36,524.25 days are 100 years: a pay of 365.2425 a year is one a day.
PAID = replace(
    THREE_WAYS,
    objective="earnings",
    roles={
        "r": Role(pay_per_year=Fraction("365.2425")),
        "side": Role(pay_per_year=Fraction("365.2425") * 2),
        "t": Role(pay_per_year=Fraction("365.2425") * 3),
    },
)


def test_earnings_are_pay_minus_costs_to_the_horizon() -> None:
    """4 days at 1, 96 at 3, minus 90; 9 at 1, 91 at 3, minus 30; 20 at 1, 5 at 2, 75 at 3."""
    values = [earnings_of(PAID, plan) for plan in pareto(PAID).plans]
    assert values == [4 + 288 - 90, 9 + 273 - 30, 20 + 10 + 225]


def test_renewals_after_arrival_count() -> None:
    """ "mean", earned on day 9, is renewed every 40 days for 7: on 49 and 89."""
    kept = replace(PAID.certifications["mean"], renewal=Renewal(40, f(0), f(7)))
    renewed = replace(PAID, certifications={**PAID.certifications, "mean": kept})
    assert [earnings_of(renewed, plan) for plan in pareto(renewed).plans][1] == 9 + 273 - 30 - 14


def test_the_best_paid_is_proven() -> None:
    outcome = best_earning(PAID)
    (plan,) = outcome.plans
    assert (earnings_of(PAID, plan), outcome.bound, outcome.proven_optimal) == (f(255), f(255), True)
