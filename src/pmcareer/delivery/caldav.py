"""A thin CalDAV client (RFC 4791): one collection, listed, read, written and cleared by conditional requests.

Why not the caldav library: docs/decisions/0020-own-caldav-client.md. Resources are known by their names, the last
part of their addresses; nothing outside the collection is ever asked for.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.sax.saxutils import escape

from pmcareer.errors import MissingExtraError, PmcareerError, UsageError

if TYPE_CHECKING:
    import httpx

ANSWER_LIMIT = 64 * 1024 * 1024
RESOURCES_A_REPORT = 100
TIMEOUT = 30.0  # seconds without a byte

_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_PROPFIND = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><getetag/><resourcetype/></prop></propfind>'
)
_MULTIGET = (
    '<?xml version="1.0" encoding="utf-8"?><C:calendar-multiget xmlns="DAV:" '
    'xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/><C:calendar-data/></prop>{}</C:calendar-multiget>'
)


class CalDavError(PmcareerError):
    """The server cannot be reached, refuses, or answers what no CalDAV server should."""

    exit_code = 4


class ChangedMeanwhileError(CalDavError):
    """The resource is not what the condition of the request says: someone was faster."""


class Collection:
    """A calendar on a server. Use it in a ``with`` statement.

    *address* is the calendar's own (``checked_address``). Raises MissingExtraError without the ``caldav`` extra.
    """

    def __init__(self, address: str, user: str, password: str) -> None:
        self.address = address
        self._path = unquote(urlsplit(self.address).path)
        self._client = _http_client(user, password)
        self._credentials = (user, password)

    def __enter__(self) -> Collection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def listing(self) -> dict[str, str]:
        """The version (``etag``) of each resource by its name, by one PROPFIND."""
        status, _, body = self._ask("PROPFIND", self.address, _PROPFIND, {"Depth": "1", **_XML})
        if status != 207:
            raise self._refusal(status)
        found, is_calendar = {}, False
        for href, properties in _multistatus(body):
            if name := self._name(href):
                found[name] = properties.get("getetag", "")
            elif self._is_self(href):
                is_calendar = "calendar" in properties
        if not is_calendar:
            raise CalDavError(f"{self.address} is not a calendar", hint="give the address of one calendar")
        return found

    def read(self, names: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
        """Name, version and content of those of *names* that are there."""
        for start in range(0, len(names), RESOURCES_A_REPORT):
            yield from self._report(names[start : start + RESOURCES_A_REPORT])

    def write(self, name: str, data: bytes, *, etag: str = "") -> str:
        """Put a new resource, or in place of version *etag*; the new version, "" where the server does not say.

        Raises ChangedMeanwhileError where something else stands there.
        """
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = condition | {"Content-Type": "text/calendar; charset=utf-8"}
        status, answer, _ = self._ask("PUT", self._url(name), data, headers)
        if status == 412 or (status == 404 and etag):
            raise ChangedMeanwhileError(f"{name} has changed on the server")
        if status not in (200, 201, 204):
            raise self._refusal(status)
        return str(answer.get("etag", ""))

    def remove(self, name: str, *, etag: str) -> None:
        """Delete version *etag* of a resource; what is gone already is fine. Raises ChangedMeanwhileError."""
        status, _, _ = self._ask("DELETE", self._url(name), b"", {"If-Match": etag})
        if status == 412:
            raise ChangedMeanwhileError(f"{name} has changed on the server")
        if status not in (200, 202, 204, 404, 410):
            raise self._refusal(status)

    def _report(self, names: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
        hrefs = "".join(f"<href>{escape(urlsplit(self._url(name)).path)}</href>" for name in names)
        body = _MULTIGET.format(hrefs).encode()
        status, _, answer = self._ask("REPORT", self.address, body, {"Depth": "1", **_XML})
        if status != 207:
            raise self._refusal(status)
        asked = set(names)
        for href, properties in _multistatus(answer):
            name = self._name(href)
            if name in asked and "calendar-data" in properties:
                yield name, properties.get("getetag", ""), properties["calendar-data"].encode()

    def _ask(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes]:
        """One request; an answer that asks for Digest authentication gets it."""
        import httpx

        try:
            status, answer, data = self._send(method, url, body, headers)
            if status == 401 and "digest" in answer.get("www-authenticate", "").lower():
                self._client.auth = httpx.DigestAuth(*self._credentials)
                status, answer, data = self._send(method, url, body, headers)
        except httpx.HTTPError as error:
            raise CalDavError(f"{self.address} cannot be reached: {_reason(error)}") from None
        return status, answer, data

    def _send(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, Mapping[str, str], bytes]:
        with self._client.stream(method, url, content=body, headers=headers) as answer:
            data = bytearray()
            for chunk in answer.iter_bytes():
                data += chunk
                if len(data) > ANSWER_LIMIT:
                    raise CalDavError(f"{self.address} answers with more than {ANSWER_LIMIT >> 20} MiB")
            return answer.status_code, answer.headers, bytes(data)

    def _url(self, name: str) -> str:
        return urljoin(self.address, quote(name, safe=""))

    def _name(self, href: str) -> str:
        """The name of the resource at *href*, "" where it is not one directly in the collection."""
        parts, own = urlsplit(urljoin(self.address, href)), urlsplit(self.address)
        path = unquote(parts.path)
        if (parts.scheme, parts.netloc) != (own.scheme, own.netloc) or not path.startswith(self._path):
            return ""
        name = path[len(self._path) :]
        return "" if "/" in name else name

    def _is_self(self, href: str) -> bool:
        return unquote(urlsplit(urljoin(self.address, href)).path).rstrip("/") == self._path.rstrip("/")

    def _refusal(self, status: int) -> CalDavError:
        message, hint = _REFUSALS.get(status, (f"answers {status}", ""))
        if 300 <= status < 400:
            message, hint = "has moved", "give the address that it moved to"
        return CalDavError(f"{self.address} {message}", hint=hint)


def checked_address(address: str, *, insecure: bool = False) -> str:
    """The address with a slash at its end, without a query.

    Raises UsageError for another scheme than http and https, for one that holds a name or a password (those never
    stand on a command line), and for plain http except to this machine, unless *insecure* allows it.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("a calendar's address begins with https://")
    if parts.username is not None or parts.password is not None:
        raise UsageError("the address must not hold a user name or password", hint="see --user")
    if parts.scheme == "http" and not insecure and not _is_this_machine(parts.hostname):
        raise UsageError("plain http would send the password in the open", hint="use https://")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _http_client(user: str, password: str) -> httpx.Client:
    try:
        import defusedxml  # noqa: F401
        import httpx
    except ImportError:
        raise MissingExtraError("caldav", "pushing to a calendar server") from None
    # No redirects: they would carry the password to where nobody sent it.
    return httpx.Client(auth=httpx.BasicAuth(user, password), timeout=TIMEOUT, follow_redirects=False)


