"""Cases of a large roster: one scan into a narrow table, each distinct case to the engine once, answers joined back.

Tables made here, all temporary:

``kept.lines``
    One row a line of the roster, in a compressed database in memory: ``kind`` (person, holding, none), ``holds`` (it
    is a holding), the groups asked for, ``own`` (number of the certification), ``circle`` (number of what it is
    answered with), ``earned``, ``more`` (renewals, route and the issuer's day as text; NULL for none), ``findings``,
    ``h`` (a hash of person and circle), ``person`` (where the certification interacts with others, else NULL).
``single`` and ``joint``
    Counts of cases of one holding by groups, and persons with several holdings of one circle, each with a ``case_id``.
``answers``
    What the engine says of each case: ``case_id``, ``own``, ``status`` (number), ``expires``, ``conferred``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import DUE_WITHIN, Status
from pmcareer.team.columns.doubts import doubtful_days
from pmcareer.team.columns.roster import Lines
from pmcareer.team.columns.spans import DayCase, Seen
from pmcareer.team.columns.suites import SuiteCase, forgetting_circles, standings_by_day
from pmcareer.team.interactions import Circles, circle_of
from pmcareer.team.standings import COVERING, Standing, StandingBook, as_held, in_case_order, standing_of
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb

BATCH = 20_000
MEMORY_LIMIT = "320MB"
"""For the database; what exceeds it is spilled. The process needs as much again for Python and for reading."""
STATUSES = tuple(Status)
COVERING_NUMBERS = ", ".join(str(STATUSES.index(status)) for status in sorted(COVERING))

Answer = tuple[int, int, int, "date | None", bool]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Certifications by number and back; in a database numbers are shorter than names."""

    certifications: tuple[CertificationId, ...]

    def of(self, certification: CertificationId) -> int:
        """The number of a certification."""
        return self.certifications.index(certification)


def count_lines(
    connection: duckdb.DuckDBPyConnection, source: Lines, groups: Sequence[str], circles: Circles, numbers: Numbers
) -> None:
    """Make ``lines`` of the roster: the one scan of a question."""
    rows = [
        (own, n, numbers.of(circle_of(own, circles)), own in circles) for n, own in enumerate(numbers.certifications)
    ]
    insert(
        connection,
        "numbers",
        {"certification": "VARCHAR", "own": "SMALLINT", "circle": "SMALLINT", "joins": "BOOLEAN"},
        rows,
    )
    named = "".join(f"{group}, " for group in groups)
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    connection.execute("SET preserve_insertion_order = false")  # counts have none, and it costs memory
    connection.execute("ATTACH IF NOT EXISTS ':memory:' AS kept (COMPRESS)")
    connection.execute(
        f"CREATE OR REPLACE TABLE kept.lines AS SELECT kind, kind = 'holding' AS holds, {named}own, circle, earned, "
        f"{MORE} AS more, {source.findings}::INTEGER AS findings, "
        f"CASE WHEN kind = 'holding' THEN {KEY} END AS h, CASE WHEN joins THEN person END AS person "
        f"FROM ({source.select}) l LEFT JOIN numbers USING (certification)"
    )


KEY = "hash(person, circle)"
# Most holdings have no more than a day; those that have are told apart by one short text.
MORE = (
    "CASE WHEN len(renewed) > 0 OR route IS NOT NULL OR issuer_says_expires IS NOT NULL THEN "
    "concat_ws('|', coalesce(array_to_string(list_sort(renewed), ','), ''), "
    "coalesce(issuer_says_expires::VARCHAR, ''), coalesce(route, '')) END"
)


def sort_cases(
    connection: duckdb.DuckDBPyConnection, source: Lines, groups: Sequence[str], suites: Suites | None = None
) -> None:
    """Make ``single`` and ``joint`` of ``kept.lines``; with *suites* cases that these make alike become one.

    Who has several holdings of a circle is first looked for by hash, and then by name: two names of one hash make
    joint cases of one holding each.
    """
    named = "".join(f"{group}, " for group in groups)
    any_ = "".join(f"any_value({group}) AS {group}, " for group in groups)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE likely AS SELECT h FROM kept.lines WHERE holds GROUP BY h HAVING count(*) > 1"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE together AS SELECT * FROM ({_likely_lines(connection, source, named)}) l"
    )
    _find_spans(connection, suites)
    statements = (
        f"CREATE OR REPLACE TEMP TABLE counts AS SELECT {named}own, earned, more, count(*) AS n FROM kept.lines "
        "WHERE holds AND h NOT IN (FROM likely) GROUP BY ALL",
        "CREATE OR REPLACE TEMP TABLE keys AS SELECT row_number() OVER () AS case_id, own, earned, more "
        "FROM (SELECT DISTINCT own, earned, more FROM counts)",
        f"CREATE OR REPLACE TEMP TABLE single AS SELECT {named}case_id, n FROM counts c JOIN keys k ON c.own = k.own "
        "AND c.earned IS NOT DISTINCT FROM k.earned AND c.more IS NOT DISTINCT FROM k.more",
        f"CREATE OR REPLACE TEMP TABLE persons AS SELECT person, {any_}"
        "list_sort(list({'own': own, 'earned': earned, 'more': more, 'span': span})) AS rows "
        "FROM spanned GROUP BY person, circle",
        "CREATE OR REPLACE TEMP TABLE joint_keys AS SELECT (SELECT count(*) FROM keys) + row_number() OVER () "
        "AS case_id, rows FROM (SELECT DISTINCT rows FROM persons)",
        f"CREATE OR REPLACE TEMP TABLE joint AS SELECT person, {named}case_id "
        "FROM persons JOIN joint_keys USING (rows)",
    )
    for statement in statements:
        connection.execute(statement)


