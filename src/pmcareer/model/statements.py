"""Statements: what other programs' exports say of a person, in their words, before anything is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pmcareer.problems import Position
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day as an export has it: ``text``, and the first and last day that it may mean (both None: unreadable)."""

    text: str
    first: date | None = None
    last: date | None = None

    @property
    def day(self) -> date | None:
        """The one day that it means; None where it names only a month or a year, or cannot be read."""
        return self.first if self.first == self.last else None

    def may_be(self, day: date | None) -> bool:
        """Whether *day* lies within what is stated."""
        return bool(day and self.first and self.last and self.first <= day <= self.last)


@dataclass(frozen=True, slots=True)
class StatedCertification:
    """A certificate or badge. ``own_id``: our id, where the export is ours; ``by_issuer``: the issuer says so."""

    name: str
    at: Position
    issuer: str = ""
    earned: StatedDay | None = None
    expires: StatedDay | None = None
    number: str = ""
    url: str = ""
    own_id: str = ""
    by_issuer: bool = False
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class StatedPosition:
    """A time in a post; ``to`` None: until now."""

    title: str
    at: Position
    employer: str = ""
    from_: StatedDay | None = None
    to: StatedDay | None = None
    own_id: str = ""


@dataclass(frozen=True, slots=True)
class StatedEducation:
    """A time at a school, and the degree in the school's words."""

    degree: str
    at: Position
    school: str = ""
    from_: StatedDay | None = None
    to: StatedDay | None = None
    own_level: str = ""


@dataclass(frozen=True, slots=True)
class StatedSkill:
    """A skill, and how well it is mastered in any words."""

    name: str
    at: Position
    level: str = ""


@dataclass(frozen=True, slots=True)
class StatedActivity:
    """An activity that earned units. ``shares``: the numbers beside it, by the names of their columns."""

    title: str
    at: Position
    on: StatedDay
    units: Decimal
    category: str = ""
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    reported: StatedDay | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """All that one export says. ``left_out``: parts of it that are not read, by name; ``name``: the person's."""

    source: str
    certifications: tuple[StatedCertification, ...] = ()
    positions: tuple[StatedPosition, ...] = ()
    educations: tuple[StatedEducation, ...] = ()
    skills: tuple[StatedSkill, ...] = ()
    activities: tuple[StatedActivity, ...] = ()
    left_out: tuple[str, ...] = ()
    name: str = ""
