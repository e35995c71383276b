"""Every message that Deskside's pages, servers and native peers exchange, with its fields and limits.

PROTOCOL.md, beside this file, says what each means. One table per direction: what is not in the table of
its direction is refused.
"""

from .schema import Boolean, Choice, Digest, Identifier, Integer, List, Optional, Record, Text

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
)

_MOMENT = Integer(0, 1 << 53)
_COUNT = Integer(0, 1 << 31)
_NAME = Text(100)

_DESCRIPTION = Record({"type": Choice("offer", "answer"), "sdp": Text(64 * 1024, free=True)})
_CANDIDATE = Record(
    {
        "candidate": Text(2000),
        "sdp_mid": Optional(Text(64)),
        "sdp_m_line_index": Optional(Integer(0, 64)),
        "username_fragment": Optional(Text(256)),
    }
)
NEGOTIATION = Record(
    {
        "connection": Choice("talk", "work"),
        "generation": Optional(_COUNT),
        "number": _COUNT,
        "received": Optional(_COUNT),
        "description": Optional(_DESCRIPTION),
        "candidate": Optional(_CANDIDATE),
    }
)
_ICE_SERVER = Record({"urls": List(Text(300), 8), "username": Optional(Text(200)), "credential": Optional(Text(200))})
_ICE_SERVERS = List(_ICE_SERVER, 8)
_QUEUE_ENTRY = Record(
    {
        "session": Identifier(),
        "name": _NAME,
        "question": Text(2000, lines=True),
        "issue": Text(100),
        "entered_at": _MOMENT,
        "connected": Boolean(),
    }
)
_SESSION = Record(
    {
        "session": Identifier(),
        "name": _NAME,
        "question": Text(2000, lines=True),
        "issue": Text(100),
        "started_at": _MOMENT,
        "ice_servers": _ICE_SERVERS,
        "peer": Optional(Identifier()),
    }
)
_ERROR = Record({"code": Text(40), "detail": Text(300), "session": Optional(Identifier())})

FROM_CUSTOMER = {
    "hello": Record({"role": Choice("customer"), "page": Identifier(), "resume": Optional(Identifier())}),
    "enter": Record(
        {"name": _NAME, "question": Text(2000, lines=True), "issue": Optional(Identifier()), "language": Text(35)}
    ),
    "signal": Record({"to": Identifier(), "negotiation": NEGOTIATION}),
    "end": Record({}),
    "pong": Record({}),
}

TO_CUSTOMER = {
    "welcome": Record(
        {
            "peer": Identifier(),
            "state": Choice("new", "queued", "active", "ended"),
            "token": Optional(Identifier()),
            "session": Optional(Identifier()),
            "reason": Optional(Choice(*END_REASONS)),
            "now": _MOMENT,
        }
    ),
    "queued": Record({"session": Identifier(), "token": Identifier(), "position": _COUNT, "entered_at": _MOMENT}),
    "position": Record({"position": _COUNT}),
    "joined": Record({"peer": Identifier(), "name": _NAME, "ice_servers": _ICE_SERVERS, "started_at": _MOMENT}),
    "left": Record({"peer": Identifier()}),
    "signal": Record({"from": Identifier(), "negotiation": NEGOTIATION}),
    "ended": Record({"reason": Choice(*END_REASONS)}),
    "error": _ERROR,
    "ping": Record({}),
}

FROM_REPRESENTATIVE = {
    "hello": Record({"role": Choice("representative"), "page": Identifier()}),
    "available": Record({"on": Boolean()}),
    "accept": Record({"session": Identifier()}),
    "accept_next": Record({}),
    "signal": Record({"session": Identifier(), "to": Identifier(), "negotiation": NEGOTIATION}),
    "end": Record({"session": Identifier()}),
    "pong": Record({}),
}

