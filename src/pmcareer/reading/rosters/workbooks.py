"""XLSX workbooks: sheets become tables. Dates are dates there; whole numbers lose the fraction that sheets give."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcareer.errors import MissingExtraError
from pmcareer.problems import Position, Problems
from pmcareer.reading.files import open_stream, shown_path, unreadable
from pmcareer.reading.findings import did_you_mean, quote
from pmcareer.reading.rosters.cells import BLANKS
from pmcareer.reading.rosters.plain import Record
from pmcareer.reading.rosters.tables import Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# What a workbook may unpack to; a million rows of ten columns take about half of it.
_UNPACKED = 1 << 30
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
PEOPLE_SHEET, HOLDINGS_SHEET = "people", "holdings"


def read_workbook(path: Path, sheet: str, holdings_sheet: str, problems: Problems) -> list[Table]:
    """The table of people and, if there is one, that of holdings; empty where they cannot be read.

    Of several sheets, those called ``people`` and ``holdings`` are taken, else the first, unless others are named.
    """
    name = shown_path(path)
    book = _opened(path, name, problems)
    if book is None:
        return []
    lowered = {one.lower(): one for one in book.sheet_names}
    first = _sheet(sheet, lowered, lowered.get(PEOPLE_SHEET, book.sheet_names[0]), name, problems)
    second = _sheet(holdings_sheet, lowered, lowered.get(HOLDINGS_SHEET, ""), name, problems)
    wanted = [one for one in (first, second) if one]
    if first is None or second is None:
        return []
    tables = [_table(path, book.get_sheet_by_name(one), one, name, problems) for one in dict.fromkeys(wanted)]
    return [table for table in tables if table is not None] if tables[0] is not None else []


def _sheet(named: str, lowered: dict[str, str], default: str, file: str, problems: Problems) -> str | None:
    if not named:
        return default
    found = lowered.get(named.lower())
    if found is None:
        hint = did_you_mean(named, lowered.values())
        problems.add("roster-sheet", f"there is no sheet {quote(named)}", Position(file), hint=hint)
    return found


def _opened(path: Path, name: str, problems: Problems) -> CalamineWorkbook | None:
    file, found = open_stream(path)
    problems.extend(found)
    if file is None:
        return None
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        file.close()
        raise MissingExtraError("team", "reading a workbook") from None
    with file:
        try:
            with zipfile.ZipFile(file) as archive:
                unpacked = sum(one.file_size for one in archive.infolist())
            if unpacked > _UNPACKED:
                problems.add("file-too-large", "the workbook unpacks to more than 1 GiB", Position(name))
                return None
            file.seek(0)
            return CalamineWorkbook.from_filelike(file)
        except OSError as error:
            problems.add(*unreadable(error), Position(name))
            return None
        except (zipfile.BadZipFile, CalamineError, ValueError) as error:
            message = f"the workbook cannot be read: {error}"
            problems.add("roster-sheet", message, Position(name), hint="is it an XLSX file, without a password?")
            return None


def _unreckoned(path: Path, sheet: str, left: int) -> tuple[tuple[str, int], ...]:
    """Cells that would be read as empty, since their formulas have no result; each with its column of the table."""
    from pmcareer.reading.rosters.formulas import column_of, formulas_without_results

    file, _ = open_stream(path)
    if file is None:
        return ()
    with file, contextlib.suppress(*_BROKEN):  # what is broken is told of where cells are read
        return tuple((cell, column_of(cell) - left) for cell in formulas_without_results(file, sheet))
    return ()


def _table(path: Path, sheet: CalamineSheet, title: str, file: str, problems: Problems) -> Table | None:
    rows = sheet.iter_rows()
    before = 0
    header: tuple[str, ...] = ()
    for row in rows:
        before += 1
        header = tuple((_text(cell) or "").strip(BLANKS) for cell in row)
        if any(header):
            break
    if not any(header):
        problems.add("roster-empty", f"the sheet {quote(title)} holds nothing", Position(file))
        return None
    width = max(place for place, name in enumerate(header) if name) + 1

    def records() -> Iterator[Record]:
        # A sheet may begin below its first row; numbers are those of the spreadsheet.
        top = sheet.start[0] if sheet.start else 0
        for number, row in enumerate(sheet.iter_rows(), 1):
            if number > before:
                yield top + number, _cells(row, width)

    unreckoned = _unreckoned(path, title, sheet.start[1] if sheet.start else 0)
    read_as = {"format": "XLSX", "sheet": title}
    return Table(f"{file} [{title}]", header[:width], records, read_as, unreckoned=unreckoned)


def _cells(row: Sequence[Any], width: int) -> list[str | None]:
    """As many cells as there are columns; what stands beyond the header makes a row ragged."""
    texts = [_text(cell) for cell in row]
    while len(texts) > width and not texts[-1]:
        texts.pop()
    return texts + [None] * (width - len(texts))


def _text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time, timedelta)):
        return cell.isoformat() if isinstance(cell, date) else str(cell)
    return str(cell)
