"""The ways of meeting a requirement: smallest sets of certifications, each with its preparation, that would do.

A *support* names certifications (with everything that their eligibility and chosen preparation lean on in turn) and
the experience that must be had, how many days before. A plan leans on one support for each move, and earns nothing
else: what no support names serves nothing (docs/decisions/0010).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pmcareer.planning.instance import All, AnyOf, AtLeast, ByDay, ExperienceDays, Held, Holds, Requirement, TenureDays
from pmcareer.planning.problem import Problem
from pmcareer.planning.requirements import needed

MOST = 250


class Support(NamedTuple):
    """One way. ``taken``: (certification, place of the option among its options); ``days``: (kind, amount, days
    before the requirement holds); ``tenure``: days in the role."""

    mask: int
    taken: tuple[tuple[int, int], ...]
    days: tuple[tuple[int, int, int], ...]
    tenure: int


NOTHING = Support(0, (), (), 0)


class Supports:
    """Supports of the trees of one problem; None where there are too many to list."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._papers: dict[int, list[Support] | None] = {}
        self._under_way: set[int] = set()
        self._circles: set[int] = set()

    def of(self, requirement: Requirement) -> list[Support] | None:
        """All supports of a requirement that no other makes pointless."""
        if isinstance(requirement, (Holds, Held)):
            return self._paper(self.problem.bit[requirement.certification].bit_length() - 1)
        if isinstance(requirement, ExperienceDays):
            number = self.problem.kind_number[requirement.kind]
            return [Support(0, (), ((number, requirement.days, 0),), 0)]
        if isinstance(requirement, TenureDays):
            return [Support(0, (), (), requirement.days)]
        if isinstance(requirement, ByDay):  # holds by itself for a time, and must not make other ways pointless
            return None
        assert isinstance(requirement, (All, AnyOf, AtLeast))  # noqa: S101 (the rest is folded)
        parts = [self.of(part) for part in requirement.parts]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        return _choose(known, needed(requirement))

    def _paper(self, number: int) -> list[Support] | None:
        if number in self._under_way:
            self._circles.add(number)
            return []
        if number not in self._papers:
            self._under_way.add(number)
            found = self._worked_out(number)
            self._under_way.discard(number)
            self._circles.discard(number)
            if self._circles:
                return found  # without what leads back to a certification under way: true there, not elsewhere
            self._papers[number] = found
        return self._papers[number]

    def _worked_out(self, number: int) -> list[Support] | None:
        paper = self.problem.papers[number]
        eligible = self.of(paper.eligibility)
        if eligible is None:
            return None
        found: list[Support] = []
        for place, option in enumerate(paper.options):
            opened = [NOTHING] if option.when is None else self.of(option.requires)
            if opened is None:
                return None
            own = Support(1 << number, ((number, place),), (), 0)
            for gate in eligible:
                shifted = gate._replace(days=tuple((k, amount, lag + paper.lead) for k, amount, lag in gate.days))
                for opening in opened:
                    found.extend(_merge(own, _merge_one(shifted, opening)))
            if len(found) > MOST * 4:
                return None
        return _smallest(found)


def _merge_one(first: Support | None, second: Support) -> Support | None:
    if first is None or second is NOTHING:
        return first
    if first is NOTHING:
        return second
    taken = dict(first.taken)
    for number, place in second.taken:
        if taken.setdefault(number, place) != place:
            return None
    days: dict[int, list[tuple[int, int]]] = {}
    for kind, amount, lag in (*first.days, *second.days):
        days.setdefault(kind, []).append((amount, lag))
    kept = tuple(
        (kind, amount, lag)
        for kind, entries in sorted(days.items())
        for amount, lag in sorted(set(entries))
        if not any((a, b) != (amount, lag) and a >= amount and b >= lag for a, b in entries)
    )
    return Support(first.mask | second.mask, tuple(sorted(taken.items())), kept, max(first.tenure, second.tenure))


def _merge(first: Support, second: Support | None) -> Iterable[Support]:
    merged = None if second is None else _merge_one(first, second)
    return () if merged is None else (merged,)


def _choose(parts: list[list[Support]], need: int) -> list[Support] | None:
    """Supports of at least *need* of the parts; partial choices are kept by how many parts they serve."""
    tables: list[list[Support]] = [[NOTHING], *([] for _ in range(need))]
    for part in parts:
        for count in range(need, 0, -1):
            grown = [m for old in tables[count - 1] for way in part for m in _merge(old, way)]
            if len(grown) + len(tables[count]) > MOST * 4:
                return None
            tables[count] = _smallest(tables[count] + grown)
            if len(tables[count]) > MOST:
                return None
    return tables[need]


def _smallest(found: list[Support]) -> list[Support]:
    """Without those that ask for all that another asks for, and more."""
    kept: list[Support] = []
    for support in sorted(set(found), key=lambda s: (s.mask.bit_count(), len(s.days), s.tenure, s.taken, s.days)):
        mask = support.mask
        for other in kept:
            if other.mask & mask == other.mask and _implied(other, support):
                break
        else:
            kept.append(support)
    return kept


def _implied(less: Support, more: Support) -> bool:
    """Whether *more*, which names all that *less* names, asks for all that it asks for."""
    if less.tenure > more.tenure or not set(less.taken) <= set(more.taken):
        return False
    return all(any(k == kind and a >= amount and b >= lag for k, a, b in more.days) for kind, amount, lag in less.days)
