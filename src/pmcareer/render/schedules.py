"""The files that project managers' tools take, by the name of their format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from pmcareer.views.plans.schedule import Schedule

SCHEDULE_FORMATS: Mapping[str, tuple[str, str]] = {
    "ms-project": ("ms_project", "render_ms_project"),
    "xlsx": ("xlsx_schedule", "render_xlsx_schedule"),
    "jira": ("card_csv", "render_jira"),
    "trello": ("card_csv", "render_trello"),
    "mermaid": ("gantt_text", "render_mermaid"),
    "plantuml": ("gantt_text", "render_plantuml"),
    "taskjuggler": ("gantt_text", "render_taskjuggler"),
}
"""The module and the function of each, imported when it is asked for."""


def render_schedule(schedule: Schedule, format_: str) -> bytes:
    """The schedule in one of ``SCHEDULE_FORMATS``; MissingExtraError where its library is not installed."""
    module, name = SCHEDULE_FORMATS[format_]
    render: Callable[[Schedule], bytes | str] = getattr(import_module(f"pmcareer.render.{module}"), name)
    rendered = render(schedule)
    return rendered if isinstance(rendered, bytes) else rendered.encode("utf-8", "backslashreplace")
