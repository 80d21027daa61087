"""Answers: what the engine says of each case, days by stretches (``spans``), joined back to the cases of the roster.

Made here: ``answers`` with ``case_id``, ``own``, ``status`` (number), ``expires`` and ``conferred``, several of a joint
case; and ``told``, the stretches of days that Python hands over, so that days are reckoned where they lie.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pmcareer.model.ids import CertificationId
from pmcareer.renewals.scheme import Scheme
from pmcareer.renewals.status import Status
from pmcareer.team.columns.cases import Numbers, case_of
from pmcareer.team.columns.database import fetched, in_batches, insert
from pmcareer.team.columns.doubts import doubtful_days
from pmcareer.team.columns.engine import engine_by_day
from pmcareer.team.columns.spans import BY_FORMULA, Stretch
from pmcareer.team.columns.suites import SuiteCase, stretches_by_day
from pmcareer.team.standings import COVERING, Standing, StandingBook

if TYPE_CHECKING:
    import duckdb

STATUSES = tuple(Status)
COVERING_NUMBERS = ", ".join(str(STATUSES.index(status)) for status in sorted(COVERING))

Answer = tuple[int, int, int, "date | None", bool]
Told = tuple[int, int, date, date, int, str, int, "date | None"]

_ANSWER = {"case_id": "BIGINT", "own": "SMALLINT", "status": "TINYINT", "expires": "DATE", "conferred": "BOOLEAN"}
_TOLD = {
    "kind": "INTEGER",
    "own": "SMALLINT",
    "first": "DATE",
    "last": "DATE",
    "status": "TINYINT",
    "formula": "VARCHAR",
    "n": "INTEGER",
    "fixed": "DATE",
}


def answer_cases(connection: duckdb.DuckDBPyConnection, book: StandingBook, numbers: Numbers) -> None:
    """Make ``answers``: the engine is asked of each distinct case, of days by spans where that is safe."""
    insert(connection, "answers", _ANSWER, ())
    plain = [own for own, name in enumerate(numbers.certifications) if name not in _conferring(book.scheme)]
    alone = f"earned IS NOT NULL AND more IS NULL AND own IN ({', '.join(map(str, plain)) or 'NULL'})"
    told = _by_days(connection, book, numbers, plain)
    _tell(connection, told, f"SELECT case_id, own AS kind, earned AS day FROM keys WHERE {alone}")
    _tell(connection, _by_suites(connection, book, numbers), "SELECT case_id, kind, day FROM suit_keys")
    one = f"SELECT case_id, [{{'own': own, 'earned': earned, 'more': more}}] AS rows FROM keys WHERE NOT ({alone})"
    for answers in in_batches(_one_by_one(connection, book, numbers, (one, "SELECT case_id, rows FROM joint_keys"))):
        insert(connection, "answers", _ANSWER, answers, anew=False)


def answered(columns: str) -> str:
    """A select of *columns* of every answer, with the number ``n`` of times it was given."""
    return (
        f"SELECT {columns}, n FROM single JOIN answers USING (case_id) "
        f"UNION ALL SELECT {columns}, 1 AS n FROM joint JOIN answers USING (case_id)"
    )


def _tell(connection: duckdb.DuckDBPyConnection, told: Iterator[Told], cases: str) -> None:
    """Answer *cases*, a select of ``case_id``, ``kind`` and ``day``, by what is *told* of their kinds."""
    insert(connection, "told", _TOLD, ())
    for batch in in_batches(told):
        insert(connection, "told", _TOLD, batch, anew=False)
    connection.execute(
        f"INSERT INTO answers SELECT case_id, own, status, {BY_FORMULA} AS expires, false "
        f"FROM ({cases}) c JOIN told t ON c.kind = t.kind AND c.day BETWEEN t.first AND t.last"
    )


def _by_days(
    connection: duckdb.DuckDBPyConnection, book: StandingBook, numbers: Numbers, plain: Collection[int]
) -> Iterator[Told]:
    """Of *plain* certifications held by themselves, of which only the day earned is known."""
    alone = "SELECT DISTINCT own, earned FROM keys WHERE more IS NULL AND earned IS NOT NULL"
    days = connection.execute(f"SELECT own, list(earned ORDER BY earned) FROM ({alone}) GROUP BY own ORDER BY own")
    for own, earned in days.fetchall():
        if own in plain:
            case = engine_by_day(book.scheme, numbers.certifications[own], book.as_of, book.due_within)
            yield from (_told(own, own, one) for one in case.stretches(earned))


def _by_suites(connection: duckdb.DuckDBPyConnection, book: StandingBook, numbers: Numbers) -> Iterator[Told]:
    """Of forgetting suites: few kinds of cases, each over many days of the last award."""
    names = numbers.certifications
    spans = {
        span: (names[own], last)
        for span, own, last in connection.execute("SELECT span, own, last FROM spans").fetchall()
    }
    kinds = connection.execute("SELECT kind, before, own FROM suit_kinds ORDER BY before, own").fetchall()
    for kind, before, own in kinds:
        case = SuiteCase(tuple(spans[span] for span in before), names[own])
        days = _days(connection, "day", f"suit_keys WHERE kind = {kind}")
        for member, one in stretches_by_day(case, days, book.ask, _doubtful(book, case)):
            yield _told(kind, numbers.of(member), one)


def _doubtful(book: StandingBook, case: SuiteCase) -> Sequence[date]:
    members = (*(own for own, _ in case.before), case.last)
    days = {day for own in members for day in doubtful_days(book.scheme, own, book.as_of)}
    return sorted(days | {span + timedelta(days=n) for _, span in case.before for n in (1, 2)})


def _days(connection: duckdb.DuckDBPyConnection, column: str, relation: str) -> list[date]:
    return [day for (day,) in connection.execute(f"SELECT {column} FROM {relation} ORDER BY 1").fetchall()]


def _told(kind: int, own: int, one: Stretch) -> Told:
    formula = one.formula
    status = STATUSES.index(one.seen.status)
    return kind, own, one.first, one.last, status, formula.kind, formula.n, formula.fixed


def _one_by_one(
    connection: duckdb.DuckDBPyConnection, book: StandingBook, numbers: Numbers, queries: Sequence[str]
) -> Iterator[Answer]:
    for query in queries:
        for case_id, rows in fetched(connection, query):
            yield from (_answer(case_id, one, numbers) for one in book.ask(case_of(rows, numbers)))


def _conferring(scheme: Scheme) -> frozenset[CertificationId]:
    """Certifications that bring a title by themselves: their cases have more than one answer."""
    return frozenset(one.when_holding[0] for one in scheme.designations if len(set(one.when_holding)) == 1)


def _answer(case_id: int, one: Standing, numbers: Numbers) -> Answer:
    return case_id, numbers.of(one.certification), STATUSES.index(one.status), one.expires, one.conferred
