"""Every message that Deskside's pages, servers and native peers exchange, with its fields and limits.

PROTOCOL.md, beside this file, says what each means. One table per direction: what is not in the table of
its direction is refused.
"""

from . import recorder_messages as recorder
from .objects import (
    ANSWER,
    COUNT,
    ERROR,
    HOLD,
    ICE_SERVERS,
    LEFT_MESSAGE,
    MOMENT,
    NAME,
    NEGOTIATION,
    NOTICE,
    PROSE,
    QUESTION,
    QUEUE_ENTRY,
    REDIRECT,
    SESSION,
    WAIT,
)
from .record_messages import RECORDING
from .schema import Boolean, Choice, Digest, Identifier, Integer, List, Optional, Record, Text
from .versions import FIELDS

SUBPROTOCOL = "deskside.v1"
MAX_MESSAGE_TEXT = 8000
BLOCK_SIZE = 1024 * 1024
MAX_FILE_SIZE = 1 << 40
PERMISSIONS = ("view_screen", "point_and_draw", "send_files")
END_REASONS = (
    "customer",
    "representative",
    "left_queue",
    "customer_gone",
    "representative_gone",
    "taken_over",
    "notice",
    "declined",
    "agreement_timeout",
    "orphaned",
    "message_left",
    "removed",
)
STEPS = ("start", "notifications", "agreement", "recording", "notice", "queue", "orphaned")
"""The steps of the way in that the server leads through; `way_in` says which follows which."""

FROM_CUSTOMER = {
    "hello": Record({"role": Choice("customer"), "page": Identifier(), "resume": Optional(Identifier())} | FIELDS),
    "enter": Record(
        {
            "name": NAME,
            "question": Text(2000, lines=True),
            "issue": Optional(Identifier()),
            "key": Optional(Text(20, 1)),
            "language": Text(35),
            "notifications": Choice("default", "granted", "denied", "unsupported"),
        }
    ),
    "answer": Record(
        {
            "step": Choice(*STEPS),
            "about": Optional(Identifier()),
            "answer": Choice("go_on", "accept", "decline", "allow", "refuse", "leave", "web_chat"),
        }
    ),
    "language": Record({"language": Text(35)}),
    "leave_message": Record({"text": Text(4000, 1, lines=True), "contact": Text(200)}),
    "survey": Record({"answers": List(ANSWER, 20)}),
    "signal": Record({"to": Identifier(), "negotiation": NEGOTIATION}),
    "reach": Record({"connected": Boolean()}),
    "wait_again": Record({}),
    "end": Record({}),
    "ping": Record({}),
    "pong": Record({}),
} | recorder.RECORDING_FROM_CUSTOMER

TO_CUSTOMER = {
    "welcome": Record(
        {
            "peer": Identifier(),
            "state": Choice("new", "arriving", "queued", "active", "ended"),
            "session": Optional(Identifier()),
            "reason": Optional(Choice(*END_REASONS)),
            "now": MOMENT,
        }
        | FIELDS
    ),
    "admitted": Record({"session": Identifier(), "token": Identifier()}),
    "step": Record(
        {
            "step": Choice(*STEPS),
            "about": Optional(Identifier()),
            "title": Text(200),
            "text": PROSE,
            "ends_at": Optional(MOMENT),
            "hold": Optional(HOLD),
            "redirect": Optional(REDIRECT),
            "takes_message": Optional(Boolean()),
        }
    ),
    "queued": Record({"position": COUNT, "entered_at": MOMENT, "wait": Optional(WAIT)}),
    "position": Record({"position": COUNT, "wait": Optional(WAIT)}),
    "notice": Record({"notice": Identifier(), "title": Text(200), "text": PROSE}),
    "notice_ended": Record({"notice": Identifier()}),
    "survey": Record({"questions": List(QUESTION, 20)}),
    "survey_kept": Record({}),
    "site": Record({"version": COUNT}),
    "joined": Record(
        {
            "peer": Identifier(),
            "name": NAME,
            "ice_servers": ICE_SERVERS,
            "relay_only": Optional(Boolean()),
            "started_at": MOMENT,
        }
    ),
    "ice_servers": Record({"ice_servers": ICE_SERVERS, "relay_only": Optional(Boolean())}),
    "left": Record({"peer": Identifier()}),
    "signal": Record({"from": Identifier(), "negotiation": NEGOTIATION}),
    "ended": Record({"reason": Choice(*END_REASONS)}),
    "error": ERROR,
    "ping": Record({}),
    "pong": Record({"now": Optional(MOMENT)}),
} | recorder.RECORDING_TO_CUSTOMER

