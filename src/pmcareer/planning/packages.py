"""What a move can ask for, as packages: each way of meeting its requirement that no other way makes needless.

A requirement tree is turned into alternatives (certifications, days in the role, amounts of experience); the
certifications of an alternative are turned into what earning them takes, eligibility and preparations included. All
of it is a relaxation: what a package leaves out, a plan may still have to do; what it names, a plan cannot avoid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from pmcareer.planning.instance import All, AnyOf, AtLeast, ExperienceDays, Held, Holds, Requirement, TenureDays
from pmcareer.planning.problem import Problem
from pmcareer.planning.requirements import needed

MOST_ALTERNATIVES = 48
MOST_PACKAGES = 64
Amounts = tuple[tuple[int, int], ...]


class Alternative(NamedTuple):
    """One way of making a requirement true: certifications as bits, days in the role, and (group, days)."""

    papers: int
    tenure: int
    amounts: Amounts


class Item(NamedTuple):
    """A certification that a package earns: its price and study days at least, and what its application waits for."""

    number: int
    price: int
    days: int
    after: int
    amounts: Amounts


class Package(NamedTuple):
    """One way of taking a move: ``items`` are all certifications that it needs, prerequisites first."""

    papers: int
    tenure: int
    amounts: Amounts
    items: tuple[Item, ...]
    price: int


NOTHING = Alternative(0, 0, ())


class Packages:
    """Alternatives and packages of one problem. ``groups``: kinds of experience that always grow together. ``coarse``:
    somewhere there were too many to list, so that packages ask for less than is asked."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.coarse = False
        self.group_of, self.start, self.grants = _groups(problem)
        spare = problem.hours - problem.held_upkeep
        self.days = [[_study_days(option.hours, spare) for option in paper.options] for paper in problem.papers]
        self._bundles: dict[int, list[tuple[Item, ...]]] = {}
        self._leaving: dict[tuple[int, int], list[Package]] = {}
        self._kept: dict[Requirement, list[Package]] = {}
        self._same: dict[int, tuple[Requirement, list[Package]]] = {}  # by identity: trees are slow to compare

    def of(self, requirement: Requirement) -> list[Package]:
        """The packages for a move, cheapest first."""
        same = self._same.get(id(requirement))
        if same is not None:
            return same[1]
        known = self._kept.get(requirement)
        if known is None:
            made = [package for way in self.alternatives(requirement) for package in self._expand(way)]
            known = self._kept[requirement] = _thin(made)
        self._same[id(requirement)] = requirement, known
        return known

    def leaving(self, role: int, requirement: Requirement) -> list[Package]:
        """The packages for a move out of *role*. Experience that the role does not grant was had when it was entered,
        so the days in the role come on top."""
        found = self.of(requirement)
        key = (role, id(found))
        if key not in self._leaving:
            later = [self._later(package, self.grants[role]) for package in found]
            self._leaving[key] = found if later == found else later
        return self._leaving[key]

    def _later(self, package: Package, grants: tuple[int, ...]) -> Package:
        if not package.tenure:
            return package
        most = dict(package.amounts)
        for amounts in (package.amounts, *(item.amounts for item in package.items)):
            for group, days in amounts:
                if group not in grants:
                    most[group] = max(days + package.tenure, most.get(group, 0))
        return package._replace(amounts=tuple(sorted(most.items())))

    def alternatives(self, requirement: Requirement) -> list[Alternative]:
        """The ways of making a tree true; where there would be too many, fewer that ask for less."""
        if isinstance(requirement, (Holds, Held)):
            return [Alternative(self.problem.bit[requirement.certification], 0, ())]
        if isinstance(requirement, ExperienceDays):
            group = self.group_of[self.problem.kind_number[requirement.kind]]
            return [Alternative(0, 0, ((group, requirement.days),))]
        if isinstance(requirement, TenureDays):
            return [Alternative(0, requirement.days, ())]
        if isinstance(requirement, (All, AnyOf, AtLeast)):
            return self._tree(requirement)
        return [NOTHING]

    def _tree(self, requirement: All | AnyOf | AtLeast) -> list[Alternative]:
        parts = [self.alternatives(part) for part in requirement.parts]
        need = needed(requirement)
        if need == len(parts):
            return self._all_of(parts)
        found: list[Alternative] = []
        for chosen in combinations(parts, need):
            found += self._all_of(chosen)
            if len(found) > MOST_ALTERNATIVES:
                self.coarse = True
                return [_shared([way for part in parts for way in part])] if need == 1 else [NOTHING]
        return _least(found)

    def _all_of(self, chosen: Sequence[list[Alternative]]) -> list[Alternative]:
        """Every way of meeting all of *chosen* at once; of what has too many ways, what all of these ask for."""
        rows = [NOTHING]
        for options in sorted(chosen, key=len):
            both = _least([_both(row, option) for row in rows for option in options])
            if len(both) > MOST_ALTERNATIVES:
                self.coarse = True
                both = [_both(row, _shared(options)) for row in rows]
            rows = both
        return _least(rows)

    def bundles(self, number: int, within: int = 0) -> list[tuple[Item, ...]]:
        """Every least way of earning a certification, prerequisites first; *within* are those asked for already."""
        if not within and number in self._bundles:
            return self._bundles[number]
        bit = 1 << number
        found: list[tuple[Item, ...]] = []
        paper = self.problem.papers[number]
        eligible = self.alternatives(paper.eligibility)
        for option, days in zip(paper.options, self.days[number], strict=True):
            for opening in self.alternatives(option.requires):
                for way in eligible:
                    needs = (opening.papers | way.papers) & ~bit
                    if (opening.papers | way.papers) & (bit | within):
                        continue
                    item = Item(number, option.cost, days, needs, way.amounts)
                    found += [(*before, item) for before in self._together(needs, within | bit)]
                    if len(found) > MOST_PACKAGES:
                        self.coarse = True
                        return [(self._plain(number),)]
        if not within:
            self._bundles[number] = _least_bundles(found)
            return self._bundles[number]
        return _least_bundles(found)

    def _plain(self, number: int) -> Item:
        paper = self.problem.papers[number]
        return Item(number, paper.least_cost, min(self.days[number]), 0, ())

    def _together(self, papers: int, within: int) -> list[tuple[Item, ...]]:
        """Ways of earning all of *papers*."""
        rows: list[tuple[Item, ...]] = [()]
        for number in bits(papers):
            more = self.bundles(number, within)
            rows = [_merged(row, extra) for row in rows for extra in more]
            if len(rows) > MOST_PACKAGES:
                self.coarse = True
                return [tuple(self._plain(n) for n in bits(papers))]
        return rows

    def _expand(self, way: Alternative) -> list[Package]:
        made = []
        for items in self._together(way.papers, 0):
            papers = sum(1 << item.number for item in items)
            made.append(Package(papers, way.tenure, way.amounts, items, sum(item.price for item in items)))
        return made


