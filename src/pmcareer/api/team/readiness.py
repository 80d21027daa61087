"""Readiness of a whole staff: each distinct situation is judged and planned once, however many people are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.compiling.keeping import COUNTS
from pmcareer.api.compiling.questions import NEWCOMER, PlanRequest
from pmcareer.api.compiling.relevance import certifications_in
from pmcareer.api.reasons.readiness import judge, planned
from pmcareer.dates import months_to_days
from pmcareer.model.ids import CertificationId, RegionId, RoleId
from pmcareer.model.people import EducationHeld, Holding, Profile, Stint
from pmcareer.model.requirements import (
    All,
    AnyOf,
    AtLeast,
    EducationLevel,
    Experience,
    Requirement,
    Tenure,
    Training,
)
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.renewals.cascades import merged
from pmcareer.team.readiness import Judged, ReadinessRow, TeamReadiness, ranked
from pmcareer.team.standings import StandingBook, as_held
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass, field

if TYPE_CHECKING:
    import duckdb

    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.team.columns.readiness import Bench


def readiness_of(
    catalog: Catalog, roster: SmallRoster, book: StandingBook, asked: TeamAsked, target: RoleId | None, nearest: int
) -> TeamReadiness:
    """The answer for a small roster: everybody who is not in the target role.

    Months and cost are reckoned for *nearest* people a target, those who lack least.
    """
    judges = Judges(catalog, asked, book)
    known = [one for one in roster.people if one.role is not None]
    rows = ranked(planned_rows(_candidates(known, judges, target), roster.holdings, judges, nearest))
    with_plan = sum(row.judged.planned for row in rows)
    return TeamReadiness(
        asked.as_of,
        (target,) if target else tuple(sorted({row.target for row in rows})),
        rows,
        len(rows),
        dict(sorted(Counter(row.target for row in rows if row.judged.ready).items())),
        planned=with_plan if with_plan < len(rows) else None,
        in_role=sum(one.role == target for one in known) if target else 0,
        no_role=len(roster.people) - len(known),
        no_since=sum(one.role_since is None for one in known),
    )


def large_readiness(
    catalog: Catalog,
    connection: duckdb.DuckDBPyConnection,
    book: StandingBook,
    asked: TeamAsked,
    target: RoleId | None,
    nearest: int,
    *,
    keep: bool = False,
) -> TeamReadiness:
    """The answer for a large roster: everybody is judged, of each target the *nearest* people are listed and planned.

    *target* None: each role that one move leads to, from the roles that people have. *keep*: everybody's verdict stays
    in the database for ``write_rows``.
    """
    from pmcareer.team.columns.readiness import staff_of

    judges = Judges(catalog, asked, book)
    targets = [target] if target else next_targets(connection, judges)
    judged: dict[tuple[str, RoleId], Judged] = {}
    every: list[ReadinessRow] = []
    candidates, ready = 0, {}
    for bench in benches(connection, judges, targets, nearest, keep=judged if keep else None, moves=target is None):
        people = [(one, bench.target) for one in bench.nearest.people]
        every += planned_rows(people, bench.nearest.holdings, judges, nearest)
        candidates += bench.candidates
        ready[bench.target] = bench.ready
    staff = staff_of(connection)
    shown = tuple(sorted({row.target for row in every})) if target is None else (target,)
    return TeamReadiness(
        asked.as_of,
        shown,
        ranked(every),
        candidates,
        {role: count for role, count in sorted(ready.items()) if count or target},
        planned=len(every) if len(every) < candidates else None,
        in_role=staff.known - candidates if target else 0,
        no_role=staff.no_role,
        no_since=staff.no_since,
        judged=judged,
    )


def next_targets(connection: duckdb.DuckDBPyConnection, judges: Judges) -> list[RoleId]:
    """The roles that one move leads to from a role that somebody has."""
    from pmcareer.team.columns.readiness import roles_of

    return sorted({target for role in roles_of(connection) for target in judges.next_roles(role) if target != role})


def benches(
    connection: duckdb.DuckDBPyConnection,
    judges: Judges,
    targets: Iterable[RoleId],
    nearest: int,
    *,
    keep: dict[tuple[str, RoleId], Judged] | None = None,
    moves: bool = False,
) -> Iterator[Bench]:
    """The benches of *targets* in a large roster, of people in any role or, with *moves*, those one move away.

    *keep* gets what was judged, by example and target, where everybody's verdict is to stay in the database.
    """
    from pmcareer.team.columns.readiness import Kinds, large_benches, roles_of

    def judge_all(roster: SmallRoster, target: RoleId) -> list[tuple[str, Judged, tuple[object, ...]]]:
        held = holdings_by_person(roster.holdings)
        judged = {one.person: judges.judged(one, held.get(one.person, ()), target) for one in roster.people}
        if keep is not None:
            keep.update({(person, target): found for person, found in judged.items()})
        return [(person, found, lacks(found)) for person, found in judged.items()]

    here = roles_of(connection) if moves else []
    kinds = [
        Kinds(target, *judges.asks(target), [role for role in here if target in judges.next_roles(role)])
        if moves
        else Kinds(target, *judges.asks(target))
        for target in targets
    ]
    keeping = keep is not None
    yield from large_benches(connection, judges.book, kinds, counting_statuses(), nearest, judge_all, keep=keeping)


def counting_statuses() -> tuple[int, ...]:
    """The statuses in which a holding counts for the planner, by their numbers in the database."""
    from pmcareer.team.columns.answers import STATUSES

    return tuple(number for number, status in enumerate(STATUSES) if status in COUNTS)


def _asked_on_moves_into(catalog: Catalog, target: RoleId, on: date) -> Iterator[Requirement]:
    """What the moves into a role ask, the ladders' least time in a role included."""
    for ladder in catalog.ladders.values():
        for move in ladder.moves:
            rule = move.rules.on(on)
            if move.to == target and rule is not None:
                yield from [rule.requires] if rule.requires else []
                least = ladder.minimum_tenure.value if ladder.minimum_tenure else None
                yield from [Tenure(least)] if least else []


