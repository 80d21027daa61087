"""The CalDAV client against servers that err or mean harm: nothing leaks, nothing hangs, every refusal is one line."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pmcareer.delivery import caldav
from pmcareer.delivery.caldav import CalDavError, ChangedMeanwhileError, Collection, checked_address
from pmcareer.errors import PmcareerError, UsageError

PASSWORD = "s3cret-password"


@dataclass
class Answer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Server:
    """A server that answers what a test tells it to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answer: Callable[[Asked], Answer] = lambda _: Answer(404)
        server = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                server.asked.append(asked)
                answer = server.answer(asked)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            do_PROPFIND = do_REPORT = do_PUT = do_DELETE = do_GET = handle_any  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/ana/deadlines/"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


def response(href: str, etag: str = '"1"', kind: str = "") -> str:
    return (
        f"<D:response><D:href>{href}</D:href><D:propstat><D:prop><D:getetag>{etag}</D:getetag>"
        f"<D:resourcetype>{kind}</D:resourcetype></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
        "</D:response>"
    )


CALENDAR = "<D:collection/><C:calendar/>"


def multistatus(*responses: str) -> Answer:
    inside = "".join(responses)
    xml = f'<D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">{inside}</D:multistatus>'
    return Answer(207, xml.encode())


def listing(server: Server) -> dict[str, str]:
    with Collection(server.address, "ana", PASSWORD) as collection:
        return collection.listing()


def test_a_listing_knows_only_what_stands_directly_in_the_calendar(server: Server) -> None:
    server.answer = lambda _: multistatus(
        response("/ana/deadlines/", kind=CALENDAR),
        response("/ana/deadlines/a%20b.ics", '"2"'),
        response(f"{server.address}c.ics", '"3"'),
        response("/ana/deadlines/deeper/d.ics"),
        response("/ana/other/e.ics"),
        response("/bob/deadlines/f.ics"),
        response("https://evil.example/ana/deadlines/g.ics"),
        response("/ana/deadlines/../../bob/h.ics"),
        response("/ana/deadlines/%2e%2e%2fi.ics"),
    )
    assert listing(server) == {"a b.ics": '"2"', "c.ics": '"3"'}
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.headers["depth"]) == ("PROPFIND", "/ana/deadlines/", "1")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(401), "refuses the user name or the password"),
        (Answer(403), "does not let this user write"),
        (Answer(404), "is not there"),
        (Answer(405), "is no CalDAV server"),
        (Answer(500), "answers 500"),
        (Answer(200, b"<html>"), "answers 200"),
        (Answer(207, b"<html>"), "not the XML that it should be"),
        (Answer(207, b""), "not the XML that it should be"),
        (Answer(207, b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), "not the XML that it should be"),
        (Answer(207, '<!DOCTYPE a><a/>'.encode("utf-16")), "not the XML that it should be"),
        (multistatus(response("/ana/deadlines/", kind="<D:collection/>")), "is not a calendar"),
        (multistatus(), "is not a calendar"),
    ],
)  # fmt: skip
def test_every_refusal_is_one_line(server: Server, answer: Answer, message: str) -> None:
    server.answer = lambda _: answer
    with pytest.raises(CalDavError, match=message) as caught:
        listing(server)
    assert_tells_no_secret(caught.value)
    assert caught.value.exit_code == 4


def assert_tells_no_secret(error: PmcareerError) -> None:
    assert "\n" not in error.message
    assert PASSWORD not in f"{error.message}{error.hint}{error!r}"


def test_a_redirect_is_told_and_not_followed(server: Server) -> None:
    server.answer = lambda _: Answer(301, headers={"Location": "http://evil.example/"})
    with pytest.raises(CalDavError, match="has moved"):
        listing(server)
    assert len(server.asked) == 1


def test_an_endless_answer_is_cut_short(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caldav, "ANSWER_LIMIT", 1000)
    server.answer = lambda _: Answer(207, b" " * 5000)
    with pytest.raises(CalDavError, match="answers with more than"):
        listing(server)


