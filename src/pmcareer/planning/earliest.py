"""The earliest relaxed arrival: which days a walk can be made on when certifications cost nothing and need no slot."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

from pmcareer.planning.packages import Package, bits
from pmcareer.planning.relaxed import NEVER, Relaxed

# (days in the role, first day, ((group, days of experience and what follows them), ...))
Opening = tuple[int, int, tuple[tuple[int, int], ...]]


class _Label(NamedTuple):
    role: int
    entered: int
    day: int
    since: tuple[int, ...]
    parent: _Label | None


def earliest(relaxed: Relaxed) -> int | None:
    """The least day on which a relaxed plan can arrive, whenever that is; None if no walk leads to the target."""
    return Reach(relaxed).earliest()


class Reach:
    """Who can arrive by when, by relaxed plans whose certifications cost nothing and need no slot.

    What was found is remembered: states from which an arrival by ``limit`` is known to be possible, and states from
    which it is known not to be; whoever is no better than one of these, or no worse than one of those, needs no look.
    """

    def __init__(self, relaxed: Relaxed, limit: int = NEVER - 1) -> None:
        self.relaxed = relaxed
        self.limit = limit
        openings: dict[int, list[Opening]] = {}
        for ways in relaxed.ways:
            for _, packages in ways:
                if id(packages) not in openings:
                    openings[id(packages)] = self.openings(packages)
        self.ways = [[(into, openings[id(packages)]) for into, packages in ways] for ways in relaxed.ways]
        self.able: list[list[_Label]] = [[] for _ in self.ways]
        self.unable: list[list[_Label]] = [[] for _ in self.ways]
        self.count = 0

    def earliest(self) -> int | None:
        """The least arrival from the start."""
        first = self.relaxed.first()
        tenure = self.relaxed.problem.instance.start.tenure_days
        return self.run(_Label(first.role, -tenure, 0, first.since, None))

    def possible(self, role: int, day: int, since: tuple[int, ...]) -> bool:
        """Whether someone who enters *role* on *day* can arrive by the limit."""
        if role == self.relaxed.problem.target:
            return day <= self.limit
        label = _Label(role, day, day, since, None)
        if any(_no_worse(label, other) for other in self.able[role]):
            return True
        if any(_no_worse(other, label) for other in self.unable[role]):
            return False
        return self.run(label) is not None

    def run(self, first: _Label) -> int | None:
        """The least arrival from a state, None if that is beyond the limit."""
        self.fronts: list[list[_Label]] = [[] for _ in self.ways]
        self.heap: list[tuple[int, int, int, int, _Label]] = []
        self.push(first)
        while self.heap:
            arrival, _, _, _, label = heappop(self.heap)
            if label.role == self.relaxed.problem.target:
                self.remember(label)
                return arrival
            if any(other is label for other in self.fronts[label.role]):
                for into, openings in self.ways[label.role]:
                    for opening in openings:
                        day = self.opens(label, opening)
                        if day <= self.limit:
                            self.enter(label, into, day, max(0, label.entered + opening[0] - label.day))
        for role, front in enumerate(self.fronts):
            for label in front:
                _note(self.unable[role], label, _no_worse)
        return None

    def remember(self, label: _Label) -> None:
        """Note every state on the way to an arrival as one that can arrive."""
        passed = label.parent
        while passed is not None:
            if passed.day == passed.entered:
                _note(self.able[passed.role], passed, lambda one, other: _no_worse(other, one))
            passed = passed.parent

    def openings(self, packages: list[Package]) -> list[Opening]:
        """When a way opens: one entry for each package that no other beats on every day."""
        kept: list[Opening] = []
        for opening in sorted({self.opening(package) for package in packages}):
            if not any(_never_later(other, opening) for other in kept):
                kept = [other for other in kept if not _never_later(opening, other)]
                kept.append(opening)
        return kept

    def opening(self, package: Package) -> Opening:
        """When one package can be had."""
        fixed = 0
        amounts = dict(package.amounts)
        ready: dict[int, tuple[int, dict[int, int]]] = {}
        for item in package.items:
            lead = self.relaxed.problem.papers[item.number].lead
            day, own = item.days, dict(item.amounts)
            for number in bits(item.after):
                before, needs = ready.get(number, (0, {}))
                day = max(day, before)
                for group, days in needs.items():
                    own[group] = max(days, own.get(group, 0))
            ready[item.number] = (day + lead, {group: days + lead for group, days in own.items()})
        for day, own in ready.values():
            fixed = max(fixed, day)
            for group, days in own.items():
                amounts[group] = max(days, amounts.get(group, 0))
        return package.tenure, fixed, tuple(sorted(amounts.items()))

    def opens(self, label: _Label, opening: Opening) -> int:
        """The first day of an opening for *label*."""
        tenure, day, amounts = opening
        day = max(day, label.day, label.entered + tenure)
        for group, days in amounts:
            day = max(day, label.since[group] + days)
        return day

    def enter(self, label: _Label, into: int, day: int, kept: int) -> None:
        """Enter *into* on *day*, after *kept* days at least in the role before."""
        start = self.relaxed.start
        grants = self.relaxed.packages.grants[into]
        after = tuple(
            [
                day - start[group] if begun == NEVER and group in grants else begun
                for group, begun in enumerate(self.relaxed.paused(label.role, label.since, kept))
            ]
        )
        self.push(_Label(into, day, day, after, label))

    def push(self, label: _Label) -> None:
        """Take a state up, unless it is late or no better than another one."""
        arrival = label.day
        if label.role != self.relaxed.problem.target:
            arrival = max(label.day, self.relaxed.arrival(label.role, label.entered, label.since))
        front = self.fronts[label.role]
        if arrival > self.limit or any(_no_worse(other, label) for other in front):
            return
        if any(_no_worse(other, label) for other in self.unable[label.role]):
            return
        front[:] = [other for other in front if not _no_worse(label, other)]
        front.append(label)
        self.count += 1
        heappush(self.heap, (arrival, self.relaxed.hops[label.role], label.day, self.count, label))


def _never_later(one: Opening, other: Opening) -> bool:
    known = dict(other[2])
    return one[0] <= other[0] and one[1] <= other[1] and all(days <= known.get(g, 0) for g, days in one[2])


def _no_worse(one: _Label, other: _Label) -> bool:
    if one.day > other.day:
        return False
    for a, b in zip(one.since, other.since, strict=True):  # noqa: SIM110 - a loop is faster here
        if a > b:
            return False
    return True


def _note(front: list[_Label], label: _Label, covers: Callable[[_Label, _Label], bool]) -> None:
    """Keep *label* unless another one covers it, and drop what it covers."""
    if not any(covers(other, label) for other in front):
        front[:] = [other for other in front if not covers(label, other)]
        front.append(label)
