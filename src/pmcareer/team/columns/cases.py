"""Cases of a large roster: two scans, into counts of what stands alone and lines of what may belong together.

Tables made here, all temporary:

``cases``
    What may be held, of one certification: ``case_id``, ``own`` (number of the certification), ``circle`` (number of
    what it is answered with), ``joins`` (there are others in the circle), ``earned``, ``more`` (renewals, route and the
    issuer's day as text; NULL for none). ``cases_of`` tells the case of each of the roster's items.
``kept.lines``
    Holdings of which a person may have several in one circle, in a compressed database in memory: ``person``, the
    groups asked for, ``case_id``, ``h`` (a hash of person and circle).
``single`` and ``keys``
    How often, ``n``, each case stands alone, by groups; and in all, with what the case is.
``joint`` with ``joint_keys`` and ``suit_keys``
    Persons with several holdings of one circle, each with a ``case_id``: of ``joint_keys``, where the case is ``rows``,
    or, in suites that forget (``suites``), of ``suit_keys``: a ``kind`` of ``suit_kinds`` and one ``day``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow
from pmcareer.renewals.scheme import Scheme
from pmcareer.team.columns.database import insert
from pmcareer.team.columns.engine import rule_spans
from pmcareer.team.columns.roster import Lines
from pmcareer.team.columns.suites import forgetting_circles
from pmcareer.team.interactions import Circles, circle_of
from pmcareer.team.standings import StandingBook, in_case_order
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Numbers:
    """Certifications by number and back; in a database numbers are shorter than names."""

    certifications: tuple[CertificationId, ...]

    def of(self, certification: CertificationId) -> int:
        """The number of a certification."""
        return self.certifications.index(certification)


def count_lines(
    connection: duckdb.DuckDBPyConnection,
    source: Lines,
    groups: Sequence[str],
    circles: Circles,
    numbers: Numbers,
    among: Collection[CertificationId] | None = None,
) -> None:
    """Make ``cases`` and ``kept.lines``; *among*: the certifications that are looked at, None for all."""
    _find_cases(connection, circles, numbers, numbers.certifications if among is None else among)
    connection.execute("SET preserve_insertion_order = false")  # counts have none, and it costs memory
    connection.execute("ATTACH IF NOT EXISTS ':memory:' AS kept (COMPRESS)")
    connection.execute(
        f"CREATE OR REPLACE TABLE kept.lines AS SELECT person, {_named(groups)}case_id, {KEY} AS h "
        f"FROM {_with_cases(source)} WHERE {_several(connection)}"
    )


def _find_cases(
    connection: duckdb.DuckDBPyConnection, circles: Circles, numbers: Numbers, among: Collection[CertificationId]
) -> None:
    rows = [
        (own, n, numbers.of(circle_of(own, circles)), own in circles)
        for n, own in enumerate(numbers.certifications)
        if own in among
    ]
    columns = {"certification": "VARCHAR", "own": "SMALLINT", "circle": "SMALLINT", "joins": "BOOLEAN"}
    insert(connection, "numbers", columns, rows)
    same = "dense_rank() OVER (ORDER BY own, earned, more) AS case_id"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE cases_of AS SELECT *, {same} FROM "
        f"(SELECT item, certification, own, circle, joins, earned, {_MORE} AS more FROM items JOIN numbers "
        "USING (certification))"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE cases AS SELECT DISTINCT ON (case_id) case_id, own, circle, joins, earned, more "
        "FROM cases_of"
    )


KEY = "hash(person, circle)"
# Most holdings have no more than a day; those that have are told apart by one short text.
_MORE = (
    "CASE WHEN len(renewed) > 0 OR route IS NOT NULL OR issuer_says_expires IS NOT NULL THEN "
    "concat_ws('|', coalesce(array_to_string(list_sort(renewed), ','), ''), "
    "coalesce(issuer_says_expires::VARCHAR, ''), coalesce(route, '')) END"
)


def _with_cases(source: Lines) -> str:
    return f"({source.select}) l JOIN cases_of USING (item)"


def _several(connection: duckdb.DuckDBPyConnection) -> str:
    """Whether somebody may hold several of a circle: there are others, or lines of the same certification."""
    repeats = connection.execute("SELECT 1 FROM repeats LIMIT 1").fetchall()
    return "(joins OR hash(person, certification) IN (FROM repeats))" if repeats else "joins"


def alone(connection: duckdb.DuckDBPyConnection, source: Lines) -> str:
    """A select of the lines of sorted cases that stand alone: ``person`` and ``case_id``."""
    together = f"{_several(connection)} AND {KEY} IN (FROM likely)"
    return f"SELECT person, case_id FROM {_with_cases(source)} WHERE NOT ({together})"


def _named(groups: Sequence[str]) -> str:
    return "".join(f"{group}, " for group in groups)


def sort_cases(
    connection: duckdb.DuckDBPyConnection, source: Lines, groups: Sequence[str], suites: Suites | None = None
) -> None:
    """Make ``keys``, ``single`` and ``joint`` of counted lines; with *suites* cases that these make alike become one.

    Who has several holdings of a circle is first looked for by hash, and then by name: two names of one hash make
    joint cases of one holding each.
    """
    named = _named(groups)
    counted = f"SELECT {named}case_id, count(*) AS n FROM"
    statements = (
        "CREATE OR REPLACE TEMP TABLE likely AS SELECT h FROM kept.lines GROUP BY h HAVING count(*) > 1",
        f"CREATE OR REPLACE TEMP TABLE together AS SELECT person, {named}own, circle, earned, more "
        "FROM kept.lines SEMI JOIN likely USING (h) JOIN cases USING (case_id)",
        f"CREATE OR REPLACE TEMP TABLE single AS "
        f"{counted} {_with_cases(source)} WHERE NOT {_several(connection)} GROUP BY ALL UNION ALL "
        f"{counted} kept.lines ANTI JOIN likely USING (h) GROUP BY ALL",
        "CREATE OR REPLACE TEMP TABLE keys AS SELECT case_id, own, earned, more, n FROM "
        "(SELECT case_id, sum(n)::BIGINT AS n FROM single GROUP BY case_id) JOIN cases USING (case_id)",
    )
    for statement in statements:
        connection.execute(statement)
    _sort_suited(connection, groups, suites)
    _sort_joint(connection, groups)


def _sort_suited(connection: duckdb.DuckDBPyConnection, groups: Sequence[str], suites: Suites | None) -> None:
    """``suited``: who holds several of a forgetting suite, each once, of which only the days are known.

    ``own`` was earned last, on ``day``; ``before`` are the spans (``span`` of ``spans``) of all others. Day and
    certification are one number, which is faster than lists; ``other`` differs where two were earned on the last day.
    """
    spans = list(suites.spans(connection)) if suites and suites.circles else []
    columns = {"span": "INTEGER", "own": "SMALLINT", "first": "DATE", "last": "DATE"}
    insert(connection, "spans", columns, [(span[0] * _MOST + n, *span) for n, span in enumerate(spans)])
    circles = ", ".join(map(str, suites.circles)) if suites and suites.circles else "NULL"
    days = f"(earned - DATE '1900-01-01') * {_MOST}"
    held = (
        f"SELECT person, circle, {_any(groups)}max(earned) AS day, max({days} + t.own) % {_MOST} AS own, "
        f"{_MOST} - 1 - max({days} + {_MOST} - 1 - t.own) % {_MOST} AS other, list_sort(list(span)) AS held "
        "FROM together t LEFT JOIN spans s ON t.own = s.own AND t.earned BETWEEN s.first AND s.last "
        f"WHERE circle IN ({circles}) GROUP BY person, circle "
        f"HAVING count(*) BETWEEN 2 AND {suites.most if suites else 0} "
        "AND bool_and(earned IS NOT NULL AND more IS NULL)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE suited AS SELECT person, circle, {_named(groups)}own, day, "
        f"list_filter(held, lambda span: span // {_MOST} <> own) AS before FROM ({held}) WHERE own = other "
        f"AND list_unique(list_transform(held, lambda span: span // {_MOST})) = len(held)"
    )


_MOST = 10_000  # certifications, and spans of them, that a number has room for


def _sort_joint(connection: duckdb.DuckDBPyConnection, groups: Sequence[str]) -> None:
    statements = (
        "CREATE OR REPLACE TEMP TABLE suit_kinds AS SELECT row_number() OVER () AS kind, * "
        "FROM (SELECT DISTINCT before, own FROM suited)",
        f"CREATE OR REPLACE TEMP TABLE suit_days AS SELECT person, {_named(groups)}kind, day "
        "FROM suited JOIN suit_kinds USING (before, own)",
        "CREATE OR REPLACE TEMP TABLE suit_keys AS SELECT (SELECT count(*) FROM cases) + row_number() OVER () "
        "AS case_id, kind, day FROM (SELECT DISTINCT kind, day FROM suit_days)",
        f"CREATE OR REPLACE TEMP TABLE persons AS SELECT person, {_any(groups)}"
        "list_sort(list({'own': own, 'earned': earned, 'more': more})) AS rows "
        "FROM together ANTI JOIN suited USING (person, circle) GROUP BY person, circle",
        "CREATE OR REPLACE TEMP TABLE joint_keys AS SELECT (SELECT count(*) FROM cases) + "
        "(SELECT count(*) FROM suit_keys) + row_number() OVER () AS case_id, rows "
        "FROM (SELECT DISTINCT rows FROM persons)",
        f"CREATE OR REPLACE TEMP TABLE joint AS SELECT person, {_named(groups)}case_id "
        f"FROM persons JOIN joint_keys USING (rows) UNION ALL SELECT person, {_named(groups)}case_id "
        "FROM suit_days JOIN suit_keys USING (kind, day)",
    )
    for statement in statements:
        connection.execute(statement)


def _any(groups: Sequence[str]) -> str:
    return "".join(f"any_value({group}) AS {group}, " for group in groups)


@dataclass(frozen=True, slots=True)
class Suites:
    """The circles in which an award forgets what was before, by number, and the engine to find their spans.

    ``most``: who holds more of a circle is asked about with all days, since their order may matter.
    """

    circles: tuple[int, ...]
    scheme: Scheme
    as_of: date
    numbers: Numbers
    most: int = _MOST

    def spans(self, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, date, date]]:
        """The spans of every certification that stands in such a circle, over the days that occur."""
        rows = connection.execute(
            f"SELECT own, min(earned), max(earned) FROM together WHERE circle IN ({', '.join(map(str, self.circles))}) "
            "AND earned IS NOT NULL GROUP BY own ORDER BY own"
        ).fetchall()
        for own, first, last in rows:
            name = self.numbers.certifications[own]
            yield from ((own, *span) for span in rule_spans(self.scheme, name, self.as_of, first, last))


def suites_of(book: StandingBook, numbers: Numbers) -> Suites:
    """The forgetting suites among the circles of *book*."""
    found = forgetting_circles(book.scheme, book.circles, book.as_of)
    return Suites(tuple(sorted(map(numbers.of, found))), book.scheme, book.as_of, numbers)


def case_of(rows: Iterable[dict[str, Any]], numbers: Numbers) -> tuple[HoldingRow, ...]:
    """The case that a list of structs stands for."""
    return tuple(sorted((_row(one, numbers) for one in rows), key=in_case_order))


def _row(one: dict[str, Any], numbers: Numbers) -> HoldingRow:
    certification = numbers.certifications[one["own"]]
    if one["more"] is None:
        return HoldingRow(0, "", certification, one["earned"])
    renewed, says, route = one["more"].split("|", 2)
    return HoldingRow(
        0,
        "",
        certification,
        one["earned"],
        tuple(date.fromisoformat(day) for day in renewed.split(",") if day),
        route or None,
        date.fromisoformat(says) if says else None,
    )
