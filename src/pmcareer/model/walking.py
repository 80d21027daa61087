"""Walking through an entry: every value in it, with the path that leads there."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from pmcareer.model.figures import Figure, Provenance, Rival
from pmcareer.timeline import Timeline


def figures_in(value: Any, path: str = "") -> Iterator[tuple[str, Figure[Any]]]:
    """Every figure in *value* with its path (``units.total``, ``prices[0].amount``), in the order of the fields."""
    if isinstance(value, Figure):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from figures_in(item, f"{path}[{index}]")
    elif isinstance(value, Timeline):
        for index, entry in enumerate(value):
            yield from figures_in(entry.value, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from figures_in(item, f"{path}.{key}".removeprefix("."))
    elif dataclasses.is_dataclass(value) and not isinstance(value, Provenance):
        for name, item in fields_in(value):
            yield from figures_in(item, f"{path}.{name}".removeprefix("."))


def provenances_in(value: Any) -> Iterator[Provenance]:
    """Every provenance in *value*, and of every rival the source that it names."""
    if isinstance(value, Provenance):
        yield value
    elif isinstance(value, Rival):
        yield Provenance(value.source, value.read, value.standing)
    elif isinstance(value, tuple):
        for item in value:
            yield from provenances_in(item)
    elif isinstance(value, Timeline):
        for entry in value:
            yield from provenances_in(entry.value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from provenances_in(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from provenances_in(getattr(value, field.name))


def fields_in(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a record as the files call them (``from``), without its provenance."""
    for field in dataclasses.fields(value):
        if field.name != "provenance":
            yield field.name.removesuffix("_"), getattr(value, field.name)
