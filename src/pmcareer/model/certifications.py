"""Certifications and their issuers: eligibility, exam, prices, study, and the names of their renewal rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pmcareer.model.figures import Figure, Provenance
from pmcareer.model.ids import (
    CertificationId,
    EditionId,
    IssuerId,
    MembershipId,
    NicheId,
    RegionId,
    RuleId,
    SkillId,
    TopicId,
)
from pmcareer.model.renewal_rules import Cascade, Designation, OneOff, RenewalGroup, RenewalRule
from pmcareer.model.requirements import Requirement
from pmcareer.model.sources import Source
from pmcareer.money import Money
from pmcareer.problems import Finding
from pmcareer.timeline import Timeline
from pmcareer.values import dataclass, field

_PERCENT = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?) ?(?:%|per ?cent)", re.ASCII | re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,9}) (?:of|out of) (\d{1,9})\b", re.ASCII)


class Level(StrEnum):
    """How far along a career a certification sits."""

    ENTRY = "entry"
    ASSOCIATE = "associate"
    PROFESSIONAL = "professional"
    SPECIALIST = "specialist"
    ADVANCED = "advanced"
    EXPERT = "expert"
    EXECUTIVE = "executive"


class LifecycleStatus(StrEnum):
    """Whether it can be earned."""

    ANNOUNCED = "announced"
    PILOT = "pilot"
    ACTIVE = "active"
    RETIRING = "retiring"  # may still be earned until a known day
    RETIRED = "retired"  # no longer awarded; holders keep what their rule gives them


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The status from a day on, and what replaces it."""

    status: LifecycleStatus
    successors: tuple[CertificationId, ...] = ()
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of one certification (PRINCE2 6 and 7, exam SY0-701): its first and last day of sitting."""

    id: EditionId
    name: str
    from_: Figure[date] | None = None
    until: Figure[date] | None = None
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the issuer asks before the exam. ``requires`` absent: nothing."""

    requires: Requirement | None = None
    note: str = ""
    rivals: tuple[str, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Exam:
    """The exam's format; counts and minutes are figures, the rest is text in our words."""

    questions: Figure[int] | None = None
    scored: Figure[int] | None = None
    minutes: Figure[int] | None = None
    pass_mark: Figure[str] | None = None
    format: str = ""
    delivery: str = ""
    outline: str = ""
    exams: int = 1
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)

    def check(self) -> Iterator[Finding]:
        """Pass marks and scored questions that are more than there is to reach."""
        mark = (self.pass_mark.value if self.pass_mark else None) or ""
        if any(Decimal(percent.replace(",", ".")) > 100 for percent in _PERCENT.findall(mark)):
            yield "field-value", f"a pass mark of {mark[:40]!r} is more than 100 %", "nobody could pass"
        if any(int(needed) > int(whole) for needed, whole in _SHARE.findall(mark)):
            yield "field-value", f"a pass mark of {mark[:40]!r} is more than the whole", "nobody could pass"
        asked, scored = (figure.value if figure else None for figure in (self.questions, self.scored))
        if asked is not None and scored is not None and scored > asked:
            yield (
                "field-value",
                f"{scored} questions are scored and {asked} asked",
                "scored questions are a part of all",
            )


@dataclass(frozen=True, slots=True)
class Price:
    """What is paid for, by whom, where and from when (dates inclusive). Of several that fit, the cheapest is taken.

    ``bundle`` covers exam and required course together.
    """

    pays_for: Literal["exam", "re-exam", "application", "course", "bundle"]
    amount: Figure[Money]
    tier: Literal["full", "member"] = "full"
    membership: MembershipId | None = None
    region: RegionId | None = None
    from_: date | None = None
    until: date | None = None
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Course:
    """Training that is part of the way: its hours and its price; ``waived_by`` says what makes it unnecessary."""

    name: str
    hours: Figure[Decimal]
    price: Figure[Money] | None = None
    required: bool = True
    waived_by: Requirement | None = None
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Study:
    """Own preparation in hours (a range counts at its upper end; ``from_hours`` is the lower), and courses."""

    hours: Figure[Decimal]
    from_hours: Figure[Decimal] | None = None
    courses: tuple[Course, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Certification:
    """One award of one issuer."""

    id: CertificationId
    name: str
    issuer: IssuerId
    level: Level
    lifecycle: Timeline[Lifecycle]
    eligibility: Timeline[Eligibility]
    study: Study
    renewal: tuple[RuleId, ...]
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    summary: str = ""
    url: str = ""
    editions: tuple[Edition, ...] = ()
    exam: Timeline[Exam] = field(default_factory=Timeline)
    prices: tuple[Price, ...] = ()
    lead_days: Figure[int] = field(default_factory=lambda: Figure(None))
    rules: tuple[RenewalRule, ...] = ()
    satisfies: tuple[CertificationId, ...] = ()
    unit_topics: tuple[TopicId, ...] = ()
    skills: tuple[SkillId, ...] = ()
    niches: tuple[NicheId, ...] = ()
    note: str = ""
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Membership:
    """A membership of the issuer: its yearly price, by region and date."""

    id: MembershipId
    name: str
    per: Literal["year", "month"] = "year"
    prices: tuple[MembershipPrice, ...] = ()
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class MembershipPrice:
    """What a membership costs; ``joining`` is paid once."""

    amount: Figure[Money]
    joining: Figure[Money] | None = None
    region: RegionId | None = None
    from_: date | None = None
    until: date | None = None
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A certification body and what holds for all its certifications."""

    id: IssuerId
    name: str
    abbreviation: str = ""
    aliases: tuple[str, ...] = ()
    url: str = ""
    memberships: tuple[Membership, ...] = ()
    rules: tuple[RenewalRule, ...] = ()
    groups: tuple[RenewalGroup, ...] = ()
    cascades: tuple[Cascade, ...] = ()
    designations: tuple[Designation, ...] = ()
    one_offs: tuple[OneOff, ...] = ()
    note: str = ""
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
