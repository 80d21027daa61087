"""The rules of ``plain`` on holdings as SQL: what rows say of holdings as it is written, and what that means.

A line for each holding that a row tells of has the words of it (``WORDS``). Rows are many, but what is written in them
of holdings mostly is not: each distinct wording is understood once and becomes an *item*, lines find theirs by it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.reading.rosters.cells import DATED, LATEST, TIMED
from pmcareer.reading.rosters.layout import DatedSlot, Layout, ListSlot, PartsSlot, Slot, columns_of
from pmcareer.reading.rosters.plain import HELD, NOT_HELD
from pmcareer.reading.rosters.sql import characters, finding_at, looked_up, quoted, trimmed
from pmcareer.reading.rosters.terms import Terms

WORDS = ("w1", "w2", "w3", "w4", "w5")
"""Words of a holding: of a list the whole entry as it stands there, else certification, earned, renewed, route and
last day, each in a cell of its own."""
_PARTS = ("certification", "earned", "renewed", "route", "issuer_says_expires")

# What is told of a holding, as text; each item has them all.
_ITEM = ("place", "shown", "known", "name", "earned_at", "earned_as")
_MORE = ("renewed_at", "renewed_as", "route_as", "expires_at", "expires_as")


# --- lines, as they are written ---------------------------------------------------------------------------------------


def written_select(layout: Layout, terms: Terms, texts: str) -> str:
    """A line for each holding that a row of *texts* tells of: the row's number, person and fields, ``slot``, words."""
    carried = ", ".join(["source_row", "person", *(f"t{n}" for n in sorted(layout.person_fields.values()))])
    rows = f"FROM {texts}"
    if len(layout.slots) != 1:
        return _of_several(layout, terms, carried, rows)
    slot = layout.slots[0]
    if isinstance(slot, ListSlot):
        return f"SELECT {carried}, 0 AS slot, unnest({_entries(slot, terms)}) AS w1 {rows}"
    words = ", ".join(f"{text} AS {word}" for word, text in _words(slot).items())
    return f"SELECT {carried}, 0 AS slot, {words} {rows} WHERE {_something(slot)}"


def word_columns(layout: Layout) -> tuple[str, ...]:
    """The columns of a line that its item is found by."""
    if len(layout.slots) != 1:
        return ("slot", *WORDS)
    return tuple(_words(layout.slots[0]))


def same_words(layout: Layout, line: str, item: str) -> str:
    """Whether a line is of an item."""
    columns = word_columns(layout)
    if len(columns) == 1:
        return f"{line}.{columns[0]} = {item}.{columns[0]}"
    return " AND ".join(f"{line}.{column} IS NOT DISTINCT FROM {item}.{column}" for column in columns)


def _words(slot: Slot) -> dict[str, str]:
    """The words of a holding, of those columns that there are; a list's are those of one of its entries."""
    if not isinstance(slot, PartsSlot):
        return {"w1": f"t{slot.column}"}
    places = [getattr(slot, part) for part in _PARTS]
    return {word: f"t{place}" for word, place in zip(WORDS, places, strict=True) if place >= 0}


def _of_several(layout: Layout, terms: Terms, carried: str, rows: str) -> str:
    """Lines of several slots, by way of one list a row."""
    lists = ", ".join(_slot_list(n, slot, terms) for n, slot in enumerate(layout.slots))
    words = ", ".join(f"w.{word} AS {word}" for word in ("slot", *WORDS))
    return f"SELECT {carried}, {words} FROM (SELECT {carried}, unnest(list_concat({lists})) AS w {rows})"


def _slot_list(number: int, slot: Slot, terms: Terms) -> str:
    if isinstance(slot, ListSlot):
        return f"coalesce(list_transform({_entries(slot, terms)}, lambda e: {_struct(number, {'w1': 'e'})}), [])"
    return f"CASE WHEN {_something(slot)} THEN [{_struct(number, _words(slot))}] ELSE [] END"


def _struct(number: int, words: Mapping[str, str]) -> str:
    every = ", ".join(f"'{word}': {words.get(word, 'NULL::VARCHAR')}" for word in WORDS)
    return f"{{'slot': {number}, {every}}}"


def _something(slot: Slot) -> str:
    """Whether there is anything in the cells of a slot; what it is worth is found out later."""
    return " OR ".join(f"t{column} <> ''" for column in columns_of(slot))


def _entries(slot: ListSlot, terms: Terms) -> str:
    """The entries of a cell as they stand there; the whole of it may be a word for nothing."""
    cell = f"t{slot.column}"
    parted = any(sign in word for word in terms.blank for sign in terms.separators)
    return _split(f"text_of({cell})" if parted else cell, terms.separators)


def _split(cell: str, separators: str) -> str:
    """The entries of a list as they are written; blanks, and blank ones, are still there."""
    first, rest = characters(separators[0]), separators[1:]
    if rest:
        signs = " OR ".join(f"contains({cell}, {characters(sign)})" for sign in rest)
        parted = f"translate({cell}, {characters(rest)}, {characters(separators[0] * len(rest))})"
        cell = f"CASE WHEN {signs} THEN {parted} ELSE {cell} END"
    return f"string_split({cell}, {first})"


