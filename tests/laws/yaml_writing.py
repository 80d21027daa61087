"""Values of the model written as YAML: the inverse of the reader, for its laws, and written without it.

Text is always quoted, everything else never is. Both of YAML's styles come out: ``block`` and ``flow``.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

from pmcareer.dates import Length
from pmcareer.model.figures import Figure, Provenance
from pmcareer.money import Money
from pmcareer.timeline import Timeline

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"  # strings are YAML as it will stand in the file


def tree(value: Any) -> Tree:
    """The value as lists, dicts and scalars that are already spelt."""
    match value:
        case tuple():
            return [tree(item) for item in value]
        case Mapping():
            return {json.dumps(str(key)): tree(one) for key, one in value.items()}
        case Timeline():
            return [_dated(entry.start, entry.value) for entry in value]
        case Figure():
            return _figure(value)
        case Money() | Length():
            return _measure(value)
        case _ if dataclasses.is_dataclass(value):
            return _record(value)
        case _:
            return _scalar(value)


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case str():
            return _quoted(value)
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _measure(value: Money | Length) -> str:
    if isinstance(value, Money):
        return f"{value.amount:f} {value.currency}"
    return f"{value.months} months" if value.months else f"{value.days} days"


def _quoted(text: str) -> str:
    """In double quotes, as JSON has it; but what JSON may leave as it is and YAML takes for a line break is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _figure(figure: Figure[Any]) -> Tree:
    parts = {"value": "unknown" if figure.value is None else tree(figure.value), **_provenance(figure.provenance)}
    if figure.note:
        parts["note"] = tree(figure.note)
    if figure.alternatives:
        parts["alternatives"] = tree(figure.alternatives)
    return parts["value"] if len(parts) == 1 else parts


def _provenance(provenance: Provenance) -> dict[str, Tree]:
    stated = {name: getattr(provenance, name) for name in ("source", "read", "standing", "because")}
    return {name: tree(value) for name, value in stated.items() if value}


def _record(value: Any) -> Tree:
    parts = dict(_fields(value))
    tag = getattr(type(value), "TAG", None)
    if tag is None:
        return parts
    return {tag: next(iter(parts.values()))} if len(dataclasses.fields(value)) == 1 else {tag: parts}


def _fields(value: Any) -> Iterator[tuple[str, Tree]]:
    """The fields that differ from their defaults."""
    for field in dataclasses.fields(value):
        one = getattr(value, field.name)
        default = field.default_factory() if field.default_factory is not dataclasses.MISSING else field.default
        if isinstance(one, Provenance):
            yield from _provenance(one).items()
        elif one != default or field.name == "kind":
            yield field.name.rstrip("_"), tree(one)


def _dated(start: date | None, value: Any) -> Tree:
    written = tree(value)
    if start is None:
        return written
    return {"from": tree(start), **(written if isinstance(written, dict) else {"value": written})}


def flow(node: Tree) -> str:
    """All on one line, with braces and brackets."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(flow(one) for one in node) + "]"
    return node


def block(node: Tree, indent: str = "") -> str:
    """One line for each scalar, indented."""
    if isinstance(node, dict) and node:
        return "".join(f"\n{indent}{key}: {block(one, indent + '  ')}" for key, one in node.items())
    if isinstance(node, list) and node:
        return "".join(f"\n{indent}-{_behind_dash(one, indent + '  ')}" for one in node)
    return flow(node)


def _behind_dash(node: Tree, indent: str) -> str:
    text = block(node, indent)
    return text if text.startswith("\n") else f" {text}"
