"""Prices of what was earned without being in a baseline: those that the catalog has for its day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pmcareer.api.compiling.joining import preparations_joining
from pmcareer.api.compiling.prices import InCurrency
from pmcareer.api.compiling.questions import PlanRequest, situation_of
from pmcareer.api.plans.dating import money_of
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import CertificationId
from pmcareer.model.pricing import Payer
from pmcareer.money import Money
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class PricesThen:
    """What awards cost the person who asks, in one currency."""

    catalog: Catalog
    request: PlanRequest
    currency: str

    def award(self, id_: str, on: date) -> Money | None:
        """The price of earning a certification on a day, required courses included; None where a part is unknown."""
        certification = self.catalog.certifications.get(CertificationId(id_))
        if certification is None:
            return None
        situation = situation_of(self.request)
        payer = Payer(on, situation.region, self.currency, situation.memberships)
        exchange, total = InCurrency(self.catalog.rates, payer), Fraction(0)
        for line in preparations_joining(self.catalog, certification, payer)[0].lines:
            amount = None if line.amount.value is None else exchange(line.amount.value)
            if amount is None:
                return None
            total += amount
        return money_of(total, self.currency)
