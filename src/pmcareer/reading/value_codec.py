"""Values of the model as plain lists and back, for the catalog's cache: JSON, never code.

A text, a truth, a whole number and None stand for themselves. Everything else is a list whose first item tells what
it is: one of the small numbers below, or the number of a class plus ``_CLASSES``. A class is named once, by module and
name, and only dataclasses and enumerations of the model are admitted. The backing of a figure is mostly that of its
neighbours, so that ``Provenance`` refers to tables of its entry.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pmcareer.dates import Length
from pmcareer.model.figures import Origin, Provenance, Standing
from pmcareer.money import Money
from pmcareer.timeline import Since, Timeline

_TUPLE, _DATE, _DECIMAL, _MONEY, _LENGTH, _MAP, _TIMELINE, _PROVENANCE = range(8)
_CLASSES = 8

_MODEL = "pmcareer.model."
_AS_THEY_ARE = (str, int, bool, type(None))


# What decoding raises where a list is not what it should be.
_REFUSED = (ArithmeticError, AttributeError, ImportError, LookupError, RecursionError, TypeError, ValueError)


class UndecodableError(Exception):
    """What stands there is not what an encoder wrote."""


# --- writing --------------------------------------------------------------------------------------------------------


class Encoder:
    """Encodes entries; ``classes`` names the classes met, in the order of their numbers."""

    def __init__(self) -> None:
        self.classes: list[str] = []
        self._numbers: dict[type, int] = {}
        self._fields: dict[type, tuple[tuple[str, Any], ...]] = {}
        self._backings: dict[tuple[Any, ...], int] = {}
        self._places: dict[tuple[str, str], int] = {}

    def entry(self, value: object) -> list[Any]:
        """One entry with the tables that its provenances refer to. Raises TypeError for what is not of the model."""
        self._backings, self._places = {}, {}
        body = self._encode(value)
        return [[list(backing) for backing in self._backings], [list(place) for place in self._places], body]

    def _encode(self, value: Any) -> Any:
        if type(value) in _AS_THEY_ARE:
            return value
        if isinstance(value, Provenance):
            return self._provenance(value)
        if isinstance(value, Enum):
            return [self._number(type(value)), value.value]
        if isinstance(value, Mapping):
            return [_MAP, *(self._encode(part) for pair in value.items() for part in pair)]
        if isinstance(value, Timeline):
            return [
                _TIMELINE,
                *(part for since in value for part in (_ordinal(since.start), self._encode(since.value))),
            ]
        if (write := _SMALL.get(type(value))) is not None:
            return write(value)
        if isinstance(value, Sequence):
            return [_TUPLE, *map(self._encode, value)]
        return self._record(value)

    def _record(self, value: Any) -> list[Any]:
        """The class's number and the fields; those at the end that hold their defaults are left out."""
        fields = self._fields_of(type(value))
        values = [getattr(value, name) for name, _ in fields]
        while values and values[-1] == fields[len(values) - 1][1]:
            values.pop()
        return [self._number(type(value)), *map(self._encode, values)]

    def _fields_of(self, class_: type) -> tuple[tuple[str, Any], ...]:
        if class_ not in self._fields:
            if not dataclasses.is_dataclass(class_):
                raise TypeError(f"{class_.__name__} is not of the model")
            self._fields[class_] = tuple((f.name, f.default) for f in dataclasses.fields(class_))
        return self._fields[class_]

    def _provenance(self, value: Provenance) -> list[int]:
        standing = value.standing.value if value.standing else None
        backing = (value.source, _ordinal(value.read), standing, value.because)
        number = self._backings.setdefault(backing, len(self._backings))
        origin = value.origin
        if origin is None:
            return [_PROVENANCE, number]
        return [
            _PROVENANCE,
            number,
            self._places.setdefault((origin.layer, origin.file), len(self._places)),
            origin.line,
        ]

    def _number(self, class_: type) -> int:
        if class_ not in self._numbers:
            if not class_.__module__.startswith(_MODEL):
                raise TypeError(f"{class_.__module__}.{class_.__name__} is not of the model")
            self._numbers[class_] = len(self.classes) + _CLASSES
            self.classes.append(f"{class_.__module__.removeprefix(_MODEL)}.{class_.__name__}")
        return self._numbers[class_]


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


_SMALL: dict[type, Callable[[Any], list[Any]]] = {
    date: lambda day: [_DATE, day.toordinal()],
    Decimal: lambda number: [_DECIMAL, str(number)],
    Money: lambda money: [_MONEY, str(money.amount), money.currency],
    Length: lambda length: [_LENGTH, length.months, length.days],
}


# --- reading --------------------------------------------------------------------------------------------------------


