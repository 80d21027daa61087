"""What a profile holds, as the catalog knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmcareer.model.catalog import Catalog
    from pmcareer.model.ids import CertificationId
    from pmcareer.model.people import Profile


def short_name(catalog: Catalog, own: CertificationId) -> str:
    """What people call a certification: its abbreviation where it has one."""
    found = catalog.certifications.get(own)
    return (found.abbreviation or found.name) if found else own


def known_holdings(catalog: Catalog, profile: Profile) -> list[CertificationId]:
    """The certifications of a profile that the catalog has."""
    return [held.id for held in profile.certifications if held.id in catalog.certifications]
