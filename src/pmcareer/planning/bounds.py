"""What every plan from a role on must still do, however it goes on: the lower bounds of the search.

An *obligation* is a certification or an amount of experience that no way to the target can do without, with its
*tail*: the least number of days from the day on which it is met to arrival. Certifications share one study slot, so
their tails bound arrival as in one-machine scheduling: taken by falling tail, the sums of study days never lie.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

from pmcareer.planning.instance import (
    All,
    AnyOf,
    AtLeast,
    ExperienceDays,
    Held,
    Holds,
    Requirement,
    TenureDays,
)
from pmcareer.planning.problem import MANY, Problem
from pmcareer.planning.requirements import needed

# (True, certification number) with amount 1, or (False, kind number) with an amount of days -> tail
Key = tuple[bool, int]
Obligations = dict[tuple[Key, int], int]


class Duties(NamedTuple):
    """The obligations from one role on. ``papers``: (lead + tail, tail, number), falling; ``days``: (kind, amount,
    least days before the kind grows, tail)."""

    papers: tuple[tuple[int, int, int], ...]
    days: tuple[tuple[int, int, int, int], ...]
    tails: dict[int, int]


class Bounds:
    """Tables of one problem: least days by tenure alone, and obligations by role."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tenures = [[least_tenure(way.requires) for way in ways] for ways in problem.ways]
        self.walk = self._walks()
        self._expanded: dict[int, Obligations] = {}
        self._regain = [self._days_to_kind(kind) for kind in range(len(problem.kind_names))]
        self.duties = [self._duties(role, found) for role, found in enumerate(self._settle())]

    def _walks(self) -> list[int]:
        """Least days from entering each role to arrival, by tenure alone."""
        return self._nearest({self.problem.target})

    def _nearest(self, goals: set[int]) -> list[int]:
        problem = self.problem
        back: list[list[tuple[int, int]]] = [[] for _ in problem.ways]
        for role, ways in enumerate(problem.ways):
            for way, days in zip(ways, self.tenures[role], strict=True):
                back[way.into].append((role, days))
        distance = [MANY] * len(problem.ways)
        agenda = [(0, role) for role in goals]
        while agenda:
            days, role = heappop(agenda)
            if days < distance[role]:
                distance[role] = days
                for origin, more in back[role]:
                    heappush(agenda, (days + more, origin))
        return distance

    def _days_to_kind(self, kind: int) -> list[int]:
        """Least days from each role to one that grants the kind; not counting tenure already spent in it."""
        granting = {role for role, gain in enumerate(self.problem.gain) if gain[kind]}
        distance = self._nearest(granting - {self.problem.target})
        ways = self.problem.ways
        return [
            0 if role in granting else min((distance[way.into] for way in ways[role]), default=MANY)
            for role in range(len(ways))
        ]

    def _settle(self) -> list[Obligations]:
        """Obligations of every role: what all its ways share, until nothing changes."""
        problem = self.problem
        asked = [[self._tree(way.requires) for way in ways] for ways in problem.ways]
        into: list[set[int]] = [set() for _ in problem.ways]
        for role, ways in enumerate(problem.ways):
            for way in ways:
                into[way.into].add(role)
        found: list[Obligations | None] = [None] * len(problem.ways)
        found[problem.target] = {}
        agenda = sorted(into[problem.target])
        while agenda:
            role = agenda.pop()
            branches = []
            for way, own in zip(problem.ways[role], asked[role], strict=True):
                later = found[way.into]
                if later is not None:
                    branches.append(_join(later, own, self.walk[way.into]))
            shared = _tidy(_meet(branches, len(branches)))
            if shared != found[role]:
                found[role] = shared
                agenda.extend(into[role])
        return [obligations or {} for obligations in found]

    def _tree(self, requirement: Requirement) -> Obligations:
        """What a tree cannot do without, with tails up to the day on which it must hold."""
        if isinstance(requirement, (All, AnyOf, AtLeast)):
            parts = [self._tree(part) for part in requirement.parts]
            return _meet(parts, len(parts) - needed(requirement) + 1)
        if isinstance(requirement, ExperienceDays):
            return {((False, self.problem.kind_number[requirement.kind]), requirement.days): 0}
        if isinstance(requirement, (Holds, Held)):
            return self._paper(self.problem.bit[requirement.certification].bit_length() - 1)
        return {}

    def _paper(self, number: int) -> Obligations:
        if number not in self._expanded:
            own: Obligations = {((True, number), 1): 0}
            self._expanded[number] = own  # where eligibilities run in circles, less is still true
            paper = self.problem.papers[number]
            self._expanded[number] = _join(own, self._tree(paper.eligibility), paper.lead)
        return self._expanded[number]

    def _duties(self, role: int, obligations: Obligations) -> Duties:
        papers, days, tails = [], [], {}
        for ((is_paper, number), amount), tail in obligations.items():
            if is_paper:
                papers.append((self.problem.papers[number].lead + tail, tail, number))
                tails[number] = tail
            else:
                days.append((number, amount, self._regain[number][role], tail))
        return Duties(tuple(sorted(papers, reverse=True)), tuple(days), tails)


def least_tenure(requirement: Requirement) -> int:
    """The least tenure with which the requirement could hold."""
    if isinstance(requirement, TenureDays):
        return requirement.days
    if isinstance(requirement, (All, AnyOf, AtLeast)):
        ordered = sorted(least_tenure(part) for part in requirement.parts)
        need = needed(requirement)
        return ordered[need - 1] if need else 0
    return 0


def _join(first: Obligations, second: Obligations, shift: int) -> Obligations:
    """Both; the second's tails grow by *shift*."""
    joined = dict(first)
    for item, tail in second.items():
        joined[item] = max(tail + shift, joined.get(item, 0))
    return joined


def _meet(branches: list[Obligations], count: int) -> Obligations:
    """What at least *count* of the branches imply, with the least tail that any *count* of them leave sure."""
    if count == 1 and branches:
        met: Obligations = {}
        for branch in branches:
            met = _join(met, branch, 0)
        return met
    if len(branches) == 1 and count == 1:
        return branches[0]
    by_key: list[dict[Key, list[tuple[int, int]]]] = []
    for branch in branches:
        table: dict[Key, list[tuple[int, int]]] = {}
        for (key, amount), tail in branch.items():
            table.setdefault(key, []).append((amount, tail))
        by_key.append(table)
    met = {}
    for key, amount in {item for branch in branches for item in branch}:
        tails = []
        for table in by_key:
            implied = [tail for most, tail in table.get(key, ()) if most >= amount]
            if implied:
                tails.append(max(implied))
        if len(tails) >= count:
            met[(key, amount)] = sorted(tails, reverse=True)[count - 1]
    return met


def _tidy(obligations: Obligations) -> Obligations:
    """Without what a larger amount with as long a tail implies."""
    kept = dict(obligations)
    for (key, amount), tail in obligations.items():
        if any(k == key and a > amount and t >= tail for (k, a), t in kept.items()):
            del kept[(key, amount)]
    return kept
