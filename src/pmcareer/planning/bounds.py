"""What every plan from a place on must still do, however it goes on: the tables behind the lower bounds.

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
)
from pmcareer.planning.problem import MANY
from pmcareer.planning.requirements import least_tenure, needed
from pmcareer.planning.track import Track

# (True, certification number) with amount 1, or (False, kind number) with an amount of days -> tail
Key = tuple[bool, int]
Obligations = dict[tuple[Key, int], int]


class Duties(NamedTuple):
    """The obligations from one place on. ``papers``: (lead + tail, tail, number), falling; ``days``: (kind, amount,
    least days before the kind grows, tail)."""

    papers: tuple[tuple[int, int, int], ...]
    days: tuple[tuple[int, int, int, int], ...]
    tails: dict[int, int]


class Hop(NamedTuple):
    """Leaving a place: least tenure, (kind, amount, days before leaving), certifications."""

    tenure: int
    days: tuple[tuple[int, int, int], ...]
    papers: tuple[int, ...]


class Bounds:
    """Tables of one track: least days by tenure alone, and obligations by place."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.problem = track.problem
        self.tenures = [[least_tenure(way.requires) for way in ways] for ways in track.ways]
        self.walk = self.nearest({track.goal})
        self._expanded: dict[int, Obligations | None] = {}
        kinds = range(len(self.problem.kind_names))
        self._regain = [self._days_to_kind(kind) for kind in kinds]
        self.duties = [self._duties(place, found) for place, found in enumerate(self._settle())]
        self.options = {n: self._open_options(n) for n in track.numbers}
        self.row = self._row() if track.is_chain else []

    def _row(self) -> list[Hop]:
        """By place of a chain, what leaving it cannot do without."""
        hops = []
        for place in range(self.track.goal):
            asked = [own for way in self.track.ways[place] if (own := self.of(way.requires)) is not None]
            found = _tidy(_meet(asked, len(asked))) if asked else {}
            papers = tuple(sorted(number for ((is_paper, number), _) in found if is_paper))
            days = tuple((n, amount, lag) for ((is_paper, n), amount), lag in found.items() if not is_paper)
            hops.append(Hop(min(self.tenures[place]), days, papers))
        return hops

    def nearest(self, goals: set[int], *, hops: bool = False) -> list[int]:
        """Least days from entering each place to entering one of *goals*, by tenure alone; or least *hops*."""
        back: list[list[tuple[int, int]]] = [[] for _ in self.track.ways]
        for place, ways in enumerate(self.track.ways):
            for way, days in zip(ways, self.tenures[place], strict=True):
                back[way.into].append((place, 1 if hops else days))
        distance = [MANY] * len(self.track.ways)
        agenda = [(0, place) for place in goals]
        while agenda:
            days, place = heappop(agenda)
            if days < distance[place]:
                distance[place] = days
                for origin, more in back[place]:
                    heappush(agenda, (days + more, origin))
        return distance

    def _days_to_kind(self, kind: int) -> list[int]:
        """Least days from each place to one that grants the kind, once the tenure in it has been served."""
        track = self.track
        granting = {place for place, gain in enumerate(track.gain) if gain[kind] and place != track.goal}
        distance = self.nearest(granting)
        return [
            0 if place in granting else min((distance[way.into] for way in ways), default=MANY)
            for place, ways in enumerate(track.ways)
        ]

    def _settle(self) -> list[Obligations]:
        """Obligations of every place: what all its ways share, until nothing changes."""
        track = self.track
        asked = [[self.of(way.requires) for way in ways] for ways in track.ways]
        into: list[set[int]] = [set() for _ in track.ways]
        for place, ways in enumerate(track.ways):
            for way in ways:
                into[way.into].add(place)
        found: list[Obligations | None] = [None] * len(track.ways)
        found[track.goal] = {}
        agenda = sorted(into[track.goal])
        while agenda:
            place = agenda.pop()
            branches = []
            for way, own in zip(track.ways[place], asked[place], strict=True):
                later = found[way.into]
                if later is not None and own is not None:
                    branches.append(_join(later, own, self.walk[way.into]))
            shared = _tidy(_meet(branches, len(branches))) if branches else None
            if shared is not None and shared != found[place]:
                found[place] = shared
                agenda.extend(into[place])
        return [obligations or {} for obligations in found]

    def of(self, requirement: Requirement) -> Obligations | None:
        """What a tree cannot do without, with tails up to the day on which it must hold; None if it cannot hold."""
        if isinstance(requirement, (All, AnyOf, AtLeast)):
            parts = [self.of(part) for part in requirement.parts]
            possible = [part for part in parts if part is not None]
            count = len(possible) - needed(requirement) + 1
            return _meet(possible, count) if count > 0 else None
        if isinstance(requirement, ExperienceDays):
            return {((False, self.problem.kind_number[requirement.kind]), requirement.days): 0}
        if isinstance(requirement, (Holds, Held)):
            return self._paper(self.problem.bit[requirement.certification].bit_length() - 1)
        return {}

    def _paper(self, number: int) -> Obligations | None:
        if not self.track.papers >> number & 1:
            return None
        if number not in self._expanded:
            own: Obligations = {((True, number), 1): 0}
            self._expanded[number] = own  # where eligibilities run in circles, less is still true
            paper = self.problem.papers[number]
            gates = self.of(paper.eligibility)
            self._expanded[number] = None if gates is None else _join(own, gates, paper.lead)
        return self._expanded[number]

    def _open_options(self, number: int) -> list[tuple[int, int]]:
        """(hours, cost) of the preparations that can become lawful here."""
        options = self.problem.papers[number].options
        return [(o.hours, o.cost) for o in options if o.when is None or self.of(o.requires) is not None]

    def _duties(self, place: int, obligations: Obligations) -> Duties:
        papers, days = [], []
        tails = {number: 0 for number in self.track.numbers if self.track.required >> number & 1}
        for ((is_paper, number), amount), tail in obligations.items():
            if is_paper:
                tails[number] = tail
            else:
                days.append((number, amount, self._regain[number][place], tail))
        for number, tail in tails.items():
            papers.append((self.problem.papers[number].lead + tail, tail, number))
        return Duties(tuple(sorted(papers, reverse=True)), tuple(days), tails)


def _join(first: Obligations, second: Obligations, shift: int) -> Obligations:
    """Both; the second's tails grow by *shift*."""
    joined = dict(first)
    for item, tail in second.items():
        joined[item] = max(tail + shift, joined.get(item, 0))
    return joined


def _meet(branches: list[Obligations], count: int) -> Obligations:
    """What at least *count* of the branches imply, with the least tail that any *count* of them leave sure."""
    if count == 1:
        met: Obligations = {}
        for branch in branches:
            met = _join(met, branch, 0)
        return met
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
