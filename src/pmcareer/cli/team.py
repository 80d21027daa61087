"""``pmcareer team``: HR's questions, asked of a roster; the table of its commands."""

from __future__ import annotations

import click

from pmcareer.cli.lazy import CommandTable, LazyGroup

TEAM_COMMANDS: CommandTable = {
    "check": ("pmcareer.cli.team_check", "check", "What a roster holds, and every problem in it."),
    "propose-mapping": (
        "pmcareer.cli.team_mapping",
        "propose_mapping",
        "A mapping file for foreign column names, to be gone over.",
    ),
    "titles": ("pmcareer.cli.team_titles", "titles", "The roles that job titles mean."),
    "status": ("pmcareer.cli.team_status", "status", "What a staff holds: expired, due, active, by department."),
    "readiness": ("pmcareer.cli.team_readiness", "readiness", "Who is ready for a role, and what each still lacks."),
    "coverage": ("pmcareer.cli.team_coverage", "coverage", "What hangs on one person, and when cover breaks."),
    "forecast": ("pmcareer.cli.team_forecast", "forecast", "Renewals, units and fees by quarter."),
    "replay": ("pmcareer.cli.team_replay", "replay", "Who moved when the rules changed."),
    "what-if": ("pmcareer.cli.team_what_if", "what_if", "What changes if people leave, come, move, earn or let lapse."),
    "budget": ("pmcareer.cli.team_budget", "budget", "Who is to earn what, for which role, under a budget."),
    "calendar": (
        "pmcareer.cli.team_calendar",
        "team_calendar",
        "Deadlines of a staff as calendar files, updated in place.",
    ),
}


@click.group(cls=LazyGroup, table=TEAM_COMMANDS)
def team() -> None:
    """HR's questions, asked of a roster in CSV, XLSX, Parquet, YAML or PostgreSQL."""
