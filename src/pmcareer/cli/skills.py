"""``pmcareer skills``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.completion import complete_roles
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.recording import NEW_PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pmcareer.model.catalog import Catalog
    from pmcareer.model.people import Profile
    from pmcareer.model.roles import Role

_EPILOG = """\b
Examples:
  pmcareer skills --to it-project-manager
  pmcareer skills --to project-manager --have negotiation=working --have leadership=practitioner
  pmcareer skills --to product-owner --have "stakeholder engagement=practitioner"
"""


@click.command(epilog=_EPILOG)
@click.option("--to", default="", metavar="ROLE", shell_complete=complete_roles, help="The role (default: your goal).")
@click.option("--have", multiple=True, metavar="SKILL=LEVEL", help="A skill you have, and how well; repeatable.")
@click.option("--ask", is_flag=True, help="Ask for each skill of the role that you have not told.")
@click.option("--save", is_flag=True, help="Write what you told here into the profile, where it is not there yet.")
@common_options()
def skills(**values: Any) -> int:
    """Hold the skills you have against those a role asks: the gaps by importance, and what teaches them.

    Levels are awareness, working, practitioner and expert; the profile's `skills` are taken first.
    """
    common = common_of(values)
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.person.skills import answer_skills, role_asked, skills_said
    from pmcareer.views.catalog.skills import skills_report

    if values["ask"] and not sys.stdin.isatty():
        raise click.UsageError("--ask needs a terminal; say --have SKILL=LEVEL instead.")
    catalog = load_catalog(common.catalogs)
    profile = load_profile(common.profile) if common.profile else None
    role = role_asked(catalog, profile, values["to"])
    said = skills_said(catalog, values["have"])
    if values["ask"]:
        said |= skills_said(catalog, tuple(_asked(catalog, role, profile, set(said))))
    if values["save"]:
        _save(said, common)
    return answer(skills_report(answer_skills(catalog, role, profile, said, common.as_of)), common)


def _save(said: Mapping[Any, Any], common: Common) -> None:
    from pmcareer.api.person.skills import keep_skills

    path = common.profile or NEW_PROFILE
    written = keep_skills(path, said)
    kept = [skill for skill in said if skill not in written]
    notes = [f"Written into {path}: {', '.join(written)}."] if written else []
    say(notes + ([f"Left as {path} has them: {', '.join(kept)}."] if kept else []), common)


def _asked(catalog: Catalog, role: Role, profile: Profile | None, said: set[Any]) -> Iterator[str]:
    """What the dialogue on stderr brought, as ``--have`` would give it."""
    from pmcareer.advice.skill_gaps import LEVELS

    known = said | set(profile.skills if profile else ())
    click.echo("0 none, " + ", ".join(f"{n} {level}" for n, level in enumerate(LEVELS, start=1)), err=True)
    for skill in role.skills:
        if skill not in known:
            described = catalog.skills[skill]
            text = f"{described.name}: {described.summary}"
            level = click.prompt(text, default=0, show_default=False, type=click.IntRange(0, len(LEVELS)), err=True)
            if level:
                yield f"{skill}={LEVELS[level - 1]}"
