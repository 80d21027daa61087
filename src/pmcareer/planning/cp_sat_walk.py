"""The walk of the second engine's model: a path of moves, and the days on which experience reaches what is asked for.

Who is in no role enters and leaves it on any day; nothing is asked of that.
"""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from pmcareer.planning.packages import Packages
from pmcareer.planning.problem import Problem, Way
from pmcareer.planning.relaxed import Relaxed

Number = Any


class Walk:
    """One question's moves, up to day *latest*. ``exact``: no walk that could matter is left out."""

    def __init__(self, problem: Problem, latest: int) -> None:
        self.problem = problem
        self.latest = latest
        self.never = latest + 1
        self.model = cp_model.CpModel()
        ways = Relaxed(problem, Packages(problem), latest).ways
        kept = [{into for into, _ in row} for row in ways]
        self.ways = [[way for way in row if way.into in kept[role]] for role, row in enumerate(problem.ways)]
        self.exact = _returns_gain_nothing(problem, self.ways)
        self._walk()
        self._experience()

    def day(self, name: str = "", most: int | None = None) -> Number:
        """A day up to *most* (``latest`` if not given)."""
        return self.model.new_int_var(0, self.latest if most is None else most, name)

    def flag(self, name: str = "") -> Number:
        """Yes or no."""
        return self.model.new_bool_var(name)

    def _walk(self) -> None:
        """A path from the start to the target; who is in no role enters and leaves it on day 0 of nowhere."""
        model, roles = self.model, range(len(self.ways))
        self.enter = [self.day(f"enter{role}") for role in roles]
        self.leave = [self.day(f"leave{role}") for role in roles]
        self.taken = [[self.flag(f"move{role}.{i}") for i in range(len(row))] for role, row in enumerate(self.ways)]
        into: list[list[Number]] = [[] for _ in roles]
        for role, row in enumerate(self.ways):
            for way, taken in zip(row, self.taken[role], strict=True):
                into[way.into].append(taken)
                model.add(self.leave[role] == self.enter[way.into]).only_enforce_if(taken)
        start, target = self.problem.start_role, self.problem.target
        for role in roles:
            out = self.taken[role]
            model.add(sum(out) <= 1)
            if role == start:
                model.add(sum(out) == 1)
                model.add(sum(into[role]) == 0)
            elif role == target:
                model.add(sum(into[role]) == 1)
            else:
                model.add(sum(out) == sum(into[role]))
            model.add(self.leave[role] >= self.enter[role])
        model.add(self.enter[start] == 0)
        self.arrival = self.enter[target]

    def _experience(self) -> None:
        """By kind and amount asked for, the day on which it is reached: ``never`` where that is not before arrival."""
        self.reached: dict[tuple[int, int], Number] = {}
        for kind, amounts in enumerate(self.problem.ladder):
            had = self._had(kind)
            for amount in amounts:
                if amount > self.problem.start_experience[kind]:
                    self.reached[kind, amount] = self._reaching(kind, amount, had)

    def _had(self, kind: int) -> list[Number]:
        """Experience of a kind on entering each role."""
        most = self.problem.start_experience[kind] + self.latest
        had = [self.day(f"had{kind}.{role}", most) for role in range(len(self.ways))]
        self.model.add(had[self.problem.start_role] == self.problem.start_experience[kind])
        for role, amount in enumerate(had):
            self.model.add(amount <= self.problem.start_experience[kind] + self.enter[role])
        for role, row in enumerate(self.ways):
            for way, taken in zip(row, self.taken[role], strict=True):
                stay = (self.leave[role] - self.enter[role]) if self.problem.gain[role][kind] else 0
                self.model.add(had[way.into] == had[role] + stay).only_enforce_if(taken)
        return had

    def _reaching(self, kind: int, amount: int, had: list[Number]) -> Number:
        day, never = self.day(f"reach{kind}.{amount}", self.never), self.flag()
        chosen = [never]
        self.model.add(day == self.never).only_enforce_if(never)
        self.model.add(had[self.problem.target] < amount).only_enforce_if(never)
        for role, out in enumerate(self.taken):
            if out and self.problem.gain[role][kind]:
                here = self.flag()
                self.model.add(sum(out) == 1).only_enforce_if(here)
                self.model.add(day == self.enter[role] + amount - had[role]).only_enforce_if(here)
                self.model.add(had[role] <= amount).only_enforce_if(here)
                self.model.add(day <= self.leave[role]).only_enforce_if(here)
                chosen.append(here)
        self.model.add_exactly_one(chosen)
        return day


def _returns_gain_nothing(problem: Problem, ways: list[list[Way]]) -> bool:
    """Whether no walk has reason to enter a role twice: where it could, all roles grant the same."""
    left = set(range(len(ways)))
    while True:
        into = {way.into for role in left for way in ways[role]}
        leading = {role for role in left if role in into and any(way.into in left for way in ways[role])}
        if leading == left:
            break
        left = leading
    return all(problem.gain[way.into] == problem.gain[role] for role in left for way in ways[role] if way.into in left)
