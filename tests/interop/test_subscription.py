"""A published feed, served over HTTP and subscribed to by vdirsyncer: only what changed moves, nothing is left over."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.agendas import AS_OF, agenda, fee_due, pmp_deadline, typical
from tests.interop.programs import in_venv, run

from pmcareer.cli.output import write_file
from pmcareer.delivery.publish import Feed, Press, PublishedFeed, publish, tokens_for
from pmcareer.model.calendar_delivery import FeedTokens
from pmcareer.model.calendar_ledger import Ledger
from pmcareer.reading.previous_calendar import read_previous_calendar
from pmcareer.render.ics_check import write_checked
from pmcareer.views.agenda import Entry

CONFIG = """\
[general]
status_path = "{folder}/status"
[pair feed]
a = "published"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage published]
type = "http"
url = "{url}"
[storage here]
type = "filesystem"
path = "{folder}/here"
fileext = ".ics"
"""
TOKENS = tokens_for([("deadlines", "me")], FeedTokens())


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The address of a static host that serves a folder ``web``."""
    (tmp_path / "web").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "web")))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def previous(path: Path) -> Ledger:
    ledger, problems = read_previous_calendar(path)
    assert ledger is not None, list(problems)
    return ledger


def published(folder: Path, entries: list[Entry], as_of: dt.date = AS_OF) -> PublishedFeed:
    press = Press(previous, partial(write_checked, feed=True), write_file)
    (feed,) = publish(folder / "web", [Feed("deadlines", "me", agenda(entries, as_of))], TOKENS, press)
    return feed


def test_a_subscription_follows(tmp_path: Path, web: str) -> None:
    program, config = in_venv("vdirsyncer"), tmp_path / "config"
    feed = published(tmp_path, typical())
    config.write_text(CONFIG.format(folder=tmp_path, url=f"{web}/{feed.name}"))
    (tmp_path / "here").mkdir()

    def sync() -> dict[str, Path]:
        run(program, "-c", config, "sync")
        found = {}
        for path in (tmp_path / "here").glob("*.ics"):
            # By its title: vdirsyncer gives what it fetches UIDs of its own, a hash of the content.
            match = re.search(r"^SUMMARY:(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert match
            found[match[1]] = path
        return found

    run(program, "-c", config, "discover")
    first = sync()
    assert set(first) == {entry.title.replace(",", "\\,") for entry in typical()}
    untouched = {title: path.stat().st_mtime_ns for title, path in first.items()}

    moved = [pmp_deadline(dt.date(2026, 9, 30)) if e.key == pmp_deadline().key else e for e in typical()]
    published(tmp_path, [entry for entry in moved if entry.key != fee_due().key], AS_OF + dt.timedelta(days=30))
    second = sync()
    deadline, fee = "PMP: renew by today", "CISSP: annual maintenance fee\\, 135 USD"
    assert "DTSTART;VALUE=DATE:20260930" in second[deadline].read_text(encoding="utf-8")
    assert "STATUS:CANCELLED" in second[fee].read_text(encoding="utf-8")
    for title, path in second.items():
        assert title in {deadline, fee} or path.stat().st_mtime_ns == untouched[title]

    published(tmp_path, [entry for entry in moved if entry.key != fee_due().key], AS_OF + dt.timedelta(days=90))
    assert set(sync()) == set(first) - {fee}
