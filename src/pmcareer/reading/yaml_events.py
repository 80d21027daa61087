"""From a YAML parser's events to a tree: depth and size are bounded before anything is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import quote
from pmcareer.reading.nodes import Entry, MappingNode, Node, Scalar, SequenceNode, Unreadable

# The pure parser has None for a plain scalar, libyaml ''.
_BLOCKS = frozenset({"|", ">"})
_QUOTED = frozenset({"'", '"', "|", ">"})
# Control characters, those that turn the direction of what follows, and what is no character at all.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


class TooMuchError(Exception):
    """A bound was crossed, and it is reported already."""


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


class TreeBuilder:
    """Builds ``root``, the tree of the first document, from parser events, without recursion.

    *depth* and *nodes* bound what is built. Anchors, tags, merge keys and duplicate keys are reported; what is left
    without them is built all the same, so that more can be found.
    """

    def __init__(self, file: str, problems: Problems, *, depth: int, nodes: int) -> None:
        self.file = file
        self.depth_limit = depth
        self.node_limit = nodes
        self.problems = problems
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._nodes = 0
        self._documents = 0

    def walk(self, events: Iterable[yaml.Event]) -> None:
        """Take in the events of one document; a second one is reported and left unread."""
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
        }
        for event in events:
            kind = type(event)
            if kind in take:
                take[kind](event)
            elif isinstance(event, yaml.DocumentStartEvent) and not self._begin_document(event):
                return

    def _begin_document(self, event: yaml.DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            hint = "one file holds one document; delete the line ---"
            mark: Any = event.start_mark
            at = Position(self.file, mark.line + 1, mark.column + 1)
            self.problems.add("yaml-documents", "a second document begins here", at, hint=hint)
        return self._documents == 1

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        at = self._admit(event)
        text: str = event.value
        style = event.style
        if style in _BLOCKS:
            text = text.rstrip("\n")  # a block's last line break is layout, not content
        elif style == '"' and (bad := _CONTROL.search(text)):  # only escapes can bring one in: see `_is_clean`
            code_point = f"U+{ord(bad[0]):04X}"
            message = f"the text holds the control character {code_point}"
            self.problems.add("yaml-control", message, at, hint="delete it")
        quoted = style in _QUOTED
        if self._open or text or quoted:  # else `---` and nothing more: an empty document
            self._place(Scalar(text, quoted, at))

    def _end(self, _: yaml.CollectionEndEvent) -> None:
        self._place(self._open.pop().close())

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        at = self._admit(event)
        if len(self._open) >= self.depth_limit:
            message = f"more than {self.depth_limit} levels of nesting"
            self.problems.add("yaml-depth", message, at, hint="is it the right file?")
            raise TooMuchError
        self._open.append(_Open(at, isinstance(event, yaml.MappingStartEvent)))

    def _alias(self, event: yaml.AliasEvent) -> None:
        at = self._count(event)
        hint = "write the value out where it is needed"
        self.problems.add("yaml-alias", f"the alias *{_cut(event.anchor)} is not accepted", at, hint=hint)
        self._place(Unreadable(at))

    def _admit(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Position:
        """Count a node; report an anchor or a tag on it."""
        at = self._count(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event, at)
        return at

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, at: Position) -> None:
        if event.anchor is not None:
            message = f"the anchor &{_cut(event.anchor)} is not accepted"
            self.problems.add("yaml-alias", message, at, hint="delete it, and write values out where needed")
        if event.tag is not None:
            message = f"the tag {quote(event.tag)} is not accepted"
            hint = "delete it; types follow from the field, and quotes make text"
            self.problems.add("yaml-tag", message, at, hint=hint)

    def _count(self, event: yaml.Event) -> Position:
        mark: Any = event.start_mark
        at = Position(self.file, mark.line + 1, mark.column + 1)
        self._nodes += 1
        if self._nodes > self.node_limit:
            message = f"more than {self.node_limit} values in one file"
            self.problems.add("yaml-size", message, at, hint="is it the right file?")
            raise TooMuchError
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
