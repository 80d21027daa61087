"""Explaining: for each step of a plan the requirements that it serves, with the source behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from pmcareer.api.compiling.compiled import Compiled, MoveMeaning, role_of
from pmcareer.api.compiling.questions import Assumption, PlanRequest
from pmcareer.api.compiling.relevance import certifications_in
from pmcareer.api.plans.answers import Reason, Served
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.figures import Provenance
from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import Requirement
from pmcareer.model.sources import Citation, cite
from pmcareer.planning.critical import StepNote
from pmcareer.planning.plan import Plan, Step
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pmcareer.renewals.cascades import Cascaded


def reasons_of(
    catalog: Catalog,
    request: PlanRequest,
    compiled: Compiled,
    notes: Sequence[StepNote],
    moves: Sequence[Step],
    moved: Sequence[Cascaded] = (),
) -> tuple[tuple[Reason, ...], ...]:
    """The reasons of each step of a plan, in the order of *notes* (what each step serves); every step has at least one.

    *moves* are its moves in the order made, *moved* what its awards and renewals renew of other certifications.
    """
    explaining = _Explaining(catalog, request, compiled, tuple(moves), tuple(moved))
    return tuple(tuple(explaining.reasons(note)) for note in notes)


@dataclass(frozen=True, slots=True)
class _Explaining:
    catalog: Catalog
    request: PlanRequest
    compiled: Compiled
    moves: tuple[Step, ...]
    moved: tuple[Cascaded, ...] = ()

    def reasons(self, note: StepNote) -> Iterator[Reason]:
        step = note.step
        if step.kind == "move":
            yield self._move(step)
        elif step.kind == "earn":
            found = list(self._uses(note))
            yield from found or [self._leads_to(step)]
        else:
            yield self._leads_to(step)
        if step.kind in ("earn", "renew"):
            yield from self._renews(step)

    def _renews(self, step: Step) -> Iterator[Reason]:
        """What an award or a renewal renews of other certifications."""
        day = self.request.as_of + timedelta(days=step.end_day)
        for moved in self.moved:
            if moved.by == step.id and moved.on == day and moved.renewed != moved.by:
                yield Reason("renewal", moved.renewed, self._name(moved.renewed), until=moved.after)

    def _move(self, step: Step) -> Reason:
        role, meaning = role_of(step.id), self.meaning(step)
        return Reason(
            serves="target" if role == self.request.to else "move",
            subject=self.request.to,
            subject_name=self._role_name(self.request.to),
            requirement=meaning.requires if meaning else None,
            citation=self._cite(meaning.rule.provenance) if meaning else None,
        )

    def _uses(self, note: StepNote) -> Iterator[Reason]:
        """What in the plan rests on an award: the request, moves, eligibilities, and waivers that were taken."""
        earned = CertificationId(note.step.id)
        if earned in self.request.require or self._of_niche(earned):
            yield Reason("request", earned, self._name(earned))
        for purpose, id_ in note.serves:
            if purpose == "move":
                yield from self._use_in_move(id_)
            elif purpose == "eligibility":
                yield self._use_in_eligibility(CertificationId(id_))
            elif purpose == "variant":
                yield from self._use_as_waiver(CertificationId(id_), earned)

    def _of_niche(self, earned: CertificationId) -> bool:
        niche = self.request.niche or self.request.profile.niche
        return niche is not None and niche in self.catalog.certifications[earned].niches

    def _use_in_move(self, instance_role: str) -> Iterator[Reason]:
        step = next(move for move in self.moves if move.id == instance_role)
        if meaning := self.meaning(step):
            role = role_of(instance_role)
            citation = self._cite(meaning.rule.provenance)
            yield Reason("move", role, self._role_name(role), meaning.requires, citation)

    def _use_in_eligibility(self, other: CertificationId) -> Reason:
        rule = self.catalog.certifications[other].eligibility.on(self.request.as_of)
        citation = self._cite(rule.provenance) if rule else None
        return Reason("eligibility", other, self._name(other), rule.requires if rule else None, citation)

    def _use_as_waiver(self, other: CertificationId, earned: CertificationId) -> Iterator[Reason]:
        citation = self._cite(self.catalog.certifications[other].provenance)
        waivers = [waiver for way in self.compiled.preparations[other] for waiver in way.waivers]
        for waiver in dict.fromkeys(waivers):
            if self._names(waiver, earned):
                yield Reason("waiver", other, self._name(other), waiver, citation)

    def _leads_to(self, step: Step) -> Reason:
        kind: Served = "upkeep" if step.kind == "renew" else "earning"
        return Reason(kind, step.id, self._name(CertificationId(step.id)))

    def _names(self, tree: Requirement | None, earned: CertificationId) -> bool:
        """Whether *tree* names the certification or one that it satisfies."""
        stands_for = {earned, *self._satisfied_by(self.catalog.certifications.get(earned))}
        return not stands_for.isdisjoint(certifications_in(tree, waivers=False))

    def _satisfied_by(self, certification: Certification | None) -> Iterator[CertificationId]:
        for lower in certification.satisfies if certification else ():
            yield lower
            yield from self._satisfied_by(self.catalog.certifications.get(lower))

    def meaning(self, step: Step) -> MoveMeaning | None:
        """The catalog's move behind a move step: its origin is the role that the plan was in before."""
        index = self.moves.index(step)
        origin = role_of(self.moves[index - 1].id) if index else self.compiled.situation.role
        return self.compiled.moves.get((origin, role_of(step.id)))

    def _cite(self, provenance: Provenance) -> Citation:
        return cite(provenance, self.catalog.sources)

    def _role_name(self, role: RoleId) -> str:
        entry = self.catalog.roles.get(role)
        return entry.name if entry else role

    def _name(self, certification: CertificationId) -> str:
        entry = self.catalog.certifications.get(certification)
        return (entry.abbreviation or entry.name) if entry else certification


def taken_as_met(catalog: Catalog, compiled: Compiled, plan: Plan, moves: Sequence[Step]) -> Iterator[Assumption]:
    """The conditions on the way of *plan* that no data can decide and that were taken as met."""
    explaining = _Explaining(catalog, PlanRequest(RoleId(""), compiled.situation.as_of), compiled, tuple(moves))
    compiler = replace(compiled.requirements, taken_as_met={}, windows=set())
    for move in moves:
        if meaning := explaining.meaning(move):
            compiler.compile(meaning.requires)
    for earned in plan.certifications:
        rule = catalog.certifications[CertificationId(earned)].eligibility.on(compiled.situation.as_of)
        compiler.compile(rule.requires if rule else None)
    for text in compiler.taken_as_met:
        yield Assumption(f"taken as met: {text}")
