"""Lingering: on which days to enter the roles of a walk where one must stay in some of them longer than tenure asks,
because a later move needs experience that only they grant."""

from __future__ import annotations

from collections.abc import Sequence

from pmcareer.planning.packages import Package, Packages
from pmcareer.planning.problem import Problem

MOST_LOOKS = 200


def lingering(
    problem: Problem, packages: Packages, roles: Sequence[int], moves: Sequence[Package]
) -> tuple[int, ...] | None:
    """The day of each of *moves*, which lead through *roles* (one more), studies aside; None where none was found.

    What is missing for a move is stayed for in one of the roles before it; of the ways of choosing these, the one that
    arrives first. A proposal, not a bound: days might be divided among roles, and only so many ways are looked at.
    """
    found = _Walk(problem, packages, roles, moves).best()
    if found is None:
        return None
    day, days = 0, []
    for stay in found:
        day += stay
        days.append(day)
    return tuple(days)


class _Walk:
    def __init__(self, problem: Problem, packages: Packages, roles: Sequence[int], moves: Sequence[Package]) -> None:
        self.grants = [packages.grants[role] for role in roles]
        self.start = packages.start
        self.asked = [_asked(problem, grants, move) for grants, move in zip(self.grants, moves, strict=False)]
        self.least = [move.tenure for move in moves]
        self.least[0] = max(0, self.least[0] - problem.instance.start.tenure_days)
        self.looks = 0
        self.found: list[int] | None = None

    def best(self) -> list[int] | None:
        """Days in each role."""
        self.look(self.least)
        return self.found

    def look(self, stays: list[int]) -> None:
        """Mend what is missing first, in each role that could; keep the shortest that misses nothing."""
        self.looks += 1
        if self.looks > MOST_LOOKS or (self.found is not None and sum(stays) >= sum(self.found)):
            return
        missing = self.missing(stays)
        if missing is None:
            self.found = stays
            return
        place, group, days = missing
        for role in range(place, -1, -1):
            if group in self.grants[role]:
                self.look([*stays[:role], stays[role] + days, *stays[role + 1 :]])

    def missing(self, stays: Sequence[int]) -> tuple[int, int, int] | None:
        """The first move that lacks experience: its place, the group and the days."""
        had = list(self.start)
        for place, (stay, asked) in enumerate(zip(stays, self.asked, strict=True)):
            for group in self.grants[place]:
                had[group] += stay
            for group, days in asked.items():
                if had[group] < days:
                    return place, group, days - had[group]
        return None


def _asked(problem: Problem, grants: Sequence[int], move: Package) -> dict[int, int]:
    """The experience with which a role can be left by *move*, awards that wait for experience included."""
    asked: dict[int, int] = {}
    for group, days in move.amounts:
        asked[group] = days if group in grants else days - move.tenure  # see Packages.leaving
    for item in move.items:
        for group, days in item.amounts:
            lead = problem.papers[item.number].lead if group in grants else 0
            asked[group] = max(asked.get(group, 0), days + lead)
    return asked