def _mattering(catalog: Catalog, asks: Iterable[Requirement]) -> tuple[CertificationId, ...]:
    """The certifications that are named, and those that stand in for them."""
    found = dict.fromkeys(own for tree in asks for own in certifications_in(tree))
    waiting = list(found)
    while waiting:
        others = [own for own in catalog.index.satisfied_by(waiting.pop()) if own not in found]
        found.update(dict.fromkeys(others))
        waiting.extend(others)
    return tuple(sorted(found))


def _day_spans(asks: Iterable[Requirement]) -> tuple[int, ...]:
    """The days in a role at which some requirement comes to hold, those that its own waivers ask for included."""
    months = {leaf.months for tree in asks for leaf in _leaves(tree) if isinstance(leaf, Tenure | Experience)}
    return tuple(sorted(months_to_days(each) for each in months))


def _leaves(tree: Requirement | None) -> Iterator[Requirement]:
    if isinstance(tree, All | AnyOf | AtLeast):
        for part in tree.of:
            yield from _leaves(part)
    elif isinstance(tree, Training):
        yield from _leaves(tree.waived_by)
    elif tree is not None:
        yield tree


def planned_rows(
    candidates: Iterable[tuple[PersonRow, RoleId]], holdings: Iterable[HoldingRow], judges: Judges, nearest: int
) -> Iterator[ReadinessRow]:
    """The rows of candidates, each with a target; of each target the nearest ones planned."""
    held = holdings_by_person(holdings)
    by_target: dict[RoleId, list[tuple[PersonRow, Judged]]] = {}
    for one, target in candidates:
        judged = judges.judged(one, held.get(one.person, ()), target)
        by_target.setdefault(target, []).append((one, judged))
    for target, judgements in by_target.items():
        judgements.sort(key=lambda pair: (lacks(pair[1]), judges.since(pair[0]), pair[0].person))
        for place, (one, judged) in enumerate(judgements):
            best = judges.planned(one, held.get(one.person, ()), target) if place < nearest else judged
            yield ReadinessRow(one.person, one.manager, one.role or NEWCOMER, target, best)


