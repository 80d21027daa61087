"""Names of files made for people: safe on every system, the same every time, and never those of two."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from uuid import UUID

_LONGEST = 40
_OTHER = re.compile(r"[^a-z0-9]+")


def calendar_name(kind: str, who: str, namespace: UUID) -> str:
    """``ana-example-org-1f0c9a4b27de.ics``: what can be read of *who*, and a hash that tells alike ones apart.

    Nothing of *who* but letters and digits gets in: no path, no hidden file, no reserved name.
    """
    plain = unicodedata.normalize("NFKD", who).encode("ascii", "ignore").decode().lower()
    readable = _OTHER.sub("-", plain).strip("-")[:_LONGEST].strip("-")
    digest = sha256(f"{namespace}\x1f{kind}\x1f{who}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return "-".join(part for part in ("" if kind == "person" else kind, readable, digest) if part) + ".ics"
