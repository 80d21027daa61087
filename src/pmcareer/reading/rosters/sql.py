"""The rules of ``cells`` as SQL: macros for text, dates and names, and the words that selects are made of.

``sql_lines`` makes of them the selects that understand people, ``sql_holdings`` those that understand holdings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmcareer.model.names import LONG_FORMS
from pmcareer.reading.rosters.cells import BLANKS, COMPACT, DAY_MONTH, EARLIEST, ISO, MONTH_DAY, NUMBERS
from pmcareer.reading.rosters.terms import Lookup, Terms

FINDING = "STRUCT(column_name VARCHAR, field VARCHAR, value VARCHAR, code VARCHAR)"
_AMBIGUOUS = "?"


def quoted(text: str) -> str:
    """*text* as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def macros(terms: Terms) -> Iterator[str]:
    """Statements that define what the select uses: text, dates, and names with their ids."""
    yield f"CREATE TEMP MACRO text_of(cell) AS {_text_expression('cell', terms)}"
    yield f"CREATE TEMP MACRO spelled_day(x) AS {_spelled_day(terms)}"
    yield (
        "CREATE TEMP MACRO day_of(x) AS "
        "coalesce(CASE WHEN x LIKE '____-__-__' THEN TRY_CAST(x AS DATE) END, spelled_day(x))"
    )
    order = "'roster-date-order'" if terms.day_order == "iso" else "'roster-date'"
    yield (
        "CREATE TEMP MACRO day_code(x, d, latest, beyond) AS CASE "
        "WHEN x IS NULL THEN NULL "
        f"WHEN d IS NULL OR d < DATE '0001-01-01' THEN "
        f"CASE WHEN regexp_full_match(x, {quoted(NUMBERS)}) THEN {order} ELSE 'roster-date' END "
        f"WHEN d < DATE '{EARLIEST}' THEN 'roster-date-early' WHEN d > latest THEN beyond END"
    )
    yield "CREATE TEMP MACRO plain_name(x) AS trim(regexp_replace(lower(x), '[^a-z0-9]+', '-', 'g'), '-')"
    longer = " ".join(f"WHEN {quoted(short)} THEN {quoted(long)}" for short, long in LONG_FORMS.items())
    yield (
        "CREATE TEMP MACRO spelled_name(x) AS array_to_string("
        f"list_transform(string_split(plain_name(x), '-'), lambda w: CASE w {longer} ELSE w END), '-')"
    )
    for lookup in (terms.certifications, terms.roles, terms.education):
        yield from _lookups(lookup)


def _text_expression(cell: str, terms: Terms) -> str:
    """``cells.text_of``; most cells have no blanks around them, which their first and last letters show."""
    blanks = characters(BLANKS)
    seen = f"{cell} >= '!' AND {cell} < chr(127) AND {cell}[-1] BETWEEN '!' AND '~'"
    foreign = f"{cell} <> '' AND NOT contains({blanks}, {cell}[1]) AND NOT contains({blanks}, {cell}[-1])"
    text = f"CASE WHEN {seen} OR {foreign} THEN {cell} ELSE nullif({trimmed(cell)}, '') END"
    if not terms.blank:
        return text
    words = ", ".join(map(quoted, sorted(terms.blank)))
    return f"CASE WHEN {text} IN ({words}) THEN NULL ELSE {text} END"


def trimmed(text: str) -> str:
    """*text* without blanks around it."""
    return f"trim({text}, {characters(BLANKS)})"


def characters(text: str) -> str:
    """*text* letter by letter, blanks and control characters too."""
    return " || ".join(f"chr({ord(one)})" for one in text)


