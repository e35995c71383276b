"""Perfect negotiation of one RTCPeerConnection: offers, answers and ICE candidates in, commands out.

The pattern is that of the WebRTC specification (section 10.7): whoever is impolite ignores an offer that
collides with its own, whoever is polite rolls its own back. Two things are added, because the messages
travel over paths that lose, repeat and reorder them:

- Messages are numbered from 1 and taken strictly in order; each one carries how many of the other side's
  were taken (`received`). What is not yet confirmed is kept and sent again by `resend` and `restart`.
- One operation at a time runs on the connection. What arrives meanwhile waits, so that no interleaving of
  promises needs to be thought about.

Let one side alone make the first offer, with a data channel in it, before either adds media: Chromium 156 cannot
start SCTP, or asks for negotiation without end, once it has rolled back the offer that brought the first channel.

The shell carries out a command and reports: SetLocalDescription by `local_description_set` or
`description_failed`, SetRemoteDescription by `remote_description_set` or `description_failed`. The other
commands need no report; that AddIceCandidate fails harms nothing.
"""

from collections import namedtuple

from .errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SetLocalDescription = namedtuple("SetLocalDescription", ())
"""Call setLocalDescription() without argument, then report type and sdp of localDescription."""
SetRemoteDescription = namedtuple("SetRemoteDescription", ("description",))
"""Call setRemoteDescription(); on the polite side it may roll back an offer of ours by itself."""
AddIceCandidate = namedtuple("AddIceCandidate", ("candidate",))
"""Call addIceCandidate() with these fields in W3C spelling (sdpMid, sdpMLineIndex, usernameFragment)."""
SendNegotiation = namedtuple("SendNegotiation", ("negotiation",))
"""Send this over every path there is; the other side drops what it has seen."""
RestartIce = namedtuple("RestartIce", ())
"""Call restartIce(); the connection then reports that a negotiation is needed."""

MAX_AHEAD = 256
"""How far a message may be ahead of the one that is waited for."""
MAX_KEPT = 1024
"""Unconfirmed messages that are kept; beyond that the other side has long been gone."""


def fingerprint_of(sdp: str) -> str:
    """The certificate fingerprints of a session description, in one canonical text.

    "" when there is none. Certificates may be described by several hashes (RFC 8122), each by one value.
    Raises ProtocolError("fingerprint_changed") when one hash is there with two values.
    """
    found: "dict[str, str]" = {}
    for line in _lines(sdp):
        if "fingerprint" not in line.lower():
            continue
        parts = line[len("a=fingerprint:") :].split()
        if not line.startswith("a=fingerprint:") or len(parts) != 2:
            # Some parser might read it all the same.
            raise ProtocolError("bad_negotiation", "fingerprint")
        algorithm, digest = parts[0].lower(), parts[1].upper()
        if found.get(algorithm, digest) != digest:
            raise ProtocolError("fingerprint_changed")
        found[algorithm] = digest
    return ", ".join(sorted(algorithm + " " + found[algorithm] for algorithm in found))


def _lines(sdp: str) -> "list[str]":
    return sdp.replace("\r", "\n").split("\n")


