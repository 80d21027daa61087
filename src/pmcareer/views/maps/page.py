"""What ``pmcareer map`` shows: the picture, every entry of it in words, what to choose by, and the machine form."""

from __future__ import annotations

from pmcareer.api.reports.field_map import FieldAnswer
from pmcareer.values import dataclass
from pmcareer.views.maps.entries import MapEntry, map_entries
from pmcareer.views.maps.field import field_picture
from pmcareer.views.page import SourceNote, source_in_words
from pmcareer.views.picture import Picture
from pmcareer.views.plain_data import plain_citation, plain_money, plain_number
from pmcareer.views.report import Cell, Column, Lines, Plain, Report, Table
from pmcareer.views.source_notes import SourceNotes

SCHEMA = "pmcareer.map/1"


@dataclass(frozen=True, slots=True)
class MapPage:
    """The map for media that show pictures. ``niches``: those that some entry names; prices are in ``currency``."""

    picture: Picture
    entries: tuple[MapEntry, ...]
    niches: tuple[tuple[str, str], ...]
    currency: str
    as_of: str
    sources: tuple[SourceNote, ...]
    report: Report


def map_page(field: FieldAnswer) -> MapPage:
    """The whole map."""
    notes = SourceNotes()
    entries = map_entries(field, notes)
    named = {niche for entry in entries for niche in entry.niches}
    picture = field_picture(field)
    return MapPage(
        picture=picture,
        entries=entries,
        niches=tuple((id_, name) for id_, name in field.niches.items() if id_ in named),
        currency=field.currency,
        as_of=field.as_of.isoformat(),
        sources=notes.notes,
        report=_report(field, picture, notes),
    )


def _report(field: FieldAnswer, picture: Picture, notes: SourceNotes) -> Report:
    """The map for media without pictures: its entries as tables."""
    return Report(
        title=picture.title,
        blocks=(
            Lines((Cell(picture.description),), bullets=False),
            _moves(field),
            _certifications(field),
            Lines(tuple(Cell(source_in_words(one), "dim") for one in notes.notes), "Sources"),
        ),
        document=_document(field),
        verdict="bad-news" if field.plan is not None and not field.plan.plans else "fine",
        notes=field.plan.notes if field.plan else (),
    )


def _moves(field: FieldAnswer) -> Table:
    names = {role.id: role.name for role in field.roles}
    rows = tuple(
        (
            Cell(field.ladders[move.ladder]),
            Cell(names.get(move.origin, move.origin)),
            Cell(names.get(move.into, move.into)),
            Cell("sideways" if move.lateral else "up"),
            Cell(", ".join(field.names.get(name, name) for name in move.names)),
        )
        for move in field.moves
    )
    columns = (Column("Ladder"), Column("From"), Column("To"), Column("Way"), Column("Names", flexible=True))
    return Table(columns, rows, "Moves")


def _certifications(field: FieldAnswer) -> Table:
    rows = tuple(
        (
            Cell(one.name),
            Cell(one.issuer),
            Cell(one.level),
            Cell(str(one.price) if one.price else "unknown", "plain" if one.price else "warn"),
            Cell(one.renewal),
        )
        for one in field.certifications
    )
    columns = (Column("Certification"), Column("Issuer"), Column("Level"), Column("Price", "right"))
    return Table((*columns, Column("Kept by", flexible=True)), rows, "Certifications")


def _document(field: FieldAnswer) -> dict[str, Plain]:
    way = field.way
    return {
        "schema": SCHEMA,
        "as_of": field.as_of.isoformat(),
        "ladders": [{"id": id_, "name": name} for id_, name in field.ladders.items()],
        "roles": [
            {"id": one.id, "name": one.name, "rank": one.rank, "niches": list(one.niches)} for one in field.roles
        ],
        "moves": [
            {
                "ladder": move.ladder,
                "from": move.origin,
                "to": move.into,
                "lateral": move.lateral,
                "certifications": list(move.names),
                "source": plain_citation(move.citation),
            }
            for move in field.moves
        ],
        "certifications": [
            {
                "id": one.id,
                "name": one.full_name,
                "issuer": one.issuer,
                "level": one.level,
                "status": one.status,
                "niches": list(one.niches),
                "price": plain_money(one.price),
                "hours_a_year": plain_number(one.hours_a_year),
                "builds_on": list(one.builds_on),
            }
            for one in field.certifications
        ],
        "way": {"roles": list(way.roles), "certifications": list(way.certifications), "held": list(way.held)},
    }
