"""An independent planner for tiny instances: it lives every lawful life, day by day, and keeps the best.

Written from docs/explanation/planning.md alone; it shares nothing with the search but the instance's data types.
A state is everything the future depends on; of two lives in one state the better past is kept, which is exact
because the futures are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from pmcareer.planning.instance import (
    DAYS_PER_YEAR,
    All,
    AnyOf,
    AtLeast,
    ByDay,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Instance,
    Move,
    Requirement,
    TenureDays,
)

StepKey = tuple[int, str, str, int]
LAST: StepKey = (10**9, "", "", 0)


@dataclass(frozen=True)
class Answer:
    arrival: int
    cost: Fraction
    exams: int
    steps: tuple[StepKey, ...]


@dataclass(frozen=True)
class Life:
    """``papers`` maps a certification to (stage, day, option): studying until, ended, awarded on, earned on."""

    role: str
    tenure: int
    experience: tuple[tuple[str, int], ...]
    papers: tuple[tuple[str, str, int, int, int], ...]  # id, stage, day, start of study, option
    chained: bool  # the slot became free today (or it is day 0): a study may begin without idling
    purse: Fraction = Fraction(0)  # what was spent, where lives that spent more or less must be told apart

    def earned(self) -> set[str]:
        return {name for name, stage, *_ in self.papers if stage == "earned"}


@dataclass(frozen=True)
class Past:
    cost: Fraction
    exams: int
    steps: tuple[StepKey, ...]
    pay: Fraction = Fraction(0)

    def add(self, step: StepKey, cost: Fraction = Fraction(0), exams: int = 0) -> Past:
        return Past(self.cost + cost, self.exams + exams, tuple(sorted((*self.steps, step))), self.pay)


class BruteForce:
    def __init__(self, instance: Instance, *, idle: bool | None = None, by_exams: bool | None = None) -> None:
        self.instance = instance
        self.idle = instance.objective not in ("fastest", "fewest-exams") if idle is None else idle
        self.by_exams = instance.objective == "fewest-exams" if by_exams is None else by_exams
        self.candidates = useful_certifications(instance)
        self.answers: list[Answer] = []
        self.today = 0

    def better(self, a: Past, b: Past) -> bool:
        first = (a.exams, a.cost) if self.by_exams else (a.cost, a.exams)
        second = (b.exams, b.cost) if self.by_exams else (b.cost, b.exams)
        return (first, (*a.steps, LAST)) < (second, (*b.steps, LAST))

    def run(self) -> list[Answer]:
        """Every arrival worth comparing: per arrival day and final state the best past."""
        inst = self.instance
        if inst.start.role == inst.target:
            return [Answer(0, Fraction(0), 0, ())]
        papers = tuple(sorted((name, "earned", day, day, -1) for name, day in inst.start.holds.items()))
        experience = tuple(sorted(inst.start.experience_days.items()))
        lives = {Life(inst.start.role, inst.start.tenure_days, experience, papers, True): Past(Fraction(0), 0, ())}
        for day in range(inst.last_day + 1):
            self.today = day
            tomorrow: dict[Life, Past] = {}
            for life, past in self.mornings(lives, day).items():
                for evening, evening_past in self.days_of(life, past, day):
                    self.keep(tomorrow, self.work(evening), evening_past)
            lives = tomorrow
        return self.answers

    def keep(self, table: dict[Life, Past], life: Life, past: Past) -> None:
        if self.instance.budget is not None and past.cost > self.instance.budget:
            return
        if life not in table or self.better(past, table[life]):
            table[life] = past

    def mornings(self, lives: dict[Life, Past], day: int) -> dict[Life, Past]:
        table: dict[Life, Past] = {}
        for life, past in lives.items():
            self.keep(table, *self.earnings(*self.study_ends(life, self.renewed(life, past, day), day), day))
        return table

    def renewed(self, life: Life, past: Past, day: int) -> Past:
        found = past
        for name, stage, when, *_ in life.papers:
            if stage == "earned":
                paid = self.paid(name, when, day)
                found = found.add((day, "renew", name, day), sum(paid, Fraction(0))) if paid else found
        return found

    def paid(self, name: str, earned: int, day: int) -> list[Fraction]:
        listed = self.instance.start.dues.get(name)
        if listed is not None:
            return [cost for on, cost in listed if on == day]
        renewal = self.instance.certifications[name].renewal
        age = day - earned
        if renewal is None or age <= 0:
            return []
        since = age % renewal.cycle_days
        at_end = [renewal.cost] if since == 0 else []
        return at_end + [cost for on, cost in renewal.dues if (age - on) % renewal.cycle_days == 0]

    @staticmethod
    def study_ends(life: Life, past: Past, day: int) -> tuple[Life, Past]:
        for i, (name, stage, when, start, option) in enumerate(life.papers):
            if stage == "studying" and when == day:
                entry = (name, "ended", day, start, option)
                papers = (*life.papers[:i], entry, *life.papers[i + 1 :])
                return replace(life, chained=True, papers=papers), past.add((day, "study", name, start))
        return life, past

    def earnings(self, life: Life, past: Past, day: int) -> tuple[Life, Past]:
        changed = True
        while changed:
            changed = False
            for i, (name, stage, when, start, option) in enumerate(life.papers):
                certification = self.instance.certifications[name]
                entry = None
                if stage == "ended" and self.true(certification.eligibility, life):
                    entry = (name, "applied", day + certification.lead_days, start, option)
                if stage == "applied" and when == day:
                    entry = (name, "earned", day, 0, -1)
                    price = certification.cost if option < 0 else certification.variants[option].cost
                    past = past.add((day, "earn", name, day - certification.lead_days), price, 1)
                if entry:
                    life = replace(life, papers=(*life.papers[:i], entry, *life.papers[i + 1 :]))
                    changed = True
                    break
        return life, past

    def days_of(self, life: Life, past: Past, day: int) -> Iterator[tuple[Life, Past]]:
        """Every way to spend the rest of the day: studies that take no time, one that does, then moves."""
        yield from self.moves_of(life, past, day)
        if any(stage == "studying" for _, stage, *_ in life.papers):
            return
        known = {name for name, *_ in life.papers}
        for name in self.candidates - known:
            option, hours = self.terms(name, life)
            if hours == 0:
                papers = tuple(sorted((*life.papers, (name, "ended", day, day, option))))
                after = past.add((day, "study", name, day))
                yield from self.days_of(*self.earnings(replace(life, papers=papers), after, day), day)
            elif (self.idle or life.chained) and (spare := self.spare(life, day)) > 0:
                end = day + ceil(7 * hours / spare)
                papers = tuple(sorted((*life.papers, (name, "studying", end, day, option))))
                yield from self.moves_of(replace(life, papers=papers), past, day)

    def moves_of(self, life: Life, past: Past, day: int) -> Iterator[tuple[Life, Past]]:
        """Every row of moves on one day; a role is entered at most once a day, since a circle changes nothing."""
        yield life, past
        for move in self.instance.moves:
            if move.origin != life.role or not self.true(move.requires, life):
                continue
            if (day, "move", move.into, day) in past.steps:
                continue
            after = past.add((day, "move", move.into, day))
            if move.into == self.instance.target:
                self.arrive(life, after, day)
            else:
                yield from self.moves_of(replace(life, role=move.into, tenure=0), after, day)

    def arrive(self, life: Life, past: Past, day: int) -> None:
        if all(stage == "earned" for _, stage, *_ in life.papers) and (
            self.instance.budget is None or past.cost <= self.instance.budget
        ):
            self.answers.append(Answer(day, past.cost, past.exams, past.steps))

    def work(self, life: Life) -> Life:
        grants = self.instance.roles[life.role].grants
        known = dict(life.experience)
        for kind in grants:
            known[kind] = known.get(kind, 0) + 1
        return replace(life, tenure=life.tenure + 1, experience=tuple(sorted(known.items())), chained=False)

    def terms(self, name: str, life: Life) -> tuple[int, Fraction]:
        certification = self.instance.certifications[name]
        offers = [(certification.cost, certification.study_hours, -1)]
        for i, variant in enumerate(certification.variants):
            if self.true(variant.when, life):
                offers.append((variant.cost, variant.study_hours, i))
        _, hours, option = min(offers)
        return option, hours

    def spare(self, life: Life, day: int) -> Fraction:
        hours = self.instance.hours_per_week
        for name, stage, when, *_ in life.papers:
            renewal = self.instance.certifications[name].renewal
            if stage == "earned" and when < day and renewal:
                hours -= renewal.hours / Fraction(renewal.cycle_days, 7)
        return hours

    def true(self, requirement: Requirement | None, life: Life) -> bool:
        match requirement:
            case None:
                return True
            case All(parts):
                return all(self.true(part, life) for part in parts)
            case AnyOf(parts):
                return any(self.true(part, life) for part in parts)
            case AtLeast(n, parts):
                return sum(self.true(part, life) for part in parts) >= n
            case Holds(name) | Held(name):
                return name in life.earned()
            case ExperienceDays(kind, days):
                return dict(life.experience).get(kind, 0) >= days
            case TenureDays(days):
                return life.tenure >= days
            case EducationRank(rank):
                return self.instance.start.education >= rank
            case ByDay(last):
                return self.today <= last


def best(instance: Instance) -> Answer | None:
    """The best plan by the instance's objective (``fastest``, ``cheapest`` or ``fewest-exams``)."""
    keys = {
        "fastest": lambda a: (a.arrival, a.cost, a.exams, a.steps),
        "cheapest": lambda a: (a.cost, a.arrival, a.exams, a.steps),
        "fewest-exams": lambda a: (a.exams, a.arrival, a.cost, a.steps),
    }
    return min(BruteForce(instance).run(), key=keys[instance.objective], default=None)


