"""A question as whole-number constraints for CP-SAT: every lawful plan is a solution, and few others are.

The walk is a path of moves with the days of entering and leaving each role. Experience enters as the day on which it
reaches each amount that is asked for; every requirement then comes to a day, and applications wait for theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any, NamedTuple

from ortools.sat.python import cp_model

from pmcareer.planning.instance import All, AnyOf, AtLeast, ExperienceDays, Held, Holds, Requirement, TenureDays
from pmcareer.planning.packages import Packages
from pmcareer.planning.plan import Plan
from pmcareer.planning.problem import Paper, Problem, Way
from pmcareer.planning.rehearsal import Script
from pmcareer.planning.relaxed import Relaxed
from pmcareer.planning.requirements import leaves, needed

Number = Any
MOST_PAIRS = 60_000
"""Beyond so many pairs of studies upkeep is left out of how long they take: the bounds still hold."""


class Answer(NamedTuple):
    """What a search came to: the plan as roles and studies with their days, and the bound of the criterion."""

    script: Script | None
    bound: int | None
    optimal: bool
    impossible: bool


class Model:
    """One question; plans that arrive later than *latest* are left out. ``exact``: no walk that could matter is."""

    def __init__(self, problem: Problem, latest: int, *, idle: bool) -> None:
        self.problem = problem
        self.latest = latest
        self.never = latest + 1
        self.idle = idle
        self.model = cp_model.CpModel()
        ways = Relaxed(problem, Packages(problem), latest).ways
        kept = [{into for into, _ in row} for row in ways]
        self.ways = [[way for way in row if way.into in kept[role]] for role, row in enumerate(problem.ways)]
        self.exact = _returns_gain_nothing(problem, self.ways)
        self._walk()
        self._experience()
        self._papers()
        self._moves_open()
        self._preparations()
        self._studies()
        self._costs()

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

    def _papers(self) -> None:
        problem = self.problem
        self.numbers = self._asked_for() if self.idle else list(range(len(problem.papers)))
        self.present = {n: self.flag(f"in{n}") for n in self.numbers}
        self.begin = {n: self.day(f"begin{n}") for n in self.numbers}
        self.end = {n: self.day(f"end{n}") for n in self.numbers}
        self.length = {n: self.day(f"length{n}") for n in self.numbers}
        self.earned = {n: self.day(f"earned{n}", self.never) for n in self.numbers}
        for number, present in self.present.items():
            paper = problem.papers[number]
            self.model.add(self.earned[number] <= self.arrival).only_enforce_if(present)
            self.model.add(self.earned[number] == self.never).only_enforce_if(present.negated())
            eligible = self._opens(paper.eligibility)
            applied = self.day(f"applied{number}", self.never)
            self.model.add_max_equality(applied, [self.end[number], eligible])
            self.model.add(self.earned[number] == applied + paper.lead).only_enforce_if(present)
            twin = problem.twin.get(1 << number)
            before = None if twin is None else self.present.get(twin.bit_length() - 1)
            if twin is not None and before is not None:
                self.model.add_implication(present, before)
                self.model.add(self.begin[twin.bit_length() - 1] <= self.begin[number]).only_enforce_if(present)

    def _asked_for(self) -> list[int]:
        """What the moves can ask for. Where studies may wait, nothing else is ever of use."""
        found: set[int] = set()
        agenda = [way.requires for row in self.ways for way in row]
        while agenda:
            for leaf in leaves(agenda.pop()):
                if isinstance(leaf, (Holds, Held)):
                    number = self.problem.bit[leaf.certification].bit_length() - 1
                    if number not in found:
                        found.add(number)
                        paper = self.problem.papers[number]
                        agenda += [paper.eligibility, *self.problem.openings(paper)]
        return sorted(found)

    def _opens(self, tree: Requirement) -> Number:
        """The first day on which a tree (without tenure) holds."""
        if isinstance(tree, (Holds, Held)):
            number = self.problem.bit[tree.certification].bit_length() - 1
            return self.earned.get(number, self.never)
        if isinstance(tree, ExperienceDays):
            return self.reached.get((self.problem.kind_number[tree.kind], tree.days), 0)
        assert isinstance(tree, (All, AnyOf, AtLeast))  # noqa: S101 (what closes is not put to this engine)
        parts = [self._opens(part) for part in tree.parts]
        return self._nth(parts, needed(tree))

    def _nth(self, parts: list[Number], need: int) -> Number:
        """The day by which *need* of the days have come."""
        if need <= 0:
            return 0
        if need > len(parts):
            return self.never
        if len(parts) == 1:
            return parts[0]
        day = self.day(most=self.never)
        if need == len(parts):
            self.model.add_max_equality(day, parts)
        elif need == 1:
            self.model.add_min_equality(day, parts)
        else:
            by_then = [self.flag() for _ in parts]
            earlier = [self.flag() for _ in parts]
            for part, by, before in zip(parts, by_then, earlier, strict=True):
                self.model.add(part <= day).only_enforce_if(by)
                self.model.add(part >= day).only_enforce_if(before.negated())
            self.model.add(sum(by_then) >= need)
            self.model.add(sum(earlier) < need)
        return day

    def _moves_open(self) -> None:
        for role, row in enumerate(self.ways):
            for way, taken in zip(row, self.taken[role], strict=True):
                self._asks(way.requires, role, taken)

    def _asks(self, tree: Requirement, role: int, taken: Number) -> None:
        """The requirement of a move holds on the day of leaving *role*, if the move is made."""
        model, leave = self.model, self.leave[role]
        if isinstance(tree, TenureDays):
            had = self.problem.instance.start.tenure_days if role == self.problem.start_role else 0
            model.add(leave + had >= self.enter[role] + tree.days).only_enforce_if(taken)
        elif isinstance(tree, All):
            for part in tree.parts:
                self._asks(part, role, taken)
        elif isinstance(tree, (AnyOf, AtLeast)):
            holds = [self.flag() for _ in tree.parts]
            for part, flag in zip(tree.parts, holds, strict=True):
                self._asks(part, role, flag)
            model.add(sum(holds) >= needed(tree)).only_enforce_if(taken)
        else:
            model.add(leave >= self._opens(tree)).only_enforce_if(taken)

    def _preparations(self) -> None:
        """The cheaper preparation that is open when a study begins: its price and its hours."""
        self.picks: dict[int, list[Number]] = {}
        instant = any(not paper.least_hours for paper in self.problem.papers)
        for number, present in self.present.items():
            paper = self.problem.papers[number]
            picks = [self.flag() for _ in paper.options]
            self.model.add(sum(picks) == present)
            opens = [0 if option.when is None else self._opens(option.requires) for option in paper.options]
            for place, pick in enumerate(picks):
                self.model.add(self.begin[number] >= opens[place]).only_enforce_if(pick)
                for better in opens[:place]:
                    # Of studies of no hours several begin on one day, and one may open what another began before.
                    self.model.add(self.begin[number] <= better - (not instant)).only_enforce_if(pick)
            self.picks[number] = picks

    def _studies(self) -> None:
        model, problem = self.model, self.problem
        spans, lasting = [], []
        pairs = len(self.numbers) * sum(1 for n in self.numbers if problem.papers[n].upkeep) <= MOST_PAIRS
        for number, present in self.present.items():
            begin, length, end = self.begin[number], self.length[number], self.end[number]
            spans.append(model.new_optional_interval_var(begin, length, end, present, f"study{number}"))
            model.add(length == 0).only_enforce_if(present.negated())
            lasting.append(length)
            self._lasts(number, pairs)
        model.add_no_overlap(spans)
        if not self.idle and lasting:  # no gaps: the last study ends when all of them have been done
            last = self.day("last")
            timed = [self.day() for _ in lasting]
            for number, end in zip(self.numbers, timed, strict=True):
                some = self.flag()
                model.add(self.length[number] >= 1).only_enforce_if(some)
                model.add(self.length[number] == 0).only_enforce_if(some.negated())
                model.add(end == self.end[number]).only_enforce_if(some)
                model.add(end == 0).only_enforce_if(some.negated())
            model.add_max_equality(last, timed)
            model.add(last == sum(lasting))

    def _lasts(self, number: int, pairs: bool) -> None:
        """How many days a study takes, with the upkeep of what was earned before its first day."""
        model, problem, paper = self.model, self.problem, self.problem.papers[number]
        work = sum(7 * o.hours * pick for o, pick in zip(paper.options, self.picks[number], strict=True))
        present = self.present[number]
        spare = problem.hours - problem.held_upkeep
        burdens: list[Number] = []
        if problem.held_upkeep_today:
            later = self.flag()
            model.add(self.begin[number] >= 1).only_enforce_if(later)
            model.add(self.begin[number] == 0).only_enforce_if(later.negated())
            burdens.append(problem.held_upkeep_today * later)
        for other in self.numbers if pairs else ():
            upkeep = problem.papers[other].upkeep
            if upkeep and other != number:
                before = self.flag()
                model.add(self.earned[other] < self.begin[number]).only_enforce_if(before, present)
                model.add(self.earned[other] >= self.begin[number]).only_enforce_if(before.negated(), present)
                burdens.append(upkeep * before)
        length = self.length[number]
        if spare <= 0:
            model.add(work == 0)
            return
        if not burdens:
            model.add(length * spare >= work)
            if pairs:
                model.add(length * spare <= work + spare - 1)
            return
        left, most = self.day(most=spare), self.day(most=spare * (self.latest + 1))
        model.add(left == spare - sum(burdens)).only_enforce_if(present)
        model.add_multiplication_equality(most, [length, left])
        model.add(most >= work).only_enforce_if(present)
        model.add(most - left < work).only_enforce_if(present)

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
