"""``pmcareer catalog``: the data itself, each value with its origin."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from pmcareer.cli.answering import answer
from pmcareer.cli.completion import complete_either
from pmcareer.cli.options import DATE, MONEY, common_of, common_options

_DATA_INVALID = 3
LEVELS = ("entry", "associate", "professional", "specialist", "advanced", "expert", "executive")
RENEWALS = ("lifetime", "cycle", "release", "unknown")
# As they are typed: the tables of the catalog.
TABLES = {
    "certifications": "certifications",
    "roles": "roles",
    "ladders": "ladders",
    "issuers": "issuers",
    "skills": "skills",
    "niches": "niches",
    "experience-kinds": "experience_kinds",
    "methods": "methods",
    "selection-models": "selection_models",
    "regions": "pay",
    "assumptions": "assumptions",
    "sources": "sources",
}


@click.group()
def catalog() -> None:
    """The data itself: every value with its source, the day it was read, and its rivals."""


@catalog.command(
    "list",
    epilog="""\b
Examples:
  pmcareer catalog list --renewal lifetime --max-cost 300
  pmcareer catalog list --issuer pmi --level professional
  pmcareer catalog list roles
""",
)
@click.argument("table", type=click.Choice(list(TABLES)), default="certifications")
@click.option("--issuer", default="", help="Only certifications of this issuer.")
@click.option("--niche", default="", help="Only certifications of this niche.")
@click.option("--level", type=click.Choice(LEVELS), default=None, help="Only certifications of this level.")
@click.option("--renewal", type=click.Choice(RENEWALS), default=None, help="Only those that are kept this way.")
@click.option("--max-cost", type=MONEY, metavar="AMOUNT", help="Only those whose exam costs no more, now and here.")
@common_options()
def list_(**values: Any) -> int:
    """List the entries of TABLE, certifications by default."""
    common = common_of(values)
    from pmcareer.api.catalog.queries import Found, Wanted, list_certifications
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.catalog.lists import certifications_report, entries_report

    loaded = load_catalog(common.catalogs)
    table: Any = TABLES[values.pop("table")]
    wanted = Wanted(
        **{key: value or "" for key, value in values.items() if key != "max_cost"}, max_cost=values["max_cost"]
    )
    if table == "certifications":
        found = list_certifications(loaded, wanted, common.as_of, common.region, common.currency)
        return answer(certifications_report(found, loaded.sources, common.as_of), common)
    if wanted != Wanted():
        raise click.UsageError("--issuer, --niche, --level, --renewal and --max-cost choose among certifications.")
    entries = [Found(table, id_, entry) for id_, entry in getattr(loaded, table).items()]
    return answer(
        entries_report(f"{len(entries)} {table.replace('_', ' ')}", entries, loaded.sources, common.as_of), common
    )


@catalog.command(
    epilog="""\b
Examples:
  pmcareer catalog show pmp
  pmcareer catalog show "it pm" --origin
  pmcareer catalog show prince2-foundation --as-of 2022-06-01 --format json
"""
)
@click.argument("id_", metavar="ID", shell_complete=complete_either)
@click.option("--origin", is_flag=True, help="Show the layer, file and line of each value.")
@common_options()
def show(**values: Any) -> int:
    """Show an entry: a certification, role, ladder, issuer, skill, region or source."""
    common = common_of(values)
    from pmcareer.api.catalog.entries import show_entry
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.catalog.entry import entry_report

    loaded, origins = load_catalog(common.catalogs), values["origin"]
    shown = show_entry(loaded, values["id_"], common.as_of, overlays=common.catalogs, origins=origins)
    footnotes = common.format in ("text", "markdown")
    return answer(entry_report(shown, origins=origins, footnotes=footnotes), common)


@catalog.command(
    epilog="""\b
Examples:
  pmcareer catalog search risk
  pmcareer catalog search scrum master
"""
)
@click.argument("words", nargs=-1, required=True)
@common_options()
def search(**values: Any) -> int:
    """Find the entries in whose names and texts all WORDS occur."""
    common = common_of(values)
    from pmcareer.api.catalog.queries import search as find
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.catalog.lists import entries_report

    loaded = load_catalog(common.catalogs)
    found = find(loaded, values["words"])
    title = f"{len(found)} found for {' '.join(values['words'])!r}"
    return answer(entries_report(title, found, loaded.sources, common.as_of), common)


@catalog.command(
    epilog="""\b