def pareto(instance: Instance) -> list[tuple[int, Fraction]]:
    """Every pair (arrival, cost) that no other plan betters; studies may begin on any free day."""
    front: list[tuple[int, Fraction]] = []
    for answer in sorted(BruteForce(instance, idle=True, by_exams=False).run(), key=lambda a: (a.arrival, a.cost)):
        if not front or answer.cost < front[-1][1]:
            front.append((answer.arrival, answer.cost))
    return front


class BruteEarnings(BruteForce):
    """Lives by what they earn: pay day by day, minus prices, and keeping goes on to the horizon."""

    def __init__(self, instance: Instance) -> None:
        super().__init__(instance, idle=True, by_exams=False)
        self.earned: list[
            tuple[Fraction, int, int]
        ] = []  # what is earned by the horizon, less is better; arrival, exams

    def better(self, a: Past, b: Past) -> bool:
        return (a.cost - a.pay, a.exams) < (b.cost - b.pay, b.exams)

    def keep(self, table: dict[Life, Past], life: Life, past: Past) -> None:
        if self.instance.budget is not None:
            life = replace(life, purse=past.cost)
        super().keep(table, life, past)

    def mornings(self, lives: dict[Life, Past], day: int) -> dict[Life, Past]:
        if day:
            lives = {life: replace(past, pay=past.pay + self.pay(life.role)) for life, past in lives.items()}
        return super().mornings(lives, day)

    def pay(self, role: str) -> Fraction:
        return (self.instance.roles[role].pay_per_year or Fraction(0)) / DAYS_PER_YEAR

    def arrive(self, life: Life, past: Past, day: int) -> None:
        before = len(self.answers)
        super().arrive(life, past, day)
        if len(self.answers) > before:
            left = past.cost - past.pay - self.pay(self.instance.target) * (self.instance.horizon_days - day)
            for name, _, earned, *_ in life.papers:
                for later in range(day + 1, self.instance.horizon_days + 1):
                    left += sum(self.paid(name, earned, later), Fraction(0))
            self.earned.append((left, day, past.exams))


