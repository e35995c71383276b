"""What a page keeps of its recording on the device, so that a reload undoes no pause, no end and no red X."""

from collections import namedtuple

from .timeline import Timeline

WISHES = ("", "asked", "allowed")
HOLDS = ("", "paused", "revoked", "stopped")

Kept = namedtuple("Kept", ("count", "wish", "hold", "total", "last", "timeline"))
"""How often something was kept, whether the customer was asked or has allowed it, what holds it, the milliseconds it
was on, the id of the last offer, and what of the record is withheld."""


def kept_text(session: str, count: int, wish: str, hold: str, total: float, last: str, withheld: str) -> str:
    """One line, for one session; `count` is higher in each that follows."""
    return " ".join([word or "-" for word in (session, str(count), wish, hold, str(int(total)), last, withheld)])


def newest(session: str, texts: "list[str]") -> str:
    """The last line of this session that was kept, of those that are found in several places; "" without any."""
    found = ""
    for text in texts:
        if _is_of(session, text) and (not found or read_kept(session, text).count > read_kept(session, found).count):
            found = text
    return found


def _is_of(session: str, text: str) -> bool:
    return text[: len(session) + 1] == session + " "


def read_kept(session: str, text: str) -> Kept:
    """What is kept of this session. A line of it that says nothing stops the recording: it may have been a refusal."""
    if not _is_of(session, text):
        return Kept(0, "", "", 0.0, "", Timeline())
    try:
        _, count, wish, hold, total, last, withheld = ["" if word == "-" else word for word in text.split(" ")]
        if wish in WISHES and hold in HOLDS:
            return Kept(int(count), wish, hold, float(int(total)), last, Timeline(withheld))
    except ValueError:
        pass
    return Kept(0, "", "stopped", 0.0, "", Timeline())
