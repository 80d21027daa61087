"""Risk: a plan lived many times over, with sampled study times, waits for promotion and tries at exams.

A sample keeps what the plan decided: the same roles and studies in the same order with the same preparations, as early
as its durations and the rules allow. What the plan put off on purpose is not begun before its planned day, and no role
is left with less of an experience that it alone grants than the plan had by then. Renewals fall due by the days on
which things are really earned. Nothing is replanned on the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Literal, TypeVar

from pmcareer.planning.instance import Instance
from pmcareer.planning.plan import Plan
from pmcareer.planning.problem import problem_of
from pmcareer.planning.reliving import Life, Script, script_of
from pmcareer.planning.requirements import NEVER
from pmcareer.planning.spreads import CHANCES, Spread, Tries
from pmcareer.values import dataclass

Number = TypeVar("Number", int, Fraction)

AS_PLANNED = 1000  # thousandths
LONGEST = 36525  # days after the planned arrival: who has not arrived by then never does
_LOW, _HIGH = CHANCES // 10, CHANCES - CHANCES // 10


@dataclass(frozen=True, slots=True)
class Retakes:
    """What another try takes. ``waits``: days to the next try after each failure; the last one holds on.

    After every ``most`` failures in a row the wait is ``pause`` instead (``most`` 0: never). The first ``free`` further
    tries cost nothing, the others ``fee`` each.
    """

    fee: Fraction
    waits: tuple[int, ...]
    free: int = 0
    most: int = 0
    pause: int = 0

    def days(self, failures: int) -> int:
        """Days between the first try and the last one."""
        return sum(self._wait(failure) for failure in range(1, failures + 1))

    def cost(self, failures: int) -> Fraction:
        """The fees of all further tries."""
        return self.fee * max(0, failures - self.free)

    def _wait(self, failure: int) -> int:
        if self.most and failure % self.most == 0:
            return self.pause
        return self.waits[min(failure, len(self.waits)) - 1]


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One thing that is not known, and what may come out.

    ``study``: of the certification *id*, thousandths of the planned hours. ``wait``: days from the day on which the
    move into the role *id* is open to the day on which it is made. ``exam``: tries at the exam of *id*.
    """

    kind: Literal["study", "wait", "exam"]
    id: str
    outcomes: Spread | Tries
    retakes: Retakes | None = None

    @property
    def usual(self) -> int:
        """The most likely value; of an exam, passing at the first try."""
        return self.outcomes.most_likely if isinstance(self.outcomes, Spread) else 1


