"""``pmcareer renewals``."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.completion import complete_certifications
from pmcareer.cli.options import DATE, Common, common_of, common_options
from pmcareer.dates import Length

_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_SPAN = re.compile(r"(\d{1,4}) ?([dwmy])[a-z]*")

_EPILOG = """\b
Examples:
  pmcareer renewals
  pmcareer renewals --hold pmp:2023-06-15 --hold csm:2025-05-02
  pmcareer renewals --within 180d --details
  pmcareer renewals --years 6 --currency EUR
  pmcareer renewals --format json
"""


class SpanParameter(click.ParamType[Length]):
    """``180d``, ``26w``, ``6m``, ``2y``, or in words: ``6 months``."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Length:
        """The length, or a usage error."""
        if isinstance(value, Length):
            return value
        match = _SPAN.fullmatch(str(value).strip())
        if not match:
            self.fail(f"{value!r} is not a span such as 180d, 26w, 6m or 2y", param, ctx)
        return Length.parse(f"{match[1]} {_UNITS[match[2]]}")


class HoldParameter(click.ParamType[tuple[str, date]]):
    """``CERT:DATE``."""

    name = "holding"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, date]:
        """The certification as it was named, and its day; or a usage error."""
        name, _, day = str(value).rpartition(":")
        if not name:
            self.fail(f"{value!r}: say when it was earned, such as pmp:2023-06-15", param, ctx)
        return name, DATE.convert(day, param, ctx)


@click.command(epilog=_EPILOG)
@click.option(
    "--hold",
    type=HoldParameter(),
    multiple=True,
    metavar="CERT:DATE",
    shell_complete=complete_certifications,
    help="A certification you hold, and when it was earned; repeatable.",
)
@click.option("--within", type=SpanParameter(), metavar="SPAN", help="Only what is due in this span, such as 180d.")
@click.option(
    "--due-within", type=click.IntRange(0, 3650), default=90, show_default=True, help="Days that count as due."
)
@click.option("--years", type=click.IntRange(1, 20), help="Add the cheapest upkeep over so many years.")
@click.option("--details", is_flag=True, help="Rules, cycles, categories, ledger, disputes and sources too.")
@common_options()
def renewals(**values: Any) -> int:
    """Show what you hold: what is red, what is missing, what is due next, and what keeping it costs."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.api.upkeep.renewals import answer_renewals
    from pmcareer.views.renewals.renewals import renewals_report, renewals_sheet

    profile = load_profile(common.profile) if common.profile else None
    found = answer_renewals(load_catalog(common.catalogs), profile, _asked(values, common))
    if common.format == "csv":
        return answer(renewals_sheet(found), common)
    return answer(renewals_report(found, in_detail=values["details"]), common)


def _asked(values: dict[str, Any], common: Common) -> Any:
    from pmcareer.api.upkeep.renewals import RenewalsAsked

    return RenewalsAsked(
        as_of=common.as_of,
        holds=values["hold"],
        within=values["within"],
        years=values["years"],
        due_within=values["due_within"],
        region=common.region,
        currency=common.currency,
    )
