"""Checking a roster: how it was read, what it holds, and what in it is not used, with what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from heapq import nsmallest

from pmcareer.api.names import certification_names, role_names
from pmcareer.api.team.contradictions import RosterFinding, contradictions_in, unjudged_holdings
from pmcareer.model.catalog import Catalog
from pmcareer.model.rosters import SetAside
from pmcareer.problems import Problem, Severity
from pmcareer.reading.rosters.roster import Roster
from pmcareer.reading.rosters.set_aside import findings_of, rows_set_aside
from pmcareer.values import dataclass

_HINTED = 200
_GRAVITY: Mapping[Severity, int] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """What a roster holds. ``findings`` are the worst of all that ``by_code`` counts, then the first by row.

    ``unjudged``: different holdings of a very large roster whose days were not held against the rules of renewal.
    """

    source: str
    as_of: date
    read_as: Mapping[str, str]
    columns: Mapping[str, str]
    of_file: tuple[Problem, ...]
    people: int
    holdings: int
    by_code: Mapping[str, int]
    by_severity: Mapping[Severity, int]
    findings: tuple[RosterFinding, ...]
    unjudged: int = 0

    @property
    def clean(self) -> bool:
        """Whether everything in it is used."""
        return not self.by_severity.get("error") and not self.by_severity.get("warning")


def check_roster(catalog: Catalog, roster: Roster, *, show: int) -> RosterCheck:
    """Count what *roster* holds, and show the worst *show* findings."""
    contradicting: Counter[tuple[str, Severity]] = Counter()
    # There may be very many: they are counted as they come, and the first are kept (of none, nsmallest looks at none).
    contradictions = nsmallest(max(show, 1), _counted(contradictions_in(catalog, roster), contradicting), key=_place)
    by_code, by_severity = _counts(roster, contradicting)
    return RosterCheck(
        source=roster.source,
        as_of=roster.as_of,
        read_as=roster.read_as,
        columns=roster.columns,
        of_file=tuple(roster.problems.sorted()),
        people=_rows(roster, "people"),
        holdings=_rows(roster, "holdings"),
        by_code=by_code,
        by_severity=by_severity,
        findings=_first(_hinted(catalog, _worst(roster, show)), contradictions, show),
        unjudged=unjudged_holdings(roster),
    )


def set_aside_tables(roster: Roster) -> dict[str, Iterator[tuple[str, ...]]]:
    """The rows not used as they stand, a table for each of the source's: ``""`` and ``holdings``."""
    return {part.prefix.rstrip("/"): rows_set_aside(roster, place) for place, part in enumerate(roster.parts)}


def _rows(roster: Roster, table: str) -> int:
    if roster.small is not None:
        return len(getattr(roster.small, table))
    if roster.connection is None:
        return 0
    return int(roster.connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])  # noqa: S608 - our names


def _first(
    of_rows: Iterator[RosterFinding], contradictions: Iterable[RosterFinding], show: int
) -> tuple[RosterFinding, ...]:
    """The worst findings of both kinds, by row."""
    return tuple(sorted((*of_rows, *contradictions), key=_place)[:show])


def _worst(roster: Roster, show: int) -> Iterator[SetAside]:
    """The reader's first *show* findings: errors, then warnings, then notes, each by row."""
    if roster.connection is None:
        yield from nsmallest(show, findings_of(roster), key=_rank)
        return
    order = " ".join(f"WHEN '{severity}' THEN {place}" for severity, place in _GRAVITY.items())
    query = f"FROM set_aside ORDER BY CASE severity {order} END, source_row, column_name, code LIMIT {show}"
    yield from (SetAside(*row) for row in roster.connection.execute(query).fetchall())


def _place(one: RosterFinding) -> tuple[int, int, str, str]:
    return _rank(one.finding)


def _rank(one: SetAside) -> tuple[int, int, str, str]:
    return _GRAVITY[one.severity], one.source_row, one.column_name, one.code


def _counted(findings: Iterable[RosterFinding], counts: Counter[tuple[str, Severity]]) -> Iterator[RosterFinding]:
    for one in findings:
        counts[one.finding.code, one.finding.severity] += 1
        yield one


def _counts(roster: Roster, contradicting: Counter[tuple[str, Severity]]) -> tuple[dict[str, int], dict[Severity, int]]:
    """Findings by code, the most frequent first, and by severity."""
    pairs: Counter[tuple[str, Severity]] = Counter()
    if roster.connection is not None:
        rows = roster.connection.execute("FROM set_aside_counts").fetchall()
        pairs.update({(code, severity): count for code, severity, count in rows})
    elif roster.small is not None:
        pairs.update((one.code, one.severity) for one in roster.small.set_aside)
    pairs.update(contradicting)
    codes: Counter[str] = Counter()
    severities: Counter[Severity] = Counter()
    for (code, severity), count in pairs.items():
        codes[code] += count
        severities[severity] += count
    return dict(sorted(codes.items(), key=lambda one: (-one[1], one[0]))), dict(sorted(severities.items()))


def _hinted(catalog: Catalog, findings: Iterator[SetAside]) -> Iterator[RosterFinding]:
    """Unknown names with the nearest that are known; a flood of them is no misspelling."""
    names = {"certification": certification_names(catalog), "role": role_names(catalog)}

    @cache
    def nearest(kind: str, value: str) -> str:
        if nearest.cache_info().misses > _HINTED:
            return ""
        found = names[kind].nearest(value.split(":", maxsplit=1)[0].split("(", maxsplit=1)[0])
        return f"did you mean {' or '.join(found)}?" if found else "name it in a mapping file, under values"

    for one in findings:
        kind = {"roster-certification-unknown": "certification", "roster-role-unknown": "role"}.get(one.code)
        yield RosterFinding(one, nearest(kind, one.value) if kind and one.value else "")