@dataclass(frozen=True, slots=True)
class Result:
    """How one life ends: the day of arrival and the cost up to it; None where it does not arrive."""

    arrival: int | None
    cost: Fraction | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the tornado: the uncertain thing at its P10 and its P90, all others at their most likely values."""

    about: Uncertain
    low: int
    high: int
    at_low: Result
    at_high: Result

    @property
    def days(self) -> int | None:
        """How far apart the two arrivals are; None where one of them does not come."""
        if self.at_low.arrival is None or self.at_high.arrival is None:
            return None
        return abs(self.at_high.arrival - self.at_low.arrival)

    @property
    def money(self) -> Fraction | None:
        """How far apart the two costs are."""
        if self.at_low.cost is None or self.at_high.cost is None:
            return None
        return abs(self.at_high.cost - self.at_low.cost)


@dataclass(frozen=True, slots=True)
class Samples:
    """All sampled lives, in the order drawn."""

    results: tuple[Result, ...]

    def arrival(self, percent: int) -> int | None:
        """The first day by which *percent* of the lives have arrived."""
        return _percentile([result.arrival for result in self.results], percent)

    def cost(self, percent: int) -> Fraction | None:
        """The least amount that covers *percent* of the lives."""
        return _percentile([result.cost for result in self.results], percent)

    def within(self, day: int | None, budget: Fraction | None) -> int:
        """How many lives arrive by *day* (inclusive) and cost no more than *budget*; None: no matter."""
        return sum(
            r.arrival is not None
            and r.cost is not None
            and (day is None or r.arrival <= day)
            and (budget is None or r.cost <= budget)
            for r in self.results
        )


def _percentile(values: Sequence[Number | None], percent: int) -> Number | None:
    known = sorted(value for value in values if value is not None)
    place = -(-percent * len(values) // 100) - 1
    return known[place] if place < len(known) else None


class RiskModel:
    """A plan and what is uncertain about it.

    *unpriced*: the amount that stands for an unknown price, left out. *besides*: what every life costs besides.
    """

    def __init__(
        self,
        instance: Instance,
        plan: Plan,
        uncertain: Sequence[Uncertain],
        *,
        unpriced: Fraction | None = None,
        besides: Fraction = Fraction(0),
    ) -> None:
        self.uncertain = tuple(uncertain)
        self.problem = problem_of(instance)
        self.script = script_of(self.problem, plan)
        self.unpriced = unpriced
        self.besides = besides
        self.policy = _policy(self.script)
        self._seen: dict[tuple[int, ...], Result] = {}

    def live(self, values: Sequence[int]) -> Result:
        """The life in which each uncertain thing comes out as *values* say, in their order."""
        key = tuple(values)
        if key not in self._seen:
            self._seen[key] = self._live(key)
        return self._seen[key]

    def sample(self, number: int, seed: int) -> Samples:
        """*number* lives drawn at random; equal seeds give equal lives.

        Of each uncertain thing every *number*-th part of its chances is drawn from once (a Latin square), so that few
        lives tell as much as many more drawn freely would.
        """
        random = Random(seed)  # noqa: S311 - not for secrets
        columns = [[one.outcomes.at(chance) for chance in _chances(random, number)] for one in self.uncertain]
        return Samples(tuple(self.live([column[life] for column in columns]) for life in range(number)))

    def usual(self) -> Result:
        """The life in which everything comes out as is most likely."""
        return self.live([one.usual for one in self.uncertain])

    def tornado(self) -> tuple[Bar, ...]:
        """A bar for each uncertain thing, the one that moves arrival most first, then by money."""
        usual = [one.usual for one in self.uncertain]
        bars = [self._bar(place, one, usual) for place, one in enumerate(self.uncertain)]
        return tuple(sorted(bars, key=_swing))

    def _bar(self, place: int, one: Uncertain, usual: Sequence[int]) -> Bar:
        low, high = one.outcomes.at(_LOW), one.outcomes.at(_HIGH)
        ends = [self.live([*usual[:place], value, *usual[place + 1 :]]) for value in (low, high)]
        return Bar(one, low, high, ends[0], ends[1])

    def _live(self, values: Sequence[int]) -> Result:
        life = _Sampled(self.script, self.policy, self._drawn(values))
        arrival = life.arrival()
        if arrival > life.last_day:
            return Result(None, None)
        return Result(arrival, self._cost(life, arrival, values))

    def _drawn(self, values: Sequence[int]) -> _Drawn:
        drawn = _Drawn({}, {}, {})
        for one, value in zip(self.uncertain, values, strict=True):
            if one.kind == "study":
                drawn.hours[one.id] = value
            elif one.kind == "wait":
                drawn.waits[one.id] = value
            elif one.retakes is not None:
                drawn.retakes[one.id] = one.retakes.days(value - 1)
        return drawn

    def _cost(self, life: Life, arrival: int, values: Sequence[int]) -> Fraction:
        papers = self.problem.papers
        options = {number: option for _, number, option in self.script.studies}
        scaled = self.problem.held_cost(arrival)
        for number, day in life.earned_on.items():
            scaled += options[number].cost + papers[number].keeping(arrival - day)
        known = self.problem.amount(scaled)
        known = known % self.unpriced if self.unpriced else known
        pairs = zip(self.uncertain, values, strict=True)
        return (
            known
            + self.besides
            + sum((one.retakes.cost(tries - 1) for one, tries in pairs if one.retakes), Fraction(0))
        )


def _chances(random: Random, number: int) -> list[int]:
    """One chance out of each of *number* equal parts, in random order.

    Only ``getrandbits`` is asked: of all that ``random`` has, its numbers stay the same over the versions of Python.
    """
    chances = [(part * CHANCES + random.getrandbits(32)) // number for part in range(number)]
    for last in range(number - 1, 0, -1):
        other = random.getrandbits(32) % (last + 1)
        chances[last], chances[other] = chances[other], chances[last]
    return chances


def _swing(bar: Bar) -> tuple[int, Fraction, str, str]:
    """Largest first; a bar with an end that never arrives before all others."""
    days = LONGEST if bar.days is None else bar.days
    return (-days, -(bar.money or Fraction(0)), bar.about.kind, bar.about.id)


# --- one life -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What came out: thousandths of hours by certification, days of waiting by role, days of retakes."""

    hours: dict[str, int]
    waits: dict[str, int]
    retakes: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Policy:
    """What the plan decided beyond its order, by place in the script.

    ``studies`` and ``moves``: the first day for what the plan put off on purpose, else 0. ``keeps``: amounts of
    experience, by kind, without which a role is not left.
    """

    studies: tuple[int, ...]
    moves: tuple[int, ...]
    keeps: tuple[Mapping[int, int], ...]


