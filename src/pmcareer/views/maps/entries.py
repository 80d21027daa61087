"""Every entry of the field's map in words: what it is, what it asks for, leads to and costs, and how it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from pmcareer.api.reports.field_map import FieldAnswer, MappedCertification, MappedMove, MappedRole
from pmcareer.values import dataclass
from pmcareer.views.maps.layout import emphasis_of
from pmcareer.views.picture import Emphasis
from pmcareer.views.report import Cell
from pmcareer.views.source_notes import SourceNotes
from pmcareer.views.wording import number, requirement

_EMPHASES = {"on-way": "on the plan's way", "held": "held already"}


@dataclass(frozen=True, slots=True)
class MapEntry:
    """An entry for reading and for choosing by.

    ``price`` is in the currency of the map, ``hours`` the credits a year that keep it; both empty where unknown, and
    for roles. ``niches``: ids; of none, it serves any.
    """

    id: str
    kind: str
    title: str
    about: str
    facts: tuple[tuple[str, tuple[Cell, ...]], ...]
    niches: tuple[str, ...] = ()
    price: str = ""
    hours: str = ""
    url: str = ""
    emphasis: Emphasis = "plain"


def map_entries(field: FieldAnswer, sources: SourceNotes) -> tuple[MapEntry, ...]:
    """The roles and then the certifications, in the catalog's order."""
    roles = (_role(field, role, sources) for role in field.roles)
    return (*roles, *(_certification(field, one, sources) for one in field.certifications))


def _role(field: FieldAnswer, role: MappedRole, sources: SourceNotes) -> MapEntry:
    names = {one.id: one.name for one in field.roles}
    into = tuple(_way(field, move, names[move.origin], sources) for move in field.moves if move.into == role.id)
    onwards = dict.fromkeys(names[move.into] for move in field.moves if move.origin == role.id and move.into in names)
    emphasis = emphasis_of(field, role.id)
    facts = (
        *_said(emphasis),
        ("Ways in", into),
        ("Leads to", (Cell(", ".join(onwards)),) if onwards else ()),
        ("Niches", _niches(field, role.niches)),
    )
    return MapEntry(
        role.id, "role", role.name, role.summary, tuple(f for f in facts if f[1]), role.niches, emphasis=emphasis
    )


def _way(field: FieldAnswer, move: MappedMove, origin: str, sources: SourceNotes) -> Cell:
    sideways = ", sideways" if move.lateral else ""
    asks = requirement(move.requires, field.names)
    text = f"from {origin} ({field.ladders[move.ladder]}{sideways}): asks {asks}"
    return Cell(text, "plain", sources.cite(move.citation))


def _said(emphasis: Emphasis) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    if emphasis in _EMPHASES:
        yield "In the plan", (Cell(_EMPHASES[emphasis], "good"),)


def _certification(field: FieldAnswer, one: MappedCertification, sources: SourceNotes) -> MapEntry:
    roles = {role.id: role.name for role in field.roles}
    asked = dict.fromkeys(roles[m.into] for m in field.moves if one.id in m.names and m.into in roles)
    onwards = [other.name for other in field.certifications if one.id in other.builds_on and other.id != one.id]
    emphasis = emphasis_of(field, one.id)
    facts = (
        *_said(emphasis),
        ("Issuer and level", (Cell(f"{one.issuer}, {one.level}{_status(one)}"),)),
        ("Price", (_price(one, sources),)),
        ("Asks for", (Cell(requirement(one.requires, field.names)),)),
        ("Kept by", (Cell(one.renewal, "plain", sources.cite(one.renewal_citation)),)),
        ("Credits a year", (Cell(_hours(one)),)),
        ("Asked for by", (Cell(", ".join(asked)),) if asked else ()),
        ("Builds up to", (Cell(", ".join(onwards)),) if onwards else ()),
        ("Niches", _niches(field, one.niches)),
    )
    return MapEntry(
        id=one.id,
        kind="certification",
        title=one.full_name if one.name in one.full_name else f"{one.full_name} ({one.name})",
        about=one.summary,
        facts=tuple(fact for fact in facts if fact[1]),
        niches=one.niches,
        price=number(one.comparable) if one.comparable is not None else "",
        hours=number(one.hours_a_year) if one.hours_a_year is not None else "",
        url=one.url,
        emphasis=emphasis,
    )


def _status(one: MappedCertification) -> str:
    return "" if one.status == "active" else f" ({one.status})"


def _price(one: MappedCertification, sources: SourceNotes) -> Cell:
    if one.price is None:
        return Cell("unknown", "warn")
    return Cell(f"{one.price} ({one.price_of})", "plain", sources.cite(one.price_citation))


def _hours(one: MappedCertification) -> str:
    if one.hours_a_year is None:
        return "unknown"
    return f"{number(round(one.hours_a_year, 1))} hours" if one.hours_a_year else "none"


def _niches(field: FieldAnswer, niches: tuple[str, ...]) -> tuple[Cell, ...]:
    return (Cell(", ".join(field.niches.get(one, one) for one in niches)),) if niches else ()
