"""Small rosters, in plain Python: records become people, holdings and findings, one row after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from pmcareer.model.ids import CertificationId, RoleId
from pmcareer.model.requirements import EducationLevel
from pmcareer.model.rosters import HoldingRow, PersonRow, SetAside, SmallRoster
from pmcareer.reading.rosters.cells import LATEST, date_of, entries_of, name_and_date, parts_of, text_of, within
from pmcareer.reading.rosters.findings import FINDINGS, severity_of
from pmcareer.reading.rosters.layout import DatedSlot, Layout, ListSlot, PartsSlot
from pmcareer.reading.rosters.terms import Terms
from pmcareer.reading.rosters.united import unite
from pmcareer.spreadsheets import FORMULA_STARTS
from pmcareer.values import dataclass

Record: TypeAlias = tuple[int, Sequence[str | None]]

HELD = frozenset({"yes", "y", "x", "true", "1"})
NOT_HELD = frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True, slots=True)
class Source:
    """Records of one table with their layout. ``prefix`` stands before column names in findings."""

    layout: Layout
    records: Iterable[Record]
    prefix: str = ""


def small_roster(
    people: Source,
    holdings: Source | None,
    terms: Terms,
    role_of_titles: Callable[[Iterable[str]], Mapping[str, RoleId]] | None,
) -> SmallRoster:
    """The roster that *people* (and a second table of *holdings*) make."""
    made = _Maker(terms)
    for record in people.records:
        made.take(people, record, only_holdings=False)
    if holdings is not None:
        for record in holdings.records:
            made.take(holdings, record, only_holdings=True)
    made.settle()
    if terms.thorough:
        made.doubt(people)
    rows = _with_titled_roles(made.people.values(), role_of_titles)
    return SmallRoster(tuple(rows), tuple(made.holdings), tuple(made.findings))


def _with_titled_roles(
    people: Iterable[PersonRow], role_of_titles: Callable[[Iterable[str]], Mapping[str, RoleId]] | None
) -> Iterator[PersonRow]:
    """Who has a title but no role gets the role that the title means, where it means one."""
    from dataclasses import replace

    rows = list(people)
    titles = sorted({row.title for row in rows if row.title and row.role is None})
    roles = role_of_titles(titles) if role_of_titles and titles else {}
    for row in rows:
        role = roles.get(row.title) if row.role is None and row.title else None
        yield replace(row, role=role) if role else row


class _Maker:
    """The rows made so far."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.people: dict[str, PersonRow] = {}
        self.holdings: list[HoldingRow] = []
        self.findings: list[SetAside] = []
        self.found: list[tuple[HoldingRow, str]] = []

    def take(self, source: Source, record: Record, *, only_holdings: bool) -> None:
        """Make what one record tells of."""
        row = _Row(self, source, record)
        if len(row.cells) != len(source.layout.header):
            return row.find("roster-row-ragged", "", _shown(row.cells))
        if not any(row.texts[column] for column in source.layout.used):
            return None
        person = row.text(source.layout.person)
        if person is None:
            return row.find("roster-person-missing", source.layout.name(source.layout.person), None)
        if only_holdings and person not in self.people:
            return row.find("roster-person-unknown", source.layout.name(source.layout.person), person)
        if not only_holdings:
            self._person(row, person)
        return self._holdings(row, person)

    def doubt(self, source: Source) -> None:
        """What only all rows together show."""
        layout = source.layout
        spelled: dict[str, list[PersonRow]] = {}
        for row in self.people.values():
            spelled.setdefault(row.person.lower().replace(" ", ""), []).append(row)
            if row.manager is not None and row.manager not in self.people:
                name = layout.name(layout.person_fields["manager"])
                self._add(row.source_row, name, row.manager, "roster-manager-unknown", "manager")
        for rows in spelled.values():
            for row in rows if len(rows) > 1 else ():
                self._add(row.source_row, layout.name(layout.person), row.person, "roster-person-variant", "person")

    def _person(self, row: _Row, person: str) -> None:
        made = row.person(person)
        first = self.people.setdefault(person, made)
        if first is made:
            return
        layout = row.source.layout
        differing = [
            (name, column)
            for name, column in layout.person_fields.items()
            if getattr(made, name) is not None and getattr(made, name) != getattr(first, name)
        ]
        for name, column in differing:
            row.find("roster-person-differs", layout.name(column), str(getattr(made, name)))
        if not differing and not layout.long:
            row.find("roster-person-twice", layout.name(layout.person), person)

    def _holdings(self, row: _Row, person: str) -> None:
        for holding, column in row.holdings(person):
            self.found.append((holding, row.source.prefix + row.source.layout.name(column)))

    def settle(self) -> None:
        """Take the holdings: what is told of one in several places is put together, and what is odd there is told."""
        united = unite([holding for holding, _ in self.found])
        self.holdings.extend(united.holdings)
        for place, code in united.findings:
            holding, column = self.found[place]
            self._add(holding.source_row, column, holding.certification, code, "certification")

    def _add(self, source_row: int, column: str, value: str | None, code: str, field: str) -> None:
        severity = severity_of(code, field)
        self.findings.append(SetAside(source_row, column, value, code, FINDINGS[code][1], severity))


