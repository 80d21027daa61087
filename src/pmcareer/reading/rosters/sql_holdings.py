"""The rules of ``plain`` on holdings as SQL: what a row's cells tell of holdings becomes lines, or findings.

A list in one cell, and several columns that tell of holdings, are taken apart into a line each; a holding a row is a
line already.
"""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.reading.rosters.cells import DATED, LATEST
from pmcareer.reading.rosters.layout import DatedSlot, Layout, ListSlot, PartsSlot, Slot, columns_of
from pmcareer.reading.rosters.plain import HELD, NOT_HELD
from pmcareer.reading.rosters.sql import characters, finding_at, looked_up, quoted, trimmed
from pmcareer.reading.rosters.terms import Terms
from pmcareer.values import dataclass

# What is told of a holding, as text; each item has them all.
_ITEM = ("place", "shown", "known", "name", "earned_at", "earned_as")
_MORE = ("renewed_at", "renewed_as", "route_as", "expires_at", "expires_as")


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows that become lines: their select, the columns that each line has, and the kind of a row's own line.

    The rows have ``person``, ``own_findings``, and a text ``t<n>`` for each column that tells of holdings.
    """

    rows: str
    columns: str
    kind: str
    prefix: str


def one_a_row(layout: Layout) -> bool:
    """Whether each row tells of one holding at most, so that no list of them is taken apart."""
    return len(layout.slots) == 1 and isinstance(layout.slots[0], PartsSlot)


def holding_lines(layout: Layout, terms: Terms, lines: Lines) -> str:
    """The select of a line for each holding, and one for each row itself unless it is that of its one holding."""
    entries = _one_a_row(layout, lines) if one_a_row(layout) else _entries(layout, terms, lines)
    judged = f"SELECT *, {_codes(layout, terms)} FROM ({_identified(layout, terms, entries)})"
    kind = (
        f"CASE WHEN fine THEN 'holding' WHEN item OR NOT own OR person IS NULL THEN 'none' "
        f"ELSE '{lines.kind}' END AS kind"
    )
    findings = f"CASE WHEN wrong THEN {_item_findings(layout)} WHEN own THEN own_findings END AS findings"
    if one_a_row(layout):
        both = f"list_concat({_item_findings(layout)}, own_findings)"
        findings = f"CASE WHEN wrong THEN {both} ELSE own_findings END AS findings"
    return (
        f"SELECT {kind}, {lines.columns}, {_item_columns(layout)}, {findings}, CASE WHEN item THEN place END AS place "
        f"FROM (SELECT *, item AND NOT wrong AS fine FROM (SELECT *, {_WRONG} AS wrong FROM ({judged})))"
    )


def _has_more(layout: Layout) -> bool:
    """Whether holdings may have more to them than a name and a day."""
    parts = [slot for slot in layout.slots if isinstance(slot, PartsSlot)]
    return any(max(slot.renewed, slot.route, slot.issuer_says_expires) >= 0 for slot in parts)


# --- items, as texts --------------------------------------------------------------------------------------------------


def _one_a_row(layout: Layout, lines: Lines) -> str:
    slot = layout.slots[0]
    parts = _parts(slot, layout, lines.prefix) if isinstance(slot, PartsSlot) else {}
    flags = f"person IS NOT NULL AND NOT ({_nothing(slot)}) AS item, true AS own, false AS twice"
    return f"SELECT *, {flags}, NULL::DATE AS iso_day, {_named(parts)} FROM ({lines.rows})"


def _entries(layout: Layout, terms: Terms, lines: Lines) -> str:
    """One line for each row itself (``own``) and one for each of its items; ``twice``: it stands in the row before."""
    slot = layout.slots[0]
    if len(layout.slots) == 1 and isinstance(slot, ListSlot):
        return _list_entries(slot, layout, terms, lines)
    return _mixed_entries(layout, terms, lines)


def _named(parts: Mapping[str, str]) -> str:
    return ", ".join(f"{parts.get(key, 'NULL::VARCHAR')} AS {key}" for key in (*_ITEM, *_MORE))


def _list_entries(slot: ListSlot, layout: Layout, terms: Terms, lines: Lines) -> str:
    """``cells.name_and_date`` of each entry; ``way``: 1 an ISO date after a colon, 2 another, 3 one in brackets.

    Of ISO dates after a colon, the most frequent, the day is at hand at once; other ways are looked into only then.
    """
    place, cell = quoted(lines.prefix + layout.name(slot.column)), f"t{slot.column}"
    written = f"CASE WHEN person IS NULL THEN NULL ELSE {_split(cell, terms.separators)} END"
    lowered = _split(f"replace(lower({cell}), ' ', '')", terms.separators)
    keys = f"CASE WHEN len(written) > 1 THEN {lowered} END"
    lists = f"SELECT *, {keys} AS keys FROM (SELECT *, {written} AS written FROM ({lines.rows}))"
    unnested = (
        f"SELECT {lines.columns}, own_findings, unnest(list_prepend(NULL, written)) AS e, "
        f"unnest(list_prepend(false, {_repeats('keys')})) AS again FROM ({lists})"
    )
    texts = f"SELECT *, e IS NULL AS own, coalesce(again, false) AS twice, text_of(e) AS entry FROM ({unnested})"
    iso = "CASE WHEN right(entry, 11) LIKE ':____-__-__' THEN TRY_CAST(right(entry, 10) AS DATE) END"
    ways = f"SELECT *, {_way('entry', 'iso_day IS NOT NULL')} AS way FROM (SELECT *, {iso} AS iso_day FROM ({texts}))"
    parts = {"place": place, "shown": "entry", "name": _name("entry"), "earned_at": place, "earned_as": _day("entry")}
    return f"SELECT * EXCLUDE (e, again, entry, way), entry IS NOT NULL AS item, {_named(parts)} FROM ({ways})"


def _repeats(keys: str) -> str:
    """For each of *keys* whether it stands there before; NULL where none does."""
    few = "CASE len({0}) WHEN 0 THEN false WHEN 1 THEN false WHEN 2 THEN {0}[1] = {0}[2] "
    few += "WHEN 3 THEN {0}[1] = {0}[2] OR {0}[1] = {0}[3] OR {0}[2] = {0}[3] ELSE true END"
    each = f"list_transform({keys}, lambda x, k: list_position({keys}, x) < k)"
    return f"CASE WHEN {few.format(keys)} THEN {each} END"


def _split(cell: str, separators: str) -> str:
    """The entries of a list as they are written; blanks, and blank ones, are still there."""
    first, rest = characters(separators[0]), separators[1:]
    if rest:
        signs = " OR ".join(f"contains({cell}, {characters(sign)})" for sign in rest)
        parted = f"translate({cell}, {characters(rest)}, {characters(separators[0] * len(rest))})"
        cell = f"CASE WHEN {signs} THEN {parted} ELSE {cell} END"
    return f"string_split({cell}, {first})"


_AFTER = "split_part({0}, ':', -1)"
_INSIDE = "split_part(left({0}, length({0}) - 1), CASE right({0}, 1) WHEN ')' THEN '(' ELSE '[' END, -1)"


def _way(e: str, iso: str) -> str:
    after, inside, dated = _AFTER.format(e), _INSIDE.format(e), quoted(DATED)
    return (
        f"CASE WHEN {e} IS NULL THEN 0 WHEN {iso} THEN 1 "
        f"WHEN contains({e}, ':') AND regexp_full_match({trimmed(after)}, {dated}) THEN 2 "
        f"WHEN right({e}, 1) IN (')', ']') AND length({inside}) < length({e}) - 1 "
        f"AND regexp_full_match({trimmed(inside)}, {dated}) THEN 3 ELSE 0 END"
    )


def _name(e: str, way: str = "way") -> str:
    """The name before the date, if there is one."""
    after, inside, before = _AFTER.format(e), _INSIDE.format(e), f"left({e}, -11)"
    return (
        f"CASE {way} WHEN 1 THEN CASE WHEN {e}[-12] BETWEEN '!' AND '~' THEN {before} ELSE text_of({before}) END "
        f"WHEN 2 THEN nullif({trimmed(f'left({e}, length({e}) - length({after}) - 1)')}, '') "
        f"WHEN 3 THEN nullif({trimmed(f'left({e}, length({e}) - length({inside}) - 2)')}, '') ELSE {e} END"
    )


def _day(e: str, way: str = "way") -> str:
    """The date as it is written (of the first way, with the name: its day is known already)."""
    return (
        f"CASE {way} WHEN 1 THEN {e} WHEN 2 THEN {trimmed(_AFTER.format(e))} "
        f"WHEN 3 THEN {trimmed(_INSIDE.format(e))} END"
    )


def _mixed_entries(layout: Layout, terms: Terms, lines: Lines) -> str:
    """Items of several slots, in the order of the slots; a struct each, until they are lines."""
    lists = ", ".join(_slot_items(slot, layout, terms, lines.prefix) for slot in layout.slots)
    written = f"SELECT *, CASE WHEN person IS NULL THEN NULL ELSE list_concat({lists}) END AS items FROM ({lines.rows})"
    key = "replace(lower(coalesce(i.name, i.known, '') || chr(31) || coalesce(i.earned_as, '')), ' ', '')"
    keyed = f"SELECT *, list_transform(items, lambda i: {key}) AS keys FROM ({written})"
    unnested = (
        f"SELECT {lines.columns}, own_findings, unnest(list_prepend(NULL, items)) AS i, "
        f"unnest(list_prepend(false, {_repeats('keys')})) AS again FROM ({keyed})"
    )
    parts = {key: f"i.{key}" for key in (*_ITEM, *_MORE)}
    return (
        f"SELECT * EXCLUDE (i, again), i IS NOT NULL AS item, i IS NULL AS own, "
        f"coalesce(again, false) AS twice, NULL::DATE AS iso_day, {_named(parts)} FROM ({unnested})"
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
    parts = f"list_transform({_split(f't{slot.column}', terms.separators)}, lambda e: {trimmed('e')})"
    entries = f"list_filter({parts}, lambda e: e <> '')"
    e, way = "p.e", _way("p.e", "false")
    texts = {
        "place": place,
        "shown": e,
        "name": _name(e, way),
        "earned_at": place,
        "earned_as": _day(e, way),
    }
    wrapped = f"list_transform({entries}, lambda e: {{'e': e}})"
    return f"coalesce(list_transform({wrapped}, lambda p: {_struct(texts)}), [])"


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


# --- what is known of an item, and what is wrong with it --------------------------------------------------------------

_WRONG = "item AND (twice OR name_code IS NOT NULL OR day_code IS NOT NULL OR last_code IS NOT NULL OR bad_renewals)"


def _identified(layout: Layout, terms: Terms, entries: str) -> str:
    """Texts become ids and days."""
    more = ""
    if _has_more(layout):
        code = f"day_code(e, day_of(e), DATE '{terms.as_of}', 'roster-date-future')"
        parts = f"list_transform({_split('renewed_as', terms.separators)}, lambda e: {trimmed('e')})"
        text = f"list_filter({parts}, lambda e: e <> '')"
        each = f"lambda e: {{'text': e, 'day': day_of(e), 'code': {code}}}"
        more = f", coalesce(list_transform({text}, {each}), []) AS renewals, day_of(expires_as) AS last"
    found = looked_up(entries, "certification", "name", "found")
    return f"SELECT *, coalesce(known, found) AS id, coalesce(iso_day, day_of(earned_as)) AS day{more} FROM ({found})"


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
        f"CASE WHEN {code} IS NOT NULL THEN {finding_at(at, 'certification', value, code)} END"
        for at, value, code in found
    )
    findings = f"list_filter([{each}], lambda f: f IS NOT NULL)"
    if _has_more(layout):
        renewals = finding_at("renewed_at", "renewed", "r.text", "r.code")
        findings = f"list_concat({findings}, list_transform({_BAD_RENEWALS}, lambda r: {renewals}))"
    wrong = "name_code IS NOT NULL OR day_code IS NOT NULL OR last_code IS NOT NULL OR bad_renewals"
    twice = finding_at("place", "certification", "id", "'roster-holding-twice'")
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
