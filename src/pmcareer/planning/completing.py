"""What a relaxed walk leaves out is put in: where a requirement has too many alternatives to list, the cheapest way of
meeting it that can be found part by part. A proposal, not a bound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pmcareer.planning.instance import All, AnyOf, AtLeast, ExperienceDays, Held, Holds, Requirement, TenureDays
from pmcareer.planning.packages import Amounts, Item, Package, Packages, most_of_each
from pmcareer.planning.relaxed import Shadow
from pmcareer.planning.requirements import needed


class Asked(NamedTuple):
    """What one way of meeting a requirement takes: certifications in order, what all of them cost, days."""

    price: int = 0
    items: tuple[Item, ...] = ()
    tenure: int = 0
    amounts: Amounts = ()

    @property
    def papers(self) -> int:
        """The certifications, as bits."""
        return sum(1 << item.number for item in self.items)

    @property
    def effort(self) -> tuple[int, int, int, int]:
        """What is to be least."""
        return self.price, len(self.items), sum(days for _, days in self.amounts), self.tenure

    def and_(self, other: Asked) -> Asked:
        """Both."""
        tenure, amounts = max(self.tenure, other.tenure), most_of_each(self.amounts, other.amounts)
        return Asked(self.price + other.price, self.items + other.items, tenure, amounts)


def completed(packages: Packages, walk: Sequence[Shadow]) -> list[Package] | None:
    """The packages of the moves of a walk, each with all that its requirement asks; None where one cannot be met."""
    return _Completion(packages).moves(walk)


class _Completion:
    def __init__(self, packages: Packages) -> None:
        self.packages = packages
        self.problem = packages.problem

    def moves(self, walk: Sequence[Shadow]) -> list[Package] | None:
        found, held = [], 0
        for before, after in pairwise(walk):
            ways = [way.requires for way in self.problem.ways[before.role] if way.into == after.role]
            # What the relaxed life leans on is taken up as it is; what it leaves out comes on top.
            first = Asked(items=tuple(item for item in after.items if not held >> item.number & 1))
            asked = self.best([self.way(way, held | first.papers, 0) for way in ways])
            if asked is None:
                return None
            whole = first.and_(asked)
            held |= whole.papers
            found.append(Package(whole.papers, whole.tenure, whole.amounts, whole.items, whole.price))
        return found

    def best(self, ways: Sequence[Asked | None]) -> Asked | None:
        return min((way for way in ways if way is not None), key=lambda way: way.effort, default=None)

    def way(self, requirement: Requirement, held: int, asked_for: int) -> Asked | None:
        """The least way found for someone who holds *held*; those in *asked_for* wait for this one themselves."""
        if isinstance(requirement, All | AnyOf | AtLeast):
            return self.tree(requirement, held, asked_for)
        if isinstance(requirement, Holds | Held):
            return self.paper(self.problem.bit[requirement.certification], held, asked_for)
        if isinstance(requirement, ExperienceDays):
            group = self.packages.group_of[self.problem.kind_number[requirement.kind]]
            return Asked(amounts=((group, requirement.days),))
        return Asked(tenure=requirement.days) if isinstance(requirement, TenureDays) else Asked()

    def tree(self, requirement: All | AnyOf | AtLeast, held: int, asked_for: int) -> Asked | None:
        left = list(requirement.parts)
        taken = Asked()
        for _ in range(needed(requirement)):
            ways = [self.way(part, held | taken.papers, asked_for) for part in left]
            found = self.best(ways)
            if found is None:
                return None
            del left[next(place for place, way in enumerate(ways) if way is found)]
            taken = taken.and_(found)
        return taken

    def paper(self, bit: int, held: int, asked_for: int) -> Asked | None:
        """One certification with what it takes to be eligible."""
        if bit & held:
            return Asked()
        if bit & asked_for:
            return None
        number = bit.bit_length() - 1
        paper = self.problem.papers[number]
        before = self.way(paper.eligibility, held, asked_for | bit)
        if before is None:
            return None
        options = zip(paper.options, self.packages.days[number], strict=True)
        plain = [(option.cost, days) for option, days in options if option.index is None]
        price, days = plain[0] if plain else (paper.least_cost, min(self.packages.days[number]))
        item = Item(number, price, days, before.papers, before.amounts)
        return Asked(before.price + price, (*before.items, item))
