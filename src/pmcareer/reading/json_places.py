"""Where in a JSON text something is that its decoder refuses without saying where: found by going over the text again.

The text need not be well-formed: what is not JSON is stepped over, and a place that is not found is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

Place = tuple[int, int]
"""Line and column, from 1."""

MOST_TOKENS = 2_000_000
"""So far a text is gone over: about a second. What lies beyond has no place."""

_TOKEN = re.compile(
    r'"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[{}\[\]:,]', re.DOTALL | re.ASCII
)
_NONE = (0, 0)


def of_constant(text: str, name: str) -> Place:
    """The first *name* (``NaN``, ``Infinity``, ``-Infinity``) that stands for a number; (0, 0): there is none."""
    return next((_place(text, at) for at, part in _tokens(text) if part == name), _NONE)


def of_long_number(text: str, digits: int) -> Place:
    """The first whole number of more than *digits* digits."""
    numbers = ((at, part.lstrip("-")) for at, part in _tokens(text))
    return next((_place(text, at) for at, part in numbers if len(part) > digits and part.isdigit()), _NONE)


def of_deepest(text: str) -> Place:
    """The first bracket of those that lie deepest."""
    depth = deepest = place = 0
    for at, part in _tokens(text):
        depth += (part in "[{") - (part in "]}")
        if depth > deepest:
            deepest, place = depth, at
    return _place(text, place) if deepest else _NONE


def of_second_key(text: str, key: str) -> Place:
    """The first *key* that its object has already."""
    open_: list[bool] = []  # of each object or list around: whether it has had the key
    last = (0, "")
    for at, part in _tokens(text):
        if part in "[{":
            open_.append(False)
        elif part in "]}" and open_:
            open_.pop()
        elif part == ":" and open_ and _decoded(last[1]) == key:
            if open_[-1]:
                return _place(text, last[0])
            open_[-1] = True
        last = at, part
    return _NONE


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found.group()) for found in islice(_TOKEN.finditer(text), MOST_TOKENS))


def _decoded(string: str) -> str:
    """The key as it is compared: ``"a"`` and ``"\\u0061"`` are one."""
    try:
        return str(json.loads(string))
    except ValueError:
        return string


def _place(text: str, at: int) -> Place:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