class Decoder:
    """Decodes entries, given the names of their classes."""

    def __init__(self, classes: Sequence[str]) -> None:
        self._readers: list[Callable[[list[Any]], Any]] = [
            self._tuple,
            lambda x: date.fromordinal(x[1]),
            lambda x: Decimal(x[1]),
            lambda x: Money(Decimal(x[1]), x[2]),
            lambda x: Length(x[1], x[2]),
            self._map,
            self._timeline,
            self._provenance,
            *(self._awaiting(number, name) for number, name in enumerate(classes, _CLASSES)),
        ]
        self._backings: list[tuple[Any, ...]] = []
        self._places: list[tuple[str, str]] = []
        self._provenances: dict[tuple[int, ...], Provenance] = {}

    def entry(self, encoded: Any) -> Any:
        """The entry as it was. Raises UndecodableError for anything that ``Encoder.entry`` did not write."""
        try:
            backings, places, body = encoded
            self._backings = [_backing(*backing) for backing in backings]
            self._places = [(layer, file) for layer, file in places]
            self._provenances = {}
            return self._readers[body[0]](body)
        except _REFUSED as error:
            raise UndecodableError(str(error)) from error

    def _items(self, encoded: list[Any]) -> list[Any]:
        """What stands behind the first item, decoded."""
        readers = self._readers
        values = [readers[x[0]](x) if x.__class__ is list else x for x in encoded]
        del values[0]
        return values

    def _tuple(self, encoded: list[Any]) -> tuple[Any, ...]:
        return tuple(self._items(encoded))

    def _map(self, encoded: list[Any]) -> dict[Any, Any]:
        items = self._items(encoded)
        return dict(zip(items[::2], items[1::2], strict=True))

    def _timeline(self, encoded: list[Any]) -> Timeline[Any]:
        items = self._items(encoded)
        return Timeline(Since(_day(start), value) for start, value in zip(items[::2], items[1::2], strict=True))

    def _provenance(self, encoded: list[Any]) -> Provenance:
        """What stands on one line mostly shares its backing."""
        key = tuple(encoded)
        if (known := self._provenances.get(key)) is not None:
            return known
        source, read, standing, because = self._backings[encoded[1]]
        origin = None
        if len(encoded) > 2:
            layer, file = self._places[encoded[2]]
            origin = Origin(layer, file, encoded[3])
        self._provenances[key] = made = Provenance(source, read, standing, because, origin)
        return made

    def _awaiting(self, number: int, name: str) -> Callable[[list[Any]], Any]:
        """The reader of a class, which is looked up when the first instance is met."""

        def read(encoded: list[Any]) -> Any:
            self._readers[number] = reader = self._reader_of(_class_of(name))
            return reader(encoded)

        return read

    def _reader_of(self, class_: Any) -> Callable[[list[Any]], Any]:
        if issubclass(class_, Enum):
            members = {member.value: member for member in class_}
            return lambda encoded: members[encoded[1]]
        if hasattr(class_, "__post_init__") or not hasattr(class_, "__slots__"):
            return lambda encoded: class_(*self._items(encoded))
        return self._record_reader(class_)

    def _record_reader(self, class_: Any) -> Callable[[list[Any]], Any]:
        """Fills the slots of a new instance itself: to have a constructor written only for this would cost more."""
        fields = dataclasses.fields(class_)
        setters = [getattr(class_, one.name).__set__ for one in fields]
        absent = [_absent(one) for one in fields]
        new, readers, count = class_.__new__, self._readers, len(fields)

        def read(encoded: list[Any]) -> Any:
            values = [readers[x[0]](x) if x.__class__ is list else x for x in encoded]
            given = len(values) - 1
            if given > count:
                raise ValueError("too many values")
            instance = new(class_)
            for setter, value in zip(setters, values[1:], strict=False):
                setter(instance, value)
            for position in range(given, count):
                setters[position](instance, absent[position]())
            return instance

        return read


def _absent(one: dataclasses.Field[Any]) -> Callable[[], Any]:
    """What gives the value of a field that is left out; a field without default may not be."""
    if one.default_factory is not dataclasses.MISSING:
        return one.default_factory
    default = one.default
    if default is dataclasses.MISSING:
        return _missing
    return lambda: default


def _missing() -> Any:
    raise ValueError("a value is missing")


def _class_of(name: str) -> type:
    """The class of the model called ``module.Name``; nothing else can be named."""
    module, _, class_name = name.rpartition(".")
    if not module.isidentifier():
        raise ValueError(f"{name!r} does not name a class of the model")
    found = getattr(importlib.import_module(_MODEL + module), class_name)
    if found.__module__ != _MODEL + module or not (dataclasses.is_dataclass(found) or issubclass(found, Enum)):
        raise ValueError(f"{name!r} is not a class of the model")
    return found  # type: ignore[no-any-return]


def _backing(source: Any, read: int | None, standing: str | None, because: str) -> tuple[Any, ...]:
    return source, _day(read), Standing(standing) if standing is not None else None, because


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal is not None else None
