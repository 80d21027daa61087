"""``pmcareer plan``."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.interrupting import INTERRUPTED, stopped_by_ctrl_c
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.plan_baseline import baseline_options, refuse_beside_files, with_baselines
from pmcareer.cli.plan_options import asked, plan_options, refuse_beside_instance, refuse_empty
from pmcareer.cli.plan_risk_options import risk_asked, risk_options
from pmcareer.cli.schedule_files import SCHEDULE_FORMATS, write_schedule
from pmcareer.errors import SearchStoppedError

_EPILOG = """\b
Examples:
  pmcareer plan --to project-manager
  pmcareer plan --from software-developer --to technical-project-manager --hours-per-week 8
  pmcareer plan --from project-coordinator --hold capm:2025-03-01 --education bachelor --to cto
  pmcareer plan --from project-manager --experience leading-projects=36 --to consultant --objective cheapest
  pmcareer plan --to "it pm" --avoid csm --by 2031-12-31 --format json
  pmcareer plan --to project-manager --pareto
  pmcareer plan --from project-coordinator --to it-project-manager --alternatives 3 --niche security
  pmcareer plan --to project-manager --risk --by 2030-06-30
  pmcareer plan --to project-manager -o plan.ics
  pmcareer plan --to project-manager -o plan.xml
"""


@click.command(epilog=_EPILOG)
@plan_options
@risk_options
@baseline_options
@common_options("ics", *SCHEDULE_FORMATS, "instance")
def plan(**values: Any) -> int:
    """Find the path to a role: which certifications and roles, when, at what cost, and why."""
    refuse_empty(values)
    common = common_of(values)
    instance_file = values.pop("instance")
    if instance_file is not None:
        refuse_beside_instance(values)
        return _solve_instance(instance_file, values, common)
    refuse_beside_files(values, common.format in ("ics", *SCHEDULE_FORMATS, "instance"))
    if values["pareto"] and (common.format == "ics" or common.format in SCHEDULE_FORMATS):
        raise click.UsageError("Such a file holds one plan: leave out --pareto.")
    if not values["to"] and common.profile is None:
        raise click.UsageError("Say where to: --to ROLE (such as --to project-manager).")
    return _plan(values, common)


def _plan(values: dict[str, Any], common: Common) -> int:
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.plans.planning import advise_plan, answer_plan
    from pmcareer.api.plans.requests import plan_request
    from pmcareer.views.plans.plan import plan_report

    catalog = load_catalog(common.catalogs)
    profile = load_profile(common.profile) if common.profile else None
    request = replace(plan_request(catalog, profile, asked(values, common)), risk=risk_asked(values))
    if common.format == "instance":
        from pmcareer.api.plans.instances import instance_document_of
        from pmcareer.views.plans.instance import instance_report

        return answer(instance_report(instance_document_of(catalog, request)), common, as_json=True)
    with stopped_by_ctrl_c() as stopped:
        brief = values["brief"] or common.format == "ics" or common.format in SCHEDULE_FORMATS
        found = (answer_plan if brief else advise_plan)(catalog, request, stopped)
    if common.format == "ics":
        from pmcareer.cli.calendar import export_plan

        return export_plan(catalog, found, request.profile, common, force=values["force"])
    if common.format in SCHEDULE_FORMATS:
        return write_schedule(found, common)
    report, saved = with_baselines(plan_report(found), catalog, request, found, values, common)
    say((*_profile_note(common), *saved), common)
    code = answer(report, common)
    return INTERRUPTED if stopped() else code


def _profile_note(common: Common) -> tuple[str, ...]:
    return (f"Using the profile {common.profile}.",) if common.profile else ()


def _solve_instance(path: Path, values: dict[str, Any], common: Common) -> int:
    from pmcareer.api.plans.instances import answer_instance, given_up, read_instance
    from pmcareer.views.plans.instance import outcome_report

    instance = read_instance(path)  # Ctrl-C meanwhile ends the program: there is nothing to show yet
    found = given_up(instance)  # unless the search ends by itself, or as it is asked to
    with stopped_by_ctrl_c(SearchStoppedError) as stopped, suppress(SearchStoppedError):
        found = answer_instance(
            instance,
            values["alternatives"] or 1,
            stopped,
            pareto=values["pareto"],
            engine=values["engine"],
            brief=values["brief"],
        )
    code = answer(outcome_report(found, common.as_of, pareto=values["pareto"]), common)
    return INTERRUPTED if stopped() else code
