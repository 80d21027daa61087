"""Records that somebody else has read (a cluster, in parts), understood as any other roster's are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pmcareer.model.rosters import SmallRoster
from pmcareer.problems import Problems
from pmcareer.reading.rosters.layout import Layout, layout_of
from pmcareer.reading.rosters.mapping import RosterMapping, read_mapping
from pmcareer.reading.rosters.plain import Record, Source, small_roster
from pmcareer.reading.rosters.roster import RosterNames, RosterOptions
from pmcareer.reading.rosters.terms import Terms, terms_of
from pmcareer.values import dataclass


@dataclass(frozen=True, slots=True)
class Understood:
    """A header and options understood: what turns records into a roster."""

    layout: Layout
    terms: Terms
    names: RosterNames

    def roster(self, records: Iterable[Record]) -> SmallRoster:
        """The roster that *records* make; all rows of one person are among them, in the order of their numbers."""
        return small_roster(Source(self.layout, records), None, self.terms, self.names.role_of_titles)


def understood(
    header: Sequence[str], name: str, names: RosterNames, as_of: date, options: RosterOptions, problems: Problems
) -> Understood | None:
    """How records under *header* are to be read; None, and problems, where the columns make no roster."""
    mapping = RosterMapping()
    if options.mapping is not None:
        mapping, found = read_mapping(options.mapping)
        problems.extend(found)
    terms = terms_of(options, mapping, names, as_of, problems)
    layout = layout_of(header, mapping, mapping.columns, names.certifications, name, problems)
    return None if layout is None or problems.errors else Understood(layout, terms, names)
