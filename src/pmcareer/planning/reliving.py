"""Living a plan again: the same roles in the same order, the same studies in the same order with the same preparations.

A ``Life`` goes from event to event as soon as the rules allow; what shall differ from the plan (a step that comes late,
a study that takes longer) is said by its subclasses.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.problem import Option, Problem, Way
from pmcareer.planning.requirements import NEVER
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """What a plan decided: its studies (step, number of the certification, preparation) and its moves, in order."""

    problem: Problem
    plan: Plan
    studies: tuple[tuple[Step, int, Option], ...]
    moves: tuple[tuple[Step, list[Way]], ...]


def script_of(problem: Problem, plan: Plan) -> Script:
    """The decisions behind *plan*, which must be lawful for the problem."""
    numbers = {name: i for i, name in enumerate(problem.names)}
    studies = sorted((s for s in plan.steps if s.kind == "study"), key=lambda s: (s.start_day, s.end_day))
    taken = tuple((step, numbers[step.id], _option(problem, numbers[step.id], step)) for step in studies)
    return Script(problem, plan, taken, tuple(route(problem, plan)))


def _option(problem: Problem, number: int, step: Step) -> Option:
    return next(option for option in problem.papers[number].options if option.index == step.variant)


class Life(ABC):
    """One life of a script, up to its arrival."""

    def __init__(self, script: Script, last_day: int) -> None:
        self.script = script
        self.problem = script.problem
        self.last_day = last_day
        self.day = 0
        self.role = self.problem.start_role
        self.entered = -self.problem.instance.start.tenure_days
        self.experience = list(self.problem.start_experience)
        self.earned = 0
        self.earned_on: dict[int, int] = {}
        self.slot = 0
        self.waiting: dict[int, int] = {}
        self.applied: dict[int, int] = {}
        self.begun: list[tuple[int, int]] = []  # first day and end of each study
        self.moved_on: list[int] = []

    @property
    def studied(self) -> int:
        """How many of the script's studies have begun."""
        return len(self.begun)

    @property
    def moved(self) -> int:
        """How many of its moves are made."""
        return len(self.moved_on)

    @abstractmethod
    def study_due(self, place: int) -> int:
        """The first day, as far as today shows, on which the study at *place* of the script begins."""

    @abstractmethod
    def study_hours(self, place: int) -> tuple[int, int]:
        """Its hours in the problem's unit, as a ratio of two whole numbers."""

    @abstractmethod
    def award_days(self, number: int) -> int:
        """Days from the application to the award of the certification *number*."""

    @abstractmethod
    def move_due(self, place: int) -> int:
        """The first day, as far as today shows, on which the move at *place* of the script is made or may open."""

    def arrival(self) -> int:
        """The day of arrival; a day beyond the last one if it does not come by then."""
        while self.day <= self.last_day:
            self._happen()
            if self.moved == len(self.script.moves):
                return self.day
            following = self._next_day()
            if following < NEVER:
                for kind, gain in enumerate(self.problem.gain[self.role]):
                    self.experience[kind] += gain * (following - self.day)
            self.day = following
        return self.last_day + 1

    def opens(self, ways: Sequence[Way]) -> int:
        """The first day on which one of *ways* is open to who stays as today."""
        gain = self.problem.gain[self.role]
        return min(way.when(self.day, self.entered, self.experience, gain, self.earned) for way in ways)

    def _happen(self) -> None:
        self._settle()
        while self.studied < len(self.script.studies) and self._study_day() <= self.day:
            self.slot = self.day + self._days(self.studied)
            self.waiting[self.script.studies[self.studied][1]] = self.slot
            self.begun.append((self.day, self.slot))
            self._settle()
        while self.moved < len(self.script.moves) and self.move_due(self.moved) <= self.day:
            self.role, self.entered = self.script.moves[self.moved][1][0].into, self.day
            self.moved_on.append(self.day)

    def _study_day(self) -> int:
        return max(self.slot, self.study_due(self.studied))

    def _days(self, place: int) -> int:
        hours, parts = self.study_hours(place)
        if not hours:
            return 0
        spare = self.problem.hours - self.problem.held_upkeep
        spare -= self.problem.held_upkeep_today if self.day > 0 else 0
        papers = self.problem.papers
        spare -= sum(papers[number].upkeep for number, day in self.earned_on.items() if day < self.day)
        return -(-7 * hours // (spare * parts)) if spare > 0 else NEVER

    def _settle(self) -> None:
        """Applications and awards of the day, until nothing more is earned."""
        moving = True
        while moving:
            moving = False
            for number, end in list(self.waiting.items()):
                if end <= self.day and self._eligible(number) <= self.day:
                    del self.waiting[number]
                    self.applied[number] = self.day + self.award_days(number)
            for number, day in list(self.applied.items()):
                if day <= self.day:
                    del self.applied[number]
                    self.earned |= 1 << number
                    self.earned_on[number] = self.day
                    moving = True

    def _eligible(self, number: int) -> int:
        gain = self.problem.gain[self.role]
        return self.problem.papers[number].eligible(self.day, 0, self.experience, gain, self.earned)

    def _next_day(self) -> int:
        events = list(self.applied.values())
        for number, end in self.waiting.items():
            events.append(end if end > self.day else self._eligible(number))
        if self.studied < len(self.script.studies):
            events.append(self._study_day())
        events.append(self.move_due(self.moved))
        return min((event for event in events if event > self.day), default=NEVER)


def route(problem: Problem, plan: Plan) -> list[tuple[Step, list[Way]]]:
    """The plan's moves in the order made, each with the ways of the catalog that it may have taken.

    Moves of one day stand in the plan by id; the order is the one that forms a chain.
    """
    found: list[tuple[Step, list[Way]]] = []
    waiting = [step for step in plan.steps if step.kind == "move"]

    def extend(role: int) -> bool:
        if not waiting:
            return role == problem.target
        day = waiting[0].start_day
        for step in [step for step in waiting if step.start_day == day]:
            ways = [way for way in problem.ways[role] if problem.role_names[way.into] == step.id]
            if ways:
                place = waiting.index(step)
                waiting.remove(step)
                found.append((step, ways))
                if extend(ways[0].into):
                    return True
                found.pop()
                waiting.insert(place, step)
        return False

    if not extend(problem.start_role):
        raise ValueError("the plan's moves do not lead to the target")
    return found
