"""``pmcareer why``."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.completion import complete_either
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.plan_options import asked, person_options

_EPILOG = """\b
Examples:
  pmcareer why pmp --from project-coordinator --experience leading-projects=20
  pmcareer why "it project manager" --from project-coordinator --hold capm:2025-03-01
  pmcareer why senior-project-manager --from project-manager --all --sources
  pmcareer why prince2-practitioner --format json

The marks: ✓ met, ✗ not met, · part of the study, ? taken as met since no data can tell.
"""


@click.command(epilog=_EPILOG)
@click.argument("wanted", metavar="ID", shell_complete=complete_either)
@click.option("--all", "all_ways", is_flag=True, help="Every way in as a tree, not only the nearest.")
@click.option("--sources", is_flag=True, help="List the sources at the end.")
@person_options
@common_options()
def why(**values: Any) -> int:
    """Say what stands between you and ID, a role or a certification: what is met, what is missing, and from when."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.reasons.why import answer_why
    from pmcareer.views.reasons.why import why_report

    profile = load_profile(common.profile) if common.profile else None
    found = answer_why(load_catalog(common.catalogs), profile, asked(values, common), values["wanted"])
    return answer(why_report(found, all_ways=values["all_ways"], sources=values["sources"]), common)
