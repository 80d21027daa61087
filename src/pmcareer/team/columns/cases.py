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
from datetime import date
from typing import TYPE_CHECKING, Any

from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import HoldingRow
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import Status
from pmcareer.team.columns.doubts import doubtful_days
from pmcareer.team.columns.roster import Lines
from pmcareer.team.columns.spans import DayCase, Seen
from pmcareer.team.interactions import Circles, circle_of
from pmcareer.team.standings import COVERING, Standing, StandingBook, as_held, in_case_order, standing_of
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import duckdb

BATCH = 20_000
MEMORY_LIMIT = "256MB"
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
    connection.execute("ATTACH IF NOT EXISTS ':memory:' AS kept (COMPRESS)")
    connection.execute(
        f"CREATE OR REPLACE TABLE kept.lines AS SELECT kind, kind = 'holding' AS holds, {named}own, circle, earned, "
        f"{_MORE} AS more, {source.findings}::INTEGER AS findings, "
        f"CASE WHEN kind = 'holding' THEN {_KEY} END AS h, CASE WHEN joins THEN person END AS person "
        f"FROM ({source.select}) l LEFT JOIN numbers USING (certification)"
    )


_KEY = "hash(person, circle)"
# Most holdings have no more than a day; those that have are told apart by one short text.
_MORE = (
    "CASE WHEN len(renewed) > 0 OR route IS NOT NULL OR issuer_says_expires IS NOT NULL THEN "
    "concat_ws('|', coalesce(array_to_string(list_sort(renewed), ','), ''), "
    "coalesce(issuer_says_expires::VARCHAR, ''), coalesce(route, '')) END"
)


def sort_cases(connection: duckdb.DuckDBPyConnection, source: Lines, groups: Sequence[str]) -> None:
    """Make ``single`` and ``joint`` of ``kept.lines``.

    Who has several holdings of a circle is first looked for by hash, and then by name: two names of one hash make
    joint cases of one holding each.
    """
    named = "".join(f"{group}, " for group in groups)
    any_ = "".join(f"any_value({group}) AS {group}, " for group in groups)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE likely AS SELECT h FROM kept.lines WHERE holds GROUP BY h HAVING count(*) > 1"
    )
    statements = (
        f"CREATE OR REPLACE TEMP TABLE counts AS SELECT {named}own, earned, more, count(*) AS n FROM kept.lines "
        "WHERE holds AND h NOT IN (FROM likely) GROUP BY ALL",
        "CREATE OR REPLACE TEMP TABLE keys AS SELECT row_number() OVER () AS case_id, own, earned, more "
        "FROM (SELECT DISTINCT own, earned, more FROM counts)",
        f"CREATE OR REPLACE TEMP TABLE single AS SELECT {named}case_id, n FROM counts c JOIN keys k ON c.own = k.own "
        "AND c.earned IS NOT DISTINCT FROM k.earned AND c.more IS NOT DISTINCT FROM k.more",
        f"CREATE OR REPLACE TEMP TABLE persons AS SELECT person, {any_}"
        "list({'own': own, 'earned': earned, 'more': more} ORDER BY own, earned NULLS FIRST, more NULLS FIRST) AS rows "
        f"FROM ({_likely_lines(connection, source, named)}) l GROUP BY person, circle",
        "CREATE OR REPLACE TEMP TABLE joint_keys AS SELECT (SELECT count(*) FROM keys) + row_number() OVER () "
        "AS case_id, rows FROM (SELECT DISTINCT rows FROM persons)",
        f"CREATE OR REPLACE TEMP TABLE joint AS SELECT person, {named}case_id "
        "FROM persons JOIN joint_keys USING (rows)",
    )
    for statement in statements:
        connection.execute(statement)


def _likely_lines(connection: duckdb.DuckDBPyConnection, source: Lines, named: str) -> str:
    """The lines of the likely, with their persons; the roster is only read again where somebody is not named."""
    unnamed = "SELECT 1 FROM kept.lines WHERE holds AND person IS NULL AND h IN (FROM likely) LIMIT 1"
    columns = f"person, {named}own, circle, earned"
    if not connection.execute(unnamed).fetchall():
        return f"SELECT {columns}, more FROM kept.lines WHERE holds AND h IN (FROM likely)"
    return (
        f"SELECT {columns}, {_MORE} AS more FROM ({source.select}) s JOIN numbers USING (certification) "
        f"WHERE kind = 'holding' AND {_KEY} IN (FROM likely)"
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
    for query in (single, "SELECT case_id, rows FROM joint_keys"):
        for case_id, rows in fetched(connection, query):
            for one in book.ask(case_of(rows, numbers)):
                yield _answer(case_id, one, numbers)


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
    case = DayCase(
        lambda day: _seen(book, HoldingRow(0, "", certification, earned=day)),
        doubtful_days(book.scheme, certification, book.as_of),
    )
    for day, seen in case.of(tuple(ids)):
        yield ids[day], own, STATUSES.index(seen.status), seen.expires, False


def _seen(book: StandingBook, row: HoldingRow) -> Seen:
    """The engine's answer about one holding by itself."""
    subject = book.scheme.subject_on(row.certification, book.as_of)
    history = history_of(subject, as_held(row))
    standing, latest = standing_of(history, book.due_within), history.latest
    rule = latest.rule.id if latest and latest.rule else None
    basis = (rule, history.edition, latest.basis if latest else None, len(history.cycles))
    return Seen(standing.status, standing.expires, basis)


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
