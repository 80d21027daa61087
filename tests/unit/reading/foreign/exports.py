"""Exports made for tests: archives, pictures and tokens, by the tools and rules that others make them by."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

PNG = b"\x89PNG\r\n\x1a\n"


def zipped(path: Path, members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk as the PNG specification has it: length, kind, content, checksum."""
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def png(*texts: tuple[bytes, bytes]) -> bytes:
    """A picture of one pixel with chunks of text in it."""
    header = chunk(b"IHDR", (1).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00")
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return PNG + header + b"".join(chunk(*text) for text in texts) + pixel + chunk(b"IEND", b"")


def international(keyword: bytes, text: bytes, *, packed: bool = False) -> tuple[bytes, bytes]:
    """An iTXt chunk: keyword, flag, method, language, translated keyword, text."""
    return b"iTXt", keyword + b"\0" + (b"\1\0" if packed else b"\0\0") + b"\0\0" + (
        zlib.compress(text) if packed else text
    )


def token(payload: Any) -> str:
    """A compact JWS whose signature is nothing."""
    parts = ({"alg": "RS256", "typ": "JWT"}, payload)
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + ".c2ln"


def zip_bytes(members: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()
