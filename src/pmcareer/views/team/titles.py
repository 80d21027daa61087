"""Matched titles as a Report, and ``pmcareer.titles/1`` for programs."""

from __future__ import annotations

from pmcareer.api.team.titles import MatchedTitles
from pmcareer.views.report import Cell, Column, Plain, Report, Table

SCHEMA = "pmcareer.titles/1"


def titles_report(matched: MatchedTitles) -> Report:
    """Each distinct title with its role, or what else it may mean; bad news where one has no role."""
    clear = sum(1 for row in matched.rows if row.role)
    columns = (
        Column("Title", flexible=True),
        Column("Role"),
        Column("Confidence", "right"),
        Column("May also mean", flexible=True),
    )
    rows = tuple(
        (
            Cell(row.title),
            Cell(row.role or "", "plain"),
            Cell(f"{row.confidence:.2f}" if row.role else ""),
            Cell(", ".join(row.alternatives), "dim"),
        )
        for row in matched.rows
    )
    document: dict[str, Plain] = {
        "schema": SCHEMA,
        "as_of": matched.as_of.isoformat(),
        "rows": [
            {
                "title": row.title,
                "role": row.role,
                "confidence": float(row.confidence),
                "alternatives": list(row.alternatives),
            }
            for row in matched.rows
        ],
    }
    return Report(
        title=f"{len(matched.rows)} titles, {clear} with a role",
        blocks=(Table(columns, rows),),
        document=document,
        notes=matched.notes,
        verdict="fine" if clear == len(matched.rows) else "bad-news",
    )
