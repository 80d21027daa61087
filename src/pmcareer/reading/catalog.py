"""The catalog read: layers of folders to one ``Catalog``, with every problem of every file.

Ids are shared by all layers; an entry that stands twice is a problem, never a silent winner. A later layer changes an
entry by extending it (``catalog_overlays``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pmcareer.model.assumptions import AssumptionsFile
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.documents import ExperienceFile, NichesFile, RatesFile, SkillsFile
from pmcareer.model.methods import MethodsFile
from pmcareer.model.pay import Rate, RegionPay
from pmcareer.model.roles import Ladder, Role
from pmcareer.problems import Position, Problems
from pmcareer.reading.catalog_drafts import draft_layers, read_draft
from pmcareer.reading.catalog_files import CatalogFile
from pmcareer.reading.catalog_graph import check_circles
from pmcareer.reading.catalog_layers import Layer, shipped_layer
from pmcareer.reading.catalog_references import Met, check_ids
from pmcareer.reading.scope import INVALID, Context, MetFigure, Reference
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class CatalogReading:
    """What a reading gave: the catalog as far as it could be understood, every problem, and what was met where."""

    catalog: Catalog
    problems: Problems
    references: Sequence[Reference] = ()
    figures: Sequence[MetFigure] = ()


@dataclass(slots=True)
class _Gathering:
    """Entries by table as they come in, and what was met on the way."""

    problems: Problems
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    rates: list[Rate] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    figures: list[MetFigure] = field(default_factory=list)

    def take(self, context: Context) -> None:
        """Take over what a reading met."""
        if context.problems is not self.problems:
            self.problems.extend(context.problems)
        self.references.extend(context.references)
        self.figures.extend(context.figures)

    def put(self, value: object, file: CatalogFile) -> None:
        """Add the entries that a document brings; the first of an id stays (the second is found to be a twin)."""
        for table, id_, entry in _entries(value):
            self.tables.setdefault(table, {}).setdefault(id_, entry)
        if isinstance(value, RatesFile):
            self.rates.extend(value.rates)
        own = _own_id(value)
        if own is not None and file.path.stem not in (own, "_issuer"):
            message = f"the file is named {file.path.name!r} but its id is {own!r}"
            self.problems.add("catalog-id-file", message, Position(file.shown), hint=f"name the file {own}.yaml")


def read_catalog(overlays: Sequence[Layer] = (), *, shipped: Layer | None = None) -> CatalogReading:
    """The shipped catalog with *overlays* laid over it in order."""
    drafts = draft_layers((shipped or shipped_layer(), *overlays))
    gathering = _Gathering(drafts.problems)
    for context in drafts.contexts:
        gathering.take(context)
    for draft in drafts.documents:
        value, context = read_draft(draft)
        gathering.take(context)
        if value is not INVALID:
            gathering.put(value, draft.file)
    catalog = Catalog(**_tables(gathering))
    met = Met(gathering.references)
    check_ids(catalog, met, gathering.problems)
    check_circles(catalog, met, gathering.problems)
    return CatalogReading(catalog, gathering.problems, gathering.references, gathering.figures)


def _tables(gathering: _Gathering) -> dict[str, Any]:
    return {**gathering.tables, "rates": tuple(gathering.rates)}


def _entries(value: object) -> Iterator[tuple[str, str, object]]:
    """The (table, id, entry) triples that a file brings, its sources among them."""
    match value:
        case Certification():
            yield "certifications", value.id, value
        case Issuer():
            yield "issuers", value.id, value
        case Role():
            yield "roles", value.id, value
        case Ladder():
            yield "ladders", value.id, value
        case RegionPay():
            yield "pay", value.region, value
        case ExperienceFile():
            yield from _named("experience_kinds", value.kinds)
        case SkillsFile():
            yield from _named("skills", value.skills)
        case NichesFile():
            yield from _named("niches", value.niches)
        case MethodsFile():
            yield from _named("methods", value.methods)
            yield from _named("selection_models", value.models)
        case AssumptionsFile():
            yield from _named("assumptions", value.assumptions)
        case _:
            pass
    yield from _named("sources", getattr(value, "sources", ()))


def _named(table: str, entries: Iterable[Any]) -> Iterator[tuple[str, str, object]]:
    return ((table, entry.id, entry) for entry in entries)


def _own_id(value: object) -> str | None:
    """The id that the file's name must repeat, where a file is one entry."""
    match value:
        case Certification() | Role() | Ladder():
            return value.id
        case RegionPay():
            return value.region
        case _:
            return None
