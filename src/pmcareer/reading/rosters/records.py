"""Records that somebody else has read (a cluster, in parts), understood as any other roster's are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pmcareer.model.rosters import SmallRoster
from pmcareer.problems import Problems
from pmcareer.reading.rosters.layout import Layout, layout_of
from pmcareer.reading.rosters.mapping import RosterMapping, read_mapping
from pmcareer.reading.rosters.opening import HOLDINGS_PREFIX
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
    holdings: Layout | None = None

    def roster(self, records: Iterable[Record], held: Iterable[Record] = ()) -> SmallRoster:
        """The roster that *records* make, with those *held* of a second file, under the layout of ``holdings``.

        All rows of one person are among them, in the order of their numbers.
        """
        second = Source(self.holdings, held, HOLDINGS_PREFIX) if self.holdings else None
        return small_roster(Source(self.layout, records), second, self.terms, self.names.role_of_titles)


def understood(
    header: Sequence[str],
    name: str,
    names: RosterNames,
    as_of: date,
    options: RosterOptions,
    problems: Problems,
    *,
    held: Sequence[str] = (),
) -> Understood | None:
    """How records under *header* are to be read; None, and problems, where the columns make no roster.

    *held*: the header of a second file with what people hold.
    """
    mapping = RosterMapping()
    if options.mapping is not None:
        mapping, found = read_mapping(options.mapping)
        problems.extend(found)
    terms = terms_of(options, mapping, names, as_of, problems)
    layout = layout_of(header, mapping, mapping.columns, names.certifications, name, problems)
    second = None
    if held:
        second = layout_of(
            held, mapping, mapping.holdings_columns, names.certifications, str(options.holdings), problems
        )
    return None if layout is None or problems.errors else Understood(layout, terms, names, second)