def _spelled_day(terms: Terms) -> str:
    numbers = {"iso": "NULL", "us": "'%m-%d-%Y'", "eu": "'%d-%m-%Y'"}[terms.day_order]
    of_numbers = f"try_strptime(translate(x, '/.', '--'), {numbers})" if numbers != "NULL" else "NULL"
    return (
        "CASE WHEN x IS NULL THEN NULL "
        f"WHEN regexp_full_match(x, {quoted(NUMBERS)}) THEN {of_numbers}::DATE "
        f"WHEN regexp_full_match(x, {quoted(ISO)}) THEN TRY_CAST(left(x, 10) AS DATE) "
        f"WHEN regexp_full_match(x, {quoted(COMPACT)}) THEN try_strptime(x, '%Y%m%d')::DATE "
        f"WHEN regexp_full_match(x, {quoted(DAY_MONTH)}) "
        "THEN try_strptime(replace(x, ' ', '-'), ['%d-%b-%Y', '%d-%B-%Y'])::DATE "
        f"WHEN regexp_full_match(x, {quoted(MONTH_DAY)}) "
        "THEN try_strptime(replace(x, ',', ''), ['%b %d %Y', '%B %d %Y'])::DATE END"
    )


def _lookups(lookup: Lookup) -> Iterator[str]:
    """Words as they are mostly written, and forms, with their ids, ``?`` where several answer: as enumerations."""
    kind = lookup.kind
    forms = {form: ids[0] if len(ids) == 1 else _AMBIGUOUS for form, ids in lookup.forms.items() if form and ids}
    words = dict(_variants(forms)) | dict(lookup.words)
    for name, known in ((f"{kind}_words", words), (f"{kind}_forms", forms)):
        yield f"CREATE TYPE {name}_known AS ENUM ({', '.join(map(quoted, known))})"
        yield f"CREATE TEMP TABLE {name} AS SELECT unnest(enum_range(NULL::{name}_known))::VARCHAR AS word"
        yield f"SET VARIABLE {name}_ids = [{', '.join(map(quoted, known.values()))}]"
        place = f"enum_code(TRY_CAST(x AS {name}_known)) + 1"
        yield f"CREATE TEMP MACRO of_{name}(x) AS list_extract(getvariable('{name}_ids'), {place})"
    yield (
        f"CREATE TEMP MACRO {kind}_code(x, found) AS CASE WHEN x IS NULL THEN NULL "
        f"WHEN found IS NULL THEN 'roster-{kind}-unknown' "
        f"WHEN found = '{_AMBIGUOUS}' THEN 'roster-{kind}-ambiguous' END"
    )


def looked_up(rows: str, kind: str, name: str, found: str) -> str:
    """The *rows* with one more column, *found*: the id of what stands in the column *name*, ``?`` where several answer.

    Most names are known as they are written; only others are taken apart. Whether a word is among those known is asked
    first, since a word that is not a member of an enumeration costs a thousand times more than one that is.
    """
    helpers = "is_word, form, is_form, spelled, is_spelled"
    words = f"SELECT *, {name} IN (SELECT word FROM {kind}_words) AS is_word FROM ({rows})"
    forms = f"SELECT *, CASE WHEN NOT is_word THEN plain_name({name}) END AS form FROM ({words})"
    known = f"SELECT *, form IN (SELECT word FROM {kind}_forms) AS is_form FROM ({forms})"
    long = f"SELECT *, CASE WHEN NOT is_form THEN spelled_name({name}) END AS spelled FROM ({known})"
    every = f"SELECT *, spelled IN (SELECT word FROM {kind}_forms) AS is_spelled FROM ({long})"
    return (
        f"SELECT * EXCLUDE ({helpers}), CASE WHEN is_word THEN of_{kind}_words({name}) "
        f"WHEN is_form THEN of_{kind}_forms(form) WHEN is_spelled THEN of_{kind}_forms(spelled) END AS {found} "
        f"FROM ({every})"
    )


def _variants(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each form as people mostly write it, so that few names need taking apart."""
    for form, id_ in forms.items():
        for word in (form, form.replace("-", " ")):
            yield word, id_
            yield word.upper(), id_


def finding(column: str, field: str, value: str, code: str) -> str:
    """A struct of type FINDING; *value* and *code* are expressions."""
    return finding_at(quoted(column), field, value, code)


def finding_at(column: str, field: str, value: str, code: str) -> str:
    """The same; the *column* is an expression too."""
    struct = f"{{'column_name': {column}, 'field': {quoted(field)}, 'value': {value}, 'code': {code}}}"
    return f"{struct}::{FINDING}"
