"""The second engine: what is left open is put to OR-Tools CP-SAT, beginning from the best plan known.

Its model (``cp_sat_model``) leaves out no lawful plan, so its bounds hold. What it finds is lived once more by the
planner's own rehearsal and audited before it is given; only then, and only where its value is the bound, is it proven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from importlib.util import find_spec
from threading import Event, Thread
from typing import TYPE_CHECKING

from pmcareer.errors import MissingExtraError
from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Limits, Outcome, Plan
from pmcareer.planning.problem import Problem
from pmcareer.planning.rehearsal import perform
from pmcareer.planning.replay import check
from pmcareer.planning.requirements import has_closings
from pmcareer.planning.simulate import plan_of
from pmcareer.planning.solver import solve

if TYPE_CHECKING:
    from pmcareer.planning.cp_sat_model import Answer

Stop = Callable[[], bool]
NOTHING_KNOWN = Outcome((), False, Fraction(0), "limit", 0)
Value = tuple[int, int, int]

BEFORE = Limits(explored=2_000)
"""How far the planner's own search goes first."""

EFFORT = 20.0
"""For each criterion, in CP-SAT's own measure of work, which is the same on every machine: seconds for small
questions, minutes for large ones."""

ORDERS = {"fastest": (0, 1, 2), "cheapest": (1, 0, 2), "fewest-exams": (2, 0, 1)}
"""Places in (arrival, cost, exams) of what is to be least, in order."""


def solve_by_cp_sat(
    instance: Instance, *, limits: Limits | None = None, should_stop: Stop | None = None, effort: float = EFFORT
) -> Outcome:
    """As ``solver.solve``; what that leaves unproven goes to CP-SAT, with its plan as the hint and the bound.

    Questions by ``earnings``, and such in which something lapses, are left as they are. Raises MissingExtraError where
    OR-Tools is not installed.
    """
    if find_spec("ortools") is None:
        raise MissingExtraError("solver", "--engine cp-sat")
    known = solve(instance, limits=limits or BEFORE, should_stop=should_stop)
    if known.proven_optimal or known.reason == "stopped":
        return known
    if instance.objective == "earnings" or has_closings(instance):
        return known
    return Second(instance, known, should_stop, effort).run()


class Second:
    """One question: ``best`` is the best plan so far, ``bound`` what the first criterion is at least."""

    def __init__(self, instance: Instance, known: Outcome, should_stop: Stop | None, effort: float) -> None:
        self.instance = instance
        self.known = known
        self.should_stop = should_stop
        self.effort = effort
        self.problem = Problem(instance)
        self.order = ORDERS[instance.objective]
        self.best = known.plans[0] if known.plans else None
        self.bound = known.bound or Fraction(0)

    def run(self) -> Outcome:
        """The outcome: each criterion in turn, the ones before it at their least."""
        from pmcareer.planning.cp_sat_model import Model

        latest = self.problem.last_day
        if self.best is not None and self.order[0] == 0:
            latest = self.best.arrival_day
        model = Model(self.problem, latest, idle=self.instance.objective == "cheapest")
        exact = model.exact
        for place, criterion in enumerate(self.order):
            least = self._least(criterion) if place == 0 else 0
            if self.best is not None and self._value(self.best)[criterion] == least and place == 0:
                model.fix(criterion, least)
                continue
            if self.best is not None:
                model.no_worse(criterion, self._value(self.best)[criterion], self.best)
            with stopping(self.should_stop) as to_call:
                answer = model.minimize(criterion, least, self.effort, to_call)
            if answer.script is not None:
                self._consider(answer)
            if place == 0 and exact and answer.bound is not None:
                self.bound = max(self.bound, self._in_units(criterion, answer.bound))
            if answer.impossible and exact and self.best is None:
                return Outcome((), True, None, "no-plan", self.known.explored)
            if not (answer.optimal and self.best and self._value(self.best)[criterion] == answer.bound):
                return self._open()
            model.fix(criterion, answer.bound or 0)
        return self._proven() if exact else self._open()

    def _least(self, criterion: int) -> int:
        """What the first engine knows of the first criterion, in whole numbers of the problem."""
        bound = self.bound * self.problem.money_unit if criterion == 1 else self.bound
        return -(-bound.numerator // bound.denominator)

    def _in_units(self, criterion: int, value: int) -> Fraction:
        return self.problem.amount(value) if criterion == 1 else Fraction(value)

    def _value(self, plan: Plan) -> Value:
        return plan.arrival_day, int(plan.cost * self.problem.money_unit), plan.exams

    def _rank(self, plan: Plan) -> list[int]:
        value = self._value(plan)
        return [value[criterion] for criterion in self.order]

    def _consider(self, answer: Answer) -> None:
        """Live and audit what was found; kept where it is lawful and better."""
        assert answer.script is not None  # noqa: S101 (asked before)
        lived = perform(self.problem, answer.script, self.problem.last_day, idle=self.instance.objective == "cheapest")
        if lived is None:
            return
        plan = plan_of(self.problem, lived.acts)
        if check(self.instance, plan) == () and (self.best is None or self._rank(plan) < self._rank(self.best)):
            self.best = plan

    def _proven(self) -> Outcome:
        assert self.best is not None  # noqa: S101 (what is proven was found)
        own = self._in_units(self.order[0], self._value(self.best)[self.order[0]])
        return Outcome((self.best,), True, own, "optimal", self.known.explored)

    def _open(self) -> Outcome:
        stopped = self.should_stop is not None and self.should_stop()
        plans = () if self.best is None else (self.best,)
        return replace(self.known, plans=plans, bound=self.bound, reason="stopped" if stopped else "limit")


@contextmanager
def stopping(should_stop: Stop | None) -> Iterator[list[Callable[[], None]]]:
    """Calls whatever is put into the list once *should_stop* says so."""
    to_call: list[Callable[[], None]] = []
    over = Event()

    def watch() -> None:
        while should_stop is not None and not over.wait(0.1):
            if should_stop():
                for call in to_call:
                    call()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield to_call
    finally:
        over.set()
        watcher.join()
