"""A question as whole-number constraints for CP-SAT: every lawful plan is a solution, and few others are.

The walk is a path of moves with the days of entering and leaving each role. Experience enters as the day on which it
reaches each amount that is asked for; every requirement then comes to a day, and applications wait for theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from ortools.sat.python import cp_model

from pmcareer.planning.cp_sat_studies import Studies
from pmcareer.planning.cp_sat_walk import Number
from pmcareer.planning.plan import Plan
from pmcareer.planning.problem import Paper, Problem
from pmcareer.planning.rehearsal import Script


class Answer(NamedTuple):
    """What a search came to: the plan as roles and studies with their days, and the bound of the criterion."""

    script: Script | None
    bound: int | None
    optimal: bool
    impossible: bool


class Model(Studies):
    """One question; plans that arrive later than *latest* are left out."""

    def __init__(self, problem: Problem, latest: int, *, idle: bool) -> None:
        super().__init__(problem, latest, idle=idle)
        self._costs()

    def _costs(self) -> None:
        problem, model = self.problem, self.model
        total: list[Number] = [self._held()]
        for number, picks in self.picks.items():
            paper = problem.papers[number]
            total += [option.cost * pick for option, pick in zip(paper.options, picks, strict=True)]
            total += self._kept(paper, number)
        self.cost = model.new_int_var(0, 1 << 50, "cost")
        model.add(self.cost == sum(total))
        if problem.budget is not None:
            model.add(self.cost <= problem.budget)
        self.exams = sum(self.present.values())
        self.criteria = [self.arrival, self.cost, self.exams]

    def _kept(self, paper: Paper, number: int) -> list[Number]:
        """What is paid by arrival: each payment where the certification is as old as that."""
        found = []
        age = self.arrival - self.earned[number]
        for day, cost in paper.payments:
            for due in range(day, self.latest + 1, max(1, paper.cycle)):
                paid = self.flag()
                self.model.add(age < due).only_enforce_if(paid.negated())
                found.append(cost * paid)
        return found

    def _held(self) -> Number:
        """Keeping what was held on day 0: by arrival, a sum that rises on some days."""
        changes, before = [], self.problem.held_cost(0)
        first = before
        for day in self._held_days():
            now = self.problem.held_cost(day)
            if now > before:
                paid = self.flag()
                self.model.add(self.arrival < day).only_enforce_if(paid.negated())
                changes.append((now - before) * paid)
                before = now
        return first + sum(changes)

    def _held_days(self) -> list[int]:
        low, days = 0, []
        while low < self.latest:
            high = self.latest
            if self.problem.held_cost(high) == self.problem.held_cost(low):
                break
            below = low
            while high - below > 1:
                middle = (below + high) // 2
                if self.problem.held_cost(middle) > self.problem.held_cost(low):
                    high = middle
                else:
                    below = middle
            days.append(high)
            low = high
        return days

    def fix(self, criterion: int, value: int) -> None:
        """Only plans that come to *value*."""
        self.model.add(self.criteria[criterion] == value)

    def no_worse(self, criterion: int, value: int, plan: Plan) -> None:
        """Only plans that come to at most *value*, beginning from *plan*."""
        self.model.add(self.criteria[criterion] <= value)
        self._hint(plan)

    def minimize(self, criterion: int, least: int, effort: float, to_stop: list[Callable[[], None]]) -> Answer:
        """The least of a criterion, known to be at least *least*; what stops the search is put into *to_stop*."""
        self.model.add(self.criteria[criterion] >= least)
        self.model.minimize(self.criteria[criterion])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = effort
        solver.parameters.catch_sigint_signal = False
        to_stop.append(solver.stop_search)
        status = solver.solve(self.model)
        to_stop.clear()
        if status == cp_model.INFEASIBLE:
            return Answer(None, None, False, True)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(None, None, False, False)
        bound = max(least, ceil(solver.best_objective_bound - 0.5))
        return Answer(self._script(solver), bound, status == cp_model.OPTIMAL, False)

    def _script(self, solver: cp_model.CpSolver) -> Script:
        role, roles, days = self.problem.start_role, [], []
        while role != self.problem.target:
            place = next(i for i, taken in enumerate(self.taken[role]) if solver.boolean_value(taken))
            days.append(solver.value(self.leave[role]))
            role = self.ways[role][place].into
            roles.append(role)
        present = [n for n in self.numbers if solver.boolean_value(self.present[n])]
        begins = {n: solver.value(self.begin[n]) for n in present}
        studies = sorted(present, key=lambda n: (begins[n], solver.value(self.end[n]), n))
        return Script(tuple(roles), tuple(studies), tuple(days), tuple(begins[n] for n in studies))

    def _hint(self, plan: Plan) -> None:
        """Begin from a lawful plan (a walk that returns to a role cannot be told to this model)."""
        model, problem = self.model, self.problem
        model.clear_hints()  # type: ignore[no-untyped-call]
        role, day = problem.start_role, 0
        moves = [(problem.role_number[s.id], s.end_day) for s in plan.steps if s.kind == "move"]
        for into, left in sorted(moves, key=lambda move: move[1]) if len({m[0] for m in moves}) == len(moves) else ():
            for way, taken in zip(self.ways[role], self.taken[role], strict=True):
                model.add_hint(taken, way.into == into)
            model.add_hint(self.enter[role], day)
            model.add_hint(self.leave[role], left)
            role, day = into, left
        studied = {step.id: step for step in plan.steps if step.kind == "study"}
        earned = {step.id: step.end_day for step in plan.steps if step.kind == "earn"}
        for number, present in self.present.items():
            name = problem.papers[number].name
            model.add_hint(present, name in earned)
            if name in earned:
                model.add_hint(self.begin[number], studied[name].start_day)
                model.add_hint(self.end[number], studied[name].end_day)
                model.add_hint(self.earned[number], earned[name])