Examples:
  pmcareer catalog check
  pmcareer catalog check examples/overlays/acme
  pmcareer catalog check --strict --format json
"""
)
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--alone", is_flag=True, help="Check DIR by itself, as a whole catalog, not over the shipped one.")
@common_options()
def check(**values: Any) -> int:
    """Check the catalog, and the folder DIR laid over it: everything that is wrong or doubtful, and where."""
    common = common_of(values)
    from pmcareer.api.catalog.checks import check_catalog
    from pmcareer.views.problems import problems_report

    folder: Path | None = values["folder"]
    if values["alone"] and folder is None:
        raise click.UsageError("--alone needs a folder to check.")
    over = () if folder is None or values["alone"] else (folder,)
    checked = check_catalog((*common.catalogs, *over), common.as_of, alone=folder if values["alone"] else None)
    code = answer(problems_report(checked.subject, checked.problems, checked.as_of), common)
    return _DATA_INVALID if checked.unusable else code


@catalog.command(epilog="\b\nExamples:\n  pmcareer catalog sources --format csv\n")
@common_options()
def sources(**values: Any) -> int:
    """List what was read, when, and how much rests on it."""
    common = common_of(values)
    from pmcareer.api.catalog.stats import source_uses
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.catalog.lists import sources_report

    loaded = load_catalog(common.catalogs)
    return answer(sources_report(source_uses(loaded), loaded.sources, common.as_of), common)


@catalog.command(epilog="\b\nExamples:\n  pmcareer catalog stats\n")
@common_options()
def stats(**values: Any) -> int:
    """Count entries and figures: how well they are backed, how old they are, where sources disagree."""
    common = common_of(values)
    from pmcareer.api.catalog.stats import catalog_stats
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.catalog.lists import stats_report

    return answer(stats_report(catalog_stats(load_catalog(common.catalogs), common.as_of), common.as_of), common)


@catalog.command(
    epilog="""\b
Examples:
  pmcareer catalog diff --since 2026-01-01
  pmcareer catalog diff --since 2026-01-01 --format json
"""
)
@click.option("--since", type=DATE, metavar="DATE", help="The day after which changes count (default: the as-of date).")
@common_options()
def diff(**values: Any) -> int:
    """List the rules, prices, lifecycles and moves that change after a day."""
    common = common_of(values)
    from pmcareer.api.catalog.changes import changes_after
    from pmcareer.api.loading import load_catalog
    from pmcareer.views.catalog.lists import changes_report

    loaded = load_catalog(common.catalogs)
    since: date = values["since"] or common.as_of
    names = loaded.index.short_names("certifications")
    found = changes_after(loaded, since)
    return answer(changes_report(found, loaded.sources, names, since, common.as_of), common)


@catalog.command(
    epilog="""\b
Examples:
  pmcareer catalog schema certification
  pmcareer catalog schema profile -o profile.schema.json
  pmcareer catalog schema --all -o schemas
"""
)
@click.argument("kind", required=False)
@click.option("--all", "all_", is_flag=True, help="Write the schemas of all kinds of files into the folder of -o.")
@common_options()
def schema(**values: Any) -> int:
    """Print the JSON Schema of a KIND of file, for editors that check YAML; without KIND, list the kinds."""
    common = common_of(values, default_format="text")
    from pmcareer.api.catalog.schemas import schema_texts
    from pmcareer.cli.output import make_folder, write_result

    texts = schema_texts(values["kind"])
    if values["all_"]:
        if common.output is None:
            raise click.UsageError("--all needs a folder to write to: -o DIR.")
        make_folder(common.output)
        for name, text in texts.items():
            write_result(common.output / name, [text.encode()])
    elif values["kind"]:
        write_result(common.output, [text.encode() for text in texts.values()])
    else:
        click.echo("\n".join(name.removesuffix(".schema.json") for name in texts))
    return 0
