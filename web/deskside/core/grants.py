"""What permissions are made of: a clock that cannot be set back, a card that waits, a grant that holds."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Clock:
    """Milliseconds that have passed: the sum of the steps forward between two calls.

    People can set a clock. Set back, it gives nobody a longer lease; set forward, leases end early.
    """

    def __init__(self) -> None:
        self._last: "float | None" = None
        self._passed = 0.0

    def at(self, now: float) -> float:
        if self._last is not None and now > self._last:
            self._passed += now - self._last
        self._last = now
        return self._passed


class Card:
    """A request that the customer has not answered, or has allowed while the browser's picker is open."""

    def __init__(self, id: str, peer: str, permission: str, until: float) -> None:
        self.id = id
        self.peer = peer
        self.permission = permission
        self.until = until
        self.lease: "float | None" = None
        self.is_starting = False


class Grant:
    """One permission of one representative; `until` is of the Clock, None for the whole session."""

    def __init__(self, id: str, peer: str, permission: str, since: float, until: "float | None") -> None:
        self.id = id
        self.peer = peer
        self.permission = permission
        self.since = since
        self.until = until

    def holds(self, passed: float) -> bool:
        return self.until is None or passed < self.until

    def left(self, passed: float) -> "int | None":
        return None if self.until is None else seconds(self.until - passed)


def seconds(milliseconds: float) -> int:
    """Whole seconds, the started one included."""
    return max(0, int((milliseconds + 999) // 1000))


def answer_message(card: Card, answer: str, now: float) -> "dict[str, Any]":
    message: "dict[str, Any]" = {"type": "permission_answer", "id": card.id, "permission": card.permission}
    message["answer"] = answer
    message["at"] = int(now)
    if answer == "granted" and card.lease is not None:
        message["lease"] = seconds(card.lease)
    return message


def end_message(grant: Grant, reason: str, now: float) -> "dict[str, Any]":
    return {"type": "permission_end", "permission": grant.permission, "reason": reason, "at": int(now)}
