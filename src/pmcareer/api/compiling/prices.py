"""Prices as an instance counts them: in the payer's currency, exact; what is unknown counts as ``UNPRICED``, listed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pmcareer.api.catalog.renewal_terms import RenewalTerms
from pmcareer.api.compiling.compiled import UNPRICED, Unknown
from pmcareer.dates import months_to_days
from pmcareer.model.exchange import exchange_rate
from pmcareer.model.ids import CertificationId
from pmcareer.model.pay import Rate
from pmcareer.model.pricing import Payer, PriceLine
from pmcareer.money import Money
from pmcareer.planning import instance as planning
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class InCurrency:
    """Prices as the instance counts them: in the payer's currency, rounded to hundredths; ``used``: the rates."""

    rates: Sequence[Rate]
    payer: Payer
    used: dict[Rate, None] = field(default_factory=dict)

    def __call__(self, money: Money) -> Fraction | None:
        """*money* as a number; None where no rate is published."""
        exchange = exchange_rate(money.currency, self.payer.currency, self.payer.on, self.rates)
        if exchange is None:
            return None
        factor, rates = exchange
        self.used.update(dict.fromkeys(rates))
        return round(Fraction(money.amount) * factor * 100) / Fraction(100)


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of one compilation. ``unknown`` and ``rates_used`` fill as prices are asked for."""

    rates: Sequence[Rate]
    payer: Payer
    unknown: dict[Unknown, None]
    rates_used: dict[Rate, None] = field(default_factory=dict)

    def cost_of(self, certification: CertificationId, lines: Sequence[PriceLine]) -> Fraction:
        """What *lines* come to together."""
        return sum((self.converted(certification, line) for line in lines), Fraction(0))

    def converted(self, certification: CertificationId, line: PriceLine) -> Fraction:
        """A price in the plan's currency; UNPRICED, and listed, where it or its exchange rate is unknown."""
        return self.priced(certification, line.what, line.amount.value)

    def priced(self, certification: CertificationId, what: str, money: Money | None) -> Fraction:
        """*money* in the plan's currency; UNPRICED, and listed, where it or its exchange rate is unknown."""
        if money is None:
            text = f"the price of {what} for {certification}"
            self.unknown.setdefault(Unknown("price", certification, text))
            return UNPRICED
        exchange = InCurrency(self.rates, self.payer)
        amount = exchange(money)
        if amount is None:
            text = f"{what} for {certification} costs {money}: no published rate to {self.payer.currency}"
            self.unknown.setdefault(Unknown("rate", certification, text))
            return UNPRICED
        self.rates_used.update(exchange.used)
        return amount

    def renewal(
        self, certification: CertificationId, terms: RenewalTerms | None, *, listed_by_day: bool
    ) -> planning.Renewal | None:
        """The cycle of *terms*; None where there is none. ``listed_by_day``: its payments stand with the start."""
        if terms is not None and (not terms.understood or (terms.cycle_days and terms.hours is None)):
            text = f"what keeping {certification} takes"
            self.unknown.setdefault(Unknown("renewal", certification, text))
        if terms is None or terms.cycle_days is None:
            return None
        hours = terms.hours or Fraction(0)
        if listed_by_day:
            return planning.Renewal(terms.cycle_days, hours)  # what falls due for what is held is listed by day
        cost, yearly = self.cost_of(certification, terms.lines), self.cost_of(certification, terms.yearly)
        if not yearly:
            return planning.Renewal(terms.cycle_days, hours, cost)
        ends = [months_to_days(12 * n) for n in range(1, terms.cycle_days // 365 + 1)]
        within = tuple((day, yearly) for day in ends if day < terms.cycle_days)
        return planning.Renewal(terms.cycle_days, hours, cost + yearly, within)
