"""Badges in all their wrappings; what is inside stays the same, and hostile pictures are refused."""

from __future__ import annotations

import json
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.unit.reading.foreign.exports import international, png, token

from pmcareer.model.statements import StatedCertification
from pmcareer.reading.foreign.badges import read_credly, read_open_badges

V2: dict[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://issuer.example/assertions/1",
    "recipient": {"type": "email", "hashed": True, "identity": "sha256$abc"},
    "issuedOn": "2024-06-15T00:00:00+00:00",
    "expires": "2027-06-14T23:59:59+00:00",
    "verification": {"type": "hosted"},
    "badge": {
        "type": "BadgeClass",
        "name": "Project Management Professional (PMP)®",
        "issuer": {"type": "Profile", "name": "Project Management Institute"},
    },
}
V3: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "id": "urn:uuid:1",
    "issuer": {"id": "did:web:issuer.example", "name": "Project Management Institute"},
    "validFrom": "2024-06-15T00:00:00Z",
    "validUntil": "2027-06-14T00:00:00Z",
    "credentialSubject": {"achievement": {"name": "Project Management Professional (PMP)®"}},
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{space}">{inside}<path d="M0 0"/></svg>'


def wrapped() -> dict[str, bytes]:
    v2, v3 = json.dumps(V2).encode(), json.dumps(V3).encode()
    in_svg = f"<openbadges:assertion verify='https://issuer.example/1'><![CDATA[{v2.decode()}]]></openbadges:assertion>"
    return {
        "v2": v2,
        "v3": v3,
        "v3 of VC 1.1": json.dumps(
            {k: v for k, v in V3.items() if not k.startswith("valid")}
            | {"issuanceDate": V3["validFrom"], "expirationDate": V3["validUntil"]}
        ).encode(),
        "a list": json.dumps([V2]).encode(),
        "presentation": json.dumps({"type": "VerifiablePresentation", "verifiableCredential": [V3]}).encode(),
        "token": token(V3).encode(),
        "token around vc": token({"iss": "x", "vc": V3}).encode(),
        "png v2": png(international(b"openbadges", v2)),
        "png v2 packed": png(international(b"openbadges", v2, packed=True)),
        "png v1": png((b"tEXt", b"openbadges\0" + v2)),
        "png v3": png(international(b"openbadgecredential", v3)),
        "png v3 token": png(international(b"openbadgecredential", token(V3).encode())),
        "svg v2": SVG.format(space="http://openbadges.org", inside=in_svg).encode(),
        "svg v3 token": SVG.format(
            space="https://purl.imsglobal.org/ob/v3p0", inside=f'<openbadges:credential verify="{token(V3)}"/>'
        ).encode(),
    }


@pytest.mark.parametrize("way", wrapped())
def test_a_badge_says_the_same_in_every_wrapping(way: str, tmp_path: Path) -> None:
    found = only(tmp_path, wrapped()[way])
    assert (found.name, found.issuer) == ("Project Management Professional (PMP)®", "Project Management Institute")
    assert found.earned and found.earned.day == date(2024, 6, 15)
    assert found.expires and found.expires.day == date(2027, 6, 14)
    assert found.by_issuer and not found.revoked


def test_the_first_version_counted_seconds(tmp_path: Path) -> None:
    found = only(tmp_path, json.dumps({**V2, "issuedOn": 1718409600}).encode())  # 2024-06-15 00:00 in Greenwich
    assert found.earned and found.earned.day == date(2024, 6, 15)


def only(folder: Path, data: bytes) -> StatedCertification:
    file = folder / "badge"
    file.write_bytes(data)
    stated, problems = read_open_badges(file)
    assert list(problems) == []
    assert stated is not None
    (found,) = stated.certifications
    return found


BOMB = b"openbadges\0\1\0\0\0" + zlib.compress(b" " * (5 << 20))
LAUGHS = b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg xmlns:o="http://openbadges.org"><o:assertion>&b;</o:assertion></svg>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png((b"iTXt", BOMB)), "unpacks to more than 4 MiB"),
        (LAUGHS, "document type"),
        (b"<svg", "cannot be read"),
        (png(), "no badge is baked"),
        (png((b"tEXt", b"Comment\0hello")), "no badge is baked"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff", "no badge is baked"),
        (png(international(b"openbadges", b"https://issuer.example/1.json")), "only an address"),
        (json.dumps({**V2, "badge": "https://issuer.example/class"}).encode(), "no badge is in it"),
        (b"{}", "no badge is in it"),
        (b"[" * 100_000, "nesting"),
        (b'{"a": ' + b"9" * 5000 + b"}", "digits"),
        (b"ey.a.x", "cannot be decoded"),
        (b"", "Expecting value"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
    ids=range(14),
)
def test_what_is_refused_says_why(data: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "badge"
    file.write_bytes(data)
    stated, problems = read_open_badges(file)
    assert stated is None
    assert any(said in problem.message for problem in problems.errors), list(map(str, problems))


def test_credlys_list_with_badges_of_others_in_it(tmp_path: Path) -> None:
    badges = {
        "data": [
            {
                "issued_at_date": "2024-06-15",
                "expires_at_date": None,
                "state": "accepted",
                "badge_template": {"name": "A"},
                "issuer": {"entities": [{"entity": {"name": "One"}}]},
            },
            {"issued_at": "2023-01-02T03:04:05.000Z", "badge_template": {"name": "B", "issuer": {"summary": "Two"}}},
            {"external_badge": {"badge_name": "C", "issuer_name": "Three", "issued_at_date": "2022-02-02"}},
            {"state": "pending", "badge_template": {"name": "D"}, "issuer": {"summary": "issued by Four"}},
            {"badge_template": {}},
            "rubbish",
        ]
    }
    file = tmp_path / "badges.json"
    file.write_text(json.dumps(badges), encoding="utf-8")
    stated, problems = read_credly(file)
    assert list(problems) == [] and stated is not None
    assert [(one.name, one.issuer, one.earned and one.earned.text, one.revoked) for one in stated.certifications] == [
        ("A", "One", "2024-06-15", False),
        ("B", "Two", "2023-01-02T03:04:05.000Z", False),
        ("C", "Three", "2022-02-02", False),
        ("D", "Four", None, True),
    ]


def test_a_credly_badge_saved_as_an_open_badge_is_one(tmp_path: Path) -> None:
    file = tmp_path / "badge.json"
    file.write_text(json.dumps(V2), encoding="utf-8")
    stated, _ = read_credly(file)
    assert stated and stated.certifications[0].issuer == "Project Management Institute"
