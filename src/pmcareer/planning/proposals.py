"""Lawful plans in the likeness of relaxed ones: the same roles and certifications, dated exactly, improved by moving
single steps later where that saves money."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, permutations
from math import factorial

from pmcareer.planning.completing import completed
from pmcareer.planning.lingering import lingering
from pmcareer.planning.packages import Packages
from pmcareer.planning.problem import Problem
from pmcareer.planning.rehearsal import Performance, Script, perform
from pmcareer.planning.relaxed import Shadow

MOST_ORDERS = 24
MOST_REORDERED = 400
FEW_REORDERED = 20  # in haste
MOST_REVISED = 2
MOST_DELAYED = 4
Key = tuple[int, int, int]


class Proposer:
    """Proposes plans for relaxed ones. ``rank`` gives what is to be least of (arrival, cost, exams); *reordered*: so
    often are many studies put into another order."""

    def __init__(
        self,
        problem: Problem,
        packages: Packages,
        rank: Callable[[int, int, int], Key],
        *,
        idle: bool,
        reordered: int = MOST_REORDERED,
    ) -> None:
        self.most_reordered = reordered
        self.problem = problem
        self.packages = packages
        self.rank = rank
        self.idle = idle

    def value(self, performance: Performance) -> Key:
        """The rank of a plan."""
        return self.rank(performance.arrival, performance.cost, performance.exams)

    def propose(self, shadow: Shadow, last_day: int, goal: Key) -> Performance | None:
        """The best plan found that arrives by *last_day*; the search ends where one is as good as *goal*."""
        walk = shadow.walk()
        roles = tuple(label.role for label in walk[1:])
        moves = [label.package for label in walk[1:] if label.package is not None]
        if self.packages.coarse:
            moves = completed(self.packages, walk) or moves
        studies = tuple(item.number for move in moves for item in move.items)
        drafts = []
        patient = lingering(self.problem, self.packages, [label.role for label in walk], moves)
        for script in self.scripts(roles, studies, last_day, patient):
            soon = perform(self.problem, script, self.problem.last_day, idle=self.idle)
            if soon is not None:
                drafts.append((self.value(soon), script, soon))
                if self.value(soon) <= goal and soon.arrival <= last_day:
                    return soon
        best: Performance | None = None
        for _, draft, found in sorted(drafts, key=lambda draft: draft[:2])[:MOST_REVISED]:
            script, soon = (
                self.reordered(draft, found, goal) if factorial(len(studies)) > MOST_ORDERS else (draft, found)
            )
            for performance in self.revised(script, soon, last_day, goal, shadow.day):
                if best is None or self.value(performance) < self.value(best):
                    best = performance
                if self.value(best) <= goal:
                    return best
        return best

    def reordered(self, script: Script, found: Performance, goal: Key) -> tuple[Script, Performance]:
        """The studies in a better order, where there were too many to try: one is moved at a time, while that helps."""
        better, left = True, self.most_reordered
        while better and self.value(found) > goal:
            better = False
            for tried in islice(_moved_once(script), left):
                left -= 1
                performance = perform(self.problem, tried, self.problem.last_day, idle=self.idle)
                if performance is not None and self.value(performance) < self.value(found):
                    script, found, better = tried, performance, True
                    break
        return script, found

    def scripts(
        self, roles: tuple[int, ...], studies: tuple[int, ...], last_day: int, patient: tuple[int, ...] | None
    ) -> Iterator[Script]:
        """Everything at once in every order; then staying where experience is to be had (on the days *patient*); then
        the last moves, from each one on, as late as can be."""
        at_once = (0,) * len(roles)
        orders = list(islice(permutations(studies), MOST_ORDERS))
        for order in orders:
            yield Script(roles, order, at_once, (0,) * len(order))
        if patient is not None:
            for order in orders[:MOST_DELAYED]:
                yield Script(roles, order, patient, (0,) * len(order))
        late = self.late(roles, last_day)
        for order in orders[:MOST_DELAYED]:
            for place in range(len(roles) - 2, -1, -1):
                yield Script(roles, order, (*at_once[:place], *late[place:]), (0,) * len(order))

    def late(self, roles: tuple[int, ...], last_day: int) -> tuple[int, ...]:
        """The last day of each move that tenure allows."""
        days = [last_day]
        for role, into in zip(reversed(roles[:-1]), reversed(roles[1:]), strict=True):
            tenure = min(
                package.tenure
                for way in self.problem.ways[role]
                if way.into == into
                for package in self.packages.of(way.requires)
            )
            days.append(days[-1] - tenure)
        return (*reversed(days[1:]), 0)

    def revised(
        self, script: Script, soon: Performance, last_day: int, goal: Key, arrival: int
    ) -> Iterator[Performance]:
        """Lawful improvements of a draft that arrive by *last_day*."""
        if soon.arrival > arrival:
            script, soon = self.sooner(script, soon, arrival)
        if soon.arrival > last_day:
            return
        yield soon
        if self.value(soon) > goal and any(self.problem.papers[n].payments for n in script.studies):
            limit = soon.arrival if self.idle else last_day
            yield self.later(script, soon, limit)
            if limit < last_day:
                yield self.later(script, soon, last_day)

    def sooner(self, script: Script, found: Performance, goal: int) -> tuple[Script, Performance]:
        """An earlier arrival by leaving single roles later: experience may be worth more where one is."""
        better = True
        while better and found.arrival > goal:
            better = False
            for place in range(len(script.roles) - 1):
                day, arrival = self.turn(script, place, found)
                if arrival < found.arrival:
                    tried = _delayed(script, place, day, study=False)
                    performance = perform(self.problem, tried, arrival, idle=self.idle)
                    if performance is not None:
                        script, found, better = tried, performance, True
        return script, found

    def turn(self, script: Script, place: int, found: Performance) -> tuple[int, int]:
        """The best day for one move and the arrival that it leads to, if later moves first hasten, then delay it."""

        def arrival(day: int) -> int:
            tried = perform(self.problem, _delayed(script, place, day, study=False), found.arrival, idle=self.idle)
            return found.arrival + 1 if tried is None else tried.arrival

        low, high = found.moves[place], found.arrival
        while high - low > 2:
            left = low + (high - low) // 2
            at, after = arrival(left), arrival(left + 1)
            if at <= after:
                high = left
            else:
                low = left + 1
        return min(((day, arrival(day)) for day in range(low, high + 1)), key=lambda pair: (pair[1], pair[0]))

    def later(self, script: Script, found: Performance, last_day: int) -> Performance:
        """The same with every step as late as it can be, from the last to the first."""
        for place in reversed(range(len(script.roles) - 1)):
            script, found = self.latest(script, found, last_day, place, study=False)
        if self.idle:
            for place in reversed(range(len(script.studies))):
                script, found = self.latest(script, found, last_day, place, study=True)
        return found

    def latest(
        self, script: Script, found: Performance, last_day: int, place: int, *, study: bool
    ) -> tuple[Script, Performance]:
        """One step as late as the whole allows; the cheaper of what was met on the way."""
        low = found.starts[script.studies[place]] if study else found.moves[place]
        high = last_day
        while low < high:
            middle = (low + high + 1) // 2
            tried = _delayed(script, place, middle, study=study)
            performance = perform(self.problem, tried, last_day, idle=self.idle)
            if performance is None:
                high = middle - 1
            else:
                low = middle
                if performance.cost <= found.cost:
                    script, found = tried, performance
        return script, found


def _moved_once(script: Script) -> Iterator[Script]:
    """The script with one study at another place in the row."""
    for place, study in enumerate(script.studies):
        rest = (*script.studies[:place], *script.studies[place + 1 :])
        for other in range(len(script.studies)):
            if other not in (place, place - 1):  # the latter is the neighbour's move
                yield script._replace(studies=(*rest[:other], study, *rest[other:]))


def _delayed(script: Script, place: int, day: int, *, study: bool) -> Script:
    if study:
        return script._replace(begin=(*script.begin[:place], day, *script.begin[place + 1 :]))
    return script._replace(enter=(*script.enter[:place], day, *script.enter[place + 1 :]))
