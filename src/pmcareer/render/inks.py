"""Inks: the colours of charts and maps by what they mean, for light and for dark pages.

A picture bears the light colours as attributes, so that it stands by itself; a page's style sheet puts the dark ones in
their place. No two inks share a light colour, or the style sheet could not tell them apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pmcareer.views.page import Ink


class Shades(NamedTuple):
    """One ink on a light and on a dark page."""

    light: str
    dark: str


INKS: Mapping[Ink, Shades] = {
    "study": Shades("#2b6cb0", "#74abe8"),
    "earn": Shades("#6b46a3", "#b99aea"),
    "move": Shades("#0f766e", "#55c5b8"),
    "renew": Shades("#9a5b13", "#e2ab5f"),
    "critical": Shades("#b42318", "#ff8f82"),
    "float": Shades("#c3ced9", "#4a5a69"),
    "text": Shades("#1b2733", "#e6ecf2"),
    "muted": Shades("#566574", "#a3b3c2"),
    "grid": Shades("#e1e7ed", "#313d48"),
    "band": Shades("#d5e2f0", "#2b3f54"),
    "middle": Shades("#9dbde0", "#3f648c"),
    "good": Shades("#2f7d4f", "#6fc493"),
    "open": Shades("#e4e0d8", "#3d4349"),
    "paper": Shades("#ffffff", "#1a222b"),
    "lane": Shades("#f1f5f9", "#222d38"),
}
PREFIX = "ink:"
