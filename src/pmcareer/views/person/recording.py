"""Entries written into a profile, as a Report and as a diff that other programs can apply."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from fractions import Fraction

from pmcareer.api.person.recorded import Recorded
from pmcareer.api.person.recording import Recording
from pmcareer.profiles.changes import AddEvent, AddHolding, AddRenewed, AddUnits, Change, SetEarned, SetNamespace
from pmcareer.views.renewals.wording import last_valid_day, ledger_in_words, standing, units_in_words
from pmcareer.views.report import Block, Cell, Lines, Plain, Report, lines
from pmcareer.views.status_tones import TONES
from pmcareer.views.wording import counted, number

SCHEMA = "pmcareer.recorded/1"


def recorded_report(recorded: Recorded) -> Report:
    """What was written (or would be), and what follows from it."""
    recording = recorded.recording
    verb = "Written to" if recording.written else "Would be written to" if recording.change else "Nothing new for"
    return Report(
        title=f"{verb} {recording.path}: {_what(recorded)}",
        blocks=tuple(_blocks(recorded)),
        document=_document(recorded),
        notes=tuple(_notes(recorded)),
    )


def diff_of(recording: Recording) -> str:
    """The unified diff from the old text to the new."""
    old, new = recording.text_before, recording.text_after
    name = str(recording.path)
    found = difflib.unified_diff(
        _lines(old or ""), _lines(new), f"a/{name}" if old is not None else "/dev/null", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


def _lines(text: str) -> list[str]:
    return re.findall("[^\n]*\n|[^\n]+", text)


def _what(recorded: Recorded) -> str:
    names = recorded.names or {}
    recording = recorded.recording
    match recording.change:
        case AddUnits(entry):
            what = " and ".join(names.get(own, own) for own in entry.for_)
            return f"{counted(number(Fraction(entry.hours)), 'hour')} for {what} on {entry.on}"
        case AddHolding(holding):
            return f"{names.get(holding.id, holding.id)} earned on {holding.earned}"
        case SetEarned(at, on):
            return f"{_name(recorded, at)} earned on {on}"
        case AddRenewed(at, on):
            return f"{_name(recorded, at)} renewed on {on}"
        case AddEvent(at, event):
            return f"{_name(recorded, at)} {event.kind} on {event.on}"
        case SetNamespace(namespace):
            return f"calendar_namespace {namespace}"
        case None:
            return "it is there already"
        case _:
            return counted(len(recording.changes), "change")


def _name(recorded: Recorded, at: int) -> str:
    own = recorded.recording.after.certifications[at].id
    return (recorded.names or {}).get(own, own)


def _blocks(recorded: Recorded) -> Iterator[Block]:
    items = []
    for held in recorded.holdings:
        name = (recorded.names or {}).get(held.certification, held.certification)
        unit = held.units.name if held.units else "units"
        items.append(Cell(f"{name}: {standing(held)}", TONES[held.status]))
        items.extend(
            Cell(f"{name}: {ledger_in_words(line, unit)}", "plain" if line.counted else "warn")
            for line in recorded.ledger
            if line.certification == held.certification
        )
        if held.units:
            renewed = held.cycle is not None and held.cycle.renewed
            items.append(Cell(f"{name}: {units_in_words(held.units, renewed=renewed)}"))
    if items:
        yield Lines(tuple(items))
    if recorded.problems:
        yield lines("To check", [problem.message for problem in recorded.problems], "warn")


def _notes(recorded: Recorded) -> Iterator[str]:
    if recorded.recording.written and recorded.recording.text_before is None:
        yield f"{recorded.recording.path} is new."


def _document(recorded: Recorded) -> dict[str, Plain]:
    recording = recorded.recording
    return {
        "schema": SCHEMA,
        "as_of": recorded.as_of.isoformat(),
        "file": str(recording.path),
        "written": recording.written,
        "created": recording.written and recording.text_before is None,
        "change": _kind(recording.change),
        "diff": diff_of(recording),
        "holdings": [
            {
                "certification": held.certification,
                "status": held.status.value,
                "valid": held.valid,
                "expires": last.isoformat() if (last := last_valid_day(held)) else None,
            }
            for held in recorded.holdings
        ],
        "problems": [
            {"code": p.code, "severity": p.severity, "message": p.message, "path": p.path, "hint": p.hint}
            for p in recorded.problems
        ],
    }


def _kind(change: Change | None) -> str | None:
    return _KINDS[type(change)] if change else None


_KINDS: dict[type, str] = {
    AddUnits: "units-added",
    AddHolding: "holding-added",
    SetEarned: "award-dated",
    AddRenewed: "renewal-added",
    AddEvent: "event-added",
    SetNamespace: "namespace-set",
}
