"""Answering: a report goes out in the format asked for, notes go to stderr, bad news sets the exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pmcareer.cli.options import Common, on_a_terminal
from pmcareer.cli.output import write_made, write_result
from pmcareer.views.report import Report

if TYPE_CHECKING:
    from pathlib import Path

    from pmcareer.views.page import Page

PIPED_WIDTH = 80  # a pipe has no width: the same bytes wherever it leads
_WIDEST = 120


def answer(report: Report, common: Common, *, as_json: bool = False) -> int:
    """Write *report*; the exit code of the command."""
    common = replace(common, format="json") if as_json else common
    write_result(common.output, [_bytes(report, common)])
    return _told(report, common)


def answer_made(report: Report, write: Callable[[Path], None], common: Common) -> int:
    """As ``answer`` of *report*, with the file that *write* makes in its place: rows too many for a report."""
    write_made(common.output, write)
    return _told(report, common)


def _told(report: Report, common: Common) -> int:
    say(report.notes, common)
    return 1 if common.strict and report.verdict == "bad-news" else 0


def refuse_misnamed(common: Common, *endings: str) -> None:
    """A picture or a page goes into a file that is named as one, and never onto a terminal."""
    if common.output is None and on_a_terminal():
        raise click.UsageError(f"This is for a file: name one, such as -o picture{endings[0]}.")
    if common.output is not None and common.output.suffix.lower() not in ("", *endings):
        raise click.UsageError(f"-o {common.output.name}: name the file *{endings[0]}.")


def answer_sheet(report: Report, sheet: Report, title: str, common: Common) -> int:
    """As ``answer``; *sheet* has all rows, for a spreadsheet: alone as CSV, beside *report* in a workbook."""
    if common.format == "csv":
        return answer(replace(sheet, verdict=report.verdict), common)
    if common.format == "xlsx":
        from pmcareer.views.team.words import workbook

        report = workbook(report, sheet, title)
    return answer(report, common)


def _bytes(report: Report, common: Common) -> bytes:
    """The report in the format asked for. Raises UsageError for a workbook on a terminal."""
    if common.format != "xlsx":
        return rendered(report, common).encode("utf-8", "backslashreplace")
    if common.output is None and on_a_terminal():
        raise click.UsageError("A workbook is no text for a terminal: name a file, such as -o answer.xlsx.")
    from pmcareer.render.xlsx import render_xlsx

    return render_xlsx(report)


def answer_page(page: Page, common: Common) -> int:
    """Write *page*, in HTML with its pictures, else by its tables; the exit code of the command."""
    if common.format != "html":
        from pmcareer.views.page import report_of

        return answer(report_of(page), common)
    from pmcareer.render.html import render_page

    write_result(common.output, [render_page(page).encode("utf-8", "backslashreplace")])
    say(page.notes, common)
    return 1 if common.strict and page.verdict == "bad-news" else 0


def say(notes: Iterable[str], common: Common) -> None:
    """Notes on stderr, unless ``--quiet``."""
    from pmcareer.render.terminal_text import harmless

    if not common.quiet:
        for note in notes:
            click.echo(harmless(note), err=True)


def rendered(report: Report, common: Common) -> str:
    """The report as text of the format asked for."""
    if common.format == "json":
        from pmcareer.render.json import render_json

        return render_json(report)
    if common.format == "markdown":
        from pmcareer.render.markdown import render_markdown

        return render_markdown(report)
    if common.format == "csv":
        from pmcareer.render.csv import render_csv

        return render_csv(report)
    if common.format == "html":
        from pmcareer.render.html import render_html

        return render_html(report)
    from pmcareer.render.text import render_text

    return render_text(report, width=_width(common), colour=common.colour)


def _width(common: Common) -> int:
    if common.output is not None or not on_a_terminal():
        return PIPED_WIDTH
    import shutil

    return min(shutil.get_terminal_size((PIPED_WIDTH, 24)).columns, _WIDEST)
