"""Overlays: a file that says ``extends: <id>`` changes an entry of an earlier layer, and names what it changes.

``remove`` takes keys away, or items out of lists; ``set`` lays values over those that stand there; ``add`` puts items
at the end of lists; in this order. The change is made to the tree of nodes, before it is read by types, so that every
value keeps the place where it was written. Records are merged key by key; a list of things with ids may be given as a
mapping from their ids; everything else is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeGuard

from pmcareer.model.figures import Provenance
from pmcareer.problems import Position
from pmcareer.reading.annotations import fields_of, provenance_shapes
from pmcareer.reading.findings import quote
from pmcareer.reading.nodes import Entry, MappingNode, Node, Scalar, SequenceNode
from pmcareer.reading.provenances import read_provenance, split_provenance
from pmcareer.reading.scope import Invalid, Scope
from pmcareer.reading.shapes import ListShape, MapShape, OptionalShape, RecordShape, ScalarShape, Shape, TimelineShape
from pmcareer.values import dataclass

EXTENDS = "extends"
_CHANGES = ("remove", "set", "add")
_ANYTHING = ScalarShape(str)  # of a key that is not known: its value is replaced, and refused when it is read


@dataclass(frozen=True, slots=True)
class Patch:
    """What a file of a layer changes: the id it extends, the changes in order, and what backs new values."""

    target: str
    target_at: Position
    at: Position
    changes: tuple[Entry, ...]
    backing: Provenance
    scope: Scope


def is_patch(node: Node) -> TypeGuard[MappingNode]:
    """Whether a document or an item extends an entry of an earlier layer."""
    return isinstance(node, MappingNode) and any(entry.key == EXTENDS for entry in node.entries)


def read_patch(node: MappingNode, scope: Scope) -> Patch | None:
    """The patch that a mapping with ``extends`` is; None, with its problems recorded, where it is none."""
    stated, others = split_provenance(node.entries)
    parts = {entry.key: entry for entry in others}
    for key in parts.keys() - {EXTENDS, *_CHANGES}:
        hint = scope.suggest(key, (EXTENDS, *_CHANGES, *provenance_shapes()))
        message = f"the key {quote(key)} is not known beside `extends`; put new values under `set`"
        scope.child(key).report("field-unknown", message, parts[key].at, hint)
    target = parts[EXTENDS].value
    if not isinstance(target, Scalar) or not target.text:
        scope.child(EXTENDS).report("field-type", "expected the id of the entry to change", target.at)
        return None
    changes = tuple(parts[key] for key in _CHANGES if key in parts)
    if not changes:
        scope.report("catalog-overlay", "nothing is changed", node.at, "say what with set, add or remove")
    backing = read_provenance(stated, node.at, scope)
    return None if isinstance(backing, Invalid) else Patch(target.text, target.at, node.at, changes, backing, scope)


def apply(patch: Patch, shape: RecordShape, base: Node) -> Node:
    """The entry *base* with the changes made; what does not fit is reported and left out."""
    for change in patch.changes:
        base = _VERBS[change.key](shape, base, change.value, patch.scope.child(change.key))
    return base


# --- set ------------------------------------------------------------------------------------------------------------


def _set(shape: Shape, base: Node, change: Node, scope: Scope) -> Node:
    """*change* laid over *base*."""
    shape = _inner(shape)
    if not isinstance(change, MappingNode):
        return change
    if isinstance(base, MappingNode) and isinstance(shape, RecordShape | MapShape):
        return _each_key(shape, base, change, scope, _set, new=lambda value, _: value)
    if isinstance(base, SequenceNode) and isinstance(shape, ListShape):
        return _each_item(shape, base, change, scope, _set)
    return change


# --- add ------------------------------------------------------------------------------------------------------------


def _add(shape: Shape, base: Node, change: Node, scope: Scope) -> Node:
    """The items of *change* at the end of the lists of *base*."""
    shape = _inner(shape)
    if isinstance(shape, ListShape | TimelineShape) and isinstance(change, SequenceNode):
        # A timeline of one value that has always held may stand without a list.
        before = base.items if isinstance(base, SequenceNode) else (base,) if isinstance(shape, TimelineShape) else ()
        return SequenceNode((*before, *change.items), base.at)
    if isinstance(change, MappingNode) and isinstance(base, MappingNode) and isinstance(shape, RecordShape):
        return _each_key(shape, base, change, scope, _add, new=_only_list)
    if isinstance(change, MappingNode) and isinstance(base, SequenceNode) and isinstance(shape, ListShape):
        return _each_item(shape, base, change, scope, _add)
    scope.report("catalog-overlay", "only lists can be added to", change.at, "write a list here, or use `set`")
    return base


def _only_list(value: Node, scope: Scope) -> Node | None:
    """What a key gets that was not there before."""
    if isinstance(value, SequenceNode):
        return value
    scope.report("catalog-overlay", "only lists can be added to", value.at, "write a list here, or use `set`")
    return None


# --- remove ---------------------------------------------------------------------------------------------------------


def _remove(shape: Shape, base: Node, change: Node, scope: Scope) -> Node:
    """*base* without the keys or items that *change* names."""
    shape = _inner(shape)
    if isinstance(change, MappingNode) and isinstance(base, MappingNode) and isinstance(shape, RecordShape):
        return _each_key(shape, base, change, scope, _remove, new=_nothing_there)
    if isinstance(change, MappingNode) and isinstance(base, SequenceNode) and isinstance(shape, ListShape):
        return _each_item(shape, base, change, scope, _remove)
    if isinstance(change, SequenceNode) and isinstance(base, MappingNode):
        for index, one in enumerate(change.items):
            base = _without_key(base, one, scope.child(index))
        return base
    if isinstance(change, SequenceNode) and isinstance(base, SequenceNode):
        defaults = _defaults(shape)
        for index, one in enumerate(change.items):
            base = _without_item(base, one, defaults, scope.child(index))
        return base
    scope.report("catalog-overlay", "expected a list of what to remove", change.at, "write [one, another]")
    return base


def _nothing_there(value: Node, scope: Scope) -> Node | None:
    scope.report("catalog-overlay", "there is nothing to remove from", value.at, "delete it")
    return None


def _without_key(base: MappingNode, named: Node, scope: Scope) -> MappingNode:
    key = named.text if isinstance(named, Scalar) else ""
    rest = tuple(entry for entry in base.entries if entry.key != key)
    if len(rest) == len(base.entries):
        hint = scope.suggest(key, [entry.key for entry in base.entries])
        scope.report("catalog-overlay", f"there is no key {quote(key)} to remove", named.at, hint)
    return replace(base, entries=rest)


def _defaults(shape: Shape) -> Mapping[str, str]:
    """What the keys of a list's items say where they are left out (``tier: full``)."""
    item = shape.item if isinstance(shape, ListShape) else None
    fields = fields_of(item).by_key if isinstance(item, RecordShape) else {}
    return {key: field.default for key, field in fields.items() if isinstance(field.default, str)}