def _multistatus(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each address with the properties that were found: their local names and texts."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise CalDavError("the server's answer is not the XML that it should be") from None
    for response in root.iterfind(f"{_DAV}response"):
        href = response.findtext(f"{_DAV}href", "").strip()
        yield href, _properties(response)


def _properties(response: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in response.iterfind(f"{_DAV}propstat"):
        if " 200" not in part.findtext(f"{_DAV}status", " 200"):
            continue
        found["getetag"] = part.findtext(f"{_DAV}prop/{_DAV}getetag") or found.get("getetag", "")
        data = part.findtext(f"{_DAV}prop/{_CALDAV}calendar-data")
        if data is not None:
            found["calendar-data"] = data
        if part.find(f"{_DAV}prop/{_DAV}resourcetype/{_CALDAV}calendar") is not None:
            found["calendar"] = ""
    return found


def _reason(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text.splitlines()[0][:200]


_XML = {"Content-Type": "application/xml; charset=utf-8"}
_REFUSALS = {
    401: ("refuses the user name or the password", "see --user; the password comes from the keyring or a prompt"),
    403: ("does not let this user write", "is the calendar shared for reading only?"),
    404: ("is not there", "make the calendar first, and give its own address"),
    405: ("is no CalDAV server", "give the address of one calendar"),
    409: ("refuses the event", "does another of its events have the same UID?"),
    413: ("finds the event too large", ""),
    507: ("has no room left", ""),
}
