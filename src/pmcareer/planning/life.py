"""One way of living up to some day, and how it goes on: the dynamics that the search branches over.

A ``Label`` stands at the morning of a day, after study ends and earnings. ``Dynamics.next_labels`` yields every label
that can follow: a choice of studies to begin, of moves to make, and then the next day worth looking at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pmcareer.planning.hazards import Hazards
from pmcareer.planning.plan import Act
from pmcareer.planning.requirements import NEVER
from pmcareer.planning.track import Track
from pmcareer.values import dataclass

STUDYING, WAITING, APPLIED = 0, 1, 2
# (stage, day, certification): studying until the day, waiting for eligibility, applied and earned on the day
Item = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Manner:
    """How plans are looked for.

    ``idle``: studies may begin on any free day. ``arrival``: the arrival day, if it is known; renewals are then
    charged up to it as soon as they are certain. ``phases``: remember the days of earning of what is renewed, since
    renewals will be charged at arrival. ``last_day``: arrivals after it do not count.
    """

    idle: bool
    arrival: int | None = None
    phases: bool = False
    last_day: int = 0


class Label:
    """A life up to the morning of ``day``. ``fresh`` is upkeep of what was earned this very day; ``unpaid`` what its
    days pay less than the best role would (only where pay is asked for)."""

    __slots__ = (
        "acts", "arrived", "chained", "cost", "day", "earned", "entered", "exams", "experience", "fresh", "open",
        "parent", "phases", "role", "strayed", "studied", "unpaid", "upkeep",
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
        self.strayed = 0
        self.unpaid = 0

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
    """How lives go on, on one track and in one manner.

    *shortest*: hours by certification that every study takes, whether such a preparation is open or not.
    """

    def __init__(
        self, track: Track, hazards: Hazards | None, manner: Manner, shortest: Mapping[int, int] | None = None
    ) -> None:
        self.shortest = shortest
        self.track = track
        self.problem = track.problem
        self.papers = self.problem.papers
        self.hazards = hazards
        self.manner = manner
        self.limit = manner.last_day if manner.arrival is None else manner.arrival
        self.still = (0,) * len(self.problem.kind_names)
        self.watched = [self._watched(place) for place in range(len(track.ways))]
        self.instant = sum(1 << n for n in track.numbers if self.papers[n].least_hours == 0)
        self.opening = sum(1 << n for n in track.numbers if len(self.papers[n].options) > 1)
        # Of what nothing tells apart, the first by name is studied first.
        self.before = {n: self.problem.twin.get(1 << n, 0) & track.papers for n in track.numbers}

    def _watched(self, place: int) -> tuple[int, ...]:
        """Kinds that some move away gives up: reaching an amount of them is worth staying for."""
        gain = self.track.gain
        lost = set()
        for way in self.track.ways[place]:
            if way.into != self.track.goal:
                lost |= {k for k, here in enumerate(gain[place]) if here and not gain[way.into][k]}
        return tuple(sorted(lost))

    def first(self) -> Label:
        """The morning of day 0."""
        problem = self.problem
        entered = -min(problem.instance.start.tenure_days, self.track.most_tenure[0])
        experience = tuple(map(min, problem.start_experience, self.track.enough))
        label = Label(0, 0, entered, experience)
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
        yield plain
        left = self.track.papers & ~label.studied
        if not left or any(item[0] == STUDYING for item in label.open):
            return
        if not (label.chained or self.manner.idle or left & self.instant):
            return
        seen = {plain}
        agenda = [plain]
        while agenda:
            for after, busy in self._begin(label, agenda.pop()):
                if busy:
                    yield after
                elif after not in seen:
                    seen.add(after)
                    agenda.append(after)
                    yield after

    def _begin(self, label: Label, evening: Evening) -> Iterator[tuple[Evening, bool]]:
        """Each study that may begin now, and whether it takes the slot."""
        day, experience = label.day, label.experience
        spare = self.problem.hours - label.upkeep
        may_start = (self.manner.idle or label.chained) and spare > 0
        for number in self.track.numbers:
            if evening.studied >> number & 1 or self.before[number] & ~evening.studied:
                continue
            paper = self.papers[number]
            for option in paper.options:
                if option.when is None or option.when(day, 0, experience, self.still, evening.earned) <= day:
                    break
            hours = option.hours if self.shortest is None else self.shortest[number]
            if hours and not may_start:
                continue
            item: Item = (WAITING, 0, number)
            if hours:
                end = day - (-7 * hours // spare)
                if end + paper.lead > self.limit:
                    continue
                item = (STUDYING, end, number)
            after = evening._replace(
                studied=evening.studied | 1 << number,
                cost=evening.cost + option.cost,
                exams=evening.exams + 1,
                acts=(*evening.acts, (day, True, number)),
                open=tuple(sorted((*evening.open, item))),
            )
            yield (after, True) if hours else (self._settle(day, experience, after), False)

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
        if paper.payments:
            if self.manner.arrival is not None:
                cost += paper.keeping(self.manner.arrival - day)
            elif self.manner.phases and day + paper.first_due <= self.manner.last_day:
                phases = tuple(sorted((*phases, (number, day))))
        return cost, phases

    def _moves(self, label: Label, evening: Evening) -> Iterator[Label]:
        """Every row of moves this evening, then on to the next day worth looking at."""
        track, day, experience = self.track, label.day, label.experience
        complete = evening.studied == evening.earned and not track.required & ~evening.earned
        agenda: list[tuple[int, int, tuple[int, ...]]] = [(label.role, label.entered, (label.role,))]
        while agenda:
            place, entered, passed = agenda.pop()
            acts = evening.acts + tuple([(day, False, track.roles[entry]) for entry in passed[1:]])
            gain = track.gain[place]
            later = NEVER
            for way in track.ways[place]:
                opens = way.when(day, entered, experience, gain, evening.earned)
                if opens > day:
                    later = min(later, opens)
                elif way.into == track.goal:
                    if complete:
                        yield self._arrival(label, evening, (*acts, (day, False, self.problem.target)))
                elif way.into not in passed:
                    agenda.append((way.into, day, (*passed, way.into)))
            morning = self._next_day(label, evening, place, later)
            if morning <= self.limit:
                yield self._morning(label, evening, place, entered, morning, acts)

    def _arrival(self, label: Label, evening: Evening, acts: tuple[Act, ...]) -> Label:
        arrival = Label(label.day, self.track.goal, label.day, label.experience)
        arrival.studied = arrival.earned = evening.earned
        arrival.cost, arrival.exams, arrival.phases = evening.cost, evening.exams, evening.phases
        arrival.parent, arrival.acts, arrival.arrived = label, acts, True
        return arrival

    def _next_day(self, label: Label, evening: Evening, place: int, later: int) -> int:
        """The next day on which something happens or becomes possible; tomorrow where waiting may be a choice."""
        day, experience = label.day, label.experience
        gain = self.track.gain[place]
        free = True
        for stage, when, number in evening.open:
            if stage == WAITING:
                opens = self.papers[number].eligible(day, 0, experience, gain, evening.earned)
                later = min(later, opens)
            else:
                free = free and stage != STUDYING
                later = min(later, when)
        for kind in self.watched[place]:
            for amount in self.track.ladder[kind]:
                if amount > experience[kind]:
                    later = min(later, day + amount - experience[kind])
                    break
        for closed in self.problem.closings:
            if day < closed:
                later = min(later, closed - 1 if day < closed - 1 else closed)
                break
        if later > day + 1 and self.hazards is not None and self._may_dally(self.hazards, label, evening, place, free):
            return day + 1
        left = self.track.papers & ~evening.studied & self.opening
        if left and free:
            later = min(later, self._opening(label, evening, gain, left))
        return later

    def _opening(self, label: Label, evening: Evening, gain: tuple[int, ...], left: int) -> int:
        """The first later day on which another preparation opens."""
        first = NEVER
        for number in self.track.numbers:
            if left >> number & 1:
                for option in self.papers[number].options[:-1]:
                    if option.when is not None:
                        opens = option.when(label.day, 0, label.experience, gain, evening.earned)
                        if label.day < opens < first:
                            first = opens
        return first

    def _may_dally(self, hazards: Hazards, label: Label, evening: Evening, place: int, free: bool) -> bool:
        for kind in hazards.risky[place]:
            if label.experience[kind] < self.track.enough[kind]:
                return True
        left = hazards.papers & ~evening.studied
        return free and bool(left if self.manner.idle else left & self.instant)

    def _morning(
        self, label: Label, evening: Evening, place: int, entered: int, day: int, acts: tuple[Act, ...]
    ) -> Label:
        days = day - label.day
        experience = tuple(
            [
                min(had + days, most) if gains else had
                for had, gains, most in zip(label.experience, self.track.gain[place], self.track.enough, strict=True)
            ]
        )
        settled = self._settle(day, experience, evening._replace(chained=False, fresh=0))
        after = Label(day, place, max(entered, day - self.track.most_tenure[place]), experience)
        after.studied, after.earned, after.open = settled.studied, settled.earned, settled.open
        after.chained, after.cost, after.exams = settled.chained, settled.cost, settled.exams
        after.phases, after.fresh = settled.phases, settled.fresh
        after.upkeep = label.upkeep + evening.fresh
        after.parent, after.acts = label, acts
        return after
