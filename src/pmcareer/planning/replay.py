"""An auditor of plans: it lives a plan day by day by the text of the planning model and complains where they differ.

It shares no code with the search: experience, tenure, study days, awards, upkeep and renewals are counted afresh.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from math import ceil

from pmcareer.planning.instance import Certification, Instance, Requirement
from pmcareer.planning.plan import Plan, Step
from pmcareer.planning.truth import Facts, cheaper_lawful, holds

MOST_ORDERS = 5


def check(instance: Instance, plan: Plan, *, idle_allowed: bool | None = None) -> tuple[str, ...]:
    """Everything in which *plan* departs from the planning model; empty when it is lawful and priced right.

    *idle_allowed* says whether a study may begin later than the day on which the slot is free; by default that
    follows from the instance's objective. The audit says nothing of whether a better plan exists.
    """
    if idle_allowed is None:
        idle_allowed = instance.objective not in ("fastest", "fewest-exams")
    if instance.start.role == instance.target:
        empty = not plan.steps and plan.arrival_day == 0 and plan.cost == 0 and plan.exams == 0
        return () if empty else ("start equals target, so the plan must be empty",)
    return tuple(_Audit(instance, plan, idle_allowed).complaints())


class _Audit:
    """One replay. Days are kept per certification: end of study, application, award."""

    def __init__(self, instance: Instance, plan: Plan, idle_allowed: bool) -> None:
        self.instance = instance
        self.plan = plan
        self.idle_allowed = idle_allowed
        self.found: list[str] = []
        self.role = instance.start.role
        self.tenure = instance.start.tenure_days
        self.experience = dict(instance.start.experience_days)
        self.earned = dict(instance.start.holds)
        self.studied: dict[str, Step] = {}
        self.applied: dict[str, int] = {}
        self.slot_free = self.today = 0
        self.written: list[Step] = []

    def complaints(self) -> list[str]:
        """The findings, in the order of days."""
        self.check_form()
        if self.found:
            return self.found
        for day in range(self.plan.arrival_day + 1):
            self.today = day
            self.morning(day)
            self.begin_studies(day)
            self.move(day)
            if self.role == self.instance.target and day < self.plan.arrival_day:
                self.say(day, f"the target is reached, not on day {self.plan.arrival_day}")
                break
            if day < self.plan.arrival_day:
                self.work()
        self.check_end()
        return self.found

    def say(self, day: int, text: str) -> None:
        self.found.append(f"day {day}: {text}")

    def on(self, day: int, kind: str) -> list[Step]:
        return [step for step in self.plan.steps if step.kind == kind and step.start_day == day]

    def check_form(self) -> None:
        """Known ids, days within the plan, steps in order."""
        for step in self.plan.steps:
            known = self.instance.roles if step.kind == "move" else self.instance.certifications
            if step.id not in known:
                self.found.append(f"{step.kind} of the unknown {step.id!r}")
            if not 0 <= step.start_day <= step.end_day <= self.plan.arrival_day:
                self.found.append(f"{step.kind} {step.id} does not lie within the plan")
        if not 0 <= self.plan.arrival_day <= self.instance.last_day:
            self.found.append(f"arrival on day {self.plan.arrival_day} is too late to count")
        if list(self.plan.steps) != sorted(self.plan.steps, key=lambda step: step.order):
            self.found.append("the steps are not in order")

    def morning(self, day: int) -> None:
        """Renewals, ends of study, awards."""
        for name, earned in self.earned.items():
            for cost in self.due(name, earned, day):
                self.written.append(Step("renew", name, day, day, cost))
        self.award(day)

    def due(self, name: str, earned: int, day: int) -> Iterator[Fraction]:
        """What falls due for a certification on *day*: as the start lists it, else by its cycles."""
        listed = self.instance.start.dues.get(name)
        renewal = self.instance.certifications[name].renewal
        if listed is not None:
            yield from (cost for on, cost in listed if on == day)
        elif renewal and day > earned:
            into = (day - earned - 1) % renewal.cycle_days + 1  # the cycle's own days, 1 to its length
            at_end = [renewal.cost] if into == renewal.cycle_days else []
            paid = [*(cost for on, cost in renewal.dues if on == into), *at_end]
            if paid:
                yield sum(paid, Fraction(0))

    def award(self, day: int) -> None:
        """Applications and awards until nothing more is earned."""
        before = -1
        while before != len(self.earned) + len(self.applied):
            before = len(self.earned) + len(self.applied)
            for name, study in self.studied.items():
                entry = self.instance.certifications[name]
                if name not in self.applied and study.end_day <= day and self.true(entry.eligibility):
                    self.applied[name] = day
                if name not in self.earned and self.applied.get(name, day + 1) + entry.lead_days == day:
                    self.earned[name] = day
                    price = entry.cost if study.variant is None else entry.variants[study.variant].cost
                    self.written.append(Step("earn", name, self.applied[name], day, price, study.variant))

    def begin_studies(self, day: int) -> None:
        """Zero-hour studies in some order that makes their variants right, then the one that takes the slot."""
        starting = self.on(day, "study")
        instant = [step for step in starting if step.end_day == day]
        lasting = [step for step in starting if step.end_day > day]
        if starting and day < self.slot_free:
            self.say(day, f"{starting[0].id} is studied while the slot is taken")
        for step in self.arrange(instant, day):
            self.begin(step, day)
            self.award(day)
        if len(lasting) > 1:
            self.say(day, "two studies begin at once")
        for step in lasting:
            if not self.idle_allowed and day != self.slot_free:
                self.say(day, f"{step.id} begins after the slot stood free from day {self.slot_free}")
            self.begin(step, day)
            self.slot_free = step.end_day

    def arrange(self, steps: list[Step], day: int) -> list[Step]:
        """An order of zero-hour studies in which each takes the variant that the plan says, if there is one."""
        if len(steps) < 2 or len(steps) > MOST_ORDERS:
            return sorted(steps, key=lambda step: step.id)
        saved = (dict(self.earned), dict(self.applied), dict(self.studied), list(self.written))
        for order in permutations(steps):
            fits = True
            for step in order:
                fits = fits and self.choice(self.instance.certifications[step.id])[0] == step.variant
                self.studied[step.id] = step
                self.award(day)
            earned, applied, studied, written = saved
            self.earned, self.applied = dict(earned), dict(applied)
            self.studied, self.written = dict(studied), list(written)
            if fits:
                return list(order)
        return steps

    def choice(self, entry: Certification) -> tuple[int | None, Fraction]:
        """The cheaper lawful preparation today."""
        return cheaper_lawful(entry, self.facts())

    def begin(self, step: Step, day: int) -> None:
        """One study: its variant and its days."""
        if step.id in self.studied or step.id in self.earned:
            self.say(day, f"{step.id} is studied twice, or was held already")
        variant, hours = self.choice(self.instance.certifications[step.id])
        if variant != step.variant:
            self.say(day, f"{step.id} is prepared by variant {step.variant}, where {variant} is the cheaper lawful one")
        days = self.days(hours, day)
        if days is None or step.end_day != day + days:
            self.say(day, f"{step.id} ends on day {step.end_day}, but takes {days} days")
        self.studied[step.id] = step

    def days(self, hours: Fraction, day: int) -> int | None:
        """Days that a study of so many hours takes, None where upkeep leaves no time."""
        if hours == 0:
            return 0
        spare = self.instance.hours_per_week
        for name, earned in self.earned.items():
            renewal = self.instance.certifications[name].renewal
            if renewal and earned < day:
                spare -= renewal.hours * 7 / renewal.cycle_days
        return ceil(7 * hours / spare) if spare > 0 else None

    def move(self, day: int) -> None:
        """The day's moves, in some order that a chain of roles allows."""
        waiting = self.on(day, "move")
        order = next(self.chains(self.role, self.tenure, waiting), None)
        if order is None:
            self.say(day, f"the moves to {', '.join(step.id for step in waiting)} are not open")
            return
        for step in order:
            self.role, self.tenure = step.id, 0
            self.written.append(Step("move", step.id, day, day))

    def chains(self, role: str, tenure: int, steps: list[Step]) -> Iterator[list[Step]]:
        """Every order of *steps* that leads along open moves from *role*."""
        if not steps:
            yield []
        for i, step in enumerate(steps):
            ways = (m for m in self.instance.moves if (m.origin, m.into) == (role, step.id))
            if any(self.true(way.requires, tenure) for way in ways):
                rest = steps[:i] + steps[i + 1 :]
                yield from ([step, *tail] for tail in self.chains(step.id, 0, rest))

    def work(self) -> None:
        """A day in the present role."""
        self.tenure += 1
        for kind in self.instance.roles[self.role].grants:
            self.experience[kind] = self.experience.get(kind, 0) + 1

    def true(self, requirement: Requirement | None, tenure: int | None = None) -> bool:
        """Whether a requirement holds now; *tenure* is given for moves only."""
        return holds(requirement, self.facts(tenure))

    def facts(self, tenure: int | None = None) -> Facts:
        return Facts(self.today, self.instance.start.education, self.earned, self.experience, tenure)

    def check_end(self) -> None:
        """The target is reached, the steps are all there, and the sums are right."""
        day = self.plan.arrival_day
        if self.role != self.instance.target:
            self.say(day, f"the plan ends in {self.role}")
        for name in self.studied.keys() - self.earned.keys():
            self.say(day, f"{name} is studied but never earned")
        stated = [step for step in self.plan.steps if step.kind != "study"]
        for step in sorted(set(stated) ^ set(self.written), key=lambda step: step.order):
            verb = "is stated but does not happen" if step in stated else "happens but is not stated"
            self.say(step.end_day, f"{step.kind} {step.id} for {step.cost} {verb}")
        cost = sum((step.cost for step in self.written), Fraction(0))
        if cost != self.plan.cost:
            self.say(day, f"the cost is {cost}, not {self.plan.cost}")
        if self.instance.budget is not None and cost > self.instance.budget:
            self.say(day, "the cost exceeds the budget")
        if len(self.applied) != self.plan.exams:
            self.say(day, f"the plan has {len(self.applied)} exams, not {self.plan.exams}")
