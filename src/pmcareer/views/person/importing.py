"""An import as a Report: what was taken for what, how surely, what was assumed, and what is left to the person."""

from __future__ import annotations

from collections.abc import Iterator

from pmcareer.api.imports.draft import Item, Outcome
from pmcareer.api.imports.importing import Imported
from pmcareer.renewals.answer import HoldingAnswer
from pmcareer.views.person.recording import diff_of
from pmcareer.views.renewals.wording import standing, units_in_words
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table, Tone, lines
from pmcareer.views.status_tones import TONES
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.imported/1"
_WORDS: dict[Outcome, tuple[str, Tone]] = {
    Outcome.ADDED: ("added", "good"),
    Outcome.COMPLETED: ("completed", "good"),
    Outcome.THERE: ("there already", "dim"),
    Outcome.DIFFERS: ("differs", "warn"),
    Outcome.UNMATCHED: ("kept as unmatched", "warn"),
    Outcome.LEFT_OUT: ("left out", "dim"),
}
_TAKEN = (Outcome.ADDED, Outcome.COMPLETED)


def imported_report(imported: Imported) -> Report:
    """What was written (or would be), entry by entry."""
    recording = imported.recording
    verb = "Written to" if recording.written else "Would be written to" if recording.changes else "Nothing new for"
    return Report(
        title=f"{verb} {recording.path}, from {imported.source}: {_summary(imported)}",
        blocks=tuple(_blocks(imported)),
        document=_document(imported),
        notes=tuple(_notes(imported)),
    )


def _summary(imported: Imported) -> str:
    """How many entries met each fate, in the order of the table."""
    counts = [(word, sum(one.outcome is outcome for one in imported.items)) for outcome, (word, _) in _WORDS.items()]
    return ", ".join(f"{n} {word}" for word, n in counts if n) or "it holds nothing that is read"


# --- blocks -----------------------------------------------------------------------------------------------------------


def _blocks(imported: Imported) -> Iterator[Block]:
    shown = [one for one in imported.items if one.kind != "skill" or one.outcome in _TAKEN]
    if shown:
        yield _table(shown)
    assumed = [text for one in imported.items for text in _assumed(one)]
    if assumed:
        yield lines("Assumed (--days first, last or ask says otherwise)", assumed, "warn")
    if unsure := [_unsure(one) for one in imported.items if one.outcome is Outcome.UNMATCHED]:
        yield lines('Kept under `unmatched` in the profile (--match "NAME=ID" says what one is)', unsure, "warn")
    if differing := [f"{one.said}: {one.note}" for one in imported.items if one.outcome is Outcome.DIFFERS]:
        yield lines("Left as the profile has it", differing, "warn")
    if left := [f"{one.said}: {one.note}" for one in imported.items if _is_left(one)]:
        yield lines("Left out", left, "dim")
    if skills := _skills_left(imported):
        yield lines("Skills left out", [skills], "dim")
    if standings := [_standing(imported, held) for held in imported.recorded.holdings]:
        yield Lines(tuple(standings), "Now")
    if problems := [problem.message for problem in imported.recorded.problems]:
        yield lines("To check", problems, "warn")


def _is_left(item: Item) -> bool:
    return item.outcome is Outcome.LEFT_OUT and item.kind != "skill"


def _table(items: list[Item]) -> Table:
    columns = (Column("What", flexible=True), Column("Taken for"), Column("Sure", "right"), Column("Outcome"))
    return Table(columns, tuple(_row(one) for one in items))


def _row(item: Item) -> tuple[Cell, ...]:
    word, tone = _WORDS[item.outcome]
    by = f" ({item.by})" if item.by else ""
    sure = f"{item.confidence} %" if item.confidence and item.id else ""
    taken = item.id if item.outcome is not Outcome.UNMATCHED else f"{item.id}?" if item.id else ""
    return Cell(f"{item.said}{by}"), Cell(taken), Cell(sure), Cell(word, tone)


def _assumed(item: Item) -> Iterator[str]:
    name = item.id or item.said
    for text in item.assumed:
        yield f"{name}: {text}"


def _unsure(item: Item) -> str:
    """Why it is only kept, and what it may be."""
    guesses = () if item.id else item.nearest
    nearest = f" (nearest: {', '.join(guesses)})" if guesses else f" (perhaps {item.id})" if item.id else ""
    return f"{item.said}: {item.note}{nearest}"


def _standing(imported: Imported, held: HoldingAnswer) -> Cell:
    name = (imported.recorded.names or {}).get(held.certification, held.certification)
    units = f"; {units_in_words(held.units, renewed=False)}" if held.units else ""
    return Cell(f"{name}: {standing(held)}{units}", TONES[held.status])


def _skills_left(imported: Imported) -> str:
    left = [one for one in imported.items if one.kind == "skill" and one.outcome is Outcome.LEFT_OUT]
    known = [one.id for one in left if one.id]
    parts = (
        [f"{counted(len(left) - len(known), 'skill')} that the catalog does not have"] if len(known) < len(left) else []
    )
    if known:
        parts.append(f"without a level: {', '.join(known)} (--skill-level LEVEL writes them)")
    return "; ".join(parts)


def _notes(imported: Imported) -> Iterator[str]:
    for problem in imported.doubts:
        yield str(problem)
    if imported.left_out:
        yield f"Not read: {', '.join(imported.left_out[:12])}"
    recording = imported.recording
    if recording.written and recording.text_before is None:
        yield f"{recording.path} is new."


# --- the machine form -------------------------------------------------------------------------------------------------


def _document(imported: Imported) -> dict[str, Plain]:
    recording = imported.recording
    return {
        "schema": SCHEMA,
        "as_of": imported.recorded.as_of.isoformat(),
        "source": imported.source,
        "file": str(recording.path),
        "written": recording.written,
        "created": recording.written and recording.text_before is None,
        "diff": diff_of(recording),
        "items": [_item(one) for one in imported.items],
        "left_out": list(imported.left_out),
        "problems": [
            {"code": p.code, "severity": p.severity, "message": p.message, "place": str(p.at), "hint": p.hint}
            for p in (*imported.doubts, *imported.recorded.problems)
        ],
    }


def _item(item: Item) -> dict[str, Plain]:
    return {
        "kind": item.kind,
        "name": item.said,
        "by": item.by,
        "place": str(item.at),
        "id": item.id or None,
        "confidence": item.confidence,
        "outcome": item.outcome.value,
        "note": item.note,
        "assumed": list(item.assumed),
        "nearest": list(item.nearest),
    }
