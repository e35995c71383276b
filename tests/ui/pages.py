"""Sessions and pages for tests: the real controllers over a FakeHost."""

from typing import Any

from deskside.core.codec import check
from deskside.core.messages import FROM_CUSTOMER, FROM_REPRESENTATIVE, TO_CUSTOMER, TO_REPRESENTATIVE
from deskside.ui.console.controller import ConsoleController
from deskside.ui.customer.controller import CustomerController
from deskside.ui.customer.portal import Portal, first_state
from deskside.ui.customer.session import CustomerSession
from deskside.ui.customer.views import page as customer_view
from deskside.ui.element import Root
from deskside.ui.text import Catalogue
from tests.ui.catalogue import english
from tests.ui.fakes import FakeHost
from tests.ui.fakes_dom import FakeDom
from tests.ui.fakes_peer import FakePeer
from tests.ui.fakes_recordings import FakeConsoleHost

T = Catalogue(english())
SITE = {"company": "Acme", "greeting": "", "issues": [], "ice_servers": [], "max_file_size": 10_000, "available": True}


class FakeSignaling:
    """The WebSocket to the server; what would break the protocol raises, as on the real one."""

    def __init__(self, sent: Any, received: Any) -> None:
        self._sent = sent
        self._received = received
        self.owner: Any = None
        self.is_open = False
        self.wanted = False
        self.sent: list[dict[str, Any]] = []
        self.is_urgent = False

    def open(self) -> None:
        self.wanted = True

    def close(self) -> None:
        self.wanted = False
        self.is_open = False

    def send(self, message: dict[str, Any]) -> bool:
        if self.is_open:
            self.sent.append(check(message, self._sent))
        return self.is_open

    def tick(self, urgent: bool = False) -> None:
        self.is_urgent = urgent

    # the server

    def connect(self) -> None:
        assert self.wanted, "nobody asked for a connection"
        self.is_open = True
        self.owner.signaling_opened()

    def drop(self, code: int = 1006, final: bool = False) -> None:
        self.is_open = False
        self.owner.signaling_closed(code, final)

    def say(self, kind: str, **fields: Any) -> None:
        self.owner.signaling_received(check({"type": kind, **fields}, self._received))

    def kinds(self) -> list[str]:
        return [message["type"] for message in self.sent]


class FakeLanguage:
    """The language of the page, with the surface of `runtime.language`; what is chosen is there at once."""

    def __init__(self) -> None:
        self.chosen: list[str] = []
        self.shown: list[str] = []
        self._changed: Any = None

    def attach(self, state: dict[str, Any], changed: Any) -> None:
        self._state = state
        self._changed = changed

    def choose(self, language: str) -> None:
        self.chosen.append(language)
        self._state["language"] = language
        self._changed()

    def show(self, language: str) -> None:
        self.shown.append(language)

    def offer(self, languages: list[str], preferred: str) -> None:
        self._state["languages"] = languages


class FakePage:
    """What a session needs of the page around it."""

    def __init__(self) -> None:
        self.site: dict[str, Any] = dict(SITE)
        self.state: dict[str, Any] = {"nudged": False}
        self.t = T
        self.signaling_open = True
        self.over: list[str] = []
        self.reached: list[bool] = []
        self.attracted: list[str] = []

    def changed(self) -> None:
        pass

    def entry_changed(self, conversation: Any, entry: dict[str, Any]) -> None:
        pass

    def send_signal(self, session: str, peer: str, negotiation: dict[str, Any]) -> None:
        pass

    def tell_reach(self, session: str, connected: bool) -> bool:
        self.reached.append(connected)
        return True

    def attract(self, what: str, name: str) -> None:
        self.attracted.append(what)

    def session_over(self, reason: str) -> None:
        self.over.append(reason)

    def small_window_opened(self, made: Any) -> None:
        pass

    def small_window_closed(self) -> None:
        pass


def customer_session(host: FakeHost, peer: str = "rep") -> tuple[CustomerSession, FakePeer]:
    """A customer's session with somebody there."""
    session = CustomerSession(host, "session", FakePage())
    session.joined(peer, "Ann", {})
    host.peers[-1].meet()
    return session, host.peers[-1]


def events(conversation: Any) -> list[str]:
    return [entry["event"] for entry in log(conversation) if entry["kind"] == "event"]


def log(conversation: Any) -> list[dict[str, Any]]:
    return [conversation.entries[entry_id] for entry_id in conversation.order]


