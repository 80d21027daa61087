"""The same roster by the database and in memory: one answer, whatever its layout and whatever is wrong in it."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.tools import require_tool

from pmcareer.api.loading import load_catalog
from pmcareer.api.team.answers import (
    RosterOptions,
    TeamAsked,
    audience_for,
    team_coverage,
    team_forecast,
    team_readiness,
    team_status,
    words_for,
    write_status_rows,
)
from pmcareer.api.team.rosters import team_roster
from pmcareer.team.columns.spans import BY_FORMULA, Formula, Kind
from pmcareer.team.status import TO_SEE_TO
from pmcareer.views.team.coverage import coverage_report
from pmcareer.views.team.forecast import forecast_report
from pmcareer.views.team.readiness import readiness_report
from pmcareer.views.team.status import status_report

AS_OF = date(2026, 11, 23)
_OWN = (
    "pmp capm csm a-csm cspo prince2-foundation prince2-practitioner msp-foundation itil-foundation itil-dpi itil-dits "
    "comptia-a-plus comptia-network-plus comptia-security-plus ccna ccnp-enterprise psm-i cissp safe-sa safe-spc"
)
OWN = tuple(_OWN.split(" "))
HEADER = ("person", "role", "department", "location", "manager", "role_since", "education")
LONG = (*HEADER, "certification", "earned", "renewed", "route", "issuer_says_expires")


@pytest.fixture(autouse=True)
def _a_database() -> None:
    require_tool(importlib.util.find_spec("duckdb"), "duckdb")


def people(chance: Random, count: int) -> Iterator[tuple[list[str], list[tuple[str, date]]]]:
    roles = ["project-manager", "project-coordinator", "scrum-master", "senior-project-manager", ""]
    for n in range(count):
        since = date(2012, 1, 1) + timedelta(days=chance.randrange(5400))
        person = [f"P{n}", chance.choice(roles), chance.choice(["IT", "Law", ""]), chance.choice(["Leeds", "York"])]
        person += [f"M{n % 7}", chance.choice([since.isoformat(), ""]), chance.choice(["bachelor", "secondary", ""])]
        days = (date(2008, 1, 1) + timedelta(days=chance.randrange(6890)) for _ in range(5))
        yield person, [(chance.choice(OWN), day) for _, day in zip(range(chance.randrange(5)), days, strict=False)]


def wide(path: Path, chance: Random, count: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*HEADER, "certifications"])
        for person, held in people(chance, count):
            wrong = ";pmp:2020-02-31" if chance.random() < 0.05 else ""
            out.writerow([*person, ";".join(f"{own}:{day}" for own, day in held) + wrong])


def long(path: Path, chance: Random, count: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(LONG)
        for person, held in people(chance, count):
            for own, day in held or [("", AS_OF)]:
                renewed = [day + timedelta(days=chance.randrange(200, 1500))] if own and chance.random() < 0.4 else []
                days = ";".join(str(one) for one in renewed if one <= AS_OF)
                says = str(date(2027, 5, 4)) if own and chance.random() < 0.1 else ""
                route = chance.choice(["", "credits"]) if days else ""
                out.writerow([*person, own, day if own else "", days, route, says])


def asked() -> TeamAsked:
    return TeamAsked(AS_OF)


@pytest.mark.parametrize("layout", [wide, long])
@pytest.mark.parametrize("seed", [1, 2])
def test_both_give_the_same(tmp_path: Path, layout: Any, seed: int) -> None:
    source = tmp_path / "staff.csv"
    layout(source, Random(seed), 50)
    catalog, names = load_catalog(), words_for(load_catalog())
    documents: list[dict[str, Any]] = []
    for engine in ("plain", "duckdb"):
        roster = team_roster(catalog, str(source), AS_OF, RosterOptions(engine=engine))
        hr = asked().audience
        status = team_status(catalog, roster, asked())
        rows = tmp_path / f"{engine}.csv"
        write_status_rows(roster, status, asked(), rows)
        readiness = team_readiness(catalog, roster, asked(), "senior-project-manager", 5)
        every = team_readiness(catalog, roster, asked(), None, 1)
        cover = [team_coverage(catalog, roster, asked(), by, 2) for by in (None, "location", "manager")]
        documents.append(
            {
                "status": dict(status_report(status, hr, names).document),
                "coverage": [coverage_report(one, hr, names).document for one in cover],
                "forecast": forecast_report(team_forecast(catalog, roster, asked(), 6), hr, names).document,
                "readiness": dict(readiness_report(readiness, hr, names).document),
                "every": dict(readiness_report(every, hr, names).document),
                "rows": sorted(rows.read_text(encoding="utf-8").splitlines()),
            }
        )
    small, large = documents
    # A large roster lists its rows in files only, and says so of the bench.
    for document in documents:
        document["status"].pop("rows")
    for name in ("readiness", "every"):
        small[name]["rows"] = [row for row in small[name]["rows"] if row["planned"]]
        assert small[name].pop("notes") != large[name].pop("notes")
    for document in documents:
        document["status"]["problems"].sort(key=json.dumps)
    for name, answer in small.items():
        assert answer == large[name], name


def test_a_manager_of_a_large_roster_sees_reports_only(tmp_path: Path) -> None:
    source = tmp_path / "staff.csv"
    wide(source, Random(3), 100)
    catalog = load_catalog()
    audience = audience_for("manager", manager="M3")
    said = []
    for engine in ("plain", "duckdb"):
        roster = team_roster(catalog, str(source), AS_OF, RosterOptions(engine=engine))
        answer = team_status(catalog, roster, TeamAsked(AS_OF, audience))
        assert {row.manager for row in answer.rows or ()} == {"M3"}
        said.append((answer.people, answer.tally, [(row.person, row.certification) for row in answer.rows or ()]))
    assert said[0] == said[1]


def test_of_very_many_managers_those_with_most_to_see_to_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "staff.csv"
    wide(source, Random(4), 100)
    catalog = load_catalog()
    monkeypatch.setattr("pmcareer.team.columns.status.LISTED_GROUPS", 3)
    small, large = (
        team_status(catalog, team_roster(catalog, str(source), AS_OF, RosterOptions(engine=engine)), asked())
        for engine in ("plain", "duckdb")
    )
    every = [one for one in small.groups if one.by == "manager"]
    every.sort(key=lambda one: (-sum(one.tally.by_status.get(status, 0) for status in TO_SEE_TO), one.group))
    listed = sorted(every[:3], key=lambda one: one.group)
    assert [one for one in large.groups if one.by == "manager"] == listed
    assert large.left_out == {"manager": 4}  # of seven


def test_formulas_say_the_same_in_the_database() -> None:
    import duckdb

    days = [date(2012, 1, 1) + timedelta(days=n) for n in range(0, 3300)]
    kinds: tuple[Kind, ...] = ("eve", "anniversary", "days", "year-end", "half-year-end", "january")
    formulas = [Formula(kind, n) for kind in kinds for n in (1, 12, 35, 36, 90)]
    for one in (*formulas, Formula("stays", fixed=date(2024, 2, 29)), Formula("stays")):
        query = f"SELECT {BY_FORMULA} FROM (SELECT unnest(?::DATE[]) AS day, ? AS formula, ? AS n, ?::DATE AS fixed)"
        said = duckdb.connect().execute(query, [days, one.kind, one.n, one.fixed]).fetchall()
        assert [day for (day,) in said] == [one.on(day) for day in days], one


# A row, or cells, for each renewal: PMP lasts three years from the award, and each renewal adds three, so from
# 2018-05-07 by 2021-03-13 and 2024-03-13 to 2027-05-06.
ONE_HOLDING = {
    "rows": "person,certification,earned,renewed\nA,PMP,2018-05-07,2021-03-13\nA,pmp,2018-05-07,2024-03-13\n",
    "turned": "person,certification,earned,renewed\nA,pmp,,2024-03-13\nA,PMP,2018-05-07,2021-03-13\n",
    "wide": "person,cert1,cert1_date,cert1_renewed,cert2,cert2_date,cert2_renewed\n"
    "A,PMP,2018-05-07,2021-03-13,PMP,2018-05-07,2024-03-13\n",
}


@pytest.mark.parametrize("form", ONE_HOLDING)
def test_a_row_for_each_renewal(tmp_path: Path, form: str) -> None:
    source, catalog = tmp_path / "staff.csv", load_catalog()
    source.write_text(ONE_HOLDING[form], encoding="utf-8")
    for engine in ("plain", "duckdb"):
        roster = team_roster(catalog, str(source), AS_OF, RosterOptions(engine=engine))
        rows = tmp_path / "rows.csv"
        write_status_rows(roster, team_status(catalog, roster, asked()), asked(), rows)
        assert rows.read_text(encoding="utf-8").splitlines()[1:] == ["A,pmp,active,2027-05-06,no"], engine
