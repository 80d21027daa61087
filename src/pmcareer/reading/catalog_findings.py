"""Findings in a catalog that can be read: what is not wrong, but not as it should be either. All are warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pmcareer.dates import Length, subtract
from pmcareer.model.catalog import Catalog
from pmcareer.model.catalog_index import NamedTable
from pmcareer.model.figures import Provenance, Standing
from pmcareer.model.ids import SourceId
from pmcareer.model.sources import cite
from pmcareer.problems import Problems
from pmcareer.reading.catalog import CatalogReading
from pmcareer.reading.catalog_graph import check_reachable
from pmcareer.reading.catalog_references import Met
from pmcareer.reading.scope import MetFigure

STALE_AFTER = Length(months=12)

_KINDS: tuple[tuple[NamedTable, str], ...] = (
    ("certifications", "CertificationId"),
    ("roles", "RoleId"),
    ("issuers", "IssuerId"),
    ("experience_kinds", "ExperienceKindId"),
    ("skills", "SkillId"),
    ("niches", "NicheId"),
    ("methods", "MethodId"),
)


def find(reading: CatalogReading, as_of: date) -> Problems:
    """Every finding, beside the problems that the reading itself met."""
    problems = Problems()
    met = Met(reading.references)
    check_reachable(reading.catalog, met, problems)
    _check_backing(reading.figures, problems)
    _check_age(reading, met, as_of, problems)
    _check_read(reading, met, as_of, problems)
    _check_unused(reading.catalog, met, problems)
    _check_names(reading.catalog, met, problems)
    return problems


def _check_backing(figures: Iterable[MetFigure], problems: Problems) -> None:
    """A value has a source, or is a judgement that gives its reasons."""
    for met in figures:
        if met.figure.value is not None and not _is_backed(met.figure.provenance):
            judged = met.figure.provenance.standing is Standing.JUDGEMENT
            message = "a judgement without its reasons" if judged else "a figure without source"
            hint = "say because:" if judged else "name its source:, or say standing: judgement and because:"
            problems.add("catalog-unsourced", message, met.at, path=met.path, hint=hint, severity="warning")


def _is_backed(provenance: Provenance) -> bool:
    return bool(provenance.source or provenance.because)


def _check_age(reading: CatalogReading, met: Met, as_of: date, problems: Problems) -> None:
    """Figures read long ago: one by one where they say when they were read, else once for their source."""
    sources = reading.catalog.sources
    oldest = subtract(as_of, STALE_AFTER)
    counts: Counter[SourceId] = Counter()
    for one in reading.figures:
        provenance = one.figure.provenance
        citation = cite(provenance, sources)
        if one.figure.value is None or citation.read is None or citation.read >= oldest:
            continue
        source = sources.get(provenance.source) if provenance.source else None
        if source is not None and citation.read == source.read:
            counts[source.id] += 1
        else:
            message = f"read on {citation.read}, more than twelve months before {as_of}"
            hint = "read it again, and say when"
            problems.add("catalog-stale", message, one.at, path=one.path, hint=hint, severity="warning")
    for source_id, count in counts.items():
        rest = "a figure rests" if count == 1 else f"{count} figures rest"
        message = f"{rest} on a source read on {sources[source_id].read}, more than twelve months before {as_of}"
        place = met.places["SourceId", source_id]
        problems.add("catalog-stale", message, place.at, hint="read it again, and say when", severity="warning")


def _check_read(reading: CatalogReading, met: Met, as_of: date, problems: Problems) -> None:
    """Days of reading that have not come yet, of figures, rivals and sources: each day once a file."""
    places = [(one.figure.provenance.read, one.at, one.path) for one in reading.figures]
    places += [(rival.read, one.at, one.path) for one in reading.figures for rival in one.figure.alternatives]
    for source in reading.catalog.sources.values():
        place = met.places["SourceId", source.id]
        places.append((source.read, place.at, place.path))
    reported: set[tuple[str, date]] = set()
    for read, at, path in places:
        if read is not None and read > as_of and (at.file, read) not in reported:
            reported.add((at.file, read))
            message = f"read on {read}, after {as_of}"
            problems.add("catalog-future", message, at, path=path, hint="mend the day", severity="warning")


def _check_unused(catalog: Catalog, met: Met, problems: Problems) -> None:
    cited = {one.id for one in met.references if one.field in ("Provenance.source", "Rival.source")}
    for source_id in catalog.sources.keys() - cited:
        message = f"nothing cites the source {source_id!r}"
        place = met.places["SourceId", source_id]
        problems.add("catalog-source-unused", message, place.at, hint="cite it, or delete it", severity="warning")


def _check_names(catalog: Catalog, met: Met, problems: Problems) -> None:
    """Names that several entries answer to, so that neither is found by them."""
    for table, kind in _KINDS:
        shared: dict[tuple[str, ...], list[str]] = {}
        for form, ids in catalog.index.forms(table).items():
            if len(ids) > 1:
                shared.setdefault(tuple(ids), []).append(form)
        for ids, forms in shared.items():
            message = f"{' and '.join(ids)} answer to the same name: {', '.join(forms)}"
            place = met.places[kind, ids[-1]]
            hint = "give one of them another name or alias"
            problems.add("catalog-alias-clash", message, place.at, hint=hint, severity="warning")
