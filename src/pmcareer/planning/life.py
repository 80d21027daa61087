"""One way of living up to some day, and how it goes on: the dynamics that the search branches over.

A ``Label`` stands at the morning of a day, after study ends and earnings. ``Dynamics.next_labels`` yields every label
that can follow: a choice of studies to begin, of moves to make, and then the next day worth looking at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pmcareer.planning.hazards import Hazards
from pmcareer.planning.problem import Problem
from pmcareer.planning.requirements import NEVER
from pmcareer.values import dataclass

STUDYING, WAITING, APPLIED = 0, 1, 2
# (stage, day, certification): studying until the day, waiting for eligibility, applied and earned on the day
Item = tuple[int, int, int]
# (day, True, certification) begins a study; (day, False, role) enters a role
Act = tuple[int, bool, int]


@dataclass(frozen=True, slots=True)
class Manner:
    """How plans are looked for.

    ``idle``: studies may begin on any free day. ``daily``: look at every day on which acting late could help.
    ``arrival``: the arrival day, if it is known; renewals are then charged up to it as soon as they are certain.
    ``phases``: remember the days of earning of what is renewed, since renewals will be charged at arrival.
    """

    idle: bool
    daily: bool
    arrival: int | None = None
    phases: bool = False
    last_day: int = 0


class Label:
    """A life up to the morning of ``day``. ``fresh`` is upkeep of what was earned this very day."""

    __slots__ = (
        "acts", "arrived", "chained", "cost", "day", "earned", "entered", "exams", "experience", "fresh", "open",
        "parent", "phases", "role", "studied", "upkeep",
    )  # fmt: skip

    def __init__(self, day: int, role: int, entered: int, experience: tuple[int, ...]) -> None:
        self.day = day
        self.role = role
        self.entered = entered
        self.experience = experience
        self.earned = 0
        self.studied = 0
        self.upkeep = 0
        self.fresh = 0
        self.open: tuple[Item, ...] = ()
        self.chained = True
        self.cost = 0
        self.exams = 0
        self.phases: tuple[tuple[int, int], ...] = ()
        self.parent: Label | None = None
        self.acts: tuple[Act, ...] = ()
        self.arrived = False

    def state(self) -> tuple[object, ...]:
        """What the future depends on, money aside."""
        return (
            self.day, self.role, self.entered, self.experience, self.studied, self.earned, self.open, self.chained,
            self.fresh,
        )  # fmt: skip

    def history(self) -> list[Act]:
        """Everything that was decided, in order."""
        found: list[Act] = []
        label: Label | None = self
        while label is not None:
            found.extend(reversed(label.acts))
            label = label.parent
        return found[::-1]


class Evening(NamedTuple):
    """What a morning's choices of study lead to, before moves."""

    studied: int
    earned: int
    fresh: int
    open: tuple[Item, ...]
    chained: bool
    cost: int
    exams: int
    phases: tuple[tuple[int, int], ...]
    acts: tuple[Act, ...]


