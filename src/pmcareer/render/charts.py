"""Charts as SVG: Vega-Lite specs drawn by vl-convert, without a browser and without the network."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmcareer.errors import MissingExtraError
from pmcareer.render.inks import INKS, PREFIX
from pmcareer.render.terminal_text import harmless

if TYPE_CHECKING:
    from pmcareer.views.report import Plain

# One version of Vega-Lite whatever vl-convert comes with, so that the same chart gives the same bytes.
VEGA_LITE = "6.1"
WIDE, NARROW = 880, 350
_SVG = "http://www.w3.org/2000/svg"
_INK_OF = {f"{PREFIX}{name}": shades.light for name, shades in INKS.items()}
_FONT = "Liberation Sans"  # vl-convert measures it without asking the machine; as wide as Arial and Helvetica
_SHOWN_FONT = "'Liberation Sans', Arial, Helvetica, sans-serif"


def draw(spec: Mapping[str, Plain], width: int, label: str) -> str:
    """The chart as an ``<svg>`` element, *width* pixels wide at most, called *label* for those who do not see it.

    Raises MissingExtraError where the library is not installed.
    """
    try:
        from vl_convert import vegalite_to_svg
    except ImportError:
        raise MissingExtraError("report", "drawing charts") from None
    whole = {**_CONFIGURED, **_inked(dict(spec)), "width": width}  # type: ignore[dict-item] # a mapping stays one
    drawn: str = vegalite_to_svg(whole, vl_version=VEGA_LITE, allowed_base_urls=[])
    return _inline(drawn, harmless(label))


def _inked(value: Plain) -> Plain:
    """*value* with the light colours for the names of inks, and foreign text made harmless."""
    if isinstance(value, str):
        return _INK_OF.get(value) or harmless(value).encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_inked(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _inked(one) for key, one in value.items()}
    return value


def _inline(drawn: str, label: str) -> str:
    """The drawing as one accessible picture that scales with the page."""
    root = ET.fromstring(drawn)  # noqa: S314 - just drawn here, from our own spec
    width, height = root.get("width", "0"), root.get("height", "0")
    root.attrib.clear()
    root.attrib |= {"viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    root.attrib |= {"role": "img", "aria-label": label, "focusable": "false"}
    for element in root.iter():
        for needless in ("aria-roledescription", "aria-hidden", "pointer-events", "class"):
            element.attrib.pop(needless, None)
        if element is not root:
            element.attrib.pop("role", None)
        if element.get("font-family") == _FONT:
            element.set("font-family", _SHOWN_FONT)
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


_AXIS: dict[str, Plain] = {
    "labelColor": _INK_OF["ink:muted"],
    "titleColor": _INK_OF["ink:muted"],
    "gridColor": _INK_OF["ink:grid"],
    "domainColor": _INK_OF["ink:grid"],
    "tickColor": _INK_OF["ink:grid"],
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "labelPadding": 6,
}
_CONFIGURED: dict[str, Plain] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "autosize": {"type": "fit-x", "contains": "padding"},
    "padding": 4,
    "background": None,
    "config": {
        "aria": False,
        "font": _FONT,
        "view": {"stroke": None},
        "axis": dict(_AXIS),
        "text": {"fontSize": 12, "fill": _INK_OF["ink:text"]},
    },
}
