"""A browser at home: Chromium in a namespace, with a profile that outlives it, and what the tests see of its page."""

import contextlib
import os
import shlex
import signal
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Download, Error, Page, Playwright

from e2e.browsers import options
from tests.faults.internet import Internet

PATIENCE = 30_000
# Before the page's own scripts: its connections can be looked at, and its clock can be put forward or back, as
# when a computer finds out what time it is.
_PROBE = """(() => {
  globalThis.connections = [];
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, words, kind) {
      const made = Reflect.construct(target, words, kind);
      globalThis.connections.push(made);
      return made;
    },
  });
  const Native = Date;
  let ahead = 0;
  globalThis.setClock = (milliseconds) => { ahead = milliseconds; };
  globalThis.Date = class extends Native {
    constructor(...words) { if (words.length) super(...words); else super(Native.now() + ahead); }
    static now() { return Native.now() + ahead; }
  };
})();"""
# What this page writes, each message at once and by itself, and when the other's arrived in its log.
_CHATTER = """(who) => {
  const moment = () => performance.timeOrigin + performance.now();
  const chatter = (globalThis.chatter = { sent: {}, arrived: {}, number: 0, timer: 0, typing: false });
  const texts = (node) => [...node.querySelectorAll(".message .text")].map((text) => text.textContent);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node.nodeType === 1) for (const text of texts(node)) chatter.arrived[text] ??= moment();
  }).observe(document, { childList: true, subtree: true });
  chatter.log = () => texts(document);
  chatter.say = () => {
    const box = document.getElementById("message");
    if (!box || chatter.typing) return;
    chatter.typing = true;
    const text = `${who} ${++chatter.number}`;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    // Nobody presses Enter in the same moment: the page has drawn what was typed.
    setTimeout(() => {
      chatter.typing = false;
      chatter.sent[text] = moment();
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    }, 50);
  };
  chatter.begin = (every) => { chatter.timer = setInterval(chatter.say, every); };
  chatter.end = () => clearInterval(chatter.timer);
}"""
# The two ends of the pair in use, of each connection that is connected.
_PAIRS = """async () => {
  const found = [];
  for (const connection of globalThis.connections) {
    if (connection.connectionState !== "connected") continue;
    const stats = await connection.getStats();
    for (const report of stats.values()) {
      if (report.type !== "transport" || !report.selectedCandidatePairId) continue;
      const pair = stats.get(report.selectedCandidatePairId);
      const [local, remote] = [stats.get(pair.localCandidateId), stats.get(pair.remoteCandidateId)];
      found.push({ local: local.candidateType, remote: remote.candidateType, by: local.relayProtocol ?? "" });
    }
  }
  return found;
}"""
# Every candidate that this page has gathered or heard of, in all of its connections.
_CANDIDATES = """async () => {
  const found = [];
  for (const connection of globalThis.connections)
    for (const report of (await connection.getStats()).values())
      if (report.type === "local-candidate" || report.type === "remote-candidate")
        found.push({ side: report.type, type: report.candidateType, address: report.address ?? "" });
  return found;
}"""


class Home:
    """One person's browser. After `kill`, `open` starts it again with all that was on its disk."""

    def __init__(self, playwright: Playwright, internet: Internet, name: str, folder: Path, trusted_key: str) -> None:
        self.name = name
        self.errors: list[str] = []
        self.downloads: list[Download] = []
        self.sockets: list[float] = []
        """When a WebSocket has heard from the server for the first time."""
        self._playwright = playwright
        self._profile = folder / name
        self._pid = folder / f"{name}.pid"
        self._key = trusted_key
        given = options(playwright)
        self._executable = folder / f"{name}.sh"
        chromium = given.get("executable_path") or playwright.chromium.executable_path
        command = shlex.join([*internet.command(name), str(chromium)])
        self._executable.write_text(f'#!/bin/sh\necho $$ > {shlex.quote(str(self._pid))}\nexec {command} "$@"\n')
        self._executable.chmod(0o755)
        self._arguments = given["args"]
        self._context: BrowserContext | None = None
        self.page: Page

    def open(self, url: str, cookie: str = "") -> None:
        """Start the browser, with an empty page."""
        arguments = [
            *self._arguments,
            f"--unsafely-treat-insecure-origin-as-secure={url}",
            f"--ignore-certificate-errors-spki-list={self._key}",
        ]
        context = self._context = self._playwright.chromium.launch_persistent_context(
            str(self._profile), args=arguments, executable_path=str(self._executable), accept_downloads=True
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(_PROBE)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url}])
        self.page = context.pages[0]
        self.page.on("pageerror", lambda error: self.errors.append(f"{self.name}: {error.message}"))
        self.page.on("download", lambda download: self.downloads.append(download))
        self.page.on("websocket", self._socket_opened)

    def _socket_opened(self, socket: Any) -> None:
        socket.once("framereceived", lambda _: self.sockets.append(moment()))

    def kill(self) -> None:
        """As when the machine loses its power, or the system kills the browser."""
        pid = int(self._pid.read_text())
        # Playwright starts a browser as the leader of a process group: so it is with all that belongs to it.
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)
        # Playwright may have seen the end already, and then has nothing to close.
        with contextlib.suppress(Error):
            self.close()

    def close(self) -> None:
        """End the browser."""
        context, self._context = self._context, None
        if context:
            context.close()

    # --- what is done and seen in the page -------------------------------------------------------------

    def start_chatter(self, from_number: int = 0) -> None:
        """Get ready to write numbered messages."""
        self.page.evaluate(_CHATTER, self.name)
        self.page.evaluate("(number) => { chatter.number = number; }", from_number)

    def chatter(self, what: str, *arguments: Any) -> Any:
        """Call one of its functions."""
        return self.page.evaluate(f"(words) => chatter.{what}(...words)", list(arguments))

    def heard(self) -> dict[str, float]:
        """When each message came into this page's log, in milliseconds since the epoch."""
        found: dict[str, float] = self.page.evaluate("() => chatter.arrived")
        return found

    def said(self) -> dict[str, float]:
        """When each message was written here."""
        found: dict[str, float] = self.page.evaluate("() => chatter.sent")
        return found

    def pairs(self) -> list[dict[str, str]]:
        """The candidate pair of each of its connections that stand."""
        found: list[dict[str, str]] = self.page.evaluate(_PAIRS)
        return found

    def candidates(self) -> list[dict[str, str]]:
        """All that its connections know of."""
        found: list[dict[str, str]] = self.page.evaluate(_CANDIDATES)
        return found


def moment() -> float:
    """Milliseconds since the epoch, by the clock of this machine."""
    return time.time() * 1000
