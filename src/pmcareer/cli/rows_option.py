"""``--rows FILE``: every row of an answer about a roster, for a warehouse, beside the answer itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pmcareer.cli.output import write_file, write_through

if TYPE_CHECKING:
    from pmcareer.views.report import Report, SheetKind

rows_option = click.option(
    "--rows", type=click.Path(path_type=Path), help="Write every row to this .csv or .parquet file."
)


def rows_file(path: Path | None) -> Path | None:
    """The file, if its ending says how to write it. Raises UsageError."""
    if path is not None and path.suffix.lower() not in (".csv", ".parquet"):
        raise click.UsageError(f"--rows {path.name}: say a name that ends in .csv or .parquet.")
    return path


def write_sheet(sheet: Report, kinds: Mapping[str, SheetKind], path: Path | None) -> None:
    """The rows of *sheet* into *path*, where one is named; *kinds* are the types of its columns in Parquet."""
    if path is None:
        return
    if path.suffix.lower() == ".parquet":
        from pmcareer.render.parquet import write_parquet

        write_through(path, lambda made: write_parquet(sheet, kinds, made))
        return
    from pmcareer.render.csv import render_csv

    write_file(path, [render_csv(sheet).encode("utf-8", "backslashreplace")])
