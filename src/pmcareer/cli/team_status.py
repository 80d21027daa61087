"""``pmcareer team status``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pmcareer.cli.answering import answer_sheet
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.output import write_through
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options

_EPILOG = """\b
Examples:
  pmcareer team status examples/team/staff.csv
  pmcareer team status examples/team/staff.csv --audience manager --manager E-01
  pmcareer team status examples/team/staff.csv --format json
  pmcareer team status examples/team/staff.csv --rows holdings.csv
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
    from pmcareer.api.team import team_status, write_status_rows
    from pmcareer.views.team_status import status_report, status_sheet

    reading, asked = reading_of(values), asked_of(values, common)
    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, reading)
    found = team_status(catalog, roster, asked)
    if rows := _rows_file(values["rows"]):
        write_through(rows, lambda made: write_status_rows(roster, found, asked, made))
    names = catalog.index.short_names("certifications")
    report, sheet = status_report(found, asked.audience, names), status_sheet(found, asked.audience)
    return answer_sheet(report, sheet, "Holdings", common)


def _rows_file(path: Path | None) -> Path | None:
    """The file, if its ending says how to write it."""
    if path is not None and path.suffix.lower() not in (".csv", ".parquet"):
        raise click.UsageError(f"--rows {path.name}: say a name that ends in .csv or .parquet.")
    return path
