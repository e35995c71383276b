"""The codes with which the server closes a signaling WebSocket: code -> (name, meaning, what the page does)."""

BAD_HELLO = 4400
NOT_SIGNED_IN = 4401
WRONG_ORIGIN = 4403
SILENT = 4408
TAKEN_OVER = 4409
REPLACED = 4410
TOO_LARGE = 4413
TOO_SLOW = 4420
WRONG_VERSION = 4426
TOO_MANY = 4429
UNAVAILABLE = 4450

OUTDATED = (BAD_HELLO, WRONG_VERSION)
"""Page and server do not understand each other: one of them is older than the other bears."""

CLOSE_CODES = {
    BAD_HELLO: (
        "bad_hello",
        "The first frame was no valid `hello`.",
        "Say `hello` without a version, for the server may be of version 1; then offer to load the page anew.",
    ),
    NOT_SIGNED_IN: ("not_signed_in", "The representative is not, or no longer, signed in.", "Show the sign-in form."),
    WRONG_ORIGIN: (
        "wrong_origin",
        "A console may only come from the server's own origin.",
        "Do not come back by itself.",
    ),
    SILENT: (
        "silent",
        "No `hello` within 10 seconds, no `enter` within 10 minutes, "
        "or nothing for 60 seconds although the server asked.",
        "Come back.",
    ),
    TAKEN_OVER: (
        "taken_over",
        "Another page with the same token or of the same representative took this place.",
        "Say so. Do not come back by itself, or the two pages would throw each other out for ever.",
    ),
    REPLACED: ("replaced", "The same page opened a newer WebSocket.", "Nothing: the newer one goes on."),
    TOO_LARGE: ("too_large", "A frame was larger than any message may be.", "Do not send that again."),
    TOO_SLOW: ("too_slow", "The page did not read what the server had for it.", "Come back; `welcome` tells all anew."),
    WRONG_VERSION: (
        "wrong_version",
        "Page and server speak no common version.",
        "Offer to load the page anew, and come back after a long pause: an upgrade may be under way.",
    ),
    TOO_MANY: (
        "too_many",
        "The page sent more, or more nonsense, than a page ever would, or its address says `hello` too often.",
        "Come back after a pause.",
    ),
    UNAVAILABLE: ("unavailable", "The server cannot write to its disk at the moment.", "Come back after a pause."),
}


def name_of(code: int) -> str:
    """The name of a close code, for logs; an unknown code has none."""
    return CLOSE_CODES[code][0] if code in CLOSE_CODES else "unknown"
