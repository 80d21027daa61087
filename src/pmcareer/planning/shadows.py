"""Relaxed plans within limits, best first: walks and the certifications that they lean on."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Literal, NamedTuple

from pmcareer.planning.earliest import Reach
from pmcareer.planning.packages import Item, Package, bits
from pmcareer.planning.relaxed import NEVER, Relaxed, Shadow
from pmcareer.planning.unidle import Unidle

Key = tuple[int, int, int]
Order = Literal["arrival", "cost", "cost-exams", "exams"]


FREE = 1 << 60
"""More than anything costs: no limit."""

TAKEN_A_LIFE = 60  # lives with more ways on than that count for several
LOOKS = 256
"""Lives looked at between two questions whether to stop: more than a question asked briefly looks at."""


class Limits(NamedTuple):
    """What a relaxed plan may not exceed."""

    arrival: int
    cost: int = FREE
    exams: int = 1 << 30


class Found(NamedTuple):
    """A relaxed plan; ``key`` is what it comes to, in the order looked for."""

    key: Key
    shadow: Shadow


class Shadows:
    """Relaxed plans within *limits*, best first: by (arrival, cost, exams), (cost, arrival, exams), (cost, exams,
    arrival) or (exams, arrival, cost). No key beyond ``ceiling`` matters; it may be lowered on the way. ``unidle``
    tells what the rule against idling costs; with it every set of certifications is looked at by itself. ``stopped``
    is asked now and then."""

    def __init__(
        self,
        relaxed: Relaxed,
        limits: Limits,
        order: Order,
        unidle: Unidle | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.unidle = unidle
        self.stopped = stopped
        self.relaxed = relaxed
        self.problem = relaxed.problem
        self.order = order
        self.limits = limits
        # What is dearer than may be spent is of no interest, however it is looked at.
        self.ceiling = (limits.cost + 1 if order in ("cost", "cost-exams") else FREE, 0, 0)
        self.reach = Reach(relaxed, limits.arrival)
        self.fronts: dict[tuple[int, int], list[Shadow]] = {}
        self.heap: list[tuple[Key, bool, int, int, int, Shadow]] = []
        self.doubtful: list[tuple[Key, Shadow]] = []
        self.count = self.looks = 0
        self.push(relaxed.first(), (0, 0, 0))

    def bound(self) -> Key | None:
        """What every relaxed plan still to come is at least; None where there is none."""
        return self.heap[0][0] if self.heap else None

    def next(self, most: int) -> Found | None:
        """The next relaxed plan; None where there is none below the ceiling, or after looking at *most* lives."""
        while self.heap and self.heap[0][0] < self.ceiling and most > 0 and not self.enough():
            key, unweighed, _, _, _, label = heappop(self.heap)
            if self.unidle is not None and self.key(0, *self.dear(label)) >= self.ceiling:
                continue
            if label.role == self.problem.target:
                if self.deferred(label, key):
                    continue
                self.relaxed.explored += 1
                return Found(key, label)
            if self.beaten(label):
                continue
            if unweighed:
                better = self.weigh(label, key)
                if better is None:
                    continue
                if better > key:
                    self.enqueue(label, better, weighed=True)
                    continue
            taken = 0
            for into, packages in self.relaxed.ways[label.role]:
                for package in self.relaxed.options(packages, label.papers):
                    self.take(label, into, package, key)
                    taken += 1
            looked = 1 + taken // TAKEN_A_LIFE
            most -= looked
            self.relaxed.explored += looked
        return None

    def enough(self) -> bool:
        """Whether whoever asked has had enough; asked rarely, since some count how often they are asked."""
        self.looks += 1
        return self.looks % LOOKS == 0 and self.stopped()

    def deferred(self, label: Shadow, key: Key) -> bool:
        """Whether to look at others first: this one is dearer than it seems, unless fillers help."""
        if self.unidle is None or any(other is label for _, other in self.doubtful):
            return False
        honest = self.unidle.cost(label.papers, label.cost, label.cost)
        if honest <= label.cost:
            return False
        self.doubtful.append((key, label))
        self.enqueue(label, max_each(key, self.key(0, honest, 0)), weighed=True)
        return True

    def settled(self) -> bool:
        """Whether everything that was put off is now known to be no better than the ceiling."""
        return all(
            key >= self.ceiling or self.key(0, *self.dear(label)) >= self.ceiling for key, label in self.doubtful
        )

    def weigh(self, label: Shadow, key: Key) -> Key | None:
        """The closer, dearer look at what is still to come; None where nothing can come of it."""
        relaxed = self.relaxed
        if label.parent and not self.reach.possible(label.role, label.day, label.since):
            return None
        arrival = self.arrival(label)
        if self.order == "arrival" and self.limits.cost >= FREE:  # then nothing else matters, and prices take time
            return max_each(key, self.key(arrival, 0, 0))
        cost = label.cost + relaxed.price_on(label) + self.problem.held_cost(arrival)
        exams = label.papers.bit_count() + relaxed.exams_on(label)
        if cost > self.limits.cost or exams > self.limits.exams:
            return None
        return max_each(key, self.key(arrival, cost, exams))

    def arrival(self, label: Shadow) -> int:
        """The least arrival of whoever lives *label*."""
        entered = label.day if label.parent else -self.problem.instance.start.tenure_days
        return max(0, self.relaxed.arrival(label.role, entered, label.since))

    def key(self, arrival: int, cost: int, exams: int) -> Key:
        """The three in the order looked for. Where nobody idles the day of arrival is known, and none is sooner."""
        if self.unidle is not None:
            arrival = max(arrival, self.unidle.arrival)
        if self.order == "exams":
            return (exams, arrival, cost)
        if self.order == "arrival":
            return (arrival, cost, exams)
        return (cost, arrival, exams) if self.order == "cost" else (cost, exams, arrival)

    def beaten(self, label: Shadow) -> bool:
        """Whether another life of the same front has pushed this one out since."""
        front = self.fronts[self.place(label)]
        return not any(other is label for other in front)

    def place(self, label: Shadow) -> tuple[int, int]:
        """What two lives must have in common to be compared."""
        return label.role, label.papers if self.unidle else label.papers & self.relaxed.future[label.role]

    def dear(self, label: Shadow) -> tuple[int, int]:
        """The least cost and exams of plans that earn what *label* leans on, where nobody idles."""
        if self.unidle is None:
            return label.cost, label.papers.bit_count()
        most = min(self.ceiling[0], self.limits.cost)
        return self.unidle.cost(label.papers, label.cost, most), label.papers.bit_count()

    def take(self, label: Shadow, into: int, package: Package, known: Key) -> None:
        """Enter *into* by *package* on the first day on which that can be."""
        since = label.since
        entered = label.day if label.parent else -self.problem.instance.start.tenure_days
        day = max(label.day, entered + package.tenure)
        for group, days in package.amounts:
            day = max(day, since[group] + days)
        cost, studied = label.cost, label.studied
        if package.items:
            left = self.relaxed.remaining(into, since)
            ready: dict[int, int] = {}
            for item in package.items:
                day, studied = max(day, self.ready(item, since, ready)), studied + item.days
                paper = self.problem.papers[item.number]
                cost += item.price + paper.keeping(left)
            papers = label.papers | package.papers
            day = max(day, studied + min(self.problem.papers[n].lead for n in bits(papers)))
        else:
            papers = label.papers
        if day > self.limits.arrival:
            return
        grants = self.relaxed.packages.grants[into]
        start = self.relaxed.start
        since = self.relaxed.paused(label.role, since, max(0, entered + package.tenure - label.day))
        after = tuple(
            [day - start[group] if begun == NEVER and group in grants else begun for group, begun in enumerate(since)]
        )
        self.push(Shadow(into, day, after, papers, cost, studied, label, package.items, package), known)

    def ready(self, item: Item, since: tuple[int, ...], ready: dict[int, int]) -> int:
        """The first day on which the certification can be had."""
        day = item.days
        for number in bits(item.after):
            day = max(day, ready.get(number, 0))
        for group, days in item.amounts:
            day = max(day, since[group] + days)
        ready[item.number] = day + self.problem.papers[item.number].lead
        return ready[item.number]

    def push(self, label: Shadow, known: Key) -> None:
        """Take *label* up, unless it is late, dear or beaten; *known* is a bound from where it comes from."""
        done = label.role == self.problem.target
        arrival = label.day if done else self.arrival(label)
        cost = label.cost + self.problem.held_cost(arrival)
        exams = label.papers.bit_count()
        limits = self.limits
        if arrival > limits.arrival or cost > limits.cost or exams > limits.exams:
            return
        key = self.key(arrival, cost, exams)
        if not done:
            key = max_each(known, key)
        if key < self.ceiling and self.keep(label):
            self.enqueue(label, key, weighed=done)

    def enqueue(self, label: Shadow, key: Key, *, weighed: bool) -> None:
        """Put *label* where its turn comes."""
        self.count += 1
        heappush(self.heap, (key, not weighed, self.relaxed.hops[label.role], label.day, self.count, label))

    def keep(self, label: Shadow) -> bool:
        """Whether no life of the same role and certifications is at least as good in everything."""
        front = self.fronts.setdefault(self.place(label), [])
        for other in front:
            if _no_worse(other, label):
                return False
        front[:] = [other for other in front if not _no_worse(label, other)]
        front.append(label)
        return True


def max_each(one: Key, other: Key) -> Key:
    """The greater of each."""
    return max(one[0], other[0]), max(one[1], other[1]), max(one[2], other[2])


def _no_worse(one: Shadow, other: Shadow) -> bool:
    if one.day > other.day or one.cost > other.cost or one.studied > other.studied:
        return False
    if one.papers.bit_count() > other.papers.bit_count():
        return False
    for a, b in zip(one.since, other.since, strict=True):  # noqa: SIM110 - a loop is faster here
        if a > b:
            return False
    return True
