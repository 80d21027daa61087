"""What upkeep costs: money of each step with its origin, each shared fee once, and hours, each shared hour once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from pmcareer.model.ids import CertificationId
from pmcareer.money import Money
from pmcareer.renewals.categories import ZERO
from pmcareer.values import dataclass

Hours = Fraction


class Exchange(Protocol):
    """Amounts in the currency that upkeep is compared in; None: no rate is known."""

    def __call__(self, money: Money) -> Fraction | None:
        """*money* as a number of the common currency."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """Least unknown prices first, then least money (in the common currency), then least hours."""

    unknown: int = 0
    money: Fraction = ZERO
    hours: Hours = ZERO

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.unknown + other.unknown, self.money + other.money, self.hours + other.hours)

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.unknown - other.unknown, self.money - other.money, self.hours - other.hours)


@dataclass(frozen=True, slots=True)
class UpkeepLine:
    """One thing to be paid: ``amount`` None is not known."""

    what: str
    certification: CertificationId
    on: date
    amount: Money | None


@dataclass(frozen=True, slots=True)
class Charge:
    """A line before it is known whether the group has paid it already; ``once`` names what is paid only once."""

    line: UpkeepLine
    once: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class Till:
    """What was paid for things that are paid once: the highest amount so far, by name and day."""

    paid: tuple[tuple[tuple[str, date], Fraction], ...] = ()

    def charged(self, charges: Iterable[Charge], exchange: Exchange) -> tuple[Till, Cost, tuple[UpkeepLine, ...]]:
        """The till after *charges*, what they cost, and the lines that cost something.

        Of what is paid once the highest amount counts: where less was paid before, the difference is due.
        """
        paid, cost, lines = dict(self.paid), Cost(), []
        for amount, charge in _highest_first(charges, exchange):
            before = paid.get(charge.once, ZERO) if charge.once else ZERO
            if amount is None:
                if charge.once is None or charge.once not in paid:
                    cost += Cost(unknown=1)
                    lines.append(charge.line)
            elif amount > before or charge.once is None:
                cost += Cost(money=amount - before)
                lines.append(replace(charge.line, amount=_part(charge.line.amount, amount - before, amount)))
            if charge.once:
                paid[charge.once] = max(before, amount or ZERO)
        return Till(tuple(sorted(paid.items()))), cost, tuple(lines)


@dataclass(frozen=True, slots=True)
class Effort:
    """Hours earned on which days, by pool of certifications that share them."""

    earned: tuple[tuple[str, tuple[tuple[date, Hours], ...]], ...] = ()

    def asked(self, pool: str, since: date, on: date, hours: Hours) -> tuple[Effort, Hours]:
        """The effort when *hours* are asked for between two days (inclusive), and how many of them are new.

        New ones are earned as late as possible, where they serve the most.
        """
        pools = dict(self.earned)
        days = pools.get(pool, ())
        new = max(hours - sum((amount for day, amount in days if since <= day <= on), ZERO), ZERO)
        if new > 0:
            pools[pool] = (*days, (on, new))
        return replace(self, earned=tuple(sorted(pools.items()))), new


def _highest_first(charges: Iterable[Charge], exchange: Exchange) -> list[tuple[Fraction | None, Charge]]:
    priced = [(exchange(charge.line.amount) if charge.line.amount else None, charge) for charge in charges]
    return sorted(priced, key=lambda pair: (pair[0] is None, -(pair[0] or ZERO)))


def _part(money: Money | None, due: Fraction, whole: Fraction) -> Money | None:
    """The part of an amount that is due, in its own currency."""
    if money is None or due == whole:
        return money
    share = due / whole
    return Money(money.amount * share.numerator / share.denominator, money.currency)


def same_currency(currency: str) -> Exchange:
    """An exchange that knows one currency only."""

    def exchange(money: Money) -> Fraction | None:
        return Fraction(money.amount) if money.currency == currency else None

    return exchange
