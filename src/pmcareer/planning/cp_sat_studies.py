"""The studies of the second engine's model: what is earned when, by which preparation, and what moves wait for."""

from __future__ import annotations

from pmcareer.planning.cp_sat_walk import Number, Walk
from pmcareer.planning.instance import All, AnyOf, AtLeast, ExperienceDays, Held, Holds, Requirement, TenureDays
from pmcareer.planning.problem import Problem
from pmcareer.planning.requirements import leaves, needed

MOST_PAIRS = 60_000
"""Beyond so many pairs of studies upkeep is left out of how long they take: the bounds still hold."""


class Studies(Walk):
    """The walk and the studies of one question. *idle*: a study may begin later than on the day the slot is free."""

    def __init__(self, problem: Problem, latest: int, *, idle: bool) -> None:
        super().__init__(problem, latest)
        self.idle = idle
        self._papers()
        self._moves_open()
        self._preparations()
        self._studies()

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
