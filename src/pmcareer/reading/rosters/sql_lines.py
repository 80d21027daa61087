"""The rules of ``plain`` as SQL: one streaming select from the raw columns of a source to typed lines.

A raw relation has ``source_row`` and one VARCHAR column for each of the header's: ``c0``, ``c1`` …. Of it become
``lines``: a ``person`` line for each row that says who it is about, a ``holding`` line for each usable holding, and
findings on either, or on ``none`` lines where nothing is usable.
"""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.reading.rosters.cells import LATEST
from pmcareer.reading.rosters.findings import PERSON_FIELDS
from pmcareer.reading.rosters.layout import Layout, columns_of
from pmcareer.reading.rosters.plain import FORMULA_STARTS
from pmcareer.reading.rosters.sql import characters, finding, looked_up
from pmcareer.reading.rosters.sql_holdings import Lines, holding_lines
from pmcareer.reading.rosters.terms import Terms


def lines_select(layout: Layout, terms: Terms, raw: str, prefix: str, *, people: bool, holdings: bool) -> str:
    """The select of lines from the relation *raw*: of *people*, of their *holdings*, or of both.

    Without *people*, each row's own line is of the kind ``row``, if it says who it is about. With one holding a row
    (a long layout), there is no line for the person beside that of the holding. Lines of the kind ``none`` without
    findings are of blank entries and rows; they say nothing.
    """
    fields = layout.person_fields if people else {}
    texts = f"SELECT source_row, {_texts(layout)} FROM {raw}"
    handed_on = "".join(f", t{n}" for n in layout.used)
    for name in (one for one in _NAMED if one in fields):
        texts = looked_up(texts, name, f"t{fields[name]}", name)
    values = f"SELECT source_row, person{_person_values(fields)}{handed_on} FROM ({texts})"
    own = f"{_own_findings(layout, fields, prefix)} AS own_findings"
    cells = "".join(f", t{n}" for n in sorted({n for slot in layout.slots for n in columns_of(slot)}))
    rows = f"SELECT source_row, person, {_field_columns(fields)}, {own}{cells if holdings else ''} FROM ({values})"
    kind = "person" if people else "row"
    final = f"source_row, person, {', '.join(PERSON_FIELDS)}"
    if not holdings or not layout.slots:
        return (
            f"SELECT CASE WHEN person IS NULL THEN 'none' ELSE '{kind}' END AS kind, {final}, {_NO_ITEM}, "
            f"own_findings AS findings, NULL::VARCHAR AS place FROM ({rows})"
        )
    return holding_lines(layout, terms, Lines(rows, final, kind, prefix))


_NO_ITEM = (
    "NULL::VARCHAR AS certification, NULL::DATE AS earned, NULL::DATE[] AS renewed, NULL::VARCHAR AS route, "
    "NULL::DATE AS issuer_says_expires"
)


def _texts(layout: Layout) -> str:
    """The columns that are used, without blanks: ``t0``, ``t1`` …"""
    texts = [f"text_of({_unescaped(layout, n)}) AS t{n}" for n in layout.used]
    return ", ".join([f"text_of({_unescaped(layout, layout.person)}) AS person", *texts])


def _unescaped(layout: Layout, column: int) -> str:
    """In a file that we set aside, an apostrophe keeps a spreadsheet from taking text for a formula."""
    if not layout.mended:
        return f"c{column}"
    starts = ", ".join(f"chr(39) || {characters(sign)}" for sign in FORMULA_STARTS)
    return f"CASE WHEN left(c{column}, 2) IN ({starts}) THEN substr(c{column}, 2) ELSE c{column} END"


def _silent(layout: Layout) -> str:
    """Whether a row says nothing at all."""
    return " AND ".join(f"t{n} IS NULL" for n in layout.used)


_DAYS = ("role_since", "hired")
_NAMED = ("role", "education")


def _person_values(fields: Mapping[str, int]) -> str:
    """The fields as they are understood; ``<name>_as`` is what stands there, of those that may be misunderstood."""
    columns = []
    for name, column in fields.items():
        if name in _DAYS:
            columns += [f"day_of(t{column}) AS {name}", f"t{column} AS {name}_as"]
        elif name in _NAMED:
            columns += [name, f"t{column} AS {name}_as"]
        else:
            columns.append(f"t{column} AS {name}")
    return "".join(f", {column}" for column in columns)


def _field_code(name: str) -> str:
    if name in _DAYS:
        return f"day_code({name}_as, {name}, DATE '{LATEST}', 'roster-date-late')"
    return f"{name}_code({name}_as, {name})"


def _field_columns(fields: Mapping[str, int]) -> str:
    """All fields of a person in order; what was misunderstood is NULL."""
    columns = []
    for name in PERSON_FIELDS:
        type_ = "DATE" if name in _DAYS else "VARCHAR"
        if name not in fields:
            columns.append(f"NULL::{type_} AS {name}")
        elif name in _DAYS or name in _NAMED:
            columns.append(f"CASE WHEN {_field_code(name)} IS NULL THEN {name} END AS {name}")
        else:
            columns.append(name)
    return ", ".join(columns)


def _own_findings(layout: Layout, fields: Mapping[str, int], prefix: str) -> str:
    """The findings on a row's own line as a list, NULL where there are none."""
    missing = finding(prefix + layout.name(layout.person), "person", "NULL::VARCHAR", "'roster-person-missing'")
    codes = {name: _field_code(name) for name in fields if name in _DAYS or name in _NAMED}
    nobody = f"CASE WHEN NOT ({_silent(layout)}) THEN [{missing}] END"
    if not codes:
        return f"CASE WHEN person IS NULL THEN {nobody} END"
    found = {
        name: finding(prefix + layout.name(fields[name]), name, f"{name}_as", code) for name, code in codes.items()
    }
    each = ", ".join(f"CASE WHEN {code} IS NOT NULL THEN {found[name]} END" for name, code in codes.items())
    any_ = " OR ".join(f"{code} IS NOT NULL" for code in codes.values())
    every = f"list_filter([{each}], lambda f: f IS NOT NULL)"
    return f"CASE WHEN person IS NULL THEN {nobody} WHEN {any_} THEN {every} END"