class Dynamics:
    """How lives go on, for one problem and manner."""

    def __init__(self, problem: Problem, hazards: Hazards, manner: Manner) -> None:
        self.problem = problem
        self.papers = problem.papers
        self.hazards = hazards
        self.manner = manner
        self.limit = manner.last_day if manner.arrival is None else manner.arrival
        self.all = (1 << len(problem.papers)) - 1
        self.still = tuple(0 for _ in problem.kind_names)
        self.watched = [self._watched(role) for role in range(len(problem.ways))]

    def _watched(self, role: int) -> tuple[int, ...]:
        """Kinds that some move out of the role gives up: reaching an amount of them is worth staying for."""
        gain = self.problem.gain
        lost = set()
        for way in self.problem.ways[role]:
            lost |= {k for k, here in enumerate(gain[role]) if here and not gain[way.into][k]}
        return tuple(sorted(lost))

    def first(self) -> Label:
        """The morning of day 0."""
        problem = self.problem
        entered = -min(problem.instance.start.tenure_days, problem.most_tenure[problem.start_role])
        label = Label(0, problem.start_role, entered, problem.start_experience)
        label.upkeep, label.fresh = problem.held_upkeep, problem.held_upkeep_today
        if self.manner.arrival is not None:
            label.cost = problem.held_cost(self.manner.arrival)
        return label

    def next_labels(self, label: Label) -> Iterator[Label]:
        """Every life that can follow within the days that count, arrivals included."""
        for evening in self._studies(label):
            yield from self._moves(label, evening)

    def _studies(self, label: Label) -> Iterator[Evening]:
        plain = Evening(
            label.studied, label.earned, label.fresh, label.open, False, label.cost, label.exams, label.phases, ()
        )
        if any(item[0] == STUDYING for item in label.open):
            yield plain
            return
        seen = {plain}
        agenda = [plain]
        while agenda:
            evening = agenda.pop()
            yield evening
            for after, busy in self._begin(label, evening):
                if busy:
                    yield after
                elif after not in seen:
                    seen.add(after)
                    agenda.append(after)

    def _begin(self, label: Label, evening: Evening) -> Iterator[tuple[Evening, bool]]:
        """Each study that may begin now, and whether it takes the slot."""
        day, experience = label.day, label.experience
        spare = self.problem.hours - label.upkeep
        may_start = (self.manner.idle or label.chained) and spare > 0
        for number, paper in enumerate(self.papers):
            if evening.studied >> number & 1:
                continue
            for option in paper.options:
                if option.when is None or option.when(day, 0, experience, self.still, evening.earned) <= day:
                    break
            acts = (*evening.acts, (day, True, number))
            after = evening._replace(
                studied=evening.studied | 1 << number,
                cost=evening.cost + option.cost,
                exams=evening.exams + 1,
                acts=acts,
            )
            if option.hours == 0:
                yield (
                    self._settle(day, experience, after._replace(open=_with(evening.open, (WAITING, 0, number)))),
                    False,
                )
            elif may_start:
                end = day - (-7 * option.hours // spare)
                if end + paper.lead <= self.limit:
                    yield after._replace(open=_with(evening.open, (STUDYING, end, number))), True

    def _settle(self, day: int, experience: tuple[int, ...], evening: Evening) -> Evening:
        """Study ends and earnings of a day, until nothing more is earned."""
        items = list(evening.open)
        earned, fresh, cost, phases = evening.earned, evening.fresh, evening.cost, evening.phases
        chained = evening.chained
        moving = True
        while moving:
            moving = False
            rest = []
            for item in items:
                stage, when, number = item
                paper = self.papers[number]
                if stage == STUDYING and when == day:
                    stage, when, chained = WAITING, 0, True
                if stage == WAITING and paper.eligible(day, 0, experience, self.still, earned) <= day:
                    stage, when = APPLIED, day + paper.lead
                if stage == APPLIED and when == day:
                    earned |= 1 << number
                    fresh += paper.upkeep
                    cost, phases = self._keep(number, day, cost, phases)
                    moving = True
                else:
                    rest.append((stage, when, number))
            items = rest
        return evening._replace(
            earned=earned, fresh=fresh, open=tuple(sorted(items)), cost=cost, phases=phases, chained=chained
        )

    def _keep(
        self, number: int, day: int, cost: int, phases: tuple[tuple[int, int], ...]
    ) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Renewals to come of something earned today: charged now if the arrival is known, else remembered."""
        paper = self.papers[number]
        if paper.fee:
            if self.manner.arrival is not None:
                cost += paper.fee * ((self.manner.arrival - day) // paper.cycle)
            elif self.manner.phases and day + paper.cycle <= self.manner.last_day:
                phases = tuple(sorted((*phases, (number, day))))
        return cost, phases

    def _moves(self, label: Label, evening: Evening) -> Iterator[Label]:
        """Every row of moves this evening, then on to the next day worth looking at."""
        problem, day, experience = self.problem, label.day, label.experience
        agenda: list[tuple[int, int, tuple[int, ...]]] = [(label.role, label.entered, (label.role,))]
        while agenda:
            role, entered, passed = agenda.pop()
            acts = evening.acts + tuple((day, False, entry) for entry in passed[1:])
            gain = problem.gain[role]
            later = NEVER
            for way in problem.ways[role]:
                opens = way.when(day, entered, experience, gain, evening.earned)
                if opens > day:
                    later = min(later, opens)
                elif way.into == problem.target:
                    if evening.studied == evening.earned:
                        yield self._arrival(label, evening, (*acts, (day, False, way.into)))
                elif way.into not in passed:
                    agenda.append((way.into, day, (*passed, way.into)))
            morning = self._next_day(label, evening, role, later)
            if morning <= self.limit:
                yield self._morning(label, evening, role, entered, morning, acts)

    def _arrival(self, label: Label, evening: Evening, acts: tuple[Act, ...]) -> Label:
        arrival = Label(label.day, self.problem.target, label.day, label.experience)
        arrival.studied = arrival.earned = evening.earned
        arrival.cost, arrival.exams, arrival.phases = evening.cost, evening.exams, evening.phases
        arrival.parent, arrival.acts, arrival.arrived = label, acts, True
        return arrival

    def _next_day(self, label: Label, evening: Evening, role: int, later: int) -> int:
        """The next day on which something happens or becomes possible; tomorrow where waiting may be a choice."""
        problem, day, experience = self.problem, label.day, label.experience
        gain = problem.gain[role]
        free = True
        for stage, when, number in evening.open:
            if stage == WAITING:
                when = self.papers[number].eligible(day, 0, experience, gain, evening.earned)
            elif stage == STUDYING:
                free = False
            later = min(later, when)
        for kind in self.watched[role]:
            for amount in problem.ladder[kind]:
                if amount > experience[kind]:
                    later = min(later, day + amount - experience[kind])
                    break
        if later > day + 1 and self.manner.daily and self._may_dally(label, evening, role, free):
            return day + 1
        if free and evening.studied != self.all:
            later = min(later, self._opening(label, evening, gain))
        return later

    def _opening(self, label: Label, evening: Evening, gain: tuple[int, ...]) -> int:
        """The first later day on which another preparation opens."""
        first = NEVER
        for number, paper in enumerate(self.papers):
            if len(paper.options) > 1 and not evening.studied >> number & 1:
                for option in paper.options[:-1]:
                    if option.when is not None:
                        opens = option.when(label.day, 0, label.experience, gain, evening.earned)
                        if label.day < opens < first:
                            first = opens
        return first

    def _may_dally(self, label: Label, evening: Evening, role: int, free: bool) -> bool:
        for kind in self.hazards.risky[role]:
            if label.experience[kind] < self.problem.enough[kind]:
                return True
        if not free:
            return False
        left = self.hazards.papers & ~evening.studied
        if self.manner.idle:
            return bool(left)
        return any(left >> n & 1 and self.papers[n].least_hours == 0 for n in range(len(self.papers)))

    def _morning(
        self, label: Label, evening: Evening, role: int, entered: int, day: int, acts: tuple[Act, ...]
    ) -> Label:
        problem = self.problem
        days = day - label.day
        experience = tuple(
            [
                min(had + days, most) if gains else had
                for had, gains, most in zip(label.experience, problem.gain[role], problem.enough, strict=True)
            ]
        )
        settled = self._settle(day, experience, evening._replace(chained=False, fresh=0))
        after = Label(day, role, max(entered, day - problem.most_tenure[role]), experience)
        after.studied, after.earned, after.open = settled.studied, settled.earned, settled.open
        after.chained, after.cost, after.exams = settled.chained, settled.cost, settled.exams
        after.phases, after.fresh = settled.phases, settled.fresh
        after.upkeep = label.upkeep + evening.fresh
        after.parent, after.acts = label, acts
        return after


def _with(items: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    return tuple(sorted((*items, item)))
