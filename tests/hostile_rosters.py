"""Hostile rosters: staff with one dirty row in so many, and beside it what has to become of every row.

A row a holding, people named once. What is planted is known, so the verdicts are those of whoever wrote the kinds of
dirt below, not of any reader.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

HEADER = ("person", "department", "certification", "earned")
AS_OF = date(2026, 11, 23)
OWN = ("pmp", "capm", "psm-i", "cbap", "cissp", "csm")
# As exports write them, with what is meant.
VARIANTS = {
    "PMP®": "pmp",
    "pmp ": "pmp",
    "P.M.P.": "pmp",
    "Project Management Professional (PMP)®": "pmp",
    "Prince2 Foundation ": "prince2-foundation",
    "PRINCE 2 Foundation": "prince2-foundation",
    "P2P": "prince2-practitioner",
    "Certified ScrumMaster (CSM)": "csm",
    "Certified Scrum Master": "csm",
    "psm I": "psm-i",
}
Finding = tuple[int, str, str | None, str]
"""Row, column, value and code."""


@dataclass(slots=True)
class Hostile:
    """A roster's cells, and of each the verdict: what is held (person, certification, day), and what is set aside."""

    rows: list[Sequence[str]] = field(default_factory=list)
    held: list[tuple[str, str, date | None]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def next_row(self) -> int:
        """The number of the row to come, the header being row 1."""
        return len(self.rows) + 2

    def fine(self, person: str, written: str, own: str, day: date | None, said: str) -> None:
        """A row that is used."""
        self.rows.append((person, "IT", written, said))
        self.held.append((person.strip(), own, day))

    def wrong(self, cells: Sequence[str], column: str, value: str | None, code: str) -> None:
        """A row that is set aside for one reason."""
        self.findings.append((self.next_row, column, value, code))
        self.rows.append(cells)


def hostile(count: int, seed: int, share: int = 100) -> Hostile:
    """*count* people with a holding each, one row in *share* dirty by turns in each of the ways below."""
    chance, made = Random(seed), Hostile()
    ways = _ways()
    for n in range(count):
        person, own = f"E{n:06d}", chance.choice(OWN)
        day = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
        if n % share:
            made.fine(person, own, own, day, day.isoformat())
        else:
            ways[n // share % len(ways)](made, person, own, day)
    return made


Way = Callable[[Hostile, str, str, date], None]


def _date_as(said: str, code: str) -> Way:
    def way(made: Hostile, person: str, own: str, _: date) -> None:
        made.wrong((person, "IT", own, said), "earned", said, code)

    return way


def _variant(written: str) -> Way:
    return lambda made, person, _, day: made.fine(person, written, VARIANTS[written], day, day.isoformat())


def _nobody(made: Hostile, _: str, own: str, day: date) -> None:
    made.wrong((" ", "IT", own, day.isoformat()), "person", None, "roster-person-missing")


def _unknown(made: Hostile, person: str, _: str, day: date) -> None:
    written = "Wizard, Certified"
    made.wrong((person, "IT", written, day.isoformat()), "certification", written, "roster-certification-unknown")


def _formula(made: Hostile, _: str, own: str, day: date) -> None:
    made.fine('=HYPERLINK("http://x","Ann")' + str(made.next_row), own, own, day, day.isoformat())


def _line_break(made: Hostile, person: str, own: str, day: date) -> None:
    made.fine(f"{person}\nsecond line, quoted", own, own, day, day.isoformat())


def _twice(made: Hostile, person: str, own: str, day: date) -> None:
    made.fine(person, own, own, day, day.isoformat())
    made.wrong((person, "IT", own.upper(), day.isoformat()), "certification", own, "roster-holding-twice")


def _again(made: Hostile, person: str, own: str, day: date) -> None:
    made.fine(person, own, own, day, day.isoformat())
    later = day + timedelta(days=30)
    made.findings.append((made.next_row, "certification", own, "roster-holding-again"))
    made.fine(person, own, own, later, later.isoformat())


def _longer(made: Hostile, person: str, own: str, day: date) -> None:
    made.wrong((person, "IT", own, day.isoformat(), "", "x"), "", "6 cells", "roster-row-ragged")


def _shorter(made: Hostile, person: str, own: str, _: date) -> None:
    made.wrong((person, "IT", own), "", "3 cells", "roster-row-ragged")


def _undated(made: Hostile, person: str, own: str, _: date) -> None:
    made.fine(person, own, own, None, "")


def _moment(made: Hostile, person: str, own: str, day: date) -> None:
    made.fine(f"  {person}\u00a0", own, own, day, f"{day} 00:00:00")


def _ways() -> list[Way]:
    return [
        _date_as("2023-02-30", "roster-date"),
        _date_as("03/04/2024", "roster-date-order"),
        _date_as("13.04.2024", "roster-date-order"),
        _date_as("05/01/24", "roster-date"),
        _date_as("1.5.24", "roster-date"),
        _date_as("2031-01-01", "roster-date-future"),
        _date_as("1066-10-14", "roster-date-early"),
        _date_as("NULL", "roster-date"),
        _date_as("45413", "roster-date"),
        *(_variant(written) for written in VARIANTS),
        *(_nobody, _unknown, _formula, _line_break, _twice, _again, _longer, _shorter, _undated, _moment),
    ]


def write_csv(
    made: Hostile, path: Path, *, encoding: str = "utf-8", delimiter: str = ",", trailing: bool = False
) -> None:
    """Into a file; *trailing*: every line ends with a delimiter, as some exports have it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in _rows(made):
        writer.writerow([*row, ""] if trailing else row)
    path.write_bytes(out.getvalue().encode(encoding))


def _rows(made: Hostile) -> Iterator[Sequence[str]]:
    yield HEADER
    yield from made.rows
