"""A baseline: a plan as it was saved, to be held against what happened; the one description of its file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pmcareer.model.ids import RoleId
from pmcareer.money import Money
from pmcareer.values import dataclass

SCHEMA: Literal["pmcareer.baseline/1"] = "pmcareer.baseline/1"
MOST_STEPS = 5000


def rounded(value: Fraction) -> Decimal:
    """A number of hours as it is kept, to four decimals: enough to see a change, and always finite."""
    return (Decimal(round(value * 10_000)) / 10_000).normalize() + 0


@dataclass(frozen=True, slots=True)
class BaselineMoney:
    """An amount as JSON has it: text with two decimals, and the currency's code."""

    amount: str
    currency: str

    def check(self) -> Iterator[tuple[str, str, str]]:
        """What is no amount."""
        try:
            Money.parse(f"{self.amount} {self.currency}")
        except ValueError:
            message = f"{self.amount[:40]!r} {self.currency[:10]!r} is not an amount with a currency"
            yield "field-money", message, 'write {"amount": "555.00", "currency": "USD"}'

    @property
    def money(self) -> Money:
        """The amount; only of one that has passed its check."""
        return Money(Decimal(self.amount), self.currency)


@dataclass(frozen=True, slots=True)
class BaselineStep:
    """A step as it was planned. ``cost`` null: its price was unknown. ``rule``: what was asked for it, in one line.

    ``fee_only``: a fee on its day, nothing is renewed by it.
    """

    kind: Literal["study", "earn", "move", "renew"]
    id: str
    name: str
    start: date
    end: date
    critical: bool
    cost: BaselineMoney | None = None
    hours: Decimal | None = None
    rule: str = ""
    fee_only: bool = False

    def check(self) -> Iterator[tuple[str, str, str]]:
        """A step that ends before it begins."""
        if self.end < self.start:
            yield "field-value", f"the step ends on {self.end}, before it begins on {self.start}", ""


@dataclass(frozen=True, slots=True)
class BaselinePlan:
    """The whole file. ``saved``: the as-of date of the plan. ``cost_at_least``: some price was unknown."""

    schema: Literal["pmcareer.baseline/1"]
    saved: date
    from_: RoleId
    to: RoleId
    objective: str
    hours_per_week: Decimal
    arrives: date
    cost: BaselineMoney
    cost_at_least: bool
    steps: tuple[BaselineStep, ...]

    def check(self) -> Iterator[tuple[str, str, str]]:
        """More steps than any plan has, an arrival before the plan was made, amounts in several currencies."""
        if len(self.steps) > MOST_STEPS:
            yield "field-value", f"{len(self.steps)} steps are more than any plan has", ""
        if self.arrives < self.saved:
            yield "field-value", f"it arrives on {self.arrives}, before it was saved on {self.saved}", ""
        if {step.cost.currency for step in self.steps if step.cost} - {self.cost.currency}:
            yield "field-money", "its amounts are in several currencies", "save it again"
