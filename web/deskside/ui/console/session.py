"""The representative's side of a session: nudging, asking for the screen, and seeing it."""

from ...core.permissions import Requests
from ..outdated import outdated_card
from ..recording_log import note_recording
from ..session import Session
from .record import RepresentativeRecord
from .screen import Screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NUDGE_REST = 10_000.0
NUDGE_NEWS = 60_000.0
"""Milliseconds for which the tool says what the last nudge did; the log says it for good."""


class RepresentativeSession(Session):
    """One customer. What this page believes to be allowed is good for buttons; the customer's page decides."""

    role = "representative"

    def __init__(self, host: "Any", about: "dict[str, Any]", page: "Any") -> None:
        Session.__init__(self, host, about["session"], page)
        self.about = about
        self.started_at = about["started_at"]
        self.requests = Requests("")
        self.screen = Screen(host, self.changed)
        self.can_share = True
        self.is_ending = False
        self.is_loading = True  # what this device kept of it is on its way
        self._arrived: "tuple[Any, ...] | None" = None  # who came meanwhile
        self.unread = 0
        self.panel = ""  # what is open above the composer: canned, notices
        self.search = ""
        self._nudged_at = -NUDGE_REST
        self._nudge_id = ""
        self._knows_revoked = False
        self._shown = ""  # the surface that was shown last, until the log says how that ended
        self._reached_at = 0.0
        self._receipt: "dict[str, Any] | None" = None
        self._recording: "dict[str, Any] | None" = None  # as the customer's page said it last, and when that was

    def make_record(self) -> RepresentativeRecord:
        return RepresentativeRecord(self.host, self)

    @property
    def name(self) -> str:
        return self.about["name"] or str(self.page.t("person.customer"))

    def joined(self, peer_id: str, name: str, configuration: "dict[str, Any]") -> None:
        if self.is_loading:
            self._arrived = (peer_id, name, configuration)
            return
        is_new = self.peer is None or self.peer.id != peer_id
        Session.joined(self, peer_id, self.about["name"], configuration)
        if is_new:
            self.requests = Requests(peer_id)

    def configured(self, configuration: "dict[str, Any]") -> None:
        if self._arrived is not None:
            self._arrived = (self._arrived[0], self._arrived[1], configuration)
        Session.configured(self, configuration)

    def left(self, peer_id: str) -> None:
        if self._arrived is not None and self._arrived[0] == peer_id:
            self._arrived = None
        Session.left(self, peer_id)

    def loaded(self, entries: "list[Any]", stream: "dict[str, Any] | None") -> None:
        """What this device kept is there: only now may anybody be connected to."""
        self.conversation.restore(entries, stream)
        self.note_ends(self.conversation.left_open(), True)
        self.conversation.other = self.about["name"]
        if not entries:
            self.conversation.event("joined", True)
        self.is_loading = False
        if self._arrived is not None:
            self.joined(*self._arrived)

    def tick(self) -> None:
        Session.tick(self)
        if self.connection == "connected":
            self._reached_at = self.host.passed()
        if self.screen.tick():
            self.page.state["status"] = self.page.t("screen.still") if self.screen.is_old else ""

    def connected(self) -> None:
        self.transfers.resumption.met()

    def open_work(self) -> None:
        """The customer's page opens it, when something was allowed."""

    def peer_gone(self, peer_id: str) -> None:
        self.note_ends(self.requests.over("left", self.host.now()))
        self.screen.ended()
        self._shown = ""
        self._recording = None
        self.transfers.resumption.lost()
        self.was_connected = False

    def work_closed(self, peer: "Any") -> None:
        if self.requests.is_granted("view_screen", self.host.now()):
            self.screen.interrupted()  # what is still allowed comes back on a new connection
        else:
            self.screen.ended()
        Session.work_closed(self, peer)

    def track_received(self, peer: "Any", track: "Any") -> None:
        if str(track.kind) == "video" and self.requests.is_granted("view_screen", self.host.now()):
            self.screen.track_received(track)
            self.changed()
        else:
            track.stop()

    # what is written and not sent

    def drafts(self) -> "dict[str, str]":
        """By field."""
        return {"message": self.conversation.talk["draft"], "search": self.search if self.panel == "canned" else ""}

    def restore_draft(self, field: str, text: str) -> None:
        """What was written before the page came, or in another tab."""
        if field == "message":
            self.conversation.talk["draft"] = text
        elif field == "search" and text:
            self.open_panel("canned")
            self.search = text

    def open_panel(self, name: str) -> None:
        """One at a time stands above the composer; "" for none."""
        self.panel = name
        self.search = ""
        if name == "canned":
            self.page.canned.fetch(self.about["language"])

    # what the representative does

    def nudge(self) -> None:
        # Held up by a broken line it would come much later, as if it were of then.
        if self.nudge_rest() or self.connection != "connected":
            return
        self._nudged_at = self.host.passed()
        self._nudge_id = self.host.identifier()
        self._receipt = None
        if self.post({"type": "nudge", "id": self._nudge_id, "at": int(self.host.now())}):
            self.conversation.event("nudge", True)

    def nudge_rest(self) -> int:
        """Seconds until the next nudge."""
        left = self._nudged_at + NUDGE_REST - self.host.passed()
        return max(0, int((left + 999.0) / 1000.0))

    def request_screen(self) -> None:
        if self.peer is None:
            return
        commands = self.requests.request(self.host.identifier(), "view_screen", self.host.now())
        for command in commands:
            self.post(command.message)
            self.conversation.event("permission_asked", True, permission="view_screen")

    def withdraw_request(self) -> None:
        for asked in self.requests.pending(self.host.now()):
            for command in self.requests.withdraw(asked["id"], self.host.now()):
                self.post(command.message)
                self.conversation.event("permission_withdrawn", True, permission=asked["permission"])

    # what the customer's page says

    def on_capabilities(self, message: "dict[str, Any]") -> None:
        self.can_share = message["screen"] or message["camera"]

    def on_nudge_receipt(self, message: "dict[str, Any]") -> None:
        if message["id"] == self._nudge_id:
            self._receipt = {"happened": message["happened"], "muted": message["muted"]}
            self.conversation.event("nudge_receipt", False, happened=message["happened"], muted=message["muted"])

    def on_permission_answer(self, message: "dict[str, Any]") -> None:
        self.requests.answer_received(message, self.host.now())
        values = {"permission": message["permission"]}
        if message["answer"] == "granted":
            self._knows_revoked = False
            values["lease"] = message.get("lease", 0)
            self.record.granted(message["permission"], values["lease"])
        self.conversation.event("permission_" + message["answer"], False, **values)

    def on_permission_end(self, message: "dict[str, Any]") -> None:
        reason = self.requests.end_received(message, self.host.now())
        if message["permission"] == "view_screen":
            self.screen.ended()
            if message["reason"] != "revoked":
                self._shown = ""
        if message["reason"] == "revoked":
            self._note_revocation()
        elif reason:
            self.note_ends([{"permission": message["permission"], "reason": reason}], reason == "withdrawn")

    def on_revoked(self, message: "dict[str, Any]") -> None:
        """The red X. The other page has closed `work` already; this one lets go of its end."""
        self.requests.revoked_received(message, self.host.now())
        self.screen.ended()
        self.transfers.revoked_there()
        if self.peer is not None:
            self.peer.close_work()
        self._note_revocation()

    def _note_revocation(self) -> None:
        """It comes twice, at once and numbered, should the first be lost; the log says it once."""
        if not self._knows_revoked:
            self._knows_revoked = True
            if self._shown:
                self.conversation.event("sharing_stopped", False, surface=self._shown)
                self._shown = ""
            self.conversation.event("revoked", False)

    def on_sharing(self, message: "dict[str, Any]") -> None:
        self.screen.announced(message["on"], message["surface"])
        if message["on"]:
            self._shown = message["surface"]
            self.conversation.event("sharing_started", False, surface=self._shown)

    def on_recording(self, message: "dict[str, Any]") -> None:
        self._recording = message | {"reason": message.get("reason", ""), "at": self.host.passed()}
        note_recording(self.conversation, message["state"], False, self._recording["reason"])
        self.changed()

    def recording(self) -> "dict[str, Any] | None":
        """Whether it is recorded, why not, and for how long so far; None while the customer's page has not said it."""
        told = self._recording
        if told is None or self.ended:
            return None
        # Nobody knows whether it goes on while the customer's page is not reached.
        passed = max(0.0, self._reached_at - told["at"]) if told["state"] == "on" else 0.0
        seconds = told["seconds"] + int(passed / 1000.0)
        return {"state": told["state"], "reason": told["reason"], "seconds": seconds}

    def on_bye(self, message: "dict[str, Any]") -> None:
        self.page.session_over(self.id, "customer")

    def message_arrived(self, entry: "dict[str, Any]") -> None:
        self.page.message_arrived(self, entry)

    def file_arrived(self, entry: "dict[str, Any]") -> None:
        self.page.message_arrived(self, entry)

    def finish(self, reason: str) -> None:
        ends = self.requests.over("ended", self.host.now())
        if reason != "taken_over":
            self.note_ends(ends)
        Session.finish(self, reason)

    # what the views show

    def summary(self) -> "dict[str, Any]":
        last = self.conversation.last_message
        time, _ = self.host.clock(last["at"] if last else self.about["started_at"])
        return {
            "session": self.id,
            "name": self.about["name"],
            "issue": self.about["issue"],
            "unread": self.unread,
            "last": last["text"][:80] if last else "",
            "time": time,
            "connection": self.connection,
            "sharing": self.screen.is_on,
            "asks": bool(self.transfers.cards()),
            "ended": bool(self.ended),
        }

    def state(self) -> "dict[str, Any]":
        now = self.host.now()
        pending = self.requests.pending(now)
        cards = self.transfers.cards()
        is_news = self.host.passed() - self._nudged_at < NUDGE_NEWS
        if self.is_ending and not self.ended:
            cards.append({"kind": "end", "id": "end"})
        if self.outdated:
            cards.append(outdated_card(self.outdated, self.name))
        return {
            "session": self.id,
            "name": self.about["name"],
            "issue": self.about["issue"],
            "question": self.about["question"],
            "connection": self.connection,
            "words": self.record.words,
            "ended": self.ended,
            "talk": self.conversation.talk,
            "cards": cards,
            "nudge": {
                "rest": self.nudge_rest(),
                "reached": self.connection == "connected",
                "receipt": self._receipt if is_news else None,
                "sent": is_news and self._nudge_id != "",
            },
            "permissions": self.requests.in_force(now),
            "request": pending[0] if pending else None,
            "can_share": self.can_share,
            "recording": self.recording(),
            "panel": "" if self.ended else self.panel,
        }
