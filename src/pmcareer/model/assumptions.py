"""What a risk analysis takes for granted: spreads of study time and of waits for promotion, chances at exams, retakes.

The catalog's assumptions are figures with their backing; a person's own, in the profile, replace them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from pmcareer.model.figures import Figure, Provenance
from pmcareer.model.ids import AssumptionId, CertificationId, IssuerId, RoleId
from pmcareer.model.sources import Source
from pmcareer.problems import Finding
from pmcareer.values import dataclass, field

MOST_PERCENT = 1000
MOST_MONTHS = 240
MOST_DAYS = 3650


class AssumptionKind(StrEnum):
    """What an assumption is about, and in which unit it is given."""

    STUDY_TIME = "study-time"  # per cent of the hours that a plan counts
    PROMOTION_WAIT = "promotion-wait"  # months from the day on which a move is open to the day on which it is made
    FIRST_TRY = "first-try"  # per cent who pass an exam, at each try
    RETAKE = "retake"  # days to the next try


_ESTIMATES = ("optimistic", "most_likely", "pessimistic")
_KEYS: Mapping[AssumptionKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    AssumptionKind.STUDY_TIME: (_ESTIMATES, ("certifications", "issuers")),
    AssumptionKind.PROMOTION_WAIT: (_ESTIMATES, ("roles",)),
    AssumptionKind.FIRST_TRY: (("percent",), ("certifications", "issuers")),
    AssumptionKind.RETAKE: (("waits",), ("free", "tries", "pause", "certifications", "issuers")),
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption, for the certifications, issuers or roles named; for all where none is.

    ``optimistic``, ``most_likely``, ``pessimistic``: in the unit of what it is about. ``percent``: who pass at a try.
    ``waits``: days to the next try after the first failure, the second, …; the last one holds for all further. After
    ``tries`` failures in a row it is ``pause`` days instead. ``free``: further tries that the first price covers.
    """

    id: AssumptionId
    about: AssumptionKind
    summary: str = ""
    optimistic: Figure[Decimal] | None = None
    most_likely: Figure[Decimal] | None = None
    pessimistic: Figure[Decimal] | None = None
    percent: Figure[Decimal] | None = None
    waits: tuple[Figure[int], ...] = ()
    free: Figure[int] | None = None
    tries: Figure[int] | None = None
    pause: Figure[int] | None = None
    certifications: tuple[CertificationId, ...] = ()
    issuers: tuple[IssuerId, ...] = ()
    roles: tuple[RoleId, ...] = ()
    note: str = ""
    provenance: Provenance = field(default_factory=Provenance)

    def check(self) -> Iterator[Finding]:
        """Keys that are missing or out of place, values that are unknown, out of bounds or out of order."""
        needs, may = _KEYS[self.about]
        said = [name for names, _ in _KEYS.values() for name in names if getattr(self, name)]
        said += [name for _, names in _KEYS.values() for name in names if getattr(self, name)]
        for name in dict.fromkeys(said):
            if name not in (*needs, *may):
                yield "field-conflict", f"{name!r} says nothing of {self.about.value}", "delete the key"
        for name in needs:
            if not getattr(self, name):
                yield "field-missing", f"the key {name!r} is missing", f"{self.about.value} needs it"
        values = [*(getattr(self, name) for name in (*_ESTIMATES, "percent", "free", "tries", "pause")), *self.waits]
        if any(figure is not None and figure.value is None for figure in values):
            yield "field-value", "an assumption cannot be unknown", "give a judgement with its reasons"
        else:
            yield from self._bounds()

    def _bounds(self) -> Iterator[Finding]:
        if self.optimistic and self.most_likely and self.pessimistic:
            values = [figure.value or Decimal(0) for figure in (self.optimistic, self.most_likely, self.pessimistic)]
            yield from _rising(*values, study=self.about is AssumptionKind.STUDY_TIME)
        if self.percent:
            yield from _chance(self.percent.value)
        for figure in (*self.waits, self.pause, self.tries, self.free):
            if figure and not 0 <= (figure.value or 0) <= MOST_DAYS:
                yield "field-value", f"{figure.value} does not lie between 0 and {MOST_DAYS}", ""
        if (self.tries is None) != (self.pause is None):
            yield "field-missing", "'tries' and 'pause' stand together", "after how many failures, and for how long"


@dataclass(frozen=True, slots=True)
class AssumptionsFile:
    """``assumptions.yaml``."""

    assumptions: tuple[Assumption, ...]
    sources: tuple[Source, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


# --- a person's own -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnStudyTime:
    """Per cent of the hours that a plan counts."""

    optimistic: Decimal
    most_likely: Decimal
    pessimistic: Decimal

    def check(self) -> Iterator[Finding]:
        """Values out of order or out of bounds."""
        return _rising(self.optimistic, self.most_likely, self.pessimistic, study=True)


@dataclass(frozen=True, slots=True)
class OwnWait:
    """Months from the day on which a move is open to the day on which it is made."""

    optimistic: Decimal
    most_likely: Decimal
    pessimistic: Decimal

    def check(self) -> Iterator[Finding]:
        """Values out of order or out of bounds."""
        return _rising(self.optimistic, self.most_likely, self.pessimistic, study=False)


@dataclass(frozen=True, slots=True)
class OwnForCertification:
    """What a person assumes of one certification: as for all of them."""

    study_time: OwnStudyTime | None = None
    first_try: Decimal | None = None
    retake_days: int | None = None

    def check(self) -> Iterator[Finding]:
        """Values out of bounds."""
        return _exam_bounds(self.first_try, self.retake_days)


@dataclass(frozen=True, slots=True)
class OwnAssumptions:
    """What a person assumes instead of the catalog, for all certifications and roles or for single ones.

    ``first_try``: per cent. ``retake_days``: days to each further try.
    """

    study_time: OwnStudyTime | None = None
    promotion_wait: OwnWait | None = None
    first_try: Decimal | None = None
    retake_days: int | None = None
    certifications: Mapping[CertificationId, OwnForCertification] = field(default_factory=dict)
    roles: Mapping[RoleId, OwnWait] = field(default_factory=dict)

    def check(self) -> Iterator[Finding]:
        """Values out of bounds."""
        return _exam_bounds(self.first_try, self.retake_days)


def _rising(optimistic: Decimal, most_likely: Decimal, pessimistic: Decimal, *, study: bool) -> Iterator[Finding]:
    least, most, unit = (1, MOST_PERCENT, "per cent") if study else (0, MOST_MONTHS, "months")
    if not optimistic <= most_likely <= pessimistic:
        message = f"{optimistic}, {most_likely} and {pessimistic} do not rise from optimistic to pessimistic"
        yield "field-value", message, "the most likely value lies between the two others"
    for value in (optimistic, most_likely, pessimistic):
        if not least <= value <= most:
            yield "field-value", f"{value} does not lie between {least} and {most} {unit}", ""


def _chance(percent: Decimal | None) -> Iterator[Finding]:
    if percent is not None and not 1 <= percent <= 100:
        yield "field-value", f"{percent} does not lie between 1 and 100 per cent", ""


def _exam_bounds(percent: Decimal | None, days: int | None) -> Iterator[Finding]:
    yield from _chance(percent)
    if days is not None and not 0 <= days <= MOST_DAYS:
        yield "field-value", f"{days} does not lie between 0 and {MOST_DAYS} days", ""
