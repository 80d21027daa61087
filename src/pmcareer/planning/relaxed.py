"""The relaxed planner: a problem in which studies need no slot, and experience once begun stops growing only for as
long as a role that does not grant it must be kept.

How long one stayed in a role beyond that is left open: the days may as well have been spent before, where experience
was granted. So a life is no later, and has no less of any experience, than every lawful one of the same walk.

Every lawful plan has a relaxed shadow that is at most as late, as dear and as full of exams: the same walk, the
certifications that its moves lean on, each at the price it paid. So the best relaxed plan bounds every plan from
below, and its walk and certifications are where to look for a plan that meets the bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from pmcareer.planning.narrowing import narrowed
from pmcareer.planning.packages import Item, Package, Packages, _thin
from pmcareer.planning.problem import Problem
from pmcareer.planning.walks import Leaving, moves_in_time

NEVER = 1 << 40
NO_GROUP = -1


class Shadow(NamedTuple):
    """A relaxed life on entering ``role`` on ``day``. ``since``: by group of kinds, the day on which its experience
    would have been nothing (``NEVER`` where it does not grow yet). ``papers`` are certifications leaned on so far,
    ``package`` what the move into ``role`` asked for."""

    role: int
    day: int
    since: tuple[int, ...]
    papers: int
    cost: int
    studied: int
    parent: Shadow | None
    items: tuple[Item, ...]
    package: Package | None = None

    def walk(self) -> list[Shadow]:
        """From the start to here."""
        found: list[Shadow] = []
        label: Shadow | None = self
        while label is not None:
            found.append(label)
            label = label.parent
        return found[::-1]


class Onset(NamedTuple):
    """The way to the roles that grant a group of kinds: days by tenure, and experience needed, by role."""

    goals: tuple[int, ...]
    walk: list[int]
    needs: list[list[tuple[int, int]]]


class Relaxed:
    """Relaxed plans of one problem that arrive by some day at the latest."""

    def __init__(self, problem: Problem, packages: Packages, arrival: int) -> None:
        self.problem = problem
        self.packages = packages
        every = [
            [(way.into, packages.leaving(role, way.requires)) for way in ways] for role, ways in enumerate(problem.ways)
        ]
        self.ways = narrowed(problem, packages, every, arrival)
        self.start = self.packages.start
        self.explored = 0
        self._options: dict[tuple[int, int], list[Package]] = {}
        self._masks: dict[int, int] = {}
        self._prices: dict[tuple[int, int, int], list[int]] = {}
        self._way_weights: dict[tuple[int, int, int], list[list[int]]] = {}
        self._onsets: dict[int, Onset] = {}
        self._measure()
        if arrival < problem.last_day:
            self._keep_walks_in_time(arrival)
        self.hops = self.spread([[1] * len(ways) for ways in self.ways], add=True)
        self.needs = self._needs([problem.target])
        self.waits = self._waits()
        self.future = self._future()

    def _keep_walks_in_time(self, arrival: int) -> None:
        """Leave out the moves of walks only that all which they ask for together makes too long."""
        grants = [sum(1 << group for group in granted) for granted in self.packages.grants]
        moves = [
            {into: self._leaving(role, packages) for into, packages in ways} for role, ways in enumerate(self.ways)
        ]
        start, target = self.problem.start_role, self.problem.target
        used = moves_in_time(start, target, grants, moves, self.walk, arrival)
        if used is not None:
            self.ways = [[way for way in ways if (role, way[0]) in used] for role, ways in enumerate(self.ways)]
            self._measure()

    def _measure(self) -> None:
        """What the moves that are left ask for, and how far the target is by tenure alone."""
        self._back()
        self._tenures = [[min(p.tenure for p in packages) for _, packages in ways] for ways in self.ways]
        self._amounts = self._asked()
        self.walk = self.spread(self._tenures, add=True)

    def _leaving(self, role: int, packages: list[Package]) -> Leaving:
        """What the cheapest of *packages* in each respect asks of who leaves *role*."""
        grants = self.packages.grants[role]
        had = self.problem.instance.start.tenure_days if role == self.problem.start_role else 0
        plain = [
            package._replace(amounts=tuple((g, d if g in grants else d - package.tenure) for g, d in package.amounts))
            for package in packages
        ]  # without the days in the role that ``Packages.leaving`` adds
        lacks = [(group, days - self.start[group]) for group, days in least_amounts(plain).items()]
        tenure = min(package.tenure for package in packages)
        return Leaving(max(0, tenure - had), tuple((group, days) for group, days in lacks if days > 0))

    def _back(self) -> None:
        self.back: list[list[tuple[int, int]]] = [[] for _ in self.ways]
        for role, ways in enumerate(self.ways):
            for place, (into, _) in enumerate(ways):
                self.back[into].append((role, place))

    def spread(self, weights: list[list[int]], *, add: bool, goals: Iterable[int] = ()) -> list[int]:
        """Least sum (*add*) or least largest of the weights of the ways from each role to the target, or *goals*."""
        distance = [NEVER] * len(self.ways)
        agenda = [(0, goal) for goal in goals] or [(0, self.problem.target)]
        while agenda:
            far, role = heappop(agenda)
            if far < distance[role]:
                distance[role] = far
                for origin, place in self.back[role]:
                    weight = weights[origin][place]
                    through = far + weight if add else max(far, weight)
                    if through < distance[origin]:
                        heappush(agenda, (through, origin))
        return distance

    def _needs(self, goals: Sequence[int]) -> list[list[tuple[int, int]]]:
        """By role, the experience that no way to *goals* can do without: (group, days)."""
        needs: list[list[tuple[int, int]]] = [[] for _ in self.ways]
        for group, weights in self._amounts.items():
            for role, days in enumerate(self.spread(weights, add=False, goals=goals)):
                if 0 < days < NEVER:
                    needs[role].append((group, days))
        return needs

    def _waits(self) -> list[dict[int, int]]:
        """By role and group that has begun: days from when its experience would have been nothing to arrival, at least.

        On the way to the move that asks for it, roles that do not grant it must be kept as long as they ask; after it
        comes the rest of the walk. Groups that some way does without are left out.
        """
        waits: list[dict[int, int]] = [{} for _ in self.ways]
        for group, asked in self._amounts.items():
            for role, days in enumerate(self._waited(group, asked)):
                if 0 < days < NEVER:
                    waits[role][group] = days
        return waits

    def _waited(self, group: int, asked: list[list[int]]) -> list[int]:
        distance = [NEVER] * len(self.ways)
        agenda = [(0, self.problem.target)]
        while agenda:
            far, role = heappop(agenda)
            if far >= distance[role]:
                continue
            distance[role] = far
            for origin, place in self.back[role]:
                pause = 0 if group in self.packages.grants[origin] else self._tenures[origin][place]
                days = asked[origin][place]
                through = max(far + pause if far else 0, days + self.walk[role] if days else 0)
                if through < distance[origin]:
                    heappush(agenda, (through, origin))
        return distance

    def paused(self, role: int, since: tuple[int, ...], days: int) -> tuple[int, ...]:
        """*since* after *days* in *role* that could not be spent elsewhere."""
        if not days:
            return since
        grants = self.packages.grants[role]
        return tuple(
            [begun if begun == NEVER or group in grants else begun + days for group, begun in enumerate(since)]
        )

    def _asked(self) -> dict[int, list[list[int]]]:
        """By group of kinds, the days that each way asks for at least."""
        asked = [[least_amounts(packages) for _, packages in ways] for ways in self.ways]
        groups = {group for row in asked for least in row for group in least}
        return {group: [[least.get(group, 0) for least in row] for row in asked] for group in sorted(groups)}

    def onset(self, group: int) -> Onset:
        """What must come before a group's experience begins to grow, by role."""
        known = self._onsets.get(group)
        if known is None:
            target = self.problem.target
            goals = [r for r, grants in enumerate(self.packages.grants) if group in grants and r != target]
            if goals:
                known = Onset(tuple(goals), self.spread(self._tenures, add=True, goals=goals), self._needs(goals))
            else:
                known = Onset((), [NEVER] * len(self.ways), [[] for _ in self.ways])
            self._onsets[group] = known
        return known

    def _future(self) -> list[int]:
        """By role, the certifications that some way on from it may lean on."""
        future = [0] * len(self.ways)
        changed = True
        while changed:
            changed = False
            for role, ways in enumerate(self.ways):
                mask = future[role]
                for into, packages in ways:
                    mask |= future[into] | self._mask(packages)
                if mask != future[role]:
                    future[role], changed = mask, True
        return future

    def _mask(self, packages: list[Package]) -> int:
        known = self._masks.get(id(packages))
        if known is None:
            known = 0
            for package in packages:
                known |= package.papers
            self._masks[id(packages)] = known
        return known

    def options(self, packages: list[Package], papers: int) -> list[Package]:
        """What is left of *packages* for someone with *papers*, cheapest first."""
        had = papers & self._mask(packages)
        if not had:
            return packages
        key = (id(packages), had)
        known = self._options.get(key)
        if known is None:
            left: dict[tuple[object, ...], Package] = {}
            for package in packages:
                items = tuple(item for item in package.items if not had >> item.number & 1)
                short = Package(
                    package.papers & ~had, package.tenure, package.amounts, items, sum(item.price for item in items)
                )
                left.setdefault((short.papers, short.tenure, short.amounts, short.price), short)
            known = self._options[key] = _thin(list(left.values()))
        return known

    def price_on(self, label: Shadow) -> int:
        """The least price that every way on must still cost."""
        return self._bottleneck(label, 0)

    def exams_on(self, label: Shadow) -> int:
        """The fewest certifications that every way on must still add."""
        return self._bottleneck(label, 1)

    def _bottleneck(self, label: Shadow, measure: int) -> int:
        most = self._least(label.papers, measure, NO_GROUP)[label.role]
        for group, _ in self.needs[label.role]:
            if label.since[group] == NEVER:
                most = max(most, self._least(label.papers, measure, group)[label.role])
        return most

    def _least(self, papers: int, measure: int, group: int) -> list[int]:
        key = (papers, measure, group)
        known = self._prices.get(key)
        if known is None:
            goals = () if group == NO_GROUP else self.onset(group).goals
            known = self._prices[key] = self.spread(self._weights(papers, measure), add=False, goals=goals)
        return known

    def _weights(self, papers: int, measure: int) -> list[list[int]]:
        key = (papers, measure, NO_GROUP - 1)
        known = self._way_weights.get(key)
        if known is None:
            left = [[self.options(packages, papers) for _, packages in ways] for ways in self.ways]
            if measure:
                known = [[min(len(package.items) for package in found) for found in row] for row in left]
            else:
                known = [[found[0].price for found in row] for row in left]
            self._way_weights[key] = known
        return known

    def arrival(self, role: int, day: int, since: tuple[int, ...]) -> int:
        """The earliest arrival of someone who enters *role* on *day*."""
        latest = day + self.walk[role]
        waits = self.waits[role]
        for group, days in self.needs[role]:
            begun = since[group]
            if begun == NEVER:
                held = self._begins(group, role, day, since) - self.start[group] + days
            else:
                held = begun + waits[group]
            if held > latest:
                latest = held
        return latest

    def _begins(self, group: int, role: int, day: int, since: tuple[int, ...]) -> int:
        """The first day on which the group's experience can begin to grow."""
        onset = self.onset(group)
        first = day + onset.walk[role]
        for other, days in onset.needs[role]:
            begun = since[other]
            at = begun + days if begun < NEVER else day + days - self.start[other]
            if at > first:
                first = at
        return first

    def remaining(self, role: int, since: tuple[int, ...]) -> int:
        """Days from entering *role* to arrival at least, however long one waited before; *since* is of that time."""
        longest = self.walk[role]
        for group, days in self.needs[role]:
            if since[group] == NEVER:
                longest = max(longest, days - self.start[group] + self.onset(group).walk[role])
        return longest

    def first(self) -> Shadow:
        """The relaxed life on day 0."""
        grants = self.packages.grants[self.problem.start_role]
        since = tuple(-had if group in grants else NEVER for group, had in enumerate(self.start))
        return Shadow(self.problem.start_role, 0, since, 0, 0, 0, None, ())


def least_amounts(packages: list[Package]) -> dict[int, int]:
    """The experience that every package asks for, certifications included."""
    least: dict[int, int] | None = None
    for package in packages:
        most = dict(package.amounts)
        for item in package.items:
            for group, days in item.amounts:
                most[group] = max(days, most.get(group, 0))
        if least is None:
            least = most
        else:
            least = {group: min(days, most[group]) for group, days in least.items() if group in most}
        if not least:
            return {}
    return least or {}
