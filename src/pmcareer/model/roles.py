"""Roles, the ladders that join them, and the moves between them with what each requires."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pmcareer.model.figures import Figure, Provenance
from pmcareer.model.ids import ExperienceKindId, LadderId, NicheId, RoleId, SkillId
from pmcareer.model.requirements import Requirement
from pmcareer.model.sources import Source
from pmcareer.timeline import Timeline
from pmcareer.values import dataclass, field


class CodeSystem(StrEnum):
    """Published classifications to which a role is cross-referenced."""

    ONET_SOC = "onet-soc"
    ESCO = "esco"
    SFIA = "sfia"
    UK_DDAT = "uk-ddat"
    UK_SOC_2020 = "uk-soc-2020"
    ANZSCO = "anzsco"
    ECF = "e-cf"


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A code in a published classification, and how well it fits."""

    system: CodeSystem
    code: str
    match: Literal["exact", "close", "broad", "judgement"]
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class YearsToEnter:
    """Years of related work that people usually bring, with the anchor that says so."""

    low: Figure[int]
    high: Figure[int]
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Role:
    """One role. ``grants``: the kinds of experience that grow, a day a day, while a person is in it.

    ``employment`` false: no post that one is hired into (newcomer, volunteer), so it may be left on any day.
    """

    id: RoleId
    name: str
    summary: str
    grants: tuple[ExperienceKindId, ...]
    aliases: tuple[str, ...] = ()
    entry_point: bool = False
    employment: bool = True
    rank: int = 0
    responsibilities: tuple[str, ...] = ()
    skills: Mapping[SkillId, Literal["awareness", "working", "practitioner", "expert"]] = field(default_factory=dict)
    niches: tuple[NicheId, ...] = ()
    years_to_enter: YearsToEnter | None = None
    cross_references: tuple[CrossReference, ...] = ()
    note: str = ""
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class MoveRule:
    """What a move requires, from a day on. ``requires`` absent: nothing."""

    requires: Requirement | None = None
    status: Literal["in-force", "proposed-repeal", "repealed"] = "in-force"
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one role to another. ``lateral``: neither is above the other."""

    from_: RoleId
    to: RoleId
    rules: Timeline[MoveRule]
    lateral: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder: the moves of one line of career, lowest first.

    ``minimum_tenure``: months that people stay in a post before any move of the ladder takes them out of it.
    """

    id: LadderId
    name: str
    moves: tuple[Move, ...]
    minimum_tenure: Figure[int] | None = None
    summary: str = ""
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class ExperienceKind:
    """A kind of experience that roles grant and requirements ask for; ``implies`` lists kinds it counts as too."""

    id: ExperienceKindId
    name: str
    summary: str
    implies: tuple[ExperienceKindId, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillDescription:
    """A skill, what published data say of its weight, and what teaches it."""

    id: SkillId
    name: str
    summary: str
    aliases: tuple[str, ...] = ()
    importance: Figure[str] | None = None
    pay_effect: Figure[Literal["above", "below", "none"]] | None = None
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Niche:
    """A field of IT in which a project manager may specialise."""

    id: NicheId
    name: str
    summary: str
    aliases: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
