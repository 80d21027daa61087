"""The earliest relaxed arrival: which days a walk can be made on when certifications cost nothing and need no slot."""

from __future__ import annotations

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


def earliest(relaxed: Relaxed) -> int | None:
    """The least day on which a relaxed plan can arrive, whenever that is; None if no walk leads to the target."""
    return _Earliest(relaxed).run()


class _Earliest:
    def __init__(self, relaxed: Relaxed) -> None:
        self.relaxed = relaxed
        openings: dict[int, list[Opening]] = {}
        for ways in relaxed.ways:
            for _, packages in ways:
                if id(packages) not in openings:
                    openings[id(packages)] = self.openings(packages)
        self.ways = [[(into, openings[id(packages)]) for into, packages in ways] for ways in relaxed.ways]
        self.fronts: list[list[_Label]] = [[] for _ in self.ways]
        self.heap: list[tuple[int, int, int, int, _Label]] = []
        self.count = 0

    def openings(self, packages: list[Package]) -> list[Opening]:
        """When a way opens: one entry for each package that no other beats on every day."""
        kept: list[Opening] = []
        for opening in sorted({self.opening(package) for package in packages}):
            if not any(_never_later(other, opening) for other in kept):
                kept = [other for other in kept if not _never_later(opening, other)]
                kept.append(opening)
        return kept

    def opening(self, package: Package) -> Opening:
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

    def run(self) -> int | None:
        first = self.relaxed.first()
        tenure = self.relaxed.problem.instance.start.tenure_days
        self.push(_Label(first.role, -tenure, 0, first.since))
        while self.heap:
            arrival, _, _, _, label = heappop(self.heap)
            if label.role == self.relaxed.problem.target:
                return arrival
            if any(other is label for other in self.fronts[label.role]):
                for into, openings in self.ways[label.role]:
                    day = min(self.opens(label, opening) for opening in openings)
                    if day < NEVER:
                        self.enter(into, day, label.since)
        return None

    def opens(self, label: _Label, opening: Opening) -> int:
        tenure, day, amounts = opening
        day = max(day, label.day, label.entered + tenure)
        for group, days in amounts:
            day = max(day, label.since[group] + days)
        return day

    def enter(self, into: int, day: int, since: tuple[int, ...]) -> None:
        start = self.relaxed.start
        grants = self.relaxed.packages.grants[into]
        after = tuple([
            day - start[group] if begun == NEVER and group in grants else begun for group, begun in enumerate(since)
        ])
        self.push(_Label(into, day, day, after))

    def push(self, label: _Label) -> None:
        arrival = label.day
        if label.role != self.relaxed.problem.target:
            arrival = max(label.day, self.relaxed.arrival(label.role, label.entered, label.since))
        front = self.fronts[label.role]
        if arrival >= NEVER or any(_no_worse(other, label) for other in front):
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
    for a, b in zip(one.since, other.since, strict=True):
        if a > b:
            return False
    return True
