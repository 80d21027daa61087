"""What a budget makes of a staff: the planner's cheapest way of each candidate, and the solver's choice among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pmcareer.api.names import role_names
from pmcareer.api.plans.planning import answer_plan
from pmcareer.api.team.readiness import Judges, Situation, benches, lacks
from pmcareer.api.team.small import book_for, small_of, whole_book
from pmcareer.errors import UsageError
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.money import Money
from pmcareer.team.budget import Choice, End, Option, TeamBudget, Wanted, cents_of
from pmcareer.team.choosing import best_choice, cheapest_choice_of
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass, field

if TYPE_CHECKING:
    import duckdb

    from pmcareer.api.plans.answers import DatedPlan
    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.reading.rosters.roster import Roster

_FULLY_PRICED = Decimal(10**11)
"""A budget that stops nobody; but no budget admits a way of which some price is unknown."""


@dataclass(frozen=True, slots=True)
class BudgetAsked:
    """The budget, the roles to be filled, and the last day on which somebody may be ready.

    A way is sought for the ``nearest`` of each target, those who lack least.
    """

    budget: Money
    wanted: tuple[Wanted, ...]
    by: date | None = None
    nearest: int = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is not in a role yet that is to be filled."""

    person: PersonRow
    held: tuple[HoldingRow, ...]
    target: RoleId
    ready: bool


Watch = Callable[[Sequence[Candidate]], Iterable[Candidate]]
"""Something that looks on while candidates are planned, such as a progress bar."""


def wanted_of(catalog: Catalog, texts: Iterable[str]) -> tuple[Wanted, ...]:
    """``ROLE`` or ``ROLE=N``; raises UsageError where a role is named twice or N is no number from 1 on."""
    found: dict[RoleId, Wanted] = {}
    for text in texts:
        name, equals, count = text.partition("=")
        role = RoleId(role_names(catalog).find(name))
        if equals and not (count.strip().isascii() and count.strip().isdigit() and 0 < int(count) <= 1_000_000):
            raise UsageError(f"--target {text!r}: {count!r} is no number of positions")
        if role in found:
            raise UsageError(f"--target names {role} twice", hint="say how many: --target ROLE=N")
        found[role] = Wanted(role, int(count) if equals else None)
    if not found:
        raise UsageError("no role is to be filled", hint="say --target ROLE")
    return tuple(found.values())


