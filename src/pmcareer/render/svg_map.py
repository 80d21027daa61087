"""Pictures as SVG: one accessible document by itself, fit for a sheet of A3, or a part of a page with links."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from pmcareer.render.inks import INKS
from pmcareer.render.terminal_text import harmless
from pmcareer.values import dataclass
from pmcareer.views.page import Ink
from pmcareer.views.picture import Box, Curve, Emphasis, Picture

_SVG = "http://www.w3.org/2000/svg"
_FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"
_A3 = (297, 420)  # millimetres, the short side first
_SHEET_MARGIN = 10
_LINE = 15


@dataclass(frozen=True, slots=True)
class _Look:
    """Fill, edge and text of a box."""

    fill: Ink
    edge: Ink
    text: Ink
    width: float = 1.2


_ROLES: Mapping[Emphasis, _Look] = {
    "plain": _Look("paper", "move", "text"),
    "on-way": _Look("study", "study", "paper", 2),
    "held": _Look("paper", "study", "text", 2.5),
    "faint": _Look("paper", "float", "muted"),
}
_CERTIFICATIONS: Mapping[Emphasis, _Look] = {
    "plain": _Look("paper", "float", "text"),
    "on-way": _Look("earn", "earn", "paper", 2),
    "held": _Look("paper", "earn", "text", 2.5),
    "faint": _Look("paper", "float", "muted"),
}


def render_svg(picture: Picture) -> str:
    """The picture as a document of its own: light, on paper of A3 size, its texts as titles."""
    size = _on_a3(picture)
    root = _root(picture, {"xmlns": _SVG, "width": f"{size[0]}mm", "height": f"{size[1]}mm", "role": "img"})
    root.set("aria-labelledby", "map-title map-description")
    _draw(root, picture, linked=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def inline_svg(picture: Picture) -> str:
    """The picture as a part of a page: each box a link to ``#entry-ID``, all ways there, to be shown by a script."""
    root = _root(picture, {"width": str(picture.width), "height": str(picture.height), "role": "group"})
    root.set("aria-labelledby", "map-title")
    root.set("aria-describedby", "map-description")
    _draw(root, picture, linked=True)
    return ET.tostring(root, encoding="unicode")


def _on_a3(picture: Picture) -> tuple[int, int]:
    """Width and height in millimetres: as large as a sheet of A3 allows, upright or lying, in its margins."""
    short, long = (side - 2 * _SHEET_MARGIN for side in _A3)
    across, down = (long, short) if picture.width > picture.height else (short, long)
    if picture.width * down > picture.height * across:
        return across, across * picture.height // picture.width
    return down * picture.width // picture.height, down


def _root(picture: Picture, attributes: dict[str, str]) -> ET.Element:
    root = ET.Element("svg", {**attributes, "viewBox": f"0 0 {picture.width} {picture.height}", "font-family": _FONT})
    for tag, text in (("title", picture.title), ("desc", picture.description)):
        ET.SubElement(root, tag, {"id": f"map-{'title' if tag == 'title' else 'description'}"}).text = harmless(text)
    return root


def _draw(root: ET.Element, picture: Picture, *, linked: bool) -> None:
    _rect(root, (0, 0, picture.width, picture.height), {"fill": _light("paper")})
    for area in picture.areas:
        _rect(root, (area.x, area.y, area.width, area.height), {"fill": _light(area.ink)})
    _arrowheads(root)
    ways = ET.SubElement(root, "g", {"fill": "none", "aria-hidden": "true"})
    for curve in picture.curves:
        if linked or _is_drawn(curve):
            _curve(ways, curve, linked=linked)
    for box in picture.boxes:
        _box(root, box, linked=linked)
    for words in picture.words:
        place = {"x": str(words.x), "y": str(words.y), "font-size": str(words.size), "fill": _light(words.ink)}
        place |= {"text-anchor": words.anchor, "font-weight": "bold" if words.bold else "normal"}
        ET.SubElement(root, "text", place).text = harmless(words.text)


def _is_drawn(curve: Curve) -> bool:
    """Every move, and of the rest what the way goes by: all of it at once could not be read."""
    return curve.kind == "move" or curve.emphasis == "on-way"


def _curve(parent: ET.Element, curve: Curve, *, linked: bool) -> None:
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = curve.points
    strong = curve.emphasis == "on-way"
    ink: Ink = "float" if not strong else "study" if curve.kind == "move" else "earn"
    look = {
        "d": f"M{x1},{y1}C{x2},{y2} {x3},{y3} {x4},{y4}",
        "stroke": _light(ink),
        "stroke-width": "4" if strong and curve.kind == "move" else "2.5" if strong else "1.2",
    }
    look["marker-end"] = f"url(#arrow-{ink})"
    if curve.sideways or (curve.kind != "move" and strong):
        look["stroke-dasharray"] = "6 4"
    if linked:
        shown = "" if _is_drawn(curve) else " apart"
        look |= {"data-from": curve.from_, "data-to": curve.to, "class": f"way {curve.kind}{shown}"}
    ET.SubElement(parent, "path", look)


def _arrowheads(root: ET.Element) -> None:
    definitions = ET.SubElement(root, "defs")
    for ink in ("float", "study", "earn"):
        place = {"id": f"arrow-{ink}", "viewBox": "0 0 8 8", "refX": "7", "refY": "4", "orient": "auto"}
        size = "9" if ink == "float" else "12"
        units = {"markerWidth": size, "markerHeight": size, "markerUnits": "userSpaceOnUse"}
        marker = ET.SubElement(definitions, "marker", {**place, **units})
        ET.SubElement(marker, "path", {"d": "M0,1L8,4L0,7Z", "fill": _light(ink)})


def _box(root: ET.Element, box: Box, *, linked: bool) -> None:
    looks = _ROLES if box.kind == "role" else _CERTIFICATIONS
    look = looks[box.emphasis]
    edge: Ink = "earn" if box.kind == "certification" and box.emphasis == "plain" and box.marked else look.edge
    shown = " ".join(box.lines)
    # Who speaks to the browser says what is shown; so it stands in the link's name as well.
    label = f"{box.title}, {box.kind}" if shown == box.title else f"{shown}: {box.title}, {box.kind}"
    if linked:
        link = {"href": f"#entry-{box.id}", "data-entry": box.id, "class": box.kind, "aria-label": harmless(label)}
        parent = ET.SubElement(root, "a", link)
    else:
        parent = ET.SubElement(root, "g")
    ET.SubElement(parent, "title").text = harmless(box.title)
    radius = "6" if box.kind == "role" else "11"
    look_of = {"rx": radius, "fill": _light(look.fill), "stroke": _light(edge), "stroke-width": str(look.width)}
    _rect(parent, (box.x, box.y, box.width, box.height), look_of)
    size = 13 if box.kind == "role" else 12
    first = box.y + box.height // 2 - _LINE * (len(box.lines) - 1) // 2 + size // 3 + 1
    middle = str(box.x + box.width // 2)
    look_of = {"text-anchor": "middle", "font-size": str(size), "fill": _light(look.text)}
    text = ET.SubElement(parent, "text", look_of)
    for n, line in enumerate(box.lines):
        span = ET.SubElement(text, "tspan", {"x": middle, "y": str(first + n * _LINE)})
        span.text, span.tail = harmless(line), " "  # read aloud, lines are words apart


def _rect(parent: ET.Element, place: tuple[int, int, int, int], look: Mapping[str, str]) -> None:
    x, y, width, height = map(str, place)
    ET.SubElement(parent, "rect", {"x": x, "y": y, "width": width, "height": height, **look})


def _light(ink: Ink) -> str:
    return INKS[ink].light
