"""``pmcareer calendar``: deadlines and milestones as iCalendar files that update in place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.output import write_result

if TYPE_CHECKING:
    from pmcareer.api.answers import PlanAnswer
    from pmcareer.api.calendars import RenewalDates
    from pmcareer.model.catalog import Catalog
    from pmcareer.model.people import Profile
    from pmcareer.views.agenda import Entry
    from pmcareer.views.reminders import Reminders

_EPILOG = """\b
Examples:
  pmcareer calendar export -o deadlines.ics
  pmcareer calendar export --years 6 --kinds renew-by,fee-due --remind 90d,30d,7d -o deadlines.ics
"""
# What a plan shows of certifications that are years away: the pace of their units can wait.
_OF_PLANS = frozenset({"renew-by", "fee-due", "window-opens", "yearly-minimum", "suspension-ends", "expires"})
_IMPORT_NOTE = (
    "Most calendar programs do not update what was imported from a file: use a calendar of its own and replace it, "
    "or subscribe to the file."
)


class RemindersParameter(click.ParamType["Reminders"]):
    """``90d,60d,7d,1d``."""

    name = "reminders"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The reminders, or a usage error that says what is wrong."""
        from pmcareer.views.reminders import parse_reminders

        try:
            return parse_reminders(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.group()
def calendar() -> None:
    """Deadlines and milestones as iCalendar files."""


@calendar.command(epilog=_EPILOG)
@click.option("--years", type=click.IntRange(1, 30), default=3, show_default=True, help="How far ahead.")
@click.option("--kinds", help="Only these kinds of deadlines, such as renew-by,fee-due,pace.")
@click.option("--remind", type=RemindersParameter(), help="Reminders before deadlines, such as 90d,60d,7d,1d.")
@click.option("--force", is_flag=True, help="Replace a file that is not ours.")
@common_options("ics")
def export(**values: Any) -> int:
    """Write the renewal deadlines of your profile as an iCalendar file; over an earlier export it updates in place."""
    common = common_of(values, default_format="ics")
    from pmcareer.api.calendars import renewal_dates
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.views.renewal_agenda import renewal_entries

    if common.profile is None:
        raise click.UsageError("There is no profile: name one with --profile FILE (or try pmcareer plan -o plan.ics).")
    catalog, profile = load_catalog(common.catalogs), load_profile(common.profile)
    found = renewal_dates(catalog, profile, common.as_of, values["years"])
    entries = renewal_entries(found.dates, kinds=_kinds(values["kinds"]), reminders=values["remind"])
    _write("Certification deadlines", entries, profile, common, force=values["force"])
    _notes(found, profile, common)
    return 0


def export_plan(catalog: Catalog, answer: PlanAnswer, profile: Profile, common: Common) -> int:
    """Write a plan's milestones and the renewals of what it earns; for ``pmcareer plan -o plan.ics``."""
    from pmcareer.api.calendars import planned_renewal_dates
    from pmcareer.cli.answering import say
    from pmcareer.views.plan import plan_report
    from pmcareer.views.plan_agenda import plan_entries
    from pmcareer.views.renewal_agenda import renewal_entries

    if not answer.plans:
        from pmcareer.cli.answering import answer as show
        from pmcareer.cli.options import as_text

        return show(plan_report(answer), as_text(common))
    found = planned_renewal_dates(catalog, answer, profile, years=4)

    def entries() -> Iterator[Entry]:
        yield from plan_entries(answer)
        yield from renewal_entries(found.dates, kinds=_OF_PLANS)

    _write(f"Plan: {answer.target_name}", entries(), profile, common, force=False)
    say([plan_report(answer).title], common)
    _notes(found, profile, common)
    return 0


def _write(name: str, entries: Iterator[Entry], profile: Profile, common: Common, *, force: bool) -> None:
    from pmcareer.api.calendars import namespace_of, previous_export
    from pmcareer.render.ics_check import write_checked
    from pmcareer.views.agenda import Agenda
    from pmcareer.views.calendar_changes import changes

    agenda = Agenda(name, namespace_of(profile), common.as_of, entries)
    ledger = previous_export(common.output, force=force) if common.output is not None else None
    write_result(common.output, write_checked(name, changes(agenda, ledger)))


def _notes(found: RenewalDates, profile: Profile, common: Common) -> None:
    from pmcareer.cli.answering import say

    notes = [f"No dates for {name}: its rule is not known." for name in found.undated]
    notes += [str(problem) for problem in found.problems]
    if not profile.calendar_namespace:
        notes.append("Give the profile a calendar_namespace (a random UUID, once) before two people share a calendar.")
    if common.output is not None or not sys.stdout.isatty():
        notes.append(_IMPORT_NOTE)
    say(notes, common)


def _kinds(text: str | None) -> frozenset[str]:
    from pmcareer.views.agenda import Kind

    asked = frozenset(part.strip() for part in (text or "").split(",") if part.strip())
    known = {kind.value for kind in Kind}
    if unknown := sorted(asked - known):
        raise click.UsageError(f"--kinds: {', '.join(unknown)} is none of {', '.join(sorted(known))}.")
    return asked
