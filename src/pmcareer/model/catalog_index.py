"""What is asked of a catalog as a whole, without looking at every entry: names, who satisfies what, the graph of moves.

A catalog read from its files is scanned when it is first asked; one from the cache brings its index along.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

from pmcareer.model.ids import CertificationId, LadderId, MembershipId, RegionId, RoleId

if TYPE_CHECKING:
    from pmcareer.model.catalog import Catalog
    from pmcareer.model.certifications import Certification, Membership
    from pmcareer.model.pay import PayBand, RolePay
    from pmcareer.model.renewal_rules import RenewalRule

# The tables whose entries have names.
NamedTable: TypeAlias = Literal[
    "certifications",
    "roles",
    "issuers",
    "ladders",
    "experience_kinds",
    "skills",
    "niches",
    "methods",
    "selection_models",
]
NAMED_TABLES: tuple[NamedTable, ...] = get_args(NamedTable)


class Step(NamedTuple):
    """A move as the graph of roles has it."""

    ladder: LadderId
    origin: RoleId
    into: RoleId


class CatalogIndex(ABC):
    """Answers about the whole of one catalog."""

    @abstractmethod
    def forms(self, table: NamedTable) -> Mapping[str, Sequence[str]]:
        """Every plain form of a name (``model.names``) with the ids that it may mean."""

    @abstractmethod
    def short_names(self, table: NamedTable) -> Mapping[str, str]:
        """What people call each entry: its abbreviation where it has one, else its name; in the catalog's order."""

    @abstractmethod
    def satisfied_by(self, certification: CertificationId) -> Sequence[CertificationId]:
        """The certifications that say they satisfy *certification*."""

    @abstractmethod
    def steps(self) -> Sequence[Step]:
        """All moves of all ladders, in order."""

    @abstractmethod
    def membership(self, membership: MembershipId) -> Membership | None:
        """The membership, whichever issuer has it."""

    @abstractmethod
    def rules_of(self, certification: Certification) -> tuple[RenewalRule, ...]:
        """The renewal rules of *certification* in its own order, looked up in its file and then in its issuer's."""

    @abstractmethod
    def pay_of(self, role: RoleId, region: RegionId) -> tuple[tuple[PayBand, RolePay], ...]:
        """The bands of a region that serve for a role, each with how well it fits."""


class ScannedIndex(CatalogIndex):
    """The index of a catalog that is at hand as a whole; each part is made once, when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._forms: dict[str, dict[str, list[str]]] = {}
        self._short_names: dict[str, dict[str, str]] = {}
        self._satisfiers: dict[CertificationId, list[CertificationId]] | None = None
        self._steps: list[Step] | None = None

    def forms(self, table: NamedTable) -> Mapping[str, Sequence[str]]:
        """As the base class says."""
        from pmcareer.model.names import forms_of

        if table not in self._forms:
            self._forms[table] = forms_of((entry.id, words_of(entry)) for entry in self._entries(table))
        return self._forms[table]

    def short_names(self, table: NamedTable) -> Mapping[str, str]:
        """As the base class says."""
        if table not in self._short_names:
            self._short_names[table] = {entry.id: short_name(entry) for entry in self._entries(table)}
        return self._short_names[table]

    def satisfied_by(self, certification: CertificationId) -> Sequence[CertificationId]:
        """As the base class says."""
        return self.satisfiers().get(certification, ())

    def satisfiers(self) -> Mapping[CertificationId, Sequence[CertificationId]]:
        """``satisfied_by`` for every certification that others satisfy."""
        if self._satisfiers is None:
            self._satisfiers = _satisfiers(self._catalog)
        return self._satisfiers

    def steps(self) -> Sequence[Step]:
        """As the base class says."""
        if self._steps is None:
            self._steps = list(_steps(self._catalog))
        return self._steps

    def membership(self, membership: MembershipId) -> Membership | None:
        """As the base class says."""
        all_ = (m for issuer in self._catalog.issuers.values() for m in issuer.memberships)
        return next((m for m in all_ if m.id == membership), None)

    def rules_of(self, certification: Certification) -> tuple[RenewalRule, ...]:
        """As the base class says."""
        issuer = self._catalog.issuers.get(certification.issuer)
        shared = issuer.rules if issuer else ()
        by_id = {rule.id: rule for rule in (*shared, *certification.rules)}
        return tuple(by_id[rule_id] for rule_id in certification.renewal if rule_id in by_id)

    def pay_of(self, role: RoleId, region: RegionId) -> tuple[tuple[PayBand, RolePay], ...]:
        """As the base class says."""
        data = self._catalog.pay.get(region)
        if data is None:
            return ()
        bands = {band.id: band for band in data.bands}
        return tuple((bands[m.band], m) for m in data.roles if m.role == role and m.band in bands)

    def _entries(self, table: NamedTable) -> Iterator[Any]:
        return iter(getattr(self._catalog, table).values())


def words_of(entry: Any) -> tuple[str, ...]:
    """Every word that an entry goes by beside its id."""
    return (entry.name, getattr(entry, "abbreviation", ""), *getattr(entry, "aliases", ()))


def short_name(entry: Any) -> str:
    """Its abbreviation where it has one, else its name."""
    return getattr(entry, "abbreviation", "") or str(entry.name)


def _satisfiers(catalog: Catalog) -> dict[CertificationId, list[CertificationId]]:
    found: dict[CertificationId, list[CertificationId]] = {}
    for certification in catalog.certifications.values():
        for lower in certification.satisfies:
            found.setdefault(lower, []).append(certification.id)
    return found


def _steps(catalog: Catalog) -> Iterator[Step]:
    for ladder in catalog.ladders.values():
        for move in ladder.moves:
            yield Step(ladder.id, move.from_, move.to)
