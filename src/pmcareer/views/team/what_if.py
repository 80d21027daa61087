"""``team what-if`` as a Report: the changes, then status, cover and readiness before and after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmcareer.model.ids import RoleId
from pmcareer.renewals.status import Status
from pmcareer.team.audience import Audience, seen
from pmcareer.team.coverage import CoverageRow
from pmcareer.team.readiness import ReadinessRow, TeamReadiness
from pmcareer.team.what_if import Change, Cover, Earn, Join, Leave, LetLapse, Promote, Ready, Side, TeamWhatIf
from pmcareer.views.plain_data import plain_day
from pmcareer.views.report import Block, Cell, Column, Lines, Plain, Report, Table, Tone
from pmcareer.views.team.readiness import missing_words
from pmcareer.views.team.words import LISTED, audience_document, group_name, shown

SCHEMA = "pmcareer.team-what-if/1"
SHEET = ("part", "what", "who", "before", "after")

_ASSUMED = "No renewal is assumed on either side. What somebody lets lapse counts for nothing on this day."

Names = Mapping[str, str]
Row = tuple[str, str, str, str, str]


def what_if_report(answer: TeamWhatIf, audience: Audience, names: Names) -> Report:
    """The answer to ``pmcareer team what-if``; *names* as for readiness."""
    worse = [one for one in answer.cover if _is_worse(one)]
    done = "; ".join(change_words(change, names) for change in answer.changes)
    return Report(
        title=f"On {answer.on.isoformat()}, if {done}",
        blocks=tuple(_blocks(answer, seen(answer.ready, audience), names)),
        document=_document(answer, seen(answer.ready, audience), audience, names),
        verdict="bad-news" if worse else "fine",
    )


def what_if_sheet(answer: TeamWhatIf, audience: Audience, names: Names) -> Report:
    """The rows for a spreadsheet: everything that differs."""
    rows = [
        *(("status", what, "", before, after) for what, before, after in _figures(answer) if before != after),
        *(("cover", one.certification, one.group, _cover(one.before), _cover(one.after)) for one in answer.cover),
        *(
            ("readiness", one.target, one.person, _ready(one.before, names), _ready(one.after, names))
            for one in seen(answer.ready, audience)
        ),
    ]
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Report("", (Table(tuple(Column(title) for title in SHEET), cells),), {})


def change_words(change: Change, names: Names) -> str:
    """One change, to go on after "if"."""
    match change:
        case Leave():
            return f"{change.person} leaves"
        case Join():
            held = ", ".join(names.get(row.certification, row.certification) for row in change.holdings)
            role = f" as {names.get(change.who.role, change.who.role)}" if change.who.role else ""
            return f"{change.who.person} joins{role}{f' with {held}' if held else ''}"
        case Promote():
            return f"{change.person} becomes {names.get(change.role, change.role)}"
        case LetLapse():
            return f"{change.person} lets {names.get(change.certification, change.certification)} lapse"
        case Earn():
            return f"{change.person} earns {names.get(change.certification, change.certification)} on {change.on}"


def _blocks(answer: TeamWhatIf, ready: Sequence[Ready], names: Names) -> Iterator[Block]:
    before_after = (Column("Before", flexible=True), Column("After", flexible=True))
    figures = tuple(
        (Cell(what), Cell(before), Cell(after, "strong" if before != after else "plain"))
        for what, before, after in _figures(answer)
    )
    yield Table((Column(""), Column("Before", "right"), Column("After", "right")), figures, "Status")
    if answer.cover:
        rows = [
            (
                Cell(names.get(one.certification, one.certification), "strong"),
                Cell(group_name(one.group) if one.group or answer.after.coverage.by else "everybody"),
                Cell(_cover(one.before)),
                Cell(_cover(one.after), _cover_tone(one)),
            )
            for one in answer.cover
        ]
        columns = (Column("Certification", flexible=True), Column("Group", flexible=True), *before_after)
        yield Table(columns, shown(rows, 4), "Cover")
    else:
        yield Lines((Cell("Cover stays as it is."),), "Cover", bullets=False)
    for target in answer.targets:
        yield from _target(answer, target, [one for one in ready if one.target == target], names)
    yield Lines((Cell(_ASSUMED, "dim"),), bullets=False)


def _target(answer: TeamWhatIf, target: RoleId, rows: Sequence[Ready], names: Names) -> Iterator[Block]:
    counts = [_of(side, target) for side in (answer.before, answer.after)]
    title = f"{names.get(target, target)}: {_ready_count(counts[0])} ready before, {_ready_count(counts[1])} after"
    bench = [row.person for row in counts[1].rows if row.judged.ready] if counts[1] else []
    if rows:
        cells = [
            (Cell(one.person, "strong"), Cell(_ready(one.before, names)), Cell(_ready(one.after, names)))
            for one in rows
        ]
        columns = (Column("Person", flexible=True), Column("Before", flexible=True), Column("After", flexible=True))
        yield Table(columns, shown(cells, 3), title)
    some = ", ".join(bench[:LISTED]) + (" …" if len(bench) > LISTED else "")
    text = f"Ready afterwards: {some}" if bench else "Nobody is ready afterwards."
    yield Lines((Cell(text, "good" if bench else "warn"),), "" if rows else title, bullets=False)


def _figures(answer: TeamWhatIf) -> Iterator[tuple[str, str, str]]:
    before, after = answer.before.status, answer.after.status
    yield "People", f"{before.people:,}", f"{after.people:,}"
    yield "Holdings", f"{before.tally.holdings:,}", f"{after.tally.holdings:,}"
    for status in Status:
        old, new = before.tally.by_status.get(status, 0), after.tally.by_status.get(status, 0)
        if old or new:
            yield status.value, f"{old:,}", f"{new:,}"


def _cover(row: CoverageRow | None) -> str:
    if row is None:
        return "0"
    breaks = f", falls to {row.falls_to} on {row.breaks_on}" if row.breaks_on else ""
    return f"{row.holders:,}{breaks}"


def _cover_tone(one: Cover) -> Tone:
    return "bad" if _is_worse(one) else "plain"


def _is_worse(one: Cover) -> bool:
    """Whether fewer hold it than before, and too few, or it breaks sooner."""
    old = one.before.holders if one.before else 0
    new = one.after.holders if one.after else 0
    short = one.after is None or one.after.short
    sooner = (
        one.after
        and one.after.breaks_on
        and one.before
        and (one.before.breaks_on is None or one.after.breaks_on < one.before.breaks_on)
    )
    return bool((new < old and short) or sooner)


def _ready(row: ReadinessRow | None, names: Names) -> str:
    if row is None:
        return "no candidate"
    lacks = "; ".join(missing_words(one, names) for one in row.judged.missing)
    return "ready" if row.judged.ready else f"lacks {lacks}"


def _of(side: Side, target: RoleId) -> TeamReadiness | None:
    return next((one for one in side.readiness if target in one.targets), None)


def _ready_count(answer: TeamReadiness | None) -> int:
    return sum(answer.ready.values()) if answer else 0


# --- for programs -----------------------------------------------------------------------------------------------------


def _document(answer: TeamWhatIf, ready: Sequence[Ready], audience: Audience, names: Names) -> dict[str, Plain]:
    return {
        "schema": SCHEMA,
        "as_of": answer.on.isoformat(),
        "audience": audience_document(audience),
        "changes": [change_words(change, names) for change in answer.changes],
        "assumes": _ASSUMED,
        "status": {"before": _status(answer.before), "after": _status(answer.after)},
        "by": answer.after.coverage.by,
        "minimum": answer.after.coverage.minimum,
        "coverage": [
            {
                "certification": one.certification,
                "group": (one.group or None) if answer.after.coverage.by else None,
                "before": _cover_document(one.before),
                "after": _cover_document(one.after),
            }
            for one in answer.cover
        ],
        "targets": [
            {
                "target": target,
                "ready_before": _ready_count(_of(answer.before, target)),
                "ready_after": _ready_count(_of(answer.after, target)),
            }
            for target in answer.targets
        ],
        "readiness": [
            {
                "person": one.person,
                "target": one.target,
                "before": _ready_document(one.before, names),
                "after": _ready_document(one.after, names),
            }
            for one in ready
        ],
    }


def _status(side: Side) -> Plain:
    tally = side.status.tally
    return {
        "people": side.status.people,
        "holdings": tally.holdings,
        "by_status": {status.value: count for status, count in tally.by_status.items()},
        "ending_within_days": {str(span): count for span, count in tally.due.items()},
    }


def _cover_document(row: CoverageRow | None) -> Plain:
    if row is None:
        return {"holders": 0, "breaks_on": None, "falls_to": None}
    return {"holders": row.holders, "breaks_on": plain_day(row.breaks_on), "falls_to": row.falls_to}


def _ready_document(row: ReadinessRow | None, names: Names) -> Plain:
    if row is None:
        return None
    return {"ready": row.judged.ready, "missing": [missing_words(one, names, plain=True) for one in row.judged.missing]}
