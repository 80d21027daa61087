"""Dataclasses: mappings with known keys, and the unions of them that a tag or a ``kind`` tells apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pmcareer.problems import Position
from pmcareer.reading.annotations import direct_field, fields_of
from pmcareer.reading.dispatch import mismatch, read_shape
from pmcareer.reading.findings import quote
from pmcareer.reading.nodes import Entry, MappingNode, Node, Scalar
from pmcareer.reading.provenances import read_provenance, split_provenance
from pmcareer.reading.scope import INVALID, Scope
from pmcareer.reading.shapes import (
    Fields,
    FieldShape,
    KindShape,
    RecordShape,
    TaggedShape,
)


def read_record(shape: RecordShape, node: Node, scope: Scope) -> Any:
    """A dataclass from a mapping of its fields, or from a scalar where it has a shorthand."""
    fields = fields_of(shape)
    if isinstance(node, Scalar) and fields.shorthand is not None:
        return _read_single(shape, fields.shorthand, node, scope)
    if not isinstance(node, MappingNode):
        return mismatch(shape, node, scope)
    stated, entries = split_provenance(node.entries) if fields.sourced else ([], node.entries)
    values: dict[str, Any] = {}
    if fields.sourced:
        provenance = read_provenance(stated, node.at, scope)
        values["provenance"] = provenance
        scope = scope if provenance is INVALID else scope.inheriting(provenance)
    complete = _has_required(shape, fields, entries, node.at, scope)
    for entry in entries:
        if (one := fields.by_key.get(entry.key)) is not None:
            values[one.name] = read_shape(one.shape, entry.value, scope.child(entry.key, one.place))
        else:
            _report_unknown(shape, fields, entry, scope)
            complete = False
    return _construct(shape, fields, values, node.at, scope) if complete else INVALID


def read_tagged(shape: TaggedShape, node: Node, scope: Scope) -> Any:
    """One of several dataclasses, from a mapping whose only key is its tag."""
    options = dict(shape.options)
    if not isinstance(node, MappingNode):
        return mismatch(shape, node, scope)
    if len(node.entries) != 1:
        message = f"expected a mapping with a single key, found {len(node.entries)} keys"
        return scope.report("field-type", message, node.at, f"one of: {', '.join(options)}")
    (entry,) = node.entries
    if (record := options.get(entry.key)) is None:
        hint = scope.suggest(entry.key, options)
        return scope.report("field-choice", f"{quote(entry.key)} is not known here", entry.at, hint)
    below = scope.child(entry.key)
    if (single := direct_field(record)) is not None:
        return _read_single(record, single, entry.value, below)
    return read_record(record, entry.value, below)


def read_kind(shape: KindShape, node: Node, scope: Scope) -> Any:
    """One of several dataclasses, from a mapping whose key ``kind`` says which."""
    options = dict(shape.options)
    if not isinstance(node, MappingNode):
        return mismatch(shape, node, scope)
    kind = next((entry.value for entry in node.entries if entry.key == "kind"), None)
    if kind is None:
        return scope.report("field-missing", "the key 'kind' is missing", node.at, f"one of: {', '.join(options)}")
    if not isinstance(kind, Scalar):
        return mismatch(shape, kind, scope)
    if (record := options.get(kind.text)) is None:
        message = f"{quote(kind.text)} is not one of the accepted words"
        return scope.child("kind").report("field-choice", message, kind.at, scope.suggest(kind.text, options))
    return read_record(record, node, scope)


def _read_single(shape: RecordShape, one: FieldShape, node: Node, scope: Scope) -> Any:
    """A dataclass of which only one field is written, without its key."""
    fields = fields_of(shape)
    values: dict[str, Any] = {}
    if fields.sourced:
        values["provenance"] = read_provenance((), node.at, scope)
    values[one.name] = read_shape(one.shape, node, scope.in_field(one.place))
    return _construct(shape, fields, values, node.at, scope)


def _has_required(shape: RecordShape, fields: Fields, entries: Sequence[Entry], at: Position, scope: Scope) -> bool:
    given = {entry.key for entry in entries}
    missing = [key for key in fields.required if key not in given]
    for key in missing:
        scope.report("field-missing", f"the key {key!r} is missing", at, f"{_article(shape.name)} needs it")
    return not missing


def _report_unknown(shape: RecordShape, fields: Fields, entry: Entry, scope: Scope) -> None:
    message = f"the key {quote(entry.key)} is not known in {_article(shape.name)}"
    scope.child(entry.key).report("field-unknown", message, entry.at, scope.suggest(entry.key, fields.known))


def _construct(shape: RecordShape, fields: Fields, values: dict[str, Any], at: Position, scope: Scope) -> Any:
    for value in values.values():
        if value is INVALID:
            return INVALID
    try:
        value = shape.cls(**values)
    except ValueError as error:
        return scope.report("field-value", str(error), at)
    if fields.checked:
        for code, message, hint in value.check():
            scope.report(code, message, at, hint)
    return value


def _article(name: str) -> str:
    """``RenewalRule`` → ``a renewal rule``."""
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return f"{'an' if words[0] in 'aeiou' and not words.startswith('uni') else 'a'} {words}"
