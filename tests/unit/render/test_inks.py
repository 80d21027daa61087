"""Inks: each told from the others, and legible by the contrast that WCAG asks for, which axe does not reckon in SVG."""

from __future__ import annotations

import pytest

from pmcareer.render.inks import INKS
from pmcareer.views.page import Ink


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself() -> None:
    """Black on white is 21; #767676 on white is the lightest grey that passes 4.5, as the guidelines' examples say."""
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert 4.5 <= contrast("#767676", "#ffffff") < 4.6


def test_a_style_sheet_can_tell_them_apart() -> None:
    assert len({shades.light for shades in INKS.values()}) == len(INKS)


@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "lane"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_texts_are_legible(ink: Ink, ground: Ink, shade: str) -> None:
    assert contrast(getattr(INKS[ink], shade), getattr(INKS[ground], shade)) >= 4.5


@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("fill", ["study", "earn"])
def test_names_in_filled_boxes_are_legible(fill: Ink, shade: str) -> None:
    assert contrast(getattr(INKS["paper"], shade), getattr(INKS[fill], shade)) >= 4.5


@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("mark", ["study", "earn", "move", "renew", "critical", "good"])
def test_marks_stand_out_from_the_page(mark: Ink, shade: str) -> None:
    assert contrast(getattr(INKS[mark], shade), getattr(INKS["paper"], shade)) >= 3