class Negotiation:
    """`connection` is `talk` or `work`. `pinned_fingerprint` is what `fingerprint_of` gave for this peer before.

    Both sides call the same methods; only `polite` differs, and exactly one of the two must be.
    """

    def __init__(self, connection: str, polite: bool, pinned_fingerprint: "str | None" = None) -> None:
        self.connection = connection
        self.polite = polite
        self.signaling_state = "stable"
        self.fingerprint = pinned_fingerprint
        self.local_fingerprint: "str | None" = None
        self.is_broken = False  # a description could not be applied: the connection should be replaced
        self._operation = ""  # "local", "remote offer" or "remote answer" while the shell is at it
        self._needed = False
        self._restarting = False
        self._ignoring = False  # candidates of a description that was not applied
        self._fragments: "list[str] | None" = None  # ICE user name fragments of the remote description
        self._sent = 0
        self._confirmed = 0
        self._kept: "dict[int, dict[str, Any]]" = {}
        self._taken = 0
        self._held: "dict[int, dict[str, Any]]" = {}
        self._gathered: "list[dict[str, Any]]" = []

    # what the connection reports

    def negotiation_needed(self) -> "list[Any]":
        """The `negotiationneeded` event."""
        if self.signaling_state == "closed":
            return []
        self._needed = True
        return self._go_on()

    def local_description_set(self, kind: str, sdp: str) -> "list[Any]":
        """SetLocalDescription succeeded; `kind` is the type of what is now the localDescription."""
        if self.signaling_state == "closed" or self._operation != "local":
            return []
        self._operation = ""
        self.local_fingerprint = fingerprint_of(sdp) or self.local_fingerprint
        self._enter("have-local-offer" if kind == "offer" else "stable")
        commands: "list[Any]" = [self._send({"description": {"type": kind, "sdp": sdp}})]
        for candidate in self._gathered:
            commands.append(self._send({"candidate": candidate}))
        self._gathered = []
        return commands + self._go_on()

    def remote_description_set(self) -> "list[Any]":
        """SetRemoteDescription succeeded."""
        if self.signaling_state == "closed" or not self._operation.startswith("remote"):
            return []
        offered = self._operation == "remote offer"
        self._operation = ""
        if not offered:
            self._enter("stable")
            return self._go_on()
        self._enter("have-remote-offer")
        self._operation = "local"
        return [SetLocalDescription()]

    def description_failed(self, signaling_state: "str | None" = None) -> "list[Any]":
        """The operation under way failed; `signaling_state` is what the connection says now, if it can be asked."""
        if self.signaling_state == "closed" or not self._operation:
            return []
        if self._operation != "local":
            self._ignoring = True
        self._operation = ""
        self._gathered = []
        self.is_broken = True
        if signaling_state is not None:
            self._enter(signaling_state)
        return self._go_on()

    def candidate_gathered(self, candidate: "dict[str, Any]") -> "list[Any]":
        """The `icecandidate` event, fields as in messages.NEGOTIATION."""
        if self.signaling_state == "closed":
            return []
        if self._operation == "local":
            # Its description has not been sent yet.
            self._gathered.append(candidate)
            return []
        return [self._send({"candidate": candidate})]

    # what the other side sends

    def received(self, negotiation: "dict[str, Any]") -> "list[Any]":
        """A checked message of the other side, over whichever path.

        Raises ProtocolError with `bad_negotiation`, `fingerprint_changed` or `out_of_order`; such a message
        has changed nothing.
        """
        if self.signaling_state == "closed":
            return []
        number = negotiation["number"]
        confirmed = negotiation.get("received", 0)
        description = negotiation.get("description")
        if confirmed > self._sent or (description is None) == (negotiation.get("candidate") is None):
            raise ProtocolError("bad_negotiation")
        if number > self._taken + MAX_AHEAD:
            raise ProtocolError("out_of_order", "number")
        if description is not None:
            self._pin(description["sdp"])
        self._confirm(confirmed)
        if number <= self._taken or number in self._held:
            return []
        self._held[number] = negotiation
        return self._go_on()

    def resend(self) -> "list[Any]":
        """Send again what the other side has not confirmed. Call it when a path came back."""
        if self.signaling_state == "closed":
            return []
        kept = range(self._confirmed + 1, self._sent + 1)
        return [SendNegotiation(self._stamped(self._kept[number])) for number in kept if number in self._kept]

    def restart(self) -> "list[Any]":
        """Look for a new network path. May be called again and again while there is none."""
        commands = self.resend()
        if self.signaling_state == "stable" and not self._operation and not self._restarting:
            self._restarting = True
            commands.append(RestartIce())
        elif self.signaling_state == "have-remote-offer" and not self._operation:
            # The answer failed once and is owed.
            self._operation = "local"
            commands.append(SetLocalDescription())
        return commands

    def closed(self) -> "list[Any]":
        """The connection is closed; nothing happens any more."""
        self.signaling_state = "closed"
        self._operation = ""
        self._kept = {}
        self._held = {}
        self._gathered = []
        return []

    # within

    def _enter(self, state: str) -> None:
        self.signaling_state = state
        if state == "stable":
            self._restarting = False

    def _pin(self, sdp: str) -> None:
        fingerprint = fingerprint_of(sdp)
        if not fingerprint:
            raise ProtocolError("bad_negotiation", "fingerprint")
        if self.fingerprint is None:
            self.fingerprint = fingerprint
        elif self.fingerprint != fingerprint:
            raise ProtocolError("fingerprint_changed")

    def _send(self, content: "dict[str, Any]") -> SendNegotiation:
        self._sent += 1
        content["connection"] = self.connection
        content["number"] = self._sent
        self._kept[self._sent] = content
        self._kept.pop(self._sent - MAX_KEPT, None)
        return SendNegotiation(self._stamped(content))

    def _stamped(self, content: "dict[str, Any]") -> "dict[str, Any]":
        negotiation = dict(content)
        negotiation["received"] = self._taken
        return negotiation

    def _confirm(self, number: int) -> None:
        while self._confirmed < number:
            self._confirmed += 1
            self._kept.pop(self._confirmed, None)

    def _go_on(self) -> "list[Any]":
        """Take what waits, until an operation is under way or nothing is left."""
        commands: "list[Any]" = []
        while not self._operation:
            negotiation = self._held.pop(self._taken + 1, None)
            if negotiation is not None:
                self._taken += 1
                commands += self._take(negotiation)
            elif self._needed and self.signaling_state == "stable":
                self._needed = False
                self._operation = "local"
                commands.append(SetLocalDescription())
            else:
                break
        return commands

    def _take(self, negotiation: "dict[str, Any]") -> "list[Any]":
        description = negotiation.get("description")
        if description is None:
            return self._take_candidate(negotiation["candidate"])
        offered = self.signaling_state == "have-local-offer"
        is_offer = description["type"] == "offer"
        # An answer to nothing is not worth an error: it answers an offer that was rolled back.
        self._ignoring = offered and not self.polite if is_offer else not offered
        if self._ignoring:
            return []
        self._operation = "remote offer" if is_offer else "remote answer"
        start = "a=ice-ufrag:"
        self._fragments = [line[len(start) :].strip() for line in _lines(description["sdp"]) if line.startswith(start)]
        return [SetRemoteDescription(description)]

    def _take_candidate(self, candidate: "dict[str, Any]") -> "list[Any]":
        fragment = candidate.get("username_fragment")
        if self._ignoring or self._fragments is None:
            return []
        if fragment and self._fragments and fragment not in self._fragments:
            return []  # of a description that was replaced meanwhile
        return [AddIceCandidate(candidate)]
