"""A catalog out of a store: tables and an index that read an entry when somebody asks for it.

Where the store turns out to be broken, however late, the catalog is read afresh from its files, and nobody notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pmcareer.model.catalog import Catalog
from pmcareer.model.catalog_index import NAMED_TABLES, CatalogIndex, NamedTable, ScannedIndex, Step
from pmcareer.model.certifications import Certification, Membership
from pmcareer.model.ids import CertificationId, MembershipId, RegionId, RoleId
from pmcareer.model.pay import PayBand, RolePay
from pmcareer.model.renewal_rules import RenewalRule
from pmcareer.reading.catalog_store import BrokenStoreError, Store, StoreWriter

K = TypeVar("K", bound=str)
V = TypeVar("V")

TABLES = (
    "sources",
    "issuers",
    "certifications",
    "roles",
    "ladders",
    "experience_kinds",
    "skills",
    "niches",
    "methods",
    "selection_models",
    "pay",
    "assumptions",
)


# --- writing --------------------------------------------------------------------------------------------------------


def write_catalog(catalog: Catalog) -> StoreWriter:
    """Everything that ``cached_catalog`` needs of *catalog*."""
    writer = StoreWriter()
    for table in TABLES:
        entries = getattr(catalog, table)
        writer.directory(table, {id_: writer.entry(entry) for id_, entry in entries.items()})
    writer.directory("rates", writer.entry(tuple(catalog.rates)))
    _write_index(catalog, writer)
    return writer


def _write_index(catalog: Catalog, writer: StoreWriter) -> None:
    index = ScannedIndex(catalog)
    for table in NAMED_TABLES:
        writer.directory(f"forms of {table}", index.forms(table))
        writer.directory(f"short names of {table}", index.short_names(table))
    writer.directory("satisfied by", index.satisfiers())
    writer.directory("steps", index.steps())
    memberships = {m.id: writer.entry(m) for issuer in catalog.issuers.values() for m in issuer.memberships}
    writer.directory("memberships", memberships)
    shared = {i.id: {r.id: writer.entry(r) for r in i.rules} for i in catalog.issuers.values()}
    own = {c.id: {r.id: writer.entry(r) for r in c.rules} for c in catalog.certifications.values() if c.rules}
    writer.directory("shared rules", shared)
    writer.directory("own rules", own)
    pay = {
        region: {match.role: writer.entry(index.pay_of(match.role, region)) for match in data.roles}
        for region, data in catalog.pay.items()
    }
    writer.directory("pay of roles", pay)


# --- reading --------------------------------------------------------------------------------------------------------


def cached_catalog(store: Store, read: Callable[[], Catalog]) -> Catalog:
    """The catalog in *store*; *read* gives the same catalog from its files, should the store fail."""
    cached = _Cached(store, read)
    index = _CachedIndex(cached)
    tables: dict[str, Any] = {table: _Table[Any, Any](cached, table, index) for table in TABLES}
    return Catalog(**tables, rates=_Rates(cached, index))


class _Cached:
    """A store, the directories and entries taken out of it so far, and the way out if it fails."""

    def __init__(self, store: Store, read: Callable[[], Catalog]) -> None:
        self._store = store
        self._read = read
        self._directories: dict[str, Any] = {}
        self._entries: dict[int, Any] = {}
        self._afresh: Catalog | None = None

    def get(self, take: Callable[[_Cached], V], instead: Callable[[Catalog], V]) -> V:
        """What *take* takes out of the store, or what *instead* takes out of the catalog read afresh."""
        if self._afresh is None:
            try:
                return take(self)
            except BrokenStoreError:
                self._afresh = self._read()
        return instead(self._afresh)

    def directory(self, name: str) -> Any:
        if name not in self._directories:
            content = self._store.directory(name)
            if not isinstance(content, dict if name not in ("steps", "rates") else list):
                raise BrokenStoreError(name)
            self._directories[name] = content
        return self._directories[name]

    def entry(self, place: Any, type_: type[V]) -> V:
        """The value at a place, read once."""
        value = self._entries.get(place[0]) if isinstance(place, list) and place else None
        if value is None:
            value = self._store.entry(place)
            self._entries[place[0]] = value
        if not isinstance(value, type_):
            raise BrokenStoreError(type_.__name__)
        return value


class _Table(Mapping[K, V]):
    """One table of the catalog; asking for its keys reads no entry."""

    def __init__(self, cached: _Cached, name: str, index: CatalogIndex) -> None:
        self.catalog_index = index
        self._cached = cached
        self._name = name
        self._read: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._read:
            if key not in self._ids():
                raise KeyError(key)
            self._read[key] = self._cached.get(
                lambda cached: cached.entry(cached.directory(self._name)[key], object),
                lambda catalog: getattr(catalog, self._name)[key],
            )
        return self._read[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._ids())

    def __len__(self) -> int:
        return len(self._ids())

    def __contains__(self, key: object) -> bool:
        return key in self._ids()

    def __repr__(self) -> str:
        return f"<{len(self)} {self._name} from the cache>"

    def _ids(self) -> Mapping[K, Any]:
        return self._cached.get(
            lambda cached: cached.directory(self._name),
            lambda catalog: getattr(catalog, self._name),
        )


class _Rates(Sequence[Any]):
    """The exchange rates, read all at once when the first is asked for."""

    def __init__(self, cached: _Cached, index: CatalogIndex) -> None:
        self.catalog_index = index
        self._cached = cached
        self._read: Sequence[Any] | None = None

    def _all(self) -> Sequence[Any]:
        if self._read is None:
            self._read = self._cached.get(
                lambda cached: cached.entry(cached.directory("rates"), tuple), lambda catalog: tuple(catalog.rates)
            )
        return self._read

    def __getitem__(self, position: Any) -> Any:
        return self._all()[position]

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self._all()) == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())


class _CachedIndex(CatalogIndex):
    """The index that was written with the catalog."""

    def __init__(self, cached: _Cached) -> None:
        self._cached = cached

    def forms(self, table: NamedTable) -> Mapping[str, Sequence[str]]:
        """As the base class says."""
        return self._cached.get(lambda c: c.directory(f"forms of {table}"), lambda c: c.index.forms(table))

    def short_names(self, table: NamedTable) -> Mapping[str, str]:
        """As the base class says."""
        return self._cached.get(lambda c: c.directory(f"short names of {table}"), lambda c: c.index.short_names(table))

    def satisfied_by(self, certification: CertificationId) -> Sequence[CertificationId]:
        """As the base class says."""
        return self._cached.get(
            lambda c: c.directory("satisfied by").get(certification, ()),
            lambda c: c.index.satisfied_by(certification),
        )

    def steps(self) -> Sequence[Step]:
        """As the base class says."""
        return self._cached.get(_steps, lambda c: c.index.steps())

    def membership(self, membership: MembershipId) -> Membership | None:
        """As the base class says."""

        def take(cached: _Cached) -> Membership | None:
            place = cached.directory("memberships").get(membership)
            return cached.entry(place, Membership) if place is not None else None

        return self._cached.get(take, lambda c: c.index.membership(membership))

    def rules_of(self, certification: Certification) -> tuple[RenewalRule, ...]:
        """As the base class says."""

        def take(cached: _Cached) -> tuple[RenewalRule, ...]:
            shared = cached.directory("shared rules").get(certification.issuer, {})
            places = {**shared, **cached.directory("own rules").get(certification.id, {})}
            return tuple(cached.entry(places[r], RenewalRule) for r in certification.renewal if r in places)

        return self._cached.get(take, lambda c: c.index.rules_of(certification))

    def pay_of(self, role: RoleId, region: RegionId) -> tuple[tuple[PayBand, RolePay], ...]:
        """As the base class says."""

        def take(cached: _Cached) -> tuple[tuple[PayBand, RolePay], ...]:
            place = cached.directory("pay of roles").get(region, {}).get(role)
            return cached.entry(place, tuple) if place is not None else ()

        return self._cached.get(take, lambda c: c.index.pay_of(role, region))


def _steps(cached: _Cached) -> Sequence[Step]:
    try:
        return [Step(*step) for step in cached.directory("steps")]
    except TypeError as error:
        raise BrokenStoreError("steps") from error
