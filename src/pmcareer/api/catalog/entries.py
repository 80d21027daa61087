"""An entry of the catalog with what belongs to it: a certification's rules, and the sources that are cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pmcareer.api.catalog.queries import Found, Table, find_entry
from pmcareer.api.catalog.renewal_terms import rule_for_new_awards
from pmcareer.api.catalog.roles import RoleSurroundings, surroundings_of
from pmcareer.api.loading import layers_of
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.figures import Origin
from pmcareer.model.ids import SourceId
from pmcareer.model.renewal_rules import RenewalRule
from pmcareer.model.roles import Role
from pmcareer.model.sources import Source
from pmcareer.model.walking import provenances_in
from pmcareer.reading.catalog_layers import Layer, shipped_layer
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry, its rules (oldest first) with the one that governs what is earned on the as-of date, its sources."""

    as_of: date
    table: Table
    id: str
    entry: Any
    issuer: str
    rules: tuple[RenewalRule, ...]
    governing: RenewalRule | None
    sources: Mapping[SourceId, Source]
    names: Mapping[str, str]
    places: Mapping[str, Origin]
    around: RoleSurroundings | None = None  # of a role

    def written_at(self, path: str) -> tuple[Origin, ...]:
        """Where the values at and below a path were written, once for each layer; empty where nobody asked."""
        from pmcareer.reading.catalog_places import origins_below

        return origins_below(self.places, path) if self.places else ()


def show_entry(
    catalog: Catalog, asked: str, as_of: date, *, overlays: Sequence[Path] = (), origins: bool = False
) -> ShownEntry:
    """The entry that *asked* means; errors as for ``find_entry``.

    *origins*: look up too where each of its values was written, in the shipped catalog and in *overlays*.
    """
    found = find_entry(catalog, asked)
    layers = (shipped_layer(), *layers_of(overlays))
    certification = found.entry if isinstance(found.entry, Certification) else None
    rules = catalog.rules_of(certification) if certification else ()
    issuer = catalog.issuers.get(certification.issuer) if certification else None
    around = surroundings_of(catalog, found.entry, as_of) if isinstance(found.entry, Role) else None
    return ShownEntry(
        as_of=as_of,
        table=found.table,
        id=found.id,
        entry=found.entry,
        issuer=issuer.name if issuer else "",
        rules=rules,
        governing=rule_for_new_awards(catalog, certification, as_of) if certification else None,
        sources=_cited(catalog, (found.entry, *rules, around)),
        names=catalog.index.short_names("certifications"),
        places=_places(layers, found) if origins else {},
        around=around,
    )


def _places(layers: Sequence[Layer], found: Found) -> Mapping[str, Origin]:
    from pmcareer.reading.catalog_places import places_of

    return places_of(layers, found.table, found.id)


def _cited(catalog: Catalog, values: tuple[Any, ...]) -> dict[SourceId, Source]:
    """The sources behind *values*, in the order in which they are cited."""
    cited: dict[SourceId, Source] = {}
    for provenance in provenances_in(values):
        if provenance.source is not None and provenance.source in catalog.sources:
            cited.setdefault(provenance.source, catalog.sources[provenance.source])
    return cited
