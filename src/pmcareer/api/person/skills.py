"""Skills: what somebody has, by profile or by word, against what a role asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pmcareer.advice.skill_gaps import LEVELS, SkillGap, SkillLevel, paying_above, skill_gaps
from pmcareer.api.names import Names, role_names
from pmcareer.api.person.recording import record_all
from pmcareer.errors import UsageError
from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification, LifecycleStatus
from pmcareer.model.ids import RoleId, SkillId, SourceId
from pmcareer.model.people import Profile
from pmcareer.model.roles import Role, SkillDescription
from pmcareer.model.sources import Source
from pmcareer.profiles.changes import Change, SetValue
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class SkillsAnswer:
    """The skills of a role with what is missing; ``paying``: those reported to go with pay above the average."""

    as_of: date
    role: Role
    gaps: tuple[SkillGap, ...]
    paying: tuple[SkillDescription, ...]
    sources: Mapping[SourceId, Source]


def role_asked(catalog: Catalog, profile: Profile | None, named: str) -> Role:
    """The role *named*, or the profile's goal; UsageError where there is neither."""
    if named:
        return catalog.roles[RoleId(role_names(catalog).find(named))]
    if profile is None or profile.goal is None:
        raise UsageError("which role?", hint="say --to ROLE, or set a goal in the profile")
    return catalog.roles[RoleId(role_names(catalog).find(profile.goal.role))]


def skills_said(catalog: Catalog, said: Sequence[str]) -> dict[SkillId, SkillLevel]:
    """Skills as ``SKILL=LEVEL``; UsageError for a level or a skill that is none."""
    names = Names("skill", catalog.index.forms("skills"))
    found: dict[SkillId, SkillLevel] = {}
    for one in said:
        name, sign, level = (part.strip() for part in one.partition("="))
        if not sign or level not in LEVELS:
            raise UsageError(f"{one!r} is not SKILL=LEVEL", hint=f"levels: {', '.join(LEVELS)}")
        found[SkillId(names.find(name))] = level
    return found


def answer_skills(
    catalog: Catalog, role: Role, profile: Profile | None, said: Mapping[SkillId, SkillLevel], as_of: date
) -> SkillsAnswer:
    """What *role* asks against the profile's skills and what was *said*, which wins."""
    held = {**(profile.skills if profile else {}), **said}
    available = tuple(one for one in catalog.certifications.values() if _can_be_earned(one, as_of))
    gaps = skill_gaps(role, held, catalog, available)
    return SkillsAnswer(as_of, role, gaps, paying_above(catalog), catalog.sources)


def keep_skills(path: Path, said: Mapping[SkillId, SkillLevel]) -> tuple[SkillId, ...]:
    """Write what was *said* into the profile at *path*, where it does not speak of it yet; the skills written.

    Errors as for ``record_all``: everything else in the file stays as it was.
    """

    def propose(profile: Profile) -> Sequence[Change]:
        return tuple(
            SetValue(skill, level, within="skills") for skill, level in said.items() if skill not in profile.skills
        )

    return tuple(SkillId(one.key) for one in record_all(path, propose).changes if isinstance(one, SetValue))


def _can_be_earned(certification: Certification, as_of: date) -> bool:
    """Whether it is offered on the day: announced ones and retired ones are not."""
    now = certification.lifecycle.on(as_of)
    return now is not None and now.status in (LifecycleStatus.ACTIVE, LifecycleStatus.RETIRING)