FROM_REPRESENTATIVE = {
    "hello": Record({"role": Choice("representative"), "page": Identifier()} | FIELDS),
    "available": Record({"on": Boolean()}),
    "create_key": Record({}),
    "send_notice": Record({"session": Identifier(), "notice": Identifier()}),
    "finish_message": Record({"id": Identifier()}),
    "more_messages": Record({}),
    "accept": Record({"session": Identifier()}),
    "accept_next": Record({}),
    "remove": Record({"session": Identifier()}),
    "signal": Record({"session": Identifier(), "to": Identifier(), "negotiation": NEGOTIATION}),
    "reach": Record({"session": Identifier(), "connected": Boolean()}),
    "end": Record({"session": Identifier()}),
    "ping": Record({}),
    "pong": Record({}),
} | recorder.RECORDING_FROM_REPRESENTATIVE

TO_REPRESENTATIVE = {
    "welcome": Record(
        {
            "peer": Identifier(),
            "name": NAME,
            "available": Boolean(),
            "waiting": COUNT,
            "sessions": List(Identifier(), 50),
            "now": MOMENT,
        }
        | FIELDS
    ),
    "queue_entered": Record({"entry": QUEUE_ENTRY, "waiting": COUNT}),
    "queue_changed": Record({"session": Identifier(), "connected": Boolean()}),
    "queue_left": Record({"session": Identifier(), "waiting": COUNT}),
    "availability": Record({"on": Boolean()}),
    "key": Record({"key": Text(20, 8), "ends_at": MOMENT}),
    "notices": Record({"notices": List(NOTICE, 50)}),
    "message_left": Record({"message": LEFT_MESSAGE}),
    "message_finished": Record({"id": Identifier()}),
    "messages_open": Record({"open": COUNT}),
    "site": Record({"version": COUNT}),
    "accepted": Record({"session": SESSION}),
    "joined": Record(
        {
            "session": Identifier(),
            "peer": Identifier(),
            "ice_servers": ICE_SERVERS,
            "relay_only": Optional(Boolean()),
        }
    ),
    "ice_servers": Record({"session": Identifier(), "ice_servers": ICE_SERVERS, "relay_only": Optional(Boolean())}),
    "left": Record({"session": Identifier(), "peer": Identifier()}),
    "signal": Record({"session": Identifier(), "from": Identifier(), "negotiation": NEGOTIATION}),
    "ended": Record({"session": Identifier(), "reason": Choice("handed_back", *END_REASONS)}),
    "error": ERROR,
    "ping": Record({}),
    "pong": Record({"now": Optional(MOMENT)}),
} | recorder.RECORDING_TO_REPRESENTATIVE

# What travels from page to page. A message with the field `n` is numbered: it is kept until it was
# acknowledged, replayed after a drop and handed on exactly once.
_N = Integer(1, 1 << 31)
_HELLO = Record(
    {
        "stream": Identifier(),
        "first": _N,
        "received_stream": Optional(Identifier()),
        "received": COUNT,
    }
    | FIELDS
)
_ACK = Record({"received": COUNT})

