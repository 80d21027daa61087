"""The rules of ``cells`` and ``plain`` as SQL: one streaming select from the raw columns of a source to typed lines.

A raw relation has ``source_row`` and one VARCHAR column for each of the header's: ``c0``, ``c1`` …. Of it become
``lines``: a ``person`` line for each row that says who it is about, a ``holding`` line for each usable holding, and
findings on either, or on ``none`` lines where nothing is usable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmcareer.model.names import LONG_FORMS
from pmcareer.reading.rosters.cells import BLANKS, COMPACT, DATED, DAY_MONTH, EARLIEST, ISO, LATEST, MONTH_DAY, NUMBERS
from pmcareer.reading.rosters.findings import PERSON_FIELDS
from pmcareer.reading.rosters.layout import DatedSlot, Layout, ListSlot, PartsSlot, Slot, columns_of
from pmcareer.reading.rosters.plain import FORMULA_STARTS, HELD, NOT_HELD
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
        yield from _lookup_macros(lookup)


def _text_expression(cell: str, terms: Terms) -> str:
    """``cells.text_of``; most cells have no blanks around them, which two letters show."""
    seen = f"left({cell}, 1) BETWEEN '!' AND '~' AND right({cell}, 1) BETWEEN '!' AND '~'"
    text = f"CASE WHEN {seen} THEN {cell} ELSE nullif(trim({cell}, {_characters(BLANKS)}), '') END"
    if not terms.blank:
        return text
    words = ", ".join(map(quoted, sorted(terms.blank)))
    return f"CASE WHEN {text} IN ({words}) THEN NULL ELSE {text} END"


def _characters(text: str) -> str:
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


def _lookup_macros(lookup: Lookup) -> Iterator[str]:
    """``<kind>_found(x)``: the id, ``?`` where several answer, NULL where none does; by enumerations, hashed once."""
    kind = lookup.kind
    forms = {form: ids[0] if len(ids) == 1 else _AMBIGUOUS for form, ids in lookup.forms.items() if form and ids}
    words = dict(_variants(forms)) | dict(lookup.words)
    for name, known in ((f"{kind}_words", words), (f"{kind}_forms", forms)):
        yield f"CREATE TYPE {name} AS ENUM ({', '.join(map(quoted, known))})"
        yield f"SET VARIABLE {name}_ids = [{', '.join(map(quoted, known.values()))}]"
        place = f"enum_code(TRY_CAST(x AS {name})) + 1"
        yield f"CREATE TEMP MACRO of_{name}(x) AS list_extract(getvariable('{name}_ids'), {place})"
    yield (
        f"CREATE TEMP MACRO {kind}_found(x) AS CASE WHEN x IS NULL THEN NULL ELSE coalesce(of_{kind}_words(x), "
        f"of_{kind}_words(text_of(x)), of_{kind}_forms(plain_name(x)), of_{kind}_forms(spelled_name(x))) END"
    )
    yield (
        f"CREATE TEMP MACRO {kind}_code(x, found) AS CASE WHEN x IS NULL THEN NULL "
        f"WHEN found IS NULL THEN 'roster-{kind}-unknown' "
        f"WHEN found = '{_AMBIGUOUS}' THEN 'roster-{kind}-ambiguous' END"
    )


def _variants(forms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each form as people mostly write it, so that few names need taking apart."""
    for form, id_ in forms.items():
        for word in (form, form.replace("-", " ")):
            yield word, id_
            yield word.upper(), id_


def lines_select(layout: Layout, terms: Terms, raw: str, prefix: str, *, people: bool, holdings: bool) -> str:
    """The select of lines from the relation *raw*: of *people*, of their *holdings*, or of both.

    Without *people*, each row's own line is of the kind ``row``, if it says who it is about. With one holding a row
    (a long layout), there is no line for the person beside that of the holding. Lines of the kind ``none`` without
    findings are of blank entries and rows; they say nothing.
    """
    fields = layout.person_fields if people else {}
    rows = (
        f"SELECT source_row, person, {_person_values(fields)} {_handed_on(layout)} "
        f"FROM (SELECT source_row, {_texts(layout)} FROM {raw})"
    )
    own = _person_findings(layout, fields, prefix)
    final = f"source_row, person, {_field_columns(fields)}"
    if not holdings:
        kind = f"CASE WHEN person IS NULL THEN 'none' ELSE '{'person' if people else 'row'}' END AS kind"
        return f"SELECT {kind}, {final}, {_NO_ITEM}, {own} AS findings FROM ({rows})"
    kind = (
        f"CASE WHEN fine THEN 'holding' WHEN item OR NOT own OR person IS NULL THEN 'none' "
        f"ELSE '{'person' if people else 'row'}' END AS kind"
    )
    findings = f"CASE WHEN wrong THEN {_item_findings(layout)} WHEN own THEN {own} END AS findings"
    if one_a_row(layout):
        both = f"list_concat({_item_findings(layout)}, {own})"
        findings = f"CASE WHEN wrong THEN {both} ELSE {own} END AS findings"
    judged = (
        f"SELECT *, {_codes(layout, terms)} FROM ({_identified(layout, terms, _entries(layout, terms, prefix, rows))})"
    )
    return (
        f"SELECT {kind}, {final}, {_item_columns(layout)}, {findings}, CASE WHEN item THEN place END AS place "
        f"FROM (SELECT *, item AND NOT wrong AS fine FROM (SELECT *, {_WRONG} AS wrong FROM ({judged})))"
    )


