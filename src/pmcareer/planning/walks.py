"""Walks by themselves: how long one must stay in the roles of a walk, all experience that its moves ask for together.

One at a time, what is missing can be waited for while all else grows on. Together it cannot: days in one role are not
days in another. What is missing after the least stays, in sets of roles that have none in common, adds up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

MOST_LACKS = 12
MOST_WALKS = 2_000


class Leaving(NamedTuple):
    """What leaving a role asks: days in it, and of kinds of experience the days beyond those had on day 0."""

    tenure: int
    lacks: tuple[tuple[int, int], ...]


def least_days(grants: Sequence[int], leavings: Sequence[Leaving]) -> int:
    """The days that all stays together take at least; *grants*: by role of the walk, the kinds granted, as bits.

    A lower bound: ``leavings`` has one entry for each role that is left, in order.
    """
    stays = [leaving.tenure for leaving in leavings]
    lacks = lacks_by_places(grants, [leaving.lacks for leaving in leavings])
    for places, days in lacks.items():
        if places and not places & (places - 1):  # one role alone grants it
            place = places.bit_length() - 1
            stays[place] = max(stays[place], days)
    left = []
    for places, days in lacks.items():
        missing = days - sum(stay for place, stay in enumerate(stays) if places >> place & 1)
        if missing > 0:
            left.append((missing, places))
    return sum(stays) + _apart(sorted(left, reverse=True)[:MOST_LACKS])


def moves_in_time(
    start: int,
    target: int,
    grants: Sequence[int],
    moves: Sequence[Mapping[int, Leaving]],
    rest: Sequence[int],
    last: int,
) -> set[tuple[int, int]] | None:
    """The moves (from role, into role) of all walks from *start* that can be at *target* by the day *last*.

    *grants* are by role; *moves*: by role, what each role that follows asks; *rest*: by role, the days that every way
    on takes at least. None where there are more walks to look at than ``MOST_WALKS``, or some return to a role.
    """
    used: set[tuple[int, int]] = set()
    agenda: list[tuple[tuple[int, ...], tuple[Leaving, ...]]] = [((start,), ())]
    looks = 0
    while agenda:
        walk, leavings = agenda.pop()
        looks += 1
        if looks > MOST_WALKS:
            return None
        if walk[-1] == target:
            used.update(pairwise(walk))
            continue
        for into, leaving in moves[walk[-1]].items():
            further = (*leavings, leaving)
            if least_days([grants[role] for role in walk], further) + rest[into] <= last:
                if into in walk:
                    return None
                agenda.append(((*walk, into), further))
    return used


def lacks_by_places(grants: Sequence[int], lacking: Sequence[Sequence[tuple[int, int]]]) -> dict[int, int]:
    """By set of places that grant a kind, as bits, the most days that a move after them lacks of it.

    *lacking*: of each move, the kinds and the days beyond those had on day 0.
    """
    lacks: dict[int, int] = {}
    for place, lacked in enumerate(lacking):
        for kind, days in lacked:
            places = sum(1 << before for before in range(place + 1) if grants[before] >> kind & 1)
            lacks[places] = max(days, lacks.get(places, 0))
    return lacks


def _apart(left: Sequence[tuple[int, int]], taken: int = 0) -> int:
    """The most that missing days add up to, of sets of roles that have none in common."""
    most = 0
    for place, (missing, places) in enumerate(left):
        if not places & taken:
            most = max(most, missing + _apart(left[place + 1 :], taken | places))
    return most
