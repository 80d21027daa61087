"""``pmcareer team check``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.output import write_file
from pmcareer.cli.roster_options import reading_of, roster_options

if TYPE_CHECKING:
    from pmcareer.cli.options import Common
    from pmcareer.reading.rosters.roster import Roster

_EPILOG = """\b
Examples:
  pmcareer team check examples/team/staff.csv
  pmcareer team check examples/team/hris-export.csv --mapping examples/team/hris-mapping.yaml --set-aside mend.csv
  pmcareer team check examples/team/staff.csv --strict --format json
"""


@click.command(epilog=_EPILOG)
@roster_options(audience=False)
@click.option(
    "--show", type=click.IntRange(0, 100_000), default=50, show_default=True, help="How many findings, errors first."
)
@click.option("--set-aside", type=click.Path(path_type=Path), help="Write the rows to mend to this CSV file.")
@common_options()
def check(**values: Any) -> int:
    """Read a roster; say what it holds, and everything in it that cannot be used, with row, column and reason."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.checks import check_roster
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.views.team.rosters import check_report

    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, replace(reading_of(values), thorough=True))
    code = answer(check_report(check_roster(catalog, roster, show=values["show"])), common)
    if values["set_aside"]:
        _write(roster, values["set_aside"], common)
    return code


def _write(roster: Roster, target: Path, common: Common) -> None:
    """The people's rows to *target*, those of a second table beside it."""
    from pmcareer.api.team.checks import set_aside_tables
    from pmcareer.render.csv import csv_rows

    for name, rows in set_aside_tables(roster).items():
        path = target.with_name(f"{target.stem}-{name}{target.suffix}") if name else target
        write_file(path, _encoded(csv_rows(rows)))
        say([f"Rows to mend: {path}"], common)


def _encoded(texts: Iterator[str]) -> Iterator[bytes]:
    return (text.encode("utf-8", "backslashreplace") for text in texts)
