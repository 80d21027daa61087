"""How long walks take: cases worked out by hand, and every way of staying tried on small ones."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise, product

import pytest

from pmcareer.planning.instance import All, ExperienceDays, Instance, Move, Requirement, Role, Start, TenureDays
from pmcareer.planning.lingering import lingering
from pmcareer.planning.packages import Package, Packages
from pmcareer.planning.problem import Problem, problem_of
from pmcareer.planning.walks import Leaving, least_days, moves_in_time

A, B, C = 1, 2, 4  # kinds of experience, as bits
MOST = 6


def lives(grants: Sequence[int], leavings: Sequence[Leaving], most: int = MOST) -> Iterable[tuple[int, ...]]:
    """Every way of staying up to *most* days in each role that lets all moves be made."""
    for stays in product(range(most + 1), repeat=len(leavings)):
        if all(_may_leave(grants, stays[: place + 1], leaving) for place, leaving in enumerate(leavings)):
            yield stays


def _may_leave(grants: Sequence[int], stays: Sequence[int], leaving: Leaving) -> bool:
    def had(kind: int) -> int:
        return sum(days for place, days in enumerate(stays) if grants[place] >> kind & 1)

    return stays[-1] >= leaving.tenure and all(had(kind) >= days for kind, days in leaving.lacks)


@pytest.mark.parametrize(
    ("grants", "leavings", "days"),
    [
        ([A], [Leaving(5, ())], 5),
        ([A], [Leaving(5, ((0, 9),))], 9),  # nine days of A take nine, the five are among them
        # Ten days of A, which only the first grants, and ten of B, which only the second does: twenty together.
        ([A, B], [Leaving(0, ()), Leaving(0, ((0, 10), (1, 10)))], 20),
        # Both grant both: ten.
        ([A | B, A | B], [Leaving(0, ()), Leaving(0, ((0, 10), (1, 10)))], 10),
        # Seven of A in the first or third; the third is kept four for B, which count: three more.
        ([A, 0, A | B], [Leaving(0, ()), Leaving(2, ()), Leaving(0, ((0, 7), (1, 4)))], 9),
        ([0, A], [Leaving(3, ()), Leaving(1, ((0, 1),))], 4),
    ],
)
def test_by_hand(grants: list[int], leavings: list[Leaving], days: int) -> None:
    assert least_days(grants, leavings) == days
    assert min(map(sum, lives(grants, leavings, 10))) == days, "the hand is right"


def drawn(seed: int) -> Iterator[tuple[list[int], list[Leaving], int | None]]:
    """Walks through three roles, with the least days that all stays together take; None: more than were tried."""
    chance = random.Random(seed)
    for _ in range(150):
        grants = [chance.randrange(8) for _ in range(3)]
        leavings = [_drawn(chance) for _ in grants]
        yield grants, leavings, min(map(sum, lives(grants, leavings)), default=None)


def test_no_way_of_staying_is_shorter() -> None:
    judged = tight = 0
    for grants, leavings, shortest in drawn(7):
        if shortest is not None:
            assert least_days(grants, leavings) <= shortest, (grants, leavings)
            judged += 1
            tight += least_days(grants, leavings) == shortest
    assert judged >= 50 and 10 * tight >= 9 * judged


def _drawn(chance: random.Random) -> Leaving:
    lacks = tuple((kind, chance.randint(1, 6)) for kind in range(3) if chance.random() < 0.4)
    return Leaving(chance.choice((0, 0, 1, 3)), lacks)


# From 0 by 1 (five days kept) or by 2 (nine days of A behind one, which 0 grants) to 3.
TWO_WAYS = [{1: Leaving(0, ()), 2: Leaving(0, ((0, 9),))}, {3: Leaving(5, ())}, {3: Leaving(0, ())}, {}]


@pytest.mark.parametrize(
    ("last", "moves"),
    [(9, {(0, 1), (1, 3), (0, 2), (2, 3)}), (8, {(0, 1), (1, 3)}), (5, {(0, 1), (1, 3)}), (4, set())],
)
def test_moves_of_walks_that_are_late_are_of_no_use(last: int, moves: set[tuple[int, int]]) -> None:
    assert moves_in_time(0, 3, [A, 0, 0, 0], TWO_WAYS, [0, 0, 0, 0], last) == moves


def test_what_is_still_to_come_counts() -> None:
    assert moves_in_time(0, 3, [A, 0, 0, 0], TWO_WAYS, [0, 5, 3, 0], 11) == {(0, 1), (1, 3)}


def test_nothing_is_said_of_walks_that_return() -> None:
    there_and_back = [{1: Leaving(1, ())}, {0: Leaving(1, ()), 2: Leaving(1, ())}, {}]
    assert moves_in_time(0, 2, [0, 0, 0], there_and_back, [0, 0, 0], 5) is None


def chain(grants: Sequence[int], asked: Sequence[Requirement]) -> tuple[Problem, Packages, list[Package]]:
    """Roles 0, 1, ... in a row, each left for the next by what is asked."""
    roles = {
        str(n): Role(frozenset(k for i, k in enumerate("abc") if kinds >> i & 1)) for n, kinds in enumerate(grants)
    }
    moves = tuple(Move(str(n), str(n + 1), requirement) for n, requirement in enumerate(asked))
    instance = Instance(
        start=Start("0"),
        target=str(len(asked)),
        roles={**roles, str(len(asked)): Role()},
        moves=moves,
        certifications={},
        hours_per_week=Fraction(1),
        horizon_days=1000,
    )
    problem = problem_of(instance)
    packages = Packages(problem)
    found = [packages.leaving(n, way.requires)[:1] for n, ways in enumerate(problem.ways[:-1]) for way in ways]
    return problem, packages, [move for moves in found for move in moves]


def requirement(leaving: Leaving) -> Requirement:
    kinds = (ExperienceDays("abc"[kind], days) for kind, days in leaving.lacks)
    return All((TenureDays(leaving.tenure), *kinds))


def test_stays_serve_what_is_asked_and_are_seldom_too_long() -> None:
    judged = shortest_found = 0
    for grants, leavings, shortest in drawn(11):
        problem, packages, moves = chain(grants, [requirement(leaving) for leaving in leavings])
        days = lingering(problem, packages, range(len(grants)), moves) if len(moves) == len(grants) else None
        if days is None:
            assert shortest is None
            continue
        stays = tuple(later - before for before, later in pairwise((0, *days)))
        assert tuple(accumulate(stays)) == days
        assert stays in set(lives(grants, leavings, max(MOST, *stays))), (grants, leavings, stays)
        if shortest is not None:
            judged += 1
            shortest_found += sum(stays) == shortest
    assert judged >= 50 and 10 * shortest_found >= 9 * judged
