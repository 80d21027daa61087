"""Plans as files for other planners, for ``pmcareer plan -o plan.xml`` and its like."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from pmcareer.cli.options import Common

if TYPE_CHECKING:
    from pmcareer.api.plans.answers import PlanAnswer

# As ``render.schedules`` has them; a table of names does not load the renderers.
SCHEDULE_FORMATS = ("ms-project", "xlsx", "jira", "trello", "mermaid", "plantuml", "taskjuggler")


def write_schedule(found: PlanAnswer, common: Common) -> int:
    """Write the best plan in the format asked for; where there is none, say why instead."""
    from pmcareer.cli.answering import answer, say
    from pmcareer.cli.options import as_text
    from pmcareer.cli.output import write_result
    from pmcareer.render.schedules import render_schedule
    from pmcareer.views.plans.plan import plan_report
    from pmcareer.views.plans.schedule import schedule_of

    schedule = schedule_of(found)
    if schedule is None:
        return answer(plan_report(found), as_text(common))
    if common.format == "xlsx" and common.output is None and sys.stdout.isatty():
        raise click.UsageError("A workbook is no text for a terminal: name a file, such as -o plan.xlsx.")
    write_result(common.output, [render_schedule(schedule, common.format)])
    say([plan_report(found).title], common)
    return 0
