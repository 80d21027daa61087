"""Pay bands and outlooks: published figures by occupation, and how well a role fits each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from pmcareer.model.currencies import CURRENCIES
from pmcareer.model.figures import Figure, Provenance
from pmcareer.model.ids import PayBandId, RegionId, RoleId
from pmcareer.model.sources import Source
from pmcareer.money import Money
from pmcareer.problems import Finding
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Pay a year at the 10th to the 90th percentile; absent: not published."""

    p10: Figure[Money] | None = None
    p25: Figure[Money] | None = None
    p50: Figure[Money] | None = None
    p75: Figure[Money] | None = None
    p90: Figure[Money] | None = None


@dataclass(frozen=True, slots=True)
class ExperienceBand:
    """Average pay from ``from_years`` of experience (inclusive) to ``below_years`` (exclusive; absent: no end)."""

    from_years: Decimal
    average: Figure[Money]
    below_years: Decimal | None = None


@dataclass(frozen=True, slots=True)
class EmployerPay:
    """Pay at one employer."""

    employer: str
    amount: Figure[Money]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PayBand:
    """One published set of pay figures, for one year or survey period.

    ``minimum`` and ``maximum`` are the ends of a pay scale, both inclusive.
    """

    id: PayBandId
    name: str
    region: RegionId
    period: str
    kind: Literal["official-statistics", "visa-going-rate", "pay-scale", "survey", "job-adverts", "list-prices"]
    year: int
    occupation: str = ""
    mean: Figure[Money] | None = None
    minimum: Figure[Money] | None = None
    maximum: Figure[Money] | None = None
    employed: Figure[int] | None = None
    percentiles: Percentiles | None = None
    by_experience: tuple[ExperienceBand, ...] = ()
    by_employer: tuple[EmployerPay, ...] = ()
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class RolePay:
    """The band that serves for a role's pay in a region; ``match`` says how well the occupation fits."""

    role: RoleId
    band: PayBandId
    match: Literal["exact", "close", "broad", "outer"]
    primary: bool = True
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Outlook:
    """How employment in an occupation is expected to change from one year to another, as published.

    ``growth_percent`` over the whole span; ``openings_per_year`` counts replacements too.
    """

    occupation: str
    name: str
    from_year: int
    to_year: int
    growth_percent: Figure[Decimal]
    employed: Figure[int] | None = None
    projected: Figure[int] | None = None
    openings_per_year: Figure[int] | None = None
    roles: tuple[RoleId, ...] = ()
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class RegionPay:
    """The pay data and the outlook of one region: one file."""

    region: RegionId
    name: str
    currency: str
    bands: tuple[PayBand, ...]
    roles: tuple[RolePay, ...]
    outlook: tuple[Outlook, ...] = ()
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)

    def check(self) -> Iterator[Finding]:
        """A currency that there is not."""
        return _no_currency(self.currency)


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of ``currency`` in ``of``, as published for a day or month beginning on ``on``."""

    currency: str
    of: str
    on: date
    rate: Figure[Decimal]
    provenance: Provenance = field(default_factory=Provenance)

    def check(self) -> Iterator[Finding]:
        """Currencies that there are not."""
        yield from _no_currency(self.currency)
        yield from _no_currency(self.of)


def _no_currency(code: str) -> Iterator[Finding]:
    if code not in CURRENCIES:
        yield (
            "field-value",
            f"{code[:10]!r} is not the code of a currency (ISO 4217)",
            "write its code, as in USD or EUR",
        )
