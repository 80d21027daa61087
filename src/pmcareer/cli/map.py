"""``pmcareer map``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer, refuse_misnamed, say
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.output import write_result
from pmcareer.cli.plan_options import asked, question_options, refuse_empty

if TYPE_CHECKING:
    from pmcareer.views.maps.page import MapPage

_ENDINGS = {"svg": (".svg",), "html": (".html", ".htm")}
_EPILOG = """\b
Examples:
  pmcareer map -o map.svg
  pmcareer map --to senior-project-manager -o map.html
  pmcareer map --from project-coordinator --hold capm:2025-03-01 --education bachelor --to cto -o map.svg
  pmcareer map --ladder pmo --ladder agile -o map.svg
  pmcareer map --around project-manager -o map.svg
  pmcareer map --from project-manager --to pmo-director --between -o map.svg
"""


@click.command(epilog=_EPILOG)
@question_options
@click.option("--around", metavar="ROLE", help="Only the moves into ROLE and out of it.")
@click.option("--ladder", multiple=True, metavar="LADDER", help="Only the moves of this ladder; repeatable.")
@click.option("--between", is_flag=True, help="Only the ways up from the role you start in to that of --to.")
@common_options("svg")
def map_(**values: Any) -> int:
    """Show the whole field in one picture: ladders, roles, certifications, the ways between them, and yours.

    A plan's way is marked where one is asked for, by --to or by the profile's goal. HTML can be searched. --around,
    --ladder and --between draw a part: what a large ladder of your own needs to be read.
    """
    refuse_empty(values)
    common = common_of(values, default_format="svg")
    if common.format in _ENDINGS:
        refuse_misnamed(common, *_ENDINGS[common.format])
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.reports.field_map import field_of
    from pmcareer.api.reports.part_of_field import part_named, part_of
    from pmcareer.views.maps.page import map_page

    catalog = load_catalog(common.catalogs)
    profile = load_profile(common.profile) if common.profile else None
    plan = None
    if values["to"] or (profile and profile.goal):
        from pmcareer.api.plans.planning import answer_plan
        from pmcareer.api.plans.requests import plan_request

        plan = answer_plan(catalog, plan_request(catalog, profile, asked(values, common)))
    if values["between"] and plan is None:
        raise click.UsageError("--between needs --to, or a goal in the profile.")
    between = (plan.start, plan.target) if plan is not None and values["between"] else None
    part = part_named(catalog, values["around"] or "", values["ladder"], between)
    field = field_of(catalog, common.as_of, common.region, common.currency, plan)
    return _answer(map_page(part_of(field, part)), common)


def _answer(page: MapPage, common: Common) -> int:
    if common.format == "svg":
        from pmcareer.render.svg_map import render_svg

        drawn = render_svg(page.picture)
    elif common.format == "html":
        from pmcareer.render.html_map import render_map

        drawn = render_map(page)
    else:
        return answer(page.report, common)
    write_result(common.output, [drawn.encode("utf-8", "backslashreplace")])
    say(page.report.notes, common)
    return 1 if common.strict and page.report.verdict == "bad-news" else 0
