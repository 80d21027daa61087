"""``pmcareer plan``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.completion import complete_certifications, complete_either, complete_roles
from pmcareer.cli.options import DATE, MONEY, Common, common_of, common_options

EDUCATION = ("none", "secondary", "associate", "bachelor", "master", "doctorate")
OBJECTIVES = ("fastest", "cheapest")

_EPILOG = """\b
Examples:
  pmcareer plan --to project-manager
  pmcareer plan --from software-developer --to technical-project-manager --hours-per-week 8
  pmcareer plan --from project-coordinator --hold capm:2025-03-01 --education bachelor --to cto
  pmcareer plan --from project-manager --experience leading-projects=36 --to consultant --objective cheapest
  pmcareer plan --to "it pm" --avoid csm --by 2031-12-31 --format json
  pmcareer plan --to project-manager -o plan.ics
"""


@click.command(epilog=_EPILOG)
@click.option("--to", "to", shell_complete=complete_roles, help="The role you want.")
@click.option("--from", "from_", shell_complete=complete_roles, help="The role you are in (default: your profile's).")
@click.option(
    "--hold",
    multiple=True,
    metavar="CERT[:DATE]",
    shell_complete=complete_certifications,
    help="A certification you hold, and when it was earned; repeatable.",
)
@click.option("--experience", multiple=True, metavar="KIND=MONTHS", help="Experience you bring; repeatable.")
@click.option("--education", type=click.Choice(EDUCATION), help="Your highest degree.")
@click.option("--hours-per-week", type=str, metavar="N", help="Hours a week for study (default: 6).")
@click.option("--budget", type=MONEY, metavar="AMOUNT", help="The most you want to spend, such as 1500 or '1500 EUR'.")
@click.option("--by", type=DATE, metavar="DATE", help="The last day on which arriving is early enough.")
@click.option("--objective", type=click.Choice(OBJECTIVES), default="fastest", show_default=True)
@click.option(
    "--require",
    multiple=True,
    metavar="ID",
    shell_complete=complete_either,
    help="A role to pass or a certification to earn on the way; repeatable.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="ID",
    shell_complete=complete_either,
    help="A role or certification to leave out; repeatable.",
)
@click.option(
    "--let-lapse",
    multiple=True,
    metavar="CERT",
    shell_complete=complete_certifications,
    help="A certification you hold and will not renew; repeatable.",
)
@click.option(
    "--horizon",
    type=click.IntRange(1, 60),
    default=20,
    show_default=True,
    metavar="YEARS",
    help="Arriving later than this is no plan.",
)
@click.option(
    "--instance",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Solve a compiled instance instead of asking the catalog.",
)
@click.option("--force", is_flag=True, help="With -o FILE.ics: replace a file that is not ours.")
@common_options("ics", "instance")
def plan(**values: Any) -> int:
    """Find the path to a role: which certifications and roles, when, at what cost, and why."""
    common = common_of(values)
    instance_file = values.pop("instance")
    if instance_file is not None:
        return _solve_instance(instance_file, common)
    if not values["to"] and common.profile is None:
        raise click.UsageError("Say where to: --to ROLE (such as --to project-manager).")
    return _plan(values, common)


def _plan(values: dict[str, Any], common: Common) -> int:
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.planning import answer_plan, instance_document_of
    from pmcareer.api.profiles import plan_request
    from pmcareer.views.plan import plan_report

    catalog = load_catalog(common.catalogs)
    profile = load_profile(common.profile) if common.profile else None
    request = plan_request(catalog, profile, _asked(values, common))
    if common.format == "instance":
        from pmcareer.views.instance import instance_report

        return answer(instance_report(instance_document_of(catalog, request)), common, as_json=True)
    found = answer_plan(catalog, request)
    if common.format == "ics":
        from pmcareer.cli.calendar import export_plan

        return export_plan(catalog, found, request.profile, common, force=values["force"])
    say(_profile_note(common), common)
    return answer(plan_report(found), common)


def _profile_note(common: Common) -> tuple[str, ...]:
    return (f"Using the profile {common.profile}.",) if common.profile else ()


def _asked(values: dict[str, Any], common: Common) -> Any:
    """The options as one question of plain words; names are looked up by the library."""
    from pmcareer.api.profiles import Asked

    return Asked(
        to=values["to"],
        from_=values["from_"],
        holds=tuple(_hold(text) for text in values["hold"]),
        experience=tuple(_experience(text) for text in values["experience"]),
        education=values["education"],
        hours_per_week=_hours(values["hours_per_week"]),
        budget=values["budget"],
        by=values["by"],
        objective=values["objective"],
        require=values["require"],
        avoid=values["avoid"],
        let_lapse=values["let_lapse"],
        horizon_years=values["horizon"],
        as_of=common.as_of,
        region=common.region,
        currency=common.currency,
    )


def _hold(text: str) -> tuple[str, date | None]:
    name, _, day = text.partition(":")
    return name, DATE.convert(day, None, None) if day else None


def _experience(text: str) -> tuple[str, Decimal]:
    kind, _, months = text.partition("=")
    return kind, _decimal(months, f"--experience {text}: write KIND=MONTHS, such as project-work=14")


def _hours(text: str | None) -> Decimal | None:
    if text is None:
        return None
    hours = _decimal(text, f"--hours-per-week {text}: write a number of hours, such as 6 or 7.5")
    if not 0 < hours <= 168:
        raise click.BadParameter("a week has between 0 and 168 hours", param_hint="--hours-per-week")
    return hours


def _decimal(text: str, complaint: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise click.UsageError(complaint) from None
    if not value.is_finite() or value < 0 or value > 10_000:
        raise click.UsageError(complaint)
    return value


def _solve_instance(path: Path, common: Common) -> int:
    from pmcareer.api.planning import solve_instance_file
    from pmcareer.views.instance import outcome_report

    return answer(outcome_report(solve_instance_file(path), common.as_of), common)