def test_nobody_there_is_one_line(server: Server) -> None:
    server.http.server_close()
    server.http.shutdown()
    with pytest.raises(CalDavError, match="cannot be reached") as caught:
        listing(server)
    assert_tells_no_secret(caught.value)


def test_digest_authentication_is_answered(server: Server) -> None:
    challenge = 'Digest realm="x", nonce="abc", qop="auth", algorithm=MD5'

    def answer(asked: Asked) -> Answer:
        if asked.headers.get("authorization", "").startswith("Digest "):
            return multistatus(response("/ana/deadlines/", kind=CALENDAR))
        return Answer(401, headers={"WWW-Authenticate": challenge})

    server.answer = answer
    assert listing(server) == {}
    assert 'username="ana"' in server.asked[-1].headers["authorization"]


def test_writes_are_conditional_and_whole(server: Server) -> None:
    server.answer = lambda asked: Answer(200 if asked.method == "DELETE" else 201, headers={"ETag": '"7"'})
    with Collection(server.address, "ana", PASSWORD) as collection:
        assert collection.write("a.ics", b"new") == '"7"'
        assert collection.write("a.ics", b"newer", etag='"7"') == '"7"'
        collection.remove("a.ics", etag='"8"')
    new, newer, removed = server.asked
    assert (new.method, new.path, new.body) == ("PUT", "/ana/deadlines/a.ics", b"new")
    assert (new.headers["if-none-match"], new.headers.get("if-match")) == ("*", None)
    assert (newer.headers["if-match"], newer.headers.get("if-none-match")) == ('"7"', None)
    assert (removed.method, removed.headers["if-match"]) == ("DELETE", '"8"')


@pytest.mark.parametrize("status", [403, 409, 413, 507, 503, 302])
def test_a_refused_write_is_one_line(server: Server, status: int) -> None:
    server.answer = lambda _: Answer(status)
    with Collection(server.address, "ana", PASSWORD) as collection:
        with pytest.raises(CalDavError) as caught:
            collection.write("a.ics", b"x")
        assert not isinstance(caught.value, ChangedMeanwhileError)
        assert_tells_no_secret(caught.value)


def test_only_what_was_asked_for_is_read(server: Server) -> None:
    def with_data(href: str) -> str:
        return response(href).replace("</D:prop>", "<C:calendar-data>x</C:calendar-data></D:prop>")

    server.answer = lambda _: multistatus(
        with_data("/ana/deadlines/a.ics"), with_data("/ana/deadlines/unasked.ics"), with_data("/bob/a.ics")
    )
    with Collection(server.address, "ana", PASSWORD) as collection:
        assert list(collection.read(["a.ics", "b&<.ics"])) == [("a.ics", '"1"', b"x")]
    assert b"/ana/deadlines/b%26%3C.ics" in server.asked[0].body


def test_many_are_read_in_parts(server: Server) -> None:
    server.answer = lambda _: multistatus()
    with Collection(server.address, "ana", PASSWORD) as collection:
        assert list(collection.read([f"{number}.ics" for number in range(201)])) == []
    assert [asked.body.count(b"<href>") for asked in server.asked] == [100, 100, 1]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("ftp://example.org/", "begins with https://"),
        ("example.org/ana", "begins with https://"),
        ("https:///ana", "begins with https://"),
        ("https://ana:s3cret@example.org/", "must not hold"),
        ("https://ana@example.org/", "must not hold"),
        ("http://example.org/ana/", "in the open"),
        ("http://127.0.0.1.example.org/", "in the open"),
        ("http://localhost.example.org/", "in the open"),
    ],
)
def test_addresses_that_would_leak_are_refused(address: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        checked_address(address)
    assert "s3cret" not in caught.value.message


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:5232/ana", "http://[::1]/ana", "http://localhost/ana", "https://example.org/ana?x#y"]
)
def test_addresses_end_in_a_slash(address: str) -> None:
    assert checked_address(address).endswith("/ana/")


def test_plain_http_to_another_machine_must_be_asked_for() -> None:
    assert checked_address("http://example.org/ana", insecure=True) == "http://example.org/ana/"
