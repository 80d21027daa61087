"""What the rows of a roster are read by: declared order of dates, words for nothing, names with their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pmcareer.model.names import plain
from pmcareer.model.requirements import EducationLevel
from pmcareer.problems import Position, Problems
from pmcareer.reading.findings import did_you_mean, quote
from pmcareer.reading.rosters.cells import id_of
from pmcareer.reading.rosters.mapping import RosterMapping
from pmcareer.reading.rosters.roster import DayOrder, RosterNames, RosterOptions
from pmcareer.values import dataclass

EDUCATION: Mapping[str, Sequence[str]] = {level.value: (level.value,) for level in EducationLevel}


@dataclass(frozen=True, slots=True)
class Lookup:
    """Names of one kind: the mapping's own words, as written, come before the catalog's forms."""

    kind: str
    words: Mapping[str, str]
    forms: Mapping[str, Sequence[str]]

    def find(self, name: str) -> tuple[str | None, str | None]:
        """The id, or the code of why there is none."""
        own = self.words.get(name)
        return (own, None) if own is not None else id_of(name, self.forms, self.kind)


@dataclass(frozen=True, slots=True)
class Terms:
    """All that decides what a cell means. ``thorough``: doubts that need a second look at all rows are sought too."""

    as_of: date
    day_order: DayOrder
    separators: str
    blank: frozenset[str]
    certifications: Lookup
    roles: Lookup
    education: Lookup
    thorough: bool


def terms_of(
    options: RosterOptions, mapping: RosterMapping, names: RosterNames, as_of: date, problems: Problems
) -> Terms:
    """The terms that options, mapping and catalog make; what is declared on the command line comes first."""
    file = str(options.mapping or "")
    return Terms(
        as_of=as_of,
        day_order=options.day_order or mapping.dates or "iso",
        separators=mapping.separators,
        blank=frozenset(mapping.values.blank),
        certifications=_lookup("certification", mapping.values.certification, names.certifications, file, problems),
        roles=_lookup("role", mapping.values.role, names.roles, file, problems),
        education=_lookup("education", mapping.values.education, EDUCATION, file, problems),
        thorough=options.thorough,
    )


def _lookup(
    kind: str, words: Mapping[str, str], forms: Mapping[str, Sequence[str]], file: str, problems: Problems
) -> Lookup:
    found: dict[str, str] = {}
    for word, meant in words.items():
        id_, code = id_of(meant, forms, kind)
        if id_ is not None:
            found[word] = id_
        else:
            message = f"the mapping says that {quote(word)} means {quote(meant)}, which no {kind} answers to"
            path = f"values.{kind}"
            hint = did_you_mean(plain(meant), forms)
            problems.add(code or f"roster-{kind}-unknown", message, Position(file), path=path, hint=hint)
    return Lookup(kind, found, forms)