_NO_ITEM = (
    "NULL::VARCHAR AS certification, NULL::DATE AS earned, NULL::DATE[] AS renewed, NULL::VARCHAR AS route, "
    "NULL::DATE AS issuer_says_expires, NULL::VARCHAR AS place"
)


# --- cells and the person's own fields --------------------------------------------------------------------------------


def _texts(layout: Layout) -> str:
    """The columns that are used, without blanks: ``t0``, ``t1`` …"""
    texts = [f"text_of({_unescaped(layout, n)}) AS t{n}" for n in layout.used]
    return ", ".join([f"text_of({_unescaped(layout, layout.person)}) AS person", *texts])


def _unescaped(layout: Layout, column: int) -> str:
    """In a file that we set aside, an apostrophe keeps a spreadsheet from taking text for a formula."""
    if not layout.mended:
        return f"c{column}"
    starts = ", ".join(f"chr(39) || {_characters(sign)}" for sign in FORMULA_STARTS)
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
            columns += [f"{name}_found(t{column}) AS {name}", f"t{column} AS {name}_as"]
        else:
            columns.append(f"t{column} AS {name}")
    return "".join(f"{column}, " for column in columns)


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


def _person_findings(layout: Layout, fields: Mapping[str, int], prefix: str) -> str:
    """The findings on a row's own line as a list, NULL where there are none."""
    missing = _finding(prefix + layout.name(layout.person), "person", "NULL::VARCHAR", "'roster-person-missing'")
    codes = {name: _field_code(name) for name in fields if name in _DAYS or name in _NAMED}
    nobody = f"CASE WHEN NOT ({_silent(layout)}) THEN [{missing}] END"
    if not codes:
        return f"CASE WHEN person IS NULL THEN {nobody} END"
    found = {
        name: _finding(prefix + layout.name(fields[name]), name, f"{name}_as", code) for name, code in codes.items()
    }
    each = ", ".join(f"CASE WHEN {code} IS NOT NULL THEN {found[name]} END" for name, code in codes.items())
    any_ = " OR ".join(f"{code} IS NOT NULL" for code in codes.values())
    every = f"list_filter([{each}], lambda f: f IS NOT NULL)"
    return f"CASE WHEN person IS NULL THEN {nobody} WHEN {any_} THEN {every} END"


def _finding(column: str, field: str, value: str, code: str) -> str:
    """A struct of type FINDING; *value* and *code* are expressions."""
    return _finding_at(quoted(column), field, value, code)


def _finding_at(column: str, field: str, value: str, code: str) -> str:
    struct = f"{{'column_name': {column}, 'field': {quoted(field)}, 'value': {value}, 'code': {code}}}"
    return f"{struct}::{FINDING}"


# --- holdings ---------------------------------------------------------------------------------------------------------

# What is told of a holding, as text; each item has them all.
_ITEM = ("place", "shown", "known", "name", "earned_at", "earned_as")
_MORE = ("renewed_at", "renewed_as", "route_as", "expires_at", "expires_as")
_WRONG = "item AND (twice OR name_code IS NOT NULL OR day_code IS NOT NULL OR last_code IS NOT NULL OR bad_renewals)"


def _handed_on(layout: Layout) -> str:
    """The columns that are looked at, for what comes next."""
    return ", ".join(f"t{n}" for n in layout.used)


def one_a_row(layout: Layout) -> bool:
    """Whether each row tells of one holding at most, so that no list of them is taken apart."""
    return len(layout.slots) == 1 and isinstance(layout.slots[0], PartsSlot)


def _has_more(layout: Layout) -> bool:
    """Whether holdings may have more to them than a name and a day."""
    parts = [slot for slot in layout.slots if isinstance(slot, PartsSlot)]
    return any(max(slot.renewed, slot.route, slot.issuer_says_expires) >= 0 for slot in parts)