CHAT = {
    "hello": _HELLO,
    "ack": _ACK,
    "message": Record({"n": _N, "id": Identifier(), "text": Text(MAX_MESSAGE_TEXT, 1, lines=True), "at": MOMENT}),
    "read": Record({"n": _N, "through": Identifier()}),
    "typing": Record({"on": Boolean()}),
}

FILE_REASONS = (
    "declined",
    "cancelled",
    "too_large",
    "forbidden_type",
    "no_space",
    "vanished",
    "corrupt",
    "busy",
    "expired",
    "revoked",
    "stored",
)

CONTROL = {
    "hello": _HELLO,
    "ack": _ACK,
    "negotiation": Record({"negotiation": NEGOTIATION}),
    "ping": Record({}),
    "pong": Record({}),
    "nudge": Record({"n": _N, "id": Identifier(), "at": MOMENT}),
    "nudge_receipt": Record(
        {
            "n": _N,
            "id": Identifier(),
            "happened": List(Choice("focus", "jiggle", "outline", "sound", "title", "vibration", "notification"), 8),
            "muted": Boolean(),
        }
    ),
    "permission_request": Record({"n": _N, "id": Identifier(), "permission": Choice(*PERMISSIONS), "at": MOMENT}),
    "permission_withdrawal": Record({"n": _N, "id": Identifier()}),
    "permission_answer": Record(
        {
            "n": _N,
            "id": Identifier(),
            "permission": Choice(*PERMISSIONS),
            "answer": Choice("granted", "denied", "expired", "failed"),
            "lease": Optional(Integer(1, 86400)),
            "at": MOMENT,
        }
    ),
    "permission_end": Record(
        {"n": _N, "permission": Choice(*PERMISSIONS), "reason": Choice("revoked", "lapsed", "stopped"), "at": MOMENT}
    ),
    # The red X tells the others without a number: the guard sends it itself, even when Python has crashed.
    "revoked": Record({"at": MOMENT}),
    "sharing": Record(
        {
            "n": _N,
            "on": Boolean(),
            "surface": Choice("screen", "camera", "none"),
            "track": Optional(Text(128)),
            "at": MOMENT,
        }
    ),
    "capabilities": Record({"n": _N, "screen": Boolean(), "camera": Boolean(), "files": Boolean()}),
    "file_offer": Record(
        {
            "n": _N,
            "id": Identifier(),
            "name": Text(255, 1),
            "size": Integer(0, MAX_FILE_SIZE),
            "mime": Text(127),
            "at": MOMENT,
        }
    ),
    "file_accept": Record({"n": _N, "id": Identifier()}),
    "file_resume": Record({"n": _N, "id": Identifier(), "accepted": Boolean()}),
    "file_end": Record({"n": _N, "id": Identifier(), "reason": Choice(*FILE_REASONS)}),
    "file_pause": Record({"n": _N, "id": Identifier(), "paused": Boolean()}),
    "recording": recorder.RECORDING_STATE,
    "bye": Record({"n": _N}),
} | RECORDING

# On a channel `file:<id>` of `work`: from the sender, each block's binary chunks are followed by `block`.
FILE = {
    "start": Record({"block": COUNT, "digest": Optional(Digest())}),
    "block": Record({"block": COUNT, "size": Integer(0, BLOCK_SIZE), "digest": Digest()}),
    "verified": Record({"block": COUNT}),
    "done": Record({"blocks": COUNT, "digest": Digest()}),
    "stored": Record({"digest": Digest()}),
}

TABLES = {
    "customer to server": FROM_CUSTOMER,
    "server to customer": TO_CUSTOMER,
    "representative to server": FROM_REPRESENTATIVE,
    "server to representative": TO_REPRESENTATIVE,
    "chat": CHAT,
    "control": CONTROL,
    "file": FILE,
    "timeline": recorder.TIMELINE,
    "recorder to server": recorder.FROM_RECORDER,
    "server to recorder": recorder.TO_RECORDER,
}
