"""Outlines of plans, best first: which roles in which order, leaning on which certifications.

An outline is a plan with its clock relaxed: each kind of experience is counted as if every spare day had gone into
it, and studies are one lump of days. Its bounds never lie, so that once a real plan is as good as the best outline
left, it is proven. Two ways of looking: *coarse*, by what each move cannot do without; *fine*, by the supports of
each move, so that an outline names the very certifications of its plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from pmcareer.planning.bounds import Bounds
from pmcareer.planning.packages import bits
from pmcareer.planning.problem import MANY, Problem, Way
from pmcareer.planning.requirements import least_tenure
from pmcareer.planning.stages import Allowance
from pmcareer.planning.supports import Support, Supports
from pmcareer.planning.walks import Leaving, least_days

Rank = tuple[int, ...]
Ranking = Callable[[int, int, int], Rank | None]


class Outline(NamedTuple):
    """A walk so far.

    ``day``: earliest day of entering ``roles[-1]``; ``since``: by kind, the day at least on which its experience would
    have been what it was at the start; ``granted``: kinds granted on the way, as bits; ``mask``, ``taken``:
    certifications leaned on and their preparations (``taken`` only where fine); ``study``: days that those take, at
    least; ``price``: theirs, with certain renewals; ``lead``: the shortest of their leads; ``loose``: a move had too
    many supports to list.
    """

    roles: tuple[int, ...]
    day: int
    since: tuple[int, ...]
    granted: int
    mask: int
    taken: tuple[tuple[int, int], ...]
    study: int
    price: int
    lead: int
    loose: bool


class Outlines:
    """Everything about outlines of one problem."""

    def __init__(self, problem: Problem, bounds: Bounds, supports: Supports, allowance: Allowance) -> None:
        self.problem = problem
        self.allowance = allowance
        self.bounds = bounds
        self.supports = supports
        self.goal = bounds.track.goal
        self.ways = bounds.track.ways
        self.grants = [sum(1 << k for k, gain in enumerate(gains) if gain) for gains in bounds.track.gain]
        self.spare = problem.hours - problem.held_upkeep
        self.hops = bounds.nearest({self.goal}, hops=True)
        self.cut: int | None = None
        self._coarse: dict[Way, Support] = {}
        self._alone: dict[Support, int] = {}
        self._later: list[int] = []
        self._fine: dict[Way, list[Support] | None] = {}
        self._days: dict[tuple[int, ...], int] = {}

    def start(self) -> Outline:
        """The outline that has not moved yet."""
        since = (0,) * len(self.problem.kind_names)
        return Outline((0,), 0, since, self.grants[0], 0, (), 0, 0, MANY, False)

    def has_cut(self) -> bool:
        """Whether walks were left out that return to a role again and again."""
        return self.cut is not None

    def best_first(
        self, rank: Ranking, *, fine: bool = False, route: Sequence[int] | None = None, spread: bool = False
    ) -> Iterator[tuple[Rank, Outline]]:
        """Complete outlines by rising rank (of earliest arrival, least cost, fewest exams; None rules one out).

        *route* restricts to one walk. *spread* drops outlines that another of the same end betters in everything:
        the first one yielded is still of least rank, the others are a choice.
        """
        first = self.start()
        heap: list[tuple[Rank, int, int, Outline]] = [((), 0, 0, first)]
        count = 0
        fronts: dict[int, list[Outline]] = {}
        while heap:
            key, _, _, outline = heappop(heap)
            # Where worse outlines are dropped for better ones, a closer look at one says nothing of the others.
            if not spread and len(outline.roles) > 1:
                closer = self._rank(outline, rank, self._walked(outline.roles))
                if closer is None:
                    continue
                if closer > key:
                    count += 1
                    heappush(heap, (closer, len(outline.roles) + self.hops[outline.roles[-1]], count, outline))
                    continue
            if outline.roles[-1] == self.goal:
                yield key, outline
                continue
            if self.allowance.spent(len(heap)):
                return
            if spread and self._bettered(outline, fronts.setdefault(outline.roles[-1], [])):
                continue
            for following in self._extend(outline, fine, route):
                ranked = self._rank(following, rank)
                if ranked is not None:
                    count += 1
                    heappush(heap, (ranked, len(following.roles) + self.hops[following.roles[-1]], count, following))

    def _walked(self, roles: tuple[int, ...]) -> int:
        """The days that a walk takes at least, what its moves ask for together."""
        known = self._days.get(roles)
        if known is None:
            leavings = [self._leaving(place, *pair) for place, pair in enumerate(pairwise(roles))]
            known = self._days[roles] = least_days([self.grants[role] for role in roles], leavings)
        return known

    def _leaving(self, place: int, origin: int, into: int) -> Leaving:
        """What the move from *origin* asks whichever way it is made; *place* is that of the role in the walk."""
        found: list[Leaving] = []
        for way in self.ways[origin]:
            if way.into == into:
                asked = self._common(way)
                had = self.problem.instance.start.tenure_days if place == 0 else 0
                lacks = [(kind, amount - self.problem.start_experience[kind]) for kind, amount, _ in asked.days]
                found.append(Leaving(max(0, asked.tenure - had), tuple(lack for lack in lacks if lack[1] > 0)))
        return found[0] if len(found) == 1 else Leaving(min(one.tenure for one in found), ())

    def _extend(self, outline: Outline, fine: bool, route: Sequence[int] | None) -> Iterator[Outline]:
        place = outline.roles[-1]
        for way in self.ways[place]:
            if route is not None:
                if way.into != route[len(outline.roles)]:
                    continue
            elif way.into in outline.roles and not self._worth_returning(outline, way.into):
                continue
            supports = self._fine_supports(way)
            if fine and supports is not None:
                for support in supports:
                    following = self._step(outline, way, support, False)
                    if following is not None:
                        yield following
            else:
                following = self._coarse_step(outline, way, supports)
                if following is not None:
                    yield following

    def _coarse_step(self, outline: Outline, way: Way, supports: list[Support] | None) -> Outline | None:
        """The outline one move further, by whichever support is ready first, naming only what all have in common."""
        earliest = 0
        if supports is not None:
            ready = [day for support in supports if (day := self._ready(outline, support)) is not None]
            if not ready:
                return None
            earliest = min(ready)
        return self._step(outline, way, self._common(way), supports is None, earliest)

    def _ready(self, outline: Outline, support: Support) -> int | None:
        """The earliest day on which a support alone could be had; None if never on this walk."""
        day = self._waited(outline, support)
        if day is not None and support.mask:
            alone = self._alone.get(support)
            if alone is None:
                alone = self._alone[support] = self._days_alone(support)
            day = max(day, alone)
        return day

    def _days_alone(self, support: Support) -> int:
        total, lead, longest = 0, MANY, 0
        for number, place in support.taken:
            paper = self.problem.papers[number]
            hours = paper.options[place].hours
            if hours and self.spare <= 0:
                return MANY
            days = -(-7 * hours // self.spare) if hours else 0
            total += days
            lead = min(lead, paper.lead)
            longest = max(longest, days + paper.lead)
        return max(longest, total + lead)

    def _worth_returning(self, outline: Outline, place: int) -> bool:
        """Whether a circle back to *place* could have gained experience that staying there would not."""
        last = len(outline.roles) - 1 - outline.roles[::-1].index(place)
        gained = 0
        for between in outline.roles[last + 1 :]:
            gained |= self.grants[between]
        if not gained & ~self.grants[place]:
            return False
        if outline.roles.count(place) > 1 or len(set(outline.roles)) < len(outline.roles) - 1:
            self.cut = outline.day if self.cut is None else min(self.cut, outline.day)
            return False
        return True

    def _common(self, way: Way) -> Support:
        """What no support of the way can do without."""
        if way not in self._coarse:
            found = self.bounds.of(way.requires) or {}
            mask = sum(1 << number for (is_paper, number), _ in found if is_paper)
            days = tuple((number, amount, lag) for ((is_paper, number), amount), lag in found.items() if not is_paper)
            self._coarse[way] = Support(mask, (), days, least_tenure(way.requires))
        return self._coarse[way]

    def _fine_supports(self, way: Way) -> list[Support] | None:
        if way not in self._fine:
            self._fine[way] = self.supports.of(way.requires)
        return self._fine[way]

    def _waited(self, outline: Outline, support: Support) -> int | None:
        """The earliest day by tenure and experience alone; None if the walk never grants what is asked."""
        grants = self.grants[outline.roles[-1]]
        spent = self._spent(outline, support)
        day = outline.day + spent
        for kind, amount, lag in support.days:
            lack = amount - self.problem.start_experience[kind]
            if lack > 0:
                if not outline.granted >> kind & 1:
                    return None
                wait = lag if grants >> kind & 1 else max(lag, spent)
                day = max(day, outline.since[kind] + lack + wait)
        return day

    def _spent(self, outline: Outline, support: Support) -> int:
        """Days that the support asks to be spent in the present role."""
        if len(outline.roles) == 1:
            return max(0, support.tenure - self.problem.instance.start.tenure_days)
        return support.tenure

    def _step(self, outline: Outline, way: Way, support: Support, loose: bool, earliest: int = 0) -> Outline | None:
        """The outline one move further; None where it asks for what cannot be."""
        grants = self.grants[outline.roles[-1]]
        spent = self._spent(outline, support)
        waited = self._waited(outline, support)
        if waited is None:
            return None
        day = max(waited, earliest)
        leaned = self._lean(outline, way, support)
        if leaned is None:
            return None
        mask, taken, study, price, lead = leaned
        if mask:
            day = max(day, study + lead)
        since = outline.since
        if spent:
            since = tuple([days if grants >> kind & 1 else days + spent for kind, days in enumerate(since)])
        begun = self.grants[way.into] & ~outline.granted
        if begun:
            since = tuple([day if begun >> kind & 1 else days for kind, days in enumerate(since)])
        granted = outline.granted | begun
        roles = (*outline.roles, way.into)
        return Outline(roles, day, since, granted, mask, taken, study, price, lead, loose or outline.loose)

    def _lean(
        self, outline: Outline, way: Way, support: Support
    ) -> tuple[int, tuple[tuple[int, int], ...], int, int, int] | None:
        """Certifications, preparations, study days, price and least lead once *support* is leaned on as well."""
        mask, taken, study, price, lead = outline.mask, outline.taken, outline.study, outline.price, outline.lead
        chosen = dict(support.taken)
        if chosen:
            known = dict(taken)
            if any(known.get(number, place) != place for number, place in support.taken):
                return None
            taken = tuple(sorted({**known, **chosen}.items()))
        for number in bits(support.mask & ~mask):
            paper = self.problem.papers[number]
            option = paper.options[chosen[number]] if chosen else None
            hours = paper.least_hours if option is None else option.hours
            if hours:
                if self.spare <= 0:
                    return None
                study -= -7 * hours // self.spare
            price += paper.least_cost if option is None else option.cost
            price += paper.keeping(self.bounds.walk[way.into])
            lead = min(lead, paper.lead)
        return mask | support.mask, taken, study, price, lead

    def _rank(self, outline: Outline, rank: Ranking, walked: int = 0) -> Rank | None:
        """The rank of the best that the outline could become; *walked* is what its walk takes at least."""
        place = outline.roles[-1]
        bounds = self.bounds
        arrival = max(outline.day, walked) + bounds.walk[place]
        duties = bounds.duties[place]
        for kind, amount, regain, tail in duties.days:
            lack = amount - self.problem.start_experience[kind]
            if lack > 0:
                begun = outline.since[kind] if outline.granted >> kind & 1 else outline.day + regain
                arrival = max(arrival, begun + lack + tail)
        study, price, lead, alone = outline.study, outline.price, outline.lead, 0
        exams = outline.mask.bit_count()
        for after, tail, number in duties.papers:
            if not outline.mask >> number & 1:
                paper = self.problem.papers[number]
                if paper.least_hours:
                    if self.spare <= 0:
                        return None
                    days = -(-7 * paper.least_hours // self.spare)
                    alone += days
                    study += days
                arrival = max(arrival, alone + after)
                price += paper.least_cost + paper.keeping(tail)
                lead = min(lead, paper.lead)
                exams += 1
        if exams:
            arrival = max(arrival, study + lead)
        if arrival > self.problem.last_day:
            return None
        return rank(arrival, price, exams)

    def _bettered(self, outline: Outline, front: list[Outline]) -> bool:
        """Whether one of *front* is no worse in everything; if not, *outline* joins it."""
        useful = outline.mask & self._future(outline.roles[-1])
        for other in front:
            if (
                other.day <= outline.day
                and other.price <= outline.price
                and other.study <= outline.study
                and other.granted & outline.granted == outline.granted
                and (not other.mask or other.study + other.lead <= outline.study + outline.lead)
                and all(a <= b for a, b in zip(other.since, outline.since, strict=True))
                and (useful & ~other.mask == 0 or set(other.taken) <= set(outline.taken))
                and (other.mask & outline.mask == other.mask or other.mask.bit_count() <= outline.mask.bit_count())
            ):
                return True
        front.append(outline)
        return False

    def _future(self, place: int) -> int:
        """Certifications that some way on from a place may lean on."""
        if not self._later:
            self._later = self._futures()
        return self._later[place]

    def _futures(self) -> list[int]:
        own = [0] * len(self.ways)
        for place, ways in enumerate(self.ways):
            for way in ways:
                supports = self._fine_supports(way)
                for support in [self._common(way)] if supports is None else supports:
                    own[place] |= support.mask
        changed = True
        while changed:
            changed = False
            for place, ways in enumerate(self.ways):
                mask = own[place]
                for way in ways:
                    mask |= own[way.into]
                if mask != own[place]:
                    own[place], changed = mask, True
        return own
