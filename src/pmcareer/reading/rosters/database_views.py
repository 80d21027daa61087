"""The views over a large roster that the package promises, made of what was understood of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmcareer.reading.rosters.findings import PERSON_FIELDS
from pmcareer.reading.rosters.layout import Layout
from pmcareer.reading.rosters.sql import quoted
from pmcareer.reading.rosters.sql_holdings import same_words
from pmcareer.reading.rosters.sql_lines import (
    TEXT_FIELDS,
    judged_fields,
    misunderstood_select,
    nameless_select,
    text_columns,
)
from pmcareer.reading.rosters.tables import Part
from pmcareer.reading.rosters.temporary import Temporary
from pmcareer.values import dataclass

_PEOPLE = "source_row, person, role, title, department, location, manager, role_since, education, hired"
_MEANT = "certification, earned, renewed, route, issuer_says_expires"


def make_views(made: Temporary, parts: Sequence[Part]) -> None:
    """Make the promised views; see the package's own words."""
    layout = parts[0].layout
    made.view("people", f"SELECT {_PEOPLE} FROM ({_titled(made, _person_rows(made, layout))})")
    made.view("anybody", "SELECT person FROM person_lines")
    held = "SELECT * FROM held_lines"
    if made.holds("twins"):
        held = f"{held} ANTI JOIN twins USING (person, certification) UNION ALL BY NAME SELECT * FROM united"
    made.view("holdings", f"SELECT source_row, person, {_MEANT} FROM ({held})")
    alone = len(parts) == 1 and not layout.long and not made.holds("repeated")
    fields = ", ".join(TEXT_FIELDS) + ", " if alone else ""
    staff = f"(SELECT person, {text_columns(layout)} FROM named0)" if alone else "people"
    made.view("staff", f"SELECT person, {', '.join(TEXT_FIELDS)} FROM {staff}")
    made.view("holding_lines", f"SELECT source_row, person, {fields}item FROM ({held})")
    items = [f"SELECT item, {_MEANT} FROM items{n} WHERE fine" for n, part in enumerate(parts) if part.layout.slots]
    items.append(f"SELECT item, {_MEANT} FROM united_items")
    made.view("items", " UNION ALL ".join(items))
    _make_findings(made, parts)


def _person_rows(made: Temporary, layout: Layout) -> str:
    if layout.long:
        first = "SELECT arg_min(p, source_row) AS p FROM person_lines p GROUP BY person"
        return f"SELECT unnest(p) FROM ({first})"
    if not made.holds("repeated"):
        return "SELECT * FROM person_lines"
    return "SELECT * FROM person_lines ANTI JOIN repeated USING (person) UNION ALL BY NAME SELECT * FROM firsts"


def _titled(made: Temporary, rows: str) -> str:
    """The rows, with the role of the title where there is no other."""
    if not made.holds("title_roles"):
        return rows
    roles = "SELECT title, any_value(role) AS role FROM title_roles GROUP BY title"
    return f"SELECT r.* REPLACE (coalesce(r.role, t.role) AS role) FROM ({rows}) r LEFT JOIN ({roles}) t USING (title)"


# --- findings ---------------------------------------------------------------------------------------------------------

_COLUMNS = "source_row, column_name, field, value, code"


@dataclass(frozen=True, slots=True)
class _Source:
    """Where findings come from: a select of them with their rows, and one that counts them by code and field, ``n``."""

    rows: str
    counted: str


def _make_findings(made: Temporary, parts: Sequence[Part]) -> None:
    """``set_aside``, the first of it by a macro, and ``set_aside_counts``; only what finds something is looked into."""
    sources = list(_sources(made, parts))
    made.view("set_aside", _told(" UNION ALL ".join(one.rows for one in sources)))
    first = " UNION ALL ".join(f"(SELECT * FROM ({one.rows}) LIMIT most)" for one in sources)
    made.database.execute(
        f"CREATE OR REPLACE TEMP MACRO first_set_aside(most) AS TABLE {_told(first)} "
        "ORDER BY source_row, column_name, code LIMIT most"
    )
    counted = " UNION ALL ".join(one.counted for one in sources)
    counts = f"SELECT code, {_severity()} AS severity, n FROM ({counted}) JOIN meanings USING (code)"
    made.view("set_aside_counts", f"SELECT code, severity, sum(n)::BIGINT AS n FROM ({counts}) GROUP BY ALL")


def _sources(made: Temporary, parts: Sequence[Part]) -> Iterator[_Source]:
    # Found in no order; the others come in that of the rows.
    yield _one_by_one(f"SELECT * FROM (SELECT {_COLUMNS} FROM extra_findings ORDER BY source_row)")
    for place, part in enumerate(parts):
        layout, texts = part.layout, f"texts{place}"
        if made.holds(f"alike{place}", "h IS NULL"):
            yield _one_by_one(_opened(nameless_select(layout, texts, part.prefix)))
        if layout.slots and made.holds(f"items{place}", "NOT fine"):
            yield _of_items(place, layout)
    wrong = [name for name in judged_fields(parts[0].layout) if made.holds("seen", f"field = '{name}' AND code <> ''")]
    if wrong:
        rows = misunderstood_select(parts[0].layout, "named0", wrong)
        yield _Source(_opened(rows), "SELECT code, field, n FROM seen WHERE code <> ''")
    if made.holds("orphans"):
        column = quoted(parts[1].prefix + parts[1].layout.name(parts[1].layout.person))
        said = f"source_row, {column}, 'person', person, 'roster-person-unknown'"
        yield _one_by_one(f"SELECT {said} FROM texts1 SEMI JOIN orphans USING (person)")


def _one_by_one(rows: str) -> _Source:
    return _Source(rows, f"SELECT code, field, 1 AS n FROM ({rows}) one({_COLUMNS})")


def _opened(rows: str) -> str:
    return f"SELECT source_row, f.column_name, f.field, f.value, f.code FROM ({rows})"


def _of_items(place: int, layout: Layout) -> _Source:
    wrong = f"SELECT * FROM items{place} WHERE NOT fine"
    lines = f"SELECT source_row, unnest(i.findings) AS f FROM written{place} l JOIN ({wrong}) i"
    counted = f"SELECT f.code, f.field, n FROM (SELECT unnest(findings) AS f, n FROM ({wrong}))"
    return _Source(_opened(f"{lines} ON {same_words(layout, 'l', 'i')}"), counted)


def _told(rows: str) -> str:
    """Findings with what they mean."""
    said = f"SELECT source_row, column_name, value, code, m AS message, {_severity()} AS severity"
    return f"{said} FROM ({rows}) found({_COLUMNS}) JOIN meanings USING (code)"


def _severity() -> str:
    fields = ", ".join(map(quoted, PERSON_FIELDS))
    return f"CASE WHEN code LIKE 'roster-date%' AND field IN ({fields}) THEN 'warning' ELSE s END"
