"""The moves of relaxed lives by pay: when each can be made, what it costs, and what experience one has then."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from pmcareer.planning.packages import Item, Package, bits
from pmcareer.planning.payroll import Payroll
from pmcareer.planning.relaxed import NEVER, Relaxed, least_amounts


class PaidShadow(NamedTuple):
    """A relaxed life on entering ``role`` on ``day``. ``had``: experience by group, as far as it can still be asked
    for; ``loss``: what was lost by then in pay, and in prices and renewals up to the horizon."""

    role: int
    day: int
    had: tuple[int, ...]
    papers: int
    price: int
    studied: int
    loss: int
    parent: PaidShadow | None
    items: tuple[Item, ...]

    def walk(self) -> list[PaidShadow]:
        """From the start to here."""
        found: list[PaidShadow] = []
        label: PaidShadow | None = self
        while label is not None:
            found.append(label)
            label = label.parent
        return found[::-1]


class PaidMoves:
    """The moves of one problem. ``ways``: by role, what each asks for; ``asked``: by role and group, the most
    experience that some way on may ask for; ``needs``: what no way to the target can do without."""

    def __init__(self, relaxed: Relaxed, payroll: Payroll) -> None:
        self.relaxed = relaxed
        self.payroll = payroll
        self.problem = relaxed.problem
        self.grants = relaxed.packages.grants
        self.ways = [
            [(into, [self._plain(role, package) for package in packages]) for into, packages in ways]
            for role, ways in enumerate(relaxed.ways)
        ]
        self.asked = self._asked()
        self.needs = self._needs()

    def _plain(self, role: int, package: Package) -> Package:
        """A package that asks for the experience itself, without the days in a role that does not grant it."""
        grants = self.grants[role]
        amounts = [(group, days if group in grants else days - package.tenure) for group, days in package.amounts]
        return package._replace(amounts=tuple(amounts))

    def _needs(self) -> list[list[tuple[int, int]]]:
        """By role, the experience that no way to the target can do without: (group, days)."""
        needs: list[list[tuple[int, int]]] = [[] for _ in self.ways]
        asked = [[least_amounts(packages) for _, packages in ways] for ways in self.ways]
        for group in sorted({group for row in asked for least in row for group in least}):
            days = [[least.get(group, 0) for least in row] for row in asked]
            for role, least in enumerate(self.relaxed.spread(days, add=False)):
                if 0 < least < NEVER:
                    needs[role].append((group, least))
        return needs

    def _asked(self) -> list[list[int]]:
        """By role and group, the most experience that some way on may ask for."""
        asked = [[0] * len(self.relaxed.start) for _ in self.relaxed.ways]
        changed = True
        while changed:
            changed = False
            for role, ways in enumerate(self.ways):
                most = list(asked[role])
                for into, packages in ways:
                    most = [max(a, b) for a, b in zip(most, asked[into], strict=True)]
                    for package in packages:
                        for group, days in chain(package.amounts, *(item.amounts for item in package.items)):
                            most[group] = max(most[group], days)
                if most != asked[role]:
                    asked[role], changed = most, True
        return asked

    def full(self, label: PaidShadow, into: int) -> list[int]:
        """The days on which there is enough of each kind of experience that *into* gives up."""
        groups = [group for group in self.grants[label.role] if group not in self.grants[into]]
        return [label.day + self.asked[into][g] - label.had[g] for g in groups if self.asked[into][g] > label.had[g]]

    def enter(self, label: PaidShadow, into: int, package: Package, day: int) -> PaidShadow:
        """The life that makes a move on *day*."""
        grants, stayed = self.grants[label.role], day - label.day
        had = tuple(
            [
                min(most, known + (stayed if group in grants else 0))
                for group, (known, most) in enumerate(zip(label.had, self.asked[into], strict=True))
            ]
        )
        price, studied, loss = label.price, label.studied, label.loss + self.payroll.short[label.role] * stayed
        for item in package.items:
            price, studied = price + item.price, studied + item.days
            loss += self.payroll.money(item.price) + self.payroll.kept(item.number, day)
        papers = label.papers | package.papers
        return PaidShadow(into, day, had, papers, price, studied, loss, label, package.items)

    def growing(self, label: PaidShadow) -> tuple[int, ...]:
        """By group, the day on which experience would have been nothing if it grew from now on, where it has begun."""
        grants = self.grants[label.role]
        start = self.relaxed.start
        return tuple(
            [
                -NEVER if had >= most else label.day - had if group in grants or had > start[group] else NEVER
                for group, (had, most) in enumerate(zip(label.had, self.asked[label.role], strict=True))
            ]
        )

    def first_day(self, label: PaidShadow, package: Package) -> int:
        """The first day of a move by *package* for who is in a role and stays there."""
        grants = self.grants[label.role]
        since = [label.day - had if group in grants else NEVER for group, had in enumerate(label.had)]

        def reached(amounts: Sequence[tuple[int, int]]) -> int:
            return max((0 if label.had[g] >= days else since[g] + days for g, days in amounts), default=0)

        entered = label.day if label.parent else -self.problem.instance.start.tenure_days
        day = max(label.day, entered + package.tenure, reached(package.amounts))
        ready: dict[int, int] = {}
        for item in package.items:
            waits = [ready.get(number, 0) for number in bits(item.after)]
            ready[item.number] = max(item.days, reached(item.amounts), *waits, 0)
            ready[item.number] += self.problem.papers[item.number].lead
        if package.items:
            studied = label.studied + sum(item.days for item in package.items)
            day = max(day, studied + self.lead(label.papers | package.papers), *ready.values())
        return day

    def lead(self, papers: int) -> int:
        """The least days from an application to an award."""
        return min((self.problem.papers[number].lead for number in bits(papers)), default=0)

    def lacks(self, label: PaidShadow) -> tuple[tuple[int, int], ...]:
        """The days of experience, by group, that whatever comes must still bring."""
        needs = self.needs[label.role]
        return tuple([(group, days - label.had[group]) for group, days in needs if days > label.had[group]])