def most_earned(instance: Instance) -> tuple[Fraction, int, int] | None:
    """The most pay minus costs up to the horizon, with the least arrival and then exams; None if there is no plan."""
    lives = BruteEarnings(instance)
    lives.run()
    least = min(lives.earned, default=None)
    return None if least is None else (-least[0], *least[1:])


def useful_certifications(instance: Instance) -> set[str]:
    """What can matter for the target: docs/decisions/0010 says which certifications a plan may contain."""
    return _Usefulness(instance).result()


class _Usefulness:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.roles = {instance.start.role}
        self.earnable: set[str] = set(instance.start.holds)
        usable = [m for m in instance.moves if m.origin not in (m.into, instance.target)]
        self.moves = self.leading_to_target(usable)
        self.grow()

    def grow(self) -> None:
        before = -1
        while before != len(self.roles) + len(self.earnable):
            before = len(self.roles) + len(self.earnable)
            for move in self.moves:
                if move.origin in self.roles and self.value(move.requires, True):
                    self.roles.add(move.into)
            for name, certification in self.instance.certifications.items():
                if self.value(certification.eligibility, True):
                    self.earnable.add(name)

    def value(self, requirement: Requirement | None, ever: bool) -> bool:
        """Whether a requirement holds now, or (*ever*) could some day as far as anyone can tell."""
        start = self.instance.start
        match requirement:
            case None:
                return True
            case All(parts):
                return all(self.value(part, ever) for part in parts)
            case AnyOf(parts):
                return any(self.value(part, ever) for part in parts)
            case AtLeast(n, parts):
                return sum(self.value(part, ever) for part in parts) >= n
            case Holds(name) | Held(name):
                return name in (self.earnable if ever else start.holds)
            case ExperienceDays(kind, days):
                growing = any(kind in self.instance.roles[role].grants for role in self.roles - {self.instance.target})
                return start.experience_days.get(kind, 0) >= days or (ever and growing)
            case TenureDays(days):
                return ever or days == 0
            case EducationRank(rank):
                return start.education >= rank
            case ByDay(last):
                return ever or last >= self.instance.last_day

    def named(self, requirement: Requirement | None) -> set[str]:
        if self.value(requirement, False) or not self.value(requirement, True):
            return set()
        if isinstance(requirement, (Holds, Held)):
            return {requirement.certification}
        if isinstance(requirement, (All, AnyOf, AtLeast)):
            return set().union(*(self.named(part) for part in requirement.parts))
        return set()

    def leading_to_target(self, moves: list[Move]) -> list[Move]:
        onward = {self.instance.target}
        for _ in self.instance.roles:
            onward |= {m.origin for m in moves if m.into in onward}
        return [m for m in moves if m.into in onward]

    def result(self) -> set[str]:
        taken = [m for m in self.moves if m.origin in self.roles and self.value(m.requires, True)]
        moves = self.leading_to_target(taken)
        useful: set[str] = set().union(*(self.named(m.requires) for m in moves))
        before = -1
        while before != len(useful):
            before = len(useful)
            for name in list(useful):
                certification = self.instance.certifications[name]
                useful |= self.named(certification.eligibility)
                useful |= set().union(*(self.named(v.when) for v in certification.variants))
        return useful - set(self.instance.start.holds)
