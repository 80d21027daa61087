"""The layout of a roster: which of its columns tells what, from the header, the mapping and the catalog's names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TypeAlias

from pmcareer.model.names import plain
from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import did_you_mean, quote
from pmcareer.reading.rosters.cells import id_of
from pmcareer.reading.rosters.column_names import is_header
from pmcareer.reading.rosters.findings import PERSON_FIELDS
from pmcareer.reading.rosters.mapping import CertificationColumns, RosterColumns, RosterMapping
from pmcareer.values import dataclass

HOLDING_FIELDS = ("certification", "earned", "renewed", "route", "issuer_says_expires")
CANONICAL = ("person", *PERSON_FIELDS, "certifications", *HOLDING_FIELDS)
PROBLEM_COLUMNS = "problem_"

_NUMBERED = re.compile(r"cert(?:ification)?-?([0-9]{1,2})(?:-(date|earned|renewed|route|expires))?")
_PARTS = {None: "certification", "date": "earned", "expires": "issuer_says_expires"}


@dataclass(frozen=True, slots=True)
class ListSlot:
    """A column with a list of certifications, dates beside their names."""

    column: int


@dataclass(frozen=True, slots=True)
class PartsSlot:
    """Columns that together tell of one holding; -1: there is no such column."""

    certification: int
    earned: int = -1
    renewed: int = -1
    route: int = -1
    issuer_says_expires: int = -1


@dataclass(frozen=True, slots=True)
class DatedSlot:
    """A column that holds the day on which one certification was earned."""

    column: int
    certification: str


Slot: TypeAlias = ListSlot | PartsSlot | DatedSlot


def columns_of(slot: Slot) -> tuple[int, ...]:
    """The columns that a slot looks at."""
    if not isinstance(slot, PartsSlot):
        return (slot.column,)
    parts = (slot.certification, slot.earned, slot.renewed, slot.route, slot.issuer_says_expires)
    return tuple(column for column in parts if column >= 0)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in each row. ``person_fields``: canonical names, each with its column.

    ``long``: one row a holding, so that the same person stands in many. ``mended``: the file was set aside by us
    before; its text was made harmless for spreadsheets.
    """

    header: tuple[str, ...]
    person: int
    person_fields: Mapping[str, int]
    slots: tuple[Slot, ...]
    long: bool
    mended: bool
    ignored: tuple[str, ...]

    @property
    def used(self) -> tuple[int, ...]:
        """The columns that are looked at, in order."""
        columns = {self.person, *self.person_fields.values()}
        return tuple(sorted(columns.union(*map(columns_of, self.slots))))

    def name(self, column: int) -> str:
        """The column as the file calls it."""
        return self.header[column]


def layout_of(
    header: Sequence[str],
    mapping: RosterMapping,
    columns: RosterColumns,
    forms: Mapping[str, Sequence[str]],
    file: str,
    problems: Problems,
) -> Layout | None:
    """The layout, or None where the columns do not make a roster; *forms* are the certifications' names."""
    return _Reader(tuple(header), mapping, columns, forms, Position(file, 1), problems).layout()


