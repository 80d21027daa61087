"""Why: what stands between a person and a role or a certification, way by way, leaf by leaf, with the soonest plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from pmcareer.api.compiling.compiled import MoveMeaning
from pmcareer.api.compiling.questions import NEWCOMER
from pmcareer.api.names import find_role_or_certification
from pmcareer.api.plans.answers import PlanAnswer
from pmcareer.api.plans.dating import role_name, short_names
from pmcareer.api.plans.planning import answer_plan
from pmcareer.api.plans.requests import Asked, plan_request
from pmcareer.api.reasons.answers import Paper, Rule, WayIn, WhyAnswer
from pmcareer.api.reasons.field import Field, Reached, without_niche
from pmcareer.api.reasons.papers import paper_of
from pmcareer.api.reasons.requirement_state import Examiner, Node
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.figures import Provenance
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.people import Profile
from pmcareer.model.requirements import All, Requirement
from pmcareer.model.sources import Citation, cite
from pmcareer.values import dataclass

_NOTHING = All(())


def answer_why(catalog: Catalog, profile: Profile | None, asked: Asked, wanted: str) -> WhyAnswer:
    """What stands between the person and *wanted*, a role or a certification by any of its names.

    Raises UnknownIdError, and UsageError for contradictions.
    """
    id_ = find_role_or_certification(catalog, wanted)
    request = plan_request(catalog, profile, replace(asked, to=asked.from_ or NEWCOMER))
    if id_ in catalog.certifications:
        return _Why(catalog, Field(catalog, request)).certification(catalog.certifications[CertificationId(id_)])
    return _Why(catalog, Field(catalog, replace(request, to=RoleId(id_)))).role(RoleId(id_))


def names_of(catalog: Catalog) -> Mapping[str, str]:
    """Short names of certifications, and of kinds of experience under ``experience/<kind>``, as wording has them."""
    kinds = catalog.experience_kinds.values()
    experience = {f"experience/{kind.id}": kind.name[:1].lower() + kind.name[1:] for kind in kinds}
    return {**short_names(catalog), **experience}


def roles_open_today(field: Field) -> frozenset[RoleId]:
    """The present role, and every role that one could step into today, over any number of moves."""
    compiled = field.compiled()
    found, waiting = {field.situation.role}, [field.situation.role]
    while waiting:
        origin = waiting.pop()
        examiner = Examiner(field, origin, plans=False)
        for (left, into), meaning in compiled.moves.items():
            if left == origin and into not in found and examiner.examine(meaning.requires or _NOTHING).holds:
                found.add(into)
                waiting.append(into)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Why:
    catalog: Catalog
    field: Field

    def role(self, role: RoleId) -> WhyAnswer:
        """The ways into a role; its plan is that of ``pmcareer plan``."""
        today = roles_open_today(self.field)
        moves = self.field.compiled().moves.items()
        ways = [self._way_into(meaning, today) for (_, into), meaning in moves if into == role]
        here = role == self.field.situation.role
        planned = answer_plan(self.catalog, without_niche(self.field.request))
        return self._answer(
            kind="role",
            id=role,
            name=role_name(self.catalog, role),
            ways=() if here else tuple(sorted(ways, key=lambda way: way.distance)),
            plan=_in_short(planned),
            here=here,
            obstacles=planned.why_not,
            blocked=planned.blocked,
        )

    def certification(self, certification: Certification) -> WhyAnswer:
        """The eligibility for a certification, and the soonest plan to hold it."""
        paper = paper_of(self.field, certification)
        holding = next((h for h in self.field.situation.holdings if h.id == certification.id), None)
        held = certification.id in self.field.compiled().instance.start.holds
        return self._answer(
            kind="certification",
            id=certification.id,
            name=certification.name,
            ways=() if held else (self._eligibility(certification, paper),),
            plan=None if held else paper.reached,
            here=held,
            holding=holding,
            own=paper,
        )

    def _answer(self, *, own: Paper | None = None, **said: Any) -> WhyAnswer:
        asked = (one for way in said["ways"] for one in _asked_in(way.tree))
        papers = {one: paper_of(self.field, self.catalog.certifications[one]) for one in dict.fromkeys(asked)}
        return WhyAnswer(
            as_of=self.field.request.as_of,
            situation=self.field.situation,
            valid_to=self._valid_to(),
            papers={own.id: own, **papers} if own else papers,
            names=names_of(self.catalog),
            role_names=self.catalog.index.short_names("roles"),
            assumptions=self.field.compiled().assumptions,
            **said,
        )

    def _way_into(self, meaning: MoveMeaning, today: frozenset[RoleId]) -> WayIn:
        move, requires = meaning.move, meaning.requires or _NOTHING
        reached = self.field.fulfilled(requires, move.from_)
        examined = Examiner(self.field, move.from_).examine(requires)
        rule = next(since for since in reversed(move.rules.entries) if since.value is meaning.rule)
        changes = tuple(change.start for change in move.rules.after(self._as_of) if change.start)
        return WayIn(
            tree=replace(examined, reached=None if examined.holds else reached),
            rule=Rule(rule.start, self._cite(rule.value.provenance), rule.value.note, rule.value.status, (), changes),
            reached=reached,
            origin=move.from_,
            ladder=meaning.ladder,
            there=move.from_ == self.field.situation.role,
            today=move.from_ in today,
        )

    def _eligibility(self, certification: Certification, paper: Paper) -> WayIn:
        """What the issuer asks. What cannot be earned has no plan, whatever its eligibility."""
        rule = certification.eligibility.on(self._as_of)
        requires: Requirement = rule.requires if rule and rule.requires else _NOTHING
        changes = tuple(change.start for change in certification.eligibility.after(self._as_of) if change.start)
        starts = (since.start for since in reversed(certification.eligibility.entries) if since.value is rule)
        backing = rule.provenance if rule else certification.provenance
        return WayIn(
            tree=Examiner(self.field, plans=paper.obtainable).examine(requires),
            rule=Rule(
                next(starts, None),
                self._cite(_or(backing, certification.provenance)),
                rule.note if rule else "",
                rivals=rule.rivals if rule else (),
                changes_on=changes,
            ),
            reached=self.field.fulfilled(requires) if paper.obtainable else None,
            today=paper.obtainable,
        )

    @property
    def _as_of(self) -> date:
        return self.field.request.as_of

    def _cite(self, provenance: Provenance) -> Citation:
        return cite(provenance, self.catalog.sources)

    def _valid_to(self) -> dict[CertificationId, date | None]:
        situation, memberships = self.field.situation, self.field.request.profile.memberships
        if not situation.holdings:
            return {}
        from pmcareer.api.compiling.keeping import standings

        found = standings(self.catalog, situation.holdings, self._as_of, memberships, situation.region)
        return {id_: standing.last_day for id_, standing in found.items()}


def _or(provenance: Provenance, fallback: Provenance) -> Provenance:
    return provenance if provenance.source or provenance.because else fallback


def _in_short(planned: PlanAnswer) -> Reached | None:
    """The plan of ``pmcareer plan`` in short."""
    if not planned.plans:
        return None
    plan = planned.plans[0]
    return Reached(
        day=plan.days,
        on=plan.arrives,
        cost=plan.cost,
        at_least=plan.at_least,
        exams=plan.exams,
        roles=plan.roles[1:],
        certifications=plan.certifications,
        proven=planned.proven_optimal,
        day_proven=planned.day_proven,
    )


def _asked_in(node: Node) -> Iterator[CertificationId]:
    """The certifications that are asked for and missing, nearest alternatives first."""
    if node.asks:
        yield node.asks
    for part in node.of:
        yield from _asked_in(part)
