"""Problems: what is wrong in a piece of input, where, why, and what to do; collected, never raised one by one.

A reader returns a value *and* its problems. ``Problem.code`` is a promise to other programs; the codes and their
meanings are listed in ``CODES`` (and from there in docs/reference/problem-codes.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from pmcareer.values import dataclass, field

Severity = Literal["error", "warning", "note"]

Finding: TypeAlias = tuple[str, str, str]
"""Code, message and hint of what cannot be, as a value's own ``check`` tells it; the reader knows its place."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file. ``line`` and ``column`` count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``path`` is the place inside the document (``renewal[0].units.total``), ``hint`` what to do."""

    code: str
    message: str
    at: Position
    path: str = ""
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.at}: {self.severity}: {self.message}{hint} [{self.code}]"


@dataclass(slots=True)
class Problems:
    """A growing list of findings; the one mutable thing that travels through readers."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        at: Position,
        *,
        path: str = "",
        hint: str = "",
        severity: Severity = "error",
    ) -> None:
        """Record one finding; ``code`` must be registered in ``CODES``."""
        if code not in CODES:
            raise KeyError(f"problem code {code!r} is not registered in pmcareer.problems.CODES")
        self.found.append(Problem(code, message, at, path=path, hint=hint, severity=severity))

    def extend(self, others: Iterable[Problem]) -> None:
        """Take over findings of another reader."""
        self.found.extend(others)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The findings that make the value unusable, in the order of files and lines."""
        return tuple(p for p in self.sorted() if p.severity == "error")

    def sorted(self) -> list[Problem]:
        """All findings by file, line and column."""
        return sorted(self.found, key=lambda p: (p.at.file, p.at.line, p.at.column, p.code, p.message))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


