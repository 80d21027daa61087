"""Money and hours by quarter, against hand arithmetic."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

from pmcareer.api.catalog.pay import PayAt
from pmcareer.api.plans.answers import DatedPlan, PlannedStep, StepKind
from pmcareer.model.ids import RoleId
from pmcareer.money import Money
from pmcareer.views.plans.quarters import hours_by_quarter, money_by_quarter

AS_OF = date(2026, 11, 23)


def step(kind: StepKind, start: date, end: date, cost: str = "0", hours: int | None = None) -> PlannedStep:
    money = Money.parse(f"{cost} USD")
    spent = Fraction(hours) if hours is not None else None
    return PlannedStep(kind, "pmp", "PMP", start, end, money, True, spent, (), (), False, 0)


def plan(*steps: PlannedStep, arrives: date) -> DatedPlan:
    total = Money.parse("0 USD")
    for one in steps:
        total = total + one.cost if one.cost else total
    pay = PayAt(RoleId("x"), None)
    return DatedPlan(arrives, 0, Fraction(0), total, False, (), 1, tuple(steps), (), (), pay, pay)


def test_hours_are_spread_evenly_over_days() -> None:
    """From 22 December to 10 January (exclusive): 10 days in December, 9 in January; 19 hours are one a day."""
    study = step("study", date(2026, 12, 22), date(2027, 1, 10), hours=19)
    quarters = hours_by_quarter(plan(study, arrives=date(2027, 4, 1)), AS_OF)
    assert [q.name for q in quarters] == ["2026 Q4", "2027 Q1", "2027 Q2"]
    assert [q.amounts["study"] for q in quarters] == [10, 9, 0]
    assert [q.total for q in quarters] == [10, 19, 19]


def test_renewal_credits_stand_in_the_quarter_in_which_they_are_due() -> None:
    renewal = step("renew", date(2027, 3, 31), date(2027, 3, 31), "150", 60)
    quarters = hours_by_quarter(plan(renewal, arrives=date(2027, 4, 1)), AS_OF)
    assert [q.amounts["credits"] for q in quarters] == [0, 60, 0]


def test_money_falls_into_the_quarter_of_its_day() -> None:
    """The last day of one quarter and the first of the next are kept apart; what is free is paid nowhere."""
    steps = (
        step("earn", date(2026, 12, 1), date(2026, 12, 31), "399.50"),
        step("renew", date(2027, 1, 1), date(2027, 1, 1), "100"),
        step("move", date(2027, 9, 30), date(2027, 9, 30)),
    )
    quarters = money_by_quarter(plan(*steps, arrives=date(2027, 9, 30)), AS_OF)
    assert [(q.name, q.amounts["paid"]) for q in quarters] == [
        ("2026 Q4", Fraction("399.50")),
        ("2027 Q1", 100),
        ("2027 Q2", 0),
        ("2027 Q3", 0),
    ]
    assert quarters[-1].total == Fraction("499.50")


def test_quarters_run_from_the_as_of_date_without_a_gap() -> None:
    quarters = money_by_quarter(plan(arrives=date(2029, 1, 1)), AS_OF)
    assert quarters[0].first == date(2026, 10, 1) and quarters[-1].end == date(2029, 4, 1)
    assert all(one.end == later.first for one, later in pairwise(quarters))


def test_a_step_after_the_arrival_is_not_lost() -> None:
    late = step("renew", date(2028, 2, 1), date(2028, 2, 1), "10", 5)
    assert money_by_quarter(plan(late, arrives=AS_OF), AS_OF)[-1].total == 10
