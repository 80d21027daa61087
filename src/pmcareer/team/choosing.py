"""The choice that a budget allows, by a solver (CP-SAT of OR-Tools, extra ``solver``), in whole cents and exact.

Most people ready first, then least cost, then fewest days in all; what is still equal is decided by the order in which
the options are offered. One thread and one seed: the same options give the same choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pmcareer.errors import MissingExtraError
from pmcareer.team.budget import Choice, Option, Wanted

_BLOCK = 40  # options whose order is weighed by powers of two in one go
_EFFORT = 60.0  # the solver's own measure of work, the same on every machine; about seconds


def best_choice(options: Sequence[Option], wanted: Sequence[Wanted], budget: int | None) -> Choice:
    """The best choice of at most *budget* cents (None: whatever it costs). Raises MissingExtraError."""
    return _Question(options, wanted, budget).best()


def cheapest_choice_of(options: Sequence[Option], wanted: Sequence[Wanted], people: int) -> Choice | None:
    """The cheapest choice of so many people, whatever it costs; None where so many cannot be. MissingExtraError."""
    return _Question(options, wanted, None, people).best_of_exactly()


class _Question:
    """The model, to which each answered aim is added as a bound before the next is pursued."""

    def __init__(
        self, options: Sequence[Option], wanted: Sequence[Wanted], budget: int | None, people: int | None = None
    ) -> None:
        try:
            from ortools.sat.python import cp_model
        except ImportError:
            raise MissingExtraError("solver", "choosing under a budget") from None
        self.cp: Any = cp_model
        self.options = options
        self.model: Any = cp_model.CpModel()
        self.taken = [self.model.new_bool_var(f"o{number}") for number in range(len(options))]
        self.proven = True
        self.values: list[int] = []
        for mine in _by(options, lambda one: one.person):
            self.model.add_at_most_one(self.taken[number] for number in mine)
        caps = {one.target: one.positions for one in wanted}
        for mine in _by(options, lambda one: one.target):
            cap = caps[options[mine[0]].target]
            if cap is not None:
                self.model.add(sum(self.taken[number] for number in mine) <= cap)
        if budget is not None:
            self.model.add(self._weighed([one.cents for one in options]) <= budget)
        if people is not None:
            self.model.add(sum(self.taken) == people)

    def best(self) -> Choice:
        if not self.options:
            return Choice(())
        self._pursue([1] * len(self.options), most=True)
        return self._settled()

    def best_of_exactly(self) -> Choice | None:
        if not self.options or not self._solve():
            return None
        return self._settled()

    def _settled(self) -> Choice:
        self._pursue([one.cents for one in self.options])
        self._pursue([one.days for one in self.options])
        for first in range(0, len(self.options), _BLOCK):
            self._decide(range(first, min(first + _BLOCK, len(self.options))))
        return Choice(tuple(one for one, value in zip(self.options, self.values, strict=True) if value), self.proven)

    def _pursue(self, weights: Sequence[int], *, most: bool = False) -> None:
        """Make the weighed sum as large or as small as can be, and keep it so."""
        goal = self._weighed(weights)
        self.model.maximize(goal) if most else self.model.minimize(goal)
        self._solve()
        self.model.add(goal == sum(w for w, value in zip(weights, self.values, strict=True) if value))

    def _decide(self, block: Iterable[int]) -> None:
        """Of equals take those offered first: a block of options is settled for good."""
        numbers = list(block)
        self.model.maximize(sum(2 ** (len(numbers) - n) * self.taken[one] for n, one in enumerate(numbers, 1)))
        self._solve()
        for one in numbers:
            self.model.add(self.taken[one] == self.values[one])

    def _weighed(self, weights: Sequence[int]) -> Any:
        return self.cp.LinearExpr.weighted_sum(self.taken, weights)

    def _solve(self) -> bool:
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_deterministic_time = _EFFORT
        self.model.clear_hints()
        for variable, value in zip(self.taken, self.values, strict=False):
            self.model.add_hint(variable, value)
        status = solver.solve(self.model)
        self.proven = self.proven and status in (self.cp.OPTIMAL, self.cp.INFEASIBLE)
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return False
        self.values = [solver.value(variable) for variable in self.taken]
        return True


def _by(options: Sequence[Option], key: Any) -> list[list[int]]:
    groups: dict[object, list[int]] = {}
    for number, one in enumerate(options):
        groups.setdefault(key(one), []).append(number)
    return list(groups.values())
