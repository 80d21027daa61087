"""JSON files: bounded in size and depth, numbers kept exact, duplicate keys refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import read_bytes, shown_path
from pmcareer.reading.json_places import Place, of_constant, of_deepest, of_long_number, of_second_key

JSON_LIMIT = 32 * 1024 * 1024


class _RefusedError(ValueError):
    """What is not accepted though the decoder would take it; *find* tells where in the text it is."""

    def __init__(self, message: str, find: Callable[[str], Place]) -> None:
        super().__init__(message)
        self.find = find


def read_json(path: Path, *, limit: int = JSON_LIMIT) -> tuple[Any, Problems]:
    """The decoded content of *path* (decimals as ``Decimal``), or None with what stands in the way."""
    data, problems = read_bytes(path, limit=limit)
    return (None if data is None else parse_json(data, shown_path(path), problems)), problems


def parse_json(data: bytes, name: str, problems: Problems) -> Any:
    """The same from bytes that are at hand; *name* is what positions carry."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.add("file-not-utf8", f"byte {error.start} is not UTF-8", Position(name), hint="save it as UTF-8")
        return None
    try:
        return _decoded(text)
    except json.JSONDecodeError as error:
        problems.add("json-syntax", error.msg, Position(name, error.lineno, error.colno))
    except _RefusedError as error:
        problems.add("json-syntax", str(error)[:200], Position(name, *error.find(text)))
    except ValueError:
        place = of_long_number(text, sys.get_int_max_str_digits())
        problems.add("json-syntax", "a number has more digits than are read", Position(name, *place))
    except RecursionError:
        problems.add("json-syntax", "nesting is deeper than the reader accepts", Position(name, *of_deepest(text)))
    return None


def _decoded(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=_refused_constant, object_pairs_hook=_unique)


def _refused_constant(name: str) -> Any:
    raise _RefusedError(f"{name} is not a number", lambda text: of_constant(text, name))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(f"the key {twice[:60]!r} stands twice in one object", lambda t: of_second_key(t, twice))
    return found
