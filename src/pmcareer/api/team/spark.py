"""``team status`` on Apache Spark: each partition has all rows of its people, and is answered by the local engine.

What the cluster sends back is counted here. Workers need pmcareer and the catalog's folders at the same paths.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcareer.api.loading import load_catalog, raise_for
from pmcareer.api.team.rosters import roster_names
from pmcareer.api.team.small import book_for
from pmcareer.errors import DataInvalidError, MissingExtraError, PmcareerError, UsageError
from pmcareer.model.ids import CertificationId
from pmcareer.model.rosters import PersonRow, SetAside, SmallRoster
from pmcareer.problems import Position, Problem, Problems
from pmcareer.reading.rosters.records import Understood, understood
from pmcareer.reading.rosters.roster import SMALL_ROWS, RosterOptions
from pmcareer.renewals.status import Status
from pmcareer.spreadsheets import FORMULA_STARTS
from pmcareer.team.audience import Audience, limited, nobody_seen
from pmcareer.team.status import (
    DUE_SPANS,
    GROUPED_BY,
    GroupTally,
    StatusRow,
    Tally,
    TeamStatus,
    groups_of,
    status_rows,
    tally_of,
)
from pmcareer.values import dataclass

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from pmcareer.api.team.answers import TeamAsked
    from pmcareer.team.groups import GroupBy

_LISTED_FINDINGS = 1_000
_EVERYBODY = Audience()
_COLUMNS: Mapping[str, str] = {
    "kind": "string",  # person, holding, finding, broken
    "source_row": "bigint",
    "place": "int",  # among those of one source row
    "person": "string",
    "manager": "string",
    "department": "string",
    "certification": "string",
    "status": "string",
    "expires": "date",
    "conferred": "boolean",
    "column_name": "string",
    "value": "string",
    "code": "string",
    "message": "string",
    "severity": "string",
}
_ROWS = ("person", "certification", "status", "expires", "conferred")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a worker must know to answer a partition; all of it can be sent there."""

    header: tuple[str, ...]
    name: str
    catalogs: tuple[Path, ...]
    as_of: date
    due_within: int
    options: RosterOptions
    audience: Audience = Audience()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SparkStatus:
    """The answer, and the frame of everything behind it."""

    status: TeamStatus
    frame: DataFrame

    def write_rows(self, folder: Path) -> None:
        """Every holding into a folder of Parquet or CSV files, by its ending. Raises UsageError where it exists."""
        if folder.exists():
            raise UsageError(f"{folder} exists already", hint="Spark writes a new folder")
        rows = self.frame.filter("kind = 'holding'").select(*_ROWS)
        if folder.suffix == ".parquet":
            rows.write.parquet(str(folder))
        else:
            _spelt(rows).write.csv(str(folder), header=True)


def _spelt(rows: DataFrame) -> DataFrame:
    """Rows as every CSV of ours has them: truth in words, and no id that a spreadsheet would take for a formula."""
    from pyspark.sql import functions as f

    risky = f.col("person").rlike("^[" + re.escape("".join(FORMULA_STARTS)) + "]")
    harmless = f.when(risky, f.concat(f.lit("'"), f.col("person"))).otherwise(f.col("person"))
    said = f.when(f.col("conferred"), "yes").otherwise("no")
    return rows.withColumn("person", harmless).withColumn("conferred", said)


def spark_status(
    source: str, catalogs: Sequence[Path], asked: TeamAsked, options: RosterOptions, session: SparkSession | None = None
) -> SparkStatus:
    """What ``api.team.team_status`` answers, by Spark; *session* None: the one that is running, or a new one.

    Raises MissingExtraError without Spark, UsageError for what it does not do, DataInvalidError for a source that makes
    no roster.
    """
    if options.encoding.lower().replace("-", "") not in ("", "utf8"):
        raise UsageError("Spark reads CSV (UTF-8) or Parquet", hint="leave out --engine spark")
    session = session or _session()
    from pmcareer.reading.rosters.spark import records_of, source_of, with_holdings

    found = source_of(session, source, options.delimiter)
    second = source_of(session, str(options.holdings), options.delimiter) if options.holdings else None
    held = second.header if second else ()
    plan = Plan(found.header, source, tuple(catalogs), asked.as_of, asked.due_within, options, asked.audience, held)
    reader = _reader(plan)
    records = records_of(session, found, reader.layout.person)
    if second is not None and reader.holdings is not None:
        records = with_holdings(records, records_of(session, second, reader.holdings.person))
    schema = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    answered = records.mapInArrow(partial(_answer, plan=plan), schema).cache()
    if broken := [row["source_row"] for row in answered.filter("kind = 'broken'").head(20)]:
        raise DataInvalidError([_broken(source, row) for row in broken])
    status = counted(answered, asked.as_of, audience=asked.audience)
    if not status.people:
        raise _nobody(source, asked.audience)
    return SparkStatus(status, answered)


