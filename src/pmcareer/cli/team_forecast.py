"""``pmcareer team forecast``."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer_page, answer_sheet
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options
from pmcareer.cli.rows_option import rows_file, rows_option, write_sheet

_EPILOG = """\b
Examples:
  pmcareer team forecast examples/team/staff.csv
  pmcareer team forecast examples/team/staff.csv --quarters 4 --region uk
"""


@click.command(epilog=_EPILOG)
@roster_options()
@click.option(
    "--quarters",
    type=click.IntRange(1, 40),
    default=8,
    show_default=True,
    help="How many quarters, the present one included.",
)
@rows_option
@common_options()
def forecast(**values: Any) -> int:
    """Show renewals, units and fees by quarter, if everybody keeps what they hold."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.answers import team_forecast
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.views.team.forecast import KINDS, forecast_report, forecast_sheet

    reading, asked, rows = reading_of(values), asked_of(values, common), rows_file(values["rows"])
    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, reading)
    found = team_forecast(catalog, roster, asked, values["quarters"])
    names = catalog.index.short_names("certifications")
    report, sheet = forecast_report(found, asked.audience, names), forecast_sheet(found)
    write_sheet(sheet, KINDS, rows)
    if common.format == "html":
        from pmcareer.views.charts.team import forecast_page

        return answer_page(forecast_page(report, found), common)
    return answer_sheet(report, sheet, "Quarters", common)
