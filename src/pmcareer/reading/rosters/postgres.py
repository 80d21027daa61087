"""PostgreSQL: a table or query is copied as CSV, row by row as the server sends it, and read as any other CSV file.

Reading is one transaction that may not write and sees one state. Passwords come from wherever PostgreSQL's own programs
take them (``PGPASSWORD``, ``~/.pgpass``, a service file, the address); no message and no answer repeats one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as escaped

from pmcareer.errors import MissingExtraError
from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import did_you_mean, quote
from pmcareer.reading.rosters.delimited import read_delimited
from pmcareer.reading.rosters.tables import Table
from pmcareer.values import dataclass

if TYPE_CHECKING:
    import psycopg

_PEOPLE, _HOLDINGS = "people", "holdings"
_SECONDS_TO_CONNECT = "10"
_QUERY = re.compile(r"\s*(?:select|with|values|table)\s|\s*\(", re.IGNORECASE)
_TIMESTAMP_WITH_ZONE = 1184


def shown_address(address: str) -> str:
    """A database's address as answers show it: user, host, port and name only."""
    try:
        parts = _parts(address)
    except ValueError:
        return "postgresql://…"
    user, host, port, name = (escaped(parts.get(key, ""), safe="") for key in ("user", "host", "port", "dbname"))
    return f"postgresql://{user}{'@' if user else ''}{host}{':' if port else ''}{port}/{name}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is read: tables by name, or queries; nothing: ``people``, and ``holdings`` if there is such a table.

    ``separator`` joins arrays, as lists in one cell are joined.
    """

    people: str = ""
    holdings: str = ""
    separator: str = ";"


def read_postgres(address: str, asked: Asked, problems: Problems) -> list[Table]:
    """The table of people and, if there is one, that of holdings; empty where they cannot be read."""
    try:
        parts = _parts(address)
    except ValueError:
        message = "the address of the database cannot be understood"
        problems.add("roster-database", message, Position("postgresql://…"), hint=_ADDRESS)
        return []
    import psycopg

    name = shown_address(address)
    try:
        with _connected(parts) as connection:
            return _tables(connection, asked, name, problems)
    except psycopg.OperationalError as error:
        problems.add("roster-database", _message(error), Position(name), hint=_hint(error))
    except OSError as error:
        message, hint = f"the rows cannot be kept: {error.strerror}", "is there room in the temporary folder?"
        problems.add("roster-database", message, Position(name), hint=hint)
    except psycopg.Error as error:
        problems.add("roster-database", _message(error), Position(name), hint=_TABLE)
    return []


_ADDRESS = "postgresql://user@host:port/database, other signs written as %40; the password in PGPASSWORD or ~/.pgpass"
_TABLE = "name a table or a query with --table"


def _parts(address: str) -> dict[str, str]:
    """The address taken apart by PostgreSQL's own rules. Raises ValueError, which tells nothing of the address."""
    try:
        import psycopg.conninfo
    except ImportError:
        raise MissingExtraError("team", "reading from PostgreSQL") from None
    try:
        found = psycopg.conninfo.conninfo_to_dict(address)
    except psycopg.Error:
        raise ValueError from None
    parts = {key: str(value) for key, value in found.items() if value is not None}
    # An unescaped @ in a password makes the rest of the password a host.
    if "@" in parts.get("host", "") or "@" in parts.get("dbname", ""):
        raise ValueError
    return parts


