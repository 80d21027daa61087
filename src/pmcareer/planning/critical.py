"""The critical path of a plan: how late each step may be without delaying arrival, and what each step is for.

Float is found by living the plan again with one step delayed: the same roles in the same order, the same studies in
the same order with the same preparations, nothing earlier than planned, everything else as soon as it then can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pmcareer.planning.instance import Held, Holds, Instance, Requirement
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.problem import Paper, Problem, Way
from pmcareer.planning.requirements import NEVER, leaves

Purpose = tuple[Literal["target", "move", "eligibility", "variant", "keeping", "order"], str]


@dataclass(frozen=True, slots=True)
class StepNote:
    """``float_days``: by how many days the step may slip while arrival stays (None for renewals, whose day is fixed);
    ``critical``: no day at all. ``serves``: ("move", role entered), ("eligibility" or "variant", certification),
    ("keeping", certification), ("target", role); ("order", certification) where a study only fills the time until a
    better preparation for the next one opens."""

    step: Step
    float_days: int | None
    critical: bool
    serves: tuple[Purpose, ...]


def critical_path(instance: Instance, plan: Plan) -> tuple[StepNote, ...]:
    """A note for each step of *plan*, in its order; *plan* must be lawful for *instance*."""
    if not plan.steps:
        return ()
    problem = Problem(instance)
    replica = _Replica(problem, plan)
    purposes = _Purposes(problem, plan)
    notes = []
    for step in plan.steps:
        slack = replica.slack(step)
        notes.append(StepNote(step, slack, slack == 0, purposes.of(step)))
    return tuple(notes)


class _Replica:
    """The plan as a machine that can be run again with one step delayed."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        numbers = {name: i for i, name in enumerate(problem.names)}
        studies = sorted((s for s in plan.steps if s.kind == "study"), key=lambda s: (s.start_day, s.end_day))
        self.studies = [(step, numbers[step.id], _hours(problem.papers[numbers[step.id]], step)) for step in studies]
        self.moves = route(problem, plan)
        self.awards = {step.id: step for step in plan.steps if step.kind == "earn"}

    def slack(self, step: Step) -> int | None:
        """The largest delay of *step* that leaves the arrival as it is."""
        if step.kind == "renew":
            return None
        low, high = 0, self.plan.arrival_day - step.end_day
        while low < high:
            middle = low + 1 if low == 0 else (low + high + 1) // 2
            if self.arrival(step, middle) <= self.plan.arrival_day:
                low = middle
            else:
                high = middle - 1
        return low

    def arrival(self, delayed: Step, days: int) -> int:
        """The arrival day when *delayed* comes *days* later; a day beyond the planned one if it never comes."""
        return _Run(self, delayed, days).arrival()


