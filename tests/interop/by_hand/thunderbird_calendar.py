"""What Thunderbird makes of files imported one after the other, asked over Marionette, its own remote control.

Starts Thunderbird headless with a profile of its own and runs, in its chrome, what File > Import does: its importer for
iCalendar files parses each file, and what the calendar does not have yet is added. Prints the events that stand in the
calendar after each file, as JSON lines.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PORT = 28281
START_UP = 90  # seconds
_PREFERENCES = """\
user_pref("marionette.port", %d);
user_pref("mail.provider.suppress_dialog_on_startup", true);
user_pref("mail.spotlight.firstRunDone", true);
user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("mailnews.start_page.enabled", false);
"""

# What Thunderbird's own import dialogue does (calendar/base/content/dialogs/calendar-ics-file-dialog.js): items whose
# UID the calendar has already are left out.
_IMPORT = """
const [path] = arguments;
const resolve = arguments[arguments.length - 1];
(async () => {
  const { cal } = ChromeUtils.importESModule("resource:///modules/calendar/calUtils.sys.mjs");
  let calendar = cal.manager.getCalendars().find(one => one.name == "tried");
  if (!calendar) {
    calendar = cal.manager.createCalendar("storage", Services.io.newURI("moz-storage-calendar://"));
    calendar.name = "tried";
    cal.manager.registerCalendar(calendar);
  }
  const importer = Cc["@mozilla.org/calendar/import;1?type=ics"].getService(Ci.calIImporter);
  const stream = Cc["@mozilla.org/network/file-input-stream;1"].createInstance(Ci.nsIFileInputStream);
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  stream.init(file, -1, -1, 0);
  let skipped = 0;
  for (const item of importer.importFromStream(stream)) {
    if (await calendar.getItem(item.id)) { skipped += 1; continue; }
    const added = item.clone();
    added.calendar = calendar;
    await calendar.addItem(added);
  }
  stream.close();
  const items = await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_TYPE_EVENT, 0, null, null);
  resolve(JSON.stringify({ skipped, events: items.map(item => ({
    uid: item.id, summary: item.title, description: item.getProperty("DESCRIPTION"),
    start: item.startDate.icalString, end: item.endDate.icalString,
    cancelled: item.status == "CANCELLED", alarms: item.getAlarms().length,
  })) }));
})().catch(error => resolve(JSON.stringify({ error: String(error) + String(error.stack) })));
"""


class Marionette:
    """The remote control: requests and answers are JSON, each with its length before it."""

    def __init__(self, port: int) -> None:
        self._socket = self._connected(port)
        self._socket.settimeout(START_UP)
        self._number = 0
        self._read()  # the greeting

    @staticmethod
    def _connected(port: int) -> socket.socket:
        deadline = time.monotonic() + START_UP
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=5)
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def ask(self, command: str, **parameters: Any) -> Any:
        """The result of a command; RuntimeError where it fails."""
        self._number += 1
        text = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(f"{len(text)}:".encode() + text)
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(error)
        return result

    def _read(self) -> Any:
        size = b""
        while (one := self._socket.recv(1)) != b":":
            size += one
        data = b""
        while len(data) < int(size):
            data += self._socket.recv(int(size) - len(data))
        return json.loads(data)


def main(paths: list[str]) -> None:
    """Import each file and tell what is there then."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "user.js").write_text(_PREFERENCES % PORT, encoding="utf-8")
        command = [
            "thunderbird",
            "--headless",
            "--marionette",
            "-remote-allow-system-access",
            "--no-remote",
            "--profile",
            folder,
        ]
        silent = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=silent, stderr=silent, env=os.environ | {"HOME": folder}) as program:
            try:
                remote = Marionette(PORT)
                remote.ask("WebDriver:NewSession", capabilities={})
                remote.ask("Marionette:SetContext", value="chrome")
                for path in paths:
                    arguments = {"script": _IMPORT, "args": [str(Path(path).resolve())], "scriptTimeout": 60_000}
                    told = json.loads(remote.ask("WebDriver:ExecuteAsyncScript", **arguments)["value"])
                    if "error" in told:
                        raise RuntimeError(told["error"])
                    print(json.dumps(told["events"]))
            finally:
                program.kill()


if __name__ == "__main__":
    main(sys.argv[1:])
