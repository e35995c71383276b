"""Real pages under attack: by the other person's page over the channels between them, by the recorder, and by a server.

Each function is a generator of acts. Between two of them the caller may stop, and look after the others.
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FilePayload, expect

from deskside.core.versions import SPOKEN
from e2e.pages.console import Console
from e2e.pages.conversation import Conversation
from e2e.pages.customer import Customer
from tests.bench.server_process import cpu_seconds
from tests.hostile.finding import Finding
from tests.hostile.frames import MARK, Forge, Frame
from tests.hostile.scene import PLAYS_SERVER, Stage
from tests.hostile.seen import Seen

GREETINGS = ("hello",)
WORDS = ("words_commitment", "words_nonce", "words_reveal")
BETWEEN_PAGES = ("control", "chat")
_RECORDED = re.compile(r"^Recording\s+\d")
_RECORDER_SECONDS = 5.0
"""That the recorder may spend on one batch."""
_SLACK = 3.0
"""How much more than in proportion something may cost: what a page does besides comes on top."""
_LEAST = 20.0
"""Milliseconds: nothing is compared with less than that."""
_MESSAGES = 25
_ROUNDS = 4
_KEEPS_BACK = f"globalThis.keepsBack = {[*GREETINGS, *WORDS]};"
_FILE: FilePayload = {"name": f"{MARK}.txt", "mimeType": "text/plain", "buffer": bytes(1 << 19)}


@dataclass(frozen=True)
class Act:
    """What was tried: `sent` has each frame with the state in which it was sent."""

    state: str
    sent: list[Frame]


class Bout:
    """A victim's page against a hostile one; both are real, and connected to each other."""

    def __init__(
        self, name: str, victim: Seen, hostile: Seen, make: Callable[[str], Forge], wrong: int, person: Any
    ) -> None:
        """`make` gives the frames for a state, `person` is in front of the victim's page."""
        self.name = name
        self.victim = victim
        self.hostile = hostile
        self._make = make
        self.wrong = wrong
        self._talk: Conversation = person.talk
        self._turns = 0

    def attack(self, state: str, *labels: str, others: tuple[str, ...] = (), ends: bool = False) -> Act:
        """Send each message of these channels, and look what became of the victim's page. `ends`: also `bye`, by which
        the other person ends the session, as is their right; no other state would come after it."""
        title = f"{self.name}, {state}"
        forge = self._make(title)
        forge.left_out = () if ends else ("bye",)
        before = self.victim.look()
        sent: list[Frame] = []
        try:
            for label in labels:
                forge.ids[:], forge.former[:] = self.hostile.ids()
                batch = forge.batch(label, self.wrong, others)
                sent += batch[: self.hostile.send(label, batch)]
                self.hostile.until_read_by(self.victim, label)
            self.hostile.begin_anew()
            self.victim.judge(before, sent)
            self._can_be_used(sent)
        except Finding as finding:
            finding.act = title
            raise
        return Act(title, sent)

    def attack_with_length(self, state: str) -> Act:
        """Texts eight times as long cost eight times as much, and a long log costs what a short one does."""
        title = f"{self.name}, {state}"
        forge = self._make(title)
        sent: list[Frame] = []

        def cost(frames: list[Frame]) -> float:
            before = self.victim.look()
            sent.extend(frames[: self.hostile.send("chat", frames)])
            self.hostile.until_read_by(self.victim, "chat")
            return self.victim.judge(before, frames).busy - before.busy

        try:
            short, long = cost(forge.texts(1000)), cost(forge.texts(8000))
            if long > 8 * _SLACK * short:
                raise Finding(f"{self.victim.name} took {short:.0f} ms for texts, {long:.0f} for longer ones", sent)
            short, long = cost(forge.refused(10_000)), cost(forge.refused(80_000))
            if long > 8 * _SLACK * max(short, _LEAST):
                raise Finding(f"{self.victim.name} took {short:.0f} ms for frames, {long:.0f} for longer ones", sent)
            first, *_, last = [cost([forge.said("hi") for _ in range(_MESSAGES)]) for _ in range(_ROUNDS)]
            if last > _SLACK * first:
                raise Finding(f"{self.victim.name} took {first:.0f} ms for messages, then {last:.0f}", sent)
        except Finding as finding:
            finding.act = title
            raise
        return Act(title, sent)

    def attack_of_the_recorder(self, state: str) -> Act:
        """The recorder's words, whoever says them. The page is no longer recorded, or is again."""
        title = f"{self.name}, {state}"
        before = self.victim.look()
        frames = self._make(title).batch("timeline", self.wrong, BETWEEN_PAGES)
        self.victim.receive("timeline", frames)
        self.victim.judge(before, frames)
        self._can_be_used(frames)
        return Act(title, frames)

    def _can_be_used(self, sent: list[Frame]) -> None:
        """What its person types stands in the box; the page answers to keys."""
        self._turns += 1
        box, text = self._talk.box, f"typed {self._turns}"
        if box.count():
            box.fill("")
            box.press_sequentially(text)
            if box.input_value() != text:
                raise Finding(f"{self.victim.name} has {box.input_value()!r} where {text!r} was typed", sent)


