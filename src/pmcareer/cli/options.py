"""Options that commands share; the only place that asks the clock, as the default of ``--as-of``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from pmcareer.cli.overwriting import refuse_overwriting
from pmcareer.dates import parse_date
from pmcareer.money import Money
from pmcareer.values import dataclass

# Careers and their renewals lie well inside; beyond, calendar arithmetic would run out of calendar.
FIRST_YEAR, LAST_YEAR = 1950, 2200

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """What the shared options say. ``profile`` is None where no file was named and none was found."""

    profile: Path | None
    catalogs: tuple[Path, ...]
    as_of: date
    region: str
    currency: str
    format: str
    output: Path | None
    strict: bool
    colour: bool
    quiet: bool


class DateParameter(click.ParamType[date]):
    """An ISO date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error that says what is wrong with it."""
        if isinstance(value, date):
            return value
        try:
            day = parse_date(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"{day} lies outside the years {FIRST_YEAR} to {LAST_YEAR}", param, ctx)
        return day


class MoneyParameter(click.ParamType[Money]):
    """An amount with its currency; without one, US dollars."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Money:
        """The amount, or a usage error."""
        text = str(value).strip()
        try:
            return Money.parse(text if " " in text else f"{text} USD")
        except ValueError:
            self.fail(f"{text!r} is not an amount such as 1500 or '1500 EUR'", param, ctx)


DATE = DateParameter()
MONEY = MoneyParameter()
FORMATS = ("text", "markdown", "csv", "json", "html", "xlsx")


def common_options(*extra_formats: str, only: bool = False) -> Callable[[Command], Command]:
    """The options that every answering command has; they arrive as one ``common`` argument.

    *only*: the command has no other formats than these.
    """
    formats = extra_formats if only else tuple(dict.fromkeys((*FORMATS, *extra_formats)))

    def decorate(command: Command) -> Command:
        for option in reversed(_options(formats)):
            command = option(command)
        return command

    return decorate


def common_of(values: dict[str, Any], *, default_format: str = "text") -> Common:
    """Take the shared options out of a command's keyword arguments."""
    output = values.pop("output")
    format_ = values.pop("format") or (_format_of(output, default_format) if output else default_format)
    profile = _found_profile(values.pop("profile"))
    refuse_overwriting(profile)
    return Common(
        profile=profile,
        catalogs=_catalogs(values.pop("catalog")),
        as_of=values.pop("as_of") or date.today(),  # noqa: DTZ011 - the user's own today is meant
        region=values.pop("region") or "",
        currency=(values.pop("currency") or "").upper(),
        format=format_,
        output=output,
        strict=values.pop("strict"),
        colour=_colour(values.pop("no_color"), output),
        quiet=values.pop("quiet"),
    )


def _options(formats: tuple[str, ...]) -> list[Callable[[Any], Any]]:
    path = click.Path(path_type=Path)
    return [
        click.option("--profile", type=path, help="Your profile (default: ./pmcareer.yaml, then the config folder)."),
        click.option("--catalog", type=path, multiple=True, help="A folder that adds to the catalog; repeatable."),
        click.option("--as-of", type=DATE, help="Answer as of this day (default: today)."),
        click.option("--region", help="Whose prices and pay to use, such as us or uk."),
        click.option("--currency", help="The currency of totals, such as USD."),
        _format_option(formats),
        click.option("-o", "--output", type=path, help="Write to this file; its ending chooses the format."),
        click.option("--strict", is_flag=True, help="Exit with 1 when the answer is bad news."),
        click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR in the environment)."),
        click.option("--quiet", is_flag=True, help="No notes on stderr."),
    ]


def _format_option(formats: tuple[str, ...]) -> Callable[[Any], Any]:
    """``--format``; many formats are listed in the help text, which can be wrapped."""
    listed = "|".join(formats)
    if len(listed) <= _METAVAR_ROOM:
        return click.option("--format", type=click.Choice(formats), help="How to show the answer.")
    text = f"How to show the answer: {', '.join(formats)}."
    return click.option("--format", type=click.Choice(formats), metavar="FORMAT", help=text)


_METAVAR_ROOM = 60
_ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".csv": "csv",
    ".json": "json",
    ".ics": "ics",
    ".html": "html",
    ".svg": "svg",
    ".xml": "ms-project",
    ".xlsx": "xlsx",
    ".mmd": "mermaid",
    ".puml": "plantuml",
    ".tjp": "taskjuggler",
}

# Endings of texts that commands write besides their formats, or that people give to any text.
_SAYING_NOTHING = frozenset({"", ".log", ".out", ".text", ".yaml", ".yml", ".diff", ".patch", ".ical"})


def _format_of(output: Path, default: str) -> str:
    """What the file's ending says, *default* where it says nothing; a format that the command lacks is refused."""
    ending = output.suffix.lower()
    format_, offered = _ENDINGS.get(ending), _formats_offered()
    if format_ is None and (ending in _SAYING_NOTHING or default not in ("text", "ics") or output.is_dir()):
        return default  # commands that draw say themselves how their files are to be named
    if offered and format_ not in offered:
        endings = ", ".join(ending for ending, known in _ENDINGS.items() if known in offered)
        raise click.UsageError(f"-o {output.name}: this command writes {endings}.")
    return format_ or default


def _formats_offered() -> tuple[str, ...]:
    """The formats of the command that runs; none where it has no such option."""
    context = click.get_current_context(silent=True)
    params = context.command.params if context else ()
    types = (param.type for param in params if param.name == "format")
    return next((tuple(map(str, type_.choices)) for type_ in types if isinstance(type_, click.Choice)), ())


def _found_profile(named: Path | None) -> Path | None:
    """The file named, else the first that exists of the usual places."""
    if named is not None:
        return named
    usual = (Path("pmcareer.yaml"), Path(click.get_app_dir("pmcareer")) / "pmcareer.yaml")
    return next((path for path in usual if _is_file(path)), None)


def _is_file(path: Path) -> bool:
    """Whether a profile lies there; a folder that may not be looked into holds none for us."""
    try:
        return path.is_file()
    except OSError:
        return False


def _catalogs(named: tuple[Path, ...]) -> tuple[Path, ...]:
    """``PMCAREER_CATALOG`` (folders joined as in PATH) first, then the options in order."""
    listed = os.environ.get("PMCAREER_CATALOG", "")
    return (*(Path(part) for part in listed.split(os.pathsep) if part), *named)


def _colour(refused: bool, output: Path | None) -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not refused and output is None and not plain and on_a_terminal()


def as_text(common: Common) -> Common:
    """The same options for an answer in words on stdout, where the file asked for cannot be made."""
    return replace(common, format="text", output=None)


def on_a_terminal() -> bool:
    """Whether standard output is a terminal; a closed one (``>&-``) is none."""
    stream: TextIO | None = sys.stdout
    return stream is not None and not stream.closed and stream.isatty()
