"""Regions: whose prices hold where nobody says otherwise, and in which money each region pays."""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.model.ids import RegionId

DEFAULT_REGION = RegionId("us")
REGION_CURRENCIES: Mapping[str, str] = {"us": "USD", "uk": "GBP", "ca": "CAD", "eu": "EUR", "in": "INR"}