class CustomerPage:
    """The customer's page as its composition root builds it."""

    def __init__(self, host: FakeHost | None = None) -> None:
        self.host = FakeHost() if host is None else host
        self.state = first_state()
        self.t = T
        self.site: dict[str, Any] = dict(SITE)
        self.dom = FakeDom()
        self.root = Root(self.dom, self.dom.place)
        self.portal = Portal(self.state, self.host.keep_draft)
        self.controller: Any = None
        self.fetched = 0
        self.signaling = FakeSignaling(FROM_CUSTOMER, TO_CUSTOMER)
        made = CustomerController(self.host, self, self.signaling)
        self.signaling.owner = made

    def begin(self, pressed: bool = False) -> "CustomerPage":
        CustomerController.begin(self.signaling.owner, pressed)
        self.host.wait(0)
        return self

    def changed(self) -> None:
        self.render()

    def fetch_site(self) -> None:
        self.fetched += 1

    def render(self) -> None:
        if self.controller is not None:
            self.controller.fill()
        self.root.render(customer_view(self.state, self.t))
        if self.controller is not None:
            self.controller.rendered()

    def do(self, *action: Any, value: Any = None) -> Any:
        return self.controller.handle(action, value)

    @property
    def session(self) -> Any:
        return self.controller.session

    @property
    def screen(self) -> str:
        return str(self.state["screen"])

    # the way in

    def enter(self) -> "CustomerPage":
        """Through the portal onto the way in."""
        self.begin()
        self.do("start_chat")
        self.signaling.connect()
        self.welcome("new")
        self.signaling.say("admitted", session="s1", token="t1")
        return self

    def welcome(self, state: str, **fields: Any) -> None:
        self.signaling.say("welcome", peer="me", state=state, now=int(self.host.time), **fields)

    def step(self, step: str, **fields: Any) -> "CustomerPage":
        """The server leads to a step."""
        self.signaling.say("step", **{"step": step, "title": "", "text": "", **fields})
        return self

    def queued(self, position: int = 3, **fields: Any) -> "CustomerPage":
        self.signaling.say("queued", position=position, entered_at=1_700_000_000_000, **fields)
        return self

    def queue(self) -> "CustomerPage":
        """Into the queue, on a site that asks nothing before."""
        return self.enter().queued().step("queue")

    def reloaded(self) -> "CustomerPage":
        """The same tab with the page loaded anew, and its line open."""
        after = CustomerPage(FakeHost(self.host.device, self.host.records, self.host.drafts)).begin()
        after.host.time = self.host.time
        after.signaling.connect()
        return after

    def join(self, peer: str = "rep", name: str = "Ann") -> "CustomerPage":
        self.signaling.say("joined", peer=peer, name=name, ice_servers=[], started_at=1)
        return self

    def talk(self) -> "CustomerPage":
        """Into a session with somebody there."""
        self.queue().join()
        self.host.peers[-1].meet()
        return self


_PERSON = {"session": "s1", "name": "Bob", "issue": "", "team": "", "language": "en"}
ABOUT: dict[str, Any] = _PERSON | {"question": "Help", "started_at": 1, "ice_servers": []}
ENTRY: dict[str, Any] = _PERSON | {"question": "", "entered_at": 1, "connected": True}


class ConsolePage:
    """The console as its composition root builds it."""

    def __init__(self, host: FakeConsoleHost | None = None) -> None:
        self.host = FakeConsoleHost() if host is None else host
        self.dom = FakeDom()
        self.signaling = FakeSignaling(FROM_REPRESENTATIVE, TO_REPRESENTATIVE)
        root = Root(self.dom, self.dom.place)
        self.language = FakeLanguage()
        self.console = ConsoleController(self.host, root, T, self.signaling, self.language)
        self.signaling.owner = self.console

    @property
    def state(self) -> dict[str, Any]:
        return self.console.state

    def start(self, token: str = "") -> "ConsolePage":
        self.console.start(token)
        self.answer("/api/site", 200, SITE)
        return self

    def answer(self, path: str, status: int, answer: Any) -> None:
        """The server answers the oldest request for this path."""
        found = next(request for request in self.host.requests if request[1].partition("?")[0] == path)
        self.host.requests.remove(found)
        found[3](status, answer)
        self.host.wait(0)

    def do(self, *action: Any, value: Any = None) -> Any:
        answer = self.console.handle(action, value)
        self.host.wait(0)
        return answer

    def say(self, kind: str, **fields: Any) -> None:
        self.signaling.say(kind, **fields)
        self.host.wait(0)

    def welcome(self, sessions: list[str] | None = None, waiting: int = 0) -> None:
        about = {"name": "ann", "available": True, "waiting": waiting, "sessions": sessions or []}
        self.say("welcome", peer="me", now=int(self.host.time), **about)

    def sign_in(self, sessions: list[str] | None = None) -> "ConsolePage":
        self.start()
        self.answer("/api/me", 200, {"name": "ann", "administrator": False})
        self.signaling.connect()
        self.welcome(sessions)
        return self

    def accepted(self, session: str = "s1", peer: str = "customer", name: str = "Bob") -> "ConsolePage":
        self.say("accepted", session={**ABOUT, "session": session, "peer": peer, "name": name})
        return self
