"""Lawful plans in the likeness of relaxed ones that lose least: the same roles on the same days, where that can be,
and every study as late as these allow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, permutations

from pmcareer.planning.paid_shadows import Draft, Value
from pmcareer.planning.payroll import Payroll
from pmcareer.planning.rehearsal import Performance, Script, perform

MOST_ORDERS = 24
MOST_REVISED = 3


class PaidProposer:
    """Proposes plans for drafts."""

    def __init__(self, payroll: Payroll) -> None:
        self.payroll = payroll
        self.problem = payroll.problem
        self.last_day = self.problem.last_day

    def value(self, script: Script, found: Performance) -> tuple[int, int]:
        """What a plan comes to."""
        payroll, problem = self.payroll, self.problem
        roles, days = (problem.start_role, *script.roles), (0, *found.moves, payroll.horizon)
        unpaid = sum(payroll.short[role] * (days[i + 1] - days[i]) for i, role in enumerate(roles))
        cost = found.cost - problem.held_cost(found.arrival)
        for number, day in found.earned.items():
            paper = problem.papers[number]
            cost += paper.keeping(payroll.horizon - day) - paper.keeping(found.arrival - day)
        return unpaid + payroll.money(cost), found.arrival

    def propose(self, draft: Draft) -> tuple[Value, Performance] | None:
        """The best plan found for a draft; the search ends where one is as good."""
        best: tuple[Value, Performance] | None = None
        tried = sorted(self.first_tries(draft), key=lambda one: one[0])
        for value, script, found in tried[:MOST_REVISED]:
            revised = self.revised(draft, value, script, found)
            if best is None or revised[0] < best[0]:
                best = revised
            if best[0] <= draft.value:
                break
        return best

    def first_tries(self, draft: Draft) -> Iterator[tuple[Value, Script, Performance]]:
        """The draft's days with studies as early as can be, in several orders; all of it sooner where that is late."""
        walk = draft.shadow.walk()
        roles = tuple(label.role for label in walk[1:])
        studies = tuple(item.number for label in walk[1:] for item in label.items)
        for order in islice(permutations(studies), MOST_ORDERS):
            script = Script(roles, order, draft.days, (0,) * len(order))
            found = self.perform(script) or self.sooner(script)
            if found is not None:
                yield self.value(script, found), script, found
                if found.moves == draft.days:
                    return

    def perform(self, script: Script) -> Performance | None:
        """What comes of a script, if that is a plan within the budget."""
        found = perform(self.problem, script, self.last_day, idle=True)
        budget = self.problem.budget
        return None if found is None or (budget is not None and found.cost > budget) else found

    def sooner(self, script: Script) -> Performance | None:
        """The script with all its moves so many days sooner that it comes to an end in time."""
        low, high = 0, max(script.enter, default=0)
        best = None
        while low <= high:
            middle = (low + high) // 2
            found = self.perform(script._replace(enter=tuple(max(0, day - middle) for day in script.enter)))
            if found is None:
                low = middle + 1
            else:
                best, high = found, middle - 1
        return best

    def revised(self, draft: Draft, value: Value, script: Script, found: Performance) -> tuple[Value, Performance]:
        """Single moves later where that earns more, then every study as late as the moves allow."""
        if value > draft.value and found.moves != draft.days:
            script = script._replace(enter=found.moves)
            for place in reversed(range(len(script.roles))):
                value, script, found = self.later_move(place, value, script, found)
        for place in reversed(range(len(script.studies))):
            if value <= draft.value:
                break
            value, script, found = self.later_study(place, value, script, found)
        return value, found

    def later_move(
        self, place: int, value: Value, script: Script, found: Performance
    ) -> tuple[Value, Script, Performance]:
        """One move as late as the whole allows; the best of what was met on the way."""
        low, high = found.moves[place], self.last_day
        while low < high:
            middle = (low + high + 1) // 2
            tried = script._replace(enter=(*script.enter[:place], middle, *script.enter[place + 1 :]))
            performance = self.perform(tried)
            if performance is None:
                high = middle - 1
                continue
            low = middle
            if self.value(tried, performance) < value:
                value, script, found = self.value(tried, performance), tried, performance
        return value, script, found

    def later_study(
        self, place: int, value: Value, script: Script, found: Performance
    ) -> tuple[Value, Script, Performance]:
        """One study as late as the moves allow; the best of what was met on the way."""
        low, high = found.starts[script.studies[place]], self.last_day
        while low < high:
            middle = (low + high + 1) // 2
            tried = script._replace(begin=(*script.begin[:place], middle, *script.begin[place + 1 :]))
            performance = self.perform(tried)
            if performance is None or performance.moves != found.moves:
                high = middle - 1
                continue
            low = middle
            if self.value(tried, performance) <= value:
                value, script, found = self.value(tried, performance), tried, performance
        return value, script, found
