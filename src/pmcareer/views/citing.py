"""Citing: who says so and when that was read, in the brackets that stand behind a line, and as a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pmcareer.model.sources import Citation


def cited(citation: Citation | None) -> str:
    """`` [source: standing, read on]``, or nothing where nothing is cited."""
    if citation is None:
        return ""
    if citation.source is None:
        return f" [{citation.standing.value}]"
    read = f", read {citation.read.isoformat()}" if citation.read else ""
    return f" [{citation.source}: {citation.standing.value}{read}]"


def source_lines(citations: Iterable[Citation]) -> Iterator[str]:
    """Each source once, in the order of first use, with its title and address."""
    seen: dict[str, Citation] = {}
    for citation in citations:
        if citation.source:
            seen.setdefault(citation.source, citation)
    for source, citation in seen.items():
        address = f", {citation.url}" if citation.url else ""
        yield f"{source}: {citation.title}{address}"