def bits(mask: int) -> Iterable[int]:
    """The numbers of the set bits, rising."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _groups(problem: Problem) -> tuple[list[int], list[int], list[tuple[int, ...]]]:
    """Kinds that the same roles grant and that start alike: the group of each kind, the start of each group, and the
    groups that each role grants."""
    numbers: dict[tuple[object, ...], int] = {}
    group_of, start = [], []
    held = problem.instance.start.experience_days
    for kind, name in enumerate(problem.kind_names):
        column = tuple(gain[kind] for gain in problem.gain)
        key = (column, held.get(name, 0))
        if key not in numbers:
            numbers[key] = len(numbers)
            start.append(held.get(name, 0))
        group_of.append(numbers[key])
    grants = [tuple(sorted({group_of[kind] for kind, grows in enumerate(gain) if grows})) for gain in problem.gain]
    return group_of, start, grants


def _study_days(hours: int, spare: int) -> int:
    if not hours:
        return 0
    return -(-7 * hours // spare) if spare > 0 else 1 << 40


def _shared(rows: Sequence[Alternative]) -> Alternative:
    """What each of *rows* asks for."""
    papers, amounts = rows[0].papers, dict(rows[0].amounts)
    for row in rows[1:]:
        papers &= row.papers
        known = dict(row.amounts)
        amounts = {group: min(days, known[group]) for group, days in amounts.items() if group in known}
    return Alternative(papers, min(row.tenure for row in rows), tuple(sorted(amounts.items())))


def _both(one: Alternative, other: Alternative) -> Alternative:
    return Alternative(
        one.papers | other.papers, max(one.tenure, other.tenure), most_of_each(one.amounts, other.amounts)
    )


def most_of_each(one: Amounts, other: Amounts) -> Amounts:
    """Of each group the more days of the two."""
    if not one or not other:
        return one or other
    most = dict(one)
    for group, days in other:
        most[group] = max(days, most.get(group, 0))
    return tuple(sorted(most.items()))


def _least(rows: list[Alternative]) -> list[Alternative]:
    """Without alternatives that ask for all that another asks for."""
    kept: list[Alternative] = []
    if len(rows) < 2:
        return rows
    for row in sorted(set(rows), key=lambda r: (r.papers.bit_count(), r.tenure, sum([d for _, d in r.amounts]), r)):
        lacking = ~row.papers
        for other in kept:
            if not other.papers & lacking and _implied(other, row):
                break
        else:
            kept.append(row)
    return kept


def _implied(less: Alternative, more: Alternative) -> bool:
    if less.papers & ~more.papers or less.tenure > more.tenure:
        return False
    return _within(less.amounts, more.amounts)


def _within(less: Amounts, more: Amounts) -> bool:
    if not less:
        return True
    known = dict(more)
    return all(days <= known.get(group, 0) for group, days in less)


def _merged(row: tuple[Item, ...], extra: tuple[Item, ...]) -> tuple[Item, ...]:
    """Both; a certification that both earn keeps the first's terms at the lower of the prices and days."""
    if not row or not extra:
        return row or extra
    known = {item.number: item for item in row}
    for item in extra:
        other = known.get(item.number)
        if other is not None:
            same = other.after == item.after and other.amounts == item.amounts
            price, days = min(item.price, other.price), min(item.days, other.days)
            waits = (item.after, item.amounts) if same else (0, ())
            known[item.number] = Item(item.number, price, days, *waits)
        else:
            known[item.number] = item
    return tuple(known.values())


def _least_bundles(found: list[tuple[Item, ...]]) -> list[tuple[Item, ...]]:
    packages = _thin(
        [
            Package(sum(1 << item.number for item in items), 0, (), items, sum(item.price for item in items))
            for items in found
        ]
    )
    return [package.items for package in packages]


def _thin(packages: list[Package]) -> list[Package]:
    """Without packages that another one makes needless, cheapest first."""
    kept: list[Package] = []
    if len(packages) < 2:
        return packages
    for package in sorted(packages, key=lambda p: (p.price, len(p.items), p.tenure, p.amounts, p.papers)):
        lacking = ~package.papers
        for other in kept:
            if not other.papers & lacking and _needless(package, other):
                break
        else:
            kept.append(package)
    return kept


def _needless(package: Package, other: Package) -> bool:
    """Whether *other* asks for nothing that *package* does not ask for."""
    if other.papers & ~package.papers or other.tenure > package.tenure:
        return False
    if not _within(other.amounts, package.amounts):
        return False
    mine = {item.number: item for item in package.items}
    for item in other.items:
        known = mine[item.number]
        if item.price > known.price or item.days > known.days or not _within(item.amounts, known.amounts):
            return False
        if item.after & ~known.after:
            return False
    return True
