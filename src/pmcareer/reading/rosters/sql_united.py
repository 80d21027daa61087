"""The rules of ``united`` as SQL: what several lines tell of one holding, put together.

Lines of the same person and certification are first looked for by hashes, so that only few are looked at twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmcareer.model.rosters import ROUTES_PARTED
from pmcareer.reading.rosters.cells import EARLIEST
from pmcareer.reading.rosters.sql import quoted
from pmcareer.reading.rosters.sql_lines import TEXT_FIELDS
from pmcareer.reading.rosters.tables import Part
from pmcareer.reading.rosters.temporary import Temporary

_PAIR = "hash(person, certification)"
_ORDER = "part, source_row, slot"
_MEANT = "earned, renewed, route, issuer_says_expires"
_OF_ONE = "person, certification, award"
"""What lines of one holding have in common; ``award``: its day."""


def unite_lines(made: Temporary, parts: Sequence[Part]) -> None:
    """``twins``: persons and certifications with several lines of one holding; ``united``: what these come to.

    ``united_items``: what is meant by those of them that are put together, numbered after all other items.
    ``repeats``: hashes of every person and certification with several holdings, and maybe of some others. What adds
    nothing, contradicts, or is of another award becomes a finding.
    """
    _find_suspects(made)
    made.table("twins", "SELECT DISTINCT person, certification FROM suspects WHERE turn > 1")
    _put_together(made)
    first = " + ".join(f"(SELECT count(*) FROM items{n})" for n, part in enumerate(parts) if part.layout.slots) or "0"
    different = f"SELECT DISTINCT certification, {_MEANT} FROM together"
    made.table("united_items", f"SELECT ({first} + row_number() OVER ())::INTEGER AS item, * FROM ({different})")
    same = " AND ".join(f"t.{one} IS NOT DISTINCT FROM i.{one}" for one in ("certification", *_MEANT.split(", ")))
    columns = ", ".join(("source_row", "person", *TEXT_FIELDS, "item", "certification", *_MEANT.split(", ")))
    alone = f"ANTI JOIN (SELECT {_OF_ONE} FROM together) j ON {_is_of('s', 'j')}"
    made.table(
        "united",
        f"SELECT t.* EXCLUDE (award), i.item FROM together t JOIN united_items i ON {same} UNION ALL BY NAME "
        f"SELECT {columns} FROM suspects s SEMI JOIN twins USING (person, certification) {alone}",
    )
    _tell(made)
    several = "SELECT person, certification FROM suspects GROUP BY ALL HAVING count(DISTINCT award) + "
    made.table("repeats", f"SELECT {_PAIR} AS h FROM ({several} max((award IS NULL)::INTEGER) > 1)")


def _find_suspects(made: Temporary) -> None:
    """``suspects``: lines of the same person and certification, with ``award`` and ``turn`` among those of one holding.

    Lines without a day come last there; ``same`` counts those that say the same. What says no day is of the one award
    that there is, if there is only one.
    """
    made.table("pair_hashes", f"SELECT {_PAIR} AS h FROM held_lines GROUP BY h HAVING count(*) > 1")
    lines = f"SELECT * FROM held_lines SEMI JOIN pair_hashes ON {_PAIR} = pair_hashes.h"
    if not made.holds("pair_hashes"):
        lines = "SELECT * FROM held_lines WHERE false"
    made.table("likely_lines", lines)
    made.table(
        "pairs",
        "SELECT person, certification, max(earned) AS latest, coalesce(min(earned) < max(earned), false) AS several "
        "FROM likely_lines GROUP BY ALL HAVING count(*) > 1",
    )
    award = "CASE WHEN several THEN earned ELSE latest END AS award"
    named = f"SELECT * EXCLUDE (latest, several), {award} FROM likely_lines JOIN pairs USING (person, certification)"
    order = f"ORDER BY earned IS NULL, {_ORDER})"
    turn = f"row_number() OVER (PARTITION BY {_OF_ONE} {order} AS turn"
    same = f"row_number() OVER (PARTITION BY {_OF_ONE}, renewed, route, issuer_says_expires {order} AS same"
    made.table("suspects", f"SELECT *, {turn}, {same} FROM ({named})")
    made.database.execute("DROP TABLE likely_lines")


def _put_together(made: Temporary) -> None:
    """``together``: one row for several lines of one holding; ``ways``: each of their renewals with its way."""
    made.table("shared", f"SELECT {_OF_ONE} FROM suspects GROUP BY ALL HAVING count(*) > 1")
    made.view("sharing", f"SELECT s.* FROM suspects s SEMI JOIN shared j ON {_is_of('s', 'j')}")
    each = f"SELECT {_OF_ONE}, unnest({_renewals()}) AS r FROM sharing WHERE len(renewed) > 0"
    made.table(
        "ways",
        f"SELECT {_OF_ONE}, r.day AS day, CASE WHEN min(r.way) = max(r.way) THEN min(r.way) ELSE '' END AS way, "
        f"coalesce(min(r.way) < max(r.way), false) AS disputed FROM ({each}) GROUP BY ALL",
    )
    renewed = f"SELECT {_OF_ONE}, list(day ORDER BY day) AS days, list(way ORDER BY day) AS ways FROM ways GROUP BY ALL"
    told = f"coalesce(renewed[-1], award, DATE '{EARLIEST}')"
    says = f"first(issuer_says_expires ORDER BY {told} DESC, issuer_says_expires)"
    fields = ", ".join(f"any_value({name}) AS {name}" for name in TEXT_FIELDS)
    joined = (
        f"SELECT {_OF_ONE}, arg_min(source_row, part * {_MOST_ROWS} + source_row) AS source_row, {fields}, "
        f"{says} FILTER (WHERE issuer_says_expires IS NOT NULL) AS issuer_says_expires FROM sharing GROUP BY ALL"
    )
    made.table(
        "together",
        f"SELECT l.*, l.award AS earned, coalesce(days, []::DATE[]) AS renewed, {_ROUTE} AS route FROM ({joined}) l "
        f"LEFT JOIN ({renewed}) r ON {_is_of('l', 'r')}",
    )


_MOST_ROWS = 10**12  # more than a part has
_ROUTE = (
    "CASE WHEN array_to_string(ways, '') = '' THEN NULL WHEN array_to_string(ways[:-2], '') = '' THEN ways[-1] "
    f"ELSE array_to_string(ways, {quoted(ROUTES_PARTED)}) END"
)


def _is_of(one: str, other: str) -> str:
    """Whether two rows are of one holding."""
    same = f"{one}.person = {other}.person AND {one}.certification = {other}.certification"
    return f"{same} AND {one}.award IS NOT DISTINCT FROM {other}.award"


def _renewals() -> str:
    """The renewals of a line, each with its way: ``HoldingRow.routes``."""
    parted = f"string_split(route, {quoted(ROUTES_PARTED)})"
    own = f"CASE WHEN len({parted}) = len(renewed) THEN nullif({parted}[n], '') WHEN n = len(renewed) THEN route END"
    return f"list_transform(range(1, len(renewed) + 1), lambda n: {{'day': renewed[n], 'way': {own}}})"


def _tell(made: Temporary) -> None:
    """Findings about lines that add nothing, are of another award, or contradict others."""
    twice = "turn > 1 AND (same > 1 OR (len(renewed) = 0 AND issuer_says_expires IS NULL))"
    other = f"turn = 1 AND row_number() OVER (PARTITION BY person, certification, turn = 1 ORDER BY {_ORDER}) > 1"
    code = f"CASE WHEN {twice} THEN 'roster-holding-twice' WHEN {other} THEN 'roster-holding-again' END AS code"
    _find(made, f"SELECT *, {code} FROM suspects")
    lines = f"SELECT * FROM sharing WHERE NOT ({twice})"
    said = f"SELECT l.* FROM ({lines}) l JOIN together t ON {_is_of('l', 't')}"
    differs = [f"{said} WHERE l.issuer_says_expires <> t.issuer_says_expires"]
    if made.holds("ways", "disputed"):
        each = f"SELECT *, unnest({_renewals()}) AS r FROM ({lines}) WHERE len(renewed) > 0"
        disputed = f"(SELECT * FROM ways WHERE disputed) w ON {_is_of('l', 'w')} AND r.day = w.day"
        differs.append(f"SELECT * EXCLUDE (r) FROM ({each}) l SEMI JOIN {disputed} WHERE r.way IS NOT NULL")
    _find(made, f"SELECT *, 'roster-holding-differs' AS code FROM ({' UNION '.join(differs)})")


def _find(made: Temporary, lines: str) -> None:
    made.database.execute(
        "INSERT INTO extra_findings SELECT source_row, place, 'certification', certification, code "
        f"FROM ({lines}) WHERE code IS NOT NULL"
    )