TO_REPRESENTATIVE = {
    "welcome": Record(
        {
            "peer": Identifier(),
            "name": _NAME,
            "available": Boolean(),
            "waiting": _COUNT,
            "sessions": List(Identifier(), 50),
            "now": _MOMENT,
        }
    ),
    "queue_entered": Record({"entry": _QUEUE_ENTRY, "waiting": _COUNT}),
    "queue_changed": Record({"session": Identifier(), "connected": Boolean()}),
    "queue_left": Record({"session": Identifier(), "waiting": _COUNT}),
    "availability": Record({"on": Boolean()}),
    "accepted": Record({"session": _SESSION}),
    "joined": Record({"session": Identifier(), "peer": Identifier(), "ice_servers": _ICE_SERVERS}),
    "left": Record({"session": Identifier(), "peer": Identifier()}),
    "signal": Record({"session": Identifier(), "from": Identifier(), "negotiation": NEGOTIATION}),
    "ended": Record({"session": Identifier(), "reason": Choice(*END_REASONS)}),
    "error": _ERROR,
    "ping": Record({}),
}

# What travels from page to page. A message with the field `n` is numbered: it is kept until it was
# acknowledged, replayed after a drop and handed on exactly once.
_N = Integer(1, 1 << 31)
_HELLO = Record(
    {
        "stream": Identifier(),
        "first": _N,
        "received_stream": Optional(Identifier()),
        "received": _COUNT,
    }
)
_ACK = Record({"received": _COUNT})

CHAT = {
    "hello": _HELLO,
    "ack": _ACK,
    "message": Record({"n": _N, "id": Identifier(), "text": Text(MAX_MESSAGE_TEXT, 1, lines=True), "at": _MOMENT}),
    "read": Record({"n": _N, "through": Identifier()}),
    "typing": Record({"on": Boolean()}),
}

_FILE_REASONS = Choice(
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
)

CONTROL = {
    "hello": _HELLO,
    "ack": _ACK,
    "negotiation": Record({"negotiation": NEGOTIATION}),
    "nudge": Record({"n": _N, "id": Identifier(), "at": _MOMENT}),
    "nudge_receipt": Record(
        {
            "n": _N,
            "id": Identifier(),
            "happened": List(Choice("focus", "jiggle", "outline", "sound", "title", "vibration", "notification"), 8),
            "muted": Boolean(),
        }
    ),
    "permission_request": Record({"n": _N, "id": Identifier(), "permission": Choice(*PERMISSIONS), "at": _MOMENT}),
    "permission_withdrawal": Record({"n": _N, "id": Identifier()}),
    "permission_answer": Record(
        {
            "n": _N,
            "id": Identifier(),
            "permission": Choice(*PERMISSIONS),
            "answer": Choice("granted", "denied", "expired", "failed"),
            "lease": Optional(Integer(1, 86400)),
            "at": _MOMENT,
        }
    ),
    "permission_end": Record(
        {"n": _N, "permission": Choice(*PERMISSIONS), "reason": Choice("revoked", "lapsed", "stopped"), "at": _MOMENT}
    ),
    # The red X tells the others without a number: the guard sends it itself, even when Python has crashed.
    "revoked": Record({"at": _MOMENT}),
    "sharing": Record(
        {
            "n": _N,
            "on": Boolean(),
            "surface": Choice("screen", "camera", "none"),
            "track": Optional(Text(128)),
            "at": _MOMENT,
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
            "at": _MOMENT,
        }
    ),
    "file_accept": Record({"n": _N, "id": Identifier()}),
    "file_end": Record({"n": _N, "id": Identifier(), "reason": _FILE_REASONS}),
    "file_pause": Record({"n": _N, "id": Identifier(), "paused": Boolean()}),
    "bye": Record({"n": _N}),
}

# On a channel `file:<id>` of `work`: from the sender, each block's binary chunks are followed by `block`.
FILE = {
    "start": Record({"block": _COUNT}),
    "block": Record({"block": _COUNT, "size": Integer(0, BLOCK_SIZE), "digest": Digest()}),
    "verified": Record({"block": _COUNT}),
    "done": Record({"blocks": _COUNT, "digest": Digest()}),
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
}
