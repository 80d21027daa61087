"""Published folders: names nobody guesses, bytes that stay, files that go when their names are retired."""

from __future__ import annotations

import datetime as dt
import json
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.agendas import AS_OF, agenda, fee_due, many, pmp_deadline
from tests.ics_linter import lint

from pmcareer.cli.output import write_file
from pmcareer.delivery.publish import (
    Feed,
    Press,
    PublishedFeed,
    new_token,
    publish,
    tokens_as_json,
    tokens_for,
    withdraw,
)
from pmcareer.model.calendar_delivery import FeedTokens
from pmcareer.model.calendar_ledger import Ledger
from pmcareer.reading.calendar_state import read_feed_tokens
from pmcareer.reading.previous_calendar import read_previous_calendar
from pmcareer.render.ics_check import write_checked
from pmcareer.views.agenda import Entry

MINE = ("mine", "me")


def previous(path: Path) -> Ledger:
    ledger, problems = read_previous_calendar(path)
    assert ledger is not None, list(problems)
    return ledger


PRESS = Press(previous, partial(write_checked, feed=True), write_file)


def published(
    folder: Path, tokens: FeedTokens, entries: list[Entry] | None = None, as_of: dt.date = AS_OF
) -> PublishedFeed:
    (feed,) = publish(folder, [Feed(*MINE, agenda(entries, as_of))], tokens, PRESS)
    return feed


def test_a_token_is_32_random_bytes() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(bytes.fromhex(token)) for token in tokens} == {32}


def test_a_feed_keeps_its_token_and_new_ones_get_theirs() -> None:
    names = (f"{number:064x}" for number in range(9))
    first = tokens_for([MINE], FeedTokens(), fresh=lambda: next(names))
    second = tokens_for([MINE, ("team", "me")], first, fresh=lambda: next(names))
    assert second.active == {MINE: f"{0:064x}", ("team", "me"): f"{1:064x}"}
    assert second.retired == ()


def test_a_feed_is_a_clean_calendar_that_says_how_often_to_fetch_it(tmp_path: Path) -> None:
    tokens = tokens_for([MINE], FeedTokens())
    feed = published(tmp_path, tokens)
    assert feed.changed
    assert feed.path.name == f"{tokens.active[MINE]}.ics"
    data = feed.path.read_bytes()
    assert lint(data, feed=True) == []
    assert feed.size == len(data)


def test_an_unchanged_feed_is_not_written_again(tmp_path: Path) -> None:
    tokens = tokens_for([MINE], FeedTokens())
    before = published(tmp_path, tokens).path.stat()
    again = published(tmp_path, tokens, as_of=AS_OF + dt.timedelta(days=9))
    assert not again.changed
    after = again.path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_changed_feed_updates_in_place(tmp_path: Path) -> None:
    tokens = tokens_for([MINE], FeedTokens())
    published(tmp_path, tokens, [pmp_deadline(), fee_due()])
    changed = published(tmp_path, tokens, [pmp_deadline(dt.date(2026, 9, 1)), fee_due()])
    assert changed.changed
    text = changed.path.read_text(encoding="utf-8")
    assert (text.count("\nSEQUENCE:1\n"), text.count("\nSEQUENCE:0\n")) == (1, 1)


def test_a_rotated_token_leaves_no_file_behind(tmp_path: Path) -> None:
    tokens = tokens_for([MINE], FeedTokens())
    old = published(tmp_path, tokens).path
    other = tmp_path / "index.html"
    other.touch()
    rotated = tokens.with_token(*MINE, new_token())
    new = published(tmp_path, rotated).path
    assert withdraw(tmp_path, rotated) == [old]
    assert sorted(tmp_path.iterdir()) == sorted([new, other])
    assert withdraw(tmp_path, rotated) == []


def test_a_feed_given_up_is_withdrawn(tmp_path: Path) -> None:
    tokens = tokens_for([MINE], FeedTokens())
    path = published(tmp_path, tokens).path
    assert withdraw(tmp_path, tokens.without(*MINE)) == [path]
    assert tokens.without("team", "nobody") == tokens


def test_google_s_limit_is_told(tmp_path: Path) -> None:
    tokens = tokens_for([MINE], FeedTokens())
    feed = published(tmp_path, tokens, list(many(1300)))
    assert (feed.size > 900_000) is feed.too_large_for_google is True
    assert not published(tmp_path, tokens, list(many(3))).too_large_for_google


def test_tokens_survive_their_file(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    assert read_feed_tokens(path)[0] == FeedTokens()
    tokens = tokens_for([MINE, ("team", "Jürgen\n")], FeedTokens()).with_token(*MINE, new_token())
    write_file(path, [tokens_as_json(tokens)], private=True)
    assert read_feed_tokens(path)[0] == tokens
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def spoil(change: Callable[[dict[str, object]], object]) -> bytes:
    document = json.loads(tokens_as_json(FeedTokens({MINE: "0" * 64}, ("1" * 64,))))
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b'"x"',
        spoil(lambda document: document.update(schema="pmcareer.feed-tokens/2")),
        spoil(lambda document: document.update(retired=["../../etc/passwd"])),
        spoil(lambda document: document.update(retired=[7])),
        spoil(lambda document: document.update(feeds=[{"view": "mine", "person": "me", "token": "short"}])),
        spoil(lambda document: document.update(feeds=[{"view": "mine", "token": "0" * 64}])),
        spoil(lambda document: document.pop("retired")),
    ],
)
def test_a_file_that_holds_no_tokens_is_one_problem(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tokens.json"
    path.write_bytes(content)
    tokens, (problem,) = read_feed_tokens(path)
    assert tokens is None
    assert problem.code == "calendar-state"
