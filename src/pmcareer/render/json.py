"""Reports as JSON: the document as the view made it, keys in its order, one trailing newline."""

from __future__ import annotations

import json

from pmcareer.views.report import Report


def render_json(report: Report) -> str:
    """The report's document; text beyond ASCII stays readable."""
    return json.dumps(report.document, ensure_ascii=False, indent=2) + "\n"
