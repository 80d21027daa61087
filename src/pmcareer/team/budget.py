"""Budget: who of a staff could fill which role, at what price, and the choice that a budget allows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.money import Money
from pmcareer.values import dataclass

End: TypeAlias = Literal["filled", "nobody"]
"""Why no further step can be bought: all positions are filled, or nobody else has a way there in time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role to be filled; ``positions`` None: by as many as possible."""

    target: RoleId
    positions: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One person's cheapest way to one target: what it costs in cents, how many days it takes, what is earned on it."""

    person: str
    manager: str | None
    role: RoleId
    target: RoleId
    cents: int
    days: int
    arrives: date
    certifications: tuple[CertificationId, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Options chosen, in the order in which they were offered. ``proven``: no choice is better."""

    options: tuple[Option, ...]
    proven: bool = True

    @property
    def cents(self) -> int:
        """What they cost together."""
        return sum(one.cents for one in self.options)

    @property
    def days(self) -> int:
        """The days of all of them, one after another."""
        return sum(one.days for one in self.options)


@dataclass(frozen=True, slots=True)
class TeamBudget:
    """What ``team budget`` answers.

    ``next_step``: the cheapest choice with one more person ready, whatever it costs; None: ``no_more`` says why.
    ``candidates`` could be considered, ways were sought for ``planned`` of them, and ``no_way`` of these have none that
    arrives in time and is fully priced. ``in_role`` hold one of the roles already; ``no_role``: left out, since nobody
    knows what they are.
    """

    as_of: date
    by: date | None
    budget: Money
    wanted: tuple[Wanted, ...]
    choice: Choice
    next_step: Choice | None
    no_more: End | None
    candidates: int
    planned: int
    no_way: int
    in_role: int
    no_role: int

    def money(self, cents: int) -> Money:
        """Cents as money of the budget's currency."""
        return Money(cents_as_amount(cents), self.budget.currency)


def cents_of(money: Money) -> int:
    """Whole cents, fractions of one rounded up: a price is never shown less than it is."""
    scaled = money.amount * 100
    whole = int(scaled)
    return whole if whole == scaled else whole + 1


def cents_as_amount(cents: int) -> Decimal:
    """The amount that so many cents are."""
    return Decimal(cents).scaleb(-2)
