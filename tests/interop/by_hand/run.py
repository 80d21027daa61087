"""Evolution Data Server and Thunderbird on real exports: ``python -m tests.interop.by_hand.run``, a minute, by hand.

Needs Debian's thunderbird, evolution-data-server, gir1.2-ecal-2.0, python3-gi and dbus-daemon. Exports a profile,
records two renewals, exports over the file, has each program import both, and says what it made of them. Exits with 1
where an event of the first file was not read as icalendar reads it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import icalendar

HERE = Path(__file__).parent
PROFILE = """\
region: us
calendar_namespace: 0e7c8a36-1111-4222-8333-444455556666
certifications:
  - {{id: pmp, earned: 2024-02-10{pmp}}}
  - {{id: csm, earned: 2025-01-20{csm}}}
  - {{id: comptia-security-plus, earned: 2024-03-05}}
"""
STATES = (
    ("2026-11-23", PROFILE.format(pmp="", csm="")),
    ("2026-12-24", PROFILE.format(pmp=", renewed: [2026-12-20]", csm=", renewed: [2026-12-22]")),
)
Events = dict[str, dict[str, Any]]


def exports(folder: Path) -> list[Path]:
    """The two files: the second written over a copy of the first, as a user would."""
    written: list[Path] = []
    for number, (as_of, profile) in enumerate(STATES, start=1):
        (folder / "pmcareer.yaml").write_text(profile, encoding="utf-8")
        path = folder / f"export-{number}.ics"
        if written:
            path.write_bytes(written[-1].read_bytes())
        command = [sys.executable, "-m", "pmcareer", "calendar", "export", "--as-of", as_of, "--quiet", "-o", path.name]
        subprocess.run(command, cwd=folder, check=True)
        written.append(path)
    return written


def meant(path: Path) -> Events:
    """The file's events as icalendar reads them, in the words of the programs' scripts."""
    found = {}
    events: list[Any] = list(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
    for event in events:
        found[str(event["UID"])] = {
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "start": f"{event['DTSTART'].dt:%Y%m%d}",
            "end": f"{event['DTEND'].dt:%Y%m%d}",
            "cancelled": str(event["STATUS"]) == "CANCELLED",
            "alarms": len(event.walk("VALARM")),
        }
    return found


def evolution(paths: list[Path], folder: Path) -> list[Events]:
    """What stands in Evolution's calendar after each file."""
    home = {"HOME": str(folder), **{f"XDG_{kind}_HOME": str(folder / kind) for kind in ("DATA", "CONFIG", "CACHE")}}
    script = [str(HERE / "evolution_calendar.py"), *map(str, paths)]
    return _told(["dbus-run-session", "--", "/usr/bin/python3", *script], home)


def thunderbird(paths: list[Path], folder: Path) -> list[Events]:
    """What stands in Thunderbird's calendar after each file."""
    return _told([sys.executable, str(HERE / "thunderbird_calendar.py"), *map(str, paths)], {"HOME": str(folder)})


def _told(command: list[str], surroundings: dict[str, str]) -> list[Events]:
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | surroundings, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return [{event.pop("uid"): event for event in json.loads(line)} for line in done.stdout.splitlines()]


def compare(program: str, seen: list[Events], files: list[Events]) -> bool:
    """Say what the program made of both files; whether it read the first as it was meant."""
    first = {uid: seen[0].get(uid) for uid in files[0]} == files[0]
    print(f"{program}: the first file, {len(files[0])} events, {'read as meant' if first else 'READ OTHERWISE'}")
    changed = [uid for uid in files[1] if uid in files[0] and files[1][uid] != files[0][uid]]
    followed = [uid for uid in changed if seen[1].get(uid) == files[1][uid]]
    new = [uid for uid in files[1] if uid not in files[0]]
    arrived = [uid for uid in new if seen[1].get(uid) == files[1][uid]]
    print(f"  the second: {len(followed)} of {len(changed)} changes followed, {len(arrived)} of {len(new)} new arrived")
    gone = [uid for uid in files[0] if uid not in files[1]]
    print(
        f"  of {len(gone)} that left the file {sum(uid in seen[1] for uid in gone)} still stand; {len(seen[1])} in all"
    )
    return first


def main() -> int:
    """Try both programs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = exports(folder)
        files = [meant(path) for path in paths]
        fine = [
            compare("Evolution Data Server", evolution(paths, folder), files),
            compare("Thunderbird", thunderbird(paths, folder), files),
        ]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