@contextmanager
def _connected(parts: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
    import psycopg

    given = {"connect_timeout": _SECONDS_TO_CONNECT, "application_name": "pmcareer", **parts}
    given["client_encoding"] = "UTF8"
    with psycopg.connect(**given) as connection:  # type: ignore[arg-type]  # keys are those of libpq
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        connection.execute("SET LOCAL datestyle = 'ISO'")
        yield connection
        connection.rollback()


def _message(error: Exception) -> str:
    """The first line of what the server or libpq says, which repeats no password."""
    said = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    return "".join(one if one.isprintable() else " " for one in said).strip()


def _hint(error: Exception) -> str:
    text = str(error)
    if "password" in text or "authentication" in text:
        return "give the password in PGPASSWORD or ~/.pgpass, or check the user"
    if "does not exist" in text:
        return "check the names of user and database"
    return "is the server running, and are host and port right?"


# --- tables and queries -----------------------------------------------------------------------------------------------


def _tables(connection: psycopg.Connection[Any], asked: Asked, name: str, problems: Problems) -> list[Table]:
    relations = [_relation(connection, asked.people or _PEOPLE, name, problems)]
    if asked.holdings:
        relations.append(_relation(connection, asked.holdings, name, problems))
    elif not asked.people and (own := _regclass(connection, _HOLDINGS)):
        relations.append(own)
    tables = []
    for relation in relations:
        if relation is None:
            return []
        table = _copied(connection, relation, asked, name, problems)
        if table is None:
            return []
        tables.append(table)
    return tables


def _relation(connection: psycopg.Connection[Any], named: str, name: str, problems: Problems) -> str | None:
    """What follows FROM: a query in parentheses, or the name of the table as the server writes it."""
    if _QUERY.match(named):
        return f"({named.strip().rstrip(';')}\n)"
    found = _regclass(connection, named)
    if found is None:
        known = [row[0] for row in connection.execute(_KNOWN).fetchall()]
        hint = did_you_mean(named, known) or _TABLE
        problems.add("roster-database", f"there is no table {quote(named)}", Position(name), hint=hint)
    return found


# Tables and views that the user may read, as they are to be written.
_KNOWN = """
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname NOT LIKE 'pg_toast%' AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1 LIMIT 10000"""


def _regclass(connection: psycopg.Connection[Any], named: str) -> str | None:
    """The table of this name, read as PostgreSQL reads names (in small letters, in schemas), else letter by letter."""
    import psycopg

    for one in (named, '"' + named.replace('"', '""') + '"'):
        try:
            with connection.transaction():
                row = connection.execute("SELECT to_regclass(%s)::text", [one]).fetchone()
        except psycopg.errors.DataError:
            continue
        except psycopg.errors.SyntaxErrorOrAccessRuleViolation:
            continue
        if row and row[0]:
            return str(row[0])
    return None


def _copied(
    connection: psycopg.Connection[Any], relation: str, asked: Asked, name: str, problems: Problems
) -> Table | None:
    """The rows of *relation* as a CSV file in a folder that lives as long as the table."""
    header, texts = _columns(connection, relation, asked.separator)
    if not header:
        problems.add("roster-empty", "the table has no columns", Position(name))
        return None
    folder = TemporaryDirectory(prefix="pmcareer-roster-")
    path = Path(folder.name) / "copied.csv"
    names = ", ".join(f"c{place}" for place in range(len(header)))
    statement = f"COPY (SELECT {texts} FROM {relation} AS q({names})) TO STDOUT (FORMAT csv)"
    with path.open("wb") as file:
        file.write(_line(header))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            file.writelines(copy)
    table = read_delimited(path, ",", "utf-8", problems, name=name)
    if table is None:
        return None
    read_as = {"format": "PostgreSQL", "table": "a query" if relation.startswith("(") else relation}
    return replace(table, read_as=read_as, staging=folder)


def _columns(connection: psycopg.Connection[Any], relation: str, separator: str) -> tuple[list[str], str]:
    """The columns' names, and the select that makes each text; arrays become lists in one cell."""
    # Asked for in binary a query is one statement only: nothing can be smuggled in behind it.
    with connection.cursor(binary=True) as cursor:
        described = cursor.execute(f"SELECT * FROM {relation} AS q LIMIT 0", binary=True).description or ()
    types = [column.type_code for column in described]
    rows = connection.execute("SELECT oid FROM pg_type WHERE typcategory = 'A' AND oid = ANY(%s)", [types]).fetchall()
    arrays = {oid for (oid,) in rows}
    texts = (_text(f"c{place}", type_, arrays, separator) for place, type_ in enumerate(types))
    return [column.name for column in described], ", ".join(texts)


def _text(column: str, type_: int, arrays: set[int], separator: str) -> str:
    if type_ in arrays:
        return f"array_to_string({column}, chr({ord(separator)}))"
    # The day of a moment is that of the session's own time zone, as psql shows it.
    return f"{column}::timestamp::text" if type_ == _TIMESTAMP_WITH_ZONE else f"{column}::text"


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()