def against_a_console(stage: Stage, make: Callable[[str], Forge], wrong: int) -> Iterator[Act]:
    """A customer's page does what it likes with the console of Bob, who has an honest customer as well."""
    console, victim = stage.console("Bob")
    console.is_available()
    honest, _ = stage.customer("Honest")
    stage.enter(honest, allows=False)
    console.accept(honest.name)
    honest.is_joined()
    customer, hostile = stage.customer("Mallory", _KEEPS_BACK, shares=True)
    stage.enter(customer, allows=False)
    console.accept(customer.name)
    console.select(customer.name)
    hostile.page.wait_for_function("() => spy.isOpen('control') && spy.isOpen('chat')")
    bout = Bout("a customer against a console", victim, hostile, make, wrong, console)
    yield bout.attack("before hello", *BETWEEN_PAGES)
    yield from _in_session(bout, customer, console)
    _come_back(bout, customer, console)
    customer.share.click()
    console.page.wait_for_function("() => document.querySelector('video')?.videoWidth > 0")
    # The channel stays open as long as its block is not over.
    hostile.page.evaluate("() => spy.unsaid.push('block', 'done')")
    customer.talk.offer(_FILE)
    console.talk.accept_file.last.click()
    victim.may_save += 1
    hostile.page.wait_for_function("() => spy.isOpen('file')")
    yield bout.attack("while it takes a file", "file", others=BETWEEN_PAGES)
    yield bout.attack("while it sees a screen", "control")
    customer.page.evaluate("() => spy.vanish()")
    yield bout.attack("while the customer is away", *BETWEEN_PAGES, ends=True)
    console.select(honest.name)
    honest.talk.say("still here")
    console.talk.has("still here")
    if console.talk.log.get_by_text(MARK).count():
        raise Finding("what a customer wrote stands in another customer's conversation", [])
    console.select(customer.name)
    if console.talk.end.is_visible():  # the customer may have said `bye`
        console.ends()
    yield bout.attack("after the end", *BETWEEN_PAGES)


def against_a_customer(stage: Stage, make: Callable[[str], Forge], wrong: int) -> Iterator[Act]:
    """A representative's page does what it likes with a customer's, which is recorded."""
    console, hostile = stage.console("Cleo", _KEEPS_BACK)
    console.is_available()
    customer, victim = stage.customer("Casey", shares=True)
    stage.enter(customer, allows=True)
    console.accept(customer.name)
    hostile.page.wait_for_function("() => spy.isOpen('control') && spy.isOpen('chat')")
    bout = Bout("a representative against a customer", victim, hostile, make, wrong, customer)
    yield bout.attack("before hello", *BETWEEN_PAGES)
    yield from _in_session(bout, console, customer)
    with stage.recorder() as recorder:
        expect(customer.recording).to_have_text(_RECORDED)
        yield _against_the_recorder(bout, make, recorder)
        # That part of the recording is over; the page begins another one by itself.
        victim.page.wait_for_function("() => spy.watched.timeline > 1 && spy.isOpen('timeline')")
        yield bout.attack_of_the_recorder("while it is recorded")
    _come_back(bout, console, customer)
    customer.share.click()
    console.page.wait_for_function("() => document.querySelector('video')?.videoWidth > 0")
    yield bout.attack("while it shares its screen", "control")
    customer.red_x.click()
    customer.continue_chatting.click()
    customer.shares_nothing()
    if victim.look().state["tracks"]:
        raise Finding("the red X has left a track", [])
    yield bout.attack("after the red X", "control")
    console.page.evaluate("() => spy.vanish()")
    yield bout.attack("while the representative is away", *BETWEEN_PAGES, ends=True)
    if customer.talk.end.is_visible():  # the representative may have said `bye`
        customer.press_end()
    yield bout.attack("after the end", *BETWEEN_PAGES)


def _in_session(bout: Bout, hostile: Customer | Console, victim: Customer | Console) -> Iterator[Act]:
    bout.hostile.page.evaluate("(kinds) => spy.release(...kinds)", GREETINGS)
    hostile.is_joined()
    yield bout.attack("without words", *BETWEEN_PAGES)
    bout.hostile.page.evaluate("(kinds) => spy.release(...kinds)", WORDS)
    victim.is_joined()
    yield bout.attack("in a session", *BETWEEN_PAGES, others=("file", "timeline"))
    yield bout.attack_with_length("with long texts and many")


def _come_back(bout: Bout, hostile: Customer | Console, victim: Customer | Console) -> None:
    """The hostile page is loaded anew: whatever it has broken between the two, they meet again."""
    bout.hostile.page.reload()
    bout.hostile.page.wait_for_function("() => globalThis.spy?.isOpen('control') && spy.isOpen('chat')")
    bout.hostile.page.evaluate("(kinds) => spy.release(...kinds)", [*GREETINGS, *WORDS])
    hostile.is_joined()
    victim.is_joined()