def lacks(judged: Judged) -> tuple[bool, bool, int]:
    """How little somebody lacks, before any plan: the ready first, then those one move away, by what is missing."""
    return (not judged.ready, any(one.kind == "move" for one in judged.missing), len(judged.missing))


def _candidates(
    people: Iterable[PersonRow], judges: Judges, target: RoleId | None
) -> Iterator[tuple[PersonRow, RoleId]]:
    for one in people:
        if one.role is not None:
            for role in [target] if target else judges.next_roles(one.role):
                if role != one.role:
                    yield one, role


@dataclass(frozen=True, slots=True)
class Situation:
    """All of a person that readiness depends on."""

    role: RoleId
    since: date
    education: EducationLevel | None
    holdings: tuple[Holding, ...]
    target: RoleId


# Role, target, education, the span that the time in the role lies in, certifications that matter and if they count.
Alike = tuple[RoleId, RoleId, "EducationLevel | None", int, frozenset[tuple[CertificationId, bool]]]


@dataclass(slots=True)
class Judges:
    """Judges situations, each once: people of one role since one day who hold the same are in the same."""

    catalog: Catalog
    asked: TeamAsked
    book: StandingBook
    known: dict[Alike, Judged] = field(default_factory=dict)
    known_plans: dict[Situation, Judged] = field(default_factory=dict)
    known_asks: dict[RoleId, tuple[Collection[CertificationId], Sequence[int]]] = field(default_factory=dict)

    def judged(self, person: PersonRow, held: Sequence[HoldingRow], target: RoleId) -> Judged:
        """What a person meets and lacks, without a plan; people who cannot differ in that are judged once."""
        situation = self.situation(person, held, target)
        alike = self._alike(situation, held)
        if alike not in self.known:
            self.known[alike] = judge(self.catalog, self.request(situation))
        return self.known[alike]

    def _alike(self, situation: Situation, held: Sequence[HoldingRow]) -> Alike:
        mattering, spans = self.asks(situation.target)
        standings = [one for one in self.book.of(held) if one.certification in mattering and not one.conferred]
        days = (self.asked.as_of - situation.since).days
        return (
            situation.role,
            situation.target,
            situation.education,
            sum(days >= span for span in spans),
            frozenset((one.certification, one.status in COUNTS) for one in standings),
        )

    def asks(self, target: RoleId) -> tuple[Collection[CertificationId], Sequence[int]]:
        """The certifications that matter for a role, and the days in a role at which something comes to hold."""
        if target not in self.known_asks:
            asks = tuple(_asked_on_moves_into(self.catalog, target, self.asked.as_of))
            self.known_asks[target] = (_mattering(self.catalog, asks), _day_spans(asks))
        return self.known_asks[target]

    def planned(self, person: PersonRow, held: Sequence[HoldingRow], target: RoleId) -> Judged:
        """The same with the planner's months and cost."""
        situation = self.situation(person, held, target)
        if situation not in self.known_plans:
            judged = self.judged(person, held, target)
            self.known_plans[situation] = planned(self.catalog, self.request(situation), judged)
        return self.known_plans[situation]

    def situation(self, person: PersonRow, held: Sequence[HoldingRow], target: RoleId) -> Situation:
        """The situation of one whose role is known; who does not say since when is taken as new in it."""
        return Situation(
            person.role or NEWCOMER, self.since(person), person.education, tuple(map(as_held, held)), target
        )

    def since(self, person: PersonRow) -> date:
        """Since when a person is in the role."""
        return min(person.role_since or self.asked.as_of, self.asked.as_of)

    def request(self, situation: Situation) -> PlanRequest:
        """The planner's question."""
        profile = Profile(
            education=EducationHeld(situation.education) if situation.education else None,
            roles=(Stint(situation.role, situation.since),),
            certifications=tuple(merged(situation.holdings)),
        )
        region = RegionId(self.asked.region) if self.asked.region else None
        return PlanRequest(
            situation.target, self.asked.as_of, profile=profile, region=region, currency=self.asked.currency
        )

    def next_roles(self, role: RoleId) -> Sequence[RoleId]:
        """The roles that one move leads to."""
        return sorted({step.into for step in self.catalog.index.steps() if step.origin == role})
