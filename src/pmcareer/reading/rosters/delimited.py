"""CSV of any delimiter and declared encoding; a BOM declares too, what else is not declared must be UTF-8."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pmcareer.problems import Position, Problems
from pmcareer.reading.files import open_stream, shown_path, unreadable
from pmcareer.reading.rosters.cells import BLANKS
from pmcareer.reading.rosters.plain import Record
from pmcareer.reading.rosters.tables import CsvFile, Table

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_WORDS = {word: sign for sign, word in DELIMITERS.items()} | {"\\t": "\t"}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 65_536
_MOST_COLUMNS = 2_000


def read_delimited(path: Path, delimiter: str, encoding: str, problems: Problems, *, name: str = "") -> Table | None:
    """The table in the CSV file at *path*, or None and what stands in the way; problems carry *name*, or the path."""
    name = name or shown_path(path)
    head = _head(path, name, problems)
    if head is None:
        return None
    found = _encoding(head, encoding, name, problems)
    sign = _WORDS.get(delimiter, delimiter)
    if found is None or (sign and not _is_delimiter(sign, name, problems)):
        return None
    text = codecs.getincrementaldecoder(found)("replace").decode(head)
    sign = sign or _delimiter(text, name, problems)
    header = _header(text, sign, name, problems) if sign else None
    if not header:
        return None

    def records() -> Iterator[Record]:
        return _records(path, name, found, sign, problems)

    read_as = {"format": "CSV", "delimiter": DELIMITERS.get(sign, sign), "encoding": _shown(found)}
    return Table(name, header, records, read_as, csv=CsvFile(path, sign, utf8=found.startswith("utf-8")))


def _head(path: Path, name: str, problems: Problems) -> bytes | None:
    file, found = open_stream(path, name=name)
    problems.extend(found)
    if file is None:
        return None
    try:
        with file:
            head = file.read(_HEAD)
    except OSError as error:
        problems.add(*unreadable(error), Position(name))
        return None
    if not head.strip(b"\r\n\t \xef\xbb\xbf"):
        problems.add("file-empty", "the file holds nothing", Position(name), hint="is it the right one?")
        return None
    return head


def _encoding(head: bytes, declared: str, name: str, problems: Problems) -> str | None:
    """The codec: by declaration, else by a BOM, else UTF-8."""
    if declared:
        return _declared(declared, name, problems)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec
    if b"\0" in head:
        message = "zero bytes stand in the text, as in UTF-16, but nothing declares it"
        problems.add("roster-encoding", message, Position(name), hint="declare it: --encoding utf-16-le")
        return None
    return "utf-8-sig"


def _declared(declared: str, name: str, problems: Problems) -> str | None:
    try:
        codec = codecs.lookup(declared)
        "".encode(codec.name)
    except (LookupError, UnicodeError):
        message = f"{declared!r} is no encoding that is known here"
        problems.add("roster-encoding", message, Position(name), hint="such as utf-8, utf-16, cp1252, latin-1")
        return None
    return "utf-8-sig" if codec.name == "utf-8" else codec.name


def _is_delimiter(sign: str, name: str, problems: Problems) -> bool:
    fine = len(sign) == 1 and not sign.isalnum() and sign not in '"\r\n'
    if not fine:
        hint = f"one sign, or one of: {', '.join(DELIMITERS.values())}"
        problems.add("roster-delimiter", f"{sign!r} cannot part columns", Position(name), hint=hint)
    return fine


def _delimiter(text: str, name: str, problems: Problems) -> str:
    """The sign that parts the header into most columns; a tie is reported."""
    counts = {sign: len(next(_parsed(io.StringIO(text, newline=""), sign), [])) for sign in DELIMITERS}
    most = max(counts.values())
    best = [sign for sign, count in counts.items() if count == most]
    if most == 1 or len(best) == 1:
        return best[0]
    message = f"the header may be parted by {' or '.join(DELIMITERS[sign] for sign in best)}"
    problems.add("roster-delimiter", message, Position(name, 1), hint="declare it with --delimiter")
    return ""


def _header(text: str, delimiter: str, name: str, problems: Problems) -> tuple[str, ...] | None:
    """The first record that is not blank."""
    try:
        cells = next((row for row in _parsed(io.StringIO(text, newline=""), delimiter) if row), [])
    except csv.Error as error:
        problems.add("roster-csv", f"the header cannot be read: {error}", Position(name, 1))
        return None
    if len(cells) > _MOST_COLUMNS:
        message = f"the header has more than {_MOST_COLUMNS} columns"
        problems.add("roster-csv", message, Position(name, 1), hint="is it the right file?")
        return None
    return tuple(cell.strip(BLANKS) for cell in cells)


def _records(path: Path, name: str, encoding: str, delimiter: str, problems: Problems) -> Iterator[Record]:
    """The records below the header; row 2 is the first. Lines that hold nothing are not counted."""
    file, found = open_stream(path, name=name)
    problems.extend(found)
    if file is None:
        return
    with io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        rows = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            number = 0
            for cells in rows:
                if cells:
                    number += 1
                    if number > 1:
                        yield number, cells
        except OSError as error:
            problems.add(*unreadable(error), Position(name))
        except UnicodeDecodeError as error:
            _undecodable(error, encoding, rows.line_num, name, problems)
        except UnicodeError as error:
            problems.add("roster-encoding", f"the text is not {encoding}: {error}", Position(name))
        except csv.Error as error:
            problems.add("roster-csv", f"not well-formed CSV: {error}", Position(name, rows.line_num), hint=_QUOTES)


_QUOTES = "a quotation mark that opens a cell must be closed, and one inside be doubled"


def _undecodable(error: UnicodeDecodeError, encoding: str, line: int, name: str, problems: Problems) -> None:
    byte = error.object[error.start]
    message = f"after this line comes the byte {byte:#04x}, which is not {_shown(encoding)}"
    problems.add("roster-encoding", message, Position(name, max(line, 1)), hint="declare it: --encoding cp1252")


def _parsed(text: io.StringIO, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(text, delimiter=delimiter)


def _shown(codec: str) -> str:
    return "UTF-8" if codec.startswith("utf-8") else codec.upper()
