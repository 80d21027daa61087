"""JSON Schema (draft 2020-12) of the YAML files, from the annotations that the reader follows too.

A schema says what an editor sees, which resolves plain scalars by YAML 1.2: what the reader takes as text may there
be a number. What no schema can say (order of dates, days of the calendar, dangling ids) is left to the reader.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from pmcareer.dates import Length
from pmcareer.money import Money
from pmcareer.reading.annotations import direct_field, fields_of, provenance_shapes, shape_of
from pmcareer.reading.dated import UNKNOWN
from pmcareer.reading.scalars import ID_LIMIT, ID_PATTERN, TEXT_LIMIT
from pmcareer.reading.shapes import (
    ChoiceShape,
    EitherShape,
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

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema: TypeAlias = dict[str, Any]

# Text that an editor may take for a number or a truth, since it need not be quoted.
_WORD_TYPES = ["string", "number", "boolean"]
_SCALARS: dict[type, Schema] = {
    str: {"type": _WORD_TYPES, "minLength": 1, "maxLength": TEXT_LIMIT, "pattern": r"\S"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Length: {"type": "string", "pattern": r"^\s*[0-9]{1,4} (year|month|week|day)s?\s*$"},
    Money: {"type": "string", "pattern": r"^\s*[0-9]{1,12}(\.[0-9]{1,2})? [A-Z]{3}\s*$"},
}
_ID: Schema = {"type": _WORD_TYPES, "minimum": 0, "maxLength": ID_LIMIT, "pattern": f"^{ID_PATTERN}$"}


def json_schema(type_: Any, *, title: str = "") -> Schema:
    """The schema of a document of *type_*, with every dataclass it is made of under ``$defs``."""
    writer = _Writer()
    body = writer.schema(shape_of(type_))
    head = {"$schema": DIALECT} | ({"title": title} if title else {})
    return head | body | {"$defs": dict(sorted(writer.definitions.items()))}


class _Writer:
    """Writes schemas of shapes, collecting the definitions that they refer to."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}
        self._named: dict[str, Shape] = {}
        self._writers: dict[type, Callable[[Any], Schema]] = {
            ScalarShape: lambda shape: dict(_SCALARS[shape.type_]),
            IdShape: lambda shape: _ID | {"title": shape.kind},
            ChoiceShape: _choice,
            ListShape: lambda shape: {"type": "array", "items": self.schema(shape.item)},
            MapShape: self._map,
            OptionalShape: lambda shape: _any_of(self.schema(shape.inner), {"type": "null"}),
            RecordShape: lambda shape: self._defined(shape, self._record),
            TaggedShape: lambda shape: self._defined(shape, self._tagged),
            KindShape: lambda shape: self._defined(shape, self._kind),
            EitherShape: lambda shape: _any_of(*(self.schema(option) for option in shape.options)),
            FigureShape: lambda shape: self._defined(shape, self._figure),
            TimelineShape: self._timeline,
        }

    def schema(self, shape: Shape) -> Schema:
        """The schema of values of one shape."""
        return self._writers[type(shape)](shape)

    def _map(self, shape: MapShape) -> Schema:
        names = {key: value for key, value in self.schema(shape.key).items() if key != "minimum"}
        return {"type": "object", "propertyNames": names, "additionalProperties": self.schema(shape.value)}

    def _defined(self, shape: Any, write: Callable[[Any, Mapping[str, Schema]], Schema]) -> Schema:
        """A reference to the shape's definition, which is written once."""
        name = _name(shape)
        if self._named.setdefault(name, shape) != shape:
            raise TypeError(f"two shapes would be called {name} in the schema")
        if name not in self.definitions:
            self.definitions[name] = {}  # holds the place: a record may contain itself
            self.definitions[name] = write(shape, {})
        return {"$ref": f"#/$defs/{name}"}

    def _record(self, shape: RecordShape, extra: Mapping[str, Schema]) -> Schema:
        mapping = self._mapping(shape, extra)
        shorthand = fields_of(shape).shorthand
        return _any_of(self.schema(shorthand.shape), mapping) if shorthand else mapping

    def _mapping(self, shape: RecordShape, extra: Mapping[str, Schema]) -> Schema:
        """A mapping of a dataclass's fields, with *extra* properties beside them."""
        fields = fields_of(shape)
        stated = provenance_shapes() if fields.sourced else {}
        properties = {key: self._field(one) for key, one in fields.by_key.items()}
        properties |= {key: self.schema(one) for key, one in stated.items()}
        required = [key for key, one in fields.by_key.items() if one.required]
        return _object({**extra, **properties}, required, title=shape.name, description=_description(shape.cls))

    def _field(self, one: FieldShape) -> Schema:
        schema = self.schema(one.shape)
        return schema | {"description": one.doc} if one.doc else schema

    def _tagged(self, shape: TaggedShape, extra: Mapping[str, Schema]) -> Schema:
        properties = {tag: self._under_tag(record) for tag, record in shape.options}
        alternatives = [{"required": [tag]} for tag in properties]
        return _object({**extra, **properties}, []) | {"oneOf": alternatives}

    def _under_tag(self, record: RecordShape) -> Schema:
        single = direct_field(record)
        if single is None:
            return self.schema(record)
        return self.schema(single.shape) | {"description": _description(record.cls)}

    def _kind(self, shape: KindShape, extra: Mapping[str, Schema]) -> Schema:
        options = []
        for word, record in shape.options:
            option = self._mapping(record, extra)
            option["properties"]["kind"] = {"const": word}
            option["required"] = sorted({*option.get("required", []), "kind"})
            options.append(option)
        return {"oneOf": options}

    def _figure(self, shape: FigureShape, extra: Mapping[str, Schema]) -> Schema:
        bare = _any_of(self.schema(shape.value), {"const": UNKNOWN})
        properties = {
            **extra,
            "value": bare,
            **{key: self.schema(one) for key, one in provenance_shapes().items()},
            "note": dict(_SCALARS[str]),
            "alternatives": {"type": "array", "items": self.schema(shape.rival)},
        }
        return _any_of(bare, _object(properties, ["value"], description="A value with its backing."))

    def _timeline(self, shape: TimelineShape) -> Schema:
        entry = self._dated(shape.value)
        return _any_of(entry, {"type": "array", "items": entry})

    def _dated(self, value: Shape) -> Schema:
        """An entry of a timeline: the value's own keys beside ``from``, or ``value``; or the value alone."""
        extra: dict[str, Schema] = {"from": dict(_SCALARS[date])}
        match value:
            case RecordShape():
                return self._record(value, extra)
            case TaggedShape():
                return self._tagged(value, extra)
            case KindShape():
                return self._kind(value, extra)
            case FigureShape():
                return self._figure(value, extra)
            case _:
                schema = self.schema(value)
                return _any_of(schema, _object({**extra, "value": schema}, ["value"]))


