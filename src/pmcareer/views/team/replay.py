"""``team replay`` as a Report: who moved when the rules changed, from which day to which, and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from pmcareer.model.renewal_rules import RenewalRule
from pmcareer.renewals.status import Status
from pmcareer.team.audience import Audience, seen
from pmcareer.team.replay import Moved, TeamReplay, Verdict
from pmcareer.views.plain_data import plain_day
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, SheetKind, Table
from pmcareer.views.status_tones import TONES
from pmcareer.views.team.words import audience_document, shown
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.team-replay/1"
SHEET = (
    "person",
    "certification",
    "status_before",
    "expires_before",
    "rule_before",
    "status_after",
    "expires_after",
    "rule_after",
)
KINDS: Final[Mapping[str, SheetKind]] = {"expires_before": "date", "expires_after": "date"}
"""What the columns of ``SHEET`` hold that are not text."""

Names = Mapping[str, str]


def replay_report(answer: TeamReplay, audience: Audience, names: Names) -> Report:
    """The answer to ``pmcareer team replay``; *names* are short names of certifications."""
    rows = seen(answer.rows, audience)
    people = f"{answer.people:,} {'person' if answer.people == 1 else 'people'}"
    moved = f"{people} moved when the rules changed" if rows else "nobody moved when the rules changed"
    return Report(
        title=f"On {answer.as_of.isoformat()}: {moved} ({len(rows):,} of {counted(f'{answer.holdings:,}', 'holding')})",
        blocks=tuple(_blocks(answer, rows, names)),
        document=_document(answer, rows, audience),
    )


def replay_sheet(answer: TeamReplay, audience: Audience) -> Report:
    """The rows for a spreadsheet."""
    rows = tuple(
        (Cell(row.person), Cell(row.certification), *_sheet_side(row.before), *_sheet_side(row.after))
        for row in seen(answer.rows, audience)
    )
    return Report("", (Table(tuple(Column(title) for title in SHEET), rows),), {})


def _sheet_side(verdict: Verdict | None) -> tuple[Cell, Cell, Cell]:
    if verdict is None:
        return Cell(""), Cell(""), Cell("")
    expires = verdict.expires.isoformat() if verdict.expires else ""
    return Cell(verdict.status.value, TONES[verdict.status]), Cell(expires), Cell(_rule_id(verdict.rule))


def _blocks(answer: TeamReplay, rows: Sequence[Moved], names: Names) -> Iterator[Block]:
    yield Lines((Cell(f"Before: {answer.before}. After: {answer.after}."),), bullets=False)
    columns = (
        Column("Person", flexible=True),
        Column("Certification", flexible=True),
        Column("Before", flexible=True),
        Column("After", flexible=True),
    )
    if rows:
        cells = [
            (
                Cell(row.person, "strong"),
                Cell(names.get(row.certification, row.certification)),
                _side(row.before),
                _side(row.after),
            )
            for row in rows
        ]
        yield Table(columns, shown(cells, len(columns)), "Who moved")
        yield Lines(tuple(_why(rows, names)), "Why")
    if answer.other_rule_same_day:
        count = answer.other_rule_same_day
        text = f"{counted(f'{count:,}', 'holding')} under another rule, with the same status and last day"
        yield Lines((Cell(text, "dim"),), bullets=False)


def _side(verdict: Verdict | None) -> Cell:
    if verdict is None:
        return Cell("not in the catalog", "dim")
    return Cell(f"{verdict.status.value}{_until(verdict.status, verdict.expires)}", TONES[verdict.status])


def _until(status: Status, expires: date | None) -> str:
    return f", {expires.isoformat()}" if expires else "" if status is Status.LIFETIME else ", no day known"


def _why(rows: Sequence[Moved], names: Names) -> Iterator[Cell]:
    """Each change of rules once, with how many holdings it moved, the most first."""
    changes = Counter((row.certification, _words(row.before), _words(row.after)) for row in rows)
    for (own, before, after), count in sorted(changes.items(), key=lambda one: (-one[1], one[0])):
        yield Cell(f"{names.get(own, own)} ({count:,}). Before: {before} After: {after}")


def _words(verdict: Verdict | None) -> str:
    if verdict is None:
        return "not in the catalog."
    if verdict.rule is None:
        return "no rule in force governs such a holding."
    return f"{verdict.rule.summary} [{verdict.rule.id}]"


def _rule_id(rule: RenewalRule | None) -> str:
    return rule.id if rule else ""


def _document(answer: TeamReplay, rows: Sequence[Moved], audience: Audience) -> dict[str, Plain]:
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "audience": audience_document(audience),
        "before": answer.before,
        "after": answer.after,
        "people_moved": answer.people,
        "holdings": answer.holdings,
        "other_rule_same_day": answer.other_rule_same_day,
        "rows": [
            {
                "person": row.person,
                "certification": row.certification,
                "before": _verdict(row.before),
                "after": _verdict(row.after),
            }
            for row in rows
        ],
    }


def _verdict(verdict: Verdict | None) -> Plain:
    if verdict is None:
        return None
    rule = verdict.rule
    return {
        "status": verdict.status.value,
        "expires": plain_day(verdict.expires),
        "rule": {"id": rule.id, "summary": rule.summary, "source": rule.provenance.source} if rule else None,
    }
