"""``pmcareer team status``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options

_EPILOG = """\b
Examples:
  pmcareer team status staff.csv
  pmcareer team status staff.csv --audience manager --manager E-17
  pmcareer team status staff.csv --format json
"""


@click.command(epilog=_EPILOG)
@roster_options()
@click.option("--rows", type=click.Path(path_type=Path), help="Write every holding to this .csv or .parquet file.")
@common_options()
def status(**values: Any) -> int:
    """Show what a staff holds: expired, suspended, in grace, due and active, by department and manager."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.rosters import team_roster
    from pmcareer.api.team import team_status
    from pmcareer.views.team_status import status_report, status_sheet

    reading, asked = reading_of(values), asked_of(values, common)
    catalog = load_catalog(common.catalogs)
    found = team_status(catalog, team_roster(catalog, values["roster"], common.as_of, reading), asked)
    if common.format == "csv":
        return answer(status_sheet(found, asked.audience), common)
    return answer(status_report(found, asked.audience, catalog.index.short_names("certifications")), common)
