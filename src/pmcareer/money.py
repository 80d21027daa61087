"""Money: exact amounts with a currency, and sums that never mix currencies silently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from pmcareer.values import dataclass

_MONEY = re.compile(r"(\d{1,12}(?:\.\d{1,2})?) ([A-Z]{3})", re.ASCII)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An exact amount in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str) -> Money:
        """``555 USD`` or ``93.50 GBP``; raises ValueError for anything else."""
        match = _MONEY.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not an amount with a currency, such as '555 USD'")
        return cls(Decimal(match[1]), match[2])

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self} and {other} are in different currencies")
        return Money(self.amount + other.amount, self.currency)

    def times(self, factor: int | Decimal) -> Money:
        """The amount *factor* times, unrounded."""
        return Money(self.amount * factor, self.currency)

    def in_currency(self, currency: str, rate: Decimal) -> Money:
        """Converted at *rate* (units of *currency* for one of ours), rounded half up to the cent."""
        return Money((self.amount * rate).quantize(_CENT, ROUND_HALF_UP), currency)

    @property
    def plain(self) -> str:
        """The amount with two decimals and no separators, as machine output has it: ``555.00``."""
        return str(self.amount.quantize(_CENT, ROUND_HALF_UP))

    def __str__(self) -> str:
        rounded = self.amount.quantize(_CENT, ROUND_HALF_UP)
        digits = f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"
        return f"{digits} {self.currency}"


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One sum for each currency, in the order of the currencies' codes."""
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))
