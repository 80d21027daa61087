"""A person as the profile tells it: education, roles, experience, certifications with their events, units, goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal

from pmcareer.model.assumptions import OwnAssumptions
from pmcareer.model.ids import (
    CertificationId,
    EditionId,
    ExperienceKindId,
    MembershipId,
    NicheId,
    RegionId,
    RoleId,
    SkillId,
)
from pmcareer.model.requirements import EducationLevel
from pmcareer.money import Money
from pmcareer.problems import Finding
from pmcareer.values import dataclass, field

HOURS_OF_A_WEEK = 168
MOST_HOURS_OF_AN_ACTIVITY = 2_000  # a year of work
MOST_HOURS_OF_STUDY = 10_000
MONTHS_OF_A_LIFE = 12 * 80


@dataclass(frozen=True, slots=True)
class EducationHeld:
    """The highest level reached; ``accredited``: by a programme that the certification's issuer accredits.

    ``institution``: the school that gave the degree; it is kept for resumes, and nothing follows from it.
    """

    SHORTHAND: ClassVar[str] = "level"
    level: EducationLevel
    accredited: bool = False
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Stint:
    """Time in a role, from ``from`` to ``to`` inclusive (absent: until now).

    ``employer`` is kept for resumes, and nothing follows from it.
    """

    role: RoleId
    from_: date
    to: date | None = None
    employer: str = ""


class EventKind(StrEnum):
    """What can happen to a holding."""

    AWARDED = "awarded"
    EXAM_PASSED = "exam-passed"
    EXAM_BOOKED = "exam-booked"
    RENEWED = "renewed"
    EXTENDED = "extended"
    FEE_PAID = "fee-paid"
    RETIRED = "retired"
    RETURNED = "returned"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class HoldingEvent:
    """Something that happened to a holding on a day. ``until``: the new last day of an extension."""

    on: date
    kind: EventKind
    route: str = ""
    edition: EditionId | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """A certification that a person has or had. ``earned`` and ``renewed`` are the shorthand for events.

    ``share_worked``: the part of the running cycle worked in the profession, from 0 to 1, for proportional ceilings.
    """

    id: CertificationId
    earned: date | None = None
    renewed: tuple[date, ...] = ()
    edition: EditionId | None = None
    events: tuple[HoldingEvent, ...] = ()
    issuer_says_expires: date | None = None
    let_lapse: bool = False
    share_worked: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A part of an activity in one category."""

    category: str
    hours: Decimal
    topic: str = ""

    def check(self) -> Iterator[Finding]:
        """Hours that cannot be."""
        yield from _outside("hours", self.hours, MOST_HOURS_OF_AN_ACTIVITY)


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A logged activity. ``for`` restricts it to certifications; absent, the engine allocates."""

    on: date
    hours: Decimal
    category: str = ""
    topic: str = ""
    title: str = ""
    reported: date | None = None
    split: tuple[UnitShare, ...] = ()
    for_: tuple[CertificationId, ...] = ()

    def check(self) -> Iterator[Finding]:
        """Hours that cannot be."""
        yield from _outside("hours", self.hours, MOST_HOURS_OF_AN_ACTIVITY)


@dataclass(frozen=True, slots=True)
class MembershipHeld:
    """A membership, with its dates (inclusive) if they are known."""

    SHORTHAND: ClassVar[str] = "id"
    id: MembershipId
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """How much a person can give."""

    hours_per_week: Decimal | None = None
    budget: Money | None = None

    def check(self) -> Iterator[Finding]:
        """More hours than a week has, or less than none."""
        if self.hours_per_week is not None:
            yield from _outside("hours_per_week", self.hours_per_week, HOURS_OF_A_WEEK)


@dataclass(frozen=True, slots=True)
class Goal:
    """The role wanted, and by when."""

    role: RoleId
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """A plan saved to be held against what happened."""

    saved: date
    file: str


class UnmatchedKind(StrEnum):
    """What an imported entry is about."""

    CERTIFICATION = "certification"
    ROLE = "role"
    EDUCATION = "education"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An imported entry that the catalog does not know, in the words of its source; nothing is reckoned from it.

    ``by``: the issuer, employer or school. ``from`` and ``to`` as they stood there (``Mar 2024``, ``2024``).
    """

    kind: UnmatchedKind
    name: str
    by: str = ""
    from_: str = ""
    to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything a person has told; each part may be absent. ``name`` stands in resumes only."""

    region: RegionId | None = None
    currency: str = ""
    time_zone: str = ""
    calendar_namespace: str = ""
    education: EducationHeld | None = None
    roles: tuple[Stint, ...] = ()
    experience: Mapping[ExperienceKindId, Decimal] = field(default_factory=dict)
    certifications: tuple[Holding, ...] = ()
    units: tuple[UnitEntry, ...] = ()
    study: StudyPlan = field(default_factory=StudyPlan)
    study_hours: Mapping[CertificationId, Decimal] = field(default_factory=dict)
    memberships: tuple[MembershipHeld, ...] = ()
    skills: Mapping[SkillId, Literal["awareness", "working", "practitioner", "expert"]] = field(default_factory=dict)
    niche: NicheId | None = None
    baseline: Baseline | None = None
    goal: Goal | None = None
    assumptions: OwnAssumptions = field(default_factory=OwnAssumptions)
    unmatched: tuple[Unmatched, ...] = ()
    name: str = ""

    def check(self) -> Iterator[Finding]:
        """Amounts that cannot be, and a currency that is none."""
        for kind, months in self.experience.items():
            yield from _outside(f"experience: {kind}", months, MONTHS_OF_A_LIFE)
        for certification, hours in self.study_hours.items():
            yield from _outside(f"study_hours: {certification}", hours, MOST_HOURS_OF_STUDY)
        if self.currency and not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            yield "field-value", f"{self.currency!r} is not the code of a currency", "three capitals, such as USD"


def _outside(what: str, value: Decimal, most: int) -> Iterator[Finding]:
    """A finding where *value* is negative or more than *most*."""
    if not 0 <= value <= most:
        yield "field-value", f"{what}: {value} lies outside 0 to {most}", ""
