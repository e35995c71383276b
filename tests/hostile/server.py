"""The server under attack: everybody who may open a WebSocket to it sends what they like, in every state there is."""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidStatus

from deskside.core.codec import check
from deskside.core.errors import ProtocolError
from deskside.core.messages import TABLES
from tests.hostile.finding import Finding
from tests.hostile.frames import MARK, Forge, Frame
from tests.signaling.recorder import Recorder, knocking
from tests.signaling.recorder import recorder as present_recorder
from tests.signaling.server import PATIENCE, Page, Site
from tests.signaling.test_session import NEGOTIATION

_AT_ONCE = {"customer to server": 12, "representative to server": 40, "recorder to server": 2}
"""Frames of one visit. More nonsense than this is cut off, which has tests of its own, and a recorder at the first."""


@dataclass(frozen=True)
class Stand:
    """Somebody in a state: a WebSocket on which the next frame is theirs."""

    page: Page
    ids: tuple[str, ...] = ()


class Visitors:
    """Brings people into states. `cookie` is of the representative who is hostile."""

    def __init__(self, site: Site, cookie: str) -> None:
        self._site = site
        self._cookie = cookie

    def stranger(self) -> Stand:
        """Nothing was said yet."""
        return Stand(self._site.page())

    def knocking_representative(self) -> Stand:
        """Nothing was said yet, but there is a cookie."""
        return Stand(self._site.page(self._cookie))

    def newcomer(self) -> Stand:
        """`welcome`, and not yet `enter`."""
        return Stand(self._site.customer()[0])

    def asked(self) -> Stand:
        """At a step that asks for consent."""
        customer, admitted = self._site.arriving(MARK)
        return Stand(customer, (admitted["session"], admitted["token"], customer.at("recording")["about"]))

    def waiting(self) -> Stand:
        """In the queue."""
        customer, admitted = self._site.arriving(MARK)
        customer.answer(customer.at("recording"), "refuse")
        customer.until("queued")
        return Stand(customer, (admitted["session"], admitted["token"]))

    def served(self) -> Stand:
        """A customer in a session, who has allowed the recording."""
        customer, ids, _ = self._meeting()
        return Stand(customer, ids)

    def left(self) -> Stand:
        """A customer whose representative is gone."""
        customer, ids, console = self._meeting()
        console.close()
        return Stand(customer, ids)

    def over(self) -> Stand:
        """A customer whose session was ended."""
        customer, ids, console = self._meeting()
        console.send("end", session=ids[0])
        customer.until("ended")
        return Stand(customer, ids)

    def representative(self) -> Stand:
        """Signed in; nobody was taken."""
        return Stand(self._console())

    def representative_with_a_queue(self) -> Stand:
        """Somebody waits."""
        waiting = self.waiting()
        return Stand(self._console(), waiting.ids)

    def serving(self) -> Stand:
        """In a session."""
        _, ids, console = self._meeting()
        return Stand(console, ids)

    def served_to_the_end(self) -> Stand:
        """A representative whose session was ended."""
        customer, ids, console = self._meeting()
        customer.send("end")
        console.until("ended")
        return Stand(console, ids)

    def knocking_recorder(self) -> Stand:
        """A recorder that has not said who it is."""
        return Stand(knocking(self._site))

    def recorder(self) -> Stand:
        """A recorder that nobody needs yet."""
        return Stand(present_recorder(self._site))

    def recording(self) -> Stand:
        """A recorder with an offer."""
        there = present_recorder(self._site)
        customer, ids, _ = self._meeting()
        customer.send("recording_offer", id="one", sdp="v=0\r\n")
        offer = there.until("offer")
        return Stand(there, (ids[0], offer["recording"]))

    def _console(self) -> Page:
        return self._arrived()[0]

    def _arrived(self) -> tuple[Page, dict[str, Any]]:
        console = self._site.page(self._cookie)
        console.send("hello", role="representative", page=secrets.token_urlsafe(8))
        return console, console.until("welcome")  # before it may come who was handed back

    def _meeting(self) -> tuple[Page, tuple[str, ...], Page]:
        console, welcome = self._arrived()
        for former in welcome["sessions"]:
            console.send("end", session=former)
        customer, admitted = self._site.arriving(MARK)
        customer.answer(customer.at("recording"), "allow")
        customer.until("queued")
        session = _accepted(console, admitted["session"])
        joined = customer.until("joined")
        return customer, (admitted["session"], admitted["token"], session["peer"], joined["peer"]), console


def _accepted(console: Page, id: str) -> dict[str, Any]:
    """Take that customer; the session, which the console may hear of after earlier ones."""
    console.send("accept", session=id)
    while (session := console.until("accepted")["session"])["session"] != id:
        pass
    return dict(session)


@dataclass(frozen=True)
class State:
    """`reach` brings a WebSocket there; what is sent belongs to `table`, what comes back to `answers`."""

    name: str
    table: str
    answers: str
    reach: Callable[[Visitors], Stand]
    greets: bool = False
    """Nothing was said yet: the first frame decides, and every further one needs another WebSocket."""


