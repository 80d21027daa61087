"""What only all rows of a large roster together show: who stands there twice, and who is missing.

Found out once, when the roster is opened: first by hashes, so that only few rows are looked at twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmcareer.reading.rosters.layout import Layout
from pmcareer.reading.rosters.sql import quoted
from pmcareer.reading.rosters.tables import Part
from pmcareer.reading.rosters.temporary import Temporary

_NOBODY = "SELECT NULL::VARCHAR AS person WHERE false"


def find_repeated_persons(made: Temporary, layout: Layout) -> None:
    """``repeated``: who stands in several rows; one row a holding, only those of whom rows differ. ``firsts``: theirs.

    Later rows that say other things than the first, or, one row a person, the same again, become findings.
    """
    made.table("repeated", _repeated(made, layout))
    if not made.holds("repeated"):
        return
    made.table("persons", "SELECT * FROM person_lines SEMI JOIN repeated USING (person)")
    made.table("firsts", "SELECT unnest(arg_min(p, source_row)) FROM persons p GROUP BY person")
    later = "persons p JOIN firsts f USING (person) WHERE p.source_row > f.source_row"
    differs = {name: f"p.{name} IS NOT NULL AND p.{name} IS DISTINCT FROM f.{name}" for name in layout.person_fields}
    for name, condition in differs.items():
        column = quoted(layout.name(layout.person_fields[name]))
        said = f"p.source_row, {column}, '{name}', p.{name}::VARCHAR, 'roster-person-differs'"
        made.database.execute(f"INSERT INTO extra_findings SELECT {said} FROM {later} AND {condition}")
    if not layout.long:
        same = " AND ".join(f"NOT ({condition})" for condition in differs.values()) or "true"
        said = f"p.source_row, {quoted(layout.name(layout.person))}, 'person', person, 'roster-person-twice'"
        made.database.execute(f"INSERT INTO extra_findings SELECT {said} FROM {later} AND {same}")


def _repeated(made: Temporary, layout: Layout) -> str:
    if layout.long:
        fields = ", ".join(layout.person_fields) or "1"
        differing = f"HAVING min(hash({fields})) <> max(hash({fields}))"
        return f"SELECT person FROM person_lines GROUP BY person {differing}"
    if not made.holds("alike0", "h IS NOT NULL"):
        return _NOBODY
    likely = "SELECT person FROM named0 SEMI JOIN alike0 ON hash(person) = alike0.h"
    return f"SELECT person FROM ({likely}) l GROUP BY person HAVING count(*) > 1"


def find_orphans(made: Temporary, parts: Sequence[Part]) -> None:
    """``orphans``: who holds something and is not among the people."""
    strangers = "SELECT DISTINCT person FROM texts1 ANTI JOIN (SELECT person FROM texts0) known USING (person)"
    made.table("orphans", f"SELECT person FROM ({strangers}) WHERE person IS NOT NULL" if len(parts) > 1 else _NOBODY)


def find_doubts(made: Temporary, layout: Layout) -> None:
    """Managers whom nobody knows, and ids that are alike but for case and blanks."""
    if "manager" in layout.person_fields:
        column = quoted(layout.name(layout.person_fields["manager"]))
        made.database.execute(
            f"INSERT INTO extra_findings SELECT source_row, {column}, 'manager', manager, 'roster-manager-unknown' "
            "FROM people ANTI JOIN (SELECT person AS manager FROM people) known USING (manager) "
            "WHERE manager IS NOT NULL"
        )
    column, key = quoted(layout.name(layout.person)), "replace(lower(person), ' ', '')"
    alike = f"SELECT {key} AS k FROM people GROUP BY k HAVING count(*) > 1"
    made.database.execute(
        f"INSERT INTO extra_findings SELECT source_row, {column}, 'person', person, 'roster-person-variant' "
        f"FROM people SEMI JOIN ({alike}) alike ON alike.k = {key}"
    )
