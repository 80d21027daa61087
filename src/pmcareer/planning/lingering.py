"""Lingering: on which days to enter the roles of a walk where one must stay in some of them longer than tenure asks,
because a later move needs experience that only they grant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from pmcareer.planning.packages import Package, Packages
from pmcareer.planning.problem import Problem
from pmcareer.planning.walks import lacks_by_places


def lingering(
    problem: Problem, packages: Packages, roles: Sequence[int], moves: Sequence[Package]
) -> tuple[int, ...] | None:
    """The day of each of *moves*, which lead through *roles* (one more), studies aside; None where there is none.

    What is missing is stayed for where that serves the most of what the moves ask for, and what turns out to be too
    long is shortened again; the shortest of some such walks. A proposal, not a bound.
    """
    walk = _Walk(problem, packages, roles, moves)
    found = [stays for choice in CHOICES for latest in (True, False) if (stays := walk.stays(choice, latest=latest))]
    return tuple(accumulate(min(found, key=sum))) if found else None


Choice = Callable[[Sequence[int]], int]
CHOICES: tuple[Choice, ...] = (len, sum, min)
"""Of the days still missing of what a role serves: how much it speaks for staying there."""


class _Walk:
    """``least``: days that each role must be kept; ``lacks``: places, as bits, of which all days together must come to
    at least so many."""

    def __init__(self, problem: Problem, packages: Packages, roles: Sequence[int], moves: Sequence[Package]) -> None:
        grants = [packages.grants[role] for role in roles]
        self.least = [move.tenure for move in moves]
        self.least[0] = max(0, self.least[0] - problem.instance.start.tenure_days)
        asked = [_asked(problem, granted, move) for granted, move in zip(grants, moves, strict=False)]
        lacks = [tuple((group, days - packages.start[group]) for group, days in one.items()) for one in asked]
        together = lacks_by_places([sum(1 << group for group in granted) for granted in grants], lacks)
        self.lacks = [(places, days) for places, days in together.items() if days > 0]

    def stays(self, choice: Choice, *, latest: bool) -> list[int] | None:
        """Days in each role, so that nothing is missing; *latest*: of equals, the last one is stayed in."""
        stays = list(self.least)
        while missing := self.missing(stays):
            served = [[days for places, days in missing if places >> place & 1] for place in range(len(stays))]
            worth = [(choice(days), place if latest else -place) for place, days in enumerate(served) if days]
            if not worth:
                return None
            place = abs(max(worth)[1])
            stays[place] += min(served[place])
        self.shorten(stays, latest=latest)
        return stays

    def missing(self, stays: Sequence[int]) -> list[tuple[int, int]]:
        """What the days in the roles do not come to yet."""
        lacks = ((places, days - self.spent(places, stays)) for places, days in self.lacks)
        return [(places, days) for places, days in lacks if days > 0]

    def spent(self, places: int, stays: Sequence[int]) -> int:
        """The days spent in some of the roles."""
        return sum(stay for place, stay in enumerate(stays) if places >> place & 1)

    def shorten(self, stays: list[int], *, latest: bool) -> None:
        """Leave each role as soon as the others allow."""
        for place in range(len(stays)) if latest else reversed(range(len(stays))):
            spare = [self.spent(places, stays) - days for places, days in self.lacks if places >> place & 1]
            stays[place] = max(self.least[place], stays[place] - min(spare, default=stays[place]))


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
