"""``pmcareer report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer_page, refuse_misnamed
from pmcareer.cli.interrupting import INTERRUPTED, stopped_by_ctrl_c
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.plan_baseline import against_baseline_option, baseline_named
from pmcareer.cli.plan_options import asked, question_options, refuse_empty
from pmcareer.cli.plan_risk_options import risk_asked, risk_options

if TYPE_CHECKING:
    from pmcareer.api.reports.reporting import BaselineAsked

_EPILOG = """\b
Examples:
  pmcareer report --to project-manager -o report.html
  pmcareer report --from project-coordinator --hold capm:2025-03-01 --education bachelor --to cto -o report.html
  pmcareer report --to project-manager --pareto --risk -o choices.html
  pmcareer report --hold pmp:2024-06-15 -o deadlines.html
"""


@click.command(epilog=_EPILOG)
@question_options
@risk_options
@against_baseline_option
@common_options()
def report(**values: Any) -> int:
    """Make one page to show: the plan as a Gantt chart, cost, pay, what is held, what is due, and who says so.

    The page is one HTML file that asks nothing of the network. It has what `plan` and `renewals` answer.
    """
    refuse_empty(values)
    common = common_of(values, default_format="html")
    if common.format == "html":
        refuse_misnamed(common, ".html", ".htm")
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.reports.reporting import answer_report
    from pmcareer.views.pages.report import report_page

    profile = load_profile(common.profile) if common.profile else None
    catalog = load_catalog(common.catalogs)
    with stopped_by_ctrl_c() as stopped:
        baseline = _baseline(values, common)
        found = answer_report(catalog, profile, asked(values, common), risk_asked(values), stopped, baseline)
    code = answer_page(report_page(found), common)
    return INTERRUPTED if stopped() else code


def _baseline(values: dict[str, Any], common: Common) -> BaselineAsked | None:
    from pmcareer.api.reports.reporting import BaselineAsked

    said = values["against_baseline"]
    return None if said is None else BaselineAsked(baseline_named(said), common.profile)
