"""The chained record of one session as either page holds it, with the signatures of both."""

from ..core import chain as chained
from ..core.chain import Chain, signature_text
from .entries import recordable
from .three_words import ThreeWords

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Record(ThreeWords):
    """What customer and representative have in common. Chat, red X and end wait for none of it."""

    def __init__(self, host: "Any", session: "Any") -> None:
        ThreeWords.__init__(self, host, session)
        self.chain = Chain(session.id)
        self.signatures: "dict[str, dict[str, Any]]" = {}  # the last one of each key
        self._is_loaded = False
        self._signed: "dict[str, Any]" = {"records": 0}
        self._said_keys: "dict[str, bool]" = {}  # of which the chain says that they are this person's
        self._when_settled: "list[Callable[[], Any]]" = []
        if self.crypto is not None:
            host.records.load(session.id + "/record/", self._records_loaded)

    # what this page kept

    def _records_loaded(self, kept: "list[Any]") -> None:
        self.chain = Chain(self.session.id, [(one["record"], one["head"]) for one in kept])
        for record in self.chain.records:
            self._note_key(record)
        self.host.records.load(self.session.id + "/signature/", self._signatures_loaded)

    def _signatures_loaded(self, kept: "list[Any]") -> None:
        for signature in kept:
            self.signatures[signature["by"] + signature["key"]] = signature
        self._is_loaded = True
        self.loaded()
        self.begin()

    def loaded(self) -> None:
        """The chain is what this page had of it."""

    @property
    def is_loaded(self) -> bool:
        return self._is_loaded

    @property
    def had_words(self) -> bool:
        return any(record["kind"] == "keys" for record in self.chain.records)

    def broken(self, _: str) -> None:
        ThreeWords.broken(self, _)
        self._settled()

    # the chain

    def entry_changed(self, entry: "dict[str, Any]") -> None:
        """An entry of the log is new or has changed."""

    def acknowledged(self, messages: "list[dict[str, Any]]") -> None:
        """The other page has these."""

    def run(self, commands: "list[Any]") -> None:
        """Carry out what the chain asks for."""
        for command in commands:
            if type(command) is chained.Digest:
                self.crypto.digest(command.text, self._digested, self.broken)
            elif type(command) is chained.Chained:
                if self.session.conversation.is_kept:
                    number = str(command.record["number"])
                    place = self.session.id + "/record/" + "0" * (8 - len(number)) + number
                    self.host.records.put(place, {"record": command.record, "head": command.head})
                self._note_key(command.record)
                self.grown(command.record)
            else:
                self.refused()
        if self.chain.is_settled:
            self._settled()

    def _digested(self, digest: str) -> None:
        if self.crypto is not None:
            self.run(self.chain.digested(digest))

    def grown(self, record: "dict[str, Any]") -> None:
        """The chain is one longer."""

    def refused(self) -> None:
        """What the other page tells is not taken any more."""

    def _settled(self) -> None:
        waiting, self._when_settled = self._when_settled, []
        for done in waiting:
            done()

    # signatures

    def _note_key(self, record: "dict[str, Any]") -> None:
        if record["kind"] == "keys":
            self._said_keys[record.get(self.role + "_key", "")] = True

    @property
    def can_sign(self) -> bool:
        """Whether the chain says whose key this page's is: a signature means something from there on."""
        return self.key is not None and self.key.public in self._said_keys

    def statement(self) -> "dict[str, Any]":
        """What this page can sign now, as a signature and its message have it."""
        return {"records": len(self.chain.heads), "head": self.chain.head}

    def may_tell(self, said: "dict[str, Any]") -> bool:
        """Whether the other page would understand this signature."""
        return True

    def sign(self, done: "Callable[[], Any]") -> None:
        """Sign the present head, unless it is signed; `done` comes in any case."""
        if self.crypto is None or self.key is None or not self.can_sign:
            done()
            return
        said = self.statement()
        if said["records"] < self._signed["records"] or said["records"] == 0 or said == self._signed:
            done()
            return

        def signed(signature: str) -> None:
            if signature and said["records"] >= self._signed["records"]:
                self._signed = said
                kept = said | {"signature": signature}
                self.keep(self.role, self.key.public, kept)
                if self.may_tell(said):
                    self.session.tell(kept | {"type": "record_signature"})
            done()

        self.key.sign(self._text(self.role, said), signed)

    def _text(self, role: str, said: "dict[str, Any]") -> str:
        return signature_text(
            self.session.id, role, said["records"], said["head"], said.get("unseen"), said.get("missing", 0)
        )

    def check(self, message: "dict[str, Any]", role: str, fine: "Callable[[bool], Any]") -> None:
        """Whether a signature of the other page is one of this chain."""
        key = self.other_key
        try:
            chained.spans(message.get("unseen", ""))
        except ValueError:
            fine(False)
            return
        if not self.chain.holds(message["records"], message["head"]):
            fine(False)
            return

        def checked(good: bool) -> None:
            if good:
                self.keep(role, key, message)
            fine(good)

        self.crypto.verify(key, self._text(role, message), message["signature"], checked)

    def keep(self, role: str, key: str, said: "dict[str, Any]") -> None:
        known = self.signatures.get(role + key)
        if known is not None and known["records"] > said["records"]:
            return
        kept = {"by": role, "key": key}
        for name in ("records", "head", "signature", "unseen", "missing"):
            if name in said:
                kept[name] = said[name]
        self.signatures[role + key] = kept
        if self.session.conversation.is_kept:
            self.host.records.put(self.session.id + "/signature/" + role + key, kept)

    @property
    def unconfirmed(self) -> "list[str]":
        """The ids of what only this side's own word stands for."""
        signatures = [self.signatures[name] for name in sorted(self.signatures)]
        return [record["id"] for record in chained.unconfirmed(self.chain.records, signatures, self.role)]

    # taking it along

    def export(self, done: "Callable[[dict[str, Any]], Any]") -> None:
        """The record as files have it, with this page's signature on its end."""

        def settled() -> None:
            self.sign(lambda: done(self._data()))

        if self.crypto is None or self.chain.is_settled:
            settled()
        else:
            self._when_settled.append(settled)

    def _data(self) -> "dict[str, Any]":
        data: "dict[str, Any]" = {
            "format": chained.FORMAT,
            "session": self.session.id,
            "holder": self.role,
            "records": self.chain.records if self.crypto is not None else self._unchained(),
            "heads": self.chain.heads if self.crypto is not None else [],
            "signatures": [self.signatures[name] for name in sorted(self.signatures)],
        }
        if self.chain.is_broken:
            data["refused"] = self.chain.refused_at
        return data

    def _unchained(self) -> "list[dict[str, Any]]":
        """What there is to tell where nothing could be chained."""
        conversation = self.session.conversation
        found: "list[dict[str, Any]]" = []
        for entry_id in conversation.order:
            for record in recordable(conversation.entries[entry_id], self.role):
                record["number"] = len(found) + 1
                found.append(record)
        return found

    def sign_shown(self, shown: str, done: "Callable[[dict[str, Any]], Any]") -> None:
        """A signature over what a file shows to people, or {} where this page cannot give one."""
        if self.crypto is None or self.key is None or not self.can_sign:
            done({})
            return
        key = self.key

        def hashed(digest: str) -> None:
            text = chained.shown_text(self.session.id, self.role, digest)
            said = {"by": self.role, "key": key.public, "digest": digest}

            def signed(signature: str) -> None:
                said["signature"] = signature
                done(said if signature else {})

            key.sign(text, signed)

        self.crypto.digest(shown, hashed, lambda _: done({}))
