"""A PostgreSQL server for one test module: made by initdb in a folder of its own, on a free port of the loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tools import require_tool

PASSWORD = "s3cret-of-boss"


@dataclass(frozen=True)
class Server:
    """A running server. Over its socket the user ``boss`` is trusted; over the network passwords are asked for."""

    folder: Path
    port: int

    @property
    def by_socket(self) -> str:
        return f"postgresql://boss@/postgres?host={self.folder}&port={self.port}"

    def by_network(self, user: str = "boss", password: str = "", database: str = "postgres") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_server() -> Iterator[Server]:
    """A server of the newest PostgreSQL that is installed; the test is skipped where there is none."""
    programs = _programs()
    require_tool(programs, "PostgreSQL (initdb, postgres): see .ci/interop-setup")
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        user = _unprivileged(folder)
        _initialise(programs, folder, user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder]
        settings = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=10"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen([*command, *settings], stdout=log, stderr=log, user=user, cwd=folder)
        try:
            _wait(process, folder, port)
            yield Server(folder, port)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _programs() -> Path | None:
    """The folder of initdb and postgres; Debian keeps one for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    if found:
        return found[-1].parent
    anywhere = shutil.which("initdb")
    return Path(anywhere).resolve().parent if anywhere else None


def _unprivileged(folder: Path) -> str | None:
    """PostgreSQL does not run as root: there somebody else owns the folder."""
    if os.getuid():
        return None
    shutil.chown(folder, "nobody")
    return pwd.getpwnam("nobody").pw_name


def _initialise(programs: Path, folder: Path, user: str | None) -> None:
    secret = folder / "password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    ways = ["--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8", "--locale=C"]
    command: list[str | Path] = [programs / "initdb", "-D", folder / "data", "-U", "boss", "--no-sync", *ways]
    subprocess.run(command, check=True, capture_output=True, user=user, cwd=folder)


def _wait(process: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    import psycopg

    for _ in range(200):
        assert process.poll() is None, (folder / "log").read_text()
        try:
            psycopg.connect(f"postgresql://boss@/postgres?host={folder}&port={port}").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError((folder / "log").read_text())
