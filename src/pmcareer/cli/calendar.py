"""``pmcareer calendar``: deadlines and milestones as iCalendar files that update in place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.calendar_delivery import publish, push
from pmcareer.cli.deadline_options import OF_PLANS, PLANNED_YEARS, deadline_notes, deadline_options, profile_agenda
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.output import write_result

if TYPE_CHECKING:
    from pmcareer.api.plans.answers import PlanAnswer
    from pmcareer.api.upkeep.calendars import RenewalDates
    from pmcareer.model.catalog import Catalog
    from pmcareer.model.people import Profile
    from pmcareer.views.agenda import Agenda, Entry

_EPILOG = """\b
Examples:
  pmcareer calendar export -o deadlines.ics
  pmcareer calendar export --plan --study-blocks -o career.ics
  pmcareer calendar export --years 6 --kinds renew-by,fee-due --remind 90d,30d,7d -o deadlines.ics
"""
_IMPORT_NOTE = (
    "Most calendar programs do not update what was imported from a file: use a calendar of its own and replace it, "
    "or bring it there with pmcareer calendar push, or subscribe to what pmcareer calendar publish writes."
)


@click.group()
def calendar() -> None:
    """Deadlines and milestones as iCalendar files."""


@calendar.command(epilog=_EPILOG)
@deadline_options
@click.option("--force", is_flag=True, help="Replace a file that is not ours.")
@common_options("ics", only=True)
def export(**values: Any) -> int:
    """Write the renewal deadlines of your profile as an iCalendar file; over an earlier export it updates in place."""
    common = common_of(values, default_format="ics")
    agenda, found, profile = profile_agenda(values, common)
    _write(agenda, common, force=values["force"])
    _notes(found, profile, common)
    return 0


def export_plan(catalog: Catalog, answer: PlanAnswer, profile: Profile, common: Common, *, force: bool = False) -> int:
    """Write a plan's milestones and the renewals of what it earns; for ``pmcareer plan -o plan.ics``."""
    from pmcareer.api.upkeep.calendars import namespace_of, planned_renewal_dates
    from pmcareer.cli.answering import say
    from pmcareer.views.agenda import Agenda
    from pmcareer.views.calendars.plan import plan_entries
    from pmcareer.views.calendars.renewals import renewal_entries
    from pmcareer.views.plans.plan import plan_report

    if not answer.plans:
        from pmcareer.cli.answering import answer as show
        from pmcareer.cli.options import as_text

        return show(plan_report(answer), as_text(common))
    found = planned_renewal_dates(catalog, answer, profile, years=PLANNED_YEARS)

    def entries() -> Iterator[Entry]:
        yield from plan_entries(answer)
        yield from renewal_entries(found.dates, kinds=OF_PLANS)

    _write(Agenda(f"Plan: {answer.target_name}", namespace_of(profile), common.as_of, entries()), common, force=force)
    say([plan_report(answer).title], common)
    _notes(found, profile, common)
    return 0


def _write(agenda: Agenda, common: Common, *, force: bool) -> None:
    from pmcareer.api.upkeep.calendars import previous_export
    from pmcareer.cli.answering import say
    from pmcareer.render.ics_check import write_checked
    from pmcareer.views.agenda import GOOGLE_TAKES
    from pmcareer.views.calendars.changes import changes

    ledger = previous_export(common.output, force=force) if common.output is not None else None
    size = write_result(common.output, write_checked(agenda.name, changes(agenda, ledger)))
    if size > GOOGLE_TAKES:
        say(
            [f"The calendar has {size:,} bytes; Google Calendar takes no more than 1 MB: see --years and --kinds."],
            common,
        )


def _notes(found: RenewalDates, profile: Profile, common: Common) -> None:
    from pmcareer.cli.answering import say

    imported = common.output is not None or not sys.stdout.isatty()
    say([*deadline_notes(found, profile), *([_IMPORT_NOTE] if imported else [])], common)


calendar.add_command(push)
calendar.add_command(publish)
