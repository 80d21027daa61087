"""Mapping files: what a company's columns and values are called, and how its roster is written (YAML)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pmcareer.problems import Finding, Problems
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class CertificationColumns:
    """Columns that together tell of one holding a row, such as ``cert1`` and ``cert1_date``."""

    certification: str
    earned: str = ""
    renewed: str = ""
    route: str = ""
    issuer_says_expires: str = ""


@dataclass(frozen=True, slots=True)
class RosterColumns:
    """The roster's own name of each column that pmcareer knows; absent: the column is called as here."""

    person: str = ""
    role: str = ""
    title: str = ""
    department: str = ""
    location: str = ""
    manager: str = ""
    role_since: str = ""
    education: str = ""
    hired: str = ""
    certifications: str = ""
    certification: str = ""
    earned: str = ""
    renewed: str = ""
    route: str = ""
    issuer_says_expires: str = ""


@dataclass(frozen=True, slots=True)
class RosterValues:
    """What the roster's own words mean: each word, and the id (or level of education) that it stands for."""

    certification: Mapping[str, str] = field(default_factory=dict)
    role: Mapping[str, str] = field(default_factory=dict)
    education: Mapping[str, str] = field(default_factory=dict)
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterMapping:
    """A mapping file. ``dated_columns``: columns that hold the day on which one certification was earned.

    ``holdings_columns`` are those of the second table, with what people hold.
    """

    columns: RosterColumns = field(default_factory=RosterColumns)
    dated_columns: Mapping[str, str] = field(default_factory=dict)
    numbered_columns: tuple[CertificationColumns, ...] = ()
    values: RosterValues = field(default_factory=RosterValues)
    ignore: tuple[str, ...] = ()
    dates: Literal["iso", "us", "eu"] | None = None
    separators: str = ";|\n"
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    holdings_sheet: str = ""
    table: str = ""
    holdings_table: str = ""
    holdings_columns: RosterColumns = field(default_factory=RosterColumns)

    def check(self) -> Iterator[Finding]:
        """What no annotation can say."""
        if not self.separators or any(one.isalnum() or one in "()[]:-" for one in self.separators):
            yield "field-value", "separators must be one or more signs that stand in no name and no date", "such as ;|"


def read_mapping(path: Path) -> tuple[RosterMapping, Problems]:
    """The mapping at *path*; an empty one where there are errors among the problems."""
    from pmcareer.reading.typed import read_document  # a YAML reader that rosters without a mapping do not need

    document = read_document(path, RosterMapping)
    return document.value or RosterMapping(), document.problems