# --- items: distinct words, understood --------------------------------------------------------------------------------


def distinct_words(layout: Layout, written: str) -> str:
    """Each wording of a holding among the lines *written*, and how often it stands there, ``n``."""
    columns = ", ".join(word_columns(layout))
    return f"SELECT {columns}, count(*) AS n FROM {written} GROUP BY ALL"


def items_select(layout: Layout, terms: Terms, distinct: str, prefix: str) -> str:
    """What the *distinct* words mean; ``place`` is the column that tells of them.

    ``fine``: it is a holding, with ``certification``, ``earned``, ``renewed``, ``route`` and ``issuer_says_expires``;
    else ``findings`` say what is wrong. ``alike`` is the same for what stands in a row twice in the same words, case
    and blanks aside; NULL where a row has one holding only.
    """
    slots = enumerate(layout.slots)
    texts = " UNION ALL ".join(_slot_texts(n, slot, layout, prefix, distinct) for n, slot in slots)
    judged = f"SELECT *, {_codes(terms)} FROM ({_identified(terms, texts)})"
    words = ", ".join(word_columns(layout))
    return (
        f"SELECT {words}, n, place, {_alike(layout)} AS alike, NOT wrong AS fine, {_MEANT}, "
        f"CASE WHEN wrong THEN {_FINDINGS} END AS findings FROM (SELECT *, {_WRONG} AS wrong FROM ({judged}))"
    )


def _slot_texts(number: int, slot: Slot, layout: Layout, prefix: str, distinct: str) -> str:
    """The words of one slot, with what they tell as texts."""
    several = len(layout.slots) != 1
    rows = f"(SELECT * FROM {distinct} WHERE slot = {number})" if several else distinct
    if isinstance(slot, ListSlot):
        rows = f"(SELECT *, text_of(w1) AS entry FROM {rows})"
        rows = f"(SELECT *, {_untimed('entry')} AS dated FROM {rows} WHERE entry <> '')"
        rows = f"(SELECT *, {_way('dated')} AS way FROM {rows})"
        return f"SELECT * EXCLUDE (entry, dated, way), {_named(_listed(slot, layout, prefix))} FROM {rows}"
    parts = _dated(slot, layout, prefix) if isinstance(slot, DatedSlot) else _parts(slot, layout, prefix)
    texts = ", ".join(f"text_of({word}) AS x{word}" for word in _words(slot))
    helpers = ", ".join(f"x{word}" for word in _words(slot))
    return f"SELECT * EXCLUDE ({helpers}), {_named(parts)} FROM (SELECT *, {texts} FROM {rows}) WHERE {_is_told(slot)}"


def _is_told(slot: Slot) -> str:
    """Whether the texts of a slot tell of a holding."""
    if isinstance(slot, DatedSlot):
        return f"lower(xw1) NOT IN ({', '.join(map(quoted, sorted(NOT_HELD)))})"
    return " OR ".join(f"x{word} IS NOT NULL" for word in _words(slot))


def _named(parts: Mapping[str, str]) -> str:
    return ", ".join(f"{parts.get(key, 'NULL::VARCHAR')} AS {key}" for key in (*_ITEM, *_MORE))


def _listed(slot: ListSlot, layout: Layout, prefix: str) -> dict[str, str]:
    place = quoted(prefix + layout.name(slot.column))
    return {"place": place, "shown": "entry", "name": _name("dated"), "earned_at": place, "earned_as": _day("dated")}


def _dated(slot: DatedSlot, layout: Layout, prefix: str) -> dict[str, str]:
    place, held = quoted(prefix + layout.name(slot.column)), ", ".join(map(quoted, sorted(HELD)))
    day = f"CASE WHEN lower(xw1) IN ({held}) THEN NULL ELSE xw1 END"
    return {"place": place, "shown": "xw1", "known": quoted(slot.certification), "earned_at": place, "earned_as": day}


def _parts(slot: PartsSlot, layout: Layout, prefix: str) -> dict[str, str]:
    """Of one holding, what its columns say."""
    word = {part: f"x{word}" for word, part in zip(WORDS, _PARTS, strict=True) if getattr(slot, part) >= 0}
    keys = {"certification": "name", "earned": "earned_as", "renewed": "renewed_as", "route": "route_as"}
    parts = {key: word[part] for part, key in {**keys, "issuer_says_expires": "expires_as"}.items() if part in word}
    places = {"place": slot.certification, "earned_at": slot.earned, "renewed_at": slot.renewed}
    places["expires_at"] = slot.issuer_says_expires
    names = {key: quoted(prefix + layout.name(column)) for key, column in places.items() if column >= 0}
    return {**parts, **names, "shown": word["certification"]}


