"""Strict YAML: bytes to a tree of nodes with positions, in which every scalar is still a string.

What YAML offers beyond plain data (anchors, tags, merge keys, several documents) is refused with advice.
"""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import FILE_LIMIT, read_bytes, shown_path, size
from pmcareer.reading.findings import BoundedProblems
from pmcareer.reading.nodes import Entry, MappingNode, Node, Scalar, SequenceNode, Unreadable
from pmcareer.reading.yaml_errors import report_broken_yaml
from pmcareer.reading.yaml_events import TooMuchError, TreeBuilder
from pmcareer.values import dataclass

__all__ = [
    "DEFAULT_LIMITS",
    "Entry",
    "Limits",
    "MappingNode",
    "Node",
    "Scalar",
    "SequenceNode",
    "Unreadable",
    "parse_yaml",
    "read_yaml",
]

DEPTH_LIMIT = 40
NODE_LIMIT = 200_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What neither YAML nor a terminal takes as text: control characters, turners of direction, a BOM inside the text.
_CONTROL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may measure: bytes of the file, levels of nesting, nodes."""

    size: int = FILE_LIMIT
    depth: int = DEPTH_LIMIT
    nodes: int = NODE_LIMIT


DEFAULT_LIMITS = Limits()


def read_yaml(path: Path, limits: Limits = DEFAULT_LIMITS, *, name: str | None = None) -> tuple[Node | None, Problems]:
    """The document in the file at *path*, or None where there is none to speak of; and all problems found.

    Positions carry *name*, or the path where no name is given.
    """
    data, problems = read_bytes(path, limit=limits.size, name=name)
    if data is None:
        return None, problems
    return parse_yaml(data, name or shown_path(path), limits)


def parse_yaml(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Node | None, Problems]:
    """The one document in *data*; *file* is the name that positions carry. Raises nothing, whatever the bytes."""
    problems = BoundedProblems()
    if len(data) > limits.size:
        problems.add(
            "file-too-large",
            f"the text holds more than {size(limits.size)}",
            Position(file),
            hint="is it the right one?",
        )
        return None, problems
    text = _decode(data, file, problems)
    if text is None or not _is_clean(text, file, problems):
        return None, problems
    builder = TreeBuilder(file, problems, depth=limits.depth, nodes=limits.nodes)
    try:
        builder.walk(yaml.parse(text, Loader=_LOADER))
    except TooMuchError:
        return None, problems
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        report_broken_yaml(error, text, file, problems)
        return None, problems
    if builder.root is None:
        problems.add("file-empty", "the file holds nothing", Position(file), hint="see the examples in the docs")
    return builder.root, problems


def _decode(data: bytes, file: str, problems: Problems) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "save it as UTF-8 without a BOM"
        problems.add("file-not-utf8", "the file is UTF-16", Position(file, 1, 1), hint=hint)
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        hint = "save it as UTF-8 without a BOM"
        problems.add("yaml-bom", "the file begins with a byte order mark", Position(file, 1, 1), hint=hint)
        data = data[3:]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        message = f"byte {data[error.start]:#04x} at offset {error.start} is not UTF-8"
        problems.add("file-not-utf8", message, _position_after(before, file), hint="save the file as UTF-8")
        return None


def _is_clean(text: str, file: str, problems: Problems) -> bool:
    """Whether the text is free of control characters; each that is not is reported."""
    # Of binary junk, twenty say as much as a million.
    matches = list(islice(_CONTROL.finditer(text), 20))
    for match in matches:
        at = _position_after(text[: match.start()], file)
        problems.add("yaml-control", f"the control character U+{ord(match[0]):04X}", at, hint="delete it")
    return not matches


def _position_after(text: str, file: str) -> Position:
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    return Position(file, len(lines), len(lines[-1]) + 1)
