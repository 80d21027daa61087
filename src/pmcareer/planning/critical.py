"""The critical path of a plan: how late each step may be without delaying arrival, and what each step is for.

Float is found by living the plan again with one step delayed: the same roles in the same order, the same studies in
the same order with the same preparations, nothing earlier than planned, everything else as soon as it then can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from pmcareer.planning.instance import Held, Holds, Instance, Requirement
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.problem import Paper, Problem, Way, problem_of
from pmcareer.planning.reliving import Life, Script, route, script_of
from pmcareer.planning.requirements import leaves
from pmcareer.values import dataclass

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
    problem = problem_of(instance)
    script = script_of(problem, plan)
    purposes = _Purposes(problem, plan)
    notes = []
    for step in plan.steps:
        slack = _slack(script, step)
        notes.append(StepNote(step, slack, slack == 0, purposes.of(step)))
    return tuple(notes)


class _Delayed(Life):
    """The plan with one step delayed: nothing earlier than planned, everything else as soon as it then can be."""

    def __init__(self, script: Script, delayed: Step, days: int) -> None:
        super().__init__(script, script.plan.arrival_day)
        self.delayed = delayed
        self.late = days
        self.award = self.problem.bit[delayed.id].bit_length() - 1 if delayed.kind == "earn" else None

    def planned(self, step: Step) -> int:
        return step.start_day + (self.late if step is self.delayed else 0)

    def study_due(self, place: int) -> int:
        """As the base class says."""
        return self.planned(self.script.studies[place][0])

    def study_hours(self, place: int) -> tuple[int, int]:
        """As the base class says."""
        return self.script.studies[place][2].hours, 1

    def award_days(self, number: int) -> int:
        """As the base class says."""
        return self.problem.papers[number].lead + (self.late if number == self.award else 0)

    def move_due(self, place: int) -> int:
        """As the base class says."""
        step, ways = self.script.moves[place]
        return max(self.planned(step), self.opens(ways))


def _slack(script: Script, step: Step) -> int | None:
    """The largest delay of *step* that leaves the arrival as it is; None for renewals, whose day is fixed."""
    if step.kind == "renew":
        return None
    arrival = script.plan.arrival_day
    low, high = 0, arrival - step.end_day
    while low < high:
        middle = low + 1 if low == 0 else (low + high + 1) // 2
        if _Delayed(script, step, middle).arrival() <= arrival:
            low = middle
        else:
            high = middle - 1
    return low


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


def _named(requirement: Requirement) -> list[str]:
    return [leaf.certification for leaf in leaves(requirement) if isinstance(leaf, (Holds, Held))]
