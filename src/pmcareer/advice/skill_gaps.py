"""What lies between the skills that somebody has and those that a role asks, and what teaches them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

from pmcareer.model.catalog import Catalog
from pmcareer.model.certifications import Certification
from pmcareer.model.ids import SkillId
from pmcareer.model.roles import Role, SkillDescription
from pmcareer.values import dataclass

SkillLevel: TypeAlias = Literal["awareness", "working", "practitioner", "expert"]
LEVELS: tuple[SkillLevel, ...] = get_args(SkillLevel)
"""From the lowest to the highest, the scale of the United Kingdom's framework."""

_RATING = re.compile(r"\b([1-5]\.\d\d)\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class SkillGap:
    """A skill that the role asks. ``held`` None: the person has not said; ``steps`` levels are missing (0: none).

    ``importance``: the highest rating, of 5, that the catalog quotes for it; None where it quotes none. ``taught_by``:
    certifications that are about it and can be earned, those that teach most of the other gaps first.
    """

    skill: SkillDescription
    asked: SkillLevel
    held: SkillLevel | None
    steps: int
    importance: Decimal | None
    taught_by: tuple[Certification, ...]


def skill_gaps(
    role: Role, held: Mapping[SkillId, SkillLevel], catalog: Catalog, available: Iterable[Certification]
) -> tuple[SkillGap, ...]:
    """Every skill that *role* asks: those that are missing first, then by importance, by the size of the gap, by name.

    *available*: the certifications that can be earned on the day in question.
    """
    missing = {skill for skill, asked in role.skills.items() if _steps(asked, held.get(skill))}
    ordered = sorted(available, key=lambda one: (-len(missing.intersection(one.skills)), one.id))
    gaps = [
        SkillGap(
            described := catalog.skills[skill],
            asked,
            held.get(skill),
            _steps(asked, held.get(skill)),
            rating(described),
            tuple(one for one in ordered if skill in one.skills),
        )
        for skill, asked in role.skills.items()
    ]
    return tuple(sorted(gaps, key=_order))


def _order(gap: SkillGap) -> tuple[bool, Decimal, int, str]:
    return (not gap.steps, -(gap.importance or Decimal(0)), -gap.steps, gap.skill.name)


def _steps(asked: SkillLevel, held: SkillLevel | None) -> int:
    """How many levels are missing; what nobody has spoken of counts as not there."""
    have = LEVELS.index(held) + 1 if held else 0
    return max(0, LEVELS.index(asked) + 1 - have)


def rating(skill: SkillDescription) -> Decimal | None:
    """The highest rating, of 5, among those that a skill's importance quotes."""
    text = skill.importance.value if skill.importance else None
    found = [Decimal(number) for number in _RATING.findall(text or "")]
    return max(found, default=None)


def paying_above(catalog: Catalog) -> tuple[SkillDescription, ...]:
    """The skills whose holders are reported to earn above the average, in the catalog's order."""
    return tuple(s for s in catalog.skills.values() if s.pay_effect is not None and s.pay_effect.value == "above")