def _find_spans(connection: duckdb.DuckDBPyConnection, suites: Suites | None) -> None:
    """``spanned``: the lines of the likely; in forgetting suites with the ``span`` of all but the last award.

    Only where every holding has its own day and nothing more is known of it.
    """
    if suites is None or not suites.circles:
        connection.execute("CREATE OR REPLACE TEMP VIEW spanned AS SELECT *, NULL::DATE AS span FROM together")
        return
    insert(connection, "spans", {"own": "SMALLINT", "first": "DATE", "last": "DATE"}, list(suites.spans(connection)))
    circles = ", ".join(map(str, suites.circles))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE suited AS SELECT person, circle, max(earned) AS final FROM together "
        f"WHERE circle IN ({circles}) GROUP BY person, circle HAVING bool_and(earned IS NOT NULL AND more IS NULL) "
        "AND count(DISTINCT own) = count(*) AND count(DISTINCT earned) = count(*) AND count(*) > 1"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW spanned AS SELECT t.* EXCLUDE (earned), "
        "CASE WHEN final IS NULL OR earned = final THEN earned END AS earned, "
        "CASE WHEN earned < final THEN s.last END AS span FROM together t LEFT JOIN suited USING (person, circle) "
        "LEFT JOIN spans s ON earned < final AND t.own = s.own AND t.earned BETWEEN s.first AND s.last"
    )


@dataclass(frozen=True, slots=True)
class Suites:
    """The circles in which an award forgets what was before, by number, and the engine to find their spans."""

    circles: tuple[int, ...]
    scheme: Scheme
    as_of: date
    due_within: int
    numbers: Numbers

    def spans(self, connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, date, date]]:
        """The spans of every certification that stands in such a circle, over the days that occur."""
        rows = connection.execute(
            f"SELECT own, min(earned), max(earned) FROM together WHERE circle IN ({', '.join(map(str, self.circles))}) "
            "AND earned IS NOT NULL GROUP BY own ORDER BY own"
        ).fetchall()
        for own, first, last in rows:
            case = engine_by_day(self.scheme, self.numbers.certifications[own], self.as_of, self.due_within)
            yield from ((own, start, end) for start, end in case.spans(first, last))


def suites_of(book: StandingBook, numbers: Numbers) -> Suites:
    """The forgetting suites among the circles of *book*."""
    found = forgetting_circles(book.scheme, book.circles, book.as_of)
    return Suites(tuple(sorted(map(numbers.of, found))), book.scheme, book.as_of, book.due_within, numbers)


def _likely_lines(connection: duckdb.DuckDBPyConnection, source: Lines, named: str) -> str:
    """The lines of the likely, with their persons; the roster is only read again where somebody is not named."""
    unnamed = "SELECT 1 FROM kept.lines WHERE holds AND person IS NULL AND h IN (FROM likely) LIMIT 1"
    columns = f"person, {named}own, circle, earned"
    if not connection.execute(unnamed).fetchall():
        return f"SELECT {columns}, more FROM kept.lines WHERE holds AND h IN (FROM likely)"
    return (
        f"SELECT {columns}, {MORE} AS more FROM ({source.select}) s JOIN numbers USING (certification) "
        f"WHERE kind = 'holding' AND {KEY} IN (FROM likely)"
    )


def answer_cases(connection: duckdb.DuckDBPyConnection, book: StandingBook, numbers: Numbers) -> None:
    """Make ``answers``: the engine is asked of each distinct case, of days by spans where that is safe."""
    insert(connection, "answers", _ANSWER, ())
    for answers in in_batches(_answers(connection, book, numbers)):
        insert(connection, "answers", _ANSWER, answers, anew=False)


_ANSWER = {"case_id": "BIGINT", "own": "SMALLINT", "status": "TINYINT", "expires": "DATE", "conferred": "BOOLEAN"}


def answered(columns: str) -> str:
    """A select of *columns* of every answer, with the number ``n`` of times it was given."""
    return (
        f"SELECT {columns}, n FROM single JOIN answers USING (case_id) "
        f"UNION ALL SELECT {columns}, 1 AS n FROM joint JOIN answers USING (case_id)"
    )


