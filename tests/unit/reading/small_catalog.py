"""A catalog small enough to see at once, in files that a test may change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pmcareer.reading.catalog_layers import SHIPPED, Layer

ISSUER = """\
id: acme
name: Acme Institute
memberships: [{id: acme, name: Acme membership, prices: [{amount: 10 USD}]}]
rules:
  - {id: acme-for-life, summary: For life., validity: {kind: lifetime}}
source: acme
sources: [{id: acme, title: Acme, publisher: Acme, read: 2026-01-02, standing: official}]
"""
CERTIFICATION = """\
id: acme-one
name: Acme One
abbreviation: A1
aliases: [Acme the First]
issuer: acme
level: entry
source: acme
lifecycle: {status: active}
eligibility: {}
study: {hours: 10}
renewal: [acme-for-life]
"""
TWO = CERTIFICATION.replace("acme-one", "acme-two").replace("Acme One", "Acme Two").replace("A1", "A2")
ROLE = "{{id: {0}, name: The {0}, summary: A role., grants: [work]}}\n"
LADDER = """\
id: way
name: The way
moves: [{from: low, to: high, rules: {requires: {holds: acme-one}, standing: judgement, because: so}}]
"""
PAY = """\
region: us
name: United States
currency: USD
source: acme
bands: [{id: b1, name: B, region: us, period: "2025", year: 2025, kind: survey, percentiles: {p50: 50000 USD}}]
roles: [{role: low, band: b1, match: close}]
"""
FILES = {
    "certifications/acme/_issuer.yaml": ISSUER,
    "certifications/acme/acme-one.yaml": CERTIFICATION,
    "certifications/acme/acme-two.yaml": TWO + "satisfies: [acme-one]\n",
    "roles/low.yaml": ROLE.format("low"),
    "roles/high.yaml": ROLE.format("high"),
    "ladders/way.yaml": LADDER,
    "pay/us.yaml": PAY,
    "experience.yaml": "kinds: [{id: work, name: Work, summary: Work.}]\n",
    "rates.yaml": "source: acme\nrates: [{currency: GBP, of: USD, on: 2026-01-01, rate: 1.3}]\n",
}


def write_layer(folder: Path, files: Mapping[str, str], name: str = SHIPPED) -> Layer:
    """A layer of these files."""
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    return Layer(name, folder)
