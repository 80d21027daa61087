"""``pmcareer compare``."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.completion import complete_either
from pmcareer.cli.options import Common, common_of, common_options
from pmcareer.cli.plan_options import asked, person_options, question_options

if TYPE_CHECKING:
    from pmcareer.api.plans.requests import Asked

_EPILOG = """\b
Examples:
  pmcareer compare it-project-manager technical-project-manager
  pmcareer compare pmp prince2-practitioner pmi-acp --sources
  pmcareer compare "it pm" cto --from project-manager --region uk --format json
  pmcareer compare --plan "--to scrum-master" --plan "--to scrum-master --objective cheapest"
"""


@click.command(epilog=_EPILOG)
@click.argument("named", nargs=-1, metavar="ID…", shell_complete=complete_either)
@click.option(
    "--plan", "plans", multiple=True, metavar="OPTIONS", help="Compare the plan for these options; repeatable."
)
@click.option("--sources", is_flag=True, help="Say who says each value, and list the sources.")
@person_options
@common_options()
def compare(**values: Any) -> int:
    """Put roles, certifications or plans side by side, and mark where they differ.

    Plans are files that `pmcareer plan --format json` wrote, or options of `pmcareer plan` in quotes.
    """
    common = common_of(values)
    from pmcareer.api.comparing.compare import answer_compare
    from pmcareer.api.loading import load_catalog, load_profile
    from pmcareer.views.reasons.compare import compare_report

    found = answer_compare(
        load_catalog(common.catalogs),
        load_profile(common.profile) if common.profile else None,
        asked(values, common),
        values["named"],
        [(words, _question(words, common)) for words in values["plans"]],
    )
    return answer(compare_report(found, sources=values["sources"]), common)


@click.command(add_help_option=False)
@question_options
def _plan(**_values: Any) -> None:
    """The options of a plan, to be read from a text."""


def _question(words: str, common: Common) -> Asked:
    """The options in *words* as a question; a usage error where they are none."""
    try:
        parsed = _plan.make_context("--plan", shlex.split(words))
    except ValueError as error:
        raise click.UsageError(f"--plan {words!r}: {error}") from None
    except click.UsageError as error:
        raise click.UsageError(f"--plan {words!r}: {error.format_message()}") from None
    return asked(parsed.params, common)
