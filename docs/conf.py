"""The site's settings: ``python -m sphinx -W -b html docs build/site``."""

from __future__ import annotations

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from pmcareer import __version__

project = "pmcareer"
author = "The pmcareer authors"
project_copyright = "the pmcareer authors"
release = version = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
root_doc = "index"
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
nitpicky = False

html_theme = "furo"
html_title = "pmcareer"
html_extra_path = ["../catalog/schema"]
html_last_updated_fmt = None
html_show_sphinx = False


def setup(app: Sphinx) -> None:
    """Tables of others have no colours: pages may show CSV and consoles as they stand."""
    app.add_lexer("csv", TextLexer)