def _nobody(source: str, audience: Audience) -> PmcareerError:
    if not audience.sees_all:
        return nobody_seen(audience)
    return DataInvalidError([Problem("roster-empty", "nobody is in the roster", Position(source))])


def _session() -> SparkSession:
    """The session that runs, or a new one; workers run this very Python unless PYSPARK_PYTHON says otherwise."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("spark", "--engine spark") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.appName("pmcareer team status").config("spark.ui.showConsoleProgress", "false")
    running: SparkSession = session.getOrCreate()
    return running


def _broken(source: str, row: int) -> Problem:
    hint = "cells with line breaks: write Parquet, or leave out --engine spark"
    return Problem("roster-csv", f"row {row} is not well-formed CSV by itself", Position(source), hint=hint)


@lru_cache(maxsize=4)
def _reader(plan: Plan) -> Understood:
    """How the plan's records are read; each worker finds that out once. Raises DataInvalidError."""
    problems = Problems()
    names = roster_names(load_catalog(plan.catalogs))
    found = understood(plan.header, plan.name, names, plan.as_of, plan.options, problems, held=plan.held)
    raise_for(problems)
    if found is None:
        raise UsageError(f"{plan.name}: its columns make no roster")
    return found


# --- on the workers ---------------------------------------------------------------------------------------------------


def _answer(batches: Iterable[Any], *, plan: Plan) -> Iterator[Any]:
    """A partition's records answered, as one batch."""
    import pyarrow as pa

    records: list[tuple[int, Sequence[str | None]]] = []
    held: list[tuple[int, Sequence[str | None]]] = []
    broken = []
    for batch in batches:
        rows = batch.to_pydict()
        for number, cells in zip(rows["source_row"], rows["cells"], strict=True):
            if cells is None:
                broken.append({"kind": "broken", "source_row": abs(number)})
            else:
                (records if number > 0 else held).append((abs(number), cells))
    for each in (records, held):
        each.sort(key=lambda record: record[0])
    # What may not be seen does not leave the worker; which groups are small only all of them show (``_small``).
    roster = limited(_reader(plan).roster(records, held), replace(plan.audience, smallest_group=0))
    kinds = {"string": pa.string(), "bigint": pa.int64(), "int": pa.int32(), "date": pa.date32(), "boolean": pa.bool_()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in _COLUMNS.items()])
    yield pa.RecordBatch.from_pylist([*broken, *_told(roster, plan)], schema=schema)


def _told(roster: SmallRoster, plan: Plan) -> Iterator[dict[str, object]]:
    """People, holdings and findings of a partition as rows of ``_COLUMNS``."""
    book = book_for(load_catalog(plan.catalogs), [roster], plan.as_of, plan.due_within)
    of = {one.person: one for one in roster.people}
    for one in roster.people:
        yield {"kind": "person", "source_row": one.source_row, "place": 0, **_whose(one)}
    places: Counter[str] = Counter()
    for row in status_rows(roster, book):
        places[row.person] += 1
        yield {
            "kind": "holding",
            "source_row": of[row.person].source_row,
            "place": places[row.person],
            **_whose(of[row.person]),
            "certification": row.certification,
            "status": row.status.value,
            "expires": row.expires,
            "conferred": row.conferred,
        }
    for place, finding in enumerate(roster.set_aside):
        yield {
            "kind": "finding",
            "source_row": finding.source_row,
            "place": place,
            "column_name": finding.column_name,
            "value": finding.value,
            "code": finding.code,
            "message": finding.message,
            "severity": finding.severity,
        }


