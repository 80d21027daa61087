"""Reports as a workbook: a sheet a table with real dates and numbers, filters and a frozen header; texts on the last.

Written by XlsxWriter (extra ``xlsx``) row by row, in memory that does not grow with the rows. Nothing foreign becomes a
formula or a link. The same report gives the same bytes: the workbook bears the answer's own day.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pmcareer.errors import UsageError
from pmcareer.render.workbook import cell_text, midnight, workbook
from pmcareer.spreadsheets import FORMULA_STARTS
from pmcareer.values import dataclass
from pmcareer.views.report import Cell, Column, Lines, Report, Table, Tone

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""

_LONGEST_NAME = 31
_WIDEST, _NARROWEST = 60, 8
_LOOKED_AT = 200  # rows by which a column's width is set
_MOST_COLOURS = 24  # words of a column that are coloured by a rule; more are cells of their own colour
_FIRST_YEAR = 1900  # before it Excel knows no dates

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_MONEY = re.compile(r"(-?[\d,]+(?:\.\d+)?) ([A-Z]{3})", re.ASCII)
_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

_PAINT: dict[Tone, dict[str, Any]] = {
    "strong": {"bold": True},
    "good": {"font_color": "#1E6B34", "bg_color": "#E3F3E6"},
    "warn": {"font_color": "#7A5200", "bg_color": "#FFF1CC"},
    "bad": {"font_color": "#9B1C1C", "bg_color": "#FBE3E3"},
    "dim": {"font_color": "#666666"},
}


def render_xlsx(report: Report) -> bytes:
    """The workbook's bytes. Raises MissingExtraError without XlsxWriter, UsageError for too many rows for a sheet."""
    out = io.BytesIO()
    with workbook(out, report.title, _made(report), "constant_memory") as opened:
        formats = _Formats(opened)
        names = _Names()
        for block in report.blocks:
            if isinstance(block, Table) and block.rows:
                _table_sheet(opened.add_worksheet(names.unique(block.title or "Summary")), block, formats)
        _about_sheet(opened.add_worksheet(names.unique("About")), report, formats)
    return out.getvalue()


def _made(report: Report) -> dt.date:
    """The answer's own day."""
    as_of = report.document.get("as_of")
    return (_day(as_of) if isinstance(as_of, str) else None) or dt.date(2000, 1, 1)


@dataclass(slots=True)
class _Formats:
    """The workbook's formats, each made once."""

    workbook: Workbook
    made: dict[tuple[str, Tone, bool], Any] | None = None

    def of(self, number: str = "", tone: Tone = "plain", *, quoted: bool = False) -> Any:
        """*number*: how Excel shows it; *quoted*: a text that stays one, even when its cell is edited."""
        self.made = {} if self.made is None else self.made
        key = (number, tone, quoted)
        if key not in self.made:
            shown = {"num_format": number} if number else {}
            self.made[key] = self.workbook.add_format(
                {**shown, **_PAINT.get(tone, {}), **({"quote_prefix": True} if quoted else {})}
            )
        return self.made[key]

    def head(self) -> Any:
        return self.of("@", "strong")


class _Names:
    """Names of sheets: allowed, at most 31 characters, and no two alike."""

    def __init__(self) -> None:
        self.used = {"history"}  # which Excel keeps for itself

    def unique(self, title: str) -> str:
        plain = _IN_NAMES.sub(" ", cell_text(title)).strip().strip("'")[:_LONGEST_NAME].strip() or "Summary"
        name, number = plain, 1
        while name.lower() in self.used:
            number += 1
            ending = f" {number}"
            name = plain[: _LONGEST_NAME - len(ending)] + ending
        self.used.add(name.lower())
        return name


# --- a table --------------------------------------------------------------------------------------------------------


def _table_sheet(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    if len(table.rows) > MOST_ROWS:
        hint = "ask for a part, or write the rows with --rows FILE.parquet"
        raise UsageError(f"a sheet holds no more than {MOST_ROWS:,} rows, here are {len(table.rows):,}", hint=hint)
    ruled = [_colours(table.rows, place) for place in range(len(table.columns))]
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column, table.rows, place))
        sheet.write_string(0, place, cell_text(column.title), formats.head())
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            tone: Tone = "plain" if ruled[place] else cell.tone
            _write(sheet, number, place, cell.text, table.columns[place].align == "right", tone, formats)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.freeze_panes(1, 0)
    for place, words in enumerate(ruled):
        for text, tone in words.items():
            rule = {"type": "cell", "criteria": "==", "value": _quoted(text), "format": formats.of(tone=tone)}
            sheet.conditional_format(1, place, len(table.rows), place, rule)


def _write(sheet: Worksheet, row: int, place: int, text: str, number: bool, tone: Tone, formats: _Formats) -> None:
    """A date, a number where the column is one of numbers, else a text."""
    day = _day(text)
    if day is not None:
        sheet.write_datetime(row, place, midnight(day), formats.of("yyyy-mm-dd", tone))
    elif number and _NUMBER.fullmatch(text):
        shown = "#,##0.00##" if "." in text else "#,##0"
        sheet.write_number(row, place, float(text.replace(",", "")), formats.of(shown, tone))
    elif number and (money := _MONEY.fullmatch(text)):
        shown = f'#,##0.00 "{money[2]}"'
        sheet.write_number(row, place, float(money[1].replace(",", "")), formats.of(shown, tone))
    elif text:
        sheet.write_string(row, place, cell_text(text), formats.of("", tone, quoted=text.startswith(FORMULA_STARTS)))


def _colours(rows: Sequence[Sequence[Cell]], place: int) -> dict[str, Tone]:
    """The words of a column such as Status, each with its one tone; empty where a word has several, or none has any."""
    found: dict[str, Tone] = {}
    for row in rows:
        cell = row[place]
        if found.setdefault(cell.text, cell.tone) != cell.tone or len(found) > _MOST_COLOURS:
            return {}
    toned: dict[str, Tone] = {text: tone for text, tone in found.items() if tone in ("good", "warn", "bad") and text}
    return toned if len(found) > 1 and not any(map(_day, toned)) and not any(map(_NUMBER.fullmatch, toned)) else {}


def _width(column: Column, rows: Sequence[Sequence[Cell]], place: int) -> int:
    longest = max([len(column.title) + 3, *(len(row[place].text) for row in rows[:_LOOKED_AT])])
    return max(_NARROWEST, min(_WIDEST, longest + 1))


def _day(text: str) -> dt.date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None


def _quoted(text: str) -> str:
    """A text as a rule compares with it: no formula of its own."""
    return '"' + cell_text(text).replace('"', '""') + '"'


# --- what is not in tables ------------------------------------------------------------------------------------------


def _about_sheet(sheet: Worksheet, report: Report, formats: _Formats) -> None:
    sheet.set_column(0, 0, 100)
    for number, (text, tone) in enumerate(_lines(report)):
        if text:
            quoted = text.startswith(FORMULA_STARTS)
            sheet.write_string(number, 0, cell_text(text), formats.of("", tone, quoted=quoted))


def _lines(report: Report) -> Iterator[tuple[str, Tone]]:
    yield report.title, "strong"
    for block in report.blocks:
        if isinstance(block, Lines):
            if block.title:
                yield "", "plain"
                yield block.title, "strong"
            yield from _items(block.items)


def _items(items: Iterable[Cell]) -> Iterator[tuple[str, Tone]]:
    for item in items:
        yield f"{'  ' * item.depth}{item.text}", item.tone
