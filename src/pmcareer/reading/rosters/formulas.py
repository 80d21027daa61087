"""Formulas in a workbook whose results were never saved: a reader of values takes their cells for empty ones.

Programs that write workbooks without reckoning leave such cells; a spreadsheet program fills them when it saves.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO

_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 20
# A cell with a formula: its attributes, and what it shows, if anything. An empty text (t="str") is a result too.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_END = re.compile(rb"</(?:\w+:)?c>")
_PLACE, _TEXT = re.compile(rb'\br="([A-Z]+[0-9]+)"'), re.compile(rb'\bt="str"')
_SHEET, _RELATION = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>"), re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def formulas_without_results(file: BinaryIO, sheet: str) -> list[str]:
    """The cells (``B2``) of *sheet* that hold a formula and no result; empty where the workbook does not say."""
    with zipfile.ZipFile(file) as archive:
        part = _parts(archive).get(sheet)
        if part is None or part not in archive.namelist():
            return []
        with archive.open(part) as text:
            return list(_cells(text))


def column_of(cell: str) -> int:
    """The column of ``B2``, counted from 0."""
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cells(text: IO[bytes]) -> Iterator[str]:
    rest = b""
    while chunk := text.read(_CHUNK):
        rest += chunk
        end = max((found.end() for found in _END.finditer(rest)), default=0)
        for cell in _FORMULA.finditer(rest, 0, end):
            place = _PLACE.search(cell[1])
            if place and not _TEXT.search(cell[1]):
                yield place[1].decode("ascii")
        rest = rest[end:][-_LONGEST_CELL:]


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where in the archive each sheet is."""
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, relations} <= set(archive.namelist()):
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in _tags(archive.read(relations), _RELATION)}
    found = {}
    for one in _tags(archive.read(book), _SHEET):
        target = targets.get(next((value for key, value in one.items() if key.endswith(":id")), None))
        if target:
            found[one.get("name", "")] = posixpath.normpath(posixpath.join("xl", target)).removeprefix("/")
    return found


def _tags(text: bytes, pattern: re.Pattern[bytes]) -> Iterator[dict[str, str]]:
    for tag in pattern.finditer(text):
        yield {
            name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
            for name, double, single in _ATTRIBUTE.findall(tag[1])
        }
