"""Sources: what was read, by whom it was published, when, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pmcareer.model.figures import Provenance, Standing
from pmcareer.model.ids import SourceId
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One published page, handbook or dataset.

    ``read`` is the day on which we (or the copy we rely on) read it; ``published`` is free text (``April 2026``).
    """

    id: SourceId
    title: str
    publisher: str
    read: date
    standing: Standing
    url: str = ""
    published: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A provenance with its source looked up, ready to be shown."""

    source: SourceId | None
    title: str
    url: str
    read: date | None
    standing: Standing
    because: str = ""


def cite(provenance: Provenance, sources: Mapping[SourceId, Source]) -> Citation:
    """The citation behind *provenance*; what it leaves unsaid comes from its source.

    A provenance without source counts as judgement if it says why, else as unverified.
    """
    source = sources.get(provenance.source) if provenance.source else None
    fallback = Standing.JUDGEMENT if provenance.because else Standing.UNVERIFIED
    return Citation(
        source=provenance.source,
        title=source.title if source else "",
        url=source.url if source else "",
        read=provenance.read or (source.read if source else None),
        standing=provenance.standing or (source.standing if source else fallback),
        because=provenance.because,
    )
