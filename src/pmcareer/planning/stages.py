"""Best-first search over labels on one track: the loop, what is remembered, and what may still be spent."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from pmcareer.planning.life import Dynamics, Label
from pmcareer.planning.plan import Limits, Reason
from pmcareer.values import dataclass

Stop = Callable[[], bool]
Key = tuple[Any, ...]
RankLabel = Callable[[Label], Key | None]
Keep = Callable[[Label], bool]


class Allowance:
    """What may still be explored, shared by the stages of one call. ``reason`` is set once it runs out."""

    def __init__(self, limits: Limits, should_stop: Stop | None) -> None:
        self.limits = limits
        self.should_stop = should_stop
        self.explored = 0
        self.reason: Reason | None = None

    def spent(self, waiting: int) -> bool:
        """Count one more look; whether no more are allowed."""
        self.explored += 1
        if self.explored > self.limits.explored or waiting > self.limits.open_labels:
            self.reason = "limit"
        elif self.should_stop is not None and self.explored % 256 == 0 and self.should_stop():
            self.reason = "stopped"
        return self.reason is not None


@dataclass(frozen=True, slots=True)
class Found:
    """The end of one search: the best label or None; ``bound`` is the least key still open where it was cut short."""

    label: Label | None
    bound: Key | None = None


def best_first(dynamics: Dynamics, rank: RankLabel, keep: Keep, allowance: Allowance) -> Found:
    """The arrival of least key, exact unless the allowance runs out.

    *rank* gives the least key of a label's continuations (None: none counts); *keep* says whether a label is worth
    following, given all that came before it.
    """
    first = dynamics.first()
    ranked = rank(first)
    if ranked is None:
        return Found(None)
    count = 0
    heap: list[tuple[Key, int, Label]] = [(ranked, 0, first)]
    while heap:
        key, _, label = heappop(heap)
        if label.arrived:
            return Found(label)
        if allowance.spent(len(heap)):
            return Found(None, key)
        for child in dynamics.next_labels(label):
            ranked = rank(child)
            if ranked is not None and (child.arrived or keep(child)):
                count += 1
                heappush(heap, (ranked, count, child))
    return Found(None)


class Seen:
    """Keeps the first label of each state."""

    def __init__(self) -> None:
        self.seen: set[tuple[object, ...]] = set()

    def keep(self, label: Label) -> bool:
        """Whether the state is new."""
        state = label.state()
        if state in self.seen:
            return False
        self.seen.add(state)
        return True


class Cheapest:
    """Keeps a label unless one of the same state costs no more."""

    def __init__(self) -> None:
        self.least: dict[tuple[object, ...], int] = {}

    def keep(self, label: Label) -> bool:
        """Whether the label is cheaper than all others of its state."""
        state = label.state()
        known = self.least.get(state)
        if known is not None and known <= label.cost:
            return False
        self.least[state] = label.cost
        return True


class Fronts:
    """Keeps a label unless one of the same state is no worse in cost and in each later renewal."""

    def __init__(self) -> None:
        self.fronts: dict[tuple[object, ...], list[tuple[int, dict[int, int]]]] = {}

    def keep(self, label: Label) -> bool:
        """Whether no label of the state betters this one."""
        front = self.fronts.setdefault(label.state(), [])
        mine = (label.cost, dict(label.phases))
        if any(_no_worse(other, mine) for other in front):
            return False
        front[:] = [other for other in front if not _no_worse(mine, other)]
        front.append(mine)
        return True


def _no_worse(one: tuple[int, dict[int, int]], other: tuple[int, dict[int, int]]) -> bool:
    """Cheaper or equal, and every cycle that still matters began as late or later."""
    if one[0] > other[0]:
        return False
    return all(number in other[1] and day >= other[1][number] for number, day in one[1].items())
