"""Values of the model as ``pmcareer.catalog/1`` has them: plain data, each figure with what backs it.

Keys are those of the files; absent optional values are null. A figure is an object: ``value`` (null: unknown),
``source``, ``read``, ``standing``, ``because``, ``note``, ``alternatives`` and ``origin``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pmcareer.dates import Length
from pmcareer.model.figures import Figure, Origin, Provenance, Rival
from pmcareer.model.ids import SourceId
from pmcareer.model.requirements import SkillLevel
from pmcareer.model.sources import Source, cite
from pmcareer.model.walking import fields_in
from pmcareer.money import Money
from pmcareer.timeline import Timeline
from pmcareer.views.report import Plain

Sources = Mapping[SourceId, Source]


def resolved(value: Any, sources: Sources) -> Plain:
    """*value* as plain data; what a provenance leaves unsaid comes from its source."""
    if value is None or type(value) in (str, int, bool):
        return value  # type: ignore[no-any-return]
    if (write := _SCALARS.get(type(value))) is not None:
        return write(value)
    if isinstance(value, Enum):
        return value.name.lower() if isinstance(value, SkillLevel) else str(value.value)
    if isinstance(value, Figure):
        return _figure(value, sources)
    if isinstance(value, Rival):
        return _rival(value, sources)
    if isinstance(value, Timeline):
        return [_dated(since.start, resolved(since.value, sources)) for since in value]
    if isinstance(value, Mapping):
        return {str(key): resolved(one, sources) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [resolved(one, sources) for one in value]
    return _record(value, sources)


def number(value: Decimal) -> int | float:
    """For showing: whole numbers as such, others as the number that prints the same."""
    return int(value) if value == value.to_integral_value() else float(value)


def money(value: Money | None) -> Plain:
    """``{"amount": "555.00", "currency": "USD"}``, or null."""
    return {"amount": value.plain, "currency": value.currency} if value is not None else None


_SCALARS: dict[type, Callable[[Any], Plain]] = {
    date: lambda day: day.isoformat(),
    Decimal: number,
    Length: str,
    Money: money,
}


def _record(value: Any, sources: Sources) -> Plain:
    """A record by its keys; what is written under a tag comes under it here too."""
    plain: dict[str, Plain] = {name: resolved(one, sources) for name, one in fields_in(value)}
    provenance = getattr(value, "provenance", None)
    if isinstance(provenance, Provenance):
        plain |= backing(provenance, sources)
    tag = getattr(value, "TAG", "")
    if not tag:
        return plain
    return {tag: next(iter(plain.values())) if len(dataclasses.fields(value)) == 1 else plain}


def _figure(figure: Figure[Any], sources: Sources) -> Plain:
    return {
        "value": resolved(figure.value, sources),
        **backing(figure.provenance, sources),
        "note": figure.note,
        "alternatives": [_rival(rival, sources) for rival in figure.alternatives],
    }


def _rival(rival: Rival[Any], sources: Sources) -> Plain:
    backed = backing(Provenance(rival.source, rival.read, rival.standing), sources)
    kept = {key: backed[key] for key in ("source", "read", "standing")}
    return {"value": resolved(rival.value, sources), **kept, "note": rival.note}


def backing(provenance: Provenance, sources: Sources) -> dict[str, Plain]:
    """What backs a value, and where it was written."""
    citation = cite(provenance, sources)
    return {
        "source": citation.source,
        "read": citation.read.isoformat() if citation.read else None,
        "standing": citation.standing.value,
        "because": citation.because,
        "origin": _origin(provenance.origin),
    }


def _origin(origin: Origin | None) -> Plain:
    return {"layer": origin.layer, "file": origin.file, "line": origin.line} if origin is not None else None


def _dated(start: date | None, value: Plain) -> Plain:
    body = value if isinstance(value, dict) else {"value": value}
    return {"from": start.isoformat() if start else None, **body}
