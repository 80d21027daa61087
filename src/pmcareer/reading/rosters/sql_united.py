"""The rules of ``united`` as SQL: what several lines tell of one holding, put together.

Lines of the same person and certification are first looked for by hashes, so that only few are looked at twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmcareer.model.rosters import ROUTES_PARTED
from pmcareer.reading.rosters.cells import EARLIEST, LATEST
from pmcareer.reading.rosters.sql import quoted
from pmcareer.reading.rosters.sql_lines import TEXT_FIELDS
from pmcareer.reading.rosters.tables import Part
from pmcareer.reading.rosters.temporary import Temporary

_PAIR = "hash(person, certification)"
_ORDER = "part, source_row, slot"
_MEANT = "earned, renewed, route, issuer_says_expires"
_OF_ONE = "pair, award"
"""What lines of one holding have in common: the number of person and certification, and the day of the award."""


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
        f"SELECT t.* EXCLUDE (pair, award), i.item FROM together t JOIN united_items i ON {same} UNION ALL BY NAME "
        f"SELECT {columns} FROM suspects s SEMI JOIN twins USING (person, certification) {alone}",
    )
    _tell(made)
    several = "SELECT person, certification FROM suspects WHERE turn = 1 GROUP BY ALL HAVING count(*) > 1"
    made.table("repeats", f"SELECT {_PAIR} AS h FROM ({several})")


def _find_suspects(made: Temporary) -> None:
    """``suspects``: lines of the same person and certification, with ``award`` and ``turn`` among those of one holding.

    Lines without a day come last there. What says no day is of the one award that there is, if there is only one.
    """
    made.table("pair_hashes", f"SELECT {_PAIR} AS h FROM held_lines GROUP BY h HAVING count(*) > 1")
    lines = f"SELECT * FROM held_lines SEMI JOIN pair_hashes ON {_PAIR} = pair_hashes.h"
    if not made.holds("pair_hashes"):
        lines = "SELECT * FROM held_lines WHERE false"
    made.table("likely_lines", lines)
    made.table(
        "pairs",
        "SELECT row_number() OVER () AS pair, * FROM (SELECT person, certification, max(earned) AS latest, "
        "coalesce(min(earned) < max(earned), false) AS several FROM likely_lines GROUP BY ALL HAVING count(*) > 1)",
    )
    award = "CASE WHEN several THEN earned ELSE latest END AS award"
    places = f"l.rowid AS line, pair, {award}, earned IS NULL AS undated, {_ORDER}"
    named = f"SELECT {places} FROM likely_lines l JOIN pairs USING (person, certification)"
    # Sorting whole lines costs ten times more than sorting their places.
    turn = f"row_number() OVER (PARTITION BY {_OF_ONE} ORDER BY undated, {_ORDER}) AS turn"
    turns = f"SELECT line, {_OF_ONE}, {turn} FROM ({named})"
    made.table("suspects", f"SELECT l.*, t.* FROM likely_lines l JOIN ({turns}) t ON l.rowid = t.line")
    made.database.execute("DROP TABLE likely_lines")


def _put_together(made: Temporary) -> None:
    """``together``: one row for several lines of one holding; ``ways``: each of their renewals with its way."""
    made.table("shared", f"SELECT {_OF_ONE} FROM suspects GROUP BY ALL HAVING count(*) > 1")
    made.view("sharing", f"SELECT s.* FROM suspects s SEMI JOIN shared j ON {_is_of('s', 'j')}")
    made.table(
        "ways",
        f"SELECT {_OF_ONE}, r.day AS day, CASE WHEN min(r.way) = max(r.way) THEN min(r.way) ELSE '' END AS way, "
        f"coalesce(min(r.way) < max(r.way), false) AS disputed FROM ({_renewals('sharing')}) GROUP BY ALL",
    )
    listed = f"SELECT {_OF_ONE}, list_sort(list({{'day': day, 'way': way}})) AS own FROM ways GROUP BY ALL"
    days, each_way = "list_transform(own, lambda r: r.day) AS days", "list_transform(own, lambda r: r.way) AS ways"
    renewed = f"SELECT {_OF_ONE}, {days}, {each_way} FROM ({listed})"
    told = f"coalesce(renewed[-1], award, DATE '{EARLIEST}')"
    since, left = f"({told} - DATE '{EARLIEST}')", f"(DATE '{LATEST}' - issuer_says_expires)"
    latest = f"max({since} * {_MOST_DAYS} + {left}) FILTER (WHERE issuer_says_expires IS NOT NULL)"
    says = f"DATE '{LATEST}' - ({latest} % {_MOST_DAYS})::INTEGER AS issuer_says_expires"
    fields = ", ".join((_OF_ONE, "source_row", "person", "certification", *TEXT_FIELDS))
    made.table(
        "together",
        f"SELECT l.*, l.award AS earned, coalesce(days, []::DATE[]) AS renewed, {_ROUTE} AS route, issuer_says_expires "
        f"FROM (SELECT {fields} FROM sharing WHERE turn = 1) l "
        f"JOIN (SELECT {_OF_ONE}, {says} FROM sharing GROUP BY ALL) i ON {_is_of('l', 'i')} "
        f"LEFT JOIN ({renewed}) r ON {_is_of('l', 'r')}",
    )


_MOST_DAYS = 10**6  # more than lie between any two
_ROUTE = (
    "CASE WHEN array_to_string(ways, '') = '' THEN NULL WHEN array_to_string(ways[:-2], '') = '' THEN ways[-1] "
    f"ELSE array_to_string(ways, {quoted(ROUTES_PARTED)}) END"
)


def _is_of(one: str, other: str) -> str:
    """Whether two rows are of one holding."""
    return f"{one}.pair = {other}.pair AND {one}.award IS NOT DISTINCT FROM {other}.award"


def _renewals(lines: str) -> str:
    """Each renewal of *lines* as ``r``, with its day and way: ``HoldingRow.routes``."""
    each = "WHEN len(ways) = len(renewed) THEN nullif(trim(ways[n]), '') WHEN n = len(renewed) THEN route"
    made = f"list_transform(range(1, len(renewed) + 1), lambda n: {{'day': renewed[n], 'way': CASE {each} END}})"
    # Parted once a line, not once a renewal.
    parted = f"SELECT *, string_split(route, {quoted(ROUTES_PARTED)}) AS ways FROM {lines} WHERE len(renewed) > 0"
    return f"SELECT line, {_OF_ONE}, unnest({made}) AS r FROM ({parted})"


def _tell(made: Temporary) -> None:
    """Findings about lines that add nothing, are of another award, or contradict others."""
    _find_idle(made)
    _find(made, "SELECT *, 'roster-holding-twice' AS code FROM suspects SEMI JOIN idle USING (line)")
    other = f"row_number() OVER (PARTITION BY pair ORDER BY {_ORDER}) > 1"
    again = "SELECT s.*, 'roster-holding-again' AS code FROM suspects s JOIN pairs p USING (pair)"
    _find(made, f"{again} WHERE turn = 1 AND several QUALIFY {other}")
    lines = "SELECT * FROM sharing ANTI JOIN idle USING (line)"
    said = f"SELECT line FROM ({lines}) l JOIN together t ON {_is_of('l', 't')}"
    differing = f"{said} WHERE l.issuer_says_expires <> t.issuer_says_expires"
    if made.holds("ways", "disputed"):
        disputed = f"(SELECT * FROM ways WHERE disputed) w ON {_is_of('l', 'w')} AND r.day = w.day"
        differing += (
            f" UNION SELECT line FROM ({_renewals(f'({lines})')}) l SEMI JOIN {disputed} WHERE r.way IS NOT NULL"
        )
    _find(made, f"SELECT *, 'roster-holding-differs' AS code FROM suspects SEMI JOIN ({differing}) USING (line)")


def _find_idle(made: Temporary) -> None:
    """``idle``: lines that say nothing, or nothing but what an earlier one of the same holding says."""
    more = "renewed, route, issuer_says_expires"
    spoken = f"SELECT {_OF_ONE}, {more}, min(turn) AS first FROM sharing GROUP BY ALL HAVING count(*) > 1"
    same = " AND ".join(f"l.{one} IS NOT DISTINCT FROM s.{one}" for one in more.split(", "))
    repeated = f"SELECT line FROM suspects l JOIN ({spoken}) s ON {_is_of('l', 's')} AND {same} WHERE turn > first"
    nothing = "SELECT line FROM suspects WHERE turn > 1 AND len(renewed) = 0 AND issuer_says_expires IS NULL"
    made.table("idle", f"{nothing} UNION {repeated}")


def _find(made: Temporary, lines: str) -> None:
    made.database.execute(
        "INSERT INTO extra_findings SELECT source_row, place, 'certification', certification, code "
        f"FROM ({lines}) WHERE code IS NOT NULL"
    )
