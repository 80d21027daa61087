"""``pmcareer log``, ``earn`` and ``renew``: entries written into the profile, which otherwise stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.completion import complete_certifications
from pmcareer.cli.options import DATE, Common, common_of, common_options
from pmcareer.cli.output import write_result

if TYPE_CHECKING:
    from pmcareer.api.person.recording import Propose
    from pmcareer.model.catalog import Catalog

Command = TypeVar("Command", bound=Callable[..., Any])

NEW_PROFILE = Path("pmcareer.yaml")
_MOST = Decimal(10_000)


class AmountParameter(click.ParamType[Decimal]):
    """A positive number of units or hours."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The number, or a usage error."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is not a number such as 3 or 1.5", param, ctx)
        if not amount.is_finite() or not 0 < amount <= _MOST or int(amount.as_tuple().exponent) < -6:
            self.fail(f"{value!r} is no number between 0 and {_MOST} with at most six decimals", param, ctx)
        return amount


class LineParameter(click.ParamType[str]):
    """One line of text."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text without blanks around it, or a usage error."""
        text = str(value).strip()
        if not text.isprintable() or not text:
            self.fail("one line of printable text is expected", param, ctx)
        return text


AMOUNT, LINE = AmountParameter(), LineParameter()


def writing_options(command: Command) -> Command:
    """The options of every command that writes into the profile."""
    for option in (
        click.option("--again", is_flag=True, help="Write it even if it stands there already."),
        click.option("--dry-run", is_flag=True, help="Show the change as a diff, and write nothing."),
    ):
        command = option(command)
    return command


@click.command(
    epilog="""\b
Examples:
  pmcareer log pmp --units 3 --category power-skills --title "Negotiation webinar"
  pmcareer log pmp capm --hours 1.5 --category ways-of-working --on 2026-02-11
"""
)
@click.argument("certifications", metavar="CERT…", nargs=-1, required=True, shell_complete=complete_certifications)
@click.option("--units", type=AMOUNT, metavar="N", help="How much, in the certification's own units (PDU, CPE …).")
@click.option("--hours", type=AMOUNT, metavar="N", help="How much, in hours; instead of --units.")
@click.option("--category", default="", metavar="C", help="Where it counts; without it, those on offer are named.")
@click.option("--on", type=DATE, metavar="DATE", help="The day of the activity (default: the as-of date).")
@click.option("--title", type=LINE, default=None, help="What it was.")
@click.option("--topic", type=LINE, default=None, help="Its topic, where categories count by topic (risk, agile …).")
@click.option("--reported", type=DATE, metavar="DATE", help="The day on which the issuer was told.")
@writing_options
@common_options()
def log(**values: Any) -> int:
    """Log an activity for one or more certifications in the profile."""
    common = common_of(values)
    from pmcareer.api.person.entries import UnitsAsked, units_entry

    if (values["units"] is None) == (values["hours"] is None):
        raise click.UsageError("Say how much: --units N, or --hours N.")
    asked = UnitsAsked(
        certifications=values["certifications"],
        on=values["on"] or common.as_of,
        as_of=common.as_of,
        units=values["units"],
        hours=values["hours"],
        category=values["category"],
        topic=values["topic"] or "",
        title=values["title"] or "",
        reported=values["reported"],
        again=values["again"],
    )
    return write_entry(lambda catalog: units_entry(catalog, asked), common, dry_run=values["dry_run"])


@click.command(
    epilog="""\b
Examples:
  pmcareer earn pmi-acp --on 2026-03-01
  pmcareer earn comptia-network-plus --on 2026-03-01 --edition N10-009
"""
)
@click.argument("certification", metavar="CERT", shell_complete=complete_certifications)
@click.option("--on", type=DATE, metavar="DATE", help="The day it was earned (default: the as-of date).")
@click.option("--edition", type=LINE, default=None, help="Which edition, such as 7 or N10-009.")
@writing_options
@common_options()
def earn(**values: Any) -> int:
    """Write a certification that you earned into the profile."""
    common = common_of(values)
    from pmcareer.api.person.entries import HoldingAsked, award_entry

    on, edition = values["on"] or common.as_of, values["edition"] or ""
    asked = HoldingAsked(values["certification"], on, common.as_of, edition=edition, again=values["again"])
    return write_entry(lambda catalog: award_entry(catalog, asked), common, dry_run=values["dry_run"])


@click.command(
    epilog="""\b
Examples:
  pmcareer renew pmp --on 2026-03-01
  pmcareer renew capm --on 2026-01-05 --route credits --dry-run
"""
)
@click.argument("certification", metavar="CERT", shell_complete=complete_certifications)
@click.option("--on", type=DATE, metavar="DATE", help="The day of the renewal (default: the as-of date).")
@click.option("--route", type=LINE, default=None, help="How: credits, same-exam, course … (default: the usual way).")
@writing_options
@common_options()
def renew(**values: Any) -> int:
    """Write the renewal of a certification into the profile."""
    common = common_of(values)
    from pmcareer.api.person.entries import HoldingAsked, renewal_entry

    on, route = values["on"] or common.as_of, values["route"] or ""
    asked = HoldingAsked(values["certification"], on, common.as_of, route=route, again=values["again"])
    return write_entry(lambda catalog: renewal_entry(catalog, asked), common, dry_run=values["dry_run"])


def write_entry(proposed: Callable[[Catalog], Propose], common: Common, *, dry_run: bool) -> int:
    """Write an entry into the profile, or show the diff, and say what follows from it."""
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.person.recorded import effect_of
    from pmcareer.api.person.recording import record
    from pmcareer.views.person.recording import diff_of, recorded_report

    catalog = load_catalog(common.catalogs)
    recording = record(common.profile or NEW_PROFILE, proposed(catalog), dry_run=dry_run)
    if dry_run and common.format == "text":
        write_result(common.output, [diff_of(recording).encode("utf-8", "backslashreplace")])
        return 0
    return answer(recorded_report(effect_of(catalog, recording, common.as_of)), common)
