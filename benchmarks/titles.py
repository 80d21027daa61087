"""How well titles are matched: precision and recall on titles collected by hand and on O*NET's, and the speed.

Run ``python benchmarks/titles.py``. In ``data/title_cases.csv`` the odd rows served development; the even rows were
held out, though whoever wrote the rules had seen the file; both made at one time. ``title_cases_unseen.csv`` was
written before the rules were last changed and served them, ``title_cases_after.csv`` afterwards, and no rule has been
changed for it; both are written in the manner of public payrolls and of tech companies' ladders. O*NET says
occupations, not roles: a match counts as right where the role's cross-references (catalog/roles) have the title's
occupation; titles of other trades are many there.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable
from pathlib import Path

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.titles import matcher_for
from pmcareer.model.roles import CodeSystem
from pmcareer.team.titles import TitleMatcher

DATA = Path(__file__).parent / "data"
MANY = 100_000


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shares(cases: Iterable[tuple[bool, bool, bool]]) -> str:
    """From (a role is due, one was given, it is right) to precision and recall."""
    every = list(cases)
    given = [right for _, got, right in every if got]
    due = [right for wanted, _, right in every if wanted]
    return f"precision {sum(given)}/{len(given)}, recall {sum(due)}/{len(due)}, of {len(every)} titles"


def outcomes_of(name: str, matcher: TitleMatcher) -> list[tuple[bool, bool, bool]]:
    """For each case: a role is due, one was given, it is right."""
    found = []
    for row in rows_of(name):
        role = matcher.match(row["raw_title"]).role
        right = row["verdict"] == "role" and role in row["accept"].split("|")
        found.append((row["verdict"] == "role", role is not None, right))
    return found


def main() -> None:
    catalog = load_catalog()
    matcher = matcher_for(catalog)
    outcomes = outcomes_of("title_cases.csv", matcher)
    print("collected, developed on:", shares(outcomes[::2]))
    print("collected, held out:   ", shares(outcomes[1::2]))
    print("written before rules:  ", shares(outcomes_of("title_cases_unseen.csv", matcher)))
    print("written after rules:   ", shares(outcomes_of("title_cases_after.csv", matcher)))
    codes = {
        role.id: {one.code for one in role.cross_references if one.system is CodeSystem.ONET_SOC}
        for role in catalog.roles.values()
    }
    occupations: dict[str, set[str]] = {}
    for row in rows_of("onet_alternate_titles.csv"):
        occupations.setdefault(row["Alternate Title"], set()).add(row["O*NET-SOC Code"])
    onet = []
    for title, wanted in occupations.items():
        role = matcher.match(title).role
        is_ours = "15-1299.09" in wanted or "13-1082.00" in wanted
        onet.append((is_ours, role is not None, role is not None and bool(codes[role] & wanted)))
    print("O*NET alternate titles:", shares(onet), "(recall: IT project managers, project management specialists)")
    started = time.process_time()
    matcher.match_all(f"Senior Project Manager {n} - Department {n}" for n in range(MANY))
    print(f"{MANY:,} distinct titles: {time.process_time() - started:.1f} s of processor time")


if __name__ == "__main__":
    main()
