"""The desk: the queue, the sessions side by side, and the one that is looked at."""

from ...core.close_codes import NOT_SIGNED_IN, OUTDATED, TAKEN_OVER, WRONG_ORIGIN
from ..log import LogView
from ..outdated import outdated
from ..proxy import Proxy
from ..rendering import Rendering
from ..session import rtc_configuration
from .actions import ACTIONS
from .canned import CannedMessages
from .door import Door
from .drafts import Drafts
from .fill import fill
from .left_messages import LeftMessages
from .queue import Queue
from .recordings import Recordings
from .replies import REPLIES
from .session import RepresentativeSession
from .session_key import SessionKey
from .start import first_state
from .views import page as page_view
from .views_conversation import OWN_ENDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ConsoleController:
    """`root` shows it, `signaling` speaks with the server once somebody is signed in, `language` changes `t`."""

    def __init__(self, host: "Any", root: "Any", t: "Any", signaling: "Any", language: "Any") -> None:
        self.host = host
        self.root = root
        self.t = t
        self.signaling = signaling
        self.state = first_state()
        self.language = language
        language.attach(self.state, self.language_changed)
        self.site: "dict[str, Any]" = {}
        self.drafts = Drafts(host)
        self.door = Door(host, self)
        self.proxy = Proxy(host, self._misconfigured, self._misconfigured)
        self.was_connected = False
        self.queue = Queue(host, root, t)
        self.key = SessionKey(host, self)
        self.left_messages = LeftMessages(host, self)
        self.canned = CannedMessages(host, self)
        self.recordings = Recordings(host, self)
        self.notices: "list[dict[str, Any]]" = []
        self.log = LogView(root, t, self.latest_seen)
        self.sessions: "dict[str, RepresentativeSession]" = {}
        self.wishes_available: "bool | None" = None  # pressed, and not answered yet
        self.expected: "list[str]" = []  # sessions that the server has named and not yet told of
        self.takes = False  # somebody was accepted by hand, and the server has not answered yet
        self._rendering = Rendering(host.later, host.passed, self._render)

    @property
    def signaling_open(self) -> bool:
        return bool(self.signaling.is_open)

    @property
    def selected(self) -> "RepresentativeSession | None":
        return self.sessions.get(self.state["selected"])

    def start(self, token: str) -> None:
        """Adopt the static page and see who is there; `token` is that of the one-time link, or ""."""
        self.root.adopt(page_view(self.state, self.t))
        self.drafts.start()
        self.fetch_site()
        self.door.open(token)
        self._tick()

    def refuse(self) -> None:
        """Instead of `start`: say that this browser cannot hold a session."""
        self.root.adopt(page_view(self.state, self.t))
        self.state["screen"] = "unsupported"
        self.fetch_site()
        self.changed()

    def fetch_site(self) -> None:
        self.host.request("GET", "/api/site?language=" + self.t.language, None, self._site_read)

    def _site_read(self, status: int, answer: "dict[str, Any]") -> None:
        if status == 200 and "company" in answer:
            self.site = answer
            self.state["company"] = answer["company"]
            self.language.offer(answer.get("languages", []), answer.get("language", ""))
            self.changed()

    def came_in(self) -> None:
        self.state["screen"] = "desk"
        self.drafts.belong_to(self.state["name"])
        self.host.attention.register()
        self.signaling.open()
        self.recordings.go(self.host.fragment())
        self.changed()

    def handle(self, action: "tuple[Any, ...]", value: "Any") -> "Any":
        handler = ACTIONS.get(action[0])
        answer = None if handler is None else handler(self, action[1:], value)
        self._note_drafts()
        self.changed()
        return answer

    # what is written and not sent

    def _note_drafts(self) -> None:
        """Whatever an action has made of a field that somebody writes into."""
        if self.state["screen"] != "desk":
            return
        session = self.selected
        if session is not None and not session.ended:
            texts = session.drafts()
            for field in texts:
                self.drafts.note(session.id, field, texts[field])
        self.recordings.note_drafts()

    def written_elsewhere(self, key: str, text: "str | None") -> None:
        """Another tab has changed something in the browser's storage."""
        found = self.drafts.written_elsewhere(key, text)
        session = None if found is None else self.sessions.get(found[0])
        if found is not None and session is not None:
            session.restore_draft(found[1], found[2])
            self.changed()

    def leaving(self) -> None:
        """The page goes away, or may."""
        self.drafts.flush()

    # what the server says

    def signaling_opened(self) -> None:
        self.proxy.cleared()
        if self.state["screen"] == "misconfigured":
            self.state["screen"] = "desk"
        self.signaling.send({"type": "hello", "role": "representative", "page": self.host.page})

    def signaling_closed(self, code: int, is_final: bool) -> None:
        if code == NOT_SIGNED_IN:
            self._let_go()
            # What comes back has forgotten its connections, as a page that is loaded anew has: it is another peer.
            self.host.page = self.host.identifier()
            self.door.turned_away()
        elif code == TAKEN_OVER:
            self._let_go()
            self.state["screen"] = "taken_over"
        elif code in OUTDATED:
            # It goes on trying, and so do the sessions with the customers' pages.
            self.state["outdated"] = outdated(self.host)
        elif is_final:
            self._let_go()
            self.state["screen"] = "unsupported"
        if (not is_final and not self.was_connected) or code == WRONG_ORIGIN:
            # The server let this person in, and the line does not come about.
            self.proxy.suspect()
        self.queue.accepting("")
        self.queue.ask_to_remove("")
        self.takes = False
        self.key.disconnected()
        self.changed()

    def _misconfigured(self, lines: "list[str]") -> None:
        if self.state["screen"] in ("desk", "misconfigured", "unsupported") and not self.was_connected:
            self.state["screen"] = "misconfigured"
            self.state["change"] = lines
            self.changed()

    def signaling_received(self, message: "dict[str, Any]") -> None:
        if message["type"] != "ping":
            self.was_connected = True
            self.door.recognised()
        handler = REPLIES.get(message["type"])
        if handler is not None:
            handler(self, message)
        self.changed()

    def send_signal(self, session: str, peer: str, negotiation: "dict[str, Any]") -> None:
        self.signaling.send({"type": "signal", "session": session, "to": peer, "negotiation": negotiation})

    def tell_reach(self, session: str, connected: bool) -> bool:
        return bool(self.signaling.send({"type": "reach", "session": session, "connected": connected}))

    # sessions

    def open_session(self, about: "dict[str, Any]") -> bool:
        """A session of this representative: told again after signaling or the page came back, or new (True)."""
        session = self.sessions.get(about["session"])
        if session is not None and session.ended == "handed_back":
            # The customer has waited since, and comes back to the same person.
            self._put_away(session.id)
            session = None
        is_new = session is None
        if session is None:
            session = RepresentativeSession(self.host, about, self)
            self.sessions[session.id] = session
            for field in session.drafts():
                session.restore_draft(field, self.drafts.text(session.id, field))
            if not self.state["selected"]:
                self.select(session.id)
            self._load(session)
        session.is_there = "peer" in about
        if session.ended:
            # It ended while the server was away.
            self.signaling.send({"type": "end", "session": session.id})
        elif "peer" in about:
            session.joined(about["peer"], session.name, rtc_configuration(about))
        return is_new

    def _put_away(self, session_id: str) -> None:
        del self.sessions[session_id]
        if self.state["selected"] == session_id:
            self.state["selected"] = ""
            self.render()  # the element of its log goes with it

    def _load(self, session: RepresentativeSession) -> None:
        records = self.host.records

        def entries_loaded(entries: "list[Any]") -> None:
            records.load(session.id + "/stream", lambda streams: streams_loaded(entries, streams))

        def streams_loaded(entries: "list[Any]", streams: "list[Any]") -> None:
            if not session.ended:
                session.loaded(entries, streams[0] if streams else None)
                self.changed()

        records.load(session.id + "/entry/", entries_loaded)

    def session_over(self, session_id: str, reason: str) -> None:
        """It ended; it stays on the list, to be read, until it is closed."""
        if reason != "handed_back":  # they wait, and may come back to the one who was writing
            self.drafts.forget(session_id)
        session = self.sessions.get(session_id)
        if session is None or session.ended:
            return
        session.finish(reason)
        session.conversation.event("ended", reason in OWN_ENDS, reason=reason)
        session.conversation.let_go()
        self.host.records.delete(session_id + "/")
        self.changed()

    def close_session(self, session_id: str) -> None:
        session = self.sessions.get(session_id)
        if session is not None and session.ended:
            del self.sessions[session_id]
            if self.state["selected"] == session_id:
                self.state["selected"] = ""
                self.state["tab"] = "sessions"
                for other in self.sessions:
                    self.select(other)
                    break

    def select(self, session_id: str) -> None:
        if session_id in self.sessions:
            self.state["selected"] = session_id
            self.state["tab"] = "conversation"

    def _let_go(self) -> None:
        self.drafts.flush()
        for session in self.sessions.values():
            if not session.ended:
                session.conversation.let_go()
                session.finish("taken_over")
        self.sessions = {}
        self.host.attention.calm()
        self.queue.clear()
        self.left_messages.clear()
        self.recordings.clear()
        self.state["selected"] = ""
        self.state["waiting"] = 0
        self.state["known"] = False
        self.wishes_available = None
        self.state["switching"] = False

    def message_arrived(self, session: RepresentativeSession, entry: "dict[str, Any]") -> None:
        """Somebody wrote or offered a file: count it where it is not seen, and say so."""
        attention = self.host.attention
        text = self.t("attract.file" if entry["kind"] == "file" else "attract.message", name=session.name)
        if session is not self.selected or self.recordings.is_open or not attention.is_present:
            session.unread += 1
            attention.sound()
        self.state["status"] = text
        if not attention.is_present:
            attention.notify(text, self.t("attract.body"), session.id)
            attention.flash(text, session.id)

    def customer_arrived(self, entry: "dict[str, Any]") -> None:
        name = entry["name"] or self.t("person.customer")
        self.announce(self.t("attract.waiting", name=name), "queue")

    def announce(self, text: str, about: str) -> None:
        """Something for whoever is available, wherever they look."""
        self.state["status"] = text
        if self.state["available"]:
            self.host.attention.sound()
            self.host.attention.notify(text, self.t("attract.body"), about)
            self.host.attention.flash(text, about)

    def latest_seen(self) -> None:
        session = self.selected
        if session is not None and self.host.attention.is_present and self.log.is_at_end:
            session.unread = 0
            if session.conversation.has_unseen or session.conversation.talk["unseen"]:
                session.conversation.seen()
                self.changed()

    def entry_changed(self, conversation: "Any", entry: "dict[str, Any]") -> None:
        self.log.put(conversation, entry)
        self.changed()

    def language_changed(self) -> None:
        for session in self.sessions.values():
            session.conversation.say_times_again()
        self.log.redraw()
        self.queue.tick(anew=True)
        self.left_messages.language_changed()
        self.recordings.language_changed()
        self.changed()

    def focus(self, reference: str) -> None:
        """Give the focus to an element that stays when the page is rendered next."""
        if reference in self.root.refs:
            self.root.dom.focus(self.root.refs[reference])

    # rendering

    def changed(self) -> None:
        self._rendering.changed()

    def settle(self) -> None:
        self._rendering.settle()

    def render(self) -> None:
        self._rendering.at_once()

    def _render(self) -> None:
        fill(self)
        self.root.render(page_view(self.state, self.t))
        session = self.selected if self.state["screen"] == "desk" else None
        self.queue.attach()
        self.log.attach(session.conversation if session is not None and not session.is_loading else None)
        for one in self.sessions.values():
            one.screen.show_in(self.root.refs.get("screen") if one is session else None)
        self.recordings.attach()
        self.latest_seen()

    def _tick(self) -> None:
        self.host.later(1000.0, self._tick)
        self.signaling.tick(any(one.connection != "connected" for one in self.sessions.values() if not one.ended))
        for session in self.sessions.values():
            if not session.ended:
                session.tick()
        if self.state["screen"] == "desk":
            self.queue.tick()
            self.changed()
