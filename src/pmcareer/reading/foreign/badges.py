"""Badges: Open Badges 1, 2 and 3, signed or not, and Credly's list of badges; signatures are not checked.

Open Badges 2 has the badge and its issuer inside the assertion, or names their addresses; since nothing is fetched,
what is only named stays unknown. Credly writes ``data[]`` with ``badge_template.name``, ``issued_at_date``,
``expires_at_date`` and the issuer's entities.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pmcareer.model.statements import StatedCertification, StatedDay, Statements
from pmcareer.problems import Position, Problems
from pmcareer.reading.files import read_bytes, shown_path
from pmcareer.reading.foreign.baked import unbaked
from pmcareer.reading.foreign.json_values import first_text, record, records
from pmcareer.reading.foreign.words import day_of, one_line
from pmcareer.reading.json_files import parse_json

BADGE_LIMIT = 16 * 1024 * 1024
_NEVER_HELD = ("rejected", "revoked", "pending")


def read_open_badges(path: Path) -> tuple[Statements | None, Problems]:
    """The badges in a JSON file, in a signed token, or baked into a PNG or SVG picture."""
    return _read(path, "Open Badges", _open_badges)


def read_credly(path: Path) -> tuple[Statements | None, Problems]:
    """The badges in Credly's JSON; a badge that was saved there as an Open Badge is one too."""
    return _read(path, "Credly", lambda *given: [*_credly(*given)] or _open_badges(*given))


def _read(path: Path, source: str, read: Any) -> tuple[Statements | None, Problems]:
    data, problems = read_bytes(path, limit=BADGE_LIMIT)
    if data is None:
        return None, problems
    file = shown_path(path)
    text = unbaked(data, file, problems)
    document = _decoded(text, file, problems) if text is not None else None
    found = list(read(document, file, problems)) if document is not None else []
    if not found and not problems.errors:
        message = f"no badge is in it that {source} would write"
        hint = "a badge whose name lies on a server only cannot be read: `pmcareer earn CERT --on DATE`"
        problems.add("import-format", message, Position(file), hint=hint)
    return (None if problems.errors else Statements(source, certifications=tuple(found))), problems


def _decoded(text: bytes, file: str, problems: Problems) -> Any:
    """JSON, or the JSON that a signed token carries."""
    token = text.strip()
    if token.startswith((b"https://", b"http://")):
        hint = "download the JSON from there, and import that"
        problems.add("import-format", "the badge is only an address, and nothing is fetched", Position(file), hint=hint)
        return None
    if token.startswith(b"ey") and token.count(b".") == 2:
        payload = token.split(b".")[1]
        try:
            text = base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))
        except (binascii.Error, ValueError):
            problems.add("json-syntax", "the signed badge cannot be decoded", Position(file))
            return None
    return parse_json(text, file, problems)


# --- Open Badges ------------------------------------------------------------------------------------------------------


def _open_badges(document: Any, file: str, problems: Problems) -> Iterator[StatedCertification]:
    """Every assertion: one, a list of them, a presentation's credentials, or a token's inner credential."""
    listed = document
    if isinstance(document, dict):
        listed = document.get("verifiableCredential") or document.get("vc") or document.get("assertions") or document
    for at, one in records(listed):
        place = Position(file if listed is document and isinstance(document, dict) else f"{file}: [{at}]")
        stated = _credential(one, place, problems) if "credentialSubject" in one else _assertion(one, place, problems)
        if stated.name:
            yield stated


def _assertion(one: Mapping[str, Any], at: Position, problems: Problems) -> StatedCertification:
    """Open Badges 1 and 2."""
    badge = record(one.get("badge"))
    return StatedCertification(
        first_text(badge, "name"),
        at,
        issuer=first_text(record(badge.get("issuer")), "name"),
        earned=_day(one, at, problems, "issuedOn"),
        expires=_day(one, at, problems, "expires"),
        number=first_text(one, "uid"),
        url=_address(first_text(one, "id")),
        by_issuer=True,
        revoked=one.get("revoked") is True,
    )


