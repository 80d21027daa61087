"""Pay of a role: the newest band that serves for it in a region."""

from __future__ import annotations

from pmcareer.api.answers import PayAt
from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import RegionId, RoleId
from pmcareer.model.sources import cite


def pay_at(catalog: Catalog, role: RoleId, region: RegionId) -> PayAt:
    """The median of the role's primary band, newest first; unknown where none is matched to it."""
    found = [(band, match) for band, match in catalog.index.pay_of(role, region) if band.percentiles]
    if not found:
        return PayAt(role, None)
    band, match = max(found, key=lambda pair: (pair[1].primary, pair[0].year))
    median = band.percentiles.p50 if band.percentiles else None
    return PayAt(
        role,
        median.value if median else None,
        band.name,
        band.period,
        match.match,
        cite(median.provenance, catalog.sources) if median else None,
    )
