"""The options of ``pmcareer plan`` about risk and baseline, and what they ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.options import Command

if TYPE_CHECKING:
    from pmcareer.api.compiling.questions import RiskAsked

SAMPLES = 2000
SEED = 1
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--risk", is_flag=True, help="How sure the dates and costs are: P50, P80, P95, and what moves them."),
    click.option(
        "--samples",
        type=click.IntRange(100, 100_000),
        default=SAMPLES,
        show_default=True,
        metavar="N",
        help="With --risk: how often the plan is lived through.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**63 - 1),
        default=SEED,
        show_default=True,
        metavar="N",
        help="With --risk: where the draws begin; equal seeds give equal answers.",
    ),
)


def risk_options(command: Command) -> Command:
    """Give *command* the options about risk and baseline."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def risk_asked(values: dict[str, Any]) -> RiskAsked | None:
    """The risk asked for; None where none is."""
    from pmcareer.api.compiling.questions import RiskAsked

    return RiskAsked(values["samples"], values["seed"]) if values["risk"] else None