class _Reader:
    """One header being understood."""

    def __init__(
        self,
        header: tuple[str, ...],
        mapping: RosterMapping,
        columns: RosterColumns,
        forms: Mapping[str, Sequence[str]],
        at: Position,
        problems: Problems,
    ) -> None:
        self.header, self.mapping, self.columns, self.forms = header, mapping, columns, forms
        self.at, self.problems = at, problems
        self.by_name: dict[str, int] = {}
        self.taken: set[int] = set()
        # The first row of a file without a header has names of people, which go into no message.
        self.says_names = is_header(header, CANONICAL) or columns != RosterColumns()

    def layout(self) -> Layout | None:
        before = len(self.problems.errors)
        self._index()
        known = {name: place for name in CANONICAL if (place := self._canonical(name)) is not None}
        slots = [*self._lists(known), *self._parts(known), *self._numbered(), *self._dated()]
        if "person" not in known:
            self._missing_person()
        ignored = self._ignored()
        if len(self.problems.errors) > before:
            return None
        return Layout(
            header=self.header,
            person=known["person"],
            person_fields={name: known[name] for name in PERSON_FIELDS if name in known},
            slots=tuple(slots),
            long="certification" in known,
            mended=any(plain(name).startswith("problem-") for name in self.header),
            ignored=ignored,
        )

    def _index(self) -> None:
        for place, name in enumerate(self.header):
            if name and name in self.by_name:
                message = f"two columns are called {quote(name) if self.says_names else 'the same'}"
                self._error("roster-column-twice", message, "rename one of them")
            self.by_name.setdefault(name, place)

    def _canonical(self, name: str) -> int | None:
        """The column that the mapping names, else the one that is called so itself."""
        mapped: str = getattr(self.columns, name)
        if mapped:
            return self._mapped(mapped, f"columns.{name}")
        word = name.replace("_", "-")
        found = [place for place, own in enumerate(self.header) if plain(own) == word and place not in self.taken]
        if len({self.header[place] for place in found}) > 1:
            self._error("roster-column-twice", f"several columns may be {name!r}", "name one in a mapping file")
        self.taken.update(found)
        return found[0] if found else None

    def _mapped(self, name: str, path: str) -> int | None:
        place = self.by_name.get(name)
        if place is None:
            message = f"the mapping names the column {quote(name)} for {path}, which the roster does not have"
            self._error("roster-column-missing", message, did_you_mean(name, self.header))
            return None
        self.taken.add(place)
        return place

    def _lists(self, known: Mapping[str, int]) -> Iterator[Slot]:
        if "certifications" in known:
            yield ListSlot(known["certifications"])

    def _parts(self, known: Mapping[str, int]) -> Iterator[Slot]:
        parts = {name: known[name] for name in HOLDING_FIELDS if name in known}
        if "certification" in parts:
            yield PartsSlot(**parts)
        elif parts:
            message = f"there is a column {min(parts)!r}, but none called 'certification'"
            self._error("roster-column-missing", message, "name it in a mapping file")

    def _numbered(self) -> Iterator[Slot]:
        """``cert1``, ``cert1_date``, ``certification 2`` …, and those of the mapping."""
        groups: dict[int, dict[str, int]] = {}
        for place, name in enumerate(self.header):
            match = _NUMBERED.fullmatch(plain(name))
            if match and place not in self.taken:
                part = _PARTS.get(match[2]) or match[2]
                groups.setdefault(int(match[1]), {})[part] = place
        for parts in (groups[number] for number in sorted(groups)):
            if "certification" in parts:
                self.taken.update(parts.values())
                yield PartsSlot(**parts)
        for group in self.mapping.numbered_columns:
            yield from self._mapped_group(group)

    def _mapped_group(self, group: CertificationColumns) -> Iterator[Slot]:
        names = {field.name: getattr(group, field.name) for field in fields(group)}
        places = {part: self._mapped(name, "numbered_columns") for part, name in names.items() if name}
        parts = {part: place for part, place in places.items() if place is not None}
        if "certification" in parts:
            yield PartsSlot(**parts)

    def _dated(self) -> Iterator[Slot]:
        """Columns called like a certification, and those of the mapping."""
        for name, word in self.mapping.dated_columns.items():
            certification, code = id_of(word, self.forms, "certification")
            place = self._mapped(name, "dated_columns")
            if certification is None:
                message = f"the mapping's {quote(word)} for the column {quote(name)} is no certification"
                self._error(code or "", message, did_you_mean(plain(word), self.forms))
            elif place is not None:
                yield DatedSlot(place, certification)
        for place, name in enumerate(self.header):
            if place not in self.taken and name not in self.mapping.ignore:
                certification, _ = id_of(name, self.forms, "certification")
                if certification is not None and plain(name):
                    self.taken.add(place)
                    yield DatedSlot(place, certification)

    def _ignored(self) -> tuple[str, ...]:
        rest = [name for place, name in enumerate(self.header) if place not in self.taken]
        unknown = [name for name in rest if name not in self.mapping.ignore and not _is_ours(name)]
        for name in unknown if self.says_names else ():
            message = f"the column {quote(name)} is not known here, and not read"
            hint = "name it in a mapping file, under columns or ignore"
            self.problems.add("roster-column-unknown", message, self.at, hint=hint, severity="note")
        return tuple(unknown)

    def _missing_person(self) -> None:
        if self.columns.person:
            return
        hint = "`pmcareer team propose-mapping` writes a mapping file to begin with"
        if self.says_names:
            message = f"no column is called 'person'; there are {', '.join(map(quote, self.header[:12]))}"
        else:
            cells = f"none of the {len(self.header)} cells of the first row"
            message = f"{cells} is the name of a column: is there a header?"
        self._error("roster-column-missing", message, hint)

    def _error(self, code: str, message: str, hint: str) -> None:
        self.problems.add(code, message, self.at, hint=hint)


def _is_ours(name: str) -> bool:
    return not name or plain(name).startswith("problem-")
