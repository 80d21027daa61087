"""``pmcareer team calendar``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.deadline_options import RemindersParameter, kinds_of
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.output import make_folder, write_file
from pmcareer.cli.progress import watched
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options
from pmcareer.errors import DataInvalidError

if TYPE_CHECKING:
    from pmcareer.api.team.calendars import PersonDates
    from pmcareer.model.calendar_ledger import Ledger
    from pmcareer.problems import Problem
    from pmcareer.views.calendars.team import TeamCalendar, Wanted

_EPILOG = """\b
Examples:
  pmcareer team calendar examples/team/staff.csv -o calendars --namespace 3f0d6c1e-5b1c-4c62-9a3e-0f6f5d1f2a77
  pmcareer team calendar examples/team/staff.csv -o team --per manager --namespace 3f0d6c1e-5b1c-4c62-9a3e-0f6f5d1f2a77
The folder keeps the namespace; later runs need none, and update in place.
"""
DEFAULT_KINDS = (
    "renew-by,window-opens,reporting-grace-ends,earning-grace-ends,suspension-ends,expires,yearly-minimum,fee-due"
)
_IMPORT_NOTE = "Most calendar programs do not update what was imported from a file: have people subscribe to theirs."


@click.command(name="calendar", epilog=_EPILOG)
@roster_options()
@click.option(
    "--per",
    type=click.Choice(("person", "manager")),
    multiple=True,
    default=("person",),
    show_default=True,
    help="One file for each of these; repeatable.",
)
@click.option("--team-view", is_flag=True, help="Also one file of everybody: names in brackets, no alarms.")
@click.option("--namespace", type=click.UUID, metavar="UUID", help="Once for a new folder, which keeps it.")
@click.option("--years", type=click.IntRange(1, 30), default=3, show_default=True, help="How far ahead.")
@click.option("--kinds", default=DEFAULT_KINDS, help="Only these kinds of deadlines (default: all but pace).")
@click.option("--remind", type=RemindersParameter(), help="Reminders in people's own files, such as 90d,60d,7d,1d.")
@common_options()
def team_calendar(**values: Any) -> int:
    """Write calendar files of the deadlines of a staff into the folder -o; files of before are updated in place."""
    folder: Path | None = values["output"]
    if folder is None or (folder.exists() and not folder.is_dir()):
        raise click.UsageError("-o names the folder for the calendars.")
    values["output"] = None
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.calendars import folder_namespace, people_dates
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.views.calendars.team import Wanted

    reading, asked = reading_of(values), asked_of(values, common)
    namespace = folder_namespace(folder, values["namespace"])
    wanted = Wanted(namespace, common.as_of, kinds_of(values["kinds"]), values["remind"])
    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, reading)

    def people(*, by_manager: bool = False) -> Iterable[PersonDates]:
        return people_dates(catalog, roster, asked, values["years"], by_manager=by_manager)

    return _write(folder, list(_calendars(values, people, wanted, common)), wanted, common)


def _calendars(
    values: dict[str, Any], people: Callable[..., Iterable[PersonDates]], wanted: Wanted, common: Common
) -> Iterator[Iterable[TeamCalendar]]:
    """The calendars asked for, kind by kind; each is made while it is written."""
    from pmcareer.views.calendars.team import manager_calendars, person_calendars, team_calendar

    if "person" in values["per"]:
        yield watched(person_calendars(people(), wanted), "People", common)
    if "manager" in values["per"]:
        yield watched(manager_calendars(people(by_manager=True), wanted), "Managers", common)
    if values["team_view"]:
        yield [team_calendar(people(), wanted)]


def _write(folder: Path, calendars: Iterable[Iterable[TeamCalendar]], wanted: Wanted, common: Common) -> int:
    from pmcareer.api.team.calendars import calendar_name
    from pmcareer.delivery import team_calendars as delivering
    from pmcareer.delivery.publish import Press
    from pmcareer.render.ics_check import CheckedAtFirst
    from pmcareer.views.calendars.team import calendars_report

    def name(kind: str, who: str) -> str:
        return calendar_name(kind, who, wanted.namespace)

    make_folder(folder)
    write_file(delivering.folder_file(folder), [delivering.namespace_as_json(wanted.namespace)])
    refused: list[Problem] = []
    press = Press(_previous, CheckedAtFirst(), write_file)
    chained = chain.from_iterable(calendars)
    written = tuple(delivering.write_calendars(folder, chained, name, press, refused))
    code = answer(calendars_report(written, common.as_of, delivering.others_in(folder, written)), common)
    if refused:
        raise DataInvalidError(refused, hint="the other calendars were written")
    say([_IMPORT_NOTE], common)
    return code


def _previous(path: Path) -> Ledger:
    from pmcareer.api.upkeep.calendars import previous_export

    return previous_export(path, force=False)
