"""Two pages of the files page, joined by a real RTCPeerConnection, with channels labelled as in a session."""

import hashlib
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_OFFER = """async () => {
  const pc = (globalThis.pc = new RTCPeerConnection());
  pc.createDataChannel("first");
  await pc.setLocalDescription();
  if (pc.iceGatheringState !== "complete")
    await new Promise((done) => (pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done()));
  return pc.localDescription.toJSON();
}"""

_ANSWER = """async (offer) => {
  const pc = (globalThis.pc = new RTCPeerConnection());
  globalThis.arrived = {};
  pc.ondatachannel = ({ channel }) => {
    if (!channel.label.startsWith("file:")) return;
    const id = channel.label.slice(5);
    if (globalThis.received) globalThis.received(id, channel);
    else files.attach(id, channel, pc);
  };
  await pc.setRemoteDescription(offer);
  await pc.setLocalDescription();
  if (pc.iceGatheringState !== "complete")
    await new Promise((done) => (pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done()));
  return pc.localDescription.toJSON();
}"""

_ACCEPT = """async (answer) => {
  await pc.setRemoteDescription(answer);
  if (pc.connectionState !== "connected")
    await new Promise((done) => (pc.onconnectionstatechange = () => pc.connectionState === "connected" && done()));
}"""


class Pair:
    """`sender` makes the channels, `receiver` gets them."""

    def __init__(self, sender: Page, receiver: Page) -> None:
        self.sender = sender
        self.receiver = receiver

    def connect(self) -> None:
        """A new connection between the pages; what travelled on the one before is cut off."""
        self.disconnect()
        offer = self.sender.evaluate(_OFFER)
        answer = self.receiver.evaluate(_ANSWER, offer)
        self.sender.evaluate(_ACCEPT, answer)

    def disconnect(self) -> None:
        for page in (self.sender, self.receiver):
            page.evaluate("() => globalThis.pc?.close()")

    def offer(self, key: str, source: str) -> dict[str, Any]:
        """Have the sender send what the JavaScript expression `source` says: the fields of the offer."""
        text = self.sender.evaluate(f"async (key) => files.send(key, await ({source}))", key)
        offer: dict[str, Any] = json.loads(text)
        return offer

    def accept(self, key: str, offer: dict[str, Any]) -> str:
        """Have the receiver wait for it: the name it gives the file."""
        words = [key, offer["name"], str(offer["size"])]
        return str(self.receiver.evaluate("(words) => files.receive(...words)", words))

    def open(self, key: str) -> None:
        """Open a channel for the transfer on the present connection."""
        self.sender.evaluate("(key) => files.attach(key, pc.createDataChannel('file:' + key), pc)", key)

    def transfer(self, key: str, source: str) -> dict[str, Any]:
        """Offer, accept and open at once."""
        offer = self.offer(key, source)
        self.accept(key, offer)
        self.open(key)
        return offer


def state(page: Page, key: str) -> dict[str, Any]:
    """What the page says of its end of a transfer."""
    found: dict[str, Any] = json.loads(page.evaluate("(key) => files.state(key)", key))
    return found


_WAIT = """([key, words, timeout]) =>
  new Promise((reached, failed) => {
    setTimeout(() => {
      const line = `${pc.connectionState}/${pc.iceConnectionState}/${pc.sctp?.state}`;
      failed(new Error(`${key} is not ${words} over ${line}: ${files.state(key)}`));
    }, timeout);
    files.when(key, words, reached);
  })"""


def wait_for(page: Page, key: str, *words: str, timeout: float = 120_000) -> dict[str, Any]:
    """Wait until the transfer has one of these states; what the page then says of it.

    The page answers when it is there: asking it again and again would take its time.
    """
    page.evaluate(_WAIT, [key, " ".join(words), timeout])
    return state(page, key)


def picked(pair: Pair, source: Path) -> str:
    """The expression for a file from the disk that a person picked on the sender's page."""
    pair.sender.get_by_label("File").set_input_files(source)
    return "document.querySelector('input').files[0]"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def saved(page: Page, key: str) -> tuple[str, Path]:
    """Save the received file: the name that the browser gives it, and where it is."""
    with page.expect_download() as download:
        assert page.evaluate("(key) => files.save(key)", key)
    return download.value.suggested_filename, Path(download.value.path())


def wait_for_blocks(page: Page, key: str, blocks: int) -> None:
    """Wait until so many blocks are verified."""
    page.wait_for_function("([key, n]) => JSON.parse(files.state(key)).verified >= n", arg=[key, blocks], polling=50)


def entries(page: Page) -> list[str]:
    """What the page's origin keeps on the disk."""
    found: list[str] = page.evaluate(
        """async () => {
          const root = await navigator.storage.getDirectory();
          const folder = await root.getDirectoryHandle("deskside-files", { create: true });
          const names = [];
          for await (const name of folder.keys()) names.push(name);
          return names.sort();
        }"""
    )
    return found


def wait_for_entries(page: Page, *names: str) -> None:
    """Wait until these are the ones, and no others."""
    for _ in range(400):
        found = entries(page)
        if found == list(names):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the disk has {found}, not {list(names)}")
