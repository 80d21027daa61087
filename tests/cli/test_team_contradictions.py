"""What cannot be together in one holding is a finding of ``team check``, with row and column, by both engines alike.

Rules as their issuers state them: a CSM is valid for two years and can be renewed up to its last day; a PMP runs for
three years and is renewed by PDUs, which the catalog calls credits.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.in_process import invoke

ROSTER = """\
person,certification,earned,renewed,route,issuer_says_expires
fine,pmp,2022-01-01,2024-12-01,,
late,csm,2015-01-01,2020-06-01,,
by-fruit,pmp,2020-01-01,2022-12-01,banana,
before,pmp,2022-01-01,2020-01-01,,
backwards,pmp,2022-01-01,,,2020-01-01
their-word,pmp,2022-01-01,,,2025-01-31
only-renewed,pmp,,2024-01-01,,
usual,pmp,2015-01-01,2024-05-20,,
"""
EXPECTED = [
    (3, "renewed", "2020-06-01", "renewal-after-expiry", "warning"),
    (4, "route", "banana", "renewal-route-unknown", "warning"),
    (5, "renewed", "2020-01-01", "profile-event-order", "warning"),
    (6, "issuer_says_expires", "2020-01-01", "renewal-issuer-disagrees", "warning"),
    (8, "renewed", "2024-01-01", "profile-event-order", "warning"),
    (7, "issuer_says_expires", "2025-01-31", "renewal-issuer-disagrees", "note"),
]


def _checked(folder: Path, *options: str, code: int = 0) -> dict[str, Any]:
    arguments = ["staff.csv", "--as-of", "2026-11-23", "--format", "json", *options]
    done = invoke(folder, "team", "check", *arguments)
    assert done.code == code, done.error
    found: dict[str, Any] = json.loads(done.out)
    return found


@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_each_with_row_and_column(tmp_path: Path, engine: str) -> None:
    (tmp_path / "staff.csv").write_text(ROSTER, encoding="utf-8")
    found = _checked(tmp_path, "--engine", engine, "--strict", code=1)
    said = [tuple(one[key] for key in ("row", "column", "value", "code", "severity")) for one in found["problems"]]
    assert said == EXPECTED
    assert found["by_code"]["profile-event-order"] == 2
    assert found["by_severity"] == {"note": 1, "warning": 5}
    assert found["holdings"] == 8
    counted = _checked(tmp_path, "--engine", engine, "--show", "0")
    assert counted["problems"] == [] and counted["by_code"] == found["by_code"]


@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_what_is_lost_comes_before_what_is_doubtful(tmp_path: Path, engine: str) -> None:
    """One holding that stands there twice, a renewal that could not be, and in the last row a day that is none."""
    rows = "a,pmp,2024-01-01,\na,pmp,2024-01-01,\nb,csm,2015-01-01,2020-06-01\nc,pmp,2024-02-31,\n"
    (tmp_path / "staff.csv").write_text(f"person,certification,earned,renewed\n{rows}", encoding="utf-8")
    found = _checked(tmp_path, "--engine", engine)["problems"]
    assert [(one["severity"], one["row"]) for one in found] == [("error", 5), ("warning", 4), ("note", 3)]
    (worst,) = _checked(tmp_path, "--engine", engine, "--show", "1")["problems"]
    assert worst["code"] == "roster-date"
    text = invoke(tmp_path, "team", "check", "staff.csv", "--as-of", "2026-11-23", "--engine", engine).out
    assert "1 error, 1 warning, 1 note" in text


@pytest.mark.parametrize("engine", ["plain", "duckdb"])
def test_what_another_one_renewed_is_no_contradiction(tmp_path: Path, engine: str) -> None:
    # Scrum Alliance renews the lower certification with the higher one: a renewal recorded days later confirms that.
    rows = "ann,csm,2020-01-10,2023-06-20,\nann,a-csm,2021-12-01,2023-06-10,\n"
    (tmp_path / "staff.csv").write_text(f"person,certification,earned,renewed,route\n{rows}", encoding="utf-8")
    alone = f"person,certification,earned,renewed,route\n{rows.splitlines()[0]}\n"
    codes = _checked(tmp_path, "--engine", engine)["by_code"]
    (tmp_path / "staff.csv").write_text(alone, encoding="utf-8")
    assert "renewal-after-expiry" in _checked(tmp_path, "--engine", engine)["by_code"]
    assert "renewal-after-expiry" not in codes
