"""Reports and pages as one self-contained HTML page: no network, no script; light, dark, read aloud, printed."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pmcareer.errors import MissingExtraError
from pmcareer.render.charts import NARROW, WIDE, draw
from pmcareer.render.inks import INKS
from pmcareer.render.terminal_text import harmless
from pmcareer.views.page import Chart, Facts, Folded, Page, page_of
from pmcareer.views.report import Report, Table

if TYPE_CHECKING:
    from jinja2 import Environment, Template


_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def render_html(report: Report) -> str:
    """Any report as a page."""
    return render_page(page_of(report))


def render_page(page: Page) -> str:
    """The whole page. Raises MissingExtraError where a library that it needs is not installed."""
    style = stylesheet()
    policy = f"default-src 'none'; style-src {content_hash(style)}; base-uri 'none'; form-action 'none'"
    return template("page.html.j2").render(page=page, style=style, policy=policy, inks=INKS)


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The style of every page, the inks of charts included."""
    return template("page.css.j2").render(inks=INKS).strip()


def content_hash(content: str) -> str:
    """What a content security policy calls an inline style or script by."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def template(name: str) -> Template:
    """A template of the package, with all foreign text escaped."""
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("report", "an HTML page") from None
    environment = Environment(
        loader=PackageLoader("pmcareer.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: harmless(value) if type(value) is str else value,
    )
    environment.filters["dated"] = _dated
    environment.globals |= {"pictures": _pictures, "address": _address}
    environment.tests |= {name: _is_a(kind) for name, kind in _KINDS.items()}
    return environment


_KINDS: dict[str, type] = {"chart": Chart, "facts": Facts, "folded": Folded, "table": Table}


def _is_a(kind: type) -> Any:
    return lambda value: isinstance(value, kind)


def _pictures(chart: Chart) -> list[tuple[Literal["wide", "narrow"], Any]]:
    """The chart drawn for wide and for narrow pages; markup of our own making."""
    from markupsafe import Markup

    label = f"{chart.title}. {chart.description}"
    return [
        ("wide", Markup(draw(chart.wide, WIDE, label))),  # noqa: S704 - an SVG serialised by ElementTree
        ("narrow", Markup(draw(chart.narrow, NARROW, label))),  # noqa: S704
    ]


def _dated(text: str) -> Any:
    """*text* escaped, its dates marked as such, so that no line ends within one."""
    from markupsafe import Markup, escape

    return Markup(_DATE.sub(r"<time>\g<0></time>", str(escape(harmless(text)))))  # noqa: S704 - escaped just now


def _address(url: str) -> str:
    """*url* where a reader may follow it; nothing for other schemes, which might run something."""
    return url if url.startswith(("https://", "http://")) else ""
