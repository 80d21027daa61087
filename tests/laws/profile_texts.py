"""Profiles as people write them: the same values in drawn styles, with comments, blank lines and indentation."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st
from tests.laws.yaml_writing import Tree, flow

_COMMENTS = ["", "", "", "  # why", " # {, [ - : #"]
_LINES = ["", "", "", "\n", "# a note\n", "    # set deep\n", "\n# - {on: x}\n\n"]
_SIMPLE = re.compile(r'"[a-z][a-z ]*[a-z]"')


@st.composite
def texts_of(draw: st.DrawFn, node: Tree) -> str:
    """One text for a mapping, in block or flow style."""
    writer = _Writer(draw, draw(st.sampled_from([0, 1, 2, 4])))
    if not node or draw(st.integers(0, 5)) == 0:
        text = writer.flow(node, "") + writer.comment() + "\n"
    else:
        text = writer.mapping(node, " " * draw(st.sampled_from([0, 0, 0, 2])))
    text = draw(st.sampled_from(["", "", "---\n", "# top\n\n"])) + text
    end = draw(st.sampled_from(["", "", "cut", "...\n", "# the end", "\n\n# the end\n"]))
    text = text.removesuffix("\n") if end == "cut" else text + end
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


class _Writer:
    def __init__(self, draw: Any, step: int) -> None:
        self.draw = draw
        self.step = step  # of lists below their key; 0: not indented
        self.in_block_text = False  # where a line set deep would be text

    def comment(self) -> str:
        return str(self.draw(st.sampled_from(_COMMENTS)))

    def between(self) -> str:
        lines = self.draw(st.sampled_from(_LINES))
        return "" if self.in_block_text else str(lines)

    def mapping(self, node: Tree, indent: str) -> str:
        assert isinstance(node, dict)
        return "".join(f"{indent}{key}:{self.value(one, indent)}{self.between()}" for key, one in node.items())

    def value(self, node: Tree, indent: str) -> str:
        """What stands behind ``key:``, its line end included."""
        self.in_block_text = False
        if not node or isinstance(node, str) or self.draw(st.booleans()):
            return self.inline(node, indent)
        if isinstance(node, dict):
            return f"{self.comment()}\n{self.mapping(node, indent + '  ')}"
        inner = indent + " " * self.step
        return f"{self.comment()}\n" + "".join(f"{inner}-{self.item(one, inner)}" for one in node)

    def item(self, node: Tree, indent: str) -> str:
        """What stands behind a dash, its line end included."""
        if not isinstance(node, dict) or not node or self.draw(st.booleans()):
            return self.inline(node, indent)
        gap = " " * int(self.draw(st.sampled_from([1, 1, 3])))
        inner = indent + " " + gap
        return gap + self.mapping(node, inner).removeprefix(inner)

    def inline(self, node: Tree, indent: str) -> str:
        self.in_block_text = isinstance(node, str) and bool(_SIMPLE.fullmatch(node)) and self.draw(st.booleans())
        if isinstance(node, str) and self.in_block_text:
            style: str = self.draw(st.sampled_from(["|", "|-", "|+", ">", "|2+"]))
            blank: str = self.draw(st.sampled_from(["", "\n", "\n\n"]))
            return f" {style}\n{indent}  {json.loads(node)}\n{blank}"
        return f" {self.flow(node, indent)}{self.comment()}\n"

    def flow(self, node: Tree, indent: str) -> str:
        """With braces and brackets, on one line or on several."""
        if isinstance(node, str) or not node or self.draw(st.booleans()):
            return str(flow(node))
        opens, closes = "{}" if isinstance(node, dict) else "[]"
        parts = [f"{k}: {flow(v)}" for k, v in node.items()] if isinstance(node, dict) else [flow(v) for v in node]
        comma = self.draw(st.sampled_from(["", ","]))
        if self.draw(st.booleans()):
            return f"{opens}{', '.join(parts)}{comma} {closes}"
        lines = [f"\n{indent}   {part}{',' if n < len(parts) else comma}" for n, part in enumerate(parts, 1)]
        return f"{opens}{''.join(line + self.comment() for line in lines)}\n{indent} {closes}"
