"""Branch and bound: outlines from the best on, each tried in earnest on its own track, until none left is better."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from pmcareer.planning.bounds import Bounds
from pmcareer.planning.estimate import Estimate
from pmcareer.planning.hazards import Hazards
from pmcareer.planning.instance import Held, Holds, Requirement
from pmcareer.planning.life import Dynamics, Label, Manner
from pmcareer.planning.packages import bits
from pmcareer.planning.plan import Act
from pmcareer.planning.problem import Problem
from pmcareer.planning.requirements import leaves
from pmcareer.planning.routes import Outline, Outlines, Rank
from pmcareer.planning.stages import Allowance, Cheapest, Fronts, Keep, Key, Seen, best_first
from pmcareer.planning.track import Track, chain

BEYOND = 1 << 60
# (arrival, cost, exams) -> what is to be least, in order
Order = Callable[[int, int, int], Rank]


class Aim:
    """What is to be least, and how labels are searched for it.

    With ``manner.arrival`` set, only plans that arrive on that very day count.
    """

    def __init__(self, problem: Problem, manner: Manner, order: Order, *, cost_counts: bool = True) -> None:
        self.problem = problem
        self.manner = manner
        self.order = order
        self.cost_counts = cost_counts
        self.limit = manner.last_day if manner.arrival is None else manner.arrival
        self.budget = problem.budget if cost_counts else None

    def outline(self, arrival: int, price: int, exams: int) -> Rank | None:
        """The least rank of an outline's plans."""
        if arrival > self.limit:
            return None
        arrival = arrival if self.manner.arrival is None else self.limit
        return self._rank(arrival, price + self.problem.held_cost(arrival), exams)

    def label(self, label: Label, estimate: Estimate, besides: int | None = None) -> Rank | None:
        """The least rank of a label's continuations, of those that earn *besides* as well; of an arrival, its own."""
        arrival = label.day if label.arrived else estimate.arrival(label)
        if arrival is None or (label.arrived and self.manner.arrival not in (None, arrival)):
            return None
        arrival = arrival if self.manner.arrival is None else self.limit
        cost, exams = estimate.cost(label, arrival), estimate.exams(label)
        if besides is not None:
            cost, exams = cost + estimate.price.get(besides, BEYOND), exams + 1
        return self._rank(arrival, cost, exams)

    def _rank(self, arrival: int, cost: int, exams: int) -> Rank | None:
        if self.budget is not None and cost > self.budget:
            return None
        return self.order(arrival, cost, exams)

    def memory(self) -> Keep:
        """What decides which labels are worth following."""
        if not self.cost_counts:
            return Seen().keep
        return Fronts().keep if self.manner.phases else Cheapest().keep


