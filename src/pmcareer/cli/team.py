"""``pmcareer team``: HR's questions, asked of a roster; the table of its commands."""

from __future__ import annotations

import click

from pmcareer.cli.lazy import CommandTable, LazyGroup

TEAM_COMMANDS: CommandTable = {}


@click.group(cls=LazyGroup, table=TEAM_COMMANDS)
def team() -> None:
    """HR's questions, asked of a roster in CSV, XLSX, Parquet, YAML or a database."""
