"""Every holding of a roster into a file, CSV or Parquet, without holding them in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pmcareer.model.ids import CertificationId
from pmcareer.renewals.status import Status
from pmcareer.spreadsheets import FORMULA_STARTS
from pmcareer.team.columns.answers import STATUSES
from pmcareer.team.columns.cases import alone
from pmcareer.team.columns.database import insert
from pmcareer.team.columns.roster import lines_of
from pmcareer.team.readiness import ReadinessRow
from pmcareer.team.status import TO_SEE_TO, StatusRow

if TYPE_CHECKING:
    import duckdb

_COLUMNS = {"person": "VARCHAR", "certification": "VARCHAR", "status": "VARCHAR", "expires": "DATE"}
_NAMES = "[" + ", ".join(f"'{status.value}'" for status in STATUSES) + "]"
# What a spreadsheet would take for a formula gets an apostrophe, as in every CSV of ours.
_FORMULA = "^[" + "".join(rf"\x{{{ord(sign):04x}}}" for sign in FORMULA_STARTS) + "]"
_DEFUSED = f"CASE WHEN regexp_matches(person, '{_FORMULA}') THEN chr(39) || person ELSE person END"


def copy_answered(connection: duckdb.DuckDBPyConnection, path: Path, *, parquet: bool) -> None:
    """The rows of a large status, whose cases are answered: the roster is read once more for the persons."""
    connection.execute("SET preserve_insertion_order = true")
    _copy(connection, _answered(connection), "conferred", path, parquet=parquet)


def _answered(connection: duckdb.DuckDBPyConnection) -> str:
    """The select of every holding with its answer."""
    single = (
        "SELECT person, a.own, status, expires, conferred "
        f"FROM ({alone(connection, lines_of(connection, ()))}) l JOIN answers a USING (case_id)"
    )
    joint = "SELECT person, own, status, expires, conferred FROM joint JOIN answers USING (case_id)"
    return (
        f"SELECT person, certification, {_NAMES}[status + 1] AS status, expires, conferred "
        f"FROM ({single} UNION ALL {joint}) JOIN numbers USING (own)"
    )


def worst_rows(connection: duckdb.DuckDBPyConnection, most: int) -> tuple[StatusRow, ...]:
    """The rows of a large status that is answered, at most so many: those to see to, then those that end first."""
    order = " ".join(f"WHEN '{status.value}' THEN {n}" for n, status in enumerate(TO_SEE_TO))
    rows = connection.execute(
        f"SELECT person, certification, status, expires, conferred FROM ({_answered(connection)}) "
        f"ORDER BY CASE status {order} ELSE 9 END, expires NULLS LAST, person, certification LIMIT {most}"
    ).fetchall()
    return tuple(
        StatusRow(person, None, CertificationId(own), Status(status), expires, conferred)
        for person, own, status, expires, conferred in rows
    )


def copy_rows(rows: Iterable[StatusRow], path: Path, *, parquet: bool) -> None:
    """The rows of a small status."""
    from pmcareer.team.columns.roster import empty_database

    connection = empty_database()
    plain = [(row.person, row.certification, row.status.value, row.expires, row.conferred) for row in rows]
    insert(connection, "listed", {**_COLUMNS, "conferred": "BOOLEAN"}, plain)
    _copy(connection, "SELECT * FROM listed", "conferred", path, parquet=parquet)


def copy_verdicts(
    connection: duckdb.DuckDBPyConnection,
    judged: Sequence[tuple[str, str, bool, str]],
    planned: Iterable[ReadinessRow],
    path: Path,
    *,
    parquet: bool,
) -> None:
    """Everybody of ``verdicts``, in the order of targets and names.

    *judged*: examples by name and target, whether they are ready and what they lack. *planned*: the few of whom months
    and cost are known.
    """
    columns = {"example": "VARCHAR", "target": "VARCHAR", "ready": "BOOLEAN", "missing": "VARCHAR"}
    insert(connection, "said", columns, judged)
    plans = [(row.person, row.target, _in_months(row), *_priced(row)) for row in planned]
    named = {"person": "VARCHAR", "target": "VARCHAR", "months": "VARCHAR", "cost": "VARCHAR", "currency": "VARCHAR"}
    insert(connection, "plans", named, plans)
    _copy(
        connection,
        "SELECT v.target, v.person, v.role, ready, missing, TRY_CAST(months AS DECIMAL(18, 4)) AS months, "
        "TRY_CAST(cost AS DECIMAL(18, 4)) AS cost, currency FROM verdicts v JOIN said USING (example, target) "
        "LEFT JOIN plans p ON p.person = v.person AND p.target = v.target ORDER BY v.target, v.person",
        "ready",
        path,
        parquet=parquet,
    )


def _in_months(row: ReadinessRow) -> str | None:
    months = row.judged.months
    return None if months is None else str(Decimal(months.numerator) / months.denominator)


def _priced(row: ReadinessRow) -> tuple[str | None, str | None]:
    cost = row.judged.cost
    return (cost.plain, cost.currency) if cost else (None, None)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, flag: str, path: Path, *, parquet: bool) -> None:
    """The rows of *query* into the file; *flag* is a truth value, which CSV spells as every CSV of ours does."""
    named = "'" + str(path).replace("'", "''") + "'"
    spelt = f"{_DEFUSED} AS person, CASE WHEN {flag} THEN 'yes' ELSE 'no' END AS {flag}"
    select = query if parquet else f"SELECT * REPLACE ({spelt}) FROM ({query})"
    import duckdb

    try:
        connection.execute(f"COPY ({select}) TO {named} ({'FORMAT parquet' if parquet else 'FORMAT csv, HEADER'})")
    except duckdb.IOException:
        raise OSError("the disk refuses it; is it full?") from None  # what the database says is no plain line
