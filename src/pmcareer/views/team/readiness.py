"""``team readiness`` as a Report: a ranked bench for each target, with what each person still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pmcareer.dates import days_to_months
from pmcareer.model.ids import RoleId
from pmcareer.team.audience import Audience, seen
from pmcareer.team.readiness import Judged, Missing, ReadinessRow, TeamReadiness
from pmcareer.views.plain_data import plain_money, plain_number
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, SheetKind, Table
from pmcareer.views.team.words import audience_document, sheet_columns, shown
from pmcareer.views.wording import number, requirement

SCHEMA = "pmcareer.team-readiness/1"
SHEET = ("target", "person", "role", "ready", "missing", "months", "cost", "currency")
KINDS: Final[Mapping[str, SheetKind]] = {"ready": "yes-no", "months": "decimal", "cost": "decimal"}
"""What the columns of ``SHEET`` hold that are not text."""

Names = Mapping[str, str]


def readiness_report(answer: TeamReadiness, audience: Audience, names: Names) -> Report:
    """The answer to ``pmcareer team readiness``.

    *names* are short names of certifications and roles, and of kinds of experience under ``experience/<kind>``.
    """
    rows = seen(answer.rows, audience)
    return Report(
        title=_title(answer, names),
        blocks=tuple(_blocks(answer, rows, names)),
        document=_document(answer, rows, audience, names),
    )


def readiness_sheet(answer: TeamReadiness, audience: Audience, names: Names) -> Report:
    """The rows for a spreadsheet."""
    rows = tuple(tuple(Cell(text) for text in _sheet_row(row, names)) for row in seen(answer.rows, audience))
    return Report("", (Table(sheet_columns(SHEET, ("months", "cost")), rows),), {}, notes=tuple(_notes(answer)))


def missing_words(missing: Missing, names: Names, *, plain: bool = False) -> str:
    """One thing that is missing; *plain*: certifications and roles by their ids."""
    if missing.kind == "move":
        return "no single move leads there"
    if missing.requirement is not None:
        return requirement(missing.requirement, {} if plain else names)
    name = missing.id if plain else names.get(missing.id, missing.id)
    return name if missing.kind == "certification" or plain else f"a time as {name}"


def missing(judged: Judged, names: Names) -> str:
    """All that is missing, as a cell of a spreadsheet: certifications and roles by their ids."""
    return "; ".join(missing_words(one, names, plain=True) for one in judged.missing)


def _title(answer: TeamReadiness, names: Names) -> str:
    ready = sum(answer.ready.values())
    if len(answer.targets) == 1:
        target = names.get(answer.targets[0], answer.targets[0])
        return f"{target} on {answer.as_of.isoformat()}: {ready:,} of {answer.candidates:,} ready"
    return f"Next roles on {answer.as_of.isoformat()}: {ready:,} of {answer.candidates:,} ready"


def _notes(answer: TeamReadiness) -> Iterator[str]:
    if answer.in_role:
        yield f"{answer.in_role:,} in the role already."
    if answer.no_role:
        yield f"{answer.no_role:,} left out: their role is not known."
    if answer.no_since:
        yield f"{answer.no_since:,} taken as new in their role: the roster does not say since when."
    if len(answer.rows) < answer.candidates:
        yield f"{len(answer.rows):,} of {answer.candidates:,} are listed: those who lack least (--nearest N)."
    if answer.planned is not None:
        yield f"Months and cost are reckoned for {answer.planned:,} only: those who lack least (--nearest N)."
    yield "Of experience only the time in the present role counts: rosters tell of no earlier posts."


def _blocks(answer: TeamReadiness, rows: tuple[ReadinessRow, ...], names: Names) -> Iterator[Block]:
    columns = (
        Column("Person", flexible=True),
        Column("Role", flexible=True),
        Column("Ready"),
        Column("Missing", flexible=True),
        Column("Months", "right"),
        Column("Cost", "right"),
    )
    for target in answer.targets:
        cells = [_row(row, names) for row in rows if row.target == target]
        if cells:
            title = names.get(target, target) if len(answer.targets) > 1 else ""
            yield Table(columns, shown(cells, len(columns)), title)
    notes = tuple(Cell(text, "dim") for text in _notes(answer))
    if not rows:
        yield Lines((Cell("Nobody of the roster is on the way there."),), bullets=False)
    if notes:
        yield Lines(notes, bullets=False)


def _row(row: ReadinessRow, names: Names) -> tuple[Cell, ...]:
    judged = row.judged
    lacks = "; ".join(missing_words(one, names) for one in judged.missing)
    return (
        Cell(row.person, "strong"),
        Cell(names.get(row.role, row.role)),
        Cell("yes", "good") if judged.ready else Cell("no"),
        Cell(lacks),
        Cell(_months(judged)),
        Cell(_cost(judged)),
    )


def _months(judged: Judged) -> str:
    if judged.days is None:
        return "no plan" if judged.planned else ""
    return f"{float(days_to_months(judged.days)):.1f}" if judged.days else "0"


def _cost(judged: Judged) -> str:
    if judged.cost is None:
        return ""
    return f"≥ {judged.cost}" if judged.at_least else str(judged.cost)


def _sheet_row(row: ReadinessRow, names: Names) -> Iterator[str]:
    judged = row.judged
    yield from (row.target, row.person, row.role, "yes" if judged.ready else "no")
    yield missing(judged, names)
    yield number(judged.months) if judged.months is not None else ""
    yield judged.cost.plain if judged.cost else ""
    yield judged.cost.currency if judged.cost else ""


def _document(
    answer: TeamReadiness, rows: tuple[ReadinessRow, ...], audience: Audience, names: Names
) -> dict[str, Plain]:
    single = answer.targets[0] if len(answer.targets) == 1 else None
    return {
        "schema": SCHEMA,
        "as_of": answer.as_of.isoformat(),
        "audience": audience_document(audience),
        "target": single,
        "targets": list(answer.targets),
        "candidates": answer.candidates,
        "ready": {role: answer.ready.get(RoleId(role), 0) for role in answer.targets},
        "planned": answer.candidates if answer.planned is None else answer.planned,
        "in_role": answer.in_role,
        "role_unknown": answer.no_role,
        "role_since_unknown": answer.no_since,
        "notes": list(_notes(answer)),
        "rows": [_document_row(row, names) for row in rows],
    }


def _document_row(row: ReadinessRow, names: Names) -> Plain:
    judged = row.judged
    return {
        "person": row.person,
        "role": row.role,
        "target": row.target,
        "ready": judged.ready,
        "met": [requirement(one, names) for one in judged.met],
        "missing": [missing_words(one, names, plain=True) for one in judged.missing],
        "months": plain_number(judged.months),
        "cost": plain_money(judged.cost),
        "cost_at_least": judged.at_least,
        "planned": judged.planned,
    }
