"""Run by the interop environment's Python: ``team status`` of each roster named, on a local Spark, as JSON.

For each roster two answers: as few people are answered (with their rows), and as many are (counts only).
"""

from __future__ import annotations

import json
import sys
from datetime import date

from pmcareer.api.team import spark as team_spark
from pmcareer.api.team.answers import RosterOptions, TeamAsked
from pmcareer.views.team.status import status_report


def main(*paths: str) -> None:
    asked = TeamAsked(date(2026, 11, 23))
    answers = []
    for path in paths:
        found = team_spark.spark_status(path, (), asked, RosterOptions())
        counted = team_spark.counted(found.frame, asked.as_of, small=0)
        answers.append([status_report(one, asked.audience, {}).document for one in (found.status, counted)])
    print(json.dumps(answers))


main(*sys.argv[1:])