class Branching:
    """One search for one aim. ``best`` and ``value`` grow better; ``least`` bounds every plan from below."""

    def __init__(self, problem: Problem, outlines: Outlines, aim: Aim, allowance: Allowance) -> None:
        self.problem = problem
        self.outlines = outlines
        self.aim = aim
        self.allowance = allowance
        self.best: list[Act] | None = None
        self.value: Rank | None = None
        self.least: Rank | None = None
        self._tried: set[tuple[tuple[int, ...], int]] = set()
        self._routes: set[tuple[int, ...]] = set()
        self._doubtful: list[tuple[Rank, Track, Track]] = []

    def run(self) -> None:
        """Search until ``best`` is proven, or the allowance runs out (``allowance.reason``)."""
        self.outlines.cut = None
        for spread in (True, False):
            self.all_routes(spread)
            if self.allowance.reason or (spread and self._proven()):
                break
        self.settle_doubts()
        if not (self._proven() or self.allowance.reason) and self.outlines.has_cut():
            self.run_whole()

    def run_whole(self) -> None:
        """Search without outlines, day by day wherever that could matter."""
        track = self.outlines.bounds.track
        self.least = self._search(track, self.outlines.bounds, self._hazards(track))

    def _proven(self) -> bool:
        return self.least is None or (self.value is not None and self.value <= self.least)

    def _rank(self, arrival: int, price: int, exams: int) -> Rank | None:
        rank = self.aim.outline(arrival, price, exams)
        return rank if rank is not None and (self.value is None or rank < self.value) else None

    def all_routes(self, spread: bool) -> None:
        """Outlines from the best on; coarse ones lead to the fine ones of their route."""
        fine = self.aim.cost_counts
        first = True
        for rank, outline in self.outlines.best_first(self._rank, spread=spread, fine=fine):
            if first and spread:
                self.least = rank
            first = False
            if self.value is not None and rank >= self.value:
                break
            if fine:
                self._try(outline)
            elif outline.roles not in self._routes:
                self._routes.add(outline.roles)
                self._one_route(outline.roles)
            if self.allowance.reason:
                break

    def _one_route(self, route: Sequence[int]) -> None:
        for rank, outline in self.outlines.best_first(self._rank, fine=True, route=route):
            if (self.value is not None and rank >= self.value) or self.allowance.reason:
                break
            self._try(outline)

    def _try(self, outline: Outline) -> None:
        """The best plan of an outline that acts as early as it may; doubts are left for later."""
        papers = self._named_on(outline.roles) if outline.loose else outline.mask
        if (outline.roles, papers) in self._tried:
            return
        self._tried.add((outline.roles, papers))
        roles = [self.outlines.bounds.track.roles[place] for place in outline.roles]
        required = 0 if outline.loose else papers
        track = chain(self.problem, roles, papers, required)
        bounds = Bounds(track)
        least = self._search(track, bounds, None)
        if least is not None and (self.value is None or least < self.value):
            wider = self._with_fillers(roles, papers, required) if self._needless_may_help(papers) else track
            if self._hazards(wider).matter(idle=self.aim.manner.idle) or wider.papers != papers:
                self._doubtful.append((least, wider, track))

    def _hazards(self, track: Track) -> Hazards:
        return Hazards(track, cost=self.aim.cost_counts)

    def _with_fillers(self, roles: Sequence[int], papers: int, required: int) -> Track:
        """The chain with every other certification that a better plan could afford to put before what it needs."""
        within = self.outlines.bounds.track.papers
        others = -1
        while others != within & ~papers:
            others = within & ~papers
            track = chain(self.problem, roles, papers | others, required)
            estimate = Estimate(track, Bounds(track), self.aim.manner)
            first = Dynamics(track, None, self.aim.manner).first()
            within = papers
            for number in bits(others):
                ranked = self.aim.label(first, estimate, number)
                if ranked is not None and (self.value is None or ranked < self.value):
                    within |= 1 << number
        return chain(self.problem, roles, within, required)

    def _needless_may_help(self, papers: int) -> bool:
        """Whether a study that nothing asks for could be of use, by putting off the next one where nobody idles."""
        if self.aim.manner.idle:
            return False
        numbers = [number for number in range(papers.bit_length()) if papers >> number & 1]
        entries = [self.problem.papers[number] for number in numbers]
        return any(len(e.options) > 1 or (self.aim.cost_counts and e.payments) for e in entries)

    def _search(self, track: Track, bounds: Bounds, hazards: Hazards | None) -> Rank | None:
        """Look for a better plan on one track; its least rank, None if nothing on it counts."""
        dynamics = Dynamics(track, hazards, self.aim.manner)
        estimate = Estimate(track, bounds, self.aim.manner)
        least = self.aim.label(dynamics.first(), estimate)
        found = self._first(dynamics, estimate)
        if found is not None:
            ranked = self.aim.label(found, estimate)
            assert ranked is not None  # noqa: S101 (an arrival that counts has a rank)
            self.take(found.history(), ranked)
        return least

    def _first(self, dynamics: Dynamics, estimate: Estimate) -> Label | None:
        """The best arrival that betters what is known; None where there is none, or the allowance ran out."""

        def rank(label: Label) -> Key | None:
            ranked = self.aim.label(label, estimate)
            if ranked is None or (self.value is not None and ranked >= self.value):
                return None
            label.strayed = estimate.strayed(label)
            return (*ranked, label.strayed, -label.day)

        return best_first(dynamics, rank, self.aim.memory(), self.allowance).label

    def take(self, acts: list[Act], value: Rank) -> None:
        """Keep a plan that is better than all before."""
        self.best, self.value = acts, value

    def settle_doubts(self) -> None:
        """Tracks on which waiting for nothing might yet win are looked at day by day."""
        for least, wider, track in sorted(self._doubtful, key=lambda doubt: doubt[0]):
            if self.allowance.reason or not (self.value is None or least < self.value):
                continue
            if wider is track or self.aim.cost_counts or self._fillers_may_hasten(track):
                self._search(wider, Bounds(wider), self._hazards(wider))

    def _fillers_may_hasten(self, track: Track) -> bool:
        """Whether arriving sooner could come of studies put before others, so that these find a shorter preparation.

        That is all that they could do for the arrival. So whoever may take the shortest preparation at once arrives no
        later without them.
        """
        bounds = Bounds(track)
        estimate = Estimate(track, bounds, self.aim.manner)
        dynamics = Dynamics(track, self._hazards(track), self.aim.manner, estimate.hours)
        return self._first(dynamics, estimate) is not None or self.allowance.reason is not None

    def _named_on(self, route: Sequence[int]) -> int:
        """Every certification that the moves of a route could lean on."""
        roles = [self.outlines.bounds.track.roles[place] for place in route]
        mask = 0
        agenda: list[Requirement] = [
            way.requires
            for role, following in pairwise(roles)
            for way in self.problem.ways[role]
            if way.into == following
        ]
        while agenda:
            for leaf in leaves(agenda.pop()):
                if isinstance(leaf, (Holds, Held)) and not mask & self.problem.bit[leaf.certification]:
                    mask |= self.problem.bit[leaf.certification]
                    paper = self.problem.papers[self.problem.bit[leaf.certification].bit_length() - 1]
                    agenda += [paper.eligibility, *self.problem.openings(paper)]
        return mask
