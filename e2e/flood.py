"""A page of our own in hostile hands: it sends messages faster than any person writes."""

from playwright.sync_api import Page

# What a page of our own sends on its chat, for a hostile one to go on from there.
SPEAKING = """
  globalThis.said = { n: 0, chat: null };
  const send = RTCDataChannel.prototype.send;
  RTCDataChannel.prototype.send = function (frame) {
    if (this.label === "chat") {
      said.chat = this;
      said.n = Math.max(said.n, JSON.parse(frame).n ?? 0);
    }
    return send.call(this, frame);
  };
  globalThis.flood = (count, text) => {
    for (let at = 1; at <= count; at++) {
      const message = { type: "message", n: ++said.n, id: `flood-${at}`, text: at === count ? "the last of it" : text };
      send.call(said.chat, JSON.stringify({ ...message, at: Date.now() }));
    }
  };
"""
# The most that one message may hold, and more work than others of its length.
SLOW = "http://é" + ")" * 7992


def flood(page: Page, count: int, text: str) -> None:
    """Send so many messages at once; the last one has a text of its own. The page has said something before."""
    page.evaluate("([count, text]) => flood(count, text)", [count, text])
