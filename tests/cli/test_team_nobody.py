"""Nobody to answer for is said plainly, by every team command and both engines, and is no answer of noughts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.in_process import invoke

COMMANDS = {
    "status": "",
    "coverage": "",
    "forecast": "",
    "readiness": "--target pm",
    "replay": "--rules-before 2022-12-31 --rules-after 2023-01-01",
    "what-if": "--leave ann",
    "budget": "--target pm",
    "calendar": "-o out --namespace 3f0d6c1e-5b1c-4c62-9a3e-0f6f5d1f2a77",
}
HEADER = "person,manager,certifications\n"
STAFF = f"{HEADER}ann,Meg,pmp:2025-03-01\nbob,E-77,\n"


def _run(folder: Path, command: str, options: str, text: str) -> tuple[int, str]:
    (folder / "staff.csv").write_text(text, encoding="utf-8")
    amount = ["9999"] if command == "budget" else []
    said = f"staff.csv --as-of 2026-11-23 {COMMANDS.get(command, '')} {options}"
    done = invoke(folder, "team", command, *amount, *said.split())
    assert done.out == ""
    return done.code, done.error


# All commands open rosters and look at what may be seen in the same two places: the database is tried by one of them.
BOTH = [*((command, "plain") for command in COMMANDS), ("status", "duckdb")]


@pytest.mark.parametrize(("command", "engine"), [*BOTH, ("check", "plain"), ("check", "duckdb")])
def test_an_empty_roster(tmp_path: Path, command: str, engine: str) -> None:
    code, error = _run(tmp_path, command, f"--engine {engine}", HEADER)
    assert code == 3
    assert "the roster has no rows" in error and "[roster-empty]" in error


@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_rows_of_nobody(tmp_path: Path, engine: str) -> None:
    code, error = _run(tmp_path, "status", f"--engine {engine}", f"{HEADER},Meg,pmp\n")
    assert code == 3
    assert "none of its rows tells of a person" in error and "team check" in error


@pytest.mark.parametrize(("command", "engine"), BOTH)
def test_a_manager_whom_nobody_reports_to_is_told_of_no_other(tmp_path: Path, command: str, engine: str) -> None:
    code, error = _run(tmp_path, command, f"--audience manager --manager Mog --engine {engine}", STAFF)
    assert code == 2
    assert error == "nobody in the roster reports to 'Mog' persons and managers go by the ids of the roster"


def test_who_asks_for_their_own_row_is_told_of_nobody_else(tmp_path: Path) -> None:
    code, error = _run(tmp_path, "status", "--audience person --person anna", STAFF)
    assert code == 2
    assert "'anna'" in error and "'ann'" not in error


def test_a_manager_who_plans_is_told_of_their_own_reports_only(tmp_path: Path) -> None:
    """Bob reports to somebody else; Ann to Meg, who asks."""
    code, error = _run(tmp_path, "what-if", "--leave bop --audience manager --manager Meg", STAFF)
    assert code == 2
    assert "'bop'" in error and "'bob'" not in error


def test_whom_a_change_names_is_looked_for(tmp_path: Path) -> None:
    code, error = _run(tmp_path, "what-if", "--leave bop", STAFF)
    assert code == 2
    assert error == "nobody in the roster is 'bop' did you mean 'bob'?"
