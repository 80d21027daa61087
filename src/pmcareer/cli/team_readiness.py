"""``pmcareer team readiness``."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer_sheet
from pmcareer.cli.completion import complete_roles
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.output import write_through
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options
from pmcareer.cli.rows_option import rows_file, rows_option, write_sheet

_EPILOG = """\b
Examples:
  pmcareer team readiness examples/team/staff.csv --target senior-project-manager
  pmcareer team readiness examples/team/staff.csv --all-targets
"""


@click.command(epilog=_EPILOG)
@roster_options()
@click.option("--target", shell_complete=complete_roles, metavar="ROLE", help="The role to be filled.")
@click.option("--all-targets", is_flag=True, help="Each role that one move leads to, for everybody.")
@click.option(
    "--nearest",
    type=click.IntRange(1, 100_000),
    default=100,
    show_default=True,
    help="In large rosters list and plan so many, those who lack least.",
)
@rows_option
@common_options()
def readiness(**values: Any) -> int:
    """Show who is ready for a role, what each still lacks, and the months and money until then: a ranked bench."""
    common = common_of(values)
    if (values["target"] is None) == (not values["all_targets"]):
        raise click.UsageError("Say either --target ROLE or --all-targets.")
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.answers import team_readiness, words_for
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.views.team.readiness import KINDS, missing, readiness_report, readiness_sheet

    reading, asked, rows = reading_of(values), asked_of(values, common), rows_file(values["rows"])
    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, reading)
    found = team_readiness(catalog, roster, asked, values["target"], values["nearest"], keep=rows is not None)
    names = words_for(catalog)
    report, sheet = readiness_report(found, asked.audience, names), readiness_sheet(found, asked.audience, names)
    if rows is not None and found.judged:
        from pmcareer.api.team.answers import write_readiness_rows

        write_through(rows, lambda made: write_readiness_rows(roster, found, lambda one: missing(one, names), made))
    else:
        write_sheet(sheet, KINDS, rows)
    return answer_sheet(report, sheet, "Bench", common)