def _credential(one: Mapping[str, Any], at: Position, problems: Problems) -> StatedCertification:
    """Open Badges 3: a verifiable credential about an achievement."""
    _, subject = next(records(one.get("credentialSubject")), (0, {}))
    _, achievement = next(records(subject.get("achievement")), (0, {}))
    creator = record(achievement.get("creator"))
    return StatedCertification(
        first_text(achievement, "name") or first_text(one, "name"),
        at,
        issuer=first_text(record(one.get("issuer")), "name") or first_text(creator, "name"),
        earned=_day(one, at, problems, "validFrom", "issuanceDate", "awardedDate"),
        expires=_day(one, at, problems, "validUntil", "expirationDate"),
        number=first_text(subject, "licenseNumber"),
        url=_address(first_text(one, "id")),
        by_issuer=True,
    )


# --- Credly -----------------------------------------------------------------------------------------------------------


def _credly(document: Any, file: str, problems: Problems) -> Iterator[StatedCertification]:
    _say_what_is_missing(record(document), file, problems)
    listed = record(document).get("data", document)
    for at, one in records(listed):
        place = Position(f"{file}: data[{at}]")
        template, external = record(one.get("badge_template")), record(one.get("external_badge"))
        name = first_text(template, "name") or first_text(external, "badge_name")
        if name:
            yield StatedCertification(
                name,
                place,
                issuer=_credly_issuer(one, template) or first_text(external, "issuer_name"),
                earned=_day({**external, **one}, place, problems, "issued_at_date", "issued_at"),
                expires=_day({**external, **one}, place, problems, "expires_at_date", "expires_at"),
                url=_address(first_text(one, "public_url", "badge_url")),
                by_issuer=True,
                revoked=first_text(one, "state") in _NEVER_HELD,
            )


def _say_what_is_missing(document: Mapping[str, Any], file: str, problems: Problems) -> None:
    """Warn where the list is one page of several, by whichever of its marks says so."""
    metadata = record(document.get("metadata"))
    page, pages = first_text(metadata, "current_page") or "1", first_text(metadata, "total_pages")
    listed, total = len(list(records(document.get("data")))), first_text(metadata, "total_count")
    if pages not in ("", "0", "1"):
        what = f"this is page {page} of {pages}"
    elif first_text(metadata, "next_page_url", "next_page", "previous_page_url"):
        what = "this is one page of several"
    elif total.isascii() and total.isdigit() and len(total) < 10 and int(total) > listed:
        what = f"this is {listed} of {total} badges"
    else:
        return
    hint = "save the other pages too (?page=2 and so on behind the address), and import each"
    message = f"{what}: the badges of the other pages are not in it"
    problems.add("import-incomplete", message, Position(file), hint=hint, severity="warning")


def _credly_issuer(one: Mapping[str, Any], template: Mapping[str, Any]) -> str:
    """The first entity that issues it, or the words of the summary."""
    for issuer in (record(one.get("issuer")), record(template.get("issuer"))):
        for _, entity in records(issuer.get("entities")):
            if name := first_text(record(entity.get("entity")), "name"):
                return name
        if summary := first_text(issuer, "summary", "name"):
            return summary.removeprefix("issued by ").removeprefix("Issued by ")
    return ""


# --- both -------------------------------------------------------------------------------------------------------------


def _day(one: Mapping[str, Any], at: Position, problems: Problems, *keys: str) -> StatedDay | None:
    key = next((key for key in keys if one_line(one.get(key))), None)
    return day_of(_instant(one[key]), key, at, problems) if key else None


def _instant(value: Any) -> Any:
    """Open Badges 1 counted seconds; its day is that of Greenwich."""
    from datetime import UTC, datetime

    if isinstance(value, int) and 0 < value < 10**11:
        return datetime.fromtimestamp(value, UTC).date().isoformat()
    return value


def _address(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""