def _answers(connection: duckdb.DuckDBPyConnection, book: StandingBook, numbers: Numbers) -> Iterator[Answer]:
    alone = [own not in _conferring(book.scheme) for own in numbers.certifications]
    for own, certification in enumerate(numbers.certifications):
        if alone[own]:
            yield from _by_days(connection, book, own, certification)
    others = ", ".join(str(own) for own, plain in enumerate(alone) if not plain) or "NULL"
    as_rows = "[{'own': own, 'earned': earned, 'more': more}] AS rows"
    single = f"SELECT case_id, {as_rows} FROM keys WHERE earned IS NULL OR more IS NOT NULL OR own IN ({others})"
    exact = "len(list_filter(rows, lambda r: r.span IS NOT NULL)) = 0"
    for query in (single, f"SELECT case_id, rows FROM joint_keys WHERE {exact}"):
        for case_id, rows in fetched(connection, query):
            for one in book.ask(case_of(rows, numbers)):
                yield _answer(case_id, one, numbers)
    yield from _by_suites(connection, book, numbers, f"SELECT case_id, rows FROM joint_keys WHERE NOT ({exact})")


def _by_suites(
    connection: duckdb.DuckDBPyConnection, book: StandingBook, numbers: Numbers, query: str
) -> Iterator[Answer]:
    """Cases of forgetting suites: few kinds, each over many days of the last award."""
    kinds: dict[SuiteCase, dict[date, int]] = {}
    for case_id, rows in fetched(connection, query):
        before = tuple((numbers.certifications[one["own"]], one["span"]) for one in rows if one["span"])
        (last,) = (one for one in rows if not one["span"])
        kinds.setdefault(SuiteCase(before, numbers.certifications[last["own"]]), {})[last["earned"]] = case_id
    for kind, ids in kinds.items():
        members = (*(own for own, _ in kind.before), kind.last)
        doubtful = {day for own in members for day in doubtful_days(book.scheme, own, book.as_of)}
        doubtful |= {span + timedelta(days=n) for _, span in kind.before for n in (1, 2)}
        for day, one in standings_by_day(kind, sorted(ids), book.ask, sorted(doubtful)):
            yield _answer(ids[day], one, numbers)


def _conferring(scheme: Scheme) -> frozenset[CertificationId]:
    """Certifications that bring a title by themselves: their cases have more than one answer."""
    return frozenset(one.when_holding[0] for one in scheme.designations if len(set(one.when_holding)) == 1)


def _by_days(
    connection: duckdb.DuckDBPyConnection, book: StandingBook, own: int, certification: CertificationId
) -> Iterator[Answer]:
    """Cases of one holding of which only the day earned is known."""
    query = "SELECT earned, case_id FROM keys WHERE own = ? AND earned IS NOT NULL AND more IS NULL ORDER BY earned"
    ids = dict(connection.execute(query, [own]).fetchall())
    if not ids:
        return
    case = engine_by_day(book.scheme, certification, book.as_of, book.due_within)
    for day, seen in case.of(tuple(ids)):
        yield ids[day], own, STATUSES.index(seen.status), seen.expires, False


def engine_by_day(scheme: Scheme, certification: CertificationId, as_of: date, due_within: int = DUE_WITHIN) -> DayCase:
    """The engine's answers about one certification, held by itself, over the day on which it was earned."""
    subject = scheme.subject_on(certification, as_of)

    def ask(day: date) -> Seen:
        history = history_of(subject, as_held(HoldingRow(0, "", certification, earned=day)))
        standing, latest = standing_of(history, due_within), history.latest
        rule = latest.rule.id if latest and latest.rule else None
        basis = (rule, history.edition, latest.basis if latest else None, len(history.cycles))
        return Seen(standing.status, standing.expires, basis)

    return DayCase(ask, doubtful_days(scheme, certification, as_of))


def _answer(case_id: int, one: Standing, numbers: Numbers) -> Answer:
    return case_id, numbers.of(one.certification), STATUSES.index(one.status), one.expires, one.conferred


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


# --- to and from the database -----------------------------------------------------------------------------------------


def fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that has a ``case_id``, a batch at a time; others may be asked in between."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE waiting AS SELECT *, row_number() OVER () AS place FROM ({query}) q"
    )
    (count,) = connection.execute("SELECT count(*) FROM waiting").fetchall()[0]
    for first in range(0, count, BATCH):
        part = "SELECT * EXCLUDE (place) FROM waiting WHERE place > ? AND place <= ? ORDER BY place"
        yield from connection.execute(part, [first, first + BATCH]).fetchall()


def in_batches(rows: Iterable[Answer]) -> Iterator[list[Answer]]:
    """Lists of so many rows as go into the database at once."""
    batch: list[Answer] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[tuple[Any, ...]],
    *,
    anew: bool = True,
) -> None:
    """Make the temporary *table* of *columns* (name and type) *anew*, or add to it; column by column, which is fast."""
    if anew:
        named = ", ".join(f"{name} {type_}" for name, type_ in columns.items())
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table}({named})")
    if rows:
        values = ", ".join(f"unnest(?::{type_}[])" for type_ in columns.values())
        connection.execute(f"INSERT INTO {table} SELECT {values}", [list(each) for each in zip(*rows, strict=True)])
