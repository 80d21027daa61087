"""Reports as GitHub-flavoured Markdown; foreign text cannot open markup or break a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pmcareer.render.terminal_text import harmless
from pmcareer.views.report import Block, Cell, Column, Report, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def render_markdown(report: Report) -> str:
    """The whole report as Markdown, ending in a newline."""
    parts = [f"# {_escaped(report.title)}"] if report.title else []
    parts.extend("\n".join(_block(block)) for block in report.blocks)
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block) -> Iterator[str]:
    body = list(_table(block)) if isinstance(block, Table) else [_item(c, block.bullets) for c in block.items]
    if body and block.title:
        yield f"## {_escaped(block.title)}\n"
    yield from body


def _item(item: Cell, bullet: bool) -> str:
    return f"{'  ' * item.depth}- {_escaped(item.text)}" if bullet else f"{_escaped(item.text)}\n"


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        return
    yield _row(column.title for column in table.columns)
    yield "|" + "|".join(_rule(column) for column in table.columns) + "|"
    for row in table.rows:
        yield _row(cell.text for cell in row)


def _rule(column: Column) -> str:
    return "---:" if column.align == "right" else "---"


def _row(texts: Iterable[str]) -> str:
    return "| " + " | ".join(_escaped(text) for text in texts) + " |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", harmless(text)).replace("\n", " ")
