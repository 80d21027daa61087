"""Of a hostile roster every row is used, or set aside with its row, column, value and reason; counted beside it."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.hostile_rosters import AS_OF, Hostile, hostile, write_csv
from tests.tools import require_tool

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.rosters import roster_names
from pmcareer.reading.rosters.opening import open_roster
from pmcareer.reading.rosters.roster import Roster, RosterNames, RosterOptions

FORMS: dict[str, dict[str, Any]] = {
    "as most write it": {},
    "byte order mark": {"encoding": "utf-8-sig"},
    "UTF-16": {"encoding": "utf-16"},
    "semicolons": {"delimiter": ";"},
    "tabs": {"delimiter": "\t"},
    "trailing delimiters": {"trailing": True},
}


@pytest.fixture(scope="module")
def names() -> RosterNames:
    return roster_names(load_catalog())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_every_row_is_used_or_set_aside(tmp_path: Path, names: RosterNames, form: str, engine: Any) -> None:
    if engine == "duckdb":
        require_tool(importlib.util.find_spec("duckdb"), "duckdb")
    made = hostile(1_500, seed=5, share=25)
    write_csv(made, tmp_path / "staff.csv", **FORMS[form])
    roster = open_roster(str(tmp_path / "staff.csv"), names, AS_OF, RosterOptions(engine=engine))
    assert not roster.problems.errors, [str(one) for one in roster.problems.errors]
    trailing = FORMS[form].get("trailing", False)
    _hold_against(roster, made, trailing=trailing)


def _hold_against(roster: Roster, made: Hostile, *, trailing: bool) -> None:
    held, findings = _found(roster)
    expected = Counter(
        (row, column, _value(value, trailing=trailing), code) for row, column, value, code in made.findings
    )
    assert Counter(findings) == expected
    assert Counter(held) == Counter(made.held)
    ignored = {"roster-holding-again"}
    set_aside = {row for row, *_, code in findings if code not in ignored}
    assert len(held) + len(set_aside) == len(made.rows)


def _value(value: str | None, *, trailing: bool) -> str | None:
    """A row whose lines all end with a delimiter has a cell more."""
    if trailing and value is not None and value.endswith(" cells"):
        return f"{int(value.split()[0]) + 1} cells"
    return value


def _found(roster: Roster) -> tuple[list[Any], list[Any]]:
    if roster.small is not None:
        held = [(one.person, str(one.certification), one.earned) for one in roster.small.holdings]
        return held, [(one.source_row, one.column_name, one.value, one.code) for one in roster.small.set_aside]
    assert roster.connection is not None
    holdings = roster.connection.execute("SELECT person, certification, earned FROM holdings").fetchall()
    return holdings, roster.connection.execute("SELECT source_row, column_name, value, code FROM set_aside").fetchall()


def test_nul_bytes_are_not_read_as_cells(tmp_path: Path, names: RosterNames) -> None:
    """A NUL is no text: the whole file is refused with its line, or the row is; never a traceback."""
    engines: tuple[Any, ...] = ("plain", "duckdb")
    for engine in engines:
        path = tmp_path / "nul.csv"
        path.write_bytes(b"person,certification,earned\nann,pmp,2024-01-01\nb\0b,pmp,2024-01-01\n")
        roster = open_roster(str(path), names, AS_OF, RosterOptions(engine=engine))
        if roster.problems.errors:
            continue
        held, findings = _found(roster)
        assert len(held) + len({row for row, *_ in findings}) == 2
