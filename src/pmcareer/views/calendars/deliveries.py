"""Deliveries as Reports: what a push did or would do, and where published feeds stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from pmcareer.views.calendars.push import Act, Step
from pmcareer.views.report import Block, Cell, Column, Lines, Report, Table, Tone, lines

_DONE = {Act.CREATE: "added", Act.UPDATE: "changed", Act.DELETE: "removed", Act.KEEP_THEIRS: "kept as it is there"}
_PLANNED = {Act.CREATE: "add", Act.UPDATE: "change", Act.DELETE: "remove", Act.KEEP_THEIRS: "keep as it is there"}
_TONES: dict[Act, Tone] = {Act.CREATE: "good", Act.DELETE: "dim", Act.KEEP_THEIRS: "warn"}
_REFRESH = (
    "How soon a subscription shows a change is up to the program: Google every 4 to 24 hours, Outlook about every "
    "3 hours, Nextcloud daily, Thunderbird every 30 minutes."
)
_WHO_READS = "Whoever has the address of a feed can read it; --rotate gives it a new one."


class Feed(Protocol):
    """A published feed, as ``delivery.publish.PublishedFeed`` tells it."""

    @property
    def view(self) -> str:
        """Which calendar it is."""

    @property
    def name(self) -> str:
        """Its file's name."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def changed(self) -> bool:
        """Whether it was written now."""

    @property
    def too_large_for_google(self) -> bool:
        """Whether Google Calendar may refuse it."""


def push_report(steps: Sequence[Step], calendar: str, as_of: str, *, dry_run: bool) -> Report:
    """What was done, or (*dry_run*) would be; bad news where something was kept as someone else left it."""
    shown = [step for step in steps if step.act is not Act.NOTHING]
    kept = any(step.act is Act.KEEP_THEIRS for step in steps)
    words = _PLANNED if dry_run else _DONE
    rows = tuple(
        (
            Cell(words[step.act], _TONES.get(step.act, "plain")),
            Cell(_iso(step.on) or ""),
            Cell(step.title or step.uid),
            Cell(step.why),
        )
        for step in shown
    )
    columns = (Column("Act"), Column("On"), Column("Event", flexible=True), Column("Why", flexible=True))
    unchanged = len(steps) - len(shown)
    blocks: list[Block] = [Table(columns, rows)] if rows else []
    blocks.append(Lines((Cell(f"{unchanged} unchanged"),), bullets=False))
    return Report(
        title=f"{'A push would change' if dry_run else 'Pushed'}: {calendar}",
        blocks=tuple(blocks),
        document={
            "schema": "pmcareer.calendar-push/1",
            "as_of": as_of,
            "calendar": calendar,
            "dry_run": dry_run,
            "unchanged": unchanged,
            "steps": [
                {"act": s.act.value, "uid": s.uid, "title": s.title, "on": _iso(s.on), "why": s.why} for s in shown
            ],
        },
        verdict="bad-news" if kept else "fine",
        notes=("What people changed there was kept; --force puts it right.",) if kept else (),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def publish_report(feeds: Iterable[Feed], removed: int, as_of: str) -> Report:
    """Where the feeds stand; bad news where one is too large for Google Calendar."""
    feeds = list(feeds)
    columns = (Column("Feed"), Column("File"), Column("Bytes", "right"), Column("State"))
    rows = tuple(
        (Cell(f.view), Cell(f.name), Cell(f"{f.size:,}"), Cell("written" if f.changed else "unchanged")) for f in feeds
    )
    large = [f"{f.view}: more than 900 kB, which Google Calendar may refuse" for f in feeds if f.too_large_for_google]
    notes = (_REFRESH, _WHO_READS, *((f"{removed} retired files removed.",) if removed else ()))
    return Report(
        title="Published calendars",
        blocks=(Table(columns, rows), *((lines("Too large", large, "warn"),) if large else ())),
        document={
            "schema": "pmcareer.calendar-publish/1",
            "as_of": as_of,
            "removed": removed,
            "feeds": [{"view": f.view, "file": f.name, "bytes": f.size, "changed": f.changed} for f in feeds],
        },
        verdict="bad-news" if large else "fine",
        notes=notes,
    )
