"""The catalog read: layers of folders to one ``Catalog``, with every problem of every file.

Ids are shared by all layers; an entry that stands twice is a problem, never a silent winner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, Issuer
from pmcareer.model.documents import ExperienceFile, NichesFile, RatesFile, SkillsFile
from pmcareer.model.methods import MethodsFile
from pmcareer.model.pay import Rate, RegionPay
from pmcareer.model.roles import Ladder, Role
from pmcareer.problems import Position, Problems
from pmcareer.reading.catalog_files import CatalogFile, files_of, strangers_of
from pmcareer.reading.catalog_layers import Layer, TooManyFilesError, shipped_layer
from pmcareer.reading.catalog_references import check_references
from pmcareer.reading.files import shown_path
from pmcareer.reading.scope import Reference
from pmcareer.reading.typed import Document, read_document
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class CatalogReading:
    """What a reading gave: the catalog as far as it could be understood, and every problem."""

    catalog: Catalog
    problems: Problems


@dataclass(slots=True)
class _Gathering:
    """Entries by table as they come in, where each was written, and the ids met on the way."""

    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    rates: list[Rate] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    def put(self, table: str, entry: Any, file: CatalogFile, id_: str) -> None:
        """Add an entry under its id, or report that the id is taken."""
        if first := self.places.get((table, id_)):
            message = f"{id_!r} is already defined in {first}"
            self.problems.add("catalog-duplicate-id", message, Position(file.name), hint="ids are shared by all layers")
            return
        self.places[table, id_] = f"{file.name} ({file.layer})"
        self.tables.setdefault(table, {})[id_] = entry


def read_catalog(overlays: Sequence[Layer] = (), *, shipped: Layer | None = None) -> CatalogReading:
    """The shipped catalog with *overlays* added in order."""
    gathering = _Gathering()
    for layer in (shipped or shipped_layer(), *overlays):
        _read_layer(layer, gathering)
    catalog = _catalog(gathering)
    check_references(catalog, gathering.references, gathering.problems)
    return CatalogReading(catalog, gathering.problems)


def _read_layer(layer: Layer, gathering: _Gathering) -> None:
    at = Position(shown_path(layer.folder))
    if not layer.folder.is_dir():
        gathering.problems.add("file-missing", "there is no such catalog folder", at, hint="check the path")
        return
    try:
        files, strangers = list(files_of(layer)), list(strangers_of(layer))
    except OSError as error:
        gathering.problems.add("file-unreadable", f"the catalog folder cannot be listed: {error.strerror}", at)
        return
    except TooManyFilesError:
        hint = "is it the right folder?"
        gathering.problems.add("catalog-too-large", "the folder holds more files than a catalog would", at, hint=hint)
        return
    for name in strangers:
        hint = "see docs/reference/catalog-format.md for where files belong"
        gathering.problems.add("catalog-stray-file", "no catalog file belongs here", Position(name), hint=hint)
    for file in files:
        document: Document[object] = read_document(file.path, file.type_, layer=file.layer, name=file.name)
        gathering.problems.extend(document.problems)
        gathering.references.extend(document.references)
        if document.value is not None:
            _put_all(document.value, file, gathering)


def _put_all(value: object, file: CatalogFile, gathering: _Gathering) -> None:
    for table, id_, entry in _entries(value):
        gathering.put(table, entry, file, id_)
    if isinstance(value, RatesFile):
        gathering.rates.extend(value.rates)
    own = _own_id(value)
    if own is not None and file.path.stem not in (own, "_issuer"):
        message = f"the file is named {file.path.name!r} but its id is {own!r}"
        gathering.problems.add("catalog-id-file", message, Position(file.name), hint=f"name the file {own}.yaml")


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


def _catalog(gathering: _Gathering) -> Catalog:
    tables: dict[str, Any] = dict(gathering.tables)
    return Catalog(**tables, rates=tuple(gathering.rates))
