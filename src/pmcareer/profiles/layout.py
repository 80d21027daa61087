"""Where the parts of a YAML text lie, by character: what an edit must know to leave all else as it is."""

from __future__ import annotations

import re
from typing import Any

import yaml

from pmcareer.values import dataclass

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What YAML takes for the end of a line.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_KEEPS = re.compile(r"[|>][0-9]*\+")
_USUAL_STEP = 2


@dataclass(frozen=True, slots=True)
class Patch:
    """New text in the place of what lies from ``start`` up to ``end``; the two are equal where text is only added."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A text with the node that it is; None where it holds nothing but comments."""

    text: str
    root: yaml.Node | None

    @property
    def line_break(self) -> str:
        """How the text ends its lines."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    @property
    def step(self) -> int:
        """How far the text indents a list below its key."""
        for key, value in pairs(self.root):
            if isinstance(value, yaml.SequenceNode) and not value.flow_style:
                return int(value.start_mark.column - key.start_mark.column)
        return _USUAL_STEP

    def line_end(self, at: int) -> int:
        """Where the line around *at* ends, its line break not counted."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Where the line after the one around *at* begins."""
        found = _BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def line_start(self, at: int) -> int:
        """Where the line around *at* begins."""
        breaks = [found.end() for found in _BREAK.finditer(self.text, 0, at)]
        return breaks[-1] if breaks else 0

    def line_behind(self, node: yaml.Node, column: int) -> int:
        """Where the first line begins that belongs neither to *node* nor to a comment set deeper than *column*."""
        at = self._line_behind(last_leaf(node))
        while (line := self.text[at : self.line_end(at)]).lstrip(" ").startswith("#"):
            if len(line) - len(line.lstrip(" ")) <= column:
                break
            at = self.next_line(at)
        return at

    def _line_behind(self, leaf: yaml.Node) -> int:
        end = int(leaf.end_mark.index)
        if getattr(leaf, "style", None) not in ("|", ">"):
            return self.next_line(end)
        # A block's end lies behind its trailing blank lines, which are content only where it says `+`.
        if not _KEEPS.match(self.text, leaf.start_mark.index):
            while (width := self._break_before(end)) and self._break_before(end - width):
                end -= width
        return end

    def _break_before(self, end: int) -> int:
        """The width of the line break that ends at *end*; 0 where there is none."""
        if self.text.endswith("\r\n", 0, end):
            return 2
        return int(end > 0 and _BREAK.fullmatch(self.text[end - 1]) is not None)

    def lines_at(self, at: int, lines: list[str]) -> Patch:
        """Whole lines put in where a line begins, or behind a last line that has no end."""
        at_start = at == 0 or self._break_before(at) > 0
        new = self.line_break.join(lines)
        return Patch(at, at, f"{new}{self.line_break}" if at_start else f"{self.line_break}{new}")


def layout_of(text: str) -> Layout:
    """The layout of a text; raises yaml.YAMLError where it is not YAML."""
    root = yaml.compose(text, Loader=_LOADER)
    is_nothing = isinstance(root, yaml.ScalarNode) and root.start_mark.index == root.end_mark.index
    return Layout(text, None if is_nothing else root)


def pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    """Keys and values of a mapping; nothing of any other node."""
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def value_at(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value that a mapping has under a key."""
    return next((value for name, value in pairs(node) if name.value == key), None)


def last_leaf(node: yaml.Node) -> yaml.Node:
    """The part of a node that ends last: within block lists and mappings, the last one that is none of these."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def patched(text: str, patches: list[Patch]) -> str:
    """The text with every patch applied; those at one place in their order."""
    pieces, done = [], 0
    for patch in sorted(patches, key=lambda one: one.start):
        pieces += [text[done : patch.start], patch.text]
        done = patch.end
    return "".join([*pieces, text[done:]])