def _entries(layout: Layout, terms: Terms, prefix: str, rows: str) -> str:
    """One line for each row itself (``item`` false) and one for each of its items, as texts.

    ``twice``: the same is written in the row before. A holding a row needs no lines of its own.
    """
    slots = layout.slots
    if not slots:
        return (
            f"SELECT *, false AS item, true AS own, false AS twice, NULL::DATE AS iso_day, {_named({})} FROM ({rows})"
        )
    if len(slots) == 1 and isinstance(slots[0], ListSlot):
        return _list_entries(slots[0], layout, terms, prefix, rows)
    if len(slots) == 1 and isinstance(slots[0], PartsSlot):
        parts = _parts(slots[0], layout, prefix)
        item = f"person IS NOT NULL AND NOT ({_nothing(slots[0])})"
        flags = f"{item} AS item, true AS own, false AS twice, NULL::DATE AS iso_day"
        return f"SELECT *, {flags}, {_named(parts)} FROM ({rows})"
    return _mixed_entries(layout, terms, prefix, rows)


def _named(parts: Mapping[str, str]) -> str:
    return ", ".join(f"{parts.get(key, 'NULL::VARCHAR')} AS {key}" for key in (*_ITEM, *_MORE))


def _split(cell: str, separators: str) -> str:
    """The entries of a list as they are written; blanks, and blank ones, are still there."""
    first, rest = _characters(separators[0]), separators[1:]
    if rest:
        signs = " OR ".join(f"contains({cell}, {_characters(sign)})" for sign in rest)
        parted = f"translate({cell}, {_characters(rest)}, {_characters(separators[0] * len(rest))})"
        cell = f"CASE WHEN {signs} THEN {parted} ELSE {cell} END"
    return f"string_split({cell}, {first})"


def _repeats(keys: str) -> str:
    """For each of *keys* whether it stands there before; NULL where none does."""
    few = "CASE len({0}) WHEN 0 THEN false WHEN 1 THEN false WHEN 2 THEN {0}[1] = {0}[2] "
    few += "WHEN 3 THEN {0}[1] = {0}[2] OR {0}[1] = {0}[3] OR {0}[2] = {0}[3] ELSE true END"
    each = f"list_transform({keys}, lambda x, k: list_position({keys}, x) < k)"
    return f"CASE WHEN {few.format(keys)} THEN {each} END"


def _list_entries(slot: ListSlot, layout: Layout, terms: Terms, prefix: str, rows: str) -> str:
    """``cells.name_and_date`` of each entry; ``way``: 1 an ISO date after a colon, 2 another, 3 one in brackets.

    Of ISO dates after a colon, the most frequent, the day is at hand at once; other ways are looked into only then.
    """
    place, cell = quoted(prefix + layout.name(slot.column)), f"t{slot.column}"
    written = f"CASE WHEN person IS NULL THEN NULL ELSE {_split(cell, terms.separators)} END"
    lowered = _split(f"replace(lower({cell}), ' ', '')", terms.separators)
    keys = f"CASE WHEN len(written) > 1 THEN {lowered} END"
    lists = f"SELECT *, {keys} AS keys FROM (SELECT *, {written} AS written FROM ({rows}))"
    lines = (
        "SELECT * EXCLUDE (written, keys), unnest(list_prepend(NULL, written)) AS e, "
        f"unnest(list_prepend(false, {_repeats('keys')})) AS again FROM ({lists})"
    )
    texts = f"SELECT *, e IS NULL AS own, coalesce(again, false) AS twice, text_of(e) AS entry FROM ({lines})"
    iso = "CASE WHEN right(entry, 11) LIKE ':____-__-__' THEN TRY_CAST(right(entry, 10) AS DATE) END"
    ways = f"SELECT *, {_way('entry', 'iso_day IS NOT NULL')} AS way FROM (SELECT *, {iso} AS iso_day FROM ({texts}))"
    parts = {"place": place, "shown": "entry", "name": _name("entry"), "earned_at": place, "earned_as": _day("entry")}
    return f"SELECT * EXCLUDE (e, again, entry, way), entry IS NOT NULL AS item, {_named(parts)} FROM ({ways})"


def _trimmed(text: str) -> str:
    return f"trim({text}, {_characters(BLANKS)})"


_AFTER = "split_part({0}, ':', -1)"
_INSIDE = "split_part(left({0}, length({0}) - 1), CASE right({0}, 1) WHEN ')' THEN '(' ELSE '[' END, -1)"


