"""One entry of the catalog as a Report: every value with what backs it, its rules, its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pmcareer.api.catalog.entries import ShownEntry
from pmcareer.model.figures import Origin, Standing
from pmcareer.model.renewal_rules import AppliesTo, InForce, RenewalRule
from pmcareer.model.sources import Citation, Source
from pmcareer.views.catalog.roles import role_blocks, role_document
from pmcareer.views.catalog.values import ValueRow, value_rows
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table, Tone, lines
from pmcareer.views.resolved import resolved

SCHEMA = "pmcareer.catalog/1"

_TONES: dict[Standing, Tone] = {
    Standing.OFFICIAL: "good",
    Standing.SECONDARY: "plain",
    Standing.UNVERIFIED: "warn",
    Standing.JUDGEMENT: "dim",
}


def entry_report(shown: ShownEntry, *, origins: bool = False, footnotes: bool = True) -> Report:
    """The entry; *origins* adds the layer, file and line of each value.

    *footnotes*: values refer to numbered sources at the end; else to the ids of sources, for programs.
    """
    return Report(_title(shown), tuple(_blocks(shown, origins, footnotes)), entry_document(shown))


def _title(shown: ShownEntry) -> str:
    entry = shown.entry
    name = getattr(entry, "name", "") or getattr(entry, "title", "") or shown.id
    short = getattr(entry, "abbreviation", "")
    by = f" ({shown.issuer})" if shown.issuer else ""
    return f"{short}: {name}{by}" if short else f"{name}{by}"


def _blocks(shown: ShownEntry, origins: bool, footnotes: bool) -> Iterator[Block]:
    notes = _Backings(shown, footnotes)
    yield _head(shown)
    rows = value_rows(shown.entry, shown.sources, shown.names, whole=origins, written_at=shown.written_at)
    yield notes.values("Values", rows, origins)
    if shown.rules:
        yield _history(shown)
        yield from _rule(shown, notes, origins)
    for rule in getattr(shown.entry, "rules", ()) if not shown.rules else ():
        yield notes.values(f"Rule {rule.id}", value_rows(rule, shown.sources, shown.names, whole=True), origins)
    if shown.around is not None:
        yield from role_blocks(shown.around, shown.names, shown.sources, notes.reference)
    if notes.texts:
        yield Lines(tuple(Cell(f"[{n}] {text}", "dim") for text, n in notes.texts.items()), "Sources", bullets=False)


def _head(shown: ShownEntry) -> Lines:
    entry = shown.entry
    texts = [f"id: {shown.id}", getattr(entry, "summary", ""), getattr(entry, "note", "")]
    return lines("", [text for text in texts if text], bullets=False)


class _Backings:
    """What backs the values, numbered as it is met: sources, and the reasons of judgements."""

    def __init__(self, shown: ShownEntry, numbered: bool) -> None:
        self._shown = shown
        self._numbered = numbered
        self.texts: dict[str, int] = {}

    def values(self, title: str, rows: Iterator[ValueRow], origins: bool) -> Table:
        """A table of values with the numbers of what backs them."""
        columns = [Column("What", flexible=True), Column("Value", flexible=True), Column("Standing"), Column("Read")]
        columns += [Column("Source")] + [Column("Where", flexible=True)] * origins
        return Table(tuple(columns), tuple(self._row(row, origins) for row in rows), title)

    def _row(self, row: ValueRow, origins: bool) -> tuple[Cell, ...]:
        text = f"{row.text} ({row.note})" if row.note else row.text
        cells = (
            Cell("   another source" if row.rival else row.label, "warn" if row.rival else "plain"),
            Cell(text, "warn" if row.text == "unknown" or row.rival else "plain"),
            *self._backing(row.citation),
        )
        return (*cells, Cell(_where(row.origins), "dim")) if origins else cells

    def _backing(self, citation: Citation | None) -> tuple[Cell, ...]:
        if citation is None:
            return Cell(""), Cell(""), Cell("")
        read = citation.read.isoformat() if citation.read else ""
        return (
            Cell(citation.standing.value, _TONES[citation.standing]),
            Cell(read),
            Cell(self.reference(citation), "dim"),
        )

    def reference(self, citation: Citation) -> str:
        """How a cell refers to what backs a value."""
        if not self._numbered:
            return citation.source or citation.because
        source = self._shown.sources.get(citation.source) if citation.source else None
        text = _source_words(source) if source else citation.because
        return f"[{self.texts.setdefault(text, len(self.texts) + 1)}]" if text else ""


def _source_words(source: Source) -> str:
    url = f", {source.url}" if source.url else ""
    return f"{source.id}: {source.title}, {source.publisher}, read {source.read}, {source.standing.value}{url}"


def _where(origins: Iterable[Origin]) -> str:
    """The file with its layer; a file of another layer than the shipped one is called by its layer already."""
    return ", ".join(
        f"{origin.layer}: {origin.file}:{origin.line}" if origin.layer == "shipped" else f"{origin.file}:{origin.line}"
        for origin in origins
    )


# --- rules ----------------------------------------------------------------------------------------------------------


def _history(shown: ShownEntry) -> Table:
    known, summary = Column("Known", flexible=True), Column("Summary", flexible=True)
    columns = (Column("Rule"), Column("Governs", flexible=True), known, summary)
    rows = [
        (
            Cell(rule.id, "strong" if rule == shown.governing else "plain"),
            Cell(_governs(rule.applies_to)),
            Cell(_known(rule.in_force)),
            Cell(rule.summary),
        )
        for rule in shown.rules
    ]
    return Table(columns, tuple(rows), "Renewal rules, oldest first; of those that match, the last governs")


def _governs(applies: AppliesTo) -> str:
    span = _span(applies.from_, applies.until)
    words = {"earned": "earned", "cycle-start": "cycles that begin", "cycle-end": "cycles that end"}[applies.by]
    editions = f", editions {', '.join(applies.editions)}" if applies.editions else ""
    return f"{words} {span}{editions}" if span else f"all{editions}"


def _known(in_force: InForce) -> str:
    return _span(in_force.from_, in_force.until) or "always"


def _span(first: date | None, last: date | None) -> str:
    return " ".join(filter(None, (f"from {first}" if first else "", f"until {last}" if last else "")))


def _rule(shown: ShownEntry, notes: _Backings, origins: bool) -> Iterator[Block]:
    rule = shown.governing
    if rule is None:
        yield lines("", [f"What governs an award of {shown.as_of} is not known."], "warn", bullets=False)
        return
    title = f"The rule for what is earned on {shown.as_of}: {rule.id}"
    yield notes.values(title, value_rows(rule, shown.sources, shown.names, whole=True), origins)


# --- pmcareer.catalog/1 ---------------------------------------------------------------------------------------------


def entry_document(shown: ShownEntry) -> dict[str, Plain]:
    """The entry as the only one of its table; a certification with all its rules, and the one that governs."""
    entry = resolved(shown.entry, shown.sources)
    if shown.rules and isinstance(entry, dict):
        entry |= rules_document(shown.rules, shown.governing, shown)
    if shown.around is not None and isinstance(entry, dict):
        entry |= role_document(shown.around, shown.sources)
    return {
        "schema": SCHEMA,
        "as_of": shown.as_of.isoformat(),
        shown.table: [entry],
        **_sources_document(shown),
    }


def rules_document(rules: tuple[RenewalRule, ...], governing: RenewalRule | None, shown: Any) -> dict[str, Plain]:
    """All rules of a certification, its issuer's among them, and the id of the one for what is earned today."""
    return {
        "renewal_rules": [resolved(rule, shown.sources) for rule in rules],
        "governing_rule": governing.id if governing else None,
    }


def _sources_document(shown: ShownEntry) -> dict[str, Plain]:
    if shown.table == "sources":
        return {}
    return {"sources": [resolved(source, shown.sources) for source in shown.sources.values()]}
