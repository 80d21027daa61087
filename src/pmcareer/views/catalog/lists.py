"""Lists out of the catalog as Reports: certifications, other entries, search results, sources, numbers, changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pmcareer.api.catalog.changes import Change
from pmcareer.api.catalog.queries import CertificationLine, Found
from pmcareer.api.catalog.stats import CatalogStats, SourceUse
from pmcareer.model.figures import Standing
from pmcareer.model.renewal_rules import Cycle, RenewalRule
from pmcareer.views.catalog.entry import SCHEMA
from pmcareer.views.catalog.values import plain_text, value_rows
from pmcareer.views.report import Cell, Column, Plain, Report, Table
from pmcareer.views.resolved import Sources, resolved
from pmcareer.views.wording import counted

_SINGULAR = {
    "certifications": "certification",
    "roles": "role",
    "ladders": "ladder",
    "issuers": "issuer",
    "skills": "skill",
    "niches": "niche",
    "experience_kinds": "kind of experience",
    "methods": "method",
    "selection_models": "selection model",
    "pay": "region",
    "assumptions": "assumption",
    "sources": "source",
}


def certifications_report(found: Sequence[CertificationLine], sources: Sources, as_of: date) -> Report:
    """Certifications with their issuers, levels, prices and renewals."""
    columns = (
        Column("Id"),
        Column("Certification", flexible=True),
        Column("Issuer", flexible=True),
        Column("Level"),
        Column("Price", "right"),
        Column("Renewal", flexible=True),
    )
    rows = tuple(_certification(line) for line in found)
    document = {"certifications": [_certification_document(line, sources) for line in found]}
    return _report(f"{counted(len(found), 'certification')}", Table(columns, rows), as_of, document)


def _certification(line: CertificationLine) -> tuple[Cell, ...]:
    one = line.certification
    price = line.price.amount.value if line.price else None
    name = one.name if line.status == "active" else f"{one.name} ({line.status})"
    return (
        Cell(one.id),
        Cell(name, "plain" if line.status == "active" else "dim"),
        Cell(line.issuer),
        Cell(one.level.value),
        Cell(str(price) if price else "unknown", "plain" if price else "warn"),
        Cell(renewal_words(line.rule), "plain" if line.rule else "warn"),
    )


def renewal_words(rule: RenewalRule | None) -> str:
    """``lifetime``, ``3 years``, ``3 years, 60 PDU``, ``unknown``."""
    if rule is None or rule.validity.kind == "unknown":
        return "unknown"
    if not isinstance(rule.validity, Cycle):
        return {"lifetime": "lifetime", "release": "until its release retires"}[rule.validity.kind]
    length = rule.validity.length.value
    total = rule.units.total.value if rule.units else None
    units = f", {plain_text(total, {})} {rule.units.name}" if rule.units and total is not None else ""
    return f"{length or 'a cycle of unknown length'}{units}"


def _certification_document(line: CertificationLine, sources: Sources) -> Plain:
    entry = resolved(line.certification, sources)
    governing = {"status": line.status, "governing_rule": line.rule.id if line.rule else None}
    price = {"price": resolved(line.price.amount, sources) if line.price else None}
    return {**entry, **governing, **price} if isinstance(entry, dict) else entry


def entries_report(title: str, found: Sequence[Found], sources: Sources, as_of: date) -> Report:
    """Entries of any kind with their names and summaries."""
    columns = (Column("Id"), Column("Kind"), Column("Name", flexible=True), Column("Summary", flexible=True))
    rows = tuple(
        (Cell(one.id), Cell(_SINGULAR[one.table], "dim"), Cell(_name(one.entry)), Cell(_summary(one.entry)))
        for one in found
    )
    document: dict[str, Plain] = {}
    for table in dict.fromkeys(one.table for one in found):
        document[table] = [resolved(one.entry, sources) for one in found if one.table == table]
    return _report(title, Table(columns, rows), as_of, document)


def _name(entry: Any) -> str:
    return str(getattr(entry, "name", "") or getattr(entry, "title", ""))


def _summary(entry: Any) -> str:
    return str(getattr(entry, "summary", "") or getattr(entry, "publisher", "") or getattr(entry, "url", ""))


# --- sources, numbers -----------------------------------------------------------------------------------------------


def sources_report(uses: Sequence[SourceUse], sources: Sources, as_of: date) -> Report:
    """Every source with its standing, its day of reading and its uses."""
    columns = (
        Column("Id", flexible=True),
        Column("Title", flexible=True),
        Column("Publisher", flexible=True),
        Column("Standing"),
        Column("Read"),
        Column("Figures", "right"),
    )
    rows = tuple(
        (
            Cell(use.source.id),
            Cell(use.source.title),
            Cell(use.source.publisher),
            Cell(use.source.standing.value),
            Cell(use.source.read.isoformat()),
            Cell(str(use.figures), "plain" if use.figures or use.rivals else "warn"),
        )
        for use in uses
    )
    entries = [
        {**_mapping(resolved(use.source, sources)), "figures": use.figures, "rivals": use.rivals} for use in uses
    ]
    return _report(counted(len(uses), "source"), Table(columns, rows), as_of, {"sources": list(entries)})


def stats_report(stats: CatalogStats, as_of: date) -> Report:
    """The numbers of the catalog."""
    known = stats.figures - stats.unknown
    rows = [(table.replace("_", " ") if table != "pay" else "regions", n, "") for table, n in stats.entries.items()]
    rows += [("figures", stats.figures, ""), ("unknown, and known to be", stats.unknown, "")]
    rows += [
        (standing.value, stats.by_standing[standing], _percent(stats.by_standing[standing], known))
        for standing in Standing
    ]
    rows += [("figures on which sources disagree", stats.disagreements, "")]
    if stats.median_age_days is not None:
        rows += [("days since half of them were read", stats.median_age_days, f"the oldest on {stats.oldest}")]
    columns = (Column("What"), Column("Number", "right"), Column("Share, of known figures"))
    table = Table(columns, tuple((Cell(what), Cell(str(n)), Cell(share)) for what, n, share in rows))
    document: dict[str, Plain] = {
        "schema": SCHEMA,
        "as_of": as_of.isoformat(),
        "stats": {
            "entries": dict(stats.entries),
            "figures": stats.figures,
            "unknown": stats.unknown,
            "disagreements": stats.disagreements,
            "by_standing": {standing.value: n for standing, n in stats.by_standing.items()},
            "median_age_days": stats.median_age_days,
            "oldest_read": stats.oldest.isoformat() if stats.oldest else None,
        },
    }
    return Report("The catalog in numbers", (table,), document)


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "none"


# --- changes --------------------------------------------------------------------------------------------------------


def changes_report(
    changes: Sequence[Change], sources: Sources, names: Mapping[str, str], since: date, as_of: date
) -> Report:
    """What changes after a day, one line a change."""
    columns = (
        Column("On"),
        Column("Entry", flexible=True),
        Column("What", flexible=True),
        Column("Before", flexible=True),
        Column("After", flexible=True),
    )
    rows = tuple(
        (
            Cell(change.on.isoformat(), "strong" if change.on > as_of else "plain"),
            Cell(change.entry),
            Cell(f"{change.kind}: {change.part}" if change.part else change.kind),
            *(Cell(text) for text in _in_short(change, sources, names)),
        )
        for change in changes
    )
    document = {"since": since.isoformat(), "changes": [_change_document(change, sources) for change in changes]}
    return _report(f"{counted(len(changes), 'change')} after {since}", Table(columns, rows), as_of, document)


def _in_short(change: Change, sources: Sources, names: Mapping[str, str]) -> tuple[str, str]:
    """What a change is from and to, in short: of two records only what differs."""
    before, after = _texts(change.before, sources, names), _texts(change.after, sources, names)
    if change.before is not None and change.after is not None:
        same = {label for label in before if before[label] == after.get(label)}
        before = {label: text for label, text in before.items() if label not in same}
        after = {label: text for label, text in after.items() if label not in same}
    return _joined(change.before, before), _joined(change.after, after)


def _texts(value: Any, sources: Sources, names: Mapping[str, str]) -> dict[str, str]:
    """The values of a record by their labels; a summary or an amount stands for all of them where there is one."""
    if value is None:
        return {}
    if summary := getattr(value, "summary", ""):
        return {"": str(summary)}
    rows = [row for row in value_rows(value, sources, names) if not row.rival and row.label not in ("note", "rivals")]
    amounts = [row for row in rows if row.label == "amount"]
    return {"" if row.label in ("amount", "status") else row.label: row.text for row in amounts or rows}


def _joined(value: Any, texts: dict[str, str]) -> str:
    if value is None:
        return "–"
    return "; ".join(f"{label} {text}" if label else text for label, text in texts.items()) or "as before"


def _change_document(change: Change, sources: Sources) -> Plain:
    return {
        "on": change.on.isoformat(),
        "kind": change.kind,
        "entry": change.entry,
        "part": change.part,
        "before": resolved(change.before, sources),
        "after": resolved(change.after, sources),
    }


def _report(title: str, table: Table, as_of: date, document: dict[str, Any]) -> Report:
    head: dict[str, Plain] = {"schema": SCHEMA, "as_of": as_of.isoformat()}
    return Report(title, (table,), {**head, **document})


def _mapping(plain: Plain) -> dict[str, Plain]:
    return plain if isinstance(plain, dict) else {}
