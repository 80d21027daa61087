"""The map of the field or of a part of it: one picture, and every entry of it in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmcareer.api.reports.field_map import FieldAnswer
from pmcareer.views.maps.layout import MARGIN, map_width, place_certifications, place_roles
from pmcareer.views.picture import Box, Curve, Emphasis, Picture, Point, Words
from pmcareer.views.wording import counted

_LEGEND = "Lines are moves, dashed ones sideways."
_HEAD, _BETWEEN = 84, 58


def field_picture(field: FieldAnswer) -> Picture:
    """The whole map, roles above, certifications below, as wide as its columns and as high as its rows."""
    width = map_width(field)
    roles = place_roles(field, _HEAD, width)
    certifications = place_certifications(field, roles.bottom + _BETWEEN, width)
    boxes = {box.id: box for box in (*roles.boxes, *certifications.boxes)}
    headings = (
        Words(MARGIN, 36, _title(field), size=24, bold=True),
        Words(MARGIN, 60, _subtitle(field), ink="muted"),
        Words(width - MARGIN, 60, f"{_LEGEND} Further right is higher.", ink="muted", anchor="end"),
    )
    below = (
        Words(width - MARGIN, roles.bottom + 38, "Edged in violet: a ladder asks for it.", ink="muted", anchor="end"),
        Words(MARGIN, roles.bottom + 38, "Certifications by issuer and level", size=18, bold=True),
    )
    return Picture(
        width=width,
        height=certifications.bottom + MARGIN,
        title=_title(field),
        description=_in_words(field),
        areas=(*roles.areas, *certifications.areas),
        curves=tuple(sorted(_curves(field, boxes), key=lambda curve: curve.emphasis == "on-way")),
        boxes=tuple(boxes.values()),
        words=(*headings, *(below if field.certifications else ()), *roles.words, *certifications.words),
    )


def _title(field: FieldAnswer) -> str:
    if field.plan is None:
        what = "roles, certifications and the ways between them"
        return f"The field, {field.part}: {what}" if field.part else f"The field: {what}"
    return f"{field.plan.start_name} → {field.plan.target_name}, {field.part or 'in the whole field'}"


def _subtitle(field: FieldAnswer) -> str:
    size = f"{counted(len(field.roles), 'role')}, {counted(len(field.moves), 'move')}, "
    return f"As of {field.as_of.isoformat()}: {size}{counted(len(field.certifications), 'certification')}"


def _in_words(field: FieldAnswer) -> str:
    ladders = ", ".join(field.ladders.values())
    way = " → ".join(role_names(field))
    plan = f" The way asked for: {way}." if field.way.roles else ""
    return f"Ladders: {ladders}. Roles stand further right the higher they are.{plan}"


def role_names(field: FieldAnswer) -> tuple[str, ...]:
    """The names of the roles on the way, in order."""
    names = {role.id: role.name for role in field.roles}
    return tuple(names.get(role, role) for role in field.way.roles)


# --- ways -------------------------------------------------------------------------------------------------------------


def _curves(field: FieldAnswer, boxes: Mapping[str, Box]) -> Iterator[Curve]:
    """Each way once, though several ladders may have it."""
    found: dict[tuple[str, str, str], Curve] = {}
    for curve in (*_moves(field, boxes), *_asked(field, boxes), *_built_on(field, boxes)):
        key = (curve.kind, curve.from_, curve.to)
        if key not in found or curve.emphasis == "on-way":
            found[key] = curve
    yield from found.values()


def _moves(field: FieldAnswer, boxes: Mapping[str, Box]) -> Iterator[Curve]:
    steps = set(zip(field.way.roles, field.way.roles[1:], strict=False))
    for move in field.moves:
        if move.origin in boxes and move.into in boxes:
            points = _along(boxes[move.origin], boxes[move.into])
            taken = (move.origin, move.into) in steps
            yield Curve(move.origin, move.into, "move", points, _emphasis(field, taken), move.lateral)


def _asked(field: FieldAnswer, boxes: Mapping[str, Box]) -> Iterator[Curve]:
    for move in field.moves:
        for name in move.names:
            if name in boxes and move.into in boxes:
                points = _upwards(boxes[name], boxes[move.into])
                serves = (name, move.into) in field.way.serves
                yield Curve(name, move.into, "asks", points, _emphasis(field, serves))


def _built_on(field: FieldAnswer, boxes: Mapping[str, Box]) -> Iterator[Curve]:
    for one in field.certifications:
        for lower in one.builds_on:
            if lower in boxes and lower != one.id:
                both = {lower, one.id} <= {*field.way.certifications, *field.way.held}
                yield Curve(lower, one.id, "builds-on", _along(boxes[lower], boxes[one.id]), _emphasis(field, both))


def _emphasis(field: FieldAnswer, taken: bool) -> Emphasis:
    if not field.way.roles:
        return "plain"
    return "on-way" if taken else "faint"


def _along(start: Box, end: Box) -> tuple[Point, Point, Point, Point]:
    """From the right edge to the left edge of what lies further right; else from edge to edge up or down."""
    if end.x >= start.x + start.width:
        a, d = (start.x + start.width, start.y + start.height // 2), (end.x, end.y + end.height // 2)
        bend = max(16, (d[0] - a[0]) // 2)
        return a, (a[0] + bend, a[1]), (d[0] - bend, d[1]), d
    return _upwards(start, end)


def _upwards(start: Box, end: Box) -> tuple[Point, Point, Point, Point]:
    """From the edge that faces the other box, up or down."""
    below = start.y > end.y
    a = (start.x + start.width // 2, start.y if below else start.y + start.height)
    d = (end.x + end.width // 2, end.y + end.height if below else end.y)
    bend = max(14, abs(d[1] - a[1]) // 2) * (-1 if below else 1)
    return a, (a[0], a[1] + bend), (d[0], d[1] - bend), d
