"""``pmcareer team status``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer_made, answer_page, answer_sheet
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.output import write_through
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options
from pmcareer.cli.rows_option import rows_file

if TYPE_CHECKING:
    from pmcareer.api.team.answers import RosterOptions, TeamAsked
    from pmcareer.team.status import TeamStatus

_EPILOG = """\b
Examples:
  pmcareer team status examples/team/staff.csv
  pmcareer team status examples/team/staff.csv --audience manager --manager E-01
  pmcareer team status examples/team/staff.csv --format json
  pmcareer team status examples/team/staff.csv --rows holdings.csv
"""


@click.command(epilog=_EPILOG)
@roster_options(spark=True)
@click.option("--rows", type=click.Path(path_type=Path), help="Write every holding to this .csv or .parquet file.")
@common_options()
def status(**values: Any) -> int:
    """Show what a staff holds: expired, suspended, in grace, due and active, by department and manager."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.answers import for_workbook, team_status, write_status_rows
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.views.team.status import status_report, status_sheet, unlisted, with_findings

    on_spark = values["engine"] == "spark"
    values["engine"] = "auto" if on_spark else values["engine"]
    reading, asked, rows = reading_of(values), asked_of(values, common), rows_file(values["rows"])
    catalog = load_catalog(common.catalogs)
    if on_spark:
        found = _by_spark(values["roster"], common, asked, reading, rows)
    else:
        roster = team_roster(catalog, values["roster"], common.as_of, reading)
        found = team_status(catalog, roster, asked)
        if rows is not None:
            write_through(rows, lambda made: write_status_rows(roster, found, asked, made))
    names = catalog.index.short_names("certifications")
    report = status_report(found, asked.audience, names)
    if common.format == "csv" and found.rows is None:
        return answer_made(report, lambda made: write_status_rows(roster, found, asked, made), common)
    if common.format == "xlsx":
        found = found if on_spark else for_workbook(roster, found)
        report = with_findings(report, found, asked.audience)
    if found.rows is None:
        report = unlisted(report)
    sheet = status_sheet(found, asked.audience)
    if common.format == "html":
        from pmcareer.views.charts.team import status_page

        return answer_page(status_page(report, found), common)
    return answer_sheet(report, sheet, "Holdings", common)


def _by_spark(source: str, common: Common, asked: TeamAsked, reading: RosterOptions, rows: Path | None) -> TeamStatus:
    """The answer of a cluster; its rows go into a folder of files."""
    from pmcareer.api.team.spark import spark_status

    found = spark_status(source, common.catalogs, asked, reading)
    if common.format == "csv" and found.status.rows is None:
        raise click.UsageError("A cluster writes the rows of so many itself: --rows FILE.csv, with an answer in text.")
    if rows is not None:
        found.write_rows(rows)
    return found.status
