"""Shapes: the ways in which the model's values are written in YAML.

They are derived from the type annotations of the model (``annotations``), and followed by the reader, the JSON
Schema and the reference pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class ScalarShape:
    """Text, a number, a date …: one of the types that ``scalars`` reads."""

    type_: type


@dataclass(frozen=True, slots=True)
class IdShape:
    """An id; ``kind`` is the name of its NewType."""

    kind: str


@dataclass(frozen=True)
class ChoiceShape:
    """One word of several; the words as written, and the value each stands for."""

    name: str
    choices: tuple[tuple[str, Any], ...]

    @property
    def by_word(self) -> dict[str, Any]:
        """The values by their words."""
        return dict(self.choices)


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list of any length."""

    item: Shape


@dataclass(frozen=True, slots=True)
class MapShape:
    """A mapping whose keys are data."""

    key: Shape
    value: Shape


@dataclass(frozen=True, slots=True)
class OptionalShape:
    """A value or ``null``."""

    inner: Shape


@dataclass(frozen=True, slots=True)
class RecordShape:
    """A dataclass: a mapping whose keys are its fields. ``args`` fill the type variables of a generic one."""

    cls: type
    args: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        """The name of the dataclass."""
        return self.cls.__name__


@dataclass(frozen=True, slots=True)
class TaggedShape:
    """One of several dataclasses, each under its tag: ``{holds: capm}``."""

    options: tuple[tuple[str, RecordShape], ...]


@dataclass(frozen=True, slots=True)
class KindShape:
    """One of several dataclasses, told apart by the word in ``kind``."""

    options: tuple[tuple[str, RecordShape], ...]


@dataclass(frozen=True, slots=True)
class EitherShape:
    """The first of several shapes that fits."""

    options: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A value with its backing: a bare value, or a mapping with ``value``, ``source``, ``alternatives`` …"""

    value: Shape
    rival: RecordShape


@dataclass(frozen=True, slots=True)
class TimelineShape:
    """A value that changed over time: a list of entries, each with ``from``; or one value for always."""

    value: Shape

    @property
    def inline(self) -> bool:
        """Whether an entry holds the value's own keys beside ``from``, rather than a ``value``."""
        return isinstance(self.value, RecordShape | TaggedShape | KindShape | FigureShape)


Shape: TypeAlias = (
    ScalarShape
    | IdShape
    | ChoiceShape
    | ListShape
    | MapShape
    | OptionalShape
    | RecordShape
    | TaggedShape
    | KindShape
    | EitherShape
    | FigureShape
    | TimelineShape
)


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field of a dataclass: its name there, its key in YAML, its shape, and whether it must be given.

    ``place`` names it with its dataclass, as references have it: ``Holding.id``.
    """

    name: str
    key: str
    place: str
    shape: Shape
    required: bool
    doc: str
    default: object = None


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a dataclass by their YAML keys; ``sourced``: it has a provenance of its own."""

    by_key: Mapping[str, FieldShape]
    required: tuple[str, ...]
    sourced: bool
    shorthand: FieldShape | None
    checked: bool
    known: Mapping[str, object]
