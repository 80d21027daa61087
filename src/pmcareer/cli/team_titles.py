"""``pmcareer team titles``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.options import common_of, common_options

_EPILOG = """\b
Examples:
  pmcareer team titles --title "SR PROJECT MGR" --title "Manager, project, IT"
  pmcareer team titles examples/team/staff.csv --format json
  pmcareer team titles examples/team/staff.csv --dictionary examples/team/titles.yaml
"""


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--title", "titles", multiple=True, metavar="TITLE", help="A title; repeatable.")
@click.option("--dictionary", type=click.Path(path_type=Path), help="Your own titles and their roles (YAML or CSV).")
@common_options()
def titles(**values: Any) -> int:
    """Say which roles job titles mean: those of FILE (its column 'title', or one a line) or of --title."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.titles import match_titles
    from pmcareer.views.team.titles import titles_report

    matched = match_titles(
        load_catalog(common.catalogs),
        common.as_of,
        values["titles"],
        file=values["file"],
        dictionary=values["dictionary"],
    )
    return answer(titles_report(matched), common)
