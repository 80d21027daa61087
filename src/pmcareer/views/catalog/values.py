"""The values of an entry as rows: what it is, what it says, and what backs it; nothing unknown is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

from pmcareer.dates import Length
from pmcareer.model import requirements as tree
from pmcareer.model.figures import Figure, Origin, Provenance, Rival
from pmcareer.model.sources import Citation, cite
from pmcareer.model.walking import fields_in
from pmcareer.money import Money
from pmcareer.timeline import Timeline
from pmcareer.values import dataclass
from pmcareer.views.resolved import Sources, number
from pmcareer.views.wording import requirement

# Shown under headings of their own; and what the head of an entry shows.
_APART = frozenset({"id", "sources", "rules"})
_HEAD = frozenset({"name", "summary", "note", "abbreviation"})

WrittenAt: TypeAlias = Callable[[str], tuple[Origin, ...]]


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value. ``citation`` None: it is no figure, and no source is named for it alone.

    ``origins``: where it was written; several where layers have contributed to a list.
    """

    label: str
    text: str
    citation: Citation | None = None
    origins: tuple[Origin, ...] = ()
    note: str = ""
    rival: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rows of a value need to know, and the backing of the record that it stands in."""

    sources: Sources
    names: Mapping[str, str]
    written_at: WrittenAt
    provenance: Provenance | None


def value_rows(
    entry: Any,
    sources: Sources,
    names: Mapping[str, str],
    *,
    whole: bool = False,
    written_at: WrittenAt = lambda _: (),
) -> Iterator[ValueRow]:
    """The rows of an entry; *whole*: also what its head shows. *names* are the short names of certifications.

    *written_at* tells where the values at a path were written; without it only figures and records can tell.
    """
    around = _Around(sources, names, written_at, _provenance_of(entry))
    for name, value in fields_in(entry):
        if name not in _APART and (whole or name not in _HEAD):
            yield from _rows(name.replace("_", " "), name, value, around)


def _rows(label: str, path: str, value: Any, around: _Around) -> Iterator[ValueRow]:
    if isinstance(value, Figure):
        yield from _figure(label, value, around)
    elif isinstance(value, Timeline):
        for index, since in enumerate(value):
            when = f" from {since.start}" if since.start else ""
            yield from _rows(label + when, f"{path}[{index}]", since.value, around)
    elif isinstance(value, tuple) and value and not _is_plain(value[0]):
        for index, item in enumerate(value):
            below = f"{label}: {_called(item)}" if _called(item) else label
            yield from _rows(below, f"{path}[{index}]", item, around)
    elif _is_plain(value) or isinstance(value, tuple | Mapping):
        if text := plain_text(value, around.names):
            yield _row(label, path, text, around)
    elif isinstance(value, Rival):
        yield _rival(label, value, around)
    else:
        yield from _record(label, path, value, around)


def _record(label: str, path: str, value: Any, around: _Around) -> Iterator[ValueRow]:
    inside = replace(around, provenance=_provenance_of(value) or around.provenance)
    apart = {*_naming(value), *_left_out(value)}
    for name, part in fields_in(value):
        if name not in apart:
            below = label if name == "amount" else f"{label}: {name.replace('_', ' ')}"
            yield from _rows(below, f"{path}.{name}", part, inside)


def _left_out(value: Any) -> set[str]:
    """The fields that hold what a file means when it says nothing (``per: cycle``, ``exams: 1``)."""
    plain = ((field.name.removesuffix("_"), field.default, getattr(value, field.name)) for field in fields(value))
    return {name for name, default, held in plain if default is not MISSING and held == default}


def _figure(label: str, figure: Figure[Any], around: _Around) -> Iterator[ValueRow]:
    provenance = figure.provenance
    text = "unknown" if figure.value is None else plain_text(figure.value, around.names)
    yield ValueRow(label, text, cite(provenance, around.sources), _origin(provenance), figure.note)
    for rival in figure.alternatives:
        yield _rival(label, rival, around)


def _rival(label: str, rival: Rival[Any], around: _Around) -> ValueRow:
    citation = cite(Provenance(rival.source, rival.read, rival.standing), around.sources)
    return ValueRow(label, plain_text(rival.value, around.names), citation, note=rival.note, rival=True)


def _row(label: str, path: str, text: str, around: _Around) -> ValueRow:
    """A value that is no figure: its record's backing stands for it, where the record has one."""
    provenance = around.provenance
    if provenance is None:
        return ValueRow(label, text, None, around.written_at(path))
    backed = provenance.source or provenance.because
    citation = cite(provenance, around.sources) if backed else None
    return ValueRow(label, text, citation, around.written_at(path) or _origin(provenance))


def _origin(provenance: Provenance) -> tuple[Origin, ...]:
    return (provenance.origin,) if provenance.origin is not None else ()


def _provenance_of(value: Any) -> Provenance | None:
    provenance = getattr(value, "provenance", None)
    return provenance if isinstance(provenance, Provenance) else None


# --- words ----------------------------------------------------------------------------------------------------------


def plain_text(value: Any, names: Mapping[str, str]) -> str:
    """A value as one text; empty where there is nothing to say."""
    if value is None or value is False or value == ():
        return ""
    for type_, write in _TEXTS:
        if isinstance(value, type_):
            return write(value, names)
    return str(value)


_TEXTS: tuple[tuple[Any, Callable[[Any, Mapping[str, str]], str]], ...] = (
    (bool, lambda _, __: "yes"),
    (Enum, lambda value, _: str(value.value)),
    (Decimal, lambda value, _: str(number(value))),
    (date, lambda value, _: value.isoformat()),
    (tuple, lambda value, names: ", ".join(plain_text(item, names) for item in value)),
    (Mapping, lambda value, names: ", ".join(f"{k}: {plain_text(v, names)}" for k, v in value.items())),
    (tree.Requirement, requirement),
)


def _is_plain(value: Any) -> bool:
    """Whether a value is one text, not a record of several."""
    return not hasattr(value, "__dataclass_fields__") or isinstance(value, tree.Requirement | Length | Money)


# What tells one item of a list from the others: the first of these of which something is said.
_NAMES: tuple[tuple[str, ...], ...] = (
    ("pays_for", "tier", "region", "from"),
    ("from", "to"),
    ("system", "code"),
    ("role", "band"),
    ("per", "anchor", "tier", "region"),
    ("phase",),
    ("id",),
    ("kind",),
    ("region", "from"),
    ("name",),
    ("topic",),
    ("employer",),
    ("occupation",),
    ("summary",),
)


def _naming(item: Any) -> tuple[str, ...]:
    said = {name for name, value in fields_in(item) if value not in (None, "")}
    all_ = {name for name, _ in fields_in(item)}
    return next((names for names in _NAMES if said.intersection(names) and all_.issuperset(names)), ())


def _called(item: Any) -> str:
    """What an item of a list is called: ``exam, member, us``."""
    fields = dict(fields_in(item)) if hasattr(item, "__dataclass_fields__") else {}
    words = []
    for name in _naming(item) if fields else ():
        text = plain_text(fields[name], {})
        if text and not (name == "tier" and text == "full"):
            words.append(f"from {text}" if name == "from" and isinstance(fields[name], date) else text)
    return ", ".join(words)
