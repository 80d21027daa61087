"""Run by the interop environment's Python: ``team status`` of each roster named, on a local Spark, as JSON.

For each roster four answers: as few people are answered (with their rows), as many are (counts only), and what the
manager x and the person bob see. Last, one for the roster in two files that is named first.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from pmcareer.api.team import spark as team_spark
from pmcareer.api.team.answers import RosterOptions, TeamAsked, audience_for
from pmcareer.errors import UsageError
from pmcareer.team.audience import Audience
from pmcareer.views.team.status import status_report


def main(people: str, held: str, *paths: str) -> None:
    asked = TeamAsked(date(2026, 11, 23))
    answers: list[list[object]] = []
    for path in paths:
        found = team_spark.spark_status(path, (), asked, RosterOptions())
        counted = team_spark.counted(found.frame, asked.as_of, small=0)
        told: list[object] = [status_report(one, asked.audience, {}).document for one in (found.status, counted)]
        for audience in (audience_for("manager", manager="x"), audience_for("person", person="bob")):
            told.append(seen_by(path, asked, audience))
        answers.append(told)
    both = team_spark.spark_status(people, (), asked, RosterOptions(holdings=Path(held)))
    answers.append([status_report(both.status, asked.audience, {}).document])
    print(json.dumps(answers))


def seen_by(path: str, asked: TeamAsked, audience: Audience) -> object:
    """What an audience sees; where it sees nobody, the words of the refusal."""
    try:
        seen = team_spark.spark_status(path, (), replace(asked, audience=audience), RosterOptions())
    except UsageError as error:
        return str(error)
    return status_report(seen.status, audience, {}).document


main(*sys.argv[1:])
