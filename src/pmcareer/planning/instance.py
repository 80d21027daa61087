"""The compiled problem: plain numbers and opaque ids, everything that the search may know.

Days are whole days from the as-of date (day 0); hours, prices and pay are exact fractions in one unit and one
currency. A requirement of ``None`` always holds. See docs/explanation/planning.md for what an instance means.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from pmcareer.values import dataclass, field

Objective = Literal["fastest", "cheapest", "earnings", "fewest-exams"]
OBJECTIVES: tuple[Objective, ...] = ("fastest", "cheapest", "earnings", "fewest-exams")
DAYS_PER_YEAR = Fraction(3652425, 10000)


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part holds; of no parts: holds."""

    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when some part holds; of no parts: does not hold."""

    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds when *n* or more parts hold."""

    n: int
    parts: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """The certification is active. Nothing lapses inside a plan, so this equals ``Held`` there."""

    certification: str


@dataclass(frozen=True, slots=True)
class Held:
    """The certification was earned at some time."""

    certification: str


@dataclass(frozen=True, slots=True)
class ExperienceDays:
    """At least *days* days of experience of the *kind*."""

    kind: str
    days: int


@dataclass(frozen=True, slots=True)
class TenureDays:
    """At least *days* days in the present role. Only moves may ask it."""

    days: int


@dataclass(frozen=True, slots=True)
class EducationRank:
    """Education of this rank or higher. Education does not change within a plan."""

    rank: int


@dataclass(frozen=True, slots=True)
class ByDay:
    """It is day *day* or earlier. The only requirement that stops holding: what is let lapse counts so long."""

    day: int


Requirement = All | AnyOf | AtLeast | Holds | Held | ExperienceDays | TenureDays | EducationRank | ByDay


@dataclass(frozen=True, slots=True)
class Renewal:
    """A cycle of *cycle_days*: *hours* of credit within each, and *cost* at each end.

    ``dues``: what falls due within each cycle besides, by days from its start (1 to *cycle_days*), rising.
    """

    cycle_days: int
    hours: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    dues: tuple[tuple[int, Fraction], ...] = ()

    @property
    def weekly_hours(self) -> Fraction:
        """Upkeep: credit hours of a cycle divided by the weeks of the cycle."""
        return self.hours * 7 / self.cycle_days

    @property
    def payments(self) -> tuple[tuple[int, Fraction], ...]:
        """Every payment of a cycle, by days from its start; the one at its end is there even where it is nothing."""
        within = {**dict(self.dues), self.cycle_days: self.cost}
        at_end = sum((cost for day, cost in self.dues if day == self.cycle_days), self.cost)
        return tuple(sorted({**within, self.cycle_days: at_end}.items()))


@dataclass(frozen=True, slots=True)
class Variant:
    """Another lawful preparation, open where *when* holds at the study's start."""

    when: Requirement | None
    study_hours: Fraction
    cost: Fraction


@dataclass(frozen=True, slots=True)
class Certification:
    """What it takes to earn one: hours, price, days from application to award, and what it asks beforehand."""

    study_hours: Fraction
    cost: Fraction
    lead_days: int = 0
    eligibility: Requirement | None = None
    renewal: Renewal | None = None
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A role: the kinds of experience that each day in it grants, and its pay where known."""

    grants: frozenset[str] = frozenset()
    pay_per_year: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A way from role *origin* into role *into*, open on any day on which *requires* holds."""

    origin: str
    into: str
    requires: Requirement | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """The person on day 0. ``holds`` maps a certification to the day it was earned (0 or negative).

    ``dues``: for a certification of ``holds`` the days (0 or later, rising) on which something falls due to keep it,
    and what; they stand instead of the payments of its cycles.
    """

    role: str
    tenure_days: int = 0
    experience_days: Mapping[str, int] = field(default_factory=dict)
    education: int = 0
    holds: Mapping[str, int] = field(default_factory=dict)
    dues: Mapping[str, tuple[tuple[int, Fraction], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instance:
    """One question to the planner. ``budget`` and ``deadline_day`` are limits that may be met exactly."""

    start: Start
    target: str
    roles: Mapping[str, Role]
    moves: tuple[Move, ...]
    certifications: Mapping[str, Certification]
    hours_per_week: Fraction
    horizon_days: int
    objective: Objective = "fastest"
    budget: Fraction | None = None
    deadline_day: int | None = None

    @property
    def last_day(self) -> int:
        """The last day on which an arrival still counts, inclusive."""
        if self.deadline_day is None:
            return self.horizon_days
        return min(self.horizon_days, self.deadline_day)
