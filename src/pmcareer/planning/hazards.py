"""Where acting as early as possible can hurt, so that the search must look at days on which nothing happens.

Everything else about a plan is monotone: earlier is never worse, and only days on which something becomes possible
need be looked at. The exceptions, each in two strengths (for the arrival day alone, and for cost as well):

- an earning that brings upkeep (slows later studies) or, for cost, renewals; and whatever makes it possible;
- what opens another preparation: a cheaper but longer one is then taken, and where nobody idles a shorter one may
  bring the next study forward to a day on which its own cheaper preparation is not open yet;
- a move that gives up a kind of experience still needed, which a later role grants again.
"""

from __future__ import annotations

from pmcareer.planning.instance import ExperienceDays, Held, Holds, Requirement
from pmcareer.planning.requirements import leaves
from pmcareer.planning.track import Track


class Hazards:
    """``papers``: bits of certifications that are better earned late; ``kinds``: experience better gained late;
    ``risky``: by place, the kinds for whose sake a move away may be right on any day while they fall short."""

    def __init__(self, track: Track, *, cost: bool) -> None:
        self.track = track
        self.problem = track.problem
        self.papers = 0
        self.kinds: set[int] = set()
        lasting = sum(any(o.hours for o in self.problem.papers[n].options) for n in track.numbers)
        for number in track.numbers:
            paper = self.problem.papers[number]
            if (paper.upkeep and lasting > 1) or (cost and paper.first_due <= self.problem.last_day):
                self.papers |= 1 << number
            for requirement in self.problem.openings(paper):
                self._mark(requirement)
        self._spread()
        self._regained = self._kinds_to_come()
        self.risky = [self._risky(place) for place in range(len(track.ways))]

    def matter(self, *, idle: bool) -> bool:
        """Whether looking day by day can find anything; where nobody idles only studies of no hours can wait."""
        instant = sum(1 << n for n in self.track.numbers if self.problem.papers[n].least_hours == 0)
        return any(self.risky) or bool(self.papers if idle else self.papers & instant)

    def _mark(self, requirement: Requirement) -> None:
        for leaf in leaves(requirement):
            if isinstance(leaf, (Holds, Held)):
                self.papers |= self.problem.bit[leaf.certification] & self.track.papers
            elif isinstance(leaf, ExperienceDays):
                self.kinds.add(self.problem.kind_number[leaf.kind])

    def _spread(self) -> None:
        """What makes a hazardous certification eligible is hazardous too."""
        marked = 0
        while marked != self.papers:
            marked = self.papers
            for number in self.track.numbers:
                if marked >> number & 1:
                    self._mark(self.problem.papers[number].eligibility)

    def _kinds_to_come(self) -> list[set[int]]:
        """By place, the kinds that it or a later place grants."""
        track = self.track
        found = [{k for k, gain in enumerate(gains) if gain} for gains in track.gain]
        found[track.goal] = set()
        changed = True
        while changed:
            changed = False
            for place, ways in enumerate(track.ways):
                union = found[place].union(*(found[way.into] for way in ways))
                if union != found[place]:
                    found[place] = union
                    changed = True
        return found

    def _risky(self, place: int) -> tuple[int, ...]:
        gain = self.track.gain
        found = set()
        for way in self.track.ways[place]:
            if way.into == self.track.goal:
                continue
            for kind, (here, there) in enumerate(zip(gain[place], gain[way.into], strict=True)):
                if (here and not there and kind in self._regained[way.into]) or (
                    there and not here and kind in self.kinds
                ):
                    found.add(kind)
        return tuple(sorted(found))
