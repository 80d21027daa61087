"""Requirement trees: what a move or an eligibility asks of a person.

Written in YAML as single-key mappings: ``{all: […]}``, ``{holds: capm}``, ``{experience: {kind: agile, months: 24}}``.
``all`` of nothing holds, ``any`` of nothing does not.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import ClassVar, TypeAlias

from pmcareer.model.ids import CertificationId, EditionId, ExperienceKindId, SkillId
from pmcareer.values import dataclass


class EducationLevel(StrEnum):
    """Levels of formal education, lowest first (``rank`` orders them)."""

    NONE = "none"
    SECONDARY = "secondary"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"

    @property
    def rank(self) -> int:
        """0 for ``none`` up to 5 for ``doctorate``."""
        return list(EducationLevel).index(self)


class SkillLevel(IntEnum):
    """The four levels of the UK government framework, usable for any skill."""

    AWARENESS = 1
    WORKING = 2
    PRACTITIONER = 3
    EXPERT = 4


@dataclass(frozen=True, slots=True)
class All:
    """Every one of them."""

    TAG: ClassVar[str] = "all"
    of: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of them at least."""

    TAG: ClassVar[str] = "any"
    of: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """*n* of them at least."""

    TAG: ClassVar[str] = "at_least"
    n: int
    of: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """An active certification, or one that the catalog says satisfies it."""

    TAG: ClassVar[str] = "holds"
    certification: CertificationId


@dataclass(frozen=True, slots=True)
class Held:
    """A certification held now or ever before, expired or not."""

    TAG: ClassVar[str] = "held"
    certification: CertificationId


@dataclass(frozen=True, slots=True)
class HoldsEdition:
    """An active certification of one of the listed editions."""

    TAG: ClassVar[str] = "holds_edition"
    certification: CertificationId
    editions: tuple[EditionId, ...]


@dataclass(frozen=True, slots=True)
class Experience:
    """Months of one kind of experience, optionally only within the last *within_years* years."""

    TAG: ClassVar[str] = "experience"
    kind: ExperienceKindId
    months: int
    within_years: int | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """Months in the present role; for moves only."""

    TAG: ClassVar[str] = "tenure"
    months: int


@dataclass(frozen=True, slots=True)
class Education:
    """A level of education or higher; ``accredited`` asks for a degree of a programme the issuer accredits."""

    TAG: ClassVar[str] = "education"
    level: EducationLevel
    accredited: bool = False


@dataclass(frozen=True, slots=True)
class Training:
    """Hours of training on a topic, and what waives them. The hours themselves are planned as ``study.courses``."""

    TAG: ClassVar[str] = "training"
    hours: int
    topic: str
    waived_by: Requirement | None = None


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill at a level or higher."""

    TAG: ClassVar[str] = "skill"
    skill: SkillId
    level: str


@dataclass(frozen=True, slots=True)
class Attest:
    """A condition that no data can decide (a panel review, two proposers): assumed met, and said so."""

    TAG: ClassVar[str] = "attest"
    text: str


Requirement: TypeAlias = (
    All | AnyOf | AtLeast | Holds | Held | HoldsEdition | Experience | Tenure | Education | Training | Skill | Attest
)
