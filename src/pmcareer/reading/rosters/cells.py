"""Single cells in plain Python: text without blanks, dates by declaration, entries of a list of certifications.

``reading.rosters.sql`` says the same in SQL for large rosters; tests/laws hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pmcareer.model.names import plain, spelled_out
from pmcareer.reading.rosters.roster import DayOrder

BLANKS = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\ufeff"
EARLIEST, LATEST = date(1950, 1, 1), date(2200, 12, 31)

# The same expressions serve Python and SQL (RE2).
ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?Z?)?"
COMPACT = r"(19|20|21)[0-9]{6}"
NUMBERS = r"[0-9]{1,2}(/[0-9]{1,2}/|-[0-9]{1,2}-|\.[0-9]{1,2}\.)[0-9]{4}"
DAY_MONTH = r"[0-9]{1,2}[ -][A-Za-z]{3,9}[ -][0-9]{4}"
MONTH_DAY = r"[A-Za-z]{3,9} [0-9]{1,2},? [0-9]{4}"
# What makes the last part of "PMP (2024-05-01)" or "PMP: 5 Sep 2024" a date rather than a part of the name.
DATED = r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{2,4}|[0-9]{8}|[A-Za-z]{3,9} [0-9]{1,2},? [0-9]{4}"
# A day with its time at the end of an entry, or in brackets there; the colons of the time part nothing.
TIMED = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?([ ]*[)\]]?)$"

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name: n for n, word in enumerate(_MONTHS.split(), 1) for name in (word, word[:3])}
_ISO, _COMPACT, _NUMBERS, _DAY_MONTH, _MONTH_DAY, _DATED, _TIMED = (
    re.compile(one) for one in (ISO, COMPACT, NUMBERS, DAY_MONTH, MONTH_DAY, DATED, TIMED)
)
_OPENING = {")": "(", "]": "["}
_WORDS = re.compile(r"[0-9]+|[A-Za-z]+")


def text_of(cell: str | None, blank_words: frozenset[str] = frozenset()) -> str | None:
    """The cell without blanks around it; None where nothing is left, or one of the declared *blank_words*."""
    text = cell.strip(BLANKS) if cell else ""
    return text if text and text not in blank_words else None


def date_of(text: str, day_order: DayOrder) -> date | str:
    """The day that *text* means, or the code of what is wrong with it."""
    numbers = _year_month_day(text, day_order)
    if isinstance(numbers, str):
        return numbers
    try:
        return date(*numbers)
    except ValueError:
        return "roster-date"


def _year_month_day(text: str, day_order: DayOrder) -> tuple[int, int, int] | str:
    if _ISO.fullmatch(text):
        return int(text[:4]), int(text[5:7]), int(text[8:10])
    if _COMPACT.fullmatch(text):
        return int(text[:4]), int(text[4:6]), int(text[6:])
    if _NUMBERS.fullmatch(text):
        first, second, year = (int(word) for word in _WORDS.findall(text))
        if day_order == "iso":
            return "roster-date-order"
        return (year, first, second) if day_order == "us" else (year, second, first)
    return _named_month(text)


def _named_month(text: str) -> tuple[int, int, int] | str:
    if _DAY_MONTH.fullmatch(text):
        day, month, year = _WORDS.findall(text)
    elif _MONTH_DAY.fullmatch(text):
        month, day, year = _WORDS.findall(text)
    else:
        return "roster-date"
    number = _MONTH.get(month.lower())
    return (int(year), number, int(day)) if number else "roster-date"


def within(day: date, latest: date) -> str | None:
    """What is wrong with a day that exists; None: nothing."""
    if day < EARLIEST:
        return "roster-date-early"
    if day > latest:
        return "roster-date-late" if latest == LATEST else "roster-date-future"
    return None


def parts_of(cell: str, separators: str) -> list[str]:
    """The parts of a list in one cell, as they are written."""
    for other in separators[1:]:
        cell = cell.replace(other, separators[0])
    return cell.split(separators[0])


def entries_of(cell: str, separators: str) -> list[str]:
    """The same without blanks around them, blank ones left out."""
    return [entry for part in parts_of(cell, separators) if (entry := part.strip(BLANKS))]


def name_and_date(entry: str) -> tuple[str | None, str | None]:
    """``capm:2024-09-12``, ``CAPM (2024-09-12)`` and ``CAPM [12 Sep 2024]`` → the name, and the date as written.

    The time of a day is left out.
    """
    entry = _TIMED.sub(r"\1\2", entry)
    name, colon, after = entry.rpartition(":")
    if colon and _DATED.fullmatch(day := after.strip(BLANKS)):
        return text_of(name), day
    opening = _OPENING.get(entry[-1:])
    if opening:
        name, bracket, inside = entry[:-1].rpartition(opening)
        if bracket and _DATED.fullmatch(day := inside.strip(BLANKS)):
            return text_of(name), day
    return entry, None


def id_of(name: str, forms: Mapping[str, Sequence[str]], kind: str) -> tuple[str | None, str | None]:
    """The one id that answers to *name*, or the code of why there is none (``roster-<kind>-unknown``)."""
    for form in (plain(name), spelled_out(name)):
        if found := forms.get(form):
            return (found[0], None) if len(found) == 1 else (None, f"roster-{kind}-ambiguous")
    return None, f"roster-{kind}-unknown"
