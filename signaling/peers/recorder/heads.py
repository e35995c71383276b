"""Asking for the heads that the representative's page has signed, one question at a time, and when that is over."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from deskside.core.chain import spans_text
from signaling.recordings.proof import Proof

REST = 1.0
"""Seconds between an answer and the next question: a page signs once a second."""
SHORT_REST = 0.1
"""The same while more was signed than came in one answer, and at the end."""
LAST_SIGNED_WITHIN = 3.0
"""Seconds after the end of a session: its pages sign their last entries in the first one and a half of them."""


class Heads:
    """`ask` says what is wanted, and answers False where nobody hears that now. `seen` is told the numbers of what is
    proved, as `core.chain.spans` reads them, and by whose page.

    A question stays until it is answered: the server asks the page anew that comes next, and `ask_again` is for what
    the server may have forgotten.
    """

    def __init__(self, proof: Proof, ask: Callable[[dict[str, Any]], bool], seen: Callable[[str, str], None]) -> None:
        self._proof = proof
        self._ask, self._seen = ask, seen
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._news = asyncio.Event()
        self._is_ending = False

    def took(self, entry: dict[str, Any]) -> None:
        """An entry is kept."""
        if self._proof.took(entry):
            self._ask_in(REST)

    def told(self, message: Mapping[str, Any]) -> None:
        """`heads` of the representative's page."""
        proved = self._proof.heads(message)
        if proved:
            self._seen(spans_text(_rows(proved)), message["name"])
        self._news.set()
        self._ask_in(SHORT_REST if self._proof.is_behind or self._is_ending else REST)

    def ask_again(self) -> bool:
        """Now, whatever was asked before; whether anybody hears it."""
        self._stop()
        known = {"known": self._proof.known} if self._proof.known else {}
        return self._ask({"first": self._proof.first} | known)

    async def settled(self) -> None:
        """The session is over: wait for what its pages sign at the end, as long as anything is missing."""
        self._is_ending = True
        if not self._proof.is_waiting or not self.ask_again():
            return
        try:
            async with asyncio.timeout(LAST_SIGNED_WITHIN):
                while self._proof.is_waiting:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            pass

    def close(self) -> None:
        """Ask for nothing more."""
        self._is_ending = True
        self._stop()

    def _ask_in(self, seconds: float) -> None:
        if not self._timer:
            self._timer = self._loop.call_later(seconds, self.ask_again)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


def _rows(numbers: list[int]) -> list[list[int]]:
    """Rising numbers as first and last of each row of them."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and rows[-1][1] == number - 1:
            rows[-1][1] = number
        else:
            rows.append([number, number])
    return rows