_CUSTOMER = ("customer to server", "server to customer")
_REPRESENTATIVE = ("representative to server", "server to representative")
_RECORDER = ("recorder to server", "server to recorder")
STATES = (
    State("stranger", *_CUSTOMER, Visitors.stranger, True),
    State("customer before enter", *_CUSTOMER, Visitors.newcomer),
    State("customer who is asked", *_CUSTOMER, Visitors.asked),
    State("customer in the queue", *_CUSTOMER, Visitors.waiting),
    State("customer in a session", *_CUSTOMER, Visitors.served),
    State("customer whose representative is away", *_CUSTOMER, Visitors.left),
    State("customer after the end", *_CUSTOMER, Visitors.over),
    State("representative before hello", *_REPRESENTATIVE, Visitors.knocking_representative, True),
    State("representative alone", *_REPRESENTATIVE, Visitors.representative),
    State("representative with a queue", *_REPRESENTATIVE, Visitors.representative_with_a_queue),
    State("representative in a session", *_REPRESENTATIVE, Visitors.serving),
    State("representative after the end", *_REPRESENTATIVE, Visitors.served_to_the_end),
    State("recorder before hello", *_RECORDER, Visitors.knocking_recorder, True),
    State("recorder alone", *_RECORDER, Visitors.recorder),
    State("recorder with an offer", *_RECORDER, Visitors.recording),
)


def attack(visitors: Visitors, state: State, forge: Forge, wrong: int) -> Iterator[Frame]:
    """Send all there is in this state; every frame that was sent. Raises Finding when an answer is none of `answers`
    or repeats what was sent."""
    others = () if state.table == "recorder to server" else _ELSEWHERE
    frames = forge.batch(state.table, wrong, [table for table in others if table != state.table])
    while frames:
        count = 1 if state.greets else _AT_ONCE[state.table]
        batch, frames = frames[:count], frames[count:]
        stand = state.reach(visitors)
        forge.ids[:] = stand.ids
        sent: list[Frame] = []
        with suppress(ConnectionClosed):
            for frame in batch:
                stand.page.raw(frame.data.replace('"@next"', "1") if isinstance(frame.data, str) else frame.data)
                sent.append(frame)
            if not state.greets:
                _hear(stand.page, state, sent)
        yield from sent
        stand.page.drop()


_ELSEWHERE = ("customer to server", "representative to server", "control")


def _hear(page: Page, state: State, sent: Sequence[Frame]) -> None:
    """Read all answers; who is still welcome has one to a last question."""
    if isinstance(page, Recorder):
        answered = page.connection.ping()
        while not answered.is_set():
            with suppress(TimeoutError):
                _checked(page.connection.recv(0.05), state, sent)
        return
    page.send("ping")
    while _checked(page.connection.recv(PATIENCE), state, sent)["type"] != "pong":
        pass


def _checked(text: str | bytes, state: State, sent: Sequence[Frame]) -> dict[str, Any]:
    try:
        answer = check(json.loads(text), TABLES[state.answers])
    except (ProtocolError, ValueError) as error:
        raise Finding(f"the server answered what is no message: {error!r}", sent) from None
    if answer["type"] == "error" and MARK in str(text):
        raise Finding("an error repeats what was sent", sent)
    return answer


class Bystanders:
    """An honest customer and an honest representative, who talk while others are attacked."""

    def __init__(self, site: Site, cookie: str) -> None:
        self._site = site
        self._console = site.page(cookie)
        self._console.send("hello", role="representative", page=secrets.token_urlsafe(8))
        welcome = self._console.until("welcome")
        for former in welcome["sessions"]:
            self._console.send("end", session=former)
        self._peer = welcome["peer"]
        self._customer, admitted = site.arriving("Honest")
        self._customer.answer(self._customer.at("recording"), "refuse")
        self._customer.until("queued")
        self._session = _accepted(self._console, admitted["session"])
        self._customer.until("joined")
        self._number = 0

    def are_served(self) -> None:
        """What one says reaches the other, both ways."""
        self._number += 1
        said = NEGOTIATION | {"number": self._number}
        self._customer.send("signal", to=self._peer, negotiation=said)
        assert self._console.until("signal")["negotiation"] == said
        self._console.send("signal", session=self._session["session"], to=self._session["peer"], negotiation=said)
        assert self._customer.until("signal")["negotiation"] == said


def are_shut_out(site: Site) -> None:
    """Who has no right to a WebSocket gets none."""
    doors: tuple[Callable[[], Page], ...] = (
        lambda: knocking(site, None),
        lambda: knocking(site, MARK),
        lambda: knocking(site, origin=site.url),
        lambda: site.page(origin="https://elsewhere.example"),
        lambda: site.page(subprotocols=["deskside.v2"]),
    )
    for door in doors:
        try:
            door()
        except InvalidStatus as refused:
            assert refused.response.status_code in (400, 401, 403)
        else:
            raise Finding("the server let somebody in who has no right to it", [])
    for origin in (None, "https://elsewhere.example"):
        with suppress(InvalidStatus):
            page = site.page(origin=origin)
            page.send("hello", role="representative", page="stranger")
            assert page.close_code() in (4401, 4403)
