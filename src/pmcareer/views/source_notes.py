"""Source notes: the sources of one page, numbered in the order in which they are first needed."""

from __future__ import annotations

from collections.abc import Iterable

from pmcareer.model.figures import Standing
from pmcareer.model.sources import Citation
from pmcareer.views.page import SourceNote


class SourceNotes:
    """Gives each source its number; the same source, standing and reason has one number."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, str, str, str], SourceNote] = {}

    def cite(self, *citations: Citation | None) -> tuple[int, ...]:
        """The numbers of *citations*, each once; None is no source."""
        return tuple(sorted({self._number(one) for one in citations if one is not None}))

    def cite_all(self, citations: Iterable[Citation | None]) -> tuple[int, ...]:
        """As ``cite``."""
        return self.cite(*citations)

    @property
    def notes(self) -> tuple[SourceNote, ...]:
        """The sources that were cited, by number."""
        return tuple(self._notes.values())

    def _number(self, citation: Citation) -> int:
        read = citation.read.isoformat() if citation.read else ""
        key = (citation.source or "", citation.standing.value, read, "" if citation.source else citation.because)
        if key not in self._notes:
            self._notes[key] = SourceNote(
                number=len(self._notes) + 1,
                title=citation.title or citation.because or _NAMELESS[citation.standing],
                standing=citation.standing.value,
                read=read,
                url=citation.url,
                key=citation.source or "",
            )
        return self._notes[key].number


_NAMELESS = {
    Standing.OFFICIAL: "The issuer's own word; the catalog names no page",
    Standing.SECONDARY: "Someone who read the issuer's page; the catalog names none",
    Standing.UNVERIFIED: "The catalog names no source",
    Standing.JUDGEMENT: "Our judgement",
}
