"""What ``pmcareer plan`` can be asked: its options, and how their words are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from pmcareer.cli.completion import complete_certifications, complete_either, complete_roles
from pmcareer.cli.options import DATE, MONEY, Command, Common

if TYPE_CHECKING:
    from pmcareer.api.plans.requests import Asked

EDUCATION = ("none", "secondary", "associate", "bachelor", "master", "doctorate")
OBJECTIVES = ("fastest", "cheapest", "earnings", "fewest-exams")
ENGINES = ("search", "cp-sat")
MOST_ALTERNATIVES = 20

# Who asks, and what binds them whatever they ask.
_PERSON: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--from", "from_", shell_complete=complete_roles, help="The role you are in (default: your profile's)."
    ),
    click.option(
        "--hold",
        multiple=True,
        metavar="CERT[:DATE]",
        shell_complete=complete_certifications,
        help="A certification you hold, and when it was earned; repeatable.",
    ),
    click.option("--experience", multiple=True, metavar="KIND=MONTHS", help="Experience you bring; repeatable."),
    click.option("--education", type=click.Choice(EDUCATION), help="Your highest degree."),
    click.option("--hours-per-week", type=str, metavar="N", help="Hours a week for study (default: 6)."),
    click.option(
        "--budget", type=MONEY, metavar="AMOUNT", help="The most you want to spend, such as 1500 or '1500 EUR'."
    ),
    click.option(
        "--avoid",
        multiple=True,
        metavar="ID",
        shell_complete=complete_either,
        help="A role or certification to leave out; repeatable.",
    ),
    click.option(
        "--let-lapse",
        multiple=True,
        metavar="CERT",
        shell_complete=complete_certifications,
        help="A certification you hold or earn and will not renew; repeatable.",
    ),
    click.option(
        "--horizon",
        type=click.IntRange(1, 60),
        metavar="YEARS",
        help="Arriving later than this is no plan (default: 20, or as far as --by).",
    ),
    click.option("--member", multiple=True, metavar="ID", help="A membership you have, such as pmi; repeatable."),
)

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--to", "to", shell_complete=complete_roles, help="The role you want."),
    *_PERSON,
    click.option("--by", type=DATE, metavar="DATE", help="The last day on which arriving is early enough."),
    click.option("--objective", type=click.Choice(OBJECTIVES), help="What is best (default: fastest)."),
    click.option("--pareto", is_flag=True, help="Every trade-off between time, cost and exams."),
    click.option(
        "--alternatives",
        type=click.IntRange(1, MOST_ALTERNATIVES),
        metavar="N",
        help="So many plans: each does without a role or a certification of every better one.",
    ),
    click.option(
        "--require",
        multiple=True,
        metavar="ID",
        shell_complete=complete_either,
        help="A role to pass or a certification to earn on the way; repeatable.",
    ),
    click.option("--niche", metavar="ID", help="A field of IT: hold a certification that serves it on arrival."),
    click.option("--step-down", is_flag=True, help="Roles that rank below the one you leave may lie on the way."),
)


# What is done with files beside asking the question.
_FILES: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--instance",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Solve a compiled instance instead of asking the catalog; --pareto then trades only time for cost.",
    ),
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="search",
        help="What looks for the plan; cp-sat goes on where search proves nothing (needs pmcareer[solver]).",
    ),
    click.option("--brief", is_flag=True, help="Only plans: not what would help, nor which prices decide (quicker)."),
    click.option("--force", is_flag=True, help="With -o FILE.ics: replace a file that is not ours."),
)


def plan_options(command: Command) -> Command:
    """Give *command* the options of a plan."""
    return _with(command, (*_OPTIONS, *_FILES))


def question_options(command: Command) -> Command:
    """Give *command* the options that say what plan is asked for."""
    return _with(command, _OPTIONS)


def person_options(command: Command) -> Command:
    """Give *command* the options that say who asks."""
    return _with(command, _PERSON)


def _with(command: Command, options: tuple[Callable[[Any], Any], ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def asked(values: dict[str, Any], common: Common) -> Asked:
    """The options as one question of plain words; names are looked up by the library."""
    from pmcareer.api.plans.requests import Asked

    return Asked(
        to=values.get("to"),
        from_=values["from_"],
        holds=tuple(_hold(text) for text in values["hold"]),
        experience=tuple(_experience(text) for text in values["experience"]),
        education=values["education"],
        hours_per_week=_hours(values["hours_per_week"]),
        budget=values["budget"],
        by=values.get("by"),
        objective=values.get("objective"),
        require=values.get("require", ()),
        avoid=values["avoid"],
        let_lapse=values["let_lapse"],
        horizon_years=values["horizon"],
        as_of=common.as_of,
        region=common.region,
        currency=common.currency,
        niche=values.get("niche"),
        members=values["member"],
        step_down=values.get("step_down", False),
        alternatives=values.get("alternatives"),
        pareto=values.get("pareto", False),
        engine=values.get("engine", "search"),
    )


def refuse_empty(values: dict[str, Any]) -> None:
    """An option given without a value was meant to say something: ``--to "$ROLE"`` with nothing in it."""
    for name, value in values.items():
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and not text.strip() for text in texts):
            raise click.UsageError(f"{_spelt(name)} is empty: give it a value, or leave it out.")


def refuse_beside_instance(values: dict[str, Any]) -> None:
    """An instance is a whole question: nothing of another may stand beside it."""
    may_stand = {"instance", "pareto", "alternatives", "brief", "engine"}
    given = click.get_current_context().get_parameter_source
    said = (name for name in values if given(name) is ParameterSource.COMMANDLINE)
    beside = [_spelt(name) for name in said if name not in may_stand]
    if beside:
        raise click.UsageError(f"--instance is a whole question of its own: leave out {', '.join(beside)}.")


def _spelt(name: str) -> str:
    return f"--{name.rstrip('_').replace('_', '-')}"


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
        raise click.BadParameter("study hours of a week are more than 0 and at most 168", param_hint="--hours-per-week")
    return hours


def _decimal(text: str, complaint: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise click.UsageError(complaint) from None
    if not value.is_finite() or value < 0 or value > 10_000:
        raise click.UsageError(complaint)
    return value
