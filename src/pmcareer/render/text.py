"""Reports as plain text for a terminal or a pipe: tables by tabulate, wrapped to a width, coloured on request."""

from __future__ import annotations

from collections.abc import Iterator

from pmcareer.render.terminal_text import harmless
from pmcareer.views.report import Block, Cell, Lines, Report, Table, Tone

_SGR: dict[Tone, str] = {"strong": "1", "good": "32", "warn": "33", "bad": "31", "dim": "2"}
_GAP = 2  # columns between cells in tabulate's "simple" format
_TITLE_PADDING = 2  # tabulate keeps so much room beside a title
_DEEPER = "  "  # what a bullet below another is set in by
_NARROWEST = 12  # a flexible column is never squeezed below this


def render_text(report: Report, *, width: int = 80, colour: bool = False) -> str:
    """The whole report, each line at most *width* columns where words allow, ending in a newline."""
    parts = [_toned(Cell(report.title, "strong"), colour)] if report.title else []
    parts.extend(text for block in report.blocks if (text := _block(block, width, colour)))
    return "\n\n".join(parts) + "\n"


def _block(block: Block, width: int, colour: bool) -> str:
    body = list(_table(block, width, colour) if isinstance(block, Table) else _lines(block, width, colour))
    if not body:
        return ""
    title = [_toned(Cell(block.title, "strong"), colour)] if block.title else []
    return "\n".join(title + body)


def _lines(block: Lines, width: int, colour: bool) -> Iterator[str]:
    first, rest = ("  - ", "    ") if block.bullets else ("", "")
    for item in block.items:
        text = harmless(item.text)
        indent = _DEEPER * item.depth
        for line in _wrapped(text, width, indent + first, indent + rest, break_long_words=False):
            yield _paint(line, item.tone, colour)


def _table(table: Table, width: int, colour: bool) -> Iterator[str]:
    from tabulate import tabulate

    if not table.rows:
        return
    widths = _column_widths(table, width)
    rows = [[_cell(cell, limit, colour) for cell, limit in zip(row, widths, strict=True)] for row in table.rows]
    text = tabulate(
        rows,
        headers=[column.title for column in table.columns],
        tablefmt="simple",
        disable_numparse=True,
        colalign=[column.align for column in table.columns],
    )
    yield from (line.rstrip() for line in text.splitlines())


def _cell(cell: Cell, limit: int, colour: bool) -> str:
    wrapped = _wrapped(harmless(cell.text), limit) or [""]
    return "\n".join(_paint(line, cell.tone, colour) for line in wrapped)


def _wrapped(text: str, width: int, first: str = "", rest: str = "", *, break_long_words: bool = True) -> list[str]:
    """The lines of *text*, behind *first* and *rest*; none where there is nothing to show."""
    if text and len(first) + len(text) <= width and text == text.strip() and not ("\n" in text or "\t" in text):
        return [first + text]
    import textwrap  # what is short needs none of it

    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=break_long_words,
    )


def _column_widths(table: Table, width: int) -> list[int]:
    """Natural widths, with the widest flexible columns squeezed until the table fits."""
    titles = [_columns(column.title) + _TITLE_PADDING for column in table.columns]
    widths = [max([title, *(_columns(harmless(row[i].text)) for row in table.rows)]) for i, title in enumerate(titles)]
    excess = sum(widths) + _GAP * (len(widths) - 1) - width
    while excess > 0:
        soft = [i for i, c in enumerate(table.columns) if c.flexible and widths[i] > max(titles[i], _NARROWEST)]
        if not soft:
            break
        widths[max(soft, key=lambda i: widths[i])] -= 1
        excess -= 1
    return widths


def _columns(text: str) -> int:
    """Columns that *text* takes on a terminal: wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(1 for c in text if unicodedata.east_asian_width(c) in "WF")
    combining = sum(1 for c in text if unicodedata.combining(c))
    return len(text) + wide - combining


def _toned(cell: Cell, colour: bool) -> str:
    return _paint(harmless(cell.text), cell.tone, colour)


def _paint(text: str, tone: Tone, colour: bool) -> str:
    code = _SGR.get(tone) if colour else None
    return f"\x1b[{code}m{text}\x1b[0m" if code and text else text
