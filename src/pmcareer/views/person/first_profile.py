"""A first profile that has no goal yet, as a Report: what was written, and what to ask next."""

from __future__ import annotations

from datetime import date

from pmcareer.api.person.recording import Recording
from pmcareer.views.person.recording import diff_of
from pmcareer.views.report import Block, Report, lines

SCHEMA = "pmcareer.init/1"


def first_profile_report(recording: Recording, as_of: date) -> Report:
    """What stands in the profile now."""
    verb = "Written to" if recording.written else "Nothing new for"
    added = [line for line in recording.text_after.splitlines() if line and not line.startswith("#")]
    blocks: tuple[Block, ...] = (
        lines("It says", added, bullets=False),
        lines("Next", ["pmcareer plan --to ROLE", "pmcareer renewals", "pmcareer profile check"]),
    )
    return Report(
        title=f"{verb} {recording.path}",
        blocks=blocks,
        document={
            "schema": SCHEMA,
            "as_of": as_of.isoformat(),
            "file": str(recording.path),
            "written": recording.written,
            "created": recording.written and recording.text_before is None,
            "diff": diff_of(recording),
        },
    )
