"""Baked badges: the assertion inside a picture, as the Open Badges baking specification puts it into PNG and SVG."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from xml.parsers import expat

from pmcareer.problems import Position, Problems

TEXT_LIMIT = 4 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORDS = (b"openbadges", b"openbadgecredential")
_CHUNKS = 10_000


class _RefusedError(ValueError):
    """A picture that is broken, or not accepted."""


def unbaked(data: bytes, file: str, problems: Problems) -> bytes | None:
    """What is baked into a picture; anything else as it is. None where the picture holds no badge, or is refused."""
    try:
        if data.startswith(_PNG):
            found = next(_png_texts(data), None)
        elif data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
            found = _svg_assertion(data)
        else:
            return data
    except (_RefusedError, zlib.error, expat.ExpatError, ValueError, LookupError) as error:
        problems.add("import-format", f"the picture cannot be read: {str(error)[:100]}", Position(file))
        return None
    if not found:
        problems.add("import-format", "no badge is baked into the picture", Position(file), hint="ask for its JSON")
    return found or None


def _png_texts(data: bytes) -> Iterator[bytes]:
    """The texts of the chunks that bakers write: iTXt, and tEXt of the first version."""
    at = len(_PNG)
    for _ in range(_CHUNKS):
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + length]
        if len(kind) < 4 or len(content) < length:
            return
        keyword, _, rest = content.partition(b"\0")
        if keyword in _KEYWORDS and kind == b"tEXt":
            yield rest
        if keyword in _KEYWORDS and kind == b"iTXt":
            yield _international(rest)
        at += 12 + length


def _international(rest: bytes) -> bytes:
    """The text behind the flags and the two languages; unpacked within bounds where it is packed."""
    packed, method = rest[:1] == b"\1", rest[1:2]
    text = rest[2:].split(b"\0", 2)[-1]
    if not packed:
        return text
    if method != b"\0":
        raise _RefusedError("its text is packed in an unknown way")
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(text, TEXT_LIMIT + 1)
    if len(unpacked) > TEXT_LIMIT:
        raise _RefusedError(f"its text unpacks to more than {TEXT_LIMIT >> 20} MiB")
    return unpacked


def _svg_assertion(data: bytes) -> bytes:
    """The text of the ``assertion`` or ``credential`` element, or its ``verify`` attribute where it is a token.

    A document type, and with it every entity, is refused.
    """
    if len(data) > TEXT_LIMIT:
        raise _RefusedError(f"it holds more than {TEXT_LIMIT >> 20} MiB")
    reader = _SvgReader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.Parse(data, True)
    return ("".join(reader.found).strip() or reader.token).encode("utf-8", "replace")


class _SvgReader:
    """What expat calls."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.token = ""
        self.inside = False

    def refuse(self, *_: object) -> None:
        raise _RefusedError("it has a document type, which is not accepted")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if local in ("assertion", "credential") and ("openbadges" in space or "/ob/" in space):
            self.inside = True
            self.token = self.token or attributes.get("verify", "")

    def end(self, name: str) -> None:
        if name.rpartition(" ")[2] in ("assertion", "credential"):
            self.inside = False

    def text(self, text: str) -> None:
        if self.inside:
            self.found.append(text)
