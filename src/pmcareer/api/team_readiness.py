"""Readiness of a whole staff: each distinct situation is judged and planned once, however many people are in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pmcareer.api.questions import NEWCOMER, PlanRequest
from pmcareer.api.readiness import judge, planned
from pmcareer.model.ids import RegionId, RoleId
from pmcareer.model.people import EducationHeld, Holding, Profile, Stint
from pmcareer.model.requirements import EducationLevel
from pmcareer.model.rosters import HoldingRow, PersonRow, SmallRoster
from pmcareer.renewals.cascades import merged
from pmcareer.team.readiness import Judged, ReadinessRow, TeamReadiness, ranked
from pmcareer.team.standings import as_held
from pmcareer.team.status import holdings_by_person
from pmcareer.values import dataclass, field

if TYPE_CHECKING:
    from pmcareer.api.team import TeamAsked
    from pmcareer.model.catalog import Catalog


def readiness_of(
    catalog: Catalog, roster: SmallRoster, asked: TeamAsked, target: RoleId | None, nearest: int
) -> TeamReadiness:
    """The answer for a small roster: everybody who is not in the target role.

    Months and cost are reckoned for *nearest* people a target, those who lack least.
    """
    judges = Judges(catalog, asked)
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
        judgements.sort(key=lambda pair: (lacks(pair[1]), pair[0].source_row))
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


@dataclass(slots=True)
class Judges:
    """Judges situations, each once: people of one role since one day who hold the same are in the same."""

    catalog: Catalog
    asked: TeamAsked
    known: dict[Situation, Judged] = field(default_factory=dict)
    known_plans: dict[Situation, Judged] = field(default_factory=dict)

    def judged(self, person: PersonRow, held: Sequence[HoldingRow], target: RoleId) -> Judged:
        """What a person meets and lacks, without a plan."""
        situation = self.situation(person, held, target)
        if situation not in self.known:
            self.known[situation] = judge(self.catalog, self.request(situation))
        return self.known[situation]

    def planned(self, person: PersonRow, held: Sequence[HoldingRow], target: RoleId) -> Judged:
        """The same with the planner's months and cost."""
        situation = self.situation(person, held, target)
        if situation not in self.known_plans:
            judged = self.judged(person, held, target)
            self.known_plans[situation] = planned(self.catalog, self.request(situation), judged)
        return self.known_plans[situation]

    def situation(self, person: PersonRow, held: Sequence[HoldingRow], target: RoleId) -> Situation:
        """The situation of one whose role is known; who does not say since when is taken as new in it."""
        since = min(person.role_since or self.asked.as_of, self.asked.as_of)
        return Situation(person.role or NEWCOMER, since, person.education, tuple(map(as_held, held)), target)

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
