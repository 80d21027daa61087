"""A mapping file proposed for a foreign roster: each column with what it seems to hold, how sure that is, and why.

A proposal is to be gone over by a person: it is written with its reasons as comments, and nothing reads a roster by
it unless it is named with ``--mapping``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pmcareer.model.names import plain
from pmcareer.reading.rosters.cells import entries_of, name_and_date, text_of
from pmcareer.reading.rosters.column_names import CALLED
from pmcareer.reading.rosters.layout import CANONICAL
from pmcareer.reading.rosters.plain import Record
from pmcareer.reading.rosters.roster import DayOrder, RosterNames
from pmcareer.reading.rosters.tables import Table
from pmcareer.reading.rosters.terms import EDUCATION, Lookup
from pmcareer.values import dataclass

SAMPLE = 2_000
_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2[0-9]{4}")


_DEGREES: Mapping[str, str] = {
    "bachelor": "bsc ba bs beng bba bcom b-sc b-a b-s bachelors bachelor-s bachelor-of-science bachelor-of-arts "
    "bachelors-degree bachelor-s-degree licence",
    "master": "msc ma ms meng mba m-sc m-a m-s masters master-s master-of-science master-of-arts masters-degree diplom",
    "doctorate": "phd ph-d dr doctor dba doctoral",
    "secondary": "high-school ged a-levels abitur high-school-diploma",
    "associate": "associates associate-s associates-degree hnd aa as",
}


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """A column of the source and what it seems to be: a canonical name, or ``""``. ``sure`` is in hundredths."""

    column: str
    canonical: str
    sure: int
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a mapping file might say. ``meanings``: degrees and the levels of education that they usually are.

    ``unclear``: values of names that nothing answers to, the most frequent first.
    """

    columns: tuple[ProposedColumn, ...]
    dates: DayOrder | None
    dates_why: str
    meanings: Mapping[str, str]
    unclear: Mapping[str, tuple[tuple[str, int], ...]]
    rows: int


def propose(table: Table, names: RosterNames) -> Proposal:
    """A proposal from the header and the first rows of *table*."""
    records = list(islice(table.records(), SAMPLE))
    columns = tuple(_columns(table.header, records, names))
    order, why = _day_order(table.header, records)
    unclear = _unclear(columns, records, names)
    levels = {word: level for level, words in _DEGREES.items() for word in words.split()}
    meanings = {word: levels[plain(word)] for word, _ in unclear.get("education", ()) if plain(word) in levels}
    rest = {kind: tuple(one for one in values if one[0] not in meanings) for kind, values in unclear.items()}
    return Proposal(columns, order, why, meanings, {kind: some for kind, some in rest.items() if some}, len(records))


def _columns(header: Sequence[str], records: Sequence[Record], names: RosterNames) -> Iterator[ProposedColumn]:
    """Each column with its best candidate; of two with the same one, the surer keeps it."""
    candidates = [_candidate(name, _values(records, place), names) for place, name in enumerate(header)]
    best: dict[str, int] = {}
    for place, one in enumerate(candidates):
        if one.canonical and one.sure > (candidates[best[one.canonical]].sure if one.canonical in best else 0):
            best[one.canonical] = place
    for place, one in enumerate(candidates):
        if one.canonical and best[one.canonical] != place:
            yield ProposedColumn(one.column, "", 0, f"may be {one.canonical} too, but another column is likelier")
        else:
            yield one


def _candidate(name: str, values: Sequence[str], names: RosterNames) -> ProposedColumn:
    word = plain(name)
    if word.replace("-", "_") in CANONICAL:
        return ProposedColumn(name, word.replace("-", "_"), 100, "it is called so")
    for canonical, words in CALLED.items():
        called = words.split()
        if word in called:
            # The words of a column are listed from the usual to the doubtful.
            return ProposedColumn(
                name, canonical, 90 - 30 * called.index(word) // len(called), "such columns are called so"
            )
    return _by_values(name, values, names)


def _by_values(name: str, values: Sequence[str], names: RosterNames) -> ProposedColumn:
    found = Lookup("certification", {}, names.certifications)
    held = [entry for value in values for entry in entries_of(value, ";|\n")]
    answered = sum(1 for entry in held if found.find(name_and_date(entry)[0] or "")[0])
    if held and answered * 2 > len(held):
        return ProposedColumn(name, "certifications", 60, f"{answered} of {len(held)} entries name certifications")
    education = Lookup("education", {}, EDUCATION)
    levels = sum(1 for value in values if education.find(value)[0])
    if values and levels * 2 > len(values):
        return ProposedColumn(name, "education", 60, f"{levels} of {len(values)} values are levels of education")
    return ProposedColumn(name, "", 0, "neither its name nor its values are known here")


def _values(records: Sequence[Record], place: int) -> list[str]:
    texts = (text_of(cells[place]) for _, cells in records if place < len(cells))
    return [text for text in texts if text]


def _day_order(header: Sequence[str], records: Sequence[Record]) -> tuple[DayOrder | None, str]:
    """By numbers above twelve: 31/05/2024 can be European only. Where both or neither occur, nothing is proposed."""
    firsts = seconds = several = 0
    for place in range(len(header)):
        for value in _values(records, place):
            for match in _NUMBERS.finditer(value):
                several += 1
                firsts += int(match[1]) > 12
                seconds += int(match[3]) > 12
    if not several:
        return None, "no dates such as 03/04/2024"
    if firsts and not seconds:
        return "eu", f"in {firsts} of {several} dates the first number is above 12"
    if seconds and not firsts:
        return "us", f"in {seconds} of {several} dates the second number is above 12"
    return None, "dates such as 03/04/2024 occur; whether eu or us does not show"


def _unclear(
    columns: Sequence[ProposedColumn], records: Sequence[Record], names: RosterNames
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Values of certifications, roles and education that nothing answers to."""
    from collections import Counter

    lookups = {
        "certification": Lookup("certification", {}, names.certifications),
        "role": Lookup("role", {}, names.roles),
        "education": Lookup("education", {}, EDUCATION),
    }
    found: dict[str, Counter[str]] = {kind: Counter() for kind in lookups}
    for place, one in enumerate(columns):
        kind = "certification" if one.canonical == "certifications" else one.canonical
        if kind in lookups:
            for value in _values(records, place):
                words = entries_of(value, ";|\n") if one.canonical == "certifications" else [value]
                named = [name_and_date(word)[0] or "" for word in words] if kind == "certification" else words
                found[kind].update(word for word in named if word and not lookups[kind].find(word)[0])
    return {kind: tuple(counts.most_common(20)) for kind, counts in found.items() if counts}
