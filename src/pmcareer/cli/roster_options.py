"""Options of commands that read a roster: the file, how it is to be read, and for whom the answer is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.options import Command, Common

if TYPE_CHECKING:
    from pmcareer.api.team.answers import RosterOptions, TeamAsked

_PATH = click.Path(path_type=Path)

_READING: tuple[Callable[[Any], Any], ...] = (
    click.argument("roster", metavar="ROSTER"),
    click.option("--holdings", type=_PATH, help="A second file with what people hold."),
    click.option("--mapping", type=_PATH, help="A YAML file with the names of your columns and values."),
    click.option("--day-order", type=click.Choice(("iso", "us", "eu")), help="How 03/04/2024 is meant."),
    click.option("--delimiter", help="What separates the cells of a CSV file (default: found out)."),
    click.option("--encoding", help="The encoding of a CSV file (default: UTF-8)."),
    click.option("--sheet", help="The sheet of a workbook (default: the first)."),
    click.option("--table", metavar="NAME", help="Of a PostgreSQL database: a table, or a query (default: people)."),
    click.option("--holdings-table", metavar="NAME", help="The same for what people hold (default: holdings)."),
)
_ENGINES = ("auto", "plain", "duckdb")
_ENGINE = click.option("--engine", type=click.Choice(_ENGINES), default="auto", hidden=True)
_OR_SPARK = click.option(
    "--engine",
    type=click.Choice((*_ENGINES, "spark")),
    default="auto",
    show_default=True,
    help="What reckons: spark for data in a cluster; auto suits everything else.",
)

_AUDIENCE: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--audience",
        type=click.Choice(("person", "manager", "hr")),
        default="hr",
        show_default=True,
        help="For whom the answer is: decides what is shown.",
    ),
    click.option("--person", default="", metavar="ID", help="With --audience person: whose own row it is."),
    click.option("--manager", default="", metavar="ID", help="With --audience manager: whose direct reports."),
    click.option(
        "--smallest-group",
        type=click.IntRange(1, 1000),
        default=5,
        show_default=True,
        help="For others than HR smaller groups bear one name.",
    ),
)


def roster_options(*, audience: bool = True, spark: bool = False) -> Callable[[Command], Command]:
    """The roster and how it is read; with *audience* also for whom the answer is; *spark* may reckon it."""

    def decorate(command: Command) -> Command:
        for option in reversed((*_READING, _OR_SPARK if spark else _ENGINE, *(_AUDIENCE if audience else ()))):
            command = option(command)
        return command

    return decorate


def reading_of(values: dict[str, Any]) -> RosterOptions:
    """Take the options that say how the roster is read out of a command's keyword arguments."""
    from pmcareer.api.team.answers import RosterOptions

    return RosterOptions(
        holdings=values.pop("holdings"),
        mapping=values.pop("mapping"),
        day_order=values.pop("day_order"),
        delimiter=values.pop("delimiter") or "",
        encoding=values.pop("encoding") or "",
        sheet=values.pop("sheet") or "",
        table=values.pop("table") or "",
        holdings_table=values.pop("holdings_table") or "",
        engine=values.pop("engine"),
    )


def asked_of(values: dict[str, Any], common: Common) -> TeamAsked:
    """Take the options that say for whom the answer is out of a command's keyword arguments."""
    from pmcareer.api.team.answers import TeamAsked, audience_for

    audience = audience_for(
        values.pop("audience"),
        person=values.pop("person"),
        manager=values.pop("manager"),
        smallest_group=values.pop("smallest_group"),
    )
    return TeamAsked(common.as_of, audience, region=common.region, currency=common.currency)
