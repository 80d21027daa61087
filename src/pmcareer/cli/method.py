"""``pmcareer method``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.options import common_of, common_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pmcareer.model.methods import Factor, SelectionModel

_EPILOG = """\b
Examples:
  pmcareer method --questions
  pmcareer method --answer requirements-uncertainty=high --answer technical-uncertainty=low
  pmcareer method --model boehm-turner --answer size=12 --answer dynamism=30 --answer culture=70
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--answer", "said", multiple=True, metavar="FACTOR=POINT", help="Where a factor stands, for every model that asks."
)
@click.option("--model", "named", multiple=True, metavar="ID", help="Only this model; repeatable.")
@click.option("--questions", is_flag=True, help="List what the models ask, and the points to answer by.")
@common_options()
def method(**values: Any) -> int:
    """Which way of running a project suits, by published models; where they disagree, it shows.

    Without --answer it asks, question by question; Enter skips one.
    """
    common = common_of(values)
    from pmcareer.api.catalog.methods import choose_method, models_asked
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.catalog.methods import method_report, questions_report

    catalog = load_catalog(common.catalogs)
    models = models_asked(catalog, values["named"])
    said = values["said"]
    asks = not said and not values["questions"] and sys.stdin.isatty()
    if values["questions"] or not (said or asks):
        return answer(questions_report(models, common.as_of), common)
    return answer(method_report(choose_method(catalog, models, said or tuple(_asked(models)), common.as_of)), common)


def _asked(models: Sequence[SelectionModel]) -> Iterator[str]:
    """The answers of a dialogue on stderr, as ``--answer`` would give them."""
    for model in models:
        click.echo(f"\n{model.name}: {model.summary}", err=True)
        for factor in model.factors:
            if chosen := _ask(factor):
                yield f"{model.id}.{factor.id}={chosen}"


def _ask(factor: Factor) -> str:
    click.echo(f"\n{factor.question}", err=True)
    for number, point in enumerate(factor.points, start=1):
        click.echo(f"  {number}. {point.name}", err=True)
    choices = click.IntRange(0, len(factor.points))
    number = click.prompt("Number (Enter skips)", default=0, show_default=False, type=choices, err=True)
    return factor.points[number - 1].id if number else ""
