"""Where acting as early as possible can hurt, so that the search must look at days on which nothing happens.

Everything else about a plan is monotone: earlier is never worse, and only days on which something becomes possible
need be looked at. The exceptions, each in two strengths (for the arrival day alone, and for cost as well):

- an earning that brings upkeep (slows later studies) or, for cost, renewals; and whatever makes it possible;
- what opens another preparation: a cheaper but longer one is then taken, and where nobody idles a shorter one may
  bring the next study forward to a day on which its own cheaper preparation is not open yet;
- a move that gives up a kind of experience still needed, which a later role grants again.
"""

from __future__ import annotations

from pmcareer.planning.instance import ExperienceDays, Holds, Requirement
from pmcareer.planning.problem import Problem
from pmcareer.planning.requirements import leaves


class Hazards:
    """``papers``: bits of certifications that are better earned late; ``kinds``: experience better gained late;
    ``regained[role]``: kinds that a later role grants."""

    def __init__(self, problem: Problem, *, cost: bool) -> None:
        self.problem = problem
        self.papers = 0
        self.kinds: set[int] = set()
        for number, paper in enumerate(problem.papers):
            if paper.upkeep or (cost and paper.fee and paper.cycle <= problem.last_day):
                self.papers |= 1 << number
        for paper in problem.papers:
            for requirement in problem.openings(paper):
                self._mark(requirement)
        self._spread()
        self.regained = self._regained()
        self.risky = [self._risky(role) for role in range(len(problem.ways))]

    def _mark(self, requirement: Requirement) -> None:
        for leaf in leaves(requirement):
            if isinstance(leaf, Holds):
                self.papers |= self.problem.bit[leaf.certification]
            elif isinstance(leaf, ExperienceDays):
                self.kinds.add(self.problem.kind_number[leaf.kind])

    def _spread(self) -> None:
        """What makes a hazardous certification eligible is hazardous too."""
        marked = 0
        while marked != self.papers:
            marked = self.papers
            for number, paper in enumerate(self.problem.papers):
                if marked >> number & 1:
                    self._mark(paper.eligibility)

    def _regained(self) -> list[set[int]]:
        problem = self.problem
        regained = [{k for k, gain in enumerate(gains) if gain} for gains in problem.gain]
        regained[problem.target] = set()
        changed = True
        while changed:
            changed = False
            for role, ways in enumerate(problem.ways):
                union = regained[role].union(*(regained[way.into] for way in ways))
                if union != regained[role]:
                    regained[role] = union
                    changed = True
        return regained

    def _risky(self, role: int) -> tuple[int, ...]:
        """Kinds for whose sake, while they fall short of what may be asked, a move may be right on any day."""
        gain = self.problem.gain
        found = set()
        for way in self.problem.ways[role]:
            if way.into == self.problem.target:
                continue
            for kind, (here, there) in enumerate(zip(gain[role], gain[way.into], strict=True)):
                if (here and not there and kind in self.regained[way.into]) or (
                    there and not here and kind in self.kinds
                ):
                    found.add(kind)
        return tuple(sorted(found))
