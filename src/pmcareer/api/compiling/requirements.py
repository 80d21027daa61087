"""Requirement trees of the catalog turned into those of the planning instance, for one person on one day.

What cannot change within a plan is decided here: education, accredited degrees, skills, editions, what was ever held.
``None`` always holds; ``NEVER``, this very value, never does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from pmcareer.dates import months_to_days
from pmcareer.model import requirements as catalog_side
from pmcareer.model.certifications import Certification, Edition
from pmcareer.model.ids import CertificationId, ExperienceKindId, SkillId
from pmcareer.model.people import EducationHeld
from pmcareer.planning import instance as planning_side
from pmcareer.values import dataclass, field

Compiled = planning_side.Requirement | None
NEVER = planning_side.AnyOf(())

_SKILL_ORDER = ("awareness", "working", "practitioner", "expert")


@dataclass(slots=True)
class RequirementCompiler:
    """Compiles trees and gathers what they rest on: experience windows, and conditions taken as met.

    ``lapsing``: for what is held and let lapse the last day on which it counts, from the as-of date (-1: over).
    """

    as_of: date
    education: EducationHeld
    skills: Mapping[SkillId, str]
    certifications: Mapping[CertificationId, Certification]
    satisfied_by: Callable[[CertificationId], Iterable[CertificationId]]
    obtainable: frozenset[CertificationId]
    held_ever: frozenset[CertificationId]
    held_editions: Mapping[CertificationId, str | None]
    lapsing: Mapping[CertificationId, int] = field(default_factory=dict)
    windows: set[tuple[ExperienceKindId, int | None]] = field(default_factory=set)
    taken_as_met: dict[str, None] = field(default_factory=dict)

    def compile(self, tree: catalog_side.Requirement | None) -> Compiled:
        """The instance's form of *tree*, as simple as the person's fixed circumstances make it."""
        if tree is None:
            return None
        handler = _HANDLERS[type(tree)]
        return handler(self, tree)

    def _all(self, tree: catalog_side.All) -> Compiled:
        return all_of(self.compile(child) for child in tree.of)

    def _any(self, tree: catalog_side.AnyOf) -> Compiled:
        return any_of(self.compile(child) for child in tree.of)

    def _at_least(self, tree: catalog_side.AtLeast) -> Compiled:
        compiled = [self.compile(child) for child in tree.of]
        needed = tree.n - sum(part is None for part in compiled)
        open_parts = tuple(part for part in compiled if part is not None and part != NEVER)
        if needed <= 0:
            return None
        return planning_side.AtLeast(needed, open_parts) if len(open_parts) >= needed else NEVER

    def _holds(self, tree: catalog_side.Holds) -> Compiled:
        return any_of(self._one_held(c, planning_side.Holds) for c in self.satisfying(tree.certification))

    def _held(self, tree: catalog_side.Held) -> Compiled:
        return any_of(
            None if c in self.held_ever else self._one_held(c, planning_side.Held)
            for c in self.satisfying(tree.certification)
        )

    def _holds_edition(self, tree: catalog_side.HoldsEdition) -> Compiled:
        """One held already counts by its edition; one still to be earned will be of the edition now sat."""
        certification = self.certifications.get(tree.certification)
        if tree.certification in self.held_editions:
            edition = self.held_editions[tree.certification]
            if edition is None:
                self._take_as_met(
                    f"your {tree.certification} is of an edition that counts ({', '.join(tree.editions)})"
                )
            counts = edition is None or edition in tree.editions
            return self._one_held(tree.certification, planning_side.Holds) if counts else NEVER
        current = {e.id for e in certification.editions if _sat_on(e, self.as_of)} if certification else set()
        return self._one_held(tree.certification, planning_side.Holds) if current & set(tree.editions) else NEVER

    def _experience(self, tree: catalog_side.Experience) -> Compiled:
        self.windows.add((tree.kind, tree.within_years))
        return planning_side.ExperienceDays(windowed(tree.kind, tree.within_years), months_to_days(tree.months))

    def _tenure(self, tree: catalog_side.Tenure) -> Compiled:
        return planning_side.TenureDays(months_to_days(tree.months))

    def _education(self, tree: catalog_side.Education) -> Compiled:
        reached = self.education.level.rank >= tree.level.rank
        return None if reached and (self.education.accredited or not tree.accredited) else NEVER

    def _training(self, _: catalog_side.Training) -> Compiled:
        """Always met on the way: its hours are courses of the study, or something waives them."""
        return None

    def _skill(self, tree: catalog_side.Skill) -> Compiled:
        have = self.skills.get(tree.skill)
        if have is None:
            self._take_as_met(f"you have the skill {tree.skill} at level {tree.level}")
            return None
        return None if _SKILL_ORDER.index(have) >= _SKILL_ORDER.index(tree.level) else NEVER

    def _attest(self, tree: catalog_side.Attest) -> Compiled:
        self._take_as_met(tree.text)
        return None

    def satisfying(self, wanted: CertificationId) -> list[CertificationId]:
        """*wanted* first, then every certification that the catalog says stands in for it, over any number of steps."""
        found = [wanted]
        for candidate in found:
            found.extend(c for c in self.satisfied_by(candidate) if c not in found)
        return found

    def _one_held(self, certification: CertificationId, form: Callable[[str], planning_side.Requirement]) -> Compiled:
        if certification in self.lapsing:
            last = self.lapsing[certification]
            return planning_side.ByDay(last) if last >= 0 else NEVER
        reachable = certification in self.obtainable or certification in self.held_editions
        return form(certification) if reachable else NEVER

    def _take_as_met(self, text: str) -> None:
        self.taken_as_met.setdefault(text)


def windowed(kind: ExperienceKindId, within_years: int | None) -> str:
    """The instance's name of a kind of experience: one within the last n years is a kind of its own."""
    return kind if within_years is None else f"{kind}-last-{within_years}-years"


