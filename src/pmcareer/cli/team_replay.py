"""``pmcareer team replay``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer_sheet
from pmcareer.cli.options import DATE, Common, common_of, common_options
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options
from pmcareer.cli.rows_option import rows_file, rows_option, write_sheet

if TYPE_CHECKING:
    from pmcareer.api.team.answers import RosterOptions, TeamAsked
    from pmcareer.model.catalog import Catalog
    from pmcareer.team.replay import TeamReplay

_FOLDER = click.Path(path_type=Path)
_EPILOG = """\b
Examples:
  pmcareer team replay examples/team/staff.csv --rules-before 2022-12-31 --rules-after 2023-01-01
  pmcareer team replay examples/team/staff.csv --catalog-after examples/overlays/acme
"""


@click.command(epilog=_EPILOG)
@roster_options()
@click.option("--rules-before", type=DATE, metavar="DATE", help="The rules in force on this day …")
@click.option("--rules-after", type=DATE, metavar="DATE", help="… against those in force on this one.")
@click.option("--catalog-before", type=_FOLDER, multiple=True, help="Instead of days: a folder only the first has.")
@click.option("--catalog-after", type=_FOLDER, multiple=True, help="A folder that only the second catalog has.")
@rows_option
@common_options()
def replay(**values: Any) -> int:
    """Show who moved when the rules changed: the same staff on the same day, by the rules of two days or catalogs."""
    common = common_of(values)
    reading, asked, rows = reading_of(values), asked_of(values, common), rows_file(values["rows"])
    found, catalog = _found(values, common, reading, asked)
    from pmcareer.views.team.replay import KINDS, replay_report, replay_sheet

    names = catalog.index.short_names("certifications")
    report, sheet = replay_report(found, asked.audience, names), replay_sheet(found, asked.audience)
    write_sheet(sheet, KINDS, rows)
    return answer_sheet(report, sheet, "Moved", common)


def _found(
    values: dict[str, Any], common: Common, reading: RosterOptions, asked: TeamAsked
) -> tuple[TeamReplay, Catalog]:
    """The answer, and the catalog that names what is in it."""
    days = (values["rules_before"], values["rules_after"])
    folders = (values["catalog_before"], values["catalog_after"])
    if any(days) == any(folders) or None in days != (None, None):
        raise click.UsageError("Say --rules-before DATE and --rules-after DATE, or --catalog-before or -after DIR.")
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.replay import replay_catalogs, replay_days
    from pmcareer.api.team.rosters import team_roster

    if any(days):
        catalog = load_catalog(common.catalogs)
        roster = team_roster(catalog, values["roster"], common.as_of, reading)
        return replay_days(catalog, roster, asked, *days), catalog
    before, after = (load_catalog((*common.catalogs, *own)) for own in folders)
    roster = team_roster(after, values["roster"], common.as_of, reading)
    return replay_catalogs(before, after, roster, asked), after
