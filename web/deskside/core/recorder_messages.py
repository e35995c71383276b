"""Messages about the recording of a session: between the customer's page, the server and the recorder."""

from .objects import COUNT, ICE_SERVERS, MOMENT, NAME
from .record_messages import PUBLIC_KEY, RECORD, SEEN, SIGNATURE
from .schema import Boolean, Choice, Digest, Identifier, Integer, List, Optional, Record, Text
from .versions import FIELDS

RECORDER_SUBPROTOCOL = "deskside.recorder.v1"
SDP = Text(65536, free=True)
REFUSALS = ("missing", "full", "no_room", "not_allowed", "bad_offer", "failed")
"""Why a session is not recorded: no recorder is there, it has as many recordings as it takes, its disk is full, the
customer or the site does not allow it, the offer is none that it understands, something broke."""
RECORDING_STATES = ("off", "refused", "starting", "on", "paused", "stopped", "unavailable")

RECORDING_FROM_CUSTOMER = {
    "recording_offer": Record({"id": Identifier(), "sdp": SDP}),
    "recording_end": Record({"id": Identifier(), "reason": Choice("paused", "stopped", "revoked", "lost")}),
}
RECORDING_TO_CUSTOMER = {
    "recorder": Record({"available": Boolean(), "reason": Optional(Choice(*REFUSALS))}),
    "recording_answer": Record({"id": Identifier(), "sdp": SDP}),
    "recording_refused": Record({"id": Identifier(), "reason": Choice(*REFUSALS)}),
}

RECORDING_STATE = Record(
    {
        "n": Integer(1, 1 << 31),
        "state": Choice(*RECORDING_STATES),
        "seconds": COUNT,
        "at": MOMENT,
        "reason": Optional(Choice(*REFUSALS, "lost", "revoked")),
    }
)
"""The `control` message `recording`: what the customer's page says about it to the representative's."""

# On the channel `timeline` of the connection to the recorder.
TIMELINE = {
    "known": Record({"number": COUNT}),
    "entry": Record({"record": RECORD}),
    "failed": Record({"reason": Choice(*REFUSALS)}),
}

HEADS_SINCE = 4
"""The version from which on the recorder asks for the heads that the representative's page has signed."""
MOST_HEADS = 64
_NUMBER = Integer(1, 1 << 31)
_WANTED = {"first": _NUMBER, "known": Optional(SIGNATURE)}
_HEADS = {
    "session": Identifier(),
    "first": _NUMBER,
    "before": Optional(Digest()),
    "heads": List(Digest(), MOST_HEADS),
    "records": _NUMBER,
    "head": Digest(),
    "key": PUBLIC_KEY,
    "signature": SIGNATURE,
} | SEEN
RECORDING_FROM_REPRESENTATIVE = {"heads": Record(_HEADS)}
RECORDING_TO_REPRESENTATIVE = {"heads_wanted": Record({"session": Identifier()} | _WANTED)}

_RECORDING = {"recording": Identifier(), "part": Integer(1, 10_000)}
FROM_RECORDER = {
    "hello": Record({"recorder": Identifier(), "capacity": Integer(0, 10_000)} | FIELDS),
    "answer": Record(_RECORDING | {"sdp": SDP}),
    "refused": Record(_RECORDING | {"reason": Choice(*REFUSALS)}),
    "part_started": Record(_RECORDING | {"at": MOMENT}),
    "part_ended": Record(_RECORDING | {"reason": Choice("asked", "gone", "no_room", "bad_media", "failed")}),
    "heads_wanted": Record({"recording": Identifier()} | _WANTED),
    "finished": Record({"recording": Identifier(), "size": Integer(0, 1 << 50), "duration": Integer(0, 1 << 40)}),
    "pong": Record({}),
}
TO_RECORDER = {
    "welcome": Record(FIELDS),
    "offer": Record(_RECORDING | {"sdp": SDP, "ice_servers": ICE_SERVERS}),
    "end_part": Record(_RECORDING),
    "finish": Record({"recording": Identifier()}),
    "heads": Record({"recording": Identifier(), "name": NAME} | _HEADS),
    "ping": Record({}),
}
