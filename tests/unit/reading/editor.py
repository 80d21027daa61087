"""What an editor makes of a YAML text: plain scalars resolved by YAML 1.2's core schema, then held against a schema."""

from __future__ import annotations

import re
from typing import Any

import jsonschema
import yaml

# https://yaml.org/spec/1.2.2/#1032-tag-resolution
_CORE: list[tuple[str, Any]] = [
    (r"null|Null|NULL|~|", lambda _: None),
    (r"true|True|TRUE", lambda _: True),
    (r"false|False|FALSE", lambda _: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text[2:], 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?(\.inf|\.Inf|\.INF)", lambda text: float(text.replace(".", ""))),
    (r"\.nan|\.NaN|\.NAN", lambda _: float("nan")),
]


def seen_by_editor(text: str) -> Any:
    """The document as JSON-like values."""
    return _value(yaml.compose(text, Loader=yaml.CSafeLoader))


def _value(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if node.style in ("'", '"', "|", ">"):
        return node.value
    return next((make(node.value) for pattern, make in _CORE if re.fullmatch(pattern, node.value)), node.value)


def objections(text: str, schema: dict[str, Any]) -> list[str]:
    """What the editor underlines: the places that break the schema."""
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    return [error.json_path for error in validator.iter_errors(seen_by_editor(text))]
