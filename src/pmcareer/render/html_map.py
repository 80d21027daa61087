"""The map as one self-contained page: the picture with links, every entry in words, and a little script for searching.

Without the script it is a picture with a list. The content security policy allows exactly that script and no network.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from pmcareer.render.html import content_hash, stylesheet, template
from pmcareer.render.svg_map import inline_svg
from pmcareer.views.maps.page import MapPage


def render_map(page: MapPage) -> str:
    """The whole page. Raises MissingExtraError where a library that it needs is not installed."""
    from markupsafe import Markup

    own = template("map.css.j2").render().strip()
    style, script = f"{stylesheet()}\n{own}", _script()
    policy = (
        f"default-src 'none'; style-src {content_hash(style)}; script-src {content_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    picture = Markup(inline_svg(page.picture))  # noqa: S704 - an SVG serialised by ElementTree
    return template("map.html.j2").render(page=page, style=style, script=script, policy=policy, picture=picture)


@lru_cache(maxsize=1)
def _script() -> str:
    return files("pmcareer.render").joinpath("templates", "map.js").read_text(encoding="utf-8").strip()
