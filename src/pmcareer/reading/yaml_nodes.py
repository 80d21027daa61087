"""Strict YAML: bytes to a tree of nodes with positions, in which every scalar is still a string.

The parser's events are walked with depth and size bounded before anything is built; what YAML offers beyond plain
data (anchors, tags, merge keys, several documents) is refused with advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import FILE_LIMIT, read_bytes, shown_path
from pmcareer.reading.findings import BoundedProblems, quote
from pmcareer.reading.yaml_errors import report_broken_yaml

DEPTH_LIMIT = 40
NODE_LIMIT = 200_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The pure parser has None for a plain scalar, libyaml ''.
_QUOTED = frozenset({"'", '"', "|", ">"})
# What neither YAML nor a terminal takes as text; a BOM inside the text counts as well.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_CONTROL_IN_VALUE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, still text. ``quoted``: written in quotes or as a block, so that it can only be text."""

    text: str
    quoted: bool
    at: Position


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple[Node, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, with the place of the key, and its value."""

    key: str
    at: Position
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and values in the order written; each key once."""

    entries: tuple[Entry, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for a value that was refused and reported already; readers pass over it in silence."""

    at: Position


Node: TypeAlias = Scalar | SequenceNode | MappingNode | Unreadable


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
        problems.add("file-too-large", f"the text holds more than {limits.size} bytes", Position(file))
        return None, problems
    text = _decode(data, file, problems)
    if text is None or not _is_clean(text, file, problems):
        return None, problems
    builder = _Builder(file, limits, problems)
    try:
        builder.walk(yaml.parse(text, Loader=_LOADER))
    except _TooMuchError:
        return None, problems
    except yaml.YAMLError as error:
        report_broken_yaml(error, text, file, problems)
        return None, problems
    if builder.root is None:
        problems.add("file-empty", "the file holds nothing", Position(file), hint="see the examples in the docs")
    return builder.root, problems


def _decode(data: bytes, file: str, problems: Problems) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add(
            "file-not-utf8", "the file is UTF-16", Position(file, 1, 1), hint="save it as UTF-8 (without a BOM)"
        )
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
    clean = True
    for match in _CONTROL.finditer(text):
        clean = False
        problems.add(
            "yaml-control",
            f"control character U+{ord(match[0]):04X}",
            _position_after(text[: match.start()], file),
            hint="delete it",
        )
        if len(problems) >= 20:  # binary junk: twenty say as much as a million
            break
    return clean


def _position_after(text: str, file: str) -> Position:
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    return Position(file, len(lines), len(lines[-1]) + 1)


class _TooMuchError(Exception):
    """A bound was crossed; it is reported already."""


class _Open:
    """A list or mapping that is still being read: children so far, and the key that waits for its value."""

    __slots__ = ("at", "entries", "is_mapping", "items", "key", "seen")

    def __init__(self, at: Position, is_mapping: bool) -> None:
        self.at = at
        self.is_mapping = is_mapping
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.seen: dict[str, Position] = {}
        self.key: Node | None = None

    def close(self) -> Node:
        if self.is_mapping:
            return MappingNode(tuple(self.entries), self.at)
        return SequenceNode(tuple(self.items), self.at)


class _Builder:
    """Builds the tree of the first document from parser events, without recursion."""

    def __init__(self, file: str, limits: Limits, problems: Problems) -> None:
        self.file = file
        self.limits = limits
        self.problems = problems
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def walk(self, events: Iterable[yaml.Event]) -> None:
        """Take in the events of one document; a second one is reported and left unread."""
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._place(self._open.pop().close())
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent) and not self._begin_document(event):
                return

    def _at(self, event: yaml.Event) -> Position:
        mark: Any = event.start_mark
        return Position(self.file, mark.line + 1, mark.column + 1)

    def _begin_document(self, event: yaml.DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            hint = "one file holds one document; delete the line ---"
            self.problems.add("yaml-documents", "a second document begins here", self._at(event), hint=hint)
        return self._documents == 1

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        at = self._admit(event)
        text: str = event.value
        if event.style in ("|", ">"):
            text = text.rstrip("\n")  # a block's last line break is layout, not content
        if bad := _CONTROL_IN_VALUE.search(text):
            code_point = f"U+{ord(bad[0]):04X}"
            self.problems.add("yaml-control", f"the text holds the control character {code_point}", at)
        quoted = event.style in _QUOTED
        if self._open or text or quoted:  # else `---` and nothing more: an empty document
            self._place(Scalar(text, quoted, at))

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        at = self._admit(event)
        if len(self._open) >= self.limits.depth:
            self.problems.add("yaml-depth", f"more than {self.limits.depth} levels of nesting", at)
            raise _TooMuchError
        self._open.append(_Open(at, isinstance(event, yaml.MappingStartEvent)))

    def _alias(self, event: yaml.AliasEvent) -> None:
        at = self._count(event)
        hint = "write the value out where it is needed"
        self.problems.add("yaml-alias", f"the alias *{_cut(event.anchor)} is not accepted", at, hint=hint)
        self._place(Unreadable(at))

    def _admit(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Position:
        """Count a node; report an anchor or a tag on it."""
        at = self._count(event)
        if event.anchor is not None:
            message = f"the anchor &{_cut(event.anchor)} is not accepted"
            self.problems.add("yaml-alias", message, at, hint="delete it, and write values out where needed")
        if event.tag is not None:
            self.problems.add(
                "yaml-tag",
                f"the tag {quote(event.tag)} is not accepted",
                at,
                hint="delete it; types follow from the field, and quotes make text",
            )
        return at

    def _count(self, event: yaml.Event) -> Position:
        at = self._at(event)
        self._nodes += 1
        if self._nodes > self.limits.nodes:
            self.problems.add("yaml-size", f"more than {self.limits.nodes} values in one file", at)
            raise _TooMuchError
        return at

    def _place(self, node: Node) -> None:
        """Hang a finished node where it belongs: as root, list item, key, or value of the waiting key."""
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            self._entry(parent, key, node)

    def _entry(self, parent: _Open, key: Node, value: Node) -> None:
        if isinstance(key, Unreadable):
            return
        if not isinstance(key, Scalar) or not key.text:
            what = "empty" if isinstance(key, Scalar) else "not a plain word"
            self.problems.add("yaml-key-not-text", f"the key is {what}", key.at, hint="write `key: value`")
        elif key.text == "<<" and not key.quoted:
            self.problems.add("yaml-merge-key", "the merge key << is not accepted", key.at, hint="write the keys out")
        elif (first := parent.seen.get(key.text)) is not None:
            message = f"the key {quote(key.text)} stands here a second time; first on line {first.line}"
            self.problems.add("yaml-duplicate-key", message, key.at, hint=f"delete one of them ({first})")
        else:
            parent.seen[key.text] = key.at
            parent.entries.append(Entry(key.text, key.at, value))


def _cut(name: str | None) -> str:
    name = name or ""
    return name if len(name) <= 40 else name[:39] + "…"
