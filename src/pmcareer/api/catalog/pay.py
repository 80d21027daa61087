"""Pay of a role: the newest band that serves for it in a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import RegionId, RoleId
from pmcareer.model.sources import Citation, cite
from pmcareer.money import Money
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.model.pay import PayBand, RolePay


@dataclass(frozen=True, slots=True)
class PayAt:
    """Pay of a role: the median of its band, with the occupation it was matched to; ``amount`` None: unknown."""

    role: RoleId
    amount: Money | None
    band: str = ""
    period: str = ""
    match: str = ""
    citation: Citation | None = None


def pay_at(catalog: Catalog, role: RoleId, region: RegionId) -> PayAt:
    """The median of the role's band; unknown where none is matched to it."""
    found = band_of(catalog, role, region)
    if found is None:
        return PayAt(role, None)
    band, match = found
    median = band.percentiles.p50 if band.percentiles else None
    return PayAt(
        role,
        median.value if median else None,
        band.name,
        band.period,
        match.match,
        cite(median.provenance, catalog.sources) if median else None,
    )


def band_of(catalog: Catalog, role: RoleId, region: RegionId) -> tuple[PayBand, RolePay] | None:
    """The role's primary band with percentiles, newest first, and how well it fits; None where there is none."""
    found = [(band, match) for band, match in catalog.index.pay_of(role, region) if band.percentiles]
    return max(found, key=lambda pair: (pair[1].primary, pair[0].year), default=None)
