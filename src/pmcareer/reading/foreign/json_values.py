"""Values of decoded JSON, asked for without trust: the wrong type is the same as nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pmcareer.reading.foreign.words import one_line

ITEM_LIMIT = 5_000
EXPORT_LIMIT = 4 * 1024 * 1024
"""Bytes that a JSON export may hold."""


def record(value: Any) -> Mapping[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The objects of a list with their places; a single object is a list of one."""
    items = value if isinstance(value, list) else [value]
    for at, one in enumerate(items[:ITEM_LIMIT]):
        if isinstance(one, dict):
            yield at, one


def first_text(of: Mapping[str, Any], *keys: str) -> str:
    """The first of several keys that holds text; of a text in several languages, the first."""
    for key in keys:
        value = of.get(key)
        if isinstance(value, dict):
            value = value.get("@value") or next((v for v in value.values() if isinstance(v, str)), "")
        if text := one_line(value):
            return text
    return ""
