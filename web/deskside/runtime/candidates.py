"""ICE candidates between the browser's spelling and that of our messages."""

from .js import get, to_js

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def candidate_message(candidate: "Any") -> "dict[str, Any]":
    message: "dict[str, Any]" = {"candidate": str(candidate.candidate)}
    for name, field in (
        ("sdpMid", "sdp_mid"),
        ("sdpMLineIndex", "sdp_m_line_index"),
        ("usernameFragment", "username_fragment"),
    ):
        value = get(candidate, name)
        if value is not None:
            message[field] = value
    return message


def ice_candidate(candidate: "dict[str, Any]") -> "Any":
    fields = {"candidate": candidate["candidate"]}
    for field, name in (
        ("sdp_mid", "sdpMid"),
        ("sdp_m_line_index", "sdpMLineIndex"),
        ("username_fragment", "usernameFragment"),
    ):
        if field in candidate:
            fields[name] = candidate[field]
    return to_js(fields)