class _Run:
    """One life of the plan, from event to event."""

    def __init__(self, replica: _Replica, delayed: Step, days: int) -> None:
        self.replica = replica
        self.problem = replica.problem
        self.delayed = delayed
        self.late = days
        self.day = 0
        self.role = self.problem.start_role
        self.entered = -self.problem.instance.start.tenure_days
        self.experience = list(self.problem.start_experience)
        self.earned = 0
        self.upkeep_from: list[tuple[int, int]] = [(0, self.problem.held_upkeep_today)]
        self.slot = 0
        self.waiting: dict[int, int] = {}
        self.applied: dict[int, int] = {}
        self.studied = self.moved = 0

    def planned(self, step: Step) -> int:
        return step.start_day + (self.late if step is self.delayed else 0)

    def arrival(self) -> int:
        last = self.replica.plan.arrival_day
        while self.day <= last:
            self.happen()
            if self.moved == len(self.replica.moves):
                return self.day
            following = self.next_day()
            for kind, gain in enumerate(self.problem.gain[self.role]):
                self.experience[kind] += gain * (following - self.day) if following < NEVER else 0
            self.day = following
        return last + 1

    def happen(self) -> None:
        self.settle()
        while self.studied < len(self.replica.studies):
            step, number, hours = self.replica.studies[self.studied]
            if self.day < max(self.slot, self.planned(step)):
                break
            self.slot = self.day + self.days(hours)
            self.waiting[number] = self.slot
            self.studied += 1
            self.settle()
        while self.moved < len(self.replica.moves):
            step, ways = self.replica.moves[self.moved]
            if self.day < self.planned(step) or self.opens(ways) > self.day:
                break
            self.role, self.entered = ways[0].into, self.day
            self.moved += 1

    def opens(self, ways: Sequence[Way]) -> int:
        gain = self.problem.gain[self.role]
        return min(way.when(self.day, self.entered, self.experience, gain, self.earned) for way in ways)

    def days(self, hours: int) -> int:
        spare = self.problem.hours - self.problem.held_upkeep
        spare -= sum(upkeep for earned, upkeep in self.upkeep_from if earned < self.day)
        return (-(-7 * hours // spare) if spare > 0 else NEVER) if hours else 0

    def settle(self) -> None:
        """Applications and awards of the day, until nothing more is earned."""
        moving = True
        while moving:
            moving = False
            for number, end in list(self.waiting.items()):
                if end <= self.day and self.eligible(number) <= self.day:
                    del self.waiting[number]
                    paper = self.problem.papers[number]
                    award = self.replica.awards[paper.name]
                    self.applied[number] = self.day + paper.lead + (self.late if award is self.delayed else 0)
            for number, day in list(self.applied.items()):
                if day <= self.day:
                    del self.applied[number]
                    self.earned |= 1 << number
                    self.upkeep_from.append((self.day, self.problem.papers[number].upkeep))
                    moving = True

    def eligible(self, number: int) -> int:
        gain = self.problem.gain[self.role]
        return self.problem.papers[number].eligible(self.day, 0, self.experience, gain, self.earned)

    def next_day(self) -> int:
        events = list(self.applied.values())
        for number, end in self.waiting.items():
            events.append(end if end > self.day else self.eligible(number))
        if self.studied < len(self.replica.studies):
            events.append(max(self.slot, self.planned(self.replica.studies[self.studied][0])))
        step, ways = self.replica.moves[self.moved]
        events.append(max(self.planned(step), self.opens(ways)))
        return min((event for event in events if event > self.day), default=NEVER)


@dataclass(frozen=True, slots=True)
class _Use:
    """A requirement that the plan had to meet on a day: ``holds`` says whether it did with a set of certifications."""

    purpose: Purpose
    day: int
    names: frozenset[str]
    holds: Callable[[int], bool]


class _Purposes:
    """Which requirement each step serves: one that would not have held on its day without it."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.still = (0,) * len(problem.kind_names)
        self.moves = route(problem, plan)
        self.earned = {step.id: step.end_day for step in plan.steps if step.kind == "earn"}
        self.uses = [*self._moves(), *self._papers()]

    def of(self, step: Step) -> tuple[Purpose, ...]:
        """What the step is for; where nothing would have failed without it, what names it."""
        if step.kind == "renew":
            return (("keeping", step.id),)
        if step.kind == "move":
            later = [move for move, _ in self.moves]
            after = later[later.index(step) + 1 :]
            return (("move", after[0].id),) if after else (("target", step.id),)
        bit = self.problem.bit[step.id]
        open_to = [use for use in self.uses if use.day >= self.earned[step.id] and step.id in use.names]
        needed = [use for use in open_to if not use.holds(self._mask(use.day) & ~bit)]
        return tuple(dict.fromkeys(use.purpose for use in needed or open_to)) or self._order(step)

    def _order(self, step: Step) -> tuple[Purpose, ...]:
        studies = sorted((s.start_day, s.id) for s in self.plan.steps if s.kind == "study")
        start = next(day for day, name in studies if name == step.id)
        after = [name for day, name in studies if (day, name) > (start, step.id)]
        return (("order", after[0] if after else step.id),)

    def _mask(self, day: int) -> int:
        return sum(self.problem.bit[name] for name, earned in self.earned.items() if earned <= day)

    def _experience(self, day: int) -> list[int]:
        """Experience by kind on the morning of *day*."""
        found = list(self.problem.start_experience)
        role, since = self.problem.start_role, 0
        for step, ways in [*self.moves, (None, [])]:
            until = day if step is None else min(day, step.start_day)
            for kind, gain in enumerate(self.problem.gain[role]):
                found[kind] += gain * max(0, until - since)
            if step is not None:
                role, since = ways[0].into, step.start_day
        return found

    def _moves(self) -> list[_Use]:
        uses = []
        entered = -self.problem.instance.start.tenure_days
        for step, ways in self.moves:
            day, experience = step.start_day, self._experience(step.start_day)

            def holds(
                mask: int,
                ways: Sequence[Way] = ways,
                day: int = day,
                entered: int = entered,
                experience: list[int] = experience,
            ) -> bool:
                return any(way.when(day, entered, experience, self.still, mask) <= day for way in ways)

            names = frozenset(name for way in ways for name in _named(way.requires))
            uses.append(_Use(("move", step.id), day, names, holds))
            entered = day
        return uses

    def _papers(self) -> list[_Use]:
        uses = []
        for step in self.plan.steps:
            if step.kind in ("study", "earn"):
                paper = self.problem.papers[self.problem.bit[step.id].bit_length() - 1]
                uses.append(self._variant(step, paper) if step.kind == "study" else self._eligibility(step, paper))
        return uses

    def _eligibility(self, step: Step, paper: Paper) -> _Use:
        day, experience = step.start_day, self._experience(step.start_day)
        names = frozenset(_named(paper.eligibility))
        return _Use(
            ("eligibility", step.id),
            day,
            names,
            lambda mask: paper.eligible(day, 0, experience, self.still, mask) <= day,
        )

    def _variant(self, step: Step, paper: Paper) -> _Use:
        day, experience = step.start_day, self._experience(step.start_day)
        taken = next(option for option in paper.options if option.index == step.variant)

        def holds(mask: int) -> bool:
            return taken.when is None or taken.when(day, 0, experience, self.still, mask) <= day

        return _Use(("variant", step.id), day, frozenset(_named(taken.requires)), holds)


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


def _hours(paper: Paper, step: Step) -> int:
    return next(option.hours for option in paper.options if option.index == step.variant)


def _named(requirement: Requirement) -> list[str]:
    return [leaf.certification for leaf in leaves(requirement) if isinstance(leaf, (Holds, Held))]