class _Row:
    """One record being read: its cells as texts, and where findings about it go."""

    def __init__(self, maker: _Maker, source: Source, record: Record) -> None:
        self.maker, self.source, self.terms = maker, source, maker.terms
        self.number, self.cells = record
        self.texts = [text_of(self._unescaped(cell), self.terms.blank) for cell in self.cells]

    def text(self, column: int) -> str | None:
        """The text of a column; None for one that the layout has not."""
        return self.texts[column] if column >= 0 else None

    def find(self, code: str, column: str, value: str | None, field: str = "") -> None:
        """Report; *field* is the canonical name of a person's field."""
        self.maker._add(self.number, self.source.prefix + column, value, code, field)

    def person(self, person: str) -> PersonRow:
        """The person's own fields; what cannot be used is reported and left out."""
        layout = self.source.layout
        values: dict[str, Any] = {name: self.text(column) for name, column in layout.person_fields.items()}
        for name in ("role_since", "hired"):
            if values.get(name) is not None:
                values[name] = self._field_day(name, values[name])
        for name, lookup in (("role", self.terms.roles), ("education", self.terms.education)):
            if values.get(name) is not None:
                id_, code = lookup.find(values[name])
                if code:
                    self.find(code, layout.name(layout.person_fields[name]), values[name], name)
                values[name] = EducationLevel(id_) if id_ and name == "education" else id_
        return PersonRow(self.number, person, **values)

    def holdings(self, person: str) -> Iterator[tuple[HoldingRow, int]]:
        """What the row says is held, each with the column that says so."""
        for slot in self.source.layout.slots:
            if isinstance(slot, ListSlot):
                yield from self._listed(slot, person)
            elif isinstance(slot, DatedSlot):
                yield from self._dated(slot, person)
            else:
                yield from self._parts(slot, person)

    def _listed(self, slot: ListSlot, person: str) -> Iterator[tuple[HoldingRow, int]]:
        for written in parts_of(self.text(slot.column) or "", self.terms.separators):
            entry = text_of(written)
            if entry is not None:
                name, day = name_and_date(entry)
                id_ = self._certification(name, slot.column, entry)
                earned, fine = self._day(day, slot.column, entry, self.terms.as_of)
                if id_ is not None and fine:
                    yield HoldingRow(self.number, person, CertificationId(id_), earned), slot.column

    def _dated(self, slot: DatedSlot, person: str) -> Iterator[tuple[HoldingRow, int]]:
        text = self.text(slot.column)
        if text is None or text.lower() in NOT_HELD:
            return
        day = None if text.lower() in HELD else text
        earned, fine = self._day(day, slot.column, text, self.terms.as_of)
        if fine:
            holding = HoldingRow(self.number, person, CertificationId(slot.certification), earned)
            yield holding, slot.column

    def _parts(self, slot: PartsSlot, person: str) -> Iterator[tuple[HoldingRow, int]]:
        others = (slot.earned, slot.renewed, slot.route, slot.issuer_says_expires)
        name, day = self.text(slot.certification), self.text(slot.earned)
        if name is None and not any(self.text(column) for column in others):
            return
        id_ = self._certification(name, slot.certification, name)
        earned, earned_fine = self._day(day, slot.earned, None, self.terms.as_of)
        renewed, renewed_fine = self._days(slot.renewed)
        expires, expires_fine = self._day(self.text(slot.issuer_says_expires), slot.issuer_says_expires, None, LATEST)
        if id_ is not None and earned_fine and renewed_fine and expires_fine:
            route = self.text(slot.route)
            holding = HoldingRow(self.number, person, CertificationId(id_), earned, renewed, route, expires)
            yield holding, slot.certification

    def _certification(self, name: str | None, column: int, shown: str | None) -> str | None:
        if name is None:
            self.find("roster-certification-missing", self.source.layout.name(column), shown)
            return None
        id_, code = self.terms.certifications.find(name)
        if code:
            self.find(code, self.source.layout.name(column), shown)
        return id_

    def _days(self, column: int) -> tuple[tuple[date, ...], bool]:
        """Several days in one cell, each once, in order; whether all of them are fine."""
        found: set[date] = set()
        all_fine = True
        for entry in entries_of(self.text(column) or "", self.terms.separators):
            day, fine = self._day(entry, column, None, self.terms.as_of)
            all_fine = all_fine and fine
            found |= {day} if day else set()
        return tuple(sorted(found)), all_fine

    def _day(self, text: str | None, column: int, shown: str | None, latest: date) -> tuple[date | None, bool]:
        """The day, and whether it may stand; *shown* is the value to report, if it is not the text itself."""
        if text is None:
            return None, True
        day, code = _checked(text, self.terms, latest)
        if code:
            self.find(code, self.source.layout.name(column), shown or text)
        return day, not code

    def _field_day(self, name: str, text: str) -> date | None:
        """A day among the person's own fields, which may lie ahead."""
        day, code = _checked(text, self.terms, LATEST)
        if code:
            layout = self.source.layout
            self.find(code, layout.name(layout.person_fields[name]), text, name)
        return day

    def _unescaped(self, cell: str | None) -> str | None:
        """In a file that we set aside, an apostrophe keeps a spreadsheet from taking text for a formula."""
        if self.source.layout.mended and cell and cell[0] == "'" and cell[1:2] and cell[1] in FORMULA_STARTS:
            return cell[1:]
        return cell


def _checked(text: str, terms: Terms, latest: date) -> tuple[date | None, str | None]:
    day = date_of(text, terms.day_order)
    if isinstance(day, str):
        return None, day
    code = within(day, latest)
    return (None, code) if code else (day, None)


def _shown(cells: Sequence[str | None]) -> str:
    return f"{len(cells)} cells"
