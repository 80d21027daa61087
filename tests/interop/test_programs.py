"""Programs that keep a calendar: import, change, import again, and what each makes of it.

The outcomes stand in docs/reference/calendar-clients.md; a change of behaviour of a program fails here first.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.agendas import AS_OF, export, pmp_deadline, typical
from tests.interop.programs import in_venv, on_path, run

from pmcareer.views.agenda import Entry, Kind

KHAL_CONFIG = """\
[calendars]
[[mine]]
path = {folder}/calendar
type = calendar
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


@pytest.fixture
def exports(tmp_path: Path) -> tuple[Path, Path]:
    """A first export, and one a month later: the deadline moved, the pace checkpoint vanished."""
    first, second = tmp_path / "first.ics", tmp_path / "second.ics"
    first.write_bytes(export())
    second.write_bytes(export(later(), AS_OF + dt.timedelta(days=30), first.read_bytes()))
    return first, second


def later() -> list[Entry]:
    stay = [entry for entry in typical() if entry.key.kind not in {Kind.RENEW_BY, Kind.PACE}]
    return [pmp_deadline(dt.date(2026, 9, 30)), *stay]


FIRST_SEEN = {
    "2026-03-16|PMP: renew by today (90 days left)|CONFIRMED",
    "2026-03-31|CISSP: annual maintenance fee, 135 USD|CONFIRMED",
    "2026-04-15|PMP: renew by today (60 days left)|CONFIRMED",
    "2026-05-11|Exam: PRINCE2 Practitioner|CONFIRMED",
    "2026-06-14|PMP: renew by today|CONFIRMED",
    "2027-09-01|Could be: Senior Project Manager|TENTATIVE",
}


class Khal:
    """khal with a calendar of its own."""

    def __init__(self, folder: Path) -> None:
        self.program = in_venv("khal")
        self.config = folder / "khal.conf"
        (folder / "calendar").mkdir()
        self.config.write_text(KHAL_CONFIG.format(folder=folder))

    def take(self, path: Path) -> None:
        run(self.program, "-c", self.config, "import", "--batch", path)

    def seen(self, form: str = "{start-date}|{title}|{status}") -> list[str]:
        span = ("2026-01-01", "2028-01-01")
        text = run(self.program, "-c", self.config, "list", *span, "--format", form, "--day-format", "")
        return [line.strip() for line in text.splitlines() if line.strip()]


def test_khal_updates_in_place(tmp_path: Path, exports: tuple[Path, Path]) -> None:
    khal = Khal(tmp_path)
    khal.take(exports[0])
    days = {f"2026-02-26|PMP: 45 of 60 PDUs by the end of these days|{status}" for status in ("CONFIRMED",)}
    assert set(khal.seen()) == FIRST_SEEN | days
    khal.take(exports[1])
    seen = khal.seen()
    assert "2026-09-30|PMP: renew by today|CONFIRMED" in seen
    assert "2026-06-14|PMP: renew by today|CONFIRMED" not in seen
    # What vanished stays visible, and says that it is cancelled.
    assert {line for line in seen if "45 of 60" in line} == {
        "2026-02-26|PMP: 45 of 60 PDUs by the end of these days|CANCELLED"
    }


def test_khal_takes_the_same_file_twice_without_a_change(tmp_path: Path, exports: tuple[Path, Path]) -> None:
    khal = Khal(tmp_path)
    khal.take(exports[0])
    before = khal.seen("{uid}|{start-date}|{title}|{status}|{description}")
    khal.take(exports[0])
    assert khal.seen("{uid}|{start-date}|{title}|{status}|{description}") == before


def test_khal_shows_times_in_its_own_zone(tmp_path: Path, exports: tuple[Path, Path]) -> None:
    khal = Khal(tmp_path)
    khal.take(exports[0])
    # 07:00 UTC is 09:00 in Berlin in May.
    assert "2026-05-11 09:00|2026-05-11 11:30|Exam: PRINCE2 Practitioner" in khal.seen("{start}|{end}|{title}")


def test_calcurse_takes_all_and_duplicates_on_a_second_import(tmp_path: Path, exports: tuple[Path, Path]) -> None:
    program, folder = on_path("calcurse"), tmp_path / "calcurse"
    folder.mkdir()
    report = run(program, "-D", folder, "-i", exports[0], TZ="Europe/Berlin")
    assert "1 app / 6 events / 0 todos / 0 skipped" in report
    kept = (folder / "apts").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("06/14/2026 [1]") and line.endswith("PMP: renew by today") for line in kept)
    assert any(line.startswith("02/26/2026 [1] {1D -> 02/28/2026}") for line in kept)
    assert any(line.startswith("05/11/2026 @ 09:00 -> 05/11/2026 @ 11:30") for line in kept)
    run(program, "-D", folder, "-i", exports[1], TZ="Europe/Berlin")
    kept = (folder / "apts").read_text(encoding="utf-8").splitlines()
    deadlines = sorted(line[:10] for line in kept if line.endswith("PMP: renew by today"))
    assert deadlines == ["06/14/2026", "09/30/2026"]
