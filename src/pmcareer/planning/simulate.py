"""From decisions to a dated plan: what the acts of a life come to, step by step, with prices and renewals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from pmcareer.planning.plan import Act, Plan, Step
from pmcareer.planning.problem import Paper, Problem, dues_of
from pmcareer.values import dataclass, field


@dataclass(slots=True)
class _Book:
    """What is known of each certification while a plan is replayed."""

    steps: list[Step] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    taken: dict[int, int | None] = field(default_factory=dict)
    applied: dict[int, int] = field(default_factory=dict)
    earned: dict[int, int] = field(default_factory=dict)


def plan_of(problem: Problem, acts: Sequence[Act]) -> Plan:
    """The plan that the decisions *acts*, in order, lead to; the last one enters the target."""
    return _Simulation(problem).run(acts)


class _Simulation:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.book = _Book()
        self.role = problem.start_role
        self.day = 0
        self.experience = list(problem.start_experience)
        self.still = (0,) * len(problem.kind_names)

    def run(self, acts: Sequence[Act]) -> Plan:
        for day, is_study, number in acts:
            self.live_until(day)
            if is_study:
                self.study(number)
            else:
                self.role = number
                self.book.steps.append(Step("move", self.problem.role_names[number], day, day))
        arrival = acts[-1][0] if acts else 0
        if acts:
            self.renewals(arrival)
        steps = tuple(sorted(self.book.steps, key=lambda step: step.order))
        cost = sum((step.cost for step in steps), Fraction(0))
        return Plan(arrival, cost, len(self.book.earned), steps)

    def mask(self) -> int:
        return sum(1 << number for number in self.book.earned)

    def live_until(self, day: int) -> None:
        while self.day < day:
            following = self.next_event(day)
            for kind, gain in enumerate(self.problem.gain[self.role]):
                self.experience[kind] += gain * (following - self.day)
            self.day = following
            self.settle()

    def next_event(self, day: int) -> int:
        gain = self.problem.gain[self.role]
        earned = self.mask()
        events = [day]
        for number, end in self.book.ends.items():
            if number in self.book.earned:
                continue
            if number in self.book.applied:
                events.append(self.book.applied[number] + self.problem.papers[number].lead)
            else:
                opens = self.problem.papers[number].eligible(self.day, 0, self.experience, gain, earned)
                events.append(max(end, opens) if end > self.day else opens)
                events.append(max(end, self.day))
        return min(event for event in events if event > self.day)

    def settle(self) -> None:
        settled = False
        while not settled:
            settled = True
            for number, end in self.book.ends.items():
                paper = self.problem.papers[number]
                if number not in self.book.applied and end <= self.day and self.eligible(paper):
                    self.book.applied[number] = self.day
                if number in self.book.earned or number not in self.book.applied:
                    continue
                if self.book.applied[number] + paper.lead == self.day:
                    self.earn(number, paper)
                    settled = False

    def eligible(self, paper: Paper) -> bool:
        return paper.eligible(self.day, 0, self.experience, self.still, self.mask()) <= self.day

    def earn(self, number: int, paper: Paper) -> None:
        self.book.earned[number] = self.day
        index = self.book.taken[number]
        price = next(option.cost for option in paper.options if option.index == index)
        amount = self.problem.amount(price)
        self.book.steps.append(Step("earn", paper.name, self.book.applied[number], self.day, amount, index))

    def study(self, number: int) -> None:
        paper = self.problem.papers[number]
        earned = self.mask()
        option = next(
            option
            for option in paper.options
            if option.when is None or option.when(self.day, 0, self.experience, self.still, earned) <= self.day
        )
        days = -(-7 * option.hours // (self.problem.hours - self.upkeep())) if option.hours else 0
        self.book.ends[number] = self.day + days
        self.book.taken[number] = option.index
        self.book.steps.append(Step("study", paper.name, self.day, self.day + days, Fraction(0), option.index))
        if not days:
            self.settle()

    def upkeep(self) -> int:
        problem = self.problem
        total = problem.held_upkeep + (problem.held_upkeep_today if self.day > 0 else 0)
        return total + sum(problem.papers[n].upkeep for n, day in self.book.earned.items() if day < self.day)

    def renewals(self, arrival: int) -> None:
        instance = self.problem.instance
        for name in instance.start.holds:
            self.pay(name, dues_of(instance, name, arrival), arrival)
        for number, earned in self.book.earned.items():
            name = self.problem.papers[number].name
            renewal = instance.certifications[name].renewal
            if renewal:
                starts = range(earned, arrival, renewal.cycle_days)
                self.pay(name, ((start + day, cost) for start in starts for day, cost in renewal.payments), arrival)

    def pay(self, name: str, payments: Iterable[tuple[int, Fraction]], arrival: int) -> None:
        for day, cost in payments:
            if day <= arrival:
                self.book.steps.append(Step("renew", name, day, day, cost))
