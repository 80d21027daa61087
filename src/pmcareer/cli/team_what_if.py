"""``pmcareer team what-if``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from pmcareer.cli.answering import answer_sheet
from pmcareer.cli.completion import complete_roles
from pmcareer.cli.options import DATE, common_of, common_options
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options

_EPILOG = """\b
Examples:
  pmcareer team what-if examples/team/staff.csv --leave E-02
  pmcareer team what-if examples/team/staff.csv --earn "E-03=PRINCE2 Practitioner" --promote E-04=junior-project-manager
  pmcareer team what-if examples/team/staff.csv --join "Ana,role=project-manager,location=Leeds,pmp:2025-03-01"
"""


@click.command(name="what-if", epilog=_EPILOG)
@roster_options()
@click.option("--leave", multiple=True, metavar="PERSON", help="Somebody leaves; repeatable, as all of these.")
@click.option("--join", multiple=True, metavar="NAME,…", help="Somebody comes: NAME,role=ROLE,location=L,CERT:DATE,….")
@click.option("--promote", multiple=True, metavar="PERSON=ROLE", help="Somebody moves to another role.")
@click.option("--let-lapse", multiple=True, metavar="PERSON=CERT", help="Somebody gives a certification up.")
@click.option("--earn", multiple=True, metavar="PERSON=CERT[:DATE]", help="Somebody earns one, by the day compared.")
@click.option("--on", type=DATE, metavar="DATE", help="The day on which both sides are looked at (default: today).")
@click.option("--by", type=click.Choice(("location", "department", "manager")), help="Cover of each by itself.")
@click.option("--minimum", type=click.IntRange(1, 1_000_000), default=2, show_default=True, help="Fewer are no cover.")
@click.option(
    "--target",
    multiple=True,
    metavar="ROLE",
    shell_complete=complete_roles,
    help="Readiness for this role (default: the roles that are left).",
)
@common_options()
def what_if(**values: Any) -> int:
    """Show what changes in status, cover and readiness if people leave, come, move, or let lapse and earn things."""
    common = common_of(values)
    common = replace(common, as_of=values["on"] or common.as_of)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.answers import words_for
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.api.team.what_if import Said, WhatIfAsked, team_what_if
    from pmcareer.views.team.what_if import what_if_report, what_if_sheet

    reading, asked = reading_of(values), asked_of(values, common)
    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, reading)
    said = Said(values["leave"], values["join"], values["promote"], values["let_lapse"], values["earn"])
    how = WhatIfAsked(values["by"], values["minimum"], values["target"])
    found = team_what_if(catalog, roster, asked, said, how)
    names = words_for(catalog)
    report, sheet = what_if_report(found, asked.audience, names), what_if_sheet(found, asked.audience, names)
    return answer_sheet(report, sheet, "Differences", common)
