"""Random days of a recorder: whatever people, recorders, administrators and servers do in any order, only those are
recorded who allowed it, parts count up, and what is over is finished."""

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from signaling import customers, presence, recorder_news, recording, representatives
from signaling.recorded import FINISHING
from signaling.session import Link
from signaling.site.document import Site
from signaling.step import Forward, Send, Step
from signaling.store import recordings as recording_rows
from signaling.store import sessions as rows
from signaling.store import way_in
from signaling.store.accounts import Account
from tests.signaling.day import PEOPLE, TEAMS, Desk, Page

PERSON = st.sampled_from(PEOPLE)
ENDINGS = st.sampled_from(["paused", "stopped", "revoked", "lost"])
SAYS = st.sampled_from(["answer", "refused", "part_started", "part_ended", "finished"])
MOST = 2


class Customer(Page):
    """What the page knows of the recording."""

    def __init__(self) -> None:
        super().__init__()
        self.against: str | None = None
        self.connection = ""

    def hear(self, message: dict[str, Any]) -> None:
        super().hear(message)
        kind = message["type"]
        if kind in ("joined", "left", "ended"):
            self.against = None
        elif kind == "recorder":
            self.against = message.get("reason", "")
        elif kind == "recording_refused" and message["id"] == self.connection:
            self.connection = ""


