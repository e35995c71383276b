"""Errors that core raises: a code for programs, a detail for logs that never quotes what a person wrote."""


class ProtocolError(Exception):
    """A frame that must not be acted on.

    `code` is one of the codes that PROTOCOL.md lists; `detail` names the field and the rule that was
    broken, never the value. `n` is the number of a numbered message that is not understood, else 0.
    """

    n = 0

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code + (": " + detail if detail else ""))
        self.code = code
        self.detail = detail


class StateError(Exception):
    """A call that the object's present state does not allow: a mistake of the caller, never of the peer."""
