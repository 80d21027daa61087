"""Skills against a role: the gaps by importance, what teaches them, and what is said to pay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pmcareer.advice.skill_gaps import SkillGap
from pmcareer.api.person.skills import SkillsAnswer
from pmcareer.model.figures import Figure
from pmcareer.model.sources import cite
from pmcareer.views.report import Block, Cell, Column, Plain, Report, Table, lines
from pmcareer.views.resolved import backing
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.skills/1"
_TEACHERS = 3
_COLUMNS = (
    Column("Skill", flexible=True),
    Column("Asked"),
    Column("Yours"),
    Column("Importance", "right"),
    Column("Pay"),
    Column("Taught by", flexible=True),
)


def skills_report(found: SkillsAnswer) -> Report:
    """The role's skills as a table, what is missing first."""
    missing = [gap for gap in found.gaps if gap.steps]
    title = f"{found.role.name}: {counted(len(missing), 'skill')} of {len(found.gaps)} to work on"
    return Report(title, tuple(_blocks(found)), _document(found), verdict="bad-news" if missing else "fine")


def _blocks(found: SkillsAnswer) -> Iterator[Block]:
    yield Table(_COLUMNS, tuple(_row(gap) for gap in found.gaps))
    if unsaid := [gap.skill.id for gap in found.gaps if gap.held is None]:
        yield lines("Not said, and counted as missing", [", ".join(unsaid)], "dim")
    if found.paying:
        yield lines("Reported with pay above the average; an association, not a promise", list(_paying(found)))
    yield lines("What the columns rest on", list(_notes(found)), "dim")


def _row(gap: SkillGap) -> tuple[Cell, ...]:
    taught = [one.abbreviation or one.name for one in gap.taught_by[:_TEACHERS]]
    more = len(gap.taught_by) - len(taught)
    return (
        Cell(gap.skill.name, "strong" if gap.steps else "plain"),
        Cell(gap.asked),
        Cell(gap.held or "not said", "warn" if gap.steps else "good"),
        Cell("unknown" if gap.importance is None else f"{gap.importance}"),
        Cell(_value(gap.skill.pay_effect)),
        Cell((", ".join(taught) + (f" and {more} more" if more > 0 else "")) if gap.steps else ""),
    )


def _value(figure: Figure[Any] | None) -> str:
    return "unknown" if figure is None or figure.value is None else str(figure.value)


def _paying(found: SkillsAnswer) -> Iterator[str]:
    asked = {gap.skill.id for gap in found.gaps}
    for skill in found.paying:
        source = cite(skill.pay_effect.provenance, found.sources) if skill.pay_effect else None
        yield f"{skill.name}{'' if skill.id in asked else ' (not asked by this role)'}" + (
            f": {source.title} ({source.standing.value})" if source and source.title else ""
        )


def _notes(found: SkillsAnswer) -> Iterator[str]:
    yield "Importance: O*NET's ratings of IT project managers' skills, styles and knowledge, of 5; the highest quoted."
    yield "The levels asked, and which certification is about which skill: our judgement unless shown otherwise."
    if (note := found.role.note) and found.gaps:
        yield note


# --- pmcareer.skills/1 ----------------------------------------------------------------------------------------------


def _document(found: SkillsAnswer) -> dict[str, Plain]:
    return {
        "schema": SCHEMA,
        "as_of": found.as_of.isoformat(),
        "role": found.role.id,
        "skills": [_gap(gap, found) for gap in found.gaps],
        "paying_above": [skill.id for skill in found.paying],
    }


def _gap(gap: SkillGap, found: SkillsAnswer) -> Plain:
    skill = gap.skill
    return {
        "id": skill.id,
        "name": skill.name,
        "asked": gap.asked,
        "held": gap.held,
        "steps": gap.steps,
        "importance": _figure(skill.importance, found),
        "pay_effect": _figure(skill.pay_effect, found),
        "taught_by": [one.id for one in gap.taught_by],
    }


def _figure(figure: Figure[Any] | None, found: SkillsAnswer) -> Plain:
    if figure is None or figure.value is None:
        return None
    return {"value": figure.value, **backing(figure.provenance, found.sources)}