def any_of(compiled: Iterable[Compiled]) -> Compiled:
    """Their disjunction, without what never holds; always, if one of them always holds."""
    parts: list[planning_side.Requirement] = []
    for part in compiled:
        if part is None:
            return None
        if part is not NEVER:
            parts.append(part)
    return _joined(planning_side.AnyOf, parts) if parts else NEVER


def all_of(compiled: Iterable[Compiled]) -> Compiled:
    """Their conjunction, without what always holds."""
    parts = [part for part in compiled if part is not None]
    if any(part is NEVER for part in parts):
        return NEVER
    return _joined(planning_side.All, parts) if parts else None


def _joined(
    form: Callable[[tuple[planning_side.Requirement, ...]], planning_side.Requirement],
    parts: list[planning_side.Requirement],
) -> planning_side.Requirement:
    return parts[0] if len(parts) == 1 else form(tuple(parts))


def _sat_on(edition: Edition, day: date) -> bool:
    """Whether the edition's exam can be sat on *day*; an unknown edge is taken as open."""
    first = edition.from_.value if edition.from_ else None
    last = edition.until.value if edition.until else None
    return (first or date.min) <= day <= (last or date.max)


_HANDLERS: dict[type, Callable[..., Compiled]] = {
    catalog_side.All: RequirementCompiler._all,
    catalog_side.AnyOf: RequirementCompiler._any,
    catalog_side.AtLeast: RequirementCompiler._at_least,
    catalog_side.Holds: RequirementCompiler._holds,
    catalog_side.Held: RequirementCompiler._held,
    catalog_side.HoldsEdition: RequirementCompiler._holds_edition,
    catalog_side.Experience: RequirementCompiler._experience,
    catalog_side.Tenure: RequirementCompiler._tenure,
    catalog_side.Education: RequirementCompiler._education,
    catalog_side.Training: RequirementCompiler._training,
    catalog_side.Skill: RequirementCompiler._skill,
    catalog_side.Attest: RequirementCompiler._attest,
}
