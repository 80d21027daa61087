"""Values of the model spelt as YAML on one line, as people write them: ``{on: 2026-02-11, hours: 1.5}``."""

from __future__ import annotations

import dataclasses
import sys
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeAlias

import yaml

from pmcareer.money import Money

Spelt: TypeAlias = "str | date | Decimal | bool | list[Spelt] | dict[str, Spelt]"


def plain(value: Any) -> Spelt:
    """A value as lists, dicts and scalars; of a record the fields that are not at their defaults."""
    if isinstance(value, Money):
        return f"{value.amount:f} {value.currency}"
    if dataclasses.is_dataclass(value):
        return {
            field.name.rstrip("_"): plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return str(value.value)
    spelt: Spelt = value
    return spelt


def flow(value: Spelt) -> str:
    """All on one line, quoted where a reader could take it for something else, also within braces."""
    if isinstance(value, dict):  # keys are the model's own words, and need no quotes whatever YAML 1.1 says of `on`
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    wrapped = yaml.dump([value], Dumper=_OneLine, default_flow_style=True, allow_unicode=True, width=sys.maxsize)
    return str(wrapped).removeprefix("[").removesuffix("]\n")


class _OneLine(yaml.SafeDumper):
    """Writes text with line breaks in it on one line all the same, and numbers as they are."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    text = f"{number:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_OneLine.add_representer(str, _text)
_OneLine.add_representer(Decimal, _number)