def _without_item(base: SequenceNode, named: Node, defaults: Mapping[str, str], scope: Scope) -> SequenceNode:
    rest = tuple(item for item in base.items if not _is_named(item, named, defaults))
    if len(rest) == len(base.items):
        scope.report("catalog-overlay", "there is no such item to remove", named.at, _nearest_item(base, named, scope))
    return replace(base, items=rest)


def _is_named(item: Node, named: Node, defaults: Mapping[str, str]) -> bool:
    """Whether *named* means the item: the same text, its id, or some of its keys with the same values."""
    if isinstance(item, MappingNode) and isinstance(named, MappingNode):
        unsaid: dict[str, Node] = {key: Scalar(text, True, item.at) for key, text in defaults.items()}
        values = unsaid | {entry.key: entry.value for entry in item.entries}
        return bool(named.entries) and all(
            entry.key in values and _same(values[entry.key], entry.value) for entry in named.entries
        )
    if isinstance(item, MappingNode) and isinstance(named, Scalar):
        return id_of(item) == named.text
    return _same(item, named)


def _same(one: Node, other: Node) -> bool:
    """Whether two trees say the same, wherever they stand."""
    match one, other:
        case Scalar(), Scalar():
            return one.text == other.text
        case SequenceNode(), SequenceNode():
            return len(one.items) == len(other.items) and all(map(_same, one.items, other.items))
        case MappingNode(), MappingNode():
            ours = {entry.key: entry.value for entry in one.entries}
            theirs = {entry.key: entry.value for entry in other.entries}
            return ours.keys() == theirs.keys() and all(_same(ours[key], theirs[key]) for key in ours)
        case _:
            return False


def _nearest_item(base: SequenceNode, named: Node, scope: Scope) -> str:
    words = [item.text if isinstance(item, Scalar) else id_of(item) for item in base.items]
    return scope.suggest(named.text, filter(None, words)) if isinstance(named, Scalar) else "name keys that it has"


# --- descending -----------------------------------------------------------------------------------------------------


def _each_key(
    shape: RecordShape | MapShape,
    base: MappingNode,
    change: MappingNode,
    scope: Scope,
    verb: Callable[[Shape, Node, Node, Scope], Node],
    new: Callable[[Node, Scope], Node | None],
) -> MappingNode:
    """*base* with *verb* done to every key that *change* has; *new* says what a key gets that was not there."""
    changed = {entry.key: entry for entry in change.entries}
    entries: list[Entry] = []
    for entry in base.entries:
        if (by := changed.pop(entry.key, None)) is None:
            entries.append(entry)
        else:
            value = verb(_shape_under(shape, entry.key), entry.value, by.value, scope.child(entry.key))
            entries.append(Entry(entry.key, by.at if value is by.value else entry.at, value))
    for by in changed.values():
        if (added := new(by.value, scope.child(by.key))) is not None:
            entries.append(Entry(by.key, by.at, added))
    return MappingNode(tuple(entries), base.at)


def _each_item(
    shape: ListShape,
    base: SequenceNode,
    change: MappingNode,
    scope: Scope,
    verb: Callable[[Shape, Node, Node, Scope], Node],
) -> SequenceNode:
    """*base* with *verb* done to every item whose id is a key of *change*."""
    items = list(base.items)
    ids = [id_of(item) for item in items]
    for entry in change.entries:
        if entry.key in ids:
            position = ids.index(entry.key)
            items[position] = verb(shape.item, items[position], entry.value, scope.child(entry.key))
        else:
            hint = scope.suggest(entry.key, filter(None, ids)) or "a list without ids is replaced by a list"
            message = f"no item of the list has the id {quote(entry.key)}"
            scope.child(entry.key).report("catalog-overlay", message, entry.at, hint)
    return SequenceNode(tuple(items), base.at)


def id_of(node: Node, key: str = "id") -> str:
    """What a mapping says under *key*; empty where it says nothing."""
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((e.value.text for e in entries if e.key == key and isinstance(e.value, Scalar)), "")


def _inner(shape: Shape) -> Shape:
    return _inner(shape.inner) if isinstance(shape, OptionalShape) else shape


def _shape_under(shape: RecordShape | MapShape, key: str) -> Shape:
    """The shape of a key's value."""
    if isinstance(shape, MapShape):
        return shape.value
    field = fields_of(shape).by_key.get(key)
    return field.shape if field is not None else _ANYTHING


_VERBS: dict[str, Callable[[Shape, Node, Node, Scope], Node]] = {"set": _set, "add": _add, "remove": _remove}
