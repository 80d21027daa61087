"""``pmcareer team coverage``."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer_sheet
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options
from pmcareer.cli.rows_option import rows_file, rows_option, write_sheet

_EPILOG = """\b
Examples:
  pmcareer team coverage examples/team/staff.csv
  pmcareer team coverage examples/team/staff.csv --by location --minimum 3
"""


@click.command(epilog=_EPILOG)
@roster_options()
@click.option("--by", type=click.Choice(("location", "department", "manager")), help="Look at each of these by itself.")
@click.option(
    "--minimum",
    type=click.IntRange(1, 1_000_000),
    default=2,
    show_default=True,
    help="Cover breaks when fewer than so many hold it.",
)
@rows_option
@common_options()
def coverage(**values: Any) -> int:
    """Show what hangs on one person, and the day on which which cover breaks; no renewal is assumed."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.answers import team_coverage
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.views.team.coverage import KINDS, coverage_report, coverage_sheet

    reading, asked, rows = reading_of(values), asked_of(values, common), rows_file(values["rows"])
    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, reading)
    every = rows is not None or common.format == "csv"
    found = team_coverage(catalog, roster, asked, values["by"], values["minimum"], every=every)
    write_sheet(coverage_sheet(found), KINDS, rows)
    names = catalog.index.short_names("certifications")
    report, sheet = coverage_report(found, asked.audience, names), coverage_sheet(found)
    return answer_sheet(report, sheet, "Cover", common)