def _choice(shape: ChoiceShape) -> Schema:
    words = [word for word, _ in shape.choices]
    return {"enum": [*words, *(value for _, value in shape.choices if type(value) in (int, bool))]}


def _object(properties: dict[str, Schema], required: list[str], *, title: str = "", description: str = "") -> Schema:
    schema: Schema = {"type": "object"}
    if title:
        schema["title"] = title
    if description:
        schema["description"] = description
    schema |= {"properties": properties, "additionalProperties": False}
    return schema | ({"required": required} if required else {})


def _any_of(*schemas: Schema) -> Schema:
    return {"anyOf": [option for schema in schemas for option in _options(schema)]}


def _options(schema: Schema) -> list[Schema]:
    """What an ``anyOf`` offers; any other schema is its own only option."""
    return schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]


def _name(shape: Shape) -> str:
    """The name of a definition: ``Rival_Money``, ``Figure_date``, ``All_or_11_more``."""
    match shape:
        case RecordShape(args=args):
            return "_".join([shape.name, *(_name(shape_of(arg)) for arg in args)])
        case FigureShape():
            return f"Figure_{_name(shape.value)}"
        case TaggedShape(options=options) | KindShape(options=options):
            return f"{options[0][1].name}_or_{len(options) - 1}_more"
        case ScalarShape(type_=type_):
            return type_.__name__
        case IdShape(kind=kind):
            return kind
        case ChoiceShape():
            return shape.name or "-".join(word for word, _ in shape.choices)
        case _:
            raise TypeError(f"{shape} has no name in a schema")


def _description(cls: type) -> str:
    """The class's docstring, unless it is the signature that dataclasses write for want of one."""
    text = inspect.getdoc(cls) or ""
    return "" if text.startswith(f"{cls.__name__}(") else text
