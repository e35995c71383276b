"""What messages are made of: the fields and objects that several of them share.

PROTOCOL.md, beside this file, lists the objects under the same names.
"""

from .schema import Boolean, Choice, Identifier, Integer, List, Optional, Record, Text

MOMENT = Integer(0, 1 << 52)  # a browser writes no date beyond 8.64e15, and throws
COUNT = Integer(0, 1 << 31)
NAME = Text(100)

DESCRIPTION = Record({"type": Choice("offer", "answer"), "sdp": Text(64 * 1024, free=True)})
CANDIDATE = Record(
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
        "generation": Optional(COUNT),
        "number": COUNT,
        "received": Optional(COUNT),
        "description": Optional(DESCRIPTION),
        "candidate": Optional(CANDIDATE),
    }
)
ICE_SERVER = Record({"urls": List(Text(300), 8), "username": Optional(Text(200)), "credential": Optional(Text(200))})
ICE_SERVERS = List(ICE_SERVER, 8)
PROSE = Text(20_000, lines=True)
WAIT = Record({"low": COUNT, "high": COUNT})
HOLD = Record({"text": PROSE, "every": COUNT})
REDIRECT = Record({"url": Text(2000), "after": COUNT})
NOTICE = Record({"notice": Identifier(), "name": NAME, "team": Text(100)})
LEFT_MESSAGE = Record(
    {
        "id": Identifier(),
        "name": NAME,
        "contact": Text(200),
        "text": Text(4000, lines=True),
        "issue": Text(100),
        "at": MOMENT,
    }
)
CHOICE = Record({"choice": Identifier(), "text": Text(200)})
QUESTION = Record(
    {
        "question": Identifier(),
        "kind": Choice("rating", "choice", "text"),
        "text": Text(500),
        "choices": List(CHOICE, 20),
    }
)
ANSWER = Record({"question": Identifier(), "value": Text(2000, lines=True)})
QUEUE_ENTRY = Record(
    {
        "session": Identifier(),
        "name": NAME,
        "question": Text(2000, lines=True),
        "issue": Text(100),
        "team": Text(100),
        "language": Text(35),
        "entered_at": MOMENT,
        "connected": Boolean(),
    }
)
SESSION = Record(
    {
        "session": Identifier(),
        "name": NAME,
        "question": Text(2000, lines=True),
        "issue": Text(100),
        "team": Text(100),
        "language": Text(35),
        "started_at": MOMENT,
        "ice_servers": ICE_SERVERS,
        "relay_only": Optional(Boolean()),
        "peer": Optional(Identifier()),
    }
)
ERROR = Record({"code": Text(40), "detail": Text(300), "session": Optional(Identifier())})