class Day(Desk):
    """One representative, and a recorder that takes two at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = {name: Customer() for name in PEOPLE}
        self.line: Link | None = None
        self.process = ""
        self.parts: list[tuple[str, int]] = []  # that the present recorder was offered, newest last
        self.busy: set[tuple[str, int]] = set()
        self.numbers: dict[str, int] = {}
        self.sessions_of: dict[str, str] = {}
        self.finishes: set[str] = set()

    @initialize(answers=st.lists(st.sampled_from(["allow", "allow", "refuse"]), min_size=3, max_size=3))
    def opens(self, answers: list[str]) -> None:
        self.decide(True)
        self.representative_comes()
        self.recorder_comes("a", MOST)
        for name, answer in zip(PEOPLE, answers, strict=True):
            self.a_session_begins(name, answer)

    def representative_comes(self) -> None:
        account = Account("cleo", "cleo", True, "w", True, 0, 0, frozenset(), 3)
        self.staff["cleo"], step = presence.representative_arrived(self.hub, Page(), "console", account, self.now)
        self.perform(step)

    def decide(self, on: bool) -> None:
        self.site.document = Site.model_validate(TEAMS | {"recording": {"on": on}})
        self.site.version += 1

    def perform(self, step: Step) -> None:
        super().perform(step)
        for effect in step.effects:
            if not self.line or not self.line.current:
                continue
            if isinstance(effect, Forward) and effect.peer == self.line.peer:
                self.recorder_hears(json.loads(effect.text))
            elif isinstance(effect, Send) and self.line.peer in effect.peers:
                self.recorder_hears(effect.message)

    def recorder_hears(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind == "finish":
            self.finishes.add(message["recording"])
        elif kind == "offer":
            id, number = message["recording"], message["part"]
            session = self.hub.sessions[self.hub.recordings[id].session]
            # What must never happen would happen here.
            assert session.state == "active" and self.site.document.recording.on
            assert session.answers.recording == "allow" and not session.answers.recording_stopped
            assert number == self.numbers.get(id, 0) + 1
            assert id not in self.finishes
            assert self.sessions_of.setdefault(id, session.id) == session.id
            self.numbers[id] = number
            self.parts.append((id, number))
            self.busy.add((id, number))
            assert len(self.busy) <= MOST

    # --- what people do ----------------------------------------------------------------------------------

    @rule(name=PERSON, answer=st.sampled_from(["allow", "allow", "refuse"]))
    def a_session_begins(self, name: str, answer: str) -> None:
        page = self.pages[name]
        if page.state == "active" or (page.link and page.link.current and page.state != "new"):
            return
        page = self.pages[name] = Customer()
        self.come(name, False)
        assert page.link
        fields = {"name": name, "question": "", "language": "en", "notifications": "granted"}
        self.ask(customers.enter, page.link, fields)
        if page.step.get("step") == "recording":
            given = {"step": "recording", "about": page.step["about"], "answer": answer}
            self.ask(customers.answer, page.link, given)
        self.ask(representatives.accept_next, self.staff["cleo"], {})

    @rule(name=PERSON, sdp=st.sampled_from(["v=0", "v=0", "\n" * 48_000]))
    def page_offers(self, name: str, sdp: str) -> None:
        page = self.pages[name]
        if page.link and isinstance(page, Customer):
            page.connection = f"connection{next(self.names)}"
            self.ask(recording.offer, page.link, {"id": page.connection, "sdp": sdp})

    @rule(name=PERSON)
    def page_is_recorded(self, name: str) -> None:
        self.page_offers(name, "v=0")
        for kind in ("answer", "part_started"):
            self.recorder_says(kind, 0, "")

    @rule(name=PERSON, reason=ENDINGS, right=st.booleans())
    def page_ends_a_connection(self, name: str, reason: str, right: bool) -> None:
        page = self.pages[name]
        if page.link and isinstance(page, Customer):
            id = page.connection if right and page.connection else "another"
            if right:
                page.connection = ""
            self.ask(recording.end, page.link, {"id": id, "reason": reason})

    @rule(name=PERSON)
    def customer_ends(self, name: str) -> None:
        page = self.pages[name]
        if page.link and page.link.current:
            self.ask(customers.end, page.link, {})

    @rule(name=PERSON)
    def customer_waits_again(self, name: str) -> None:
        page = self.pages[name]
        if page.link and page.link.current:
            self.ask(customers.wait_again, page.link, {})

    @rule()
    def representative_accepts(self) -> None:
        self.ask(representatives.accept_next, self.staff["cleo"], {})

    @rule(name=PERSON)
    def page_is_loaded_anew(self, name: str) -> None:
        page = self.pages[name]
        if page.link and page.state != "new":
            page.name = f"page{next(self.names)}"
            self.come(name, True)

    # --- what recorders, administrators and servers do ---------------------------------------------------

    @rule(process=st.sampled_from(["a", "b"]), capacity=st.sampled_from([0, 1, MOST, MOST, MOST]))
    def recorder_comes(self, process: str, capacity: int) -> None:
        if process != self.process:
            self.parts, self.busy, self.process = [], set(), process
        self.finishes = set()
        hello = {"recorder": process, "capacity": capacity}
        link, step = recorder_news.arrived(self.hub, Page(), hello, self.now)
        self.line = link
        # Of the same process: it has ended what it was told to end, and says of the rest that it stands.
        self.busy = {part for part in self.busy if self.is_open(part)}
        self.perform(step)

    def is_open(self, part: tuple[str, int]) -> bool:
        one = self.hub.recordings.get(part[0])
        return bool(one and one.connection and one.part == part[1])

    @rule(comes_back=st.sampled_from(["a", "a", "b", ""]))
    def recorder_goes(self, comes_back: str) -> None:
        if self.line:
            self.perform(recorder_news.disconnected(self.hub, self.line, self.now))
        if comes_back:
            self.recorder_comes(comes_back, MOST)

    @rule(kind=SAYS, at=st.integers(0, 5), reason=st.sampled_from(["full", "no_room", "failed"]))
    def recorder_says(self, kind: str, at: int, reason: str) -> None:
        if not self.line or not self.line.current or not self.parts:
            return
        id, number = self.parts[-1 - at % len(self.parts)]
        message = {"recording": id, "part": number, "reason": reason, "sdp": "", "at": 0, "size": 1, "duration": 1}
        if kind in ("refused", "part_ended"):
            self.busy.discard((id, number))
        if kind == "finished":
            if id not in self.finishes:
                return
            self.busy = {part for part in self.busy if part[0] != id}
        self.ask(recorder_news.HANDLERS[kind], self.line, message)

    @rule(on=st.sampled_from([True, True, False]))
    def administrator_decides(self, on: bool) -> None:
        self.decide(on)
        step = Step()
        recording.site_changed(self.hub, step, self.now)
        self.perform(step)

    @rule()
    def time_passes(self) -> None:
        self.now += 61_000
        step = Step()
        recording.tick(self.hub, step, self.now)
        self.perform(step)

    @precondition(lambda self: self.hub.sessions)
    @rule(comes_back=st.sampled_from(["a", "a", "b", ""]))
    def server_is_killed_and_started_again(self, comes_back: str) -> None:
        self.hub = self.new_hub()
        with self.engine.connect() as connection:
            living, recorded = rows.living(connection), recording_rows.living(connection)
            keys, messages = way_in.open_keys(self.now, connection), way_in.open_messages(connection)
        self.line = None
        for page in self.pages.values():
            page.link = None if page.state == "new" else page.link
        self.perform(self.hub.restore(living, keys, messages, self.now, recorded))
        self.busy = {part for part in self.busy if self.is_open(part)}
        self.representative_comes()
        for name, page in self.pages.items():
            if page.link:
                self.come(name, True)
        self.recorder_goes(comes_back)

    # --- what always holds -------------------------------------------------------------------------------

    @invariant()
    def what_is_stored_is_what_the_server_believes(self) -> None:
        with self.engine.connect() as connection:
            stored = {one.id: vars(one) for one in recording_rows.living(connection)}
        assert stored == {one.id: vars(one) for one in self.hub.recordings.values()}

    @invariant()
    def every_page_knows_whether_it_can_be_recorded(self) -> None:
        for page in self.pages.values():
            session = page.link.session if page.link and page.link.current else None
            if isinstance(page, Customer) and session and session.state == "active":
                said = session.answers.recording == "allow"
                assert page.against == (recording._reason_against(self.hub, session, self.now) if said else None)

    @invariant()
    def who_may_not_be_recorded_has_no_connection(self) -> None:
        for one in self.hub.recordings.values():
            if one.connection:
                session = self.hub.sessions[one.session]
                assert session.state == "active" and session.recording is one
                assert self.site.document.recording.on and not session.answers.recording_stopped

    @invariant()
    def what_is_over_is_asked_to_be_finished(self) -> None:
        if self.hub.recorder.link:
            over = {one.id for one in self.hub.recordings.values() if one.state == FINISHING}
            assert over <= self.finishes

    @invariant()
    def no_more_are_counted_than_there_are(self) -> None:
        assert {tuple(part) for part in self.hub.recorder.parts} <= self.busy


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
