"""Which moves can lie on a relaxed plan that arrives by some day: windows of days for roles, moves and packages."""

from __future__ import annotations

from pmcareer.planning.packages import Package, Packages, bits
from pmcareer.planning.problem import Problem

NEVER = 1 << 40
Ways = list[list[tuple[int, list[Package]]]]


def narrowed(problem: Problem, packages: Packages, ways: Ways, arrival: int) -> Ways:
    """The *ways*, each with its packages, without what cannot lead to an arrival by *arrival*."""
    size = -1
    while size != _size(ways):
        size = _size(ways)
        first = _Forward(problem, packages, ways)
        latest = _latest(problem, ways, arrival)
        ways = [
            [(into, left) for into, found in row if (left := first.within(role, found, latest[into]))]
            for role, row in enumerate(ways)
        ]
    return ways


def _size(ways: Ways) -> int:
    return sum(len(found) for row in ways for _, found in row)


def _latest(problem: Problem, ways: Ways, arrival: int) -> list[int]:
    """The last day on which each role can be entered so that tenure alone allows arriving by *arrival*."""
    latest = [-1] * len(ways)
    latest[problem.target] = arrival
    changed = True
    while changed:
        changed = False
        for role, row in enumerate(ways):
            for into, found in row:
                day = latest[into] - min(package.tenure for package in found)
                if latest[into] >= 0 and day > latest[role]:
                    latest[role], changed = day, True
    return latest


class _Forward:
    """The first day on which each role can be entered and each group of experience can begin to grow, if every walk
    could be made at once."""

    def __init__(self, problem: Problem, packages: Packages, ways: Ways) -> None:
        self.problem = problem
        self.packages = packages
        self.entered = [NEVER] * len(ways)
        self.since = [NEVER] * len(packages.start)
        self.begun = 0  # how often a group has come to begin sooner
        self._days: dict[tuple[int, int], tuple[tuple[int, int], list[int]]] = {}
        self.enter(problem.start_role, 0)
        self.entered[problem.start_role] = -problem.instance.start.tenure_days
        changed = True
        while changed:
            changed = False
            for role, row in enumerate(ways):
                if self.entered[role] < NEVER:
                    for into, found in row:
                        changed = self.enter(into, min(self.days(role, found))) or changed

    def enter(self, role: int, day: int) -> bool:
        """Note that *role* can be entered on *day*; whether that is news."""
        if day >= self.entered[role]:
            return False
        self.entered[role] = day
        if role != self.problem.target:
            for group in self.packages.grants[role]:
                if day - self.packages.start[group] < self.since[group]:
                    self.since[group] = day - self.packages.start[group]
                    self.begun += 1
        return True

    def days(self, role: int, found: list[Package]) -> list[int]:
        """The first day of each package for someone in *role*; worked out anew only where that may have changed."""
        key, state = (role, id(found)), (self.entered[role], self.begun)
        known = self._days.get(key)
        if known is None or known[0] != state:
            known = self._days[key] = state, [self.opens(role, package) for package in found]
        return known[1]

    def opens(self, role: int, package: Package) -> int:
        """The first day of a package for someone in *role*."""
        since = self.since
        day = max(0, self.entered[role] + package.tenure)
        for group, days in package.amounts:
            if since[group] + days > day:
                day = since[group] + days
        ready: dict[int, int] = {}
        for number, _, days_of_study, after, amounts in package.items:
            own = days_of_study
            if after:
                for other in bits(after):
                    own = max(own, ready.get(other, 0))
            for group, days in amounts:
                if since[group] + days > own:
                    own = since[group] + days
            own += self.problem.papers[number].lead
            ready[number] = own
            if own > day:
                day = own
        return day

    def within(self, role: int, found: list[Package], latest: int) -> list[Package]:
        """The packages with which the move can be made by *latest*."""
        if self.entered[role] >= NEVER:
            return []
        kept = [package for package, day in zip(found, self.days(role, found), strict=True) if day <= latest]
        return found if len(kept) == len(found) else kept


def first_days(problem: Problem, packages: Packages, ways: Ways) -> list[int]:
    """By role, the first day on which it could be entered if every walk could be made at once; ``NEVER`` if on none."""
    return [max(0, day) for day in _Forward(problem, packages, ways).entered]
