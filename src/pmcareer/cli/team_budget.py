"""``pmcareer team budget``."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer_sheet
from pmcareer.cli.completion import complete_roles
from pmcareer.cli.options import DATE, MONEY, common_of, common_options
from pmcareer.cli.progress import watched
from pmcareer.cli.roster_options import asked_of, reading_of, roster_options

_EPILOG = """\b
Examples:
  pmcareer team budget 3000 examples/team/staff.csv --target it-project-manager=2 --by 2028-12-31
  pmcareer team budget "5000 GBP" examples/team/staff.csv --target "senior pm" --target scrum-master=1
"""


@click.command(epilog=_EPILOG)
@click.argument("amount", type=MONEY)
@roster_options()
@click.option(
    "--target", multiple=True, required=True, metavar="ROLE[=N]", shell_complete=complete_roles, help="A role to fill."
)
@click.option("--by", type=DATE, metavar="DATE", help="The last day on which somebody may be ready.")
@click.option(
    "--nearest",
    type=click.IntRange(1, 100_000),
    default=100,
    show_default=True,
    help="For each role seek a way for so many, those who lack least.",
)
@common_options()
def budget(**values: Any) -> int:
    """Choose who is to earn what so that AMOUNT fills most positions; then at least cost, then earliest."""
    common = common_of(values)
    if common.currency and common.currency != values["amount"].currency:
        raise click.UsageError(f"The budget is in {values['amount'].currency}, and so are the prices: no --currency.")
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.team.answers import words_for
    from pmcareer.api.team.budget import BudgetAsked, team_budget, wanted_of
    from pmcareer.api.team.rosters import team_roster
    from pmcareer.views.team.budget import budget_report, budget_sheet

    reading, asked = reading_of(values), asked_of(values, common)
    catalog = load_catalog(common.catalogs)
    roster = team_roster(catalog, values["roster"], common.as_of, reading)
    how = BudgetAsked(values["amount"], wanted_of(catalog, values["target"]), values["by"], values["nearest"])
    found = team_budget(catalog, roster, asked, how, lambda items: watched(items, "Planning", common))
    names = words_for(catalog)
    report, sheet = budget_report(found, asked.audience, names), budget_sheet(found, asked.audience)
    return answer_sheet(report, sheet, "Choice", common)
