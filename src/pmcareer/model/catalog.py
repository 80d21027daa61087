"""The catalog as one value.

A ``Catalog`` is never handed to its parts; nothing in it reads files or formats itself. Its tables may be read as
they are used: ask for single entries, or the index, where the question is not about all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from pmcareer.model.catalog_index import CatalogIndex, ScannedIndex
from pmcareer.values import dataclass, field

if TYPE_CHECKING:
    from pmcareer.model.assumptions import Assumption
    from pmcareer.model.certifications import Certification, Issuer
    from pmcareer.model.ids import (
        AssumptionId,
        CertificationId,
        ExperienceKindId,
        IssuerId,
        LadderId,
        MethodId,
        NicheId,
        RegionId,
        RoleId,
        SkillId,
        SourceId,
    )
    from pmcareer.model.methods import Method, SelectionModel, SelectionModelId
    from pmcareer.model.pay import Rate, RegionPay
    from pmcareer.model.renewal_rules import RenewalRule
    from pmcareer.model.roles import ExperienceKind, Ladder, Niche, Role, SkillDescription
    from pmcareer.model.sources import Source


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every entry by its id."""

    sources: Mapping[SourceId, Source] = field(default_factory=dict)
    issuers: Mapping[IssuerId, Issuer] = field(default_factory=dict)
    certifications: Mapping[CertificationId, Certification] = field(default_factory=dict)
    roles: Mapping[RoleId, Role] = field(default_factory=dict)
    ladders: Mapping[LadderId, Ladder] = field(default_factory=dict)
    experience_kinds: Mapping[ExperienceKindId, ExperienceKind] = field(default_factory=dict)
    skills: Mapping[SkillId, SkillDescription] = field(default_factory=dict)
    niches: Mapping[NicheId, Niche] = field(default_factory=dict)
    methods: Mapping[MethodId, Method] = field(default_factory=dict)
    selection_models: Mapping[SelectionModelId, SelectionModel] = field(default_factory=dict)
    pay: Mapping[RegionId, RegionPay] = field(default_factory=dict)
    assumptions: Mapping[AssumptionId, Assumption] = field(default_factory=dict)
    rates: Sequence[Rate] = ()
    index: CatalogIndex = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Tables that come from one cache bring its index; any others are scanned."""
        tables = (getattr(self, f.name) for f in fields(self) if f.init)
        brought = {getattr(table, "catalog_index", None) for table in tables}
        index = brought.pop() if len(brought) == 1 else None
        object.__setattr__(self, "index", index if isinstance(index, CatalogIndex) else ScannedIndex(self))

    def rules_of(self, certification: Certification) -> tuple[RenewalRule, ...]:
        """The renewal rules of *certification* in its own order, looked up in its file and then in its issuer's."""
        return self.index.rules_of(certification)