def _way(e: str, iso: str) -> str:
    after, inside, dated = _AFTER.format(e), _INSIDE.format(e), quoted(DATED)
    return (
        f"CASE WHEN {e} IS NULL THEN 0 WHEN {iso} THEN 1 "
        f"WHEN contains({e}, ':') AND regexp_full_match({_trimmed(after)}, {dated}) THEN 2 "
        f"WHEN right({e}, 1) IN (')', ']') AND length({inside}) < length({e}) - 1 "
        f"AND regexp_full_match({_trimmed(inside)}, {dated}) THEN 3 ELSE 0 END"
    )


def _name(e: str, way: str = "way") -> str:
    """The name may have blanks behind it; looking it up passes over them."""
    after, inside = _AFTER.format(e), _INSIDE.format(e)
    return (
        f"CASE {way} WHEN 1 THEN nullif(left({e}, length({e}) - 11), '') "
        f"WHEN 2 THEN nullif({_trimmed(f'left({e}, length({e}) - length({after}) - 1)')}, '') "
        f"WHEN 3 THEN nullif({_trimmed(f'left({e}, length({e}) - length({inside}) - 2)')}, '') ELSE {e} END"
    )


def _day(e: str, way: str = "way") -> str:
    """The date as it is written (of the first way, with the name: its day is known already)."""
    return (
        f"CASE {way} WHEN 1 THEN {e} WHEN 2 THEN {_trimmed(_AFTER.format(e))} "
        f"WHEN 3 THEN {_trimmed(_INSIDE.format(e))} END"
    )


def _mixed_entries(layout: Layout, terms: Terms, prefix: str, rows: str) -> str:
    """Items of several slots, in the order of the slots; a struct each, until they are lines."""
    lists = ", ".join(_slot_items(slot, layout, terms, prefix) for slot in layout.slots)
    written = f"SELECT *, CASE WHEN person IS NULL THEN NULL ELSE list_concat({lists}) END AS items FROM ({rows})"
    key = "replace(lower(coalesce(i.name, i.known, '') || chr(31) || coalesce(i.earned_as, '')), ' ', '')"
    keyed = f"SELECT *, list_transform(items, lambda i: {key}) AS keys FROM ({written})"
    lines = (
        f"SELECT * EXCLUDE (items, keys), unnest(list_prepend(NULL, items)) AS i, "
        f"unnest(list_prepend(false, {_repeats('keys')})) AS again FROM ({keyed})"
    )
    parts = {key: f"i.{key}" for key in (*_ITEM, *_MORE)}
    return (
        f"SELECT * EXCLUDE (i, again), i IS NOT NULL AS item, i IS NULL AS own, "
        f"coalesce(again, false) AS twice, NULL::DATE AS iso_day, {_named(parts)} FROM ({lines})"
    )


def _slot_items(slot: Slot, layout: Layout, terms: Terms, prefix: str) -> str:
    if isinstance(slot, ListSlot):
        return _listed_items(slot, layout, terms, prefix)
    parts = _dated(slot, layout, prefix) if isinstance(slot, DatedSlot) else _parts(slot, layout, prefix)
    return f"CASE WHEN {_nothing(slot)} THEN [] ELSE [{_struct(parts)}] END"


def _struct(parts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"'{key}': {parts.get(key, 'NULL::VARCHAR')}" for key in (*_ITEM, *_MORE)) + "}"


def _nothing(slot: Slot) -> str:
    """Whether the slot tells of no holding at all."""
    if isinstance(slot, DatedSlot):
        words = ", ".join(map(quoted, sorted(NOT_HELD)))
        return f"t{slot.column} IS NULL OR lower(t{slot.column}) IN ({words})"
    return " AND ".join(f"t{column} IS NULL" for column in columns_of(slot))


def _listed_items(slot: ListSlot, layout: Layout, terms: Terms, prefix: str) -> str:
    place = quoted(prefix + layout.name(slot.column))
    trimmed = f"list_transform({_split(f't{slot.column}', terms.separators)}, lambda e: {_trimmed('e')})"
    entries = f"list_filter({trimmed}, lambda e: e <> '')"
    e, way = "p.e", _way("p.e", "false")
    parts = {
        "place": place,
        "shown": e,
        "name": _name(e, way),
        "earned_at": place,
        "earned_as": _day(e, way),
    }
    wrapped = f"list_transform({entries}, lambda e: {{'e': e}})"
    return f"coalesce(list_transform({wrapped}, lambda p: {_struct(parts)}), [])"


