"""Imported name, education and skills: the highest degree that is finished, and the skills that the catalog has.

What degrees and levels mean is read from common words, which is judgement; what says nothing clear is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pmcareer.api.imports.draft import Draft, Item, Outcome
from pmcareer.api.names import Names
from pmcareer.model.ids import SkillId
from pmcareer.model.names import plain
from pmcareer.model.people import EducationHeld, UnmatchedKind
from pmcareer.model.requirements import EducationLevel
from pmcareer.model.statements import StatedEducation, StatedSkill
from pmcareer.problems import Position
from pmcareer.profiles.changes import SetValue

SKILL_LEVELS = ("awareness", "working", "practitioner", "expert")
_LEVEL_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("beginner", "basic", "novice", "elementary", "awareness"), "awareness"),
    **dict.fromkeys(("intermediate", "working", "competent"), "working"),
    **dict.fromkeys(("advanced", "proficient", "practitioner", "senior"), "practitioner"),
    **dict.fromkeys(("expert", "master", "mastery"), "expert"),
}
# The highest first: "Master" also stands in "Master's after a bachelor's".
_DEGREES: Sequence[tuple[EducationLevel, re.Pattern[str]]] = tuple(
    (level, re.compile(rf"(?:^|-)(?:{words})(?:-|$)"))
    for level, words in (
        (EducationLevel.DOCTORATE, "phd|ph-d|dphil|doctor|doctorate|doctoral|dba|edd"),
        (
            EducationLevel.MASTER,
            "master|masters|msc|m-sc|m-s|ms|ma|m-a|mba|emba|meng|mphil|mtech|m-tech|mpa|mpm|llm|magister",
        ),
        (
            EducationLevel.BACHELOR,
            "bachelor|bachelors|bsc|b-sc|b-s|bs|ba|b-a|bba|beng|b-eng|btech|b-tech|bcom|b-com|llb",
        ),
        (EducationLevel.ASSOCIATE, "associate|associates|aas|a-a-s|a-s|foundation-degree|hnd"),
        (EducationLevel.SECONDARY, "high-school|secondary|ged|a-levels?|abitur|baccalaureate|diploma-of-secondary"),
    )
)
_LEVELS = tuple(EducationLevel)


def level_of_degree(degree: str) -> EducationLevel | None:
    """The level of a degree in a school's words; None where no word tells it."""
    form = plain(degree.replace("'", "").replace("’", ""))
    return next((level for level, pattern in _DEGREES if pattern.search(form)), None)


def import_name(draft: Draft, name: str, at: Position) -> None:
    """Take the person's name into the draft, for resumes; another one that the profile has stays."""
    if not name:
        return
    item = Item("name", name, at, Outcome.ADDED)
    held = draft.profile.name
    if not held:
        draft.make(SetValue("name", name))
    elif held == name:
        item = replace(item, outcome=Outcome.THERE)
    else:
        item = replace(item, outcome=Outcome.DIFFERS, note=f"the profile says {held}")
    draft.items.append(item)


def import_educations(draft: Draft, educations: Sequence[StatedEducation]) -> None:
    """Take the highest finished degree into the draft; one that the profile has is never lowered or overwritten."""
    finished: list[tuple[Item, EducationLevel]] = []
    for stated in educations:
        item = Item("education", stated.degree or stated.school, stated.at, Outcome.UNMATCHED, stated.school)
        own = stated.own_level if stated.own_level in _LEVELS else None
        level = EducationLevel(own) if own else level_of_degree(stated.degree)
        if stated.to and stated.to.last and stated.to.last > draft.as_of:
            draft.items.append(replace(item, outcome=Outcome.LEFT_OUT, note=f"not finished on {draft.as_of}"))
        elif level is None:
            kept = replace(item, note="its level is not clear")
            draft.keep(kept, UnmatchedKind.EDUCATION, stated.from_, stated.to, "")
        else:
            finished.append(
                (replace(item, id=level.value, outcome=Outcome.LEFT_OUT, note="a higher one is there"), level)
            )
    if finished:
        _take_highest(draft, finished)


def _take_highest(draft: Draft, finished: list[tuple[Item, EducationLevel]]) -> None:
    highest = max(finished, key=lambda one: one[1].rank)
    for one in finished:
        draft.items.append(_taken(draft, *one) if one is highest else one[0])


def _taken(draft: Draft, item: Item, level: EducationLevel) -> Item:
    held = draft.profile.education
    if held is None:
        draft.make(SetValue("education", EducationHeld(level, institution=item.by)))
        return replace(item, outcome=Outcome.ADDED, note="")
    if held.level.rank < level.rank:
        note = f"the profile says {held.level.value}; change it by hand if this one is finished"
        return replace(item, outcome=Outcome.DIFFERS, note=note)
    return replace(item, outcome=Outcome.THERE, note="")


def import_skills(draft: Draft, skills: Sequence[StatedSkill], level: str) -> None:
    """Take the skills that the catalog has; *level* is that of skills which say none (nothing: they are left out)."""
    names = Names("skill", draft.catalog.index.forms("skills"))
    for stated in skills:
        found = names.ids.get(plain(stated.name), ())
        item = Item("skill", stated.name, stated.at, Outcome.LEFT_OUT, note="the catalog has no such skill")
        if len(found) == 1:
            own = SkillId(found[0])
            item = _skill(draft, replace(item, id=own), own, _LEVEL_WORDS.get(plain(stated.level), level))
        draft.items.append(item)


def _skill(draft: Draft, item: Item, own: SkillId, level: str) -> Item:
    if own in draft.profile.skills:
        return replace(item, outcome=Outcome.THERE, note="")
    if not level:
        return replace(item, note="how well it is mastered is not said: --skill-level LEVEL")
    draft.make(SetValue(own, level, "skills"))
    return replace(item, outcome=Outcome.ADDED, note=level)
