"""``pmcareer near``."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.plan_options import asked, person_options
from pmcareer.cli.renewals import SpanParameter

_EPILOG = """\b
Examples:
  pmcareer near
  pmcareer near --from project-coordinator --hold capm:2025-03-01 --within 12m
  pmcareer near --from software-developer --certifications --niche security --budget 500
  pmcareer near --from project-manager --roles --within 5y --format json
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--within", type=SpanParameter(), metavar="SPAN", help="Only what comes in this time, such as 12m (default: 24m)."
)
@click.option("--roles", is_flag=True, help="Roles only.")
@click.option("--certifications", is_flag=True, help="Certifications only.")
@click.option("--niche", metavar="ID", default="", help="Only what serves this field of IT, such as security.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="So many at most of each: roles and certifications, open now and later.",
)
@click.option("--sources", is_flag=True, help="List the sources of hours and prices at the end.")
@person_options
@common_options()
def near(**values: Any) -> int:
    """List what you almost qualify for, by months and money: roles to step into, certifications to sit."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.reasons.near import Kind, answer_near
    from pmcareer.views.reasons.near import near_report

    both: tuple[Kind, ...] = ("roles", "certifications")
    found = answer_near(
        load_catalog(common.catalogs),
        load_profile(common.profile) if common.profile else None,
        asked(values, common),
        within_days=values["within"].in_days if values["within"] else None,
        kinds=tuple(kind for kind in both if values[kind]) or both,
        niche=values["niche"],
        limit=values["limit"],
    )
    return answer(near_report(found, sources=values["sources"]), common)
