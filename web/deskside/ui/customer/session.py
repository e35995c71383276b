"""The customer's side of a session: permissions, sharing, nudges, and what follows the red X."""

from ...core import permissions as allowed
from ..session import Session
from .record import CustomerRecord
from .recording import CustomerRecording
from .sharing import Sharing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NUDGE_REST = 9000.0
JIGGLE_LASTS = 900.0


class CustomerSession(Session):
    """Everything that can be revoked passes through `permissions`. The guard has acted before `revoked` is called."""

    polite = True
    role = "customer"

    def __init__(self, host: "Any", session_id: str, page: "Any") -> None:
        Session.__init__(self, host, session_id, page)
        self.permissions = allowed.Permissions()
        self.sharing = Sharing(host, self)
        self.recording = CustomerRecording(host, self)
        self.leases: "dict[str, str]" = {}
        self.was_sharing = False
        self.offers_to_share_again = False
        self.is_ending = False
        self.is_revoked = False
        self.was_stopped = False
        self.problems: "list[str]" = []
        self._nudged_at = -NUDGE_REST
        self._calm: "Any" = None

    def make_record(self) -> CustomerRecord:
        return CustomerRecord(self.host, self)

    def joined(self, peer_id: str, name: str, configuration: "dict[str, Any]") -> None:
        self.recording.joined(configuration)
        Session.joined(self, peer_id, name, configuration)

    def configured(self, configuration: "dict[str, Any]") -> None:
        self.recording.configuration = configuration
        Session.configured(self, configuration)

    def connected(self) -> None:
        capabilities = self.host.capabilities
        self.post(
            {
                "type": "capabilities",
                "screen": capabilities["screen"],
                "camera": capabilities["camera"],
                "files": True,
            }
        )
        self.recording.tell()
        self.transfers.resumption.met()

    def open_work(self) -> None:
        if self.peer is not None:
            self.peer.open_work()

    def tick(self) -> None:
        self.look_after_leases()
        Session.tick(self)
        self.recording.tick()

    def look_after_leases(self) -> None:
        """End what is over, before anything else is done."""
        self.carry_out(self.permissions.tick(self.host.now()))
        self.host.guard_beat()

    def restored(self) -> None:
        """What this device kept is there: nothing that it tells of is in force any more."""
        if self.host.recall("revoked") == self.id:
            # The red X was pressed when Python could not see to it any more.
            if self.host.recall("sharing") == self.id:
                self.conversation.event("sharing_stopped", True)
            self.revoked()
        else:
            self.note_ends(self.conversation.left_open(), True)

    def peer_gone(self, peer_id: str) -> None:
        self.look_after_leases()
        lost = self._in_force("left")
        self.carry_out(self.permissions.peer_left(peer_id, self.host.now()))
        self.note_ends(lost)
        self.transfers.resumption.lost()
        self.was_connected = False

    def given_up(self) -> None:
        """Whoever was there does not come back: the next one is a stranger, who finds nothing in force."""
        self._drop_peer()
        self.recording.suspended()
        self.transfers.given_up()
        self.conversation.other = ""
        self.has_met = False
        self.is_ending = False
        self.decline_to_share_again()

    def work_opened(self, peer: "Any") -> None:
        if self.permissions.is_granted("view_screen", peer.id, self.host.now()):
            self.sharing.send_over(peer.work)
        Session.work_opened(self, peer)

    def leaving(self) -> None:
        """The page is being left or loaded anew."""
        self.recording.leaving()
        self.transfers.discard()

    def finish(self, reason: str) -> None:
        self.recording.finish()
        over = [] if reason == "taken_over" else self._in_force("ended")
        # Nobody is told of each card and permission: the end says it, and the other page would take it for the red X.
        self.permissions.revoke_all(self.host.now())
        self.sharing.stop("ended")
        self.note_ends(over, True)
        Session.finish(self, reason)

    def delivered(self, peer: "Any", label: str, message: "dict[str, Any]") -> None:
        # Whatever the timers of a hidden page do.
        self.look_after_leases()
        Session.delivered(self, peer, label, message)

    # permissions

    def carry_out(self, commands: "list[Any]", logged: bool = True) -> None:
        for command in commands:
            kind = type(command)
            if kind is allowed.Send:
                if logged:
                    self._log(command.message)
                if self.peer is not None and self.peer.id == command.peer:
                    self.post(command.message)
            elif kind is allowed.StartCapture:
                self.sharing.start(command.id)
            elif kind is allowed.StopCapture:
                self.sharing.stop(command.reason)
                if self.peer is not None:
                    self._close_idle_work()
            elif kind is allowed.DiscardCapture:
                self.sharing.discard()

    def _close_idle_work(self) -> None:
        """A picture that ended leaves nothing behind in a connection, unless a file still travels on it."""
        if not self.transfers.is_moving:
            self.peer.close_work()

    def _log(self, message: "dict[str, Any]") -> None:
        """Every answer and every end stands in the log. A denial was the person's own, silence was not."""
        permission = message["permission"]
        if message["type"] == "permission_answer":
            values = {"permission": permission}
            if message["answer"] == "granted":
                values["lease"] = message.get("lease", 0)
            self.conversation.event("permission_" + message["answer"], True, **values)
        else:
            self.note_ends([message], True)

    def _in_force(self, reason: str) -> "list[dict[str, Any]]":
        """What ends now, for that reason."""
        grants = self.permissions.in_force(self.host.now())
        return [{"permission": grant["permission"], "reason": reason} for grant in grants]

    def allow(self, card_id: str) -> None:
        lease = float(self.leases.pop(card_id, "0")) * 1000.0
        self.carry_out(self.permissions.allow(card_id, lease or None, self.host.now()))

    def deny(self, card_id: str) -> None:
        self.carry_out(self.permissions.deny(card_id, self.host.now()))

    def offer_screen(self, surface: str) -> None:
        """The customer shares of their own accord."""
        if self.peer is not None and not self.sharing.is_on:
            self.offers_to_share_again = False
            self.sharing.wanted = surface
            self.carry_out(self.permissions.offer(self.host.identifier(), self.peer.id, None, self.host.now()))

    def capture_started(self, card_id: str) -> None:
        self.carry_out(self.permissions.started(card_id, self.host.now()))
        if self.peer is None or not self.permissions.is_granted("view_screen", self.peer.id, self.host.now()):
            self.sharing.discard()
            return
        self.is_revoked = False
        self.solved("capture_denied")
        self.solved("capture_failed")
        surface = self.sharing.surface
        if self.peer.link.has_work:
            self.sharing.send_over(self.peer.work)
        else:
            self.open_work()
        self.recording.shown(self.sharing.track)
        self.post({"type": "sharing", "on": True, "surface": surface, "at": int(self.host.now())})
        self.conversation.event("sharing_started", True, surface=surface)
        # A reload ends the sharing; the page then knows to ask whether to go on.
        self.host.remember("sharing", self.id)
        self.changed()

    def capture_failed(self, card_id: str, error: str) -> None:
        self.carry_out(self.permissions.failed(card_id, self.host.now()))
        if error == "NotAllowedError":
            # Said no in the picker, or the system never asked: these look the same from here.
            self.problem("capture_denied")
        elif error != "AbortError":
            self.problem("capture_failed")
        self.changed()

    def sharing_ended(self, surface: str, reason: str) -> None:
        """The picture is gone, and the other page is told. The log has a line of it after the red X only: everywhere
        else the end of the permission says it, with its reason."""
        self.recording.shown(None)
        self.host.remember("sharing", None)
        self.post({"type": "sharing", "on": False, "surface": "none", "at": int(self.host.now())})
        if reason == "revoked":
            self.conversation.event("sharing_stopped", True, surface=surface)

    def stopped_by_browser(self) -> None:
        """The browser's own bar, or a tab, window or device that is gone: the permission ends with what it was for."""
        self.carry_out(self.permissions.ended("view_screen", "stopped", self.host.now()))
        self.changed()

    def revoked(self) -> None:
        """After the red X. Tracks and `work` are gone already, and the others were told."""
        self.was_stopped = (
            self.sharing.is_on or bool(self.permissions.in_force(self.host.now())) or self.transfers.is_moving
        )
        # Nothing below may come before this: the connection must not be there for anything that still runs.
        if self.peer is not None:
            self.peer.close_work()
        self.recording.revoked()
        # The guard has told them; what is numbered is told again, should that have been lost. One line says it all.
        self.carry_out(self.permissions.revoke_all(self.host.now()), False)
        self.transfers.revoked()
        self.conversation.event("revoked", True)
        self.is_revoked = True
        self.decline_to_share_again()
        self.host.remember("revoked", None)
        self.changed()

    def decline_to_share_again(self) -> None:
        """The person does not want to go on sharing; no later page asks again."""
        self.offers_to_share_again = False
        self.was_sharing = False
        self.host.remember("sharing", None)

    def problem(self, name: str) -> None:
        if name not in self.problems:
            self.problems.append(name)
        self.changed()

    def solved(self, name: str) -> None:
        self.problems = [one for one in self.problems if one != name]

    # what the representative's page says

    def on_permission_request(self, message: "dict[str, Any]") -> None:
        waiting = len(self.permissions.pending(self.host.now()))
        # What is refused unseen, because too much is asked, is no answer of the person's and no line of the log.
        self.carry_out(self.permissions.request_received(self.peer.id, message, self.host.now()), False)
        if len(self.permissions.pending(self.host.now())) > waiting:
            self.conversation.event("permission_asked", False, permission=message["permission"])
            self.page.attract("permission", self.conversation.other)

    def on_permission_withdrawal(self, message: "dict[str, Any]") -> None:
        before = [one["id"] for one in self.permissions.pending(self.host.now())]
        granted = [one for one in self.permissions.in_force(self.host.now()) if one["id"] == message["id"]]
        self.carry_out(self.permissions.request_received(self.peer.id, message, self.host.now()), False)
        if message["id"] in before or granted:
            self.conversation.event("permission_withdrawn", False, permission="view_screen")
        self.note_ends([{"permission": one["permission"], "reason": "withdrawn"} for one in granted])

    def on_nudge(self, message: "dict[str, Any]") -> None:
        """Ask for attention in every way the browser allows, and tell which of them really happened."""
        now = self.host.passed()
        if now - self._nudged_at < NUDGE_REST:
            return
        self._nudged_at = now
        attention = self.host.attention
        happened = []
        if attention.focus():
            happened.append("focus")
        happened.append("outline" if self.host.reduced_motion() else "jiggle")
        title = self.page.t("nudge.title", name=self.conversation.other)
        for name, done in (
            ("sound", attention.sound(True)),
            ("title", attention.flash(title, "nudge")),
            ("vibration", attention.vibrate()),
            ("notification", attention.notify(title, self.page.t("nudge.body"), "nudge")),
        ):
            if done:
                happened.append(name)
        self.page.state["nudged"] = True
        if self._calm is not None:
            self._calm.cancel()
        self._calm = self.host.later(JIGGLE_LASTS, self._calmed)
        self.conversation.event("nudge", False)
        self.post({"type": "nudge_receipt", "id": message["id"], "happened": happened, "muted": attention.muted})

    def _calmed(self) -> None:
        self._calm = None
        self.page.state["nudged"] = False
        self.changed()

    def on_bye(self, message: "dict[str, Any]") -> None:
        """The representative has ended the session; the server says so too, when it is there."""
        self.page.session_over("representative")

    def message_arrived(self, entry: "dict[str, Any]") -> None:
        self.page.attract("message", entry["author"])

    def file_arrived(self, entry: "dict[str, Any]") -> None:
        self.page.attract("file", entry["author"])