class _Scripted(Life):
    """A life that waits for the preparations of the plan, and keeps to a policy."""

    def __init__(self, script: Script, policy: _Policy, last_day: int) -> None:
        super().__init__(script, last_day)
        self.policy = policy

    def study_opens(self, place: int) -> int:
        """The first day on which the planned preparation is lawful and the slot free, as far as today shows."""
        when = self.script.studies[place][2].when
        if when is None:
            return self.slot
        gain = self.problem.gain[self.role]
        return max(self.slot, when(self.day, 0, self.experience, gain, self.earned))

    def move_opens(self, place: int) -> int:
        """The first day on which the move is open, with what must be kept of experience, as far as today shows."""
        last = place == len(self.script.moves) - 1
        if last and (self.waiting or self.applied or self.studied < len(self.script.studies)):
            return NEVER
        lacking = max((most - self.experience[kind] for kind, most in self.policy.keeps[place].items()), default=0)
        return max(self.opens(self.script.moves[place][1]), self.day + lacking)

    def study_due(self, place: int) -> int:
        """As the base class says."""
        return max(self.policy.studies[place], self.study_opens(place))

    def study_hours(self, place: int) -> tuple[int, int]:
        """As the base class says."""
        return self.script.studies[place][2].hours, 1

    def award_days(self, number: int) -> int:
        """As the base class says."""
        return self.problem.papers[number].lead

    def move_due(self, place: int) -> int:
        """As the base class says."""
        return max(self.policy.moves[place], self.move_opens(place))


class _Sampled(_Scripted):
    """A life as it was drawn."""

    def __init__(self, script: Script, policy: _Policy, drawn: _Drawn) -> None:
        super().__init__(script, policy, script.plan.arrival_day + LONGEST)
        self.drawn = drawn
        self.opened: dict[int, int] = {}

    def study_hours(self, place: int) -> tuple[int, int]:
        """As the base class says."""
        step, _, option = self.script.studies[place]
        return option.hours * self.drawn.hours.get(step.id, AS_PLANNED), AS_PLANNED

    def award_days(self, number: int) -> int:
        """As the base class says."""
        paper = self.problem.papers[number]
        return paper.lead + self.drawn.retakes.get(paper.name, 0)

    def move_due(self, place: int) -> int:
        """As the base class says; the wait runs from the day on which the move opened."""
        if place not in self.opened:
            due = super().move_due(place)
            if due > self.day:
                return due
            self.opened[place] = self.day
        return self.opened[place] + self.drawn.waits.get(self.script.moves[place][0].id, 0)


class _Rehearsed(_Scripted):
    """The life of the plan itself, day by day as planned, and what could have come earlier."""

    def __init__(self, script: Script, policy: _Policy) -> None:
        super().__init__(script, policy, script.plan.arrival_day)
        self.left_with: list[list[int]] = []
        self.put_off: set[tuple[str, int]] = set()

    def study_due(self, place: int) -> int:
        """As the base class says."""
        planned = self.script.studies[place][0].start_day
        if self.study_opens(place) < planned:
            self.put_off.add(("study", place))
        return planned

    def move_due(self, place: int) -> int:
        """As the base class says."""
        planned = self.script.moves[place][0].start_day
        if self.move_opens(place) < planned:
            self.put_off.add(("move", place))
        if planned <= self.day and len(self.left_with) == place:
            self.left_with.append(list(self.experience))
        return planned


def _policy(script: Script) -> _Policy:
    """Two rehearsals: the first shows the experience with which each role is left, the second what was put off."""
    moves, studies = len(script.moves), len(script.studies)
    free = _Policy((0,) * studies, (0,) * moves, ({},) * moves)
    first = _Rehearsed(script, free)
    first.arrival()
    keeps = tuple(_kept(script, place, left) for place, left in enumerate(first.left_with))
    second = _Rehearsed(script, _Policy(free.studies, free.moves, keeps))
    second.arrival()
    return _Policy(
        tuple(s[0].start_day if ("study", i) in second.put_off else 0 for i, s in enumerate(script.studies)),
        tuple(m[0].start_day if ("move", i) in second.put_off else 0 for i, m in enumerate(script.moves)),
        keeps,
    )


def _kept(script: Script, place: int, left_with: Sequence[int]) -> dict[int, int]:
    """Kinds that the role left grants and the one entered does not, with what the plan had of them (if it matters)."""
    problem = script.problem
    here = problem.start_role if place == 0 else script.moves[place - 1][1][0].into
    into = script.moves[place][1][0].into
    lost = [kind for kind, gain in enumerate(problem.gain[here]) if gain and not problem.gain[into][kind]]
    return {kind: min(left_with[kind], problem.enough[kind]) for kind in lost if into != problem.target}
