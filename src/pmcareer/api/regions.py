"""Regions: whose prices hold where nobody says otherwise, and in which money each region pays."""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.model.catalog import Catalog
from pmcareer.model.ids import RegionId

DEFAULT_REGION = RegionId("us")
REGION_CURRENCIES: Mapping[str, str] = {"us": "USD", "uk": "GBP", "ca": "CAD", "eu": "EUR", "in": "INR"}


def known_regions(catalog: Catalog) -> tuple[RegionId, ...]:
    """The regions that one can be in: those with pay, and those for which issuers name prices of their own."""
    return tuple(sorted({*catalog.pay, *map(RegionId, REGION_CURRENCIES)}))
