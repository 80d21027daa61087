"""A second planner: the planning model as constraints over whole numbers, solved by OR-Tools CP-SAT.

Written from the planning model; it shares nothing with the search but the instance's data types. It takes instances
in which every study takes time (no zero hours). Each criterion is solved to optimality and then fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

from ortools.sat.python import cp_model
from tests.planner_oracles.brute_force import useful_certifications

from pmcareer.planning.instance import (
    DAYS_PER_YEAR,
    All,
    AnyOf,
    AtLeast,
    ByDay,
    Certification,
    EducationRank,
    ExperienceDays,
    Held,
    Holds,
    Instance,
    Requirement,
    TenureDays,
)

Literal = Any
Number = Any


@dataclass(frozen=True)
class CpAnswer:
    """``proven`` says whether every criterion was solved to optimality within the time allowed; ``earned`` is pay minus
    costs up to the horizon, where that was asked for."""

    arrival: int
    cost: Fraction
    exams: int
    proven: bool
    earned: Fraction | None = None


def solve_by_cp_sat(
    instance: Instance, *, seconds: float = 20, effort: float | None = None, roles_passed: int = 8
) -> CpAnswer | None:
    """The optimum (arrival, cost, exams) by the instance's objective; None if there is no plan.

    *seconds* are given to each criterion; with *effort* so much of CP-SAT's own measure of work instead, which is the
    same on every machine. Raises TimeoutError where nothing at all was found.
    """
    return _Model(instance, roles_passed).solve(seconds, effort)


class _Model:
    def __init__(self, instance: Instance, roles_passed: int) -> None:
        self.instance = instance
        self.model = cp_model.CpModel()
        self.last = instance.last_day
        self.places = min(roles_passed, 2 * len(instance.roles))
        self.useful = sorted(useful_certifications(instance))
        self.moves = [m for m in instance.moves if m.origin not in (m.into, instance.target)]
        self.kinds = sorted({kind for role in instance.roles.values() for kind in role.grants})
        self.scale()
        self.true = self.model.new_constant(1)
        self.walk()
        self.papers()
        self.ask()
        self.studies()
        self.money()

    def scale(self) -> None:
        everything = self.instance.certifications.values()
        prices = [c.cost for c in everything] + [v.cost for c in everything for v in c.variants]
        for renewal in (c.renewal for c in everything if c.renewal):
            prices += [renewal.cost, *(cost for _, cost in renewal.dues)]
        prices += [cost for dues in self.instance.start.dues.values() for _, cost in dues]
        self.money_unit = lcm(*(price.denominator for price in prices)) if prices else 1
        hours = [c.study_hours for c in everything] + [v.study_hours for c in everything for v in c.variants]
        hours += [c.renewal.weekly_hours for c in everything if c.renewal] + [self.instance.hours_per_week]
        self.hour_unit = lcm(*(hour.denominator for hour in hours))

    def day(self, name: str) -> Number:
        return self.model.new_int_var(0, self.last, name)

    def flag(self, name: str) -> Literal:
        return self.model.new_bool_var(name)

    def walk(self) -> None:
        """Places 0, 1, … with the role in each, the day of entering it, and experience on entering it."""
        model, roles = self.model, self.instance.roles
        self.at = [{role: self.flag(f"at{p}{role}") for role in roles} for p in range(self.places + 1)]
        self.enter = [self.day(f"enter{p}") for p in range(self.places + 1)]
        self.taken: list[dict[int, Literal]] = []
        model.add(self.at[0][self.instance.start.role] == 1)
        model.add(self.enter[0] == 0)
        for p in range(self.places + 1):
            model.add_exactly_one(self.at[p].values())
        model.add(self.at[self.places][self.instance.target] == 1)
        for p in range(self.places):
            self.hop(p)
        self.arrival = self.enter[self.places]
        self.had = [self.experience_on_entering(kind) for kind in self.kinds]

    def hop(self, p: int) -> None:
        """One move from place *p*, or none for who is already in the target."""
        model, target = self.model, self.instance.target
        takes = {i: self.flag(f"move{p}.{i}") for i in range(len(self.moves))}
        model.add_exactly_one([*takes.values(), self.at[p][target]])
        for i, move in enumerate(self.moves):
            model.add_implication(takes[i], self.at[p][move.origin])
            model.add_implication(takes[i], self.at[p + 1][move.into])
        model.add_implication(self.at[p][target], self.at[p + 1][target])
        model.add(self.enter[p + 1] >= self.enter[p])
        model.add(self.enter[p + 1] == self.enter[p]).only_enforce_if(self.at[p][target])
        self.taken.append(takes)

    def experience_on_entering(self, kind: str) -> list[Number]:
        model = self.model
        start = self.instance.start.experience_days.get(kind, 0)
        amounts = [model.new_constant(start)]
        for p in range(self.places):
            grants = self.grants(p, kind)
            after = model.new_int_var(0, start + self.last, f"had{p}{kind}")
            model.add(after == amounts[-1] + self.enter[p + 1] - self.enter[p]).only_enforce_if(grants)
            model.add(after == amounts[-1]).only_enforce_if(grants.negated())
            amounts.append(after)
        return amounts

    def grants(self, p: int, kind: str) -> Literal:
        granting = [self.at[p][name] for name, role in self.instance.roles.items() if kind in role.grants]
        flag = self.flag(f"grants{p}{kind}")
        self.model.add(sum(granting) == flag)
        return flag

    def papers(self) -> None:
        model = self.model
        self.present = {name: self.flag(f"in{name}") for name in self.useful}
        self.begin = {name: self.day(f"begin{name}") for name in self.useful}
        self.length = {name: model.new_int_var(0, self.last, f"length{name}") for name in self.useful}
        self.end = {name: self.day(f"end{name}") for name in self.useful}
        self.apply = {name: self.day(f"apply{name}") for name in self.useful}
        self.earned = {name: self.day(f"earned{name}") for name in self.useful}
        self.turn = {name: model.new_int_var(0, len(self.useful), f"turn{name}") for name in self.useful}
        for name in self.useful:
            lead = self.instance.certifications[name].lead_days
            model.add(self.end[name] == self.begin[name] + self.length[name]).only_enforce_if(self.present[name])
            model.add(self.apply[name] >= self.end[name]).only_enforce_if(self.present[name])
            model.add(self.earned[name] == self.apply[name] + lead).only_enforce_if(self.present[name])
            model.add(self.earned[name] <= self.arrival).only_enforce_if(self.present[name])

    def ask(self) -> None:
        """Every move made is open; every application goes in on the first day on which it may."""
        for p, takes in enumerate(self.taken):
            for i, taken in takes.items():
                held = self.holds(self.moves[i].requires, _Moment(self.enter[p + 1], p, f"m{p}.{i}"))
                self.model.add_implication(taken, held)
        for name in self.useful:
            entry = self.instance.certifications[name]
            now = self.holds(entry.eligibility, replace(self.moment(self.apply[name], f"a{name}"), asker=name))
            self.model.add_implication(self.present[name], now)
            waits = self.flag(f"waits{name}")
            self.model.add(self.apply[name] > self.end[name]).only_enforce_if(waits)
            self.model.add(self.apply[name] <= self.end[name]).only_enforce_if(waits.negated())
            eve = self.model.new_int_var(-1, self.last, f"eve{name}")
            self.model.add(eve == self.apply[name] - 1)
            before = self.holds(entry.eligibility, self.moment(eve, f"e{name}"))
            self.model.add_bool_or(self.present[name].negated(), waits.negated(), before.negated())

    def moment(self, day: Number, name: str) -> _Moment:
        """A day within the walk, with the place that holds on its morning."""
        flags = [self.flag(f"{name}in{p}") for p in range(self.places)]
        self.model.add_exactly_one(flags)
        for p, flag in enumerate(flags):
            if p:
                self.model.add(day >= self.enter[p]).only_enforce_if(flag)
            if p < self.places - 1:
                self.model.add(day <= self.enter[p + 1]).only_enforce_if(flag)
        return _Moment(day, flags, name)

    def holds(self, requirement: Requirement | None, when: _Moment) -> Literal:
        match requirement:
            case None:
                return self.true
            case All(parts):
                return self.counted([self.holds(part, when) for part in parts], len(parts))
            case AnyOf(parts):
                return self.counted([self.holds(part, when) for part in parts], 1)
            case AtLeast(n, parts):
                return self.counted([self.holds(part, when) for part in parts], n)
            case Holds(name) | Held(name):
                return self.has(name, when)
            case ExperienceDays(kind, days):
                return self.at_least(self.experience(kind, when), days)
            case TenureDays(days):
                place = when.place
                assert isinstance(place, int)
                before = self.instance.start.tenure_days if place == 0 else 0
                return self.at_least(when.day - self.enter[place] + before, days)
            case EducationRank(rank):
                return self.model.new_constant(int(self.instance.start.education >= rank))
            case ByDay(last):
                return self.at_least(-when.day, -last)

    def counted(self, parts: Sequence[Literal], need: int) -> Literal:
        return self.at_least(sum(parts), need) if parts else self.model.new_constant(int(need <= 0))

    def at_least(self, amount: Number, least: int) -> Literal:
        flag = self.flag("")
        self.model.add(amount >= least).only_enforce_if(flag)
        self.model.add(amount < least).only_enforce_if(flag.negated())
        return flag

    def has(self, name: str, when: _Moment) -> Literal:
        """Whether a certification is earned by then; among awards of one day, before the one that asks."""
        if name in self.instance.start.holds:
            return self.true
        if name not in self.present:
            return self.model.new_constant(0)
        spread = len(self.useful) + 1
        slack = 0 if when.asker is None else self.turn[when.asker] - 1 - self.turn[name]
        return self.both(self.present[name], self.at_least((when.day - self.earned[name]) * spread + slack, 0))

    def both(self, one: Literal, other: Literal) -> Literal:
        flag = self.flag("")
        self.model.add_bool_and(one, other).only_enforce_if(flag)
        self.model.add_bool_or(one.negated(), other.negated(), flag)
        return flag

    def experience(self, kind: str, when: _Moment) -> Number:
        start = self.instance.start.experience_days.get(kind, 0)
        if kind not in self.kinds:
            return self.model.new_constant(start)
        had = self.had[self.kinds.index(kind)]
        if isinstance(when.place, int):
            return had[when.place + 1]
        amount = self.model.new_int_var(-1, start + self.last, "")
        for p, flag in enumerate(when.place):
            grants = self.grants(p, kind)
            self.model.add(amount == had[p] + when.day - self.enter[p]).only_enforce_if(flag, grants)
            self.model.add(amount == had[p]).only_enforce_if(flag, grants.negated())
        return amount

    def studies(self) -> None:
        model = self.model
        spans = []
        for name in self.useful:
            spans.append(
                model.new_optional_interval_var(
                    self.begin[name], self.length[name], self.end[name], self.present[name], f"span{name}"
                )
            )
            self.option(name)
        model.add_no_overlap(spans)
        if self.instance.objective in ("fastest", "fewest-exams"):
            self.nobody_idles()

    def nobody_idles(self) -> None:
        """Each study begins on the day on which all earlier ones have ended."""
        for name in self.useful:
            before = []
            for other in self.useful:
                if other != name:
                    first = self.both(self.present[other], self.at_least(self.begin[name] - self.begin[other], 1))
                    days = self.model.new_int_var(0, self.last, "")
                    self.model.add(days == self.length[other]).only_enforce_if(first)
                    self.model.add(days == 0).only_enforce_if(first.negated())
                    before.append(days)
            self.model.add(self.begin[name] == sum(before)).only_enforce_if(self.present[name])

    def option(self, name: str) -> None:
        """The cheaper lawful preparation, and the days that it takes with the upkeep of that day."""
        model = self.model
        entry = self.instance.certifications[name]
        when = self.moment(self.begin[name], f"s{name}")
        offers = [(entry.cost, entry.study_hours, -1, self.true)]
        for i, variant in enumerate(entry.variants):
            offers.append((variant.cost, variant.study_hours, i, self.holds(variant.when, when)))
        offers.sort(key=lambda offer: offer[:3])
        picks = [self.flag(f"pick{name}{i}") for i in range(len(offers))]
        model.add_exactly_one(picks)
        for i, pick in enumerate(picks):
            model.add_implication(pick, offers[i][3])
            for better in offers[:i]:
                model.add_implication(pick, better[3].negated())
        self.price = getattr(self, "price", {})
        self.price[name] = sum(
            pick * int(offer[0] * self.money_unit) for pick, offer in zip(picks, offers, strict=True)
        )
        work = sum(pick * int(7 * offer[1] * self.hour_unit) for pick, offer in zip(picks, offers, strict=True))
        self.takes(name, work)

    def takes(self, name: str, work: Number) -> None:
        model = self.model
        whole = int(self.instance.hours_per_week * self.hour_unit)
        spare = model.new_int_var(-(10**12), whole, f"spare{name}")
        model.add(spare == whole - sum(self.burdens(name)))
        model.add(spare >= 1).only_enforce_if(self.present[name])
        positive = model.new_int_var(1, max(1, whole), f"positive{name}")
        model.add(positive == spare).only_enforce_if(self.present[name])
        enough = model.new_int_var(0, self.last * max(1, whole), f"enough{name}")
        model.add_multiplication_equality(enough, [self.length[name], positive])
        model.add(enough >= work).only_enforce_if(self.present[name])
        model.add(enough - positive < work).only_enforce_if(self.present[name])

    def burdens(self, name: str) -> list[Number]:
        """Upkeep of everything earned before the study's first day."""
        found: list[Number] = []
        for other, day in self.instance.start.holds.items():
            renewal = self.instance.certifications[other].renewal
            if renewal:
                hours = int(renewal.weekly_hours * self.hour_unit)
                found.append(hours if day < 0 else hours * self.at_least(self.begin[name], 1))
        for other in self.useful:
            renewal = self.instance.certifications[other].renewal
            if other != name and renewal and renewal.hours:
                before = self.both(self.present[other], self.at_least(self.begin[name] - self.earned[other], 1))
                found.append(int(renewal.weekly_hours * self.hour_unit) * before)
        return found

    def money(self) -> None:
        total: list[Number] = []
        for name, day in self.instance.start.holds.items():
            if name in self.instance.start.dues:
                dues = self.instance.start.dues[name]
                total += [int(cost * self.money_unit) * self.at_least(self.arrival, on) for on, cost in dues]
            else:
                total.append(self.renewals(self.instance.certifications[name], self.arrival - day, past=-1 - day))
        for name in self.useful:
            entry = self.instance.certifications[name]
            cost = self.model.new_int_var(0, 10**12, f"cost{name}")
            kept = self.renewals(entry, self.arrival - self.earned[name], present=self.present[name])
            self.model.add(cost == self.price[name] + kept).only_enforce_if(self.present[name])
            self.model.add(cost == 0).only_enforce_if(self.present[name].negated())
            total.append(cost)
        self.cost = self.model.new_int_var(0, 10**13, "cost")
        self.model.add(self.cost == sum(total))
        if self.instance.budget is not None:
            self.model.add(self.cost <= int(self.instance.budget * self.money_unit))
        self.exams = sum(self.present.values())
        if self.instance.objective == "earnings":
            self.pay()

    def pay(self) -> None:
        """What is earned less than the best paid role would pay on every day, with all costs up to the horizon."""
        model, horizon = self.model, self.instance.horizon_days
        daily = {name: (role.pay_per_year or Fraction(0)) / DAYS_PER_YEAR for name, role in self.instance.roles.items()}
        self.pay_unit = lcm(self.money_unit, *(pay.denominator for pay in daily.values()))
        self.most = max(daily.values())
        short = {name: int((self.most - pay) * self.pay_unit) for name, pay in daily.items()}
        total: list[Number] = [short[self.instance.target] * (horizon - self.arrival)]
        for p in range(self.places):
            for name, flag in self.at[p].items():
                if short[name] and name != self.instance.target:
                    days = self.day(f"stay{p}{name}")
                    model.add(days >= self.enter[p + 1] - self.enter[p]).only_enforce_if(flag)
                    total.append(short[name] * days)
        scale = self.pay_unit // self.money_unit
        for name in self.useful:
            entry = self.instance.certifications[name]
            cost = model.new_int_var(0, 10**12, f"whole{name}")
            kept = self.renewals(entry, horizon - self.earned[name], present=self.present[name])
            model.add(cost == self.price[name] + kept).only_enforce_if(self.present[name])
            total.append(scale * cost)
        for name, day in self.instance.start.holds.items():
            if name in self.instance.start.dues:
                dues = [cost for on, cost in self.instance.start.dues[name] if on <= horizon]
                total.append(int(sum(dues) * self.pay_unit))
            else:
                total.append(scale * self.renewals(self.instance.certifications[name], horizon - day, past=-1 - day))
        self.lost = model.new_int_var(0, 10**17, "lost")
        model.add(self.lost == sum(total))

    def renewals(self, entry: Certification, age: Number, *, past: int = -1, present: Literal | None = None) -> Number:
        """Fees for the cycles that end within *age* days of earning; *past* is the age before day 0."""
        if entry.renewal is None:
            return 0
        cycle = entry.renewal.cycle_days
        kept = self.model.new_int_var(-self.last, 10**7, "")
        if present is None:
            self.model.add(kept == age)
        else:
            self.model.add(kept == age).only_enforce_if(present)
        clipped = self.model.new_int_var(0, 10**7, "")
        self.model.add_max_equality(clipped, [kept, self.model.new_constant(0)])
        total: Number = 0
        for on, cost in [(cycle, entry.renewal.cost), *entry.renewal.dues]:
            if cost:
                count = self.model.new_int_var(0, 10**7, "")
                self.model.add_division_equality(count, clipped + (cycle - on), cycle)
                before = (past + cycle - on) // cycle if past >= 0 else 0
                total += int(cost * self.money_unit) * (count - before)
        return total

    def solve(self, seconds: float, effort: float | None) -> CpAnswer | None:
        criteria = {
            "fastest": [self.arrival, self.cost, self.exams],
            "cheapest": [self.cost, self.arrival, self.exams],
            "fewest-exams": [self.exams, self.arrival, self.cost],
        }
        criteria["earnings"] = [self.lost, self.arrival] if self.instance.objective == "earnings" else []
        proven = True
        for criterion in criteria[self.instance.objective]:
            solver = cp_model.CpSolver()
            if effort is None:
                solver.parameters.max_time_in_seconds = seconds
            else:
                solver.parameters.max_deterministic_time = effort
            solver.parameters.num_workers = 1
            self.model.minimize(criterion)
            status = solver.solve(self.model)
            if status == cp_model.INFEASIBLE:
                return None
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                raise TimeoutError("CP-SAT found nothing within its time")
            proven = proven and status == cp_model.OPTIMAL
            best = round(solver.objective_value)
            self.model.add(criterion == best)
        cost = Fraction(solver.value(self.cost), self.money_unit)
        earned = None
        if self.instance.objective == "earnings":
            earned = self.most * self.instance.horizon_days - Fraction(solver.value(self.lost), self.pay_unit)
        return CpAnswer(solver.value(self.arrival), cost, int(solver.value(self.exams)), proven, earned)


@dataclass(frozen=True)
class _Moment:
    """A day: in one place for certain (the day of leaving it), or in the place whose flag holds; and the certification
    on whose behalf it is looked at, which cannot lean on what is awarded after it on the same day."""

    day: Number
    place: int | list[Literal]
    name: str
    asker: str | None = None
