"""Real CalDAV servers on this machine's loopback, started by the tests and stopped by them."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from tests.interop.programs import in_venv

USER, PASSWORD = "ana", "pässword: 1"
STARTS_WITHIN = 60  # seconds


@contextlib.contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """The address of an empty calendar on Radicale, which asks for USER and PASSWORD."""
    program, port = in_venv("radicale"), free_port()
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    config = folder / "radicale.conf"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n"
        f"[auth]\ntype = htpasswd\nhtpasswd_filename = {users}\nhtpasswd_encryption = plain\n"
        f"[storage]\nfilesystem_folder = {folder / 'collections'}\n",
        encoding="utf-8",
    )
    with _running([str(program), "--config", str(config)], folder, port):
        address = f"http://127.0.0.1:{port}/{USER}/deadlines/"
        _make_calendar(address)
        yield address


@contextlib.contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    """The address of an empty calendar on Xandikos, which asks for nobody's name."""
    program, port = in_venv("xandikos"), free_port()
    command = [str(program), "serve", "--defaults", "-d", str(folder / "collections")]
    command += ["--listen-address", "127.0.0.1", "--port", str(port), "--current-user-principal", f"/{USER}/"]
    with _running(command, folder, port):
        address = f"http://127.0.0.1:{port}/{USER}/calendars/deadlines/"
        _make_calendar(address)
        yield address


SERVERS = {"radicale": radicale, "xandikos": xandikos}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    with (
        (folder / "server.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=folder) as process,
    ):
        try:
            _wait_for(port, process, folder / "server.log")
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(STARTS_WITHIN * 10):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text(errors='replace')}")


def _make_calendar(address: str) -> None:
    answer = httpx.request("MKCALENDAR", address, auth=(USER, PASSWORD))
    assert answer.status_code == 201, answer.text