def _whose(one: PersonRow) -> dict[str, object]:
    return {"person": one.person, "manager": one.manager, "department": one.department}


# --- what came back ---------------------------------------------------------------------------------------------------


def counted(answered: DataFrame, as_of: date, small: int = SMALL_ROWS, audience: Audience = _EVERYBODY) -> TeamStatus:
    """Up to *small* people with their rows, more as counts: as the local engines have it. Others than HR see rows."""
    sizes = {row["kind"]: row["count"] for row in answered.groupBy("kind").count().collect()}
    findings = answered.filter("kind = 'finding'").orderBy("source_row", "place").limit(_LISTED_FINDINGS)
    listed = tuple(
        SetAside(row["source_row"], row["column_name"], row["value"], row["code"], row["message"], row["severity"])
        for row in findings.collect()
    )
    people, found = sizes.get("person", 0), sizes.get("finding", 0)
    if people <= small or not audience.sees_all:
        return _small(answered, as_of, listed, found, audience)
    everybody, conferred = _tallies(answered, None, as_of).get("", (Tally({}, dict.fromkeys(DUE_SPANS, 0)), 0))
    groups = tuple(group for by in GROUPED_BY for group in _groups(answered, by, as_of))
    return TeamStatus(as_of, people, everybody, groups, None, listed, found, conferred)


def _groups(answered: DataFrame, by: GroupBy, as_of: date) -> Iterator[GroupTally]:
    """The groups by department or by manager; none where that is not said of anybody."""
    members = answered.filter("kind = 'person'").groupBy(by).count().collect()
    sizes = sorted((row[by] or "", row["count"]) for row in members)
    if [name for name, _ in sizes] != [""]:
        tallies = _tallies(answered, by, as_of)
        nothing = (Tally({}, dict.fromkeys(DUE_SPANS, 0)), 0)
        yield from (GroupTally(by, name, count, tallies.get(name, nothing)[0]) for name, count in sizes)


def _small(
    answered: DataFrame, as_of: date, listed: tuple[SetAside, ...], findings: int, audience: Audience
) -> TeamStatus:
    rows = answered.filter("kind IN ('person', 'holding')").orderBy("source_row", "place").collect()
    people = [
        PersonRow(row["source_row"], row["person"], manager=row["manager"], department=row["department"])
        for row in rows
        if row["kind"] == "person"
    ]
    people = list(limited(SmallRoster(tuple(people)), audience).people)
    held = tuple(
        StatusRow(
            row["person"],
            row["manager"],
            CertificationId(row["certification"]),
            Status(row["status"]),
            row["expires"],
            row["conferred"],
        )
        for row in rows
        if row["kind"] == "holding"
    )
    groups = tuple(groups_of(people, held, as_of))
    conferred = sum(row.conferred for row in held)
    return TeamStatus(as_of, len(people), tally_of(held, as_of), groups, held, listed, findings, conferred)


def _tallies(answered: DataFrame, by: GroupBy | None, as_of: date) -> dict[str, tuple[Tally, int]]:
    """By group ("": those of whom it is not said, and everybody where there is no *by*): tally, titles conferred."""
    named = [by] if by else []
    counts = answered.filter("kind = 'holding'").groupBy(*named, "status", "expires", "conferred").count().collect()
    statuses: dict[str, Counter[Status]] = {}
    left: dict[str, Counter[int]] = {}
    titles: Counter[str] = Counter()
    for row in counts:
        group, status, ends, count = (row[by] or "") if by else "", Status(row["status"]), row["expires"], row["count"]
        statuses.setdefault(group, Counter())[status] += count
        titles[group] += count if row["conferred"] else 0
        if status in (Status.ACTIVE, Status.DUE) and ends is not None:
            near = {span: count for span in DUE_SPANS if (ends - as_of).days <= span}
            left.setdefault(group, Counter()).update(near)
    return {group: (_tally(own, left.get(group, Counter())), titles[group]) for group, own in statuses.items()}


def _tally(statuses: Counter[Status], left: Counter[int]) -> Tally:
    return Tally(
        {status: statuses[status] for status in Status if statuses[status]}, {span: left[span] for span in DUE_SPANS}
    )
