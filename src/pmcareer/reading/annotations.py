"""From the model's type annotations to shapes.

The dataclasses of the model are the one description of the files. Conventions: a field ``from_`` is the key ``from``;
``TAG`` puts a dataclass under a key of its own; ``SHORTHAND`` names the field that a bare scalar stands for; a field
``provenance`` takes the keys ``source``, ``read``, ``standing`` and ``because``; ``check()`` yields problems as
(code, message, hint).
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from pmcareer.dates import Length
from pmcareer.model.figures import Figure, Provenance, Rival
from pmcareer.money import Money
from pmcareer.reading.shapes import (
    ChoiceShape,
    EitherShape,
    Fields,
    FieldShape,
    FigureShape,
    IdShape,
    KindShape,
    ListShape,
    MapShape,
    OptionalShape,
    RecordShape,
    ScalarShape,
    Shape,
    TaggedShape,
    TimelineShape,
)
from pmcareer.timeline import Timeline

SCALARS: frozenset[type] = frozenset({str, bool, int, Decimal, date, Length, Money})


def shape_of(annotation: Any) -> Shape:
    """The shape that a type annotation stands for; raises TypeError for one that has none."""
    # Not cached: `int | str` equals `str | int`, but which of the two is tried first differs.
    origin = get_origin(annotation)
    if origin is not None:
        return _generic(annotation, origin, get_args(annotation))
    if isinstance(annotation, NewType):
        return IdShape(annotation.__name__)
    if isinstance(annotation, type):
        return _plain(annotation)
    raise TypeError(f"{annotation!r} cannot be written in YAML")


def _without_none(shape: Shape) -> Shape:
    return shape.inner if isinstance(shape, OptionalShape) else shape


def _plain(type_: type) -> Shape:
    if issubclass(type_, Enum):
        return ChoiceShape(type_.__name__, tuple((_word(member), member) for member in type_))
    if type_ in SCALARS:
        return ScalarShape(type_)
    if dataclasses.is_dataclass(type_):
        return RecordShape(type_)
    raise TypeError(f"{type_.__name__} cannot be written in YAML")


def _word(member: Enum) -> str:
    return member.value if isinstance(member.value, str) else member.name.lower().replace("_", "-")


def _generic(annotation: Any, origin: Any, args: tuple[Any, ...]) -> Shape:
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin is Literal:
        return ChoiceShape("", tuple((str(value), value) for value in args))
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return ListShape(shape_of(args[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return MapShape(shape_of(args[0]), shape_of(args[1]))
    if origin is Figure:
        return FigureShape(shape_of(args[0]), RecordShape(Rival, args))
    if origin is Timeline:
        return _timeline(args[0])
    if isinstance(origin, type) and dataclasses.is_dataclass(origin):
        return RecordShape(origin, args)
    raise TypeError(f"{annotation!r} cannot be written in YAML")


def _timeline(value: Any) -> TimelineShape:
    if isinstance(value, type) and "from_" in getattr(value, "__dataclass_fields__", ()):
        raise TypeError(f"{value.__name__} has a `from` of its own, so no timeline can be made of it")
    return TimelineShape(shape_of(value))


def _union(args: tuple[Any, ...]) -> Shape:
    rest = tuple(arg for arg in args if arg is not type(None))
    inner = shape_of(rest[0]) if len(rest) == 1 else _either(tuple(shape_of(arg) for arg in rest))
    return OptionalShape(inner) if len(rest) < len(args) else inner


def _either(options: tuple[Shape, ...]) -> Shape:
    records = tuple(option for option in options if isinstance(option, RecordShape))
    if len(records) == len(options):
        tags: list[str] = [getattr(option.cls, "TAG", "") for option in records]
        if all(tags):
            return TaggedShape(tuple(zip(tags, records, strict=True)))
        kinds = [_kinds(option) for option in records]
        if all(kinds):
            return KindShape(tuple((word, r) for words, r in zip(kinds, records, strict=True) for word in words))
    return EitherShape(options)


def _kinds(option: RecordShape) -> list[str]:
    """The words that the ``kind`` field of a dataclass allows."""
    annotation = get_type_hints(option.cls).get("kind")
    return [str(value) for value in get_args(annotation)] if get_origin(annotation) is Literal else []


@cache
def provenance_shapes() -> Mapping[str, Shape]:
    """The keys that state a provenance, with the shapes of their values; where a value was written is not stated."""
    hints = get_type_hints(Provenance)
    return {name: _without_none(shape_of(hint)) for name, hint in hints.items() if name != "origin"}


@cache
def fields_of(shape: RecordShape) -> Fields:
    """The fields of a dataclass, as YAML has them."""
    hints = get_type_hints(shape.cls)
    variables = dict(zip(getattr(shape.cls, "__parameters__", ()), shape.args, strict=True))
    by_key = {}
    sourced = hints.get("provenance") is Provenance
    for item in dataclasses.fields(shape.cls):
        if item.init and not (sourced and item.name == "provenance"):
            one = _field(shape, item, _filled(hints[item.name], variables))
            by_key[one.key] = one
    shorthand = getattr(shape.cls, "SHORTHAND", None)
    stated = provenance_shapes() if sourced else {}
    if both := by_key.keys() & stated.keys():
        raise TypeError(f"{shape.name}: {', '.join(sorted(both))} would mean two things")
    return Fields(
        by_key=by_key,
        required=tuple(key for key, one in by_key.items() if one.required),
        sourced=sourced,
        shorthand=next((one for one in by_key.values() if one.name == shorthand), None),
        checked=hasattr(shape.cls, "check"),
        known={**by_key, **stated},
    )


def direct_field(shape: RecordShape) -> FieldShape | None:
    """The only field of a tagged dataclass, whose value stands directly under the tag; None if it has several."""
    fields = fields_of(shape).by_key
    return next(iter(fields.values())) if len(fields) == 1 else None


def _field(shape: RecordShape, item: dataclasses.Field[Any], annotation: Any) -> FieldShape:
    has_default = item.default is not dataclasses.MISSING or item.default_factory is not dataclasses.MISSING
    key = item.name.removesuffix("_")
    return FieldShape(
        name=item.name,
        key=key,
        place=f"{shape.name}.{key}",
        shape=shape_of(annotation),
        required=not has_default,
        doc=item.metadata.get("doc", ""),
        default=None if item.default is dataclasses.MISSING else item.default,
    )


def _filled(annotation: Any, variables: Mapping[Any, Any]) -> Any:
    """The annotation with type variables replaced."""
    if isinstance(annotation, TypeVar):
        return variables[annotation]
    parameters = getattr(annotation, "__parameters__", ())
    if not variables or not parameters or isinstance(annotation, type):
        return annotation
    return annotation[tuple(variables[parameter] for parameter in parameters)]
