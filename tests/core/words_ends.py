"""Two exchanges for the three words joined by a wire, and a list of words that is short enough to search through."""

from deskside.core import words as steps
from deskside.core.words import Exchange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FEW = ["able", "bird", "corn", "dusk", "echo", "fern", "gold", "hive"]


def digest(text: str) -> str:
    """No SHA-256, but a hash: every interpreter that runs these tests has it."""
    value = 7
    for letter in text:
        value = (value * 1000003 + ord(letter)) % (1 << 256)
        value ^= value >> 67
    return f"{value:064x}"


class Page:
    """One page's exchange, with its hashes computed at once; what it says waits in `said`."""

    def __init__(self, role: str, nonce: str, key: str, local: str, remote: str) -> None:
        self.exchange = Exchange(role, nonce, key, local, remote)
        self.said: "list[dict[str, Any]]" = []
        self.digest = ""
        self.other_key = ""

    def start(self) -> None:
        self.carry_out(self.exchange.start())

    def receive(self, message: "dict[str, Any]") -> None:
        self.carry_out(self.exchange.received(message))

    def carry_out(self, commands: "list[Any]") -> None:
        for command in commands:
            if type(command) is steps.Digest:
                self.carry_out(self.exchange.digested(command.purpose, digest(command.text)))
            elif type(command) is steps.Say:
                self.said.append(command.message)
            else:
                self.digest, self.other_key = command.digest, command.key

    def words(self, words: "list[str]") -> "list[str]":
        return steps.words_of(self.digest, words)


def customer(nonce: str = "nonce-c", remote: str = "cert-r") -> Page:
    return Page("customer", nonce, "key-c", "cert-c", remote)


def representative(nonce: str = "nonce-r", remote: str = "cert-c") -> Page:
    return Page("representative", nonce, "key-r", "cert-r", remote)


def join(one: Page, other: Page) -> None:
    """Let everything through until nobody says anything."""
    one.start()
    other.start()
    while one.said or other.said:
        if one.said:
            other.receive(one.said.pop(0))
        if other.said:
            one.receive(other.said.pop(0))
