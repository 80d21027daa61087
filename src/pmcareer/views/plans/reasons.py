"""Reasons of a plan's steps in words."""

from __future__ import annotations

from collections.abc import Mapping

from pmcareer.api.plans.answers import Reason
from pmcareer.model.sources import Citation
from pmcareer.views.wording import requirement


def reason_text(reason: Reason, names: Mapping[str, str]) -> str:
    """A reason in words, with its source and the day it was read."""
    return f"{reason_words(reason, names)}{_cited(reason.citation)}"


def reason_words(reason: Reason, names: Mapping[str, str]) -> str:
    """A reason in words, without its source."""
    asks = requirement(reason.requirement, names)
    match reason.serves:
        case "target":
            return f"the goal; asks {asks}"
        case "move":
            return f"on the way to {reason.subject_name}; asks {asks}"
        case "eligibility":
            return f"counts towards {reason.subject_name}, which asks {asks}"
        case "waiver":
            return f"shortens the way to {reason.subject_name}: {asks} waives a course"
        case "upkeep":
            return f"keeps {reason.subject_name} active"
        case "renewal":
            until = f", now valid to {reason.until.isoformat()}" if reason.until else ""
            return f"renews {reason.subject_name} too{until}, which needs no renewal of its own before"
        case "request":
            return "you asked for it"
        case _:
            return f"leads to {reason.subject_name}"


def _cited(citation: Citation | None) -> str:
    if citation is None:
        return ""
    if citation.source is None:
        return f" [{citation.standing.value}]"
    read = f", read {citation.read.isoformat()}" if citation.read else ""
    return f" [{citation.source}: {citation.standing.value}{read}]"
