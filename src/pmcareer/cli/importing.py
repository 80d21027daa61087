"""``pmcareer import``: what people already have (LinkedIn, resumes, badges, transcripts), into the profile."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmcareer.cli.answering import answer, say
from pmcareer.cli.completion import complete_certifications
from pmcareer.cli.options import DATE, Common, common_of, common_options
from pmcareer.cli.output import write_result
from pmcareer.cli.recording import NEW_PROFILE

if TYPE_CHECKING:
    from pmcareer.api.imports.importing import Format
    from pmcareer.model.statements import StatedDay

Command = TypeVar("Command", bound=Callable[..., Any])
SKILL_LEVELS = ("awareness", "working", "practitioner", "expert")
_TRANSCRIPT_FIELDS = ("on", "units", "title", "category", "reported", "status")


class PairParameter(click.ParamType[tuple[str, str]]):
    """``NAME=VALUE``; of several signs the last one parts the two."""

    name = "pair"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The two, or a usage error."""
        if isinstance(value, tuple):
            return value
        name, sign, meant = str(value).rpartition("=")
        if not (sign and name.strip() and meant.strip()):
            self.fail(f"{value!r}: write NAME=VALUE", param, ctx)
        return name.strip(), meant.strip()


PAIR = PairParameter()


@click.group(name="import")
def import_() -> None:
    """Take over what you already have elsewhere into your profile; importing again changes nothing."""


def _importing(format_: Format, example: str, *options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """A command of the group, with the options that all imports share and *options* of its own."""

    def decorate(command: Command) -> Command:
        shared = (
            click.argument("file", type=click.Path(path_type=Path)),
            *options,
            click.option(
                "--days",
                type=click.Choice(("first", "last", "ask")),
                help="The day of a month that is all a date says (default: a start is its first, an end its last).",
            ),
            click.option("--match", type=PAIR, multiple=True, metavar="NAME=ID", help="What a name means; repeatable."),
            click.option("--dry-run", is_flag=True, help="Show the change as a diff, and write nothing."),
            common_options(),
        )
        for option in reversed(shared):
            command = option(command)
        epilog = f"\b\nExamples:\n  pmcareer import {format_} {example}"
        return import_.command(name=format_, epilog=epilog)(command)  # type: ignore[return-value]

    return decorate


_SKILL_LEVEL = click.option(
    "--skill-level", type=click.Choice(SKILL_LEVELS), default=None, help="The level of skills that say none."
)


@_importing("linkedin", "examples/imports/linkedin", _SKILL_LEVEL)
def linkedin(**values: Any) -> int:
    """LinkedIn's copy of your data: the ZIP file, its folder, or one CSV file of it."""
    return _import("linkedin", values)


@_importing("json-resume", "examples/imports/resume.json --dry-run", _SKILL_LEVEL)
def json_resume(**values: Any) -> int:
    """A resume in the JSON Resume format (jsonresume.org)."""
    return _import("json-resume", values)


@_importing("open-badges", "examples/imports/badge.json")
def open_badges(**values: Any) -> int:
    """Open Badges 2.0 or 3.0: JSON, a signed token, or the PNG or SVG picture that carries it."""
    return _import("open-badges", values)


@_importing("credly", "examples/imports/credly.json")
def credly(**values: Any) -> int:
    """Credly's list of your badges, as JSON."""
    return _import("credly", values)


@_importing(
    "pdu-transcript",
    "examples/imports/transcript.csv --for pmp --dates us",
    click.option(
        *("--for", "for_"),
        multiple=True,
        metavar="CERT",
        shell_complete=complete_certifications,
        help="What the units count for (default: wherever they help most); repeatable.",
    ),
    click.option("--column", type=PAIR, multiple=True, metavar="FIELD=COLUMN", help="Name a column; repeatable."),
    click.option("--dates", type=click.Choice(("us", "eu")), help="How 03/04/2025 is read: month or day first."),
    click.option("--keep-duplicates", is_flag=True, help="Take rows that are the same as one before too."),
)
def pdu_transcript(**values: Any) -> int:
    """A table (CSV) of activities that earned PDUs or other units, such as PMI's transcript.

    Columns are known by many names; --column names those that are not: on, units, title, category, reported, status.
    """
    unknown = [field for field, _ in values["column"] if field not in _TRANSCRIPT_FIELDS]
    if unknown:
        raise click.BadParameter(
            f"there is no field {unknown[0]!r}; known: {', '.join(_TRANSCRIPT_FIELDS)}", param_hint="--column"
        )
    return _import("pdu-transcript", values)


def _import(format_: Format, values: dict[str, Any]) -> int:
    common = common_of(values)
    from pmcareer.api.imports.importing import ImportAsked, import_file
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.person.importing import imported_report
    from pmcareer.views.person.recording import diff_of

    asked = ImportAsked(
        format=format_,
        file=values["file"],
        as_of=common.as_of,
        choose=_choosing(values["days"]),
        matches=dict(values["match"]),
        skill_level=values.get("skill_level") or "",
        for_=values.get("for_", ()),
        columns=dict(values.get("column", ())),
        dates=values.get("dates") or "",
        keep_duplicates=values.get("keep_duplicates", False),
    )
    catalog, path, dry_run = load_catalog(common.catalogs), common.profile or NEW_PROFILE, values["dry_run"]
    if values["days"] == "ask":  # asked before the file is locked; the answers are remembered
        import_file(catalog, path, asked, dry_run=True)
    imported = import_file(catalog, path, asked, dry_run=dry_run)
    if dry_run and common.format == "text":
        write_result(common.output, [diff_of(imported.recording).encode("utf-8", "backslashreplace")])
        return _told(imported_report(imported).notes, common)
    return answer(imported_report(imported), common)


def _told(notes: tuple[str, ...], common: Common) -> int:
    say(notes, common)
    return 0


# --- the day of a month -----------------------------------------------------------------------------------------------


def _choosing(days: str | None) -> Callable[[StatedDay, str, str], date]:
    """How the day of a month is chosen: by the rule asked for, or by asking, each question once."""
    if days == "ask":
        return _Asking()
    return lambda stated, _, use: _edge(stated, first=days == "first" or (days is None and use != "ends"))


def _edge(stated: StatedDay, *, first: bool) -> date:
    day = stated.first if first else stated.last
    if day is None:
        raise ValueError(stated.text)
    return day


class _Asking:
    """Asks on the terminal for each day, and remembers."""

    def __init__(self) -> None:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise click.UsageError("--days ask needs a terminal; say --days first or --days last.")
        self.answers: dict[tuple[str, str], date] = {}

    def __call__(self, stated: StatedDay, what: str, use: str) -> date:
        key = (what, stated.text)
        if key not in self.answers:
            default = _edge(stated, first=use != "ends")
            asked: date = click.prompt(f"{what}, {stated.text}: which day?", default=default, type=DATE, err=True)
            while not stated.may_be(asked):
                click.echo(f"{asked} is not in {stated.text}", err=True)
                asked = click.prompt(f"{what}, {stated.text}: which day?", default=default, type=DATE, err=True)
            self.answers[key] = asked
        return self.answers[key]
