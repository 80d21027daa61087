"""Schemes: what renewals need of a catalog, for the certifications that a question is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Issuer
from pmcareer.model.ids import CertificationId
from pmcareer.renewals.scheme import Scheme, members_of, scheme_of


def scheme_for(catalog: Catalog, held: Sequence[CertificationId]) -> Scheme:
    """What renewals need of the catalog for these certifications: their issuers and all that these join together."""
    own = {catalog.certifications[c].issuer for c in held}
    issuers = [catalog.issuers[i] for i in sorted(own) if i in catalog.issuers]
    named = {*held, *(c for issuer in issuers for c in _joined_by(issuer))}
    return scheme_of((catalog.certifications[c] for c in sorted(named)), issuers, catalog.sources)


def _joined_by(issuer: Issuer) -> Iterator[CertificationId]:
    for group in issuer.groups:
        yield from members_of(group)
    for cascade in issuer.cascades:
        yield from (*cascade.of, *cascade.renews)
    for designation in issuer.designations:
        yield from (designation.certification, *designation.when_holding)