def team_budget(
    catalog: Catalog, roster: Roster, asked: TeamAsked, how: BudgetAsked, watch: Watch = iter
) -> TeamBudget:
    """Who is to fill which role within the budget: most people, then least cost, then earliest.

    Raises UsageError where the last day is past, MissingExtraError without the solver.
    """
    if how.by is not None and how.by < asked.as_of:
        raise UsageError(f"--by {how.by} is past", hint="say a day from the as-of date on")
    asked = replace(asked, currency=how.budget.currency)
    field = _field(catalog, roster, asked, how)
    judges, near = field.judges, field.near
    options = list(_options(watch(near), _Ways(judges, how)))
    choice = best_choice(options, how.wanted, cents_of(how.budget))
    further = cheapest_choice_of(options, how.wanted, len(choice.options) + 1)
    return TeamBudget(
        asked.as_of,
        how.by,
        how.budget,
        how.wanted,
        choice,
        further,
        None if further else _no_more(how.wanted, choice),
        field.candidates,
        len(near),
        len(near) - len(options),
        in_role=field.in_role,
        no_role=field.no_role,
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """Who is looked at: the ``near`` of each target, of ``candidates`` in all; the others are counted."""

    judges: Judges
    near: list[Candidate]
    candidates: int
    in_role: int
    no_role: int


def _field(catalog: Catalog, roster: Roster, asked: TeamAsked, how: BudgetAsked) -> _Field:
    """The field in memory, or out of a database where everybody of a large roster may be seen."""
    if roster.small is None and roster.connection is not None and asked.audience.sees_all:
        return _large_field(catalog, roster.connection, asked, how)
    small = small_of(roster, asked)
    judges = Judges(catalog, asked, book_for(catalog, [small], asked.as_of))
    candidates = list(_candidates(small, judges, how.wanted))
    wanted = {want.target for want in how.wanted}
    return _Field(
        judges,
        list(_nearest(candidates, judges, how)),
        len(candidates),
        in_role=sum(one.role in wanted for one in small.people),
        no_role=sum(one.role is None for one in small.people),
    )


def _large_field(catalog: Catalog, connection: duckdb.DuckDBPyConnection, asked: TeamAsked, how: BudgetAsked) -> _Field:
    """The same of a large roster: everybody is judged in the database, the nearest come out of it."""
    from pmcareer.team.columns.readiness import staff_of

    judges = Judges(catalog, asked, whole_book(catalog, asked.as_of))
    targets = [want.target for want in how.wanted]
    near: list[Candidate] = []
    count = 0
    for bench in benches(connection, judges, targets, how.nearest):
        people = sorted(bench.nearest.people, key=lambda one: one.person)
        near += _candidates(replace(bench.nearest, people=tuple(people)), judges, [Wanted(bench.target)])
        count += bench.candidates
    staff = staff_of(connection)
    # Everybody with a role is a candidate for each target but their own.
    return _Field(judges, near, count, len(targets) * staff.known - count, staff.no_role)


def _no_more(wanted: Iterable[Wanted], choice: Choice) -> End:
    positions = [one.positions for one in wanted]
    known = [count for count in positions if count is not None]
    return "filled" if len(known) == len(positions) and sum(known) == len(choice.options) else "nobody"


def _candidates(roster: SmallRoster, judges: Judges, wanted: Sequence[Wanted]) -> Iterator[Candidate]:
    """Everybody with a role, once for each of those wanted that is not their own."""
    targets = [one.target for one in wanted]
    held = holdings_by_person(roster.holdings)
    for one in roster.people:
        mine = tuple(held.get(one.person, ()))
        for target in targets:
            if one.role is not None and one.role != target:
                yield Candidate(one, mine, target, judges.judged(one, mine, target).ready)


def _nearest(candidates: Sequence[Candidate], judges: Judges, how: BudgetAsked) -> Iterator[Candidate]:
    """Of each target those who lack least; by target, then by person."""
    for want in how.wanted:
        mine = [one for one in candidates if one.target == want.target]
        mine.sort(key=lambda one: (_lacking(one, judges), judges.since(one.person), one.person.person))
        yield from sorted(mine[: how.nearest], key=lambda one: one.person.person)


def _lacking(one: Candidate, judges: Judges) -> tuple[bool, bool, int]:
    return lacks(judges.judged(one.person, one.held, one.target))


def _options(candidates: Iterable[Candidate], ways: _Ways) -> Iterator[Option]:
    for one in candidates:
        way = ways.of(one)
        if way is not None:
            role = one.person.role or one.target
            yield Option(one.person.person, one.person.manager, role, one.target, *way)


@dataclass(slots=True)
class _Ways:
    """The cheapest way of each situation that arrives in time; people in the same one are planned once."""

    judges: Judges
    how: BudgetAsked
    known: dict[Situation, DatedPlan | None] = field(default_factory=dict)

    def of(self, one: Candidate) -> tuple[int, int, date, tuple[CertificationId, ...]] | None:
        """Cents, days, the day of arrival and what is earned; None: there is no way in time that is fully priced."""
        as_of = self.judges.asked.as_of
        if one.ready:
            return 0, 0, as_of, ()
        situation = self.judges.situation(one.person, one.held, one.target)
        if situation not in self.known:
            self.known[situation] = self._cheapest(situation)
        plan = self.known[situation]
        return None if plan is None else (cents_of(plan.cost), plan.days, plan.arrives, plan.certifications)

    def _cheapest(self, situation: Situation) -> DatedPlan | None:
        everything = Money(_FULLY_PRICED, self.how.budget.currency)
        request = replace(self.judges.request(situation), objective="cheapest", by=self.how.by, budget=everything)
        plans = answer_plan(self.judges.catalog, request).plans
        return plans[0] if plans else None
