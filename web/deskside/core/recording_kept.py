"""What a page keeps of its recording on the device, so that a reload undoes no pause, no end and no red X."""

from collections import namedtuple

from .timeline import Timeline

WISHES = ("", "asked", "allowed")
HOLDS = ("", "paused", "revoked", "stopped")

Kept = namedtuple("Kept", ("wish", "hold", "total", "last", "timeline"))
"""Whether the customer was asked or has allowed it, what holds it, the milliseconds it was on, the id of the last
offer, and what of the record is withheld."""


def kept_text(session: str, wish: str, hold: str, total: float, last: str, withheld: str) -> str:
    """One line, for one session."""
    return " ".join([word or "-" for word in (session, wish, hold, str(int(total)), last, withheld)])


def read_kept(session: str, text: str) -> Kept:
    """What is kept of this session. A line of it that says nothing stops the recording: it may have been a refusal."""
    if text[: len(session) + 1] != session + " ":
        return Kept("", "", 0.0, "", Timeline())
    try:
        _, wish, hold, total, last, withheld = ["" if word == "-" else word for word in text.split(" ")]
        if wish in WISHES and hold in HOLDS:
            return Kept(wish, hold, float(int(total)), last, Timeline(withheld))
    except ValueError:
        pass
    return Kept("", "stopped", 0.0, "", Timeline())
