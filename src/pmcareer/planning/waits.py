"""How soon a target can be reached at best, by what its last move asks: read off the requirements, without a search.

A day grants a day of experience at most, a study takes its hours and an award its days; what more than that delays a
plan is left out. So nothing arrives sooner, and a question that asks for sooner needs no search to be refused.
"""

from __future__ import annotations

from pmcareer.planning.instance import (
    AnyOf,
    AtLeast,
    Certification,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Instance,
    Requirement,
)
from pmcareer.planning.requirements import NEVER, TREES, needed


def soonest(instance: Instance) -> int:
    """A day before which no plan can arrive; ``NEVER`` where none ever can."""
    waits = _Waits(instance)
    into = (move.requires for move in instance.moves if move.into == instance.target and move.origin != move.into)
    return min(map(waits.of, into), default=NEVER)


class _Waits:
    """First days on which requirements can hold, were everything else had."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.known: dict[str, int] = dict.fromkeys(instance.start.holds, 0)

    def of(self, requirement: Requirement | None) -> int:
        if isinstance(requirement, TREES):
            parts = [self.of(part) for part in requirement.parts]
            if isinstance(requirement, (AnyOf, AtLeast)):
                need = needed(requirement)
                return 0 if need <= 0 else sorted(parts)[need - 1] if need <= len(parts) else NEVER
            return max(parts, default=0)
        if isinstance(requirement, ExperienceDays):
            return max(0, requirement.days - self.instance.start.experience_days.get(requirement.kind, 0))
        if isinstance(requirement, (Holds, Held)):
            return self.held(requirement.certification)
        if isinstance(requirement, EducationRank):
            return 0 if self.instance.start.education >= requirement.rank else NEVER
        return 0  # days in the role may be behind one, and what must come early may come at once

    def held(self, name: str) -> int:
        """The first day on which a certification can be had."""
        if name not in self.known:
            self.known[name] = 0  # where it leads back to itself: no wait is counted twice
            entry = self.instance.certifications[name]
            self.known[name] = max(self.studied(entry), self.of(entry.eligibility)) + entry.lead_days
        return self.known[name]

    def studied(self, entry: Certification) -> int:
        """The days that its shortest preparation takes."""
        hours = min([entry.study_hours, *(variant.study_hours for variant in entry.variants)])
        if hours <= 0:
            return 0
        weekly = self.instance.hours_per_week
        return -(-7 * hours // weekly) if weekly > 0 else NEVER
