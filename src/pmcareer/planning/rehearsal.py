"""A career lived exactly: given roles in order and studies in order, everything else follows, day by day that matters.

Studies begin as soon as the slot is free and moves are made as soon as they are open, neither before its own first
day; what comes of it, if it comes to an end at all, is a lawful plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pmcareer.planning.plan import Act
from pmcareer.planning.problem import Problem, Way
from pmcareer.planning.requirements import NEVER


class Script(NamedTuple):
    """What to do: roles to enter, each with a first day, and certifications to study, each with a first day."""

    roles: tuple[int, ...]
    studies: tuple[int, ...]
    enter: tuple[int, ...]
    begin: tuple[int, ...]


class Performance(NamedTuple):
    """What came of it. ``earned`` and ``ends``: certification to day; ``moves``: the day of each move."""

    arrival: int
    cost: int
    exams: int
    acts: tuple[Act, ...]
    moves: tuple[int, ...]
    earned: dict[int, int]
    starts: dict[int, int]
    ends: dict[int, int]


def perform(problem: Problem, script: Script, last_day: int, *, idle: bool) -> Performance | None:
    """The plan that *script* leads to by *last_day*; None if it gets stuck, is late, or idles where it may not."""
    return _Stage(problem, script, last_day, idle).run()


class _Stage:
    def __init__(self, problem: Problem, script: Script, last_day: int, idle: bool) -> None:
        self.problem = problem
        self.script = script
        self.last_day = last_day
        self.idle = idle
        self.day = 0
        self.role = problem.start_role
        self.entered = -problem.instance.start.tenure_days
        self.experience = list(problem.start_experience)
        self.still = (0,) * len(problem.kind_names)
        self.mask = 0
        self.slot = 0
        self.chained = True
        self.waiting: dict[int, int] = {}
        self.applied: dict[int, int] = {}
        self.earned: dict[int, int] = {}
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.moves: list[int] = []
        self.acts: list[Act] = []
        self.price = 0
        self.next_move, self.next_ways = -1, list[Way]()

    def run(self) -> Performance | None:
        while self.day <= self.last_day:
            self.settle()
            if not self.study():
                return None
            self.move()
            if len(self.moves) == len(self.script.roles):
                return self.result()
            following = self.next_day()
            if following > self.last_day:
                return None
            for kind, gain in enumerate(self.problem.gain[self.role]):
                if gain:
                    self.experience[kind] += following - self.day
            self.day = following
        return None

    def result(self) -> Performance:
        problem, day = self.problem, self.day
        cost = self.price + problem.held_cost(day)
        for number, earned in self.earned.items():
            cost += problem.papers[number].keeping(day - earned)
        return Performance(
            day, cost, len(self.earned), tuple(self.acts), tuple(self.moves), self.earned, self.starts, self.ends
        )

    def settle(self) -> None:
        """Applications and awards, until nothing more is earned."""
        moving = bool(self.waiting or self.applied)
        while moving:
            moving = False
            for number, end in list(self.waiting.items()):
                if end <= self.day and self.eligible(number, self.still) <= self.day:
                    del self.waiting[number]
                    self.applied[number] = self.day + self.problem.papers[number].lead
            for number, day in list(self.applied.items()):
                if day <= self.day:
                    del self.applied[number]
                    self.earned[number] = self.day
                    self.mask |= 1 << number
                    moving = True

    def eligible(self, number: int, gain: Sequence[int]) -> int:
        return self.problem.papers[number].eligible(self.day, 0, self.experience, gain, self.mask)

    def study(self) -> bool:
        """Begin what can be begun today; False where that would be idling against the rule, or no time is left."""
        script = self.script
        while len(self.starts) < len(script.studies):
            place = len(self.starts)
            number = script.studies[place]
            if self.day < self.slot or self.day < script.begin[place]:
                return True
            hours = self.take(number)
            days = 0
            if hours:
                spare = self.problem.hours - self.upkeep()
                if spare <= 0 or not (self.idle or self.day == self.slot):
                    return False
                days = -(-7 * hours // spare)
                self.slot = self.day + days
            self.starts[number], self.ends[number] = self.day, self.day + days
            self.waiting[number] = self.day + days
            self.acts.append((self.day, True, number))
            self.settle()
        return True

    def take(self, number: int) -> int:
        """Pay for the cheaper lawful preparation; its hours."""
        for option in self.problem.papers[number].options:
            if option.when is None or option.when(self.day, 0, self.experience, self.still, self.mask) <= self.day:
                self.price += option.cost
                return option.hours
        raise AssertionError("the certification's own terms are always open")

    def upkeep(self) -> int:
        problem = self.problem
        total = problem.held_upkeep + (problem.held_upkeep_today if self.day > 0 else 0)
        return total + sum(problem.papers[n].upkeep for n, day in self.earned.items() if day < self.day)

    def ways(self) -> list[Way]:
        """The ways of the next move."""
        place = len(self.moves)
        if self.next_move != place:
            into = self.script.roles[place]
            self.next_ways = [way for way in self.problem.ways[self.role] if way.into == into]
            self.next_move = place
        return self.next_ways

    def opens(self, gain: Sequence[int]) -> int:
        """When the next move is open; the last one waits until all that was studied is earned."""
        if len(self.moves) == len(self.script.roles) - 1 and len(self.earned) < len(self.script.studies):
            return NEVER
        opens = [way.when(self.day, self.entered, self.experience, gain, self.mask) for way in self.ways()]
        return max(min(opens, default=NEVER), self.script.enter[len(self.moves)])

    def move(self) -> None:
        while len(self.moves) < len(self.script.roles) and self.opens(self.still) <= self.day:
            self.role = self.script.roles[len(self.moves)]
            self.entered = self.day
            self.moves.append(self.day)
            self.acts.append((self.day, False, self.role))

    def next_day(self) -> int:
        gain = self.problem.gain[self.role]
        events = [*self.applied.values(), self.opens(gain)]
        for number, end in self.waiting.items():
            events.append(end if end > self.day else self.eligible(number, gain))
        place = len(self.starts)
        if place < len(self.script.studies):
            events.append(max(self.slot, self.script.begin[place]))
        return min((event for event in events if event > self.day), default=NEVER)
