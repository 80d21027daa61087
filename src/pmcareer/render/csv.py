"""Reports as CSV: the first table only, with formulas in foreign text defused for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from pmcareer.spreadsheets import FORMULA_STARTS
from pmcareer.views.report import Report, Table


def render_csv(report: Report) -> str:
    """The report's first table as RFC 4180 text (CRLF line ends); empty if it has none."""
    table = next((block for block in report.blocks if isinstance(block, Table)), None)
    if table is None:
        return ""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.title for column in table.columns)
    for row in table.rows:
        writer.writerow(defused(cell.text) for cell in row)
    return out.getvalue()


def csv_rows(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as RFC 4180 lines one by one, formulas defused; for tables too long to be a report."""
    for row in rows:
        out = io.StringIO()
        csv.writer(out).writerow(defused(cell) for cell in row)
        yield out.getvalue()


def defused(text: str) -> str:
    """*text* with a leading apostrophe where a spreadsheet would take it for a formula; plain numbers stay."""
    if not text.startswith(FORMULA_STARTS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    return text[:1] in "+-" and text[1:].replace(".", "", 1).isascii() and text[1:].replace(".", "", 1).isdigit()
