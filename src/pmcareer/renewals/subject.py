"""What the engine is asked about: one certification with its rules and sources, seen from one as-of date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pmcareer.model.certifications import Certification, Edition
from pmcareer.model.ids import EditionId
from pmcareer.model.renewal_rules import OneOff, RenewalRule
from pmcareer.renewals.last_days import Sources
from pmcareer.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Subject:
    """One certification and what holds for it. ``rules`` stand in their own order, oldest first."""

    certification: Certification
    rules: tuple[RenewalRule, ...]
    as_of: date
    sources: Sources = field(default_factory=dict)
    one_offs: tuple[OneOff, ...] = ()

    def edition_on(self, day: date) -> EditionId | None:
        """The edition that could be sat on *day*, if that was exactly one."""
        sat = [edition for edition in self.certification.editions if _sits(edition, day)]
        return sat[0].id if len(sat) == 1 else None


def subject(
    certification: Certification,
    rules: Sequence[RenewalRule],
    as_of: date,
    sources: Sources | None = None,
    one_offs: Sequence[OneOff] = (),
) -> Subject:
    """A subject, with the one-off exceptions that name its certification."""
    own = tuple(one_off for one_off in one_offs if certification.id in one_off.certifications)
    return Subject(certification, tuple(rules), as_of, sources or {}, own)


def _sits(edition: Edition, day: date) -> bool:
    """Whether an edition could be sat on *day*; a day that is not known bounds nothing."""
    first = edition.from_.value if edition.from_ else None
    last = edition.until.value if edition.until else None
    return (first is None or first <= day) and (last is None or day <= last)
