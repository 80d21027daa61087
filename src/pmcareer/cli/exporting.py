"""``pmcareer export``: the profile in formats of others."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.options import common_of, common_options


@click.group()
def export() -> None:
    """Your profile in formats that other programs read."""


@export.command(
    name="json-resume",
    epilog="""\b
Examples:
  pmcareer export json-resume
  pmcareer export json-resume -o resume.json
""",
)
@common_options()
def json_resume(**values: Any) -> int:
    """A resume in the JSON Resume format (jsonresume.org): roles, certificates, education, skills.

    Notes, units, money and goals stay in the profile.
    """
    common = common_of(values)
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.person.resumes import resume_of
    from pmcareer.views.person.json_resume import json_resume_report

    if common.profile is None:
        raise click.UsageError("There is no profile: name one with --profile FILE, or begin with `pmcareer init`.")
    resume = resume_of(load_catalog(common.catalogs), load_profile(common.profile), common.as_of)
    return answer(json_resume_report(resume), common, as_json=True)
