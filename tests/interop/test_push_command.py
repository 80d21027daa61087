"""``calendar push`` against a real server, as a user runs it: what is said and done, and no word of the password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.cli.running import pmcareer
from tests.interop.servers import PASSWORD, USER, radicale

PROFILE = """\
region: us
calendar_namespace: 0e7c2f3a-93f1-4c07-8a53-5a4f4be0a1d7
certifications:
  - {{id: pmp, earned: {earned}}}
"""


class Home:
    """Someone's folder with a profile, and a calendar on Radicale."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def earned(self, day: str) -> None:
        (self.folder / "pmcareer.yaml").write_text(PROFILE.format(earned=day), encoding="utf-8")

    def push(self, *more: str, password: str = PASSWORD, code: int = 0) -> str:
        arguments = ("calendar", "push", self.address, "--user", USER, "--as-of", "2026-01-05", *more)
        environment = {"PMCAREER_CALDAV_PASSWORD": password}
        done = pmcareer(*arguments, folder=self.folder, environment=environment)
        assert done.returncode == code, done.stderr
        assert password not in done.stdout + done.stderr
        return done.stdout if code == 0 else done.stderr

    def acts(self, *more: str) -> set[str]:
        return {step["act"] for step in json.loads(self.push("--format", "json", *more))["steps"]}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    server, folder = tmp_path / "server", tmp_path / "home"
    server.mkdir()
    folder.mkdir()
    with radicale(server) as address:
        home = Home(folder, address)
        home.earned("2023-06-15")
        yield home


def test_deadlines_arrive_move_and_stay(home: Home) -> None:
    assert home.acts("--dry-run") == {"create"}
    assert home.acts() == {"create"}
    assert home.acts() == set()
    home.earned("2023-08-01")
    assert "update" in home.acts()
    text = httpx.get(home.address, auth=(USER, PASSWORD)).text
    assert "DTSTART;VALUE=DATE:20260731" in text.replace("\r\n", "\n")
    assert "DTSTART;VALUE=DATE:20260614\nDTEND" not in text.replace("\r\n", "\n")


def test_nothing_of_the_password_stays_behind(home: Home) -> None:
    home.push()
    kept = [path for path in home.folder.rglob("*") if path.is_file()]
    assert any("push" in path.parts for path in kept)
    assert all(PASSWORD.encode() not in path.read_bytes() for path in kept)


def test_a_wrong_password_is_one_line(home: Home) -> None:
    said = home.push(password="wrong-one", code=4)
    assert "refuses the user name or the password" in said
    assert "Traceback" not in said
