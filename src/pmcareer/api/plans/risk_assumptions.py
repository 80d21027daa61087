"""Which assumption counts: the person's own before the catalog's, one for the case at hand before one for all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from pmcareer.model.assumptions import Assumption, AssumptionKind, OwnAssumptions, OwnStudyTime, OwnWait
from pmcareer.model.catalog import Catalog
from pmcareer.model.figures import Figure
from pmcareer.model.ids import AssumptionId, CertificationId, RoleId
from pmcareer.model.sources import Citation, cite
from pmcareer.values import dataclass

_ALL_HOURS = Decimal(100)


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is taken for granted about one certification or role.

    ``estimates``: optimistic, most likely, pessimistic (per cent of hours, or months). ``percent``: who pass at a try.
    ``waits``, ``free``, ``tries``, ``pause``: as the catalog's retakes. ``citations`` are empty for the person's own.
    """

    kind: AssumptionKind
    id: str
    own: bool
    name: str = ""
    estimates: tuple[Decimal, ...] = ()
    percent: Decimal | None = None
    waits: tuple[int, ...] = ()
    free: int = 0
    tries: int = 0
    pause: int = 0
    citations: tuple[Citation, ...] = ()
    note: str = ""


def assumed_wait(catalog: Catalog, own: OwnAssumptions, role: RoleId) -> Assumed:
    """The wait for a move into *role*, in months."""
    mine = own.roles.get(role) or own.promotion_wait
    if mine is not None:
        return Assumed(AssumptionKind.PROMOTION_WAIT, role, own=True, estimates=_three(mine))
    found = _best(catalog, AssumptionKind.PROMOTION_WAIT, role=role)
    return _from_catalog(catalog, found, role)


def assumed_study(
    catalog: Catalog, own: OwnAssumptions, certification: CertificationId, planned: Fraction | None
) -> Assumed:
    """The time that a study takes, in per cent of the *planned* hours.

    Where the catalog knows the lower end of the hours and assumes nothing of this certification by itself, that end is
    the optimistic value. *planned* None: the hours are the person's own, and have no lower end.
    """
    single = own.certifications.get(certification)
    mine = (single.study_time if single else None) or own.study_time
    if mine is not None:
        return Assumed(AssumptionKind.STUDY_TIME, certification, own=True, estimates=_three(mine))
    found = _best(catalog, AssumptionKind.STUDY_TIME, certification)
    assumed = _from_catalog(catalog, found, certification)
    least = _least_hours(catalog, certification, planned) if planned and not found.certifications else None
    if least is None or not 0 < least[0] < assumed.estimates[1]:
        return assumed
    return Assumed(
        assumed.kind,
        certification,
        own=False,
        estimates=(least[0], *assumed.estimates[1:]),
        citations=(least[1], *assumed.citations[1:]),
        note="optimistic: the lower end of the hours that the catalog knows",
    )


def assumed_try(catalog: Catalog, own: OwnAssumptions, certification: CertificationId) -> Assumed:
    """The chance to pass at a try."""
    single = own.certifications.get(certification)
    mine = (single.first_try if single else None) or own.first_try
    if mine is not None:
        return Assumed(AssumptionKind.FIRST_TRY, certification, own=True, percent=mine)
    return _from_catalog(catalog, _best(catalog, AssumptionKind.FIRST_TRY, certification), certification)


def assumed_retakes(catalog: Catalog, own: OwnAssumptions, certification: CertificationId) -> Assumed:
    """What comes after a failure; a person's own days replace the waits, not what the first price covers."""
    found = _from_catalog(catalog, _best(catalog, AssumptionKind.RETAKE, certification), certification)
    single = own.certifications.get(certification)
    mine = single.retake_days if single and single.retake_days is not None else own.retake_days
    if mine is None:
        return found
    return Assumed(AssumptionKind.RETAKE, certification, own=True, waits=(mine,), free=found.free)


def _three(own: OwnStudyTime | OwnWait) -> tuple[Decimal, ...]:
    return own.optimistic, own.most_likely, own.pessimistic


def _best(
    catalog: Catalog, about: AssumptionKind, certification: CertificationId | None = None, role: RoleId | None = None
) -> Assumption:
    """The last of those that fit most closely. The shipped catalog has one of each kind for all."""
    issuer = catalog.certifications[certification].issuer if certification else None
    best: tuple[int, Assumption] | None = None
    for one in catalog.assumptions.values():
        if one.about is about:
            closeness = _closeness(one, certification in one.certifications, issuer in one.issuers, role in one.roles)
            if closeness and (best is None or closeness >= best[0]):
                best = closeness, one
    return best[1] if best else _NOTHING[about]


def _closeness(one: Assumption, names_it: bool, names_its_issuer: bool, names_its_role: bool) -> int:
    """3: names the certification or role; 2: its issuer; 1: is for all; 0: is for others."""
    if names_it or names_its_role:
        return 3
    if names_its_issuer:
        return 2
    return 0 if one.certifications or one.issuers or one.roles else 1


def _figure(value: int) -> Figure[Decimal]:
    return Figure(Decimal(value))


# A catalog of one's own may assume nothing: then nothing is uncertain.
_NOTHING: dict[AssumptionKind, Assumption] = {
    kind: Assumption(
        id=AssumptionId(f"no-{kind.value}"),
        about=kind,
        optimistic=_figure(usual),
        most_likely=_figure(usual),
        pessimistic=_figure(usual),
        percent=_figure(100),
        waits=(Figure(0),),
    )
    for kind, usual in zip(AssumptionKind, (100, 0, 0, 0), strict=True)
}


def _from_catalog(catalog: Catalog, found: Assumption, about: str) -> Assumed:
    figures = [figure for figure in (found.optimistic, found.most_likely, found.pessimistic) if figure]
    extra = [figure for figure in (found.percent, found.free, found.tries, found.pause) if figure]
    return Assumed(
        kind=found.about,
        id=about,
        own=False,
        estimates=tuple(figure.value or Decimal(0) for figure in figures),
        percent=found.percent.value if found.percent else None,
        waits=tuple(figure.value or 0 for figure in found.waits),
        free=_whole(found.free),
        tries=_whole(found.tries),
        pause=_whole(found.pause),
        citations=tuple(_citations(catalog, (*figures, *found.waits, *extra))),
        note=found.note,
    )


def _citations(catalog: Catalog, figures: tuple[Figure[Decimal] | Figure[int], ...]) -> Iterator[Citation]:
    return (cite(figure.provenance, catalog.sources) for figure in figures)


def _whole(figure: Figure[int] | None) -> int:
    return (figure.value or 0) if figure else 0


def _least_hours(
    catalog: Catalog, certification: CertificationId, planned: Fraction
) -> tuple[Decimal, Citation] | None:
    """The lower end of the hours in per cent of those planned, and who says so; courses take their hours either way."""
    study = catalog.certifications[certification].study
    if study.from_hours is None or study.from_hours.value is None or study.hours.value is None:
        return None
    least = planned - Fraction(study.hours.value - study.from_hours.value)
    return Decimal(round(least / planned * 1000)) / 10, cite(study.from_hours.provenance, catalog.sources)
