"""What holds of a person on a day, by the text of the planning model; nothing of it is compiled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    ByDay,
    Certification,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Requirement,
    TenureDays,
)
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so on *day*. ``tenure`` is given for moves only: nothing else may ask it."""

    day: int
    education: int
    earned: Collection[str]
    experience: Mapping[str, int]
    tenure: int | None = None


def holds(requirement: Requirement | None, facts: Facts) -> bool:
    """Whether the requirement holds."""
    match requirement:
        case None:
            return True
        case All(parts):
            return all(holds(part, facts) for part in parts)
        case AnyOf(parts):
            return any(holds(part, facts) for part in parts)
        case AtLeast(n, parts):
            return sum(holds(part, facts) for part in parts) >= n
        case Holds(name) | Held(name):
            return name in facts.earned
        case ExperienceDays(kind, days):
            return facts.experience.get(kind, 0) >= days
        case TenureDays(days):
            return facts.tenure is not None and facts.tenure >= days
        case EducationRank(rank):
            return facts.education >= rank
        case ByDay(day):
            return facts.day <= day


def cheaper_lawful(entry: Certification, facts: Facts) -> tuple[int | None, Fraction]:
    """The preparation that is taken, and its hours: by price, then hours, the own terms of the certification first."""
    lawful = [(entry.cost, entry.study_hours, -1)]
    lawful += [(v.cost, v.study_hours, i) for i, v in enumerate(entry.variants) if holds(v.when, facts)]
    _, hours, index = min(lawful)
    return (None if index < 0 else index), hours
