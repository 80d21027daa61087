"""``pmcareer profile``: checking the profile, and the namespace that keeps its calendars apart from others'."""

from __future__ import annotations

from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.options import common_of, common_options
from pmcareer.cli.recording import write_entry

_DATA_INVALID = 3


@click.group()
def profile() -> None:
    """Your profile: what is wrong in it, and what its calendars need."""


@profile.command(
    epilog="""\b
Examples:
  pmcareer profile check
  pmcareer profile check --as-of 2027-01-01 --format json
"""
)
@common_options()
def check(**values: Any) -> int:
    """Say all that is wrong or doubtful: unknown ids, days ahead, events that contradict each other."""
    common = common_of(values)
    from pmcareer.api.loading import load_catalog
    from pmcareer.api.person.checks import check_profile
    from pmcareer.views.problems import problems_report

    if common.profile is None:
        raise click.UsageError("There is no profile: name one with --profile FILE.")
    checked = check_profile(load_catalog(common.catalogs), common.profile, common.as_of)
    code = answer(problems_report(str(checked.path), checked.problems, checked.as_of), common)
    return _DATA_INVALID if checked.unusable else code


@profile.command(
    epilog="""\b
Examples:
  pmcareer profile namespace
  pmcareer profile namespace --dry-run
"""
)
@click.option("--dry-run", is_flag=True, help="Show the change as a diff, and write nothing.")
@common_options()
def namespace(**values: Any) -> int:
    """Give the profile a random calendar_namespace, once: it keeps its calendars apart from other people's."""
    common = common_of(values)
    from pmcareer.api.person.entries import namespace_entry

    return write_entry(lambda _: namespace_entry, common, dry_run=values["dry_run"])