def _dated(slot: DatedSlot, layout: Layout, prefix: str) -> dict[str, str]:
    cell, place = f"t{slot.column}", quoted(prefix + layout.name(slot.column))
    held = ", ".join(map(quoted, sorted(HELD)))
    day = f"CASE WHEN lower({cell}) IN ({held}) THEN NULL ELSE {cell} END"
    known = quoted(slot.certification)
    return {"place": place, "shown": cell, "known": known, "earned_at": place, "earned_as": day}


def _parts(slot: PartsSlot, layout: Layout, prefix: str) -> dict[str, str]:
    """Of one holding, what its columns say."""
    columns = {
        "name": slot.certification,
        "earned_as": slot.earned,
        "renewed_as": slot.renewed,
        "route_as": slot.route,
        "expires_as": slot.issuer_says_expires,
    }
    parts = {key: f"t{column}" for key, column in columns.items() if column >= 0}
    places = {"place": slot.certification, "earned_at": slot.earned, "renewed_at": slot.renewed}
    places["expires_at"] = slot.issuer_says_expires
    names = {key: quoted(prefix + layout.name(column)) for key, column in places.items() if column >= 0}
    return {**parts, **names, "shown": f"t{slot.certification}"}


def _identified(layout: Layout, terms: Terms, entries: str) -> str:
    """Texts become ids and days."""
    more = ""
    if _has_more(layout):
        code = f"day_code(e, day_of(e), DATE '{terms.as_of}', 'roster-date-future')"
        trimmed = f"list_transform({_split('renewed_as', terms.separators)}, lambda e: {_trimmed('e')})"
        text = f"list_filter({trimmed}, lambda e: e <> '')"
        each = f"lambda e: {{'text': e, 'day': day_of(e), 'code': {code}}}"
        more = f", coalesce(list_transform({text}, {each}), []) AS renewals, day_of(expires_as) AS last"
    found = "coalesce(known, certification_found(name)) AS id, coalesce(iso_day, day_of(earned_as)) AS day"
    return f"SELECT *, {found}{more} FROM ({entries})"


def _codes(layout: Layout, terms: Terms) -> str:
    """What is wrong with the name, the day, the last day, and the renewals."""
    last, bad = "NULL::VARCHAR", "false"
    if _has_more(layout):
        last = f"day_code(expires_as, last, DATE '{LATEST}', 'roster-date-late')"
        bad = f"len({_BAD_RENEWALS}) > 0"
    return (
        "CASE WHEN known IS NOT NULL THEN NULL WHEN name IS NULL THEN 'roster-certification-missing' "
        "ELSE certification_code(name, id) END AS name_code, "
        f"day_code(earned_as, day, DATE '{terms.as_of}', 'roster-date-future') AS day_code, "
        f"{last} AS last_code, {bad} AS bad_renewals"
    )


_BAD_RENEWALS = "list_filter(renewals, lambda r: r.code IS NOT NULL)"


def _item_findings(layout: Layout) -> str:
    """The findings on a holding as a list; one that stands there twice has no other."""
    # An entry of a list is shown as a whole, a cell of its own as it is.
    day = "CASE WHEN place = earned_at THEN shown ELSE earned_as END"
    found = [("place", "shown", "name_code"), ("earned_at", day, "day_code"), ("expires_at", "expires_as", "last_code")]
    each = ", ".join(
        f"CASE WHEN {code} IS NOT NULL THEN {_finding_at(at, 'certification', value, code)} END"
        for at, value, code in found
    )
    findings = f"list_filter([{each}], lambda f: f IS NOT NULL)"
    if _has_more(layout):
        renewals = _finding_at("renewed_at", "renewed", "r.text", "r.code")
        findings = f"list_concat({findings}, list_transform({_BAD_RENEWALS}, lambda r: {renewals}))"
    wrong = "name_code IS NOT NULL OR day_code IS NOT NULL OR last_code IS NOT NULL OR bad_renewals"
    twice = _finding_at("place", "certification", "id", "'roster-holding-twice'")
    return f"CASE WHEN {wrong} THEN {findings} ELSE [{twice}] END"


def _item_columns(layout: Layout) -> str:
    names = {"id": "certification", "day": "earned"}
    if _has_more(layout):
        renewed = "CASE WHEN fine THEN list_sort(list_distinct(list_transform(renewals, lambda r: r.day))) END"
        return _fine(names) + f", {renewed} AS renewed, " + _fine({"route_as": "route", "last": "issuer_says_expires"})
    nothing = "NULL::VARCHAR AS route, NULL::DATE AS issuer_says_expires"
    return _fine(names) + f", CASE WHEN fine THEN []::DATE[] END AS renewed, {nothing}"


def _fine(names: Mapping[str, str]) -> str:
    return ", ".join(f"CASE WHEN fine THEN {key} END AS {name}" for key, name in names.items())