CODES: dict[str, str] = {
    # files
    "file-missing": "The file or folder does not exist.",
    "file-unreadable": "The file exists but may not be read.",
    "file-not-regular": "A folder, device or pipe stands where a file should be.",
    "file-too-large": "The file is larger than the reader accepts.",
    "file-empty": "The file holds nothing.",
    "file-not-utf8": "The bytes are not UTF-8 text.",
    "file-more-problems": "The file has more problems than are listed.",
    # YAML
    "yaml-bom": "The file begins with a byte order mark.",
    "yaml-tab": "A tab stands where YAML allows only spaces.",
    "yaml-syntax": "The text is not well-formed YAML.",
    "yaml-duplicate-key": "A key stands twice in one mapping.",
    "yaml-key-not-text": "A mapping key is not a plain word.",
    "yaml-alias": "Anchors and aliases are not accepted.",
    "yaml-tag": "A custom tag is not accepted.",
    "yaml-merge-key": "The merge key << is not accepted.",
    "yaml-depth": "Nesting is deeper than the reader accepts.",
    "yaml-size": "The document holds more nodes than the reader accepts.",
    "yaml-documents": "The file holds more than one document.",
    "yaml-control": "A control character stands in the text.",
    # JSON
    "json-syntax": "The text is not JSON that is accepted here.",
    "plan-file": "A saved plan is not what `plan --format json` writes.",
    # fields
    "field-unknown": "The key is not known here.",
    "field-missing": "A required key is absent.",
    "field-type": "The value has the wrong type.",
    "field-value": "The value is of the right type but not acceptable.",
    "field-date": "The text is not a date of the calendar.",
    "field-choice": "The value is not one of the accepted words.",
    "field-money": "An amount lacks its currency or is malformed.",
    "field-conflict": "Two keys that exclude each other stand together, or none of them does.",
    # catalog
    "catalog-duplicate-id": "Two entries of one layer have the same id.",
    "catalog-id-file": "The id does not match the name of its file.",
    "catalog-stray-file": "A YAML file stands where no catalog file belongs.",
    "catalog-too-large": "The folder holds more files than a catalog would.",
    "catalog-overlay": "An overlay changes what is not there, or in a way that does not fit.",
    "catalog-dangling-id": "An id is referred to that no entry has.",
    "catalog-source-unknown": "A source key is not listed in sources.yaml.",
    "catalog-source-unused": "A source is listed but nothing cites it.",
    "catalog-unsourced": "A figure has no source and no stated judgement.",
    "catalog-dates-unsorted": "A dated list is not in order.",
    "catalog-dates-twin": "Two entries of a dated list begin on the same day.",
    "catalog-prerequisite-circle": "Prerequisites lead back to themselves.",
    "catalog-role-unreachable": "No move leads into the role.",
    "catalog-stale": "A figure was read more than twelve months before the as-of date.",
    "catalog-future": "A figure or a source is said to have been read after the as-of date.",
    "catalog-alias-clash": "Two entries answer to the same name or alias.",
    # profile
    "profile-unknown-id": "The profile names a role or certification that the catalog does not have.",
    "profile-event-order": "Recorded events contradict each other.",
    "profile-future": "A recorded date lies after the as-of date.",
    "profile-twice": "A certification or an activity stands twice in the profile.",
    "profile-uneditable": "The profile is written in a way that an entry cannot be added to; add it by hand.",
    # renewals
    "renewal-twice": "A cycle is recorded as renewed a second time, or before it began.",
    "renewal-before-window": "A renewal is recorded for a day before its window opens.",
    "renewal-after-expiry": "A renewal is recorded for a day on which the certification had expired.",
    "renewal-unrecorded": "A later event implies renewals that nobody recorded; they are presumed.",
    "renewal-route-unrecorded": "How a certification was renewed is not recorded, though its last day depends on that.",
    "renewal-route-unknown": "A renewal names a route that the certification's rule does not have.",
    "renewal-phase-unknown": "How long the present grace or suspension lasts is not known.",
    "renewal-extension": "An extension is recorded without a new last day, or with an earlier one.",
    "renewal-standing-unknown": "The holder is recorded as retired or non-practising, which the rule does not offer.",
    "renewal-issuer-outdated": "The last day that the issuer gave is that of a cycle renewed or extended since.",
    "renewal-issuer-disagrees": "The last day that the issuer gives is not the one that follows from the rule.",
    "units-category-unknown": "An activity names a category that the certification's rule does not have.",
    "units-for-unknown": "An activity is meant for a certification that is not held.",
    # imports
    "import-format": "The file is not of the format that was named, or holds nothing of it.",
    "import-archive": "The archive is broken, or not one that is accepted.",
    "import-day": "A day in an import cannot be read.",
    "import-disagrees": "What an import says of one entry does not fit together; the lesser part is taken.",
    "import-incomplete": "The file is only a part of what there is to import.",
    "import-renewals": "An imported certification would have ended by now, and its source says nothing of renewals.",
    "import-row": "A row of an import lacks what makes it usable; it is left out.",
    "table-syntax": "The text is not a table with separators (CSV).",
    "table-column": "A table lacks a column that is needed, or has one twice.",
    # planning instance
    "instance-invalid": "The planning instance breaks its own rules.",
    "instance-reference": "The planning instance refers to an id that it does not define.",
    # rosters: the source as a whole
    "roster-encoding": "The text of the roster is not in the encoding that holds for it.",
    "roster-delimiter": "What parts the columns of the roster cannot be told.",
    "roster-csv": "The roster is not well-formed CSV.",
    "roster-sheet": "The workbook cannot be read, or has not the sheet asked for.",
    "roster-parquet": "The file is not Parquet that is accepted here.",
    "roster-format": "The kind of file or document is not one that rosters come in.",
    "roster-database": "The database does not answer, or has not what was asked for.",
    "roster-column-missing": "A column that is needed, or that the mapping names, is absent.",
    "roster-column-twice": "Two columns of the roster answer to one name.",
    "roster-column-unknown": "A column of the roster is not known, and not read.",
    "roster-empty": "The roster has no rows, or none that tells of a person.",
    # rosters: single rows
    "roster-row-ragged": "A row has more or fewer cells than the header.",
    "roster-person-missing": "A row does not say who it is about.",
    "roster-person-twice": "A person stands twice in a roster with one row a person.",
    "roster-person-differs": "Rows of one person contradict each other.",
    "roster-person-variant": "Ids of two persons differ in case or blanks only.",
    "roster-person-unknown": "Somebody holds a certification who is not among the people.",
    "roster-manager-unknown": "A manager is not among the people.",
    "roster-role-unknown": "No role of the catalog answers to the name.",
    "roster-role-ambiguous": "Several roles of the catalog answer to the name.",
    "roster-education-unknown": "The word is not a level of education.",
    "roster-certification-unknown": "No certification of the catalog answers to the name.",
    "roster-certification-ambiguous": "Several certifications of the catalog answer to the name.",
    "roster-certification-missing": "A row tells of a holding but not of which certification.",
    "roster-holding-differs": "A holding stands twice, with other last days or ways of renewal.",
    "roster-holding-twice": "The same holding stands twice.",
    "roster-holding-again": "A person holds the same certification since several days.",
    "roster-date": "The text is not a date that is accepted in rosters.",
    "roster-date-order": "Day and month may be either way round, and nothing declares which.",
    "roster-date-future": "A day that must have passed lies after the as-of date.",
    "roster-date-early": "A day lies before 1950.",
    "roster-date-late": "A day lies after 2200.",
    # baselines
    "baseline-foreign": "The file is not a baseline that pmcareer wrote.",
    "baseline-version": "The baseline was written by a version of the format that is not understood.",
    # calendars
    "calendar-foreign": "The file at the output path was not written by pmcareer.",
    "calendar-invalid": "The calendar file cannot be parsed.",
    "calendar-state": "A file that remembers published or pushed calendars is not one of ours.",
    "calendar-rule": "The calendar breaks a rule that real clients depend on.",
}
