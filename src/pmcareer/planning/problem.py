"""The instance as the search sees it: numbered roles, kinds and certifications, bit sets, whole numbers only.

Money and hours are scaled to whole numbers (``money_unit``, ``hour_unit`` to the unit). Only what can matter for the
target is here; everything that day 0 decides is folded away.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import accumulate, pairwise
from math import lcm

from pmcareer.planning.instance import Certification, ExperienceDays, Instance, Requirement, TenureDays
from pmcareer.planning.relevance import Relevant, relevant_part
from pmcareer.planning.requirements import ALWAYS, IMPOSSIBLE, When, closings, compile_requirement, leaves
from pmcareer.values import dataclass

MANY = 1 << 50


@dataclass(frozen=True, slots=True)
class Way:
    """A move out of a role. ``tenure`` is the least number of days in the role that it can be taken after."""

    into: int
    when: When
    requires: Requirement


@dataclass(frozen=True, slots=True)
class Option:
    """One lawful preparation; ``index`` is None for the certification's own terms."""

    cost: int
    hours: int
    index: int | None
    when: When | None
    requires: Requirement


@dataclass(frozen=True, slots=True)
class Paper:
    """A certification that may be earned. ``options`` are in the order in which the cheaper lawful one is taken."""

    name: str
    options: tuple[Option, ...]
    lead: int
    eligible: When
    eligibility: Requirement
    upkeep: int
    cycle: int
    payments: tuple[tuple[int, int], ...]

    @property
    def first_due(self) -> int:
        """Days from being earned to the first payment; MANY where there is none."""
        return self.payments[0][0] if self.payments else MANY

    def keeping(self, days: int) -> int:
        """What keeping it costs in its first *days* days (nothing if negative); never less for more days."""
        if not self.payments or days < self.payments[0][0]:
            return 0
        whole, rest = divmod(days, self.cycle)
        total = 0
        for day, cost in self.payments:
            total += cost * (whole + (day <= rest))
        return total

    @property
    def least_hours(self) -> int:
        """Hours of the shortest preparation."""
        return min(option.hours for option in self.options)

    @property
    def least_cost(self) -> int:
        """Price of the cheapest preparation."""
        return min(option.cost for option in self.options)


