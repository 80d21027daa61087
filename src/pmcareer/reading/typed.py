"""Typed reading: YAML nodes into the model's dataclasses, driven by their annotations.

``read_document`` is the usual way in. A value that cannot be read is ``INVALID``; all problems are collected on the
way, and none is raised.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

from pmcareer.problems import Problems
from pmcareer.reading.annotations import shape_of
from pmcareer.reading.dated import read_figure, read_timeline
from pmcareer.reading.dispatch import READERS, mismatch, read_shape
from pmcareer.reading.records import read_kind, read_record, read_tagged
from pmcareer.reading.scalars import read_choice, read_id, read_scalar
from pmcareer.reading.scope import INVALID, Context, Invalid, Reference, Scope
from pmcareer.reading.shapes import (
    ChoiceShape,
    EitherShape,
    FigureShape,
    IdShape,
    KindShape,
    ListShape,
    MapShape,
    OptionalShape,
    RecordShape,
    ScalarShape,
    TaggedShape,
    TimelineShape,
)
from pmcareer.reading.words import expected, found, is_null
from pmcareer.reading.yaml_nodes import (
    DEFAULT_LIMITS,
    Limits,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Unreadable,
    parse_yaml,
    read_yaml,
)
from pmcareer.values import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Document(Generic[T]):
    """What was read from one file: the value (None where it is unusable), all problems, and the ids met."""

    value: T | None
    problems: Problems
    references: tuple[Reference, ...] = ()


def read_document(
    path: Path, type_: type[T], *, layer: str = "", name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document[T]:
    """The file at *path* as a *type_*. *name* is what positions and origins call the file, *layer* its layer."""
    node, problems = read_yaml(path, limits, name=name)
    return _document(node, problems, type_, layer)


def parse_document(
    data: bytes, file: str, type_: type[T], *, layer: str = "", limits: Limits = DEFAULT_LIMITS
) -> Document[T]:
    """The same from bytes that are at hand."""
    node, problems = parse_yaml(data, file, limits)
    return _document(node, problems, type_, layer)


def _document(node: Node | None, problems: Problems, type_: type[T], layer: str) -> Document[T]:
    if node is None:
        return Document(None, problems)
    context = Context(problems=problems, layer=layer)
    value = read_value(node, type_, context)
    return Document(None if isinstance(value, Invalid) else value, problems, tuple(context.references))


def read_value(node: Node, type_: type[T], context: Context) -> T | Invalid:
    """The value of a whole document (or of a part, read by itself) as a *type_*, or INVALID."""
    value: T | Invalid = read_annotated(node, type_, context.root())
    return value


def read_annotated(node: Node, annotation: Any, scope: Scope) -> Any:
    """The value of a node as any annotation has it (``tuple[Holding, ...]``, ``int | None``), or INVALID."""
    return read_shape(shape_of(annotation), node, scope)


def _read_list(shape: ListShape, node: Node, scope: Scope) -> Any:
    if not isinstance(node, SequenceNode):
        return mismatch(shape, node, scope)
    item = shape.item
    values = tuple(read_shape(item, one, scope.child(index)) for index, one in enumerate(node.items))
    return INVALID if any(value is INVALID for value in values) else values


def _read_map(shape: MapShape, node: Node, scope: Scope) -> Any:
    if not isinstance(node, MappingNode):
        return mismatch(shape, node, scope)
    # A key is a word, whatever it looks like; only where numbers are keys may it be taken for one.
    is_word = not isinstance(shape.key, ScalarShape) or shape.key.type_ is str
    values = {}
    for entry in node.entries:
        below = scope.child(entry.key)
        key = read_shape(shape.key, Scalar(entry.key, is_word, entry.at), below)
        values[key] = read_shape(shape.value, entry.value, below)
    return INVALID if INVALID in values or any(value is INVALID for value in values.values()) else values


def _read_optional(shape: OptionalShape, node: Node, scope: Scope) -> Any:
    return None if is_null(node) else read_shape(shape.inner, node, scope)


def _read_either(shape: EitherShape, node: Node, scope: Scope) -> Any:
    """The first option that fits without a problem."""
    if isinstance(node, Unreadable):
        return INVALID
    for option in shape.options:
        trial = Context(layer=scope.context.layer, layers=scope.context.layers)
        value = read_shape(option, node, scope.within(trial))
        if value is not INVALID and not trial.problems.found:
            scope.context.references.extend(trial.references)
            scope.context.figures.extend(trial.figures)
            return value
    wanted = " or ".join(expected(option) for option in shape.options)
    return scope.report("field-type", f"expected {wanted}, found {found(node)}", node.at)


READERS.update(
    {
        ScalarShape: read_scalar,
        IdShape: read_id,
        ChoiceShape: read_choice,
        ListShape: _read_list,
        MapShape: _read_map,
        OptionalShape: _read_optional,
        RecordShape: read_record,
        TaggedShape: read_tagged,
        KindShape: read_kind,
        EitherShape: _read_either,
        FigureShape: read_figure,
        TimelineShape: read_timeline,
    }
)
