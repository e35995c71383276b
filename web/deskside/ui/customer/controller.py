"""The customer's page after the portal: over the way in, through the session, to the end."""

from ...core.schema import cleaned
from ..log import LogView
from .absence import Absence
from .actions import ACTIONS
from .ending import Ending
from .fill import fill
from .language import language_changed
from .line import Line
from .portal import MAX_NAME, MAX_QUESTION, PORTAL_DRAFTS, key_of, problem
from .replies import REPLIES
from .restoring import restore
from .session import CustomerSession
from .views_small_window import small_window
from .way import Way

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class CustomerController:
    """`page` holds the state, the root and the catalogue; `signaling` is opened when there is something to say."""

    def __init__(self, host: "Any", page: "Any", signaling: "Any") -> None:
        self.host = host
        self.page = page
        self.state = page.state
        self.t = page.t
        self.signaling = signaling
        self.session: "CustomerSession | None" = None
        self.log = LogView(page.root, page.t, self.latest_seen)
        self._small: "Any" = None
        self.waiting_since = 0.0
        self.enters = False
        self.resumes = False
        self.outdated = ""  # the server does not understand this page: in which words it says so
        self.token = ""  # of this page's own session; another tab may have put its own on the device
        self.notices: "list[dict[str, Any]]" = []
        self.is_notice_told = False
        self.way = Way(self)
        self.ending = Ending(self)
        self.absence = Absence(self)
        self.line = Line(self)
        self._ticking: "Any" = None

    @property
    def site(self) -> "dict[str, Any]":
        return self.page.site  # type: ignore[no-any-return]

    @property
    def signaling_open(self) -> bool:
        return bool(self.signaling.is_open)

    def begin(self, pressed: bool) -> None:
        """The session's modules are there: go on where the page was left, or where the form was sent."""
        self.page.controller = self
        self._tick()
        session_id = self.host.recall("session")
        self.token = self.host.recall("token") or ""
        if self.token and self.token == self.ending.farewell.token:
            # Whoever has ended a session does not come back to it; the server is only told.
            self.ending.forget()
            self.token = ""
        if session_id and self.token:
            self.resumes = True
            self.host.attention.register()
            restore(self, session_id)
            return
        self.host.records.sweep([])
        if self.ending.farewell.is_pending:
            self.signaling.open()
        if pressed:
            self.start_chat()
            self.changed()

    def handle(self, action: "tuple[Any, ...]", value: "Any") -> "Any":
        if self.session is not None and not self.ending.is_over:
            self.session.look_after_leases()
        handler = ACTIONS.get(action[0])
        if handler is None:
            self.page.portal.handle(action, value)
            answer = None
        else:
            answer = handler(self, action[1:], value)
        self.changed()
        return answer

    # the way in

    def start_chat(self) -> None:
        form = self.state["portal"]
        form["problem"] = problem(form)
        form["busy"] = not form["problem"]
        if form["problem"]:
            return
        self.enter()

    def enter(self) -> None:
        """Onto the way in; the form is kept until the server has it. Said again, it changes nothing."""
        if self.enters or self.session is not None:
            return
        self.enters = True
        self.host.attention.register()
        if self.ending.farewell.is_pending:
            self.signaling.open()  # and then anew, as somebody else
        elif self.signaling_open:
            self.send_enter()
        else:
            self.signaling.open()

    def send_enter(self) -> None:
        form = self.state["portal"]
        message = {
            "type": "enter",
            "name": " ".join(cleaned(form["name"], MAX_NAME).split()),
            "question": cleaned(form["question"], MAX_QUESTION, True).strip(),
            "language": self.t.language,
            "notifications": self.host.attention.permission,
        }
        if form["issue"]:
            message["issue"] = form["issue"]
        if key_of(form):
            message["key"] = key_of(form)
        self.signaling.send(message)

    def admitted(self, session_id: str, token: str) -> None:
        """The server has the form, and this page comes back to it with the token."""
        self.enters = False
        self.token = token
        form = self.state["portal"]
        kept = {"token": token, "session": session_id, "name": form["name"], "issue": form["issue"]}
        kept["told_language"] = self.t.language
        for key in kept:
            self.host.remember(key, kept[key])
        for name in PORTAL_DRAFTS:
            self.host.keep_draft(name, "")
        if self.session is None:
            self.make_session(session_id)

    def started_anew(self) -> None:
        """What was never in the queue is not known any more: the form again, with what is still known of it."""
        self.ending.forget()
        self.token = ""
        self.resumes = False
        self.session = None
        self.signaling.close()
        self.state["screen"] = "portal"

    # what the server says

    def signaling_opened(self) -> None:
        self.line.opened()
        message = {"type": "hello", "role": "customer", "page": self.host.page}
        token = self.token if self.session is not None else self.ending.farewell.token
        if token:
            message["resume"] = token
        self.signaling.send(message)
        self.changed()

    def signaling_closed(self, code: int, is_final: bool) -> None:
        self.line.closed(code, is_final)

    def signaling_received(self, message: "dict[str, Any]") -> None:
        if self.ending.is_over:
            self.ending.received(message)
            return
        if self.session is None and self.ending.farewell.is_pending:
            self.ending.farewell.say(message)
            return
        handler = REPLIES.get(message["type"])
        if handler is not None:
            handler(self, message)
        self.changed()

    def send_signal(self, session: str, peer: str, negotiation: "dict[str, Any]") -> None:
        self.signaling.send({"type": "signal", "to": peer, "negotiation": negotiation})

    def tell_reach(self, session: str, connected: bool) -> bool:
        return bool(self.signaling.send({"type": "reach", "connected": connected}))

    # the session

    def make_session(self, session_id: str) -> None:
        session = CustomerSession(self.host, session_id, self)
        self.session = session
        self.state["talk"] = session.conversation.talk
        self.host.attention.muted = session.conversation.talk["muted"]
        session.conversation.talk["draft"] = self.host.draft("talk")
        session.was_sharing = self.host.recall("sharing") == session_id

    def end(self, reason: str) -> None:
        """The person's own end."""
        self.ending.chosen(reason, {"type": "end"})

    def session_over(self, reason: str) -> None:
        """The end, as somebody else says it."""
        self.ending.over(reason)

    def leave_to(self, screen: str) -> None:
        """Another tab has the session, or nothing more can be done here: this page lets go of everything."""
        if self.session is not None:
            self.session.conversation.let_go()
            self.session.finish("taken_over")
            self.session = None
        self.host.attention.calm()
        self.state["screen"] = screen

    def leaving(self) -> None:
        """The page is being left or loaded anew: nothing goes on being shared."""
        self.host.stop_media()
        if self.session is not None:
            self.session.leaving()

    def latest_seen(self) -> None:
        session = self.session
        if session is not None and self.host.attention.is_present and self.log.is_at_end:
            session.conversation.seen()
            self.changed()

    def attract(self, what: str, name: str) -> None:
        """Something came that the person should know of, wherever they look."""
        attention = self.host.attention
        title = self.t("attract." + what, name=name)
        self.state["status"] = title
        if not attention.is_present:
            attention.notify(title, self.t("attract.body"), what)
            attention.flash(title, what)
        if what != "message" or not attention.is_present:
            attention.sound()

    def language_changed(self) -> None:
        language_changed(self)

    def entry_changed(self, conversation: "Any", entry: "dict[str, Any]") -> None:
        self.log.put(conversation, entry)
        self.changed()

    def revoked(self) -> None:
        """The guard has acted on the red X."""
        if self.session is not None and not self.ending.is_over:
            self.session.revoked()
        self.page.render()
        self.host.guard_shown()

    # rendering

    def changed(self) -> None:
        self.page.changed()

    def fill(self) -> None:
        fill(self)

    def rendered(self) -> None:
        self.log.attach(self.session.conversation if self.session is not None else None)
        if self._small is not None:
            self._small.render(small_window(self.state, self.t))
        if self.session is not None and self.session.conversation.has_unseen:
            self.latest_seen()

    def small_window_opened(self, made: "Any") -> None:
        self._small = self.host.root_in(made, self.handle)
        self.changed()

    def small_window_closed(self) -> None:
        if self._small is not None:
            self._small.dom.close()
            self._small = None
        self.changed()

    def _tick(self) -> None:
        self._ticking = self.host.later(1000.0, self._tick)
        lost = self.session is not None and self.session.has_met and self.session.connection != "connected"
        self.signaling.tick(lost and not self.ending.is_over)
        if self.session is not None and not self.ending.is_over:
            self.session.tick()
            if not self.session.permissions.pending(self.host.now()):
                self.host.attention.over("permission")
            self.way.tick()
            self.absence.tick()
            self.changed()