# ``cells.name_and_date``: a date after the last colon, or in brackets at the end.
_AFTER = "split_part({0}, ':', -1)"
_INSIDE = "split_part(left({0}, length({0}) - 1), CASE right({0}, 1) WHEN ')' THEN '(' ELSE '[' END, -1)"


def _untimed(e: str) -> str:
    """An entry without the time of its day."""
    return f"regexp_replace({e}, {quoted(TIMED)}, '\\1\\2')"


def _way(e: str) -> str:
    """How an entry is dated: 1 after a colon, 2 in brackets, 0 not at all."""
    after, inside, dated = _AFTER.format(e), _INSIDE.format(e), quoted(DATED)
    return (
        f"CASE WHEN contains({e}, ':') AND regexp_full_match({trimmed(after)}, {dated}) THEN 1 "
        f"WHEN right({e}, 1) IN (')', ']') AND length({inside}) < length({e}) - 1 "
        f"AND regexp_full_match({trimmed(inside)}, {dated}) THEN 2 ELSE 0 END"
    )


def _name(e: str) -> str:
    """The name before the date, if there is one."""
    after, inside = _AFTER.format(e), _INSIDE.format(e)
    before, outside = _cut(e, after, 1), _cut(e, inside, 2)
    return f"CASE way WHEN 1 THEN {before} WHEN 2 THEN {outside} ELSE {e} END"


def _cut(e: str, last: str, signs: int) -> str:
    """An entry without its *last* part and the *signs* around that."""
    return f"nullif({trimmed(f'left({e}, length({e}) - length({last}) - {signs})')}, '')"


def _day(e: str) -> str:
    """The date as it is written."""
    return f"CASE way WHEN 1 THEN {trimmed(_AFTER.format(e))} WHEN 2 THEN {trimmed(_INSIDE.format(e))} END"


def _alike(layout: Layout) -> str:
    if len(layout.slots) != 1:
        return "replace(lower(coalesce(name, known, '') || chr(31) || coalesce(earned_as, '')), ' ', '')"
    return "replace(lower(w1), ' ', '')" if isinstance(layout.slots[0], ListSlot) else "NULL::VARCHAR"


# --- what is known of an item, and what is wrong with it --------------------------------------------------------------

_WRONG = "name_code IS NOT NULL OR day_code IS NOT NULL OR last_code IS NOT NULL OR len(bad_renewals) > 0"
_MEANT = (
    "CASE WHEN NOT wrong THEN id END AS certification, CASE WHEN NOT wrong THEN day END AS earned, "
    "CASE WHEN NOT wrong THEN list_sort(list_distinct(list_transform(renewals, lambda r: r.day))) END AS renewed, "
    "CASE WHEN NOT wrong THEN route_as END AS route, CASE WHEN NOT wrong THEN last END AS issuer_says_expires"
)


def _identified(terms: Terms, texts: str) -> str:
    """Texts become ids and days."""
    code = f"day_code(e, day_of(e), DATE '{terms.as_of}', 'roster-date-future')"
    parts = f"list_transform({_split('renewed_as', terms.separators)}, lambda e: {trimmed('e')})"
    each = f"lambda e: {{'text': e, 'day': day_of(e), 'code': {code}}}"
    renewals = f"coalesce(list_transform(list_filter({parts}, lambda e: e <> ''), {each}), []) AS renewals"
    found = looked_up(texts, "certification", "name", "found")
    return (
        f"SELECT *, coalesce(known, found) AS id, day_of(earned_as) AS day, day_of(expires_as) AS last, {renewals} "
        f"FROM ({found})"
    )


def _codes(terms: Terms) -> str:
    """What is wrong with the name, the day, the last day, and the renewals."""
    return (
        "CASE WHEN known IS NOT NULL THEN NULL WHEN name IS NULL THEN 'roster-certification-missing' "
        "ELSE certification_code(name, id) END AS name_code, "
        f"day_code(earned_as, day, DATE '{terms.as_of}', 'roster-date-future') AS day_code, "
        f"day_code(expires_as, last, DATE '{LATEST}', 'roster-date-late') AS last_code, "
        "list_filter(renewals, lambda r: r.code IS NOT NULL) AS bad_renewals"
    )


def _finding_if(code: str, at: str, value: str) -> str:
    return f"CASE WHEN {code} IS NOT NULL THEN {finding_at(at, 'certification', value, code)} END"


# An entry of a list is shown as a whole, a cell of its own as it is.
_OF_CELLS = ", ".join(
    (
        _finding_if("name_code", "place", "shown"),
        _finding_if("day_code", "earned_at", "CASE WHEN place = earned_at THEN shown ELSE earned_as END"),
        _finding_if("last_code", "expires_at", "expires_as"),
    )
)
_OF_RENEWALS = f"list_transform(bad_renewals, lambda r: {finding_at('renewed_at', 'renewed', 'r.text', 'r.code')})"
_FINDINGS = f"list_concat(list_filter([{_OF_CELLS}], lambda f: f IS NOT NULL), {_OF_RENEWALS})"
