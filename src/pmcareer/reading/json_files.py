"""JSON files: bounded in size and depth, numbers kept exact, duplicate keys refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import read_bytes, shown_path

JSON_LIMIT = 32 * 1024 * 1024


class _RefusedError(ValueError):
    """What is well-formed JSON and still not accepted."""


def read_json(path: Path, *, limit: int = JSON_LIMIT) -> tuple[Any, Problems]:
    """The decoded content of *path* (decimals as ``Decimal``), or None with what stands in the way."""
    data, problems = read_bytes(path, limit=limit)
    return (None if data is None else parse_json(data, shown_path(path), problems)), problems


def parse_json(data: bytes, name: str, problems: Problems) -> Any:
    """The same from bytes that are at hand; *name* is what positions carry."""
    try:
        return _decoded(data)
    except UnicodeDecodeError as error:
        problems.add("file-not-utf8", f"byte {error.start} is not UTF-8", Position(name), hint="save it as UTF-8")
    except json.JSONDecodeError as error:
        problems.add("json-syntax", error.msg, Position(name, error.lineno, error.colno))
    except ValueError as error:  # also a number of more digits than Python reads
        text = str(error)[:200] if isinstance(error, _RefusedError) else "a number has more digits than are read"
        problems.add("json-syntax", text, Position(name))
    except RecursionError:
        problems.add("json-syntax", "nesting is deeper than the reader accepts", Position(name))
    return None


def _decoded(data: bytes) -> Any:
    return json.loads(
        data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refused_constant, object_pairs_hook=_unique
    )


def _refused_constant(name: str) -> Any:
    raise _RefusedError(f"{name} is not a number")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(f"the key {twice[:60]!r} stands twice in one object")
    return found
