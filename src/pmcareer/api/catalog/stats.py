"""The catalog in numbers: how much of it is backed by what, how old it is, and which sources carry it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from statistics import median_low
from typing import Any

from pmcareer.api.catalog.queries import TABLES
from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Figure, Standing
from pmcareer.model.ids import SourceId
from pmcareer.model.sources import Source, cite
from pmcareer.model.walking import figures_in
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class CatalogStats:
    """Counts over all figures. ``median_age_days``: of those whose day of reading is known; None where none is."""

    entries: Mapping[str, int]
    figures: int
    unknown: int
    disagreements: int
    by_standing: Mapping[Standing, int]
    median_age_days: int | None
    oldest: date | None


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source, and how many figures rest on it or are held against it as rivals."""

    source: Source
    figures: int
    rivals: int


def catalog_stats(catalog: Catalog, as_of: date) -> CatalogStats:
    """The numbers of the whole catalog; figures of unknown value have no standing and no age."""
    figures = list(all_figures(catalog))
    known = [cite(figure.provenance, catalog.sources) for figure in figures if figure.known]
    days = [citation.read for citation in known if citation.read is not None]
    return CatalogStats(
        entries={table: len(getattr(catalog, table)) for table in TABLES},
        figures=len(figures),
        unknown=len(figures) - len(known),
        disagreements=sum(bool(figure.alternatives) for figure in figures),
        by_standing={standing: sum(c.standing is standing for c in known) for standing in Standing},
        median_age_days=(as_of - median_low(days)).days if days else None,
        oldest=min(days, default=None),
    )


def source_uses(catalog: Catalog) -> tuple[SourceUse, ...]:
    """Every source by its publisher and title, with its uses."""
    figures: Counter[SourceId | None] = Counter()
    rivals: Counter[SourceId | None] = Counter()
    for figure in all_figures(catalog):
        figures[figure.provenance.source] += 1
        rivals.update(rival.source for rival in figure.alternatives)
    uses = [SourceUse(source, figures[id_], rivals[id_]) for id_, source in catalog.sources.items()]
    return tuple(sorted(uses, key=lambda use: (use.source.publisher.lower(), use.source.title.lower())))


def all_figures(catalog: Catalog) -> Iterator[Figure[Any]]:
    """Every figure of every entry."""
    for table in TABLES:
        for entry in getattr(catalog, table).values():
            yield from (figure for _, figure in figures_in(entry))
    for rate in catalog.rates:
        yield from (figure for _, figure in figures_in(rate))
