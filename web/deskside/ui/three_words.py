"""The three words that both pages show, and the keys behind them: one agreement for each pair of pages."""

from ..core import words as agreed
from ..core.errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

MOST_EARLY = 200
"""Messages of the record that wait until the words are agreed on. An honest page sends a few before."""
WORDS_AGAIN = 5
"""Seconds until a list of words that could not be fetched is asked for again."""


class ThreeWords:
    """`session` is asked to `post`, and holds the conversation. Nothing else waits for this.

    Where the browser gives a page no WebCrypto, there are no words, and everything else works.
    """

    role = ""

    def __init__(self, host: "Any", session: "Any") -> None:
        self.host = host
        self.session = session
        self.words: "list[str]" = []
        self.crypto = host.crypto
        self.key: "Any" = None
        self.other_key = ""
        self._peer: "Any" = None
        self._exchange: "agreed.Exchange | None" = None
        self._digest = ""
        self._early: "list[dict[str, Any]]" = []  # what came before this page was ready for it
        self._fetching = 0
        if self.crypto is not None:
            self.crypto.make_key(self._key_made, self.broken)

    def _key_made(self, key: "Any") -> None:
        self.key = key
        self.begin()

    def broken(self, _: str) -> None:
        """The browser does not do it after all."""
        self.crypto = None

    @property
    def is_loaded(self) -> bool:
        """Whether this page knows what it kept of the session."""
        return True

    def connected(self, peer: "Any") -> None:
        """The other person's page is reached; each page once."""
        if peer is self._peer:
            return
        self._peer = peer
        self._exchange = None
        self._digest = ""
        self.other_key = ""
        self._early = []
        self.words = []
        self.begin()

    def begin(self) -> None:
        """Start as soon as everything is there."""
        if self.crypto is None or self.key is None or self._peer is None or not self.is_loaded:
            return
        if self._exchange is not None or self.session.peer is not self._peer:
            return
        prints = self._peer.link.fingerprints
        if prints is None:
            return
        self._exchange = agreed.Exchange(self.role, self.crypto.nonce(), self.key.public, prints[0], prints[1])
        self._carry_out(self._exchange.start())
        self.began()
        early, self._early = self._early, []
        for message in early:
            self.received(self._peer, message)

    def began(self) -> None:
        """Both pages are there, and this one can hash and sign."""

    def received(self, peer: "Any", message: "dict[str, Any]") -> None:
        """A message of core.record_messages."""
        self.connected(peer)
        if self.crypto is None:
            return
        is_words = message["type"][:6] == "words_"
        if self._exchange is None or (not is_words and not self._digest):
            if len(self._early) >= MOST_EARLY:
                self.session.flooded(peer)
            else:
                self._early.append(message)
        elif is_words:
            self._step(lambda exchange: exchange.received(message))
        else:
            getattr(self, "on_" + message["type"], self._ignore)(message)

    def _ignore(self, message: "dict[str, Any]") -> None:
        """What only the other role takes."""

    def _step(self, happened: "Callable[[agreed.Exchange], list[Any]]") -> None:
        try:
            self._carry_out(happened(self._exchange))  # type: ignore[arg-type]
        except ProtocolError as error:
            if error.code == "words_changed":
                self.session.conversation.event("words_failed")

    def _carry_out(self, commands: "list[Any]") -> None:
        for command in commands:
            kind = type(command)
            if kind is agreed.Say:
                self.session.post(command.message)
            elif kind is agreed.Digest:
                self._hash(command, self._exchange)
            elif kind is agreed.Agreed:
                self._agreed(command)

    def _hash(self, command: "agreed.Digest", exchange: "Any") -> None:
        def done(digest: str) -> None:
            if self._exchange is exchange:
                self._step(lambda exchange: exchange.digested(command.purpose, digest))

        self.crypto.digest(command.text, done, self.broken)

    def _agreed(self, command: "agreed.Agreed") -> None:
        had_words = self.had_words
        self._digest = command.digest
        self.other_key = command.key
        self._fetch_words(had_words)
        self.keys_agreed(self.key.public, command.key)
        early, self._early = self._early, []
        for message in early:
            self.received(self._peer, message)

    @property
    def had_words(self) -> bool:
        """Whether this session had other words before."""
        return False

    def keys_agreed(self, own: str, other: str) -> None:
        """Both pages know each other's key."""

    def _fetch_words(self, announced: bool) -> None:
        digest = self._digest
        self._fetching = -1  # one at a time

        def arrived(words: "list[str]") -> None:
            self._fetching = 0 if words else WORDS_AGAIN
            if words and digest == self._digest:
                self.words = agreed.words_of(digest, words)
                if announced:
                    self.session.conversation.event("words", words=" ".join(self.words))
                self.session.changed()

        self.crypto.words(arrived)

    def tick(self) -> None:
        """Once a second."""
        if self.crypto is None:
            return
        self.begin()
        if self._fetching > 0:
            self._fetching -= 1
            if self._fetching == 0 and self._digest and not self.words:
                self._fetch_words(False)