def _against_the_recorder(bout: Bout, make: Callable[[str], Forge], recorder: "subprocess.Popen[bytes]") -> Act:
    """A customer's page writes into the timeline what it likes."""
    title = "a customer against the recorder"
    frames = make(title).batch("timeline", bout.wrong, BETWEEN_PAGES)
    before = cpu_seconds(recorder.pid)
    sent = frames[: bout.victim.send("timeline", frames)]
    bout.victim.page.wait_for_function("() => !spy.isOpen('timeline') || !spy.channels.timeline.bufferedAmount")
    spent = cpu_seconds(recorder.pid) - before
    if recorder.poll() is not None:
        raise Finding(f"{title}: it died", sent)
    if spent > _RECORDER_SECONDS:
        raise Finding(f"{title}: it was busy for {spent:.1f} s", sent)
    return Act(title, sent)


@dataclass(frozen=True)
class Opening:
    """What a server says to bring a page into a state."""

    state: str
    said: tuple[dict[str, Any], ...]


_NOW = 1_796_072_000_000
_WELCOME = {"type": "welcome", "peer": "played", "now": _NOW, **SPOKEN}
_JOINED = {"type": "joined", "peer": "theother", "ice_servers": []}
_ENTRY = {
    "session": "one", "name": "Ann", "question": "", "issue": "", "team": "", "language": "en", "entered_at": _NOW,
    "connected": True,
}  # fmt: skip
_SESSION = {
    "session": "one", "name": "Ann", "question": "", "issue": "", "team": "", "language": "en", "started_at": _NOW,
    "ice_servers": [], "peer": "theother",
}  # fmt: skip
_AT_THE_DESK = _WELCOME | {"name": "Cleo", "available": True, "waiting": 0, "sessions": []}
_STEP = {"type": "step", "title": "t", "text": "t"}
TO_A_CUSTOMER = (
    Opening("before welcome", ()),
    Opening("at the portal", (_WELCOME | {"state": "new"},)),
    Opening(
        "where it is asked",
        (
            _WELCOME | {"state": "arriving", "session": "one"},
            _STEP | {"step": "recording", "about": "0" * 64, "ends_at": _NOW + 600_000},
        ),
    ),
    Opening(
        "in the queue",
        (
            _WELCOME | {"state": "queued", "session": "one"},
            {"type": "queued", "position": 1, "entered_at": _NOW},
            _STEP | {"step": "queue"},
        ),
    ),
    Opening(
        "in a session",
        (_WELCOME | {"state": "active", "session": "one"}, _JOINED | {"name": "Bob", "started_at": _NOW}),
    ),
    Opening("after the end", (_WELCOME | {"state": "ended", "session": "one", "reason": "representative"},)),
)
TO_A_CONSOLE = (
    Opening("before welcome", ()),
    Opening("at the desk", (_AT_THE_DESK, {"type": "queue_entered", "entry": _ENTRY, "waiting": 1})),
    Opening("in a session", (_AT_THE_DESK, {"type": "accepted", "session": _SESSION})),
    Opening(
        "after the end",
        (
            _AT_THE_DESK,
            {"type": "accepted", "session": _SESSION},
            {"type": "ended", "session": "one", "reason": "customer"},
        ),
    ),
)


def of_a_server(stage: Stage, make: Callable[[str], Forge], wrong: int) -> Iterator[Act]:
    """Both pages, with a server that says what it likes; there is none but the one that is played."""
    customer, of_customer = stage.customer("Erin", PLAYS_SERVER)
    _, of_console = stage.console("Cleo", PLAYS_SERVER)
    for seen, openings, table in (
        (of_customer, TO_A_CUSTOMER, "server to customer"),
        (of_console, TO_A_CONSOLE, "server to representative"),
    ):
        for opening in openings:
            seen.page.goto(seen.page.url)
            if seen is of_customer:
                customer.start_chat.click()
                seen.asked_for.add("server enter")
            seen.page.wait_for_function("() => spy.said['server hello']")
            yield _played(seen, table, opening, make, wrong)


def _played(seen: Seen, table: str, opening: Opening, make: Callable[[str], Forge], wrong: int) -> Act:
    title = f"a server against {seen.name}, {opening.state}"
    opened = [Frame(table, str(message["type"]), "", json.dumps(message)) for message in opening.said]
    seen.receive("server", opened)
    forge = make(title)
    forge.given["welcome", "name"] = "Cleo"  # of another account the page would be loaded anew
    before = seen.look()
    forge.ids[:], forge.former[:] = seen.ids()
    batch = forge.batch(table, wrong, ("control",))
    try:
        seen.receive("server", batch)
        seen.judge(before, batch)
    except Finding as finding:
        finding.act = title
        raise
    return Act(title, batch)
