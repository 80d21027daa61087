"""Where a search may walk and what it may study: the whole problem, or one chain of roles with one set of papers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pmcareer.planning.instance import ExperienceDays, TenureDays
from pmcareer.planning.problem import Problem, Way
from pmcareer.planning.requirements import leaves


class Track:
    """Places to be, numbered from the start (``start``) to the target (``goal``), with the ways between them.

    ``roles`` gives each place's role; ``papers`` the certifications that may be studied, as bits, and ``required``
    those of them that must be.
    """

    def __init__(
        self, problem: Problem, roles: Sequence[int], ways: list[list[Way]], goal: int, papers: int, required: int
    ) -> None:
        self.problem = problem
        self.roles = roles
        self.ways = ways
        self.goal = goal
        self.papers = papers
        self.required = required
        self.is_chain = all(out and all(way.into == place + 1 for way in out) for place, out in enumerate(ways[:goal]))
        self.gain = [problem.gain[role] for role in roles]
        self.most_tenure = [
            max((leaf.days for way in out for leaf in leaves(way.requires) if isinstance(leaf, TenureDays)), default=0)
            for out in ways
        ]
        self.numbers = [number for number in range(len(problem.papers)) if papers >> number & 1]
        self.ladder = self._ladder()
        self.enough = [steps[-1] if steps else 0 for steps in self.ladder]

    def _ladder(self) -> list[list[int]]:
        """By kind, the amounts beyond the start's that something here asks for, rising."""
        asked: list[set[int]] = [set() for _ in self.problem.kind_names]
        trees = [way.requires for out in self.ways for way in out]
        for number in self.numbers:
            paper = self.problem.papers[number]
            trees += [paper.eligibility, *self.problem.openings(paper)]
        for tree in trees:
            for leaf in leaves(tree):
                if isinstance(leaf, ExperienceDays):
                    asked[self.problem.kind_number[leaf.kind]].add(leaf.days)
        return [sorted(amounts) for amounts in asked]


def everywhere(problem: Problem) -> Track:
    """The whole problem: any walk, any certification that can matter."""
    papers = (1 << len(problem.papers)) - 1
    order = [problem.start_role, *(r for r in range(len(problem.ways)) if r != problem.start_role)]
    place = {role: i for i, role in enumerate(order)}
    ways = [[Way(place[way.into], way.when, way.requires) for way in problem.ways[role]] for role in order]
    return Track(problem, order, ways, place[problem.target], papers, 0)


def chain(problem: Problem, roles: Sequence[int], papers: int, required: int) -> Track:
    """One row of roles, from the start's to the target; *papers* may be studied and *required* must be."""
    ways: list[list[Way]] = [
        [Way(i + 1, way.when, way.requires) for way in problem.ways[role] if way.into == following]
        for i, (role, following) in enumerate(pairwise(roles))
    ]
    ways.append([])
    return Track(problem, roles, ways, len(roles) - 1, papers, required)
