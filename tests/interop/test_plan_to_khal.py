"""From the command line to a calendar on the wall: a plan and a profile's deadlines, imported into khal."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import AS_OF, pmcareer
from tests.interop.test_programs import Khal


def test_a_plan_shows_in_khal(tmp_path: Path) -> None:
    done = pmcareer(
        "plan", "--to", "project-coordinator", "--require", "capm", "--as-of", AS_OF, "-o", "plan.ics", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    khal = Khal(tmp_path)
    khal.take(tmp_path / "plan.ics")
    titles = {line.split("|")[1]: line.split("|")[2] for line in khal.seen()}
    assert titles["CAPM: apply"] == titles["CAPM: exam passed by today"] == "TENTATIVE"
    assert "Project coordinator: ready for the role" in titles


def test_a_deadline_shows_in_khal_on_its_day(tmp_path: Path) -> None:
    """PMP earned 15 June 2024: the last day to act is 14 June 2027; milestones 60 and 90 days before."""
    (tmp_path / "pmcareer.yaml").write_text("certifications: [{id: pmp, earned: 2024-06-15}]\n", encoding="utf-8")
    done = pmcareer("calendar", "export", "--as-of", AS_OF, "-o", "out.ics", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    khal = Khal(tmp_path)
    khal.take(tmp_path / "out.ics")
    seen = khal.seen("{start-date}|{title}")
    assert "2027-06-14|PMP: renew by today" in seen
    assert "2027-04-15|PMP: renew by today (60 days left)" in seen
    assert "2027-03-16|PMP: renew by today (90 days left)" in seen
