"""Quarters: a plan's money and hours by the quarters of the calendar, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from pmcareer.api.plans.answers import DatedPlan, PlannedStep
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter from its ``first`` day to ``end`` (exclusive): what falls into it by kind, and all up to its end."""

    first: date
    end: date
    amounts: Mapping[str, Fraction]
    total: Fraction

    @property
    def name(self) -> str:
        """``2027 Q1``."""
        return f"{self.first.year} Q{(self.first.month + 2) // 3}"


def money_by_quarter(plan: DatedPlan, as_of: date) -> list[Quarter]:
    """What is paid, in the plan's currency, on the days on which it falls due; what has no known price is not in it."""
    paid = [
        ("paid", step.end, step.end, Fraction(step.cost.amount))
        for step in plan.steps
        if step.cost is not None and step.cost.amount
    ]
    return _summed(paid, ("paid",), as_of, plan.arrives)


def hours_by_quarter(plan: DatedPlan, as_of: date) -> list[Quarter]:
    """Hours of study, spread evenly over its days; the credits that a renewal asks for, on the day they are due."""
    return _summed(list(_hours(plan.steps)), ("study", "credits"), as_of, plan.arrives)


def _hours(steps: tuple[PlannedStep, ...]) -> Iterator[tuple[str, date, date, Fraction]]:
    for step in steps:
        if step.hours and step.kind == "study":
            # The slot is free again on the last day.
            yield "study", step.start, max(step.start, step.end - timedelta(days=1)), step.hours
        elif step.hours:
            yield "credits", step.end, step.end, step.hours


def _summed(
    spans: list[tuple[str, date, date, Fraction]], kinds: tuple[str, ...], as_of: date, arrives: date
) -> list[Quarter]:
    """Amounts on spans of days (both ends inclusive) by quarter, from the as-of date's to the last that is used."""
    last = max([arrives, *(end for _, _, end, _ in spans)])
    total, quarters = Fraction(0), []
    for first, end in _quarters(as_of, last):
        amounts = {kind: sum((_share(s, first, end) for s in spans if s[0] == kind), Fraction(0)) for kind in kinds}
        total += sum(amounts.values(), Fraction(0))
        quarters.append(Quarter(first, end, amounts, total))
    return quarters


def _share(span: tuple[str, date, date, Fraction], first: date, end: date) -> Fraction:
    _, begins, ends, amount = span
    days = (ends - begins).days + 1
    inside = (min(ends, end - timedelta(days=1)) - max(begins, first)).days + 1
    return amount * max(0, inside) / days


def _quarters(first: date, last: date) -> Iterator[tuple[date, date]]:
    begins = date(first.year, 3 * ((first.month - 1) // 3) + 1, 1)
    while begins <= last:
        ends = date(begins.year + begins.month // 10, (begins.month + 3) % 12, 1)
        yield begins, ends
        begins = ends
