"""A checked roster as a Report: how it was read, what it holds, what is not used; ``pmcareer.team-check/1``."""

from __future__ import annotations

from pmcareer.api.team.checks import RosterCheck
from pmcareer.api.team.contradictions import RosterFinding
from pmcareer.problems import Severity
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table, Tone, lines
from pmcareer.views.wording import counted

SCHEMA = "pmcareer.team-check/1"

_TONES: dict[Severity, Tone] = {"error": "bad", "warning": "warn", "note": "dim"}
_MEANING: dict[Severity, str] = {"error": "not used", "warning": "in part", "note": "doubtful"}


def check_report(check: RosterCheck) -> Report:
    """What a roster holds and what in it is not used; bad news where there is something."""
    people = "1 person" if check.people == 1 else f"{check.people:,} people"
    held = f"{people}, {counted(f'{check.holdings:,}', 'holding')}"
    return Report(
        title=f"{check.source}: {held}",
        blocks=_blocks(check),
        document=_document(check),
        verdict="fine" if check.clean else "bad-news",
        notes=_unjudged(check),
    )


def _unjudged(check: RosterCheck) -> tuple[str, ...]:
    if not check.unjudged:
        return ()
    return (f"The days of {check.unjudged:,} different holdings were not held against the rules of renewal: too many.",)


def _blocks(check: RosterCheck) -> tuple[Block, ...]:
    read = [f"{key}: {value}" for key, value in check.read_as.items()]
    own = [f"{name}: column {column!r}" for name, column in check.columns.items() if name != column]
    of_file = [f"{one.message}{f' ({one.hint})' if one.hint else ''}" for one in check.of_file]
    rows = tuple(_row(one) for one in check.findings)
    total = sum(check.by_code.values())
    blocks: list[Block] = [lines("Read as", [*read, *own]), lines("Columns", of_file, "dim")]
    if not total:
        blocks.append(lines("", ["Every row is used."], "good", bullets=False))
        return tuple(blocks)
    columns = (
        Column("Row", "right"),
        Column("Column"),
        Column("Value", flexible=True),
        Column("Finding", flexible=True),
    )
    title = "Findings" if total == len(rows) else f"The first {len(rows):,} of {total:,} findings, the worst first"
    return (*blocks, _by_code(check), Table((*columns, Column("Used")), rows, title))


def _by_code(check: RosterCheck) -> Lines:
    counts = [Cell(f"{code}: {count:,}") for code, count in check.by_code.items()]
    found = ((one, check.by_severity.get(one, 0)) for one in _MEANING)
    how_many = ", ".join(counted(f"{number:,}", one) for one, number in found if number)
    return Lines(tuple(counts), f"Set aside or doubtful: {how_many}")


def _row(found: RosterFinding) -> tuple[Cell, ...]:
    one = found.finding
    hint = f" ({found.hint})" if found.hint else ""
    return (
        Cell(str(one.source_row)),
        Cell(one.column_name),
        Cell(one.value or ""),
        Cell(f"{one.message}{hint} [{one.code}]"),
        Cell(_MEANING[one.severity], _TONES[one.severity]),
    )


def _document(check: RosterCheck) -> dict[str, Plain]:
    return {
        "schema": SCHEMA,
        "as_of": check.as_of.isoformat(),
        "source": check.source,
        "read_as": dict(check.read_as),
        "columns": dict(check.columns),
        "people": check.people,
        "holdings": check.holdings,
        "by_severity": {str(severity): count for severity, count in check.by_severity.items()},
        "by_code": dict(check.by_code),
        "problems": [
            {
                "row": one.finding.source_row,
                "column": one.finding.column_name,
                "value": one.finding.value,
                "code": one.finding.code,
                "severity": one.finding.severity,
                "message": one.finding.message,
                "hint": one.hint,
            }
            for one in check.findings
        ],
    }
