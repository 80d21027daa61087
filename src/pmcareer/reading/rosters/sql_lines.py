"""The rules of ``plain`` on rows as SQL: a source's cells become texts, and the texts people, or findings about them.

A raw relation has ``source_row`` and one VARCHAR column for each of the header's: ``c0``, ``c1`` …. Roles, levels of
education and days are understood once for each text that occurs (``seen``), however many rows have it.
"""

from __future__ import annotations

from pmcareer.reading.rosters.cells import LATEST
from pmcareer.reading.rosters.findings import PERSON_FIELDS
from pmcareer.reading.rosters.layout import Layout
from pmcareer.reading.rosters.sql import characters, finding, looked_up
from pmcareer.spreadsheets import FORMULA_STARTS

_DAYS = ("role_since", "hired")
_NAMED = ("role", "education")
TEXT_FIELDS = ("title", "department", "location", "manager")
"""Fields of a person that mean what they say."""


def texts_select(layout: Layout, raw: str) -> str:
    """The columns of the relation *raw* that are used: ``person``, and ``t0``, ``t1`` …

    Persons, and fields that mean what they say, come without blanks. Of the others, what is written is understood
    later, once for all rows that say the same: they come as they are.
    """
    taken = {layout.person, *(n for name, n in layout.person_fields.items() if name in TEXT_FIELDS)}
    cells = {n: _unescaped(layout, n) for n in layout.used}
    texts = [f"{f'text_of({cell})' if n in taken else cell} AS t{n}" for n, cell in cells.items()]
    return f"SELECT source_row, text_of({cells[layout.person]}) AS person, {', '.join(texts)} FROM {raw}"


def all_readable(layout: Layout) -> str:
    """Always true of raw rows; makes the database look at every cell that is used, and refuse what is no text."""
    return " + ".join(f"coalesce(strlen(c{n}), 0)" for n in layout.used) + " >= 0"


def person_text(layout: Layout) -> str:
    """Who a raw row is about."""
    return f"text_of({_unescaped(layout, layout.person)})"


def _unescaped(layout: Layout, column: int) -> str:
    """In a file that we set aside, an apostrophe keeps a spreadsheet from taking text for a formula."""
    if not layout.mended:
        return f"c{column}"
    starts = ", ".join(f"chr(39) || {characters(sign)}" for sign in FORMULA_STARTS)
    return f"CASE WHEN left(c{column}, 2) IN ({starts}) THEN substr(c{column}, 2) ELSE c{column} END"


# --- what is understood once a text -----------------------------------------------------------------------------------


def judged_fields(layout: Layout) -> list[str]:
    """The fields of a person that may be misunderstood, of those that the layout has."""
    return [name for name in (*_NAMED, *_DAYS) if name in layout.person_fields]


def seen_select(layout: Layout, texts: str) -> str:
    """Each text of each of the judged fields, and how often it occurs: ``field``, ``written``, ``text``, ``n``."""
    fields = judged_fields(layout)
    named = ", ".join(f"t{layout.person_fields[name]} AS {name}" for name in fields)
    which = " ".join(f"WHEN grouping({name}) = 0 THEN '{name}'" for name in fields)
    written = " ".join(f"WHEN grouping({name}) = 0 THEN {name}" for name in fields)
    sets = ", ".join(f"({name})" for name in fields)
    return (
        "SELECT *, text_of(written) AS text "
        f"FROM (SELECT CASE {which} END AS field, CASE {written} END AS written, count(*) AS n "
        f"FROM (SELECT {named} FROM {texts}) GROUP BY GROUPING SETS ({sets})) WHERE text_of(written) IS NOT NULL"
    )


def understood_select(layout: Layout, seen: str) -> str:
    """What is *seen*, understood: ``id`` or ``day``, or the ``code`` of what is wrong with it."""
    return " UNION ALL ".join(
        f"SELECT field, written, text, n, {_meant(name)}, code "
        f"FROM (SELECT *, {_code(name)} AS code FROM ({_found(name, seen)}))"
        for name in judged_fields(layout)
    )


def _meant(name: str) -> str:
    found = "CASE WHEN code IS NULL THEN found END"
    if name in _DAYS:
        return f"NULL::VARCHAR AS id, {found} AS day"
    return f"{found} AS id, NULL::DATE AS day"


def _found(name: str, seen: str) -> str:
    own = f"SELECT * FROM {seen} WHERE field = '{name}'"
    if name in _DAYS:
        return f"SELECT *, day_of(text) AS found FROM ({own})"
    return looked_up(own, name, "text", "found")


def _code(name: str) -> str:
    late = f"day_code(text, found, DATE '{LATEST}', 'roster-date-late')"
    return late if name in _DAYS else f"{name}_code(text, found)"


# --- rows -------------------------------------------------------------------------------------------------------------


def field_columns(layout: Layout) -> str:
    """All fields of a person in order, of rows that are joined by ``field_joins``; what was misunderstood is NULL."""
    columns = []
    for name in PERSON_FIELDS:
        if name not in layout.person_fields:
            columns.append(f"NULL::{'DATE' if name in _DAYS else 'VARCHAR'} AS {name}")
        elif name in (*_DAYS, *_NAMED):
            columns.append(f"{name}_seen.{'day' if name in _DAYS else 'id'} AS {name}")
        else:
            columns.append(f"t{layout.person_fields[name]} AS {name}")
    return ", ".join(columns)


def text_columns(layout: Layout) -> str:
    """The fields of a person that are taken as they stand, of rows of texts."""
    places = layout.person_fields
    return ", ".join(f"{f't{places[name]}' if name in places else 'NULL::VARCHAR'} AS {name}" for name in TEXT_FIELDS)


def field_joins(layout: Layout) -> str:
    """Joins of rows of texts with what is understood of them."""
    return "".join(
        f" LEFT JOIN (SELECT * FROM seen WHERE field = '{name}') {name}_seen "
        f"ON {name}_seen.written = t{layout.person_fields[name]}"
        for name in judged_fields(layout)
    )


def people_select(layout: Layout, texts: str) -> str:
    """The people of *texts* with all their fields."""
    return f"SELECT source_row, person, {field_columns(layout)} FROM {texts} t{field_joins(layout)}"


def nameless_select(layout: Layout, texts: str, prefix: str) -> str:
    """A finding for each row of *texts* that says something, and not about whom."""
    column = prefix + layout.name(layout.person)
    said = " OR ".join(f"text_of(t{n}) IS NOT NULL" for n in layout.used)
    found = finding(column, "person", "NULL::VARCHAR", "'roster-person-missing'")
    return f"SELECT source_row, {found} AS f FROM {texts} WHERE person IS NULL AND ({said})"


def misunderstood_select(layout: Layout, texts: str, fields: list[str]) -> str:
    """A finding for each of the *fields* of a person of *texts* that could not be understood."""
    wrong = " OR ".join(f"{name}_seen.code IS NOT NULL" for name in fields)
    every = f"list_filter([{', '.join(_finding_on(layout, name) for name in fields)}], lambda f: f IS NOT NULL)"
    return f"SELECT source_row, unnest({every}) AS f FROM {texts} t{field_joins(layout)} WHERE {wrong}"


def _finding_on(layout: Layout, name: str) -> str:
    code = f"{name}_seen.code"
    found = finding(layout.name(layout.person_fields[name]), name, f"{name}_seen.text", code)
    return f"CASE WHEN {code} IS NOT NULL THEN {found} END"