class Problem:
    """A compiled instance. ``twin``: by bit, the certification that comes before an interchangeable one."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        relevant = relevant_part(instance)
        self.last_day = instance.last_day
        self._number(relevant)
        self._scale(relevant)
        self._compile(relevant)
        self._start()

    def _number(self, relevant: Relevant) -> None:
        start, target = self.instance.start.role, self.instance.target
        ends = {end for move in relevant.moves for end in (move.origin, move.into)}
        self.role_names = sorted(ends | {start, target})
        self.role_number = {name: i for i, name in enumerate(self.role_names)}
        self.names = list(relevant.certifications)
        self.bit = {name: 1 << i for i, name in enumerate(self.names)}
        self.twin = {self.bit[b]: self.bit[a] for same in relevant.alike for a, b in pairwise(same)}
        self.thresholds = _thresholds(relevant)
        self._number_kinds()

    def _number_kinds(self) -> None:
        """Kinds that start equal and that the same roles grant always stay equal: they share a number."""
        alike: dict[tuple[int, tuple[bool, ...]], list[str]] = {}
        for kind in sorted(self.thresholds):
            granted = tuple(kind in self.instance.roles[role].grants for role in self.role_names)
            alike.setdefault((self.instance.start.experience_days.get(kind, 0), granted), []).append(kind)
        self.kind_names = [names[0] for names in alike.values()]
        self.kind_number = {name: i for i, names in enumerate(alike.values()) for name in names}
        self.ladder = [sorted({days for name in names for days in self.thresholds[name]}) for names in alike.values()]
        self.enough = [steps[-1] for steps in self.ladder]

    def _scale(self, relevant: Relevant) -> None:
        held = [self.instance.certifications[name] for name in self.instance.start.holds]
        everything = [*relevant.certifications.values(), *held]
        budget = () if self.instance.budget is None else (self.instance.budget,)
        dues = [cost for payments in self.instance.start.dues.values() for _, cost in payments]
        self.money_unit = lcm(*(price.denominator for price in (*_prices(everything), *dues, *budget)))
        weekly = [c.renewal.weekly_hours for c in everything if c.renewal]
        hours = [c.study_hours for c in everything] + [v.study_hours for c in everything for v in c.variants]
        self.hour_unit = lcm(*(h.denominator for h in (*weekly, *hours, self.instance.hours_per_week)))
        self.hours = self._hours(self.instance.hours_per_week)
        self.budget = None if self.instance.budget is None else self._money(self.instance.budget)

    def _money(self, amount: Fraction) -> int:
        return amount.numerator * self.money_unit // amount.denominator

    def _hours(self, hours: Fraction) -> int:
        return hours.numerator * self.hour_unit // hours.denominator

    def _when(self, requirement: Requirement) -> When:
        return compile_requirement(requirement, self.bit, self.kind_number)

    def _compile(self, relevant: Relevant) -> None:
        grants = [self.instance.roles[name].grants for name in self.role_names]
        self.gain = [tuple(int(kind in granted) for kind in self.kind_names) for granted in grants]
        self.ways: list[list[Way]] = [[] for _ in self.role_names]
        for move in relevant.moves:
            requires = move.requires
            assert requires is not None  # noqa: S101 (folded)
            way = Way(self.role_number[move.into], self._when(requires), requires)
            self.ways[self.role_number[move.origin]].append(way)
        trees: list[Requirement | None] = [move.requires for move in relevant.moves]
        for entry in relevant.certifications.values():
            trees += [entry.eligibility, *(variant.when for variant in entry.variants)]
        self.closings = sorted({day + 1 for tree in trees for day in closings(tree)})
        self.most_tenure = [max((_tenure(way.requires) for way in ways), default=0) for ways in self.ways]
        self.papers = [self._paper(name, entry) for name, entry in relevant.certifications.items()]

    def _paper(self, name: str, entry: Certification) -> Paper:
        options = [Option(self._money(entry.cost), self._hours(entry.study_hours), None, None, ALWAYS)]
        for i, variant in enumerate(entry.variants):
            when = variant.when
            if when is not None and when != IMPOSSIBLE:
                cost, hours = self._money(variant.cost), self._hours(variant.study_hours)
                options.append(Option(cost, hours, i, None if when == ALWAYS else self._when(when), when))
        options.sort(key=lambda o: (o.cost, o.hours, -1 if o.index is None else o.index))
        kept = _up_to_certain(options)
        eligibility = entry.eligibility
        assert eligibility is not None  # noqa: S101 (folded)
        renewal = entry.renewal
        upkeep = self._hours(renewal.weekly_hours) if renewal else 0
        cycle = renewal.cycle_days if renewal else MANY
        payments = tuple((day, self._money(cost)) for day, cost in renewal.payments if cost) if renewal else ()
        return Paper(name, kept, entry.lead_days, self._when(eligibility), eligibility, upkeep, cycle, payments)

    def _start(self) -> None:
        start = self.instance.start
        self.start_role = self.role_number[start.role]
        self.target = self.role_number[self.instance.target]
        self.start_experience = tuple(
            min(start.experience_days.get(kind, 0), most)
            for kind, most in zip(self.kind_names, self.enough, strict=True)
        )
        self._cycles: list[tuple[int, int, int, int]] = []
        listed: dict[int, int] = {}
        self.held_upkeep = self.held_upkeep_today = 0
        for name, day in start.holds.items():
            renewal = self.instance.certifications[name].renewal
            if name in start.dues:
                for on, cost in start.dues[name]:
                    listed[on] = listed.get(on, 0) + self._money(cost)
            elif renewal:
                self._cycles += [(day, renewal.cycle_days, on, self._money(c)) for on, c in renewal.payments if c]
            if renewal:
                if day < 0:
                    self.held_upkeep += self._hours(renewal.weekly_hours)
                else:
                    self.held_upkeep_today += self._hours(renewal.weekly_hours)
        self._due_days = sorted(listed)
        self._due_sums = [0, *accumulate(listed[day] for day in self._due_days)]

    def openings(self, paper: Paper) -> list[Requirement]:
        """What opens the preparations of *paper*."""
        return [option.requires for option in paper.options if option.when is not None]

    def held_cost(self, day: int) -> int:
        """What keeping that which was held on day 0 costs up to and including *day*; day 0 itself counts."""
        total = self._due_sums[bisect_right(self._due_days, day)]
        for earned, cycle, on, cost in self._cycles:
            total += cost * (payments_by(day - earned, cycle, on) - payments_by(-1 - earned, cycle, on))
        return total

    def amount(self, money: int) -> Fraction:
        """Scaled money as an amount."""
        return Fraction(money, self.money_unit)


_LATEST: list[Problem] = []
_KEPT = 3


def problem_of(instance: Instance) -> Problem:
    """The problem of *instance*; for one of the instances asked for last, the same as before: nobody changes it."""
    for known in _LATEST:
        if known.instance is instance:
            return known
    made = Problem(instance)
    _LATEST[:] = [made, *_LATEST[: _KEPT - 1]]
    return made


def payments_by(age: int, cycle: int, on: int) -> int:
    """How often what falls due *on* days into each cycle has fallen due by *age* days."""
    return max(0, (age - on) // cycle + 1)


def dues_of(instance: Instance, held: str, until: int) -> Iterator[tuple[int, Fraction]]:
    """The days from day 0 to *until* on which something falls due for a certification held on day 0, and what."""
    listed = instance.start.dues.get(held)
    renewal = instance.certifications[held].renewal
    if listed is not None:
        yield from ((day, cost) for day, cost in listed if day <= until)
    elif renewal:
        earned, cycle = instance.start.holds[held], renewal.cycle_days
        for begun in range(earned + max(0, (-1 - earned) // cycle) * cycle, until, cycle):
            for day, cost in renewal.payments:
                if 0 <= begun + day <= until:
                    yield begun + day, cost


def _up_to_certain(options: list[Option]) -> tuple[Option, ...]:
    """Options after one that is always open are never taken."""
    for i, option in enumerate(options):
        if option.when is None:
            return tuple(options[: i + 1])
    raise AssertionError("the certification's own terms are always open")


def _thresholds(relevant: Relevant) -> dict[str, set[int]]:
    trees = [move.requires for move in relevant.moves]
    for entry in relevant.certifications.values():
        trees += [entry.eligibility, *(variant.when for variant in entry.variants)]
    found: dict[str, set[int]] = {}
    for tree in trees:
        for leaf in leaves(tree):
            if isinstance(leaf, ExperienceDays):
                found.setdefault(leaf.kind, set()).add(leaf.days)
    return found


def _prices(entries: Iterable[Certification]) -> list[Fraction]:
    found = []
    for entry in entries:
        found += [entry.cost, *(variant.cost for variant in entry.variants)]
        if entry.renewal:
            found += [cost for _, cost in entry.renewal.payments]
    return found


def _tenure(requirement: Requirement) -> int:
    return max((leaf.days for leaf in leaves(requirement) if isinstance(leaf, TenureDays)), default=0)
