"""Snapshots: every entry as the reader resolves it, and what its renewal rules make of holdings of several days.

They are committed, so that the review of a change of data shows what changes in values and dates.
`python -m tests.catalog.refresh` writes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tests.catalog.everything import catalog

from pmcareer.model.certifications import Certification
from pmcareer.model.people import Holding
from pmcareer.renewals.histories import history_of
from pmcareer.renewals.subject import subject
from pmcareer.views.resolved import resolved

FOLDER = Path(__file__).parent / "snapshots"
TABLES = ("certifications", "issuers", "roles", "ladders", "pay", "skills", "niches", "experience_kinds", "methods")
AS_OF = date(2026, 11, 23)
EARNED = (date(2014, 3, 31), date(2019, 6, 15), date(2023, 6, 30), date(2024, 2, 29), date(2025, 10, 1), AS_OF)
_WIDTH = 118


def snapshots() -> Iterator[tuple[Path, str]]:
    """The file and the text of every entry's snapshot."""
    for table in TABLES:
        for id_, entry in getattr(catalog(), table).items():
            yield FOLDER / table / f"{id_}.json", text_of(entry)


def text_of(entry: Any) -> str:
    """What a snapshot says: no nothings, no places in files, and on one line what fits on one."""
    plain: Any = _pruned(resolved(entry, catalog().sources))
    if isinstance(entry, Certification):
        plain["renewal_of_holdings"] = [_holding(entry, earned) for earned in EARNED]
    return _written(plain, "") + "\n"


def _holding(certification: Certification, earned: date) -> dict[str, Any]:
    """The first two cycles of a holding earned on a day, as seen on the day of the snapshots."""
    about = subject(certification, catalog().rules_of(certification), AS_OF, catalog().sources)
    history = history_of(about, Holding(certification.id, earned=earned))
    return {
        "earned": earned.isoformat(),
        "cycles": [
            {
                "rule": cycle.rule.id if cycle.rule else None,
                "from": cycle.start.isoformat(),
                "until": cycle.last_day.isoformat() if cycle.last_day else None,
            }
            for cycle in history.cycles[:2]
        ],
    }


def _pruned(plain: Any) -> Any:
    if isinstance(plain, dict):
        parts = {key: _pruned(value) for key, value in plain.items() if key != "origin"}
        return {key: value for key, value in parts.items() if value not in (None, "", [], {}) or key == "value"}
    return [_pruned(value) for value in plain] if isinstance(plain, list) else plain


def _written(plain: Any, indent: str) -> str:
    line = json.dumps(plain, ensure_ascii=False)
    if len(indent) + len(line) <= _WIDTH or not isinstance(plain, dict | list) or not plain:
        return line
    below = indent + " "
    if isinstance(plain, list):
        items = [_written(value, below) for value in plain]
        return "[\n" + ",\n".join(below + item for item in items) + f"\n{indent}]"
    entries = [f"{json.dumps(key)}: {_written(value, below)}" for key, value in plain.items()]
    return "{\n" + ",\n".join(below + entry for entry in entries) + f"\n{indent}}}"
