"""Whatever happens in whatever order: after a red X, a pause or a stop nothing reaches the recorder until the person
resumes, and what happened meanwhile never does."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from deskside.core.codec import check
from deskside.core.messages import CONTROL, FROM_CUSTOMER
from deskside.core.recorder_messages import REFUSALS
from deskside.core.recording import Recording
from deskside.core.recording_commands import (
    CloseRecorder,
    Keep,
    OpenRecorder,
    SayEnd,
    SendEntry,
    SendOffer,
    SetAnswer,
    StateChanged,
)

REASON = st.sampled_from(REFUSALS)
CONNECTION = st.sampled_from(["connecting", "connected", "disconnected", "failed", "closed"])


class Page(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1_700_000_000_000.0
        self.ids = 0
        self.kept = ""
        self.held = ""  # what the person pressed last, and has not resumed from
        self.allowed = False
        self.over = False
        self.open: set[str] = set()
        self.disk: set[int] = set()  # what the recorder holds
        self.records: list[dict[str, Any]] = []
        self.forbidden: set[int] = set()
        self.state = "off"
        self.recording = Recording("s1", self.identifier)

    def identifier(self) -> str:
        self.ids += 1
        return f"c{self.ids}"

    @property
    def id(self) -> str:
        return f"c{self.ids}"

    def carry_out(self, commands: list[Any]) -> None:
        said = False
        for command in commands:
            kind = type(command)
            if kind is OpenRecorder:
                assert not self.open, "one at a time"
                self.open.add(command.id)
            elif kind is CloseRecorder:
                assert not said, "closed before anybody is told"
                self.open.remove(command.id)
            elif kind is SendEntry:
                number = command.record["number"]
                assert self.open and number not in self.forbidden and number not in self.disk
                self.disk.add(number)
            elif kind in (SendOffer, SetAnswer):
                assert command.id in self.open
                if kind is SendOffer:
                    check({"type": "recording_offer", "id": command.id, "sdp": command.sdp}, FROM_CUSTOMER)
            elif kind is SayEnd:
                said = True
                assert command.id not in self.open
                check({"type": "recording_end", "id": command.id, "reason": command.reason}, FROM_CUSTOMER)
            elif kind is Keep:
                self.kept = command.text
            elif kind is StateChanged:
                said = True
                self.state = command.state
                seconds = self.recording.seconds(self.now)
                check({"type": "recording", "n": 1, "state": self.state, "seconds": seconds, "at": 1}, CONTROL)

    # the person

    @rule(press=st.sampled_from(["pause", "stop", "revoked"]))
    def press(self, press: str) -> None:
        self.carry_out(getattr(self.recording, press)(self.now))
        if not self.over and self.held != "stop":
            self.held = press if press != "pause" else self.held or press

    @rule()
    def resume(self) -> None:
        if self.held != "stop" and not self.over:
            self.held = ""
        self.carry_out(self.recording.resume(self.now))

    @rule()
    def something_happens(self) -> None:
        number = len(self.records) + 1
        if self.held:
            self.forbidden.add(number)
        self.carry_out(self.recording.appended(number))
        self.records.append({"number": number})
        self.carry_out(self.recording.grown(self.records))

    # the server

    @rule(available=st.booleans(), reason=REASON)
    def told(self, available: bool, reason: str) -> None:
        self.allowed = True
        self.carry_out(self.recording.told(available, reason, self.now))

    @rule()
    def asked(self) -> None:
        self.carry_out(self.recording.asked())

    @rule()
    def joined(self) -> None:
        self.recording.joined()

    @rule()
    def handed_back(self) -> None:
        self.carry_out(self.recording.suspended(self.now))

    @rule()
    def described(self) -> None:
        self.carry_out(self.recording.described(self.id, "offer"))

    @rule()
    def answered(self) -> None:
        self.carry_out(self.recording.answered(self.id, "answer"))

    @rule(reason=REASON)
    def refused(self, reason: str) -> None:
        self.carry_out(self.recording.refused(self.id, reason, self.now))

    # the recorder

    @rule()
    def known(self) -> None:
        self.carry_out(self.recording.known(self.id, max(self.disk, default=0), self.records, self.now))

    @rule()
    def recorded(self) -> None:
        """All of it at once, as it mostly goes."""
        self.described()
        self.answered()
        self.known()

    @rule(reason=REASON)
    def failed(self, reason: str) -> None:
        self.carry_out(self.recording.failed(self.id, reason, self.now))

    @rule(state=CONNECTION)
    def connection_changes(self, state: str) -> None:
        self.carry_out(self.recording.connection_changed(self.id, state, self.now))

    # time

    @rule(turns=st.integers(1, 20))
    def time_passes(self, turns: int) -> None:
        for _ in range(turns):
            self.now += 1000.0
            self.carry_out(self.recording.tick(self.now))

    @rule(seconds=st.sampled_from([-3600, 3600]))
    def clock_jumps(self, seconds: int) -> None:
        self.now += seconds * 1000.0

    @rule()
    def reload(self) -> None:
        self.carry_out(self.recording.leaving(self.now))
        assert not self.open
        if not self.over:
            self.allowed = self.kept.split(" ")[1:2] == ["allowed"]
            self.recording = Recording("s1", self.identifier, self.kept)
            self.state = self.recording.state

    @rule()
    def crash(self) -> None:
        """The page is gone without a word; what it had open goes with it."""
        if not self.over:
            self.open.clear()
            self.allowed = self.kept.split(" ")[1:2] == ["allowed"]
            self.recording = Recording("s1", self.identifier, self.kept)
            self.state = self.recording.state

    @rule(really=st.integers(0, 20))
    def finish(self, really: int) -> None:
        if really == 0:
            self.carry_out(self.recording.finish(self.now))
            self.over = True

    # always

    @invariant()
    def nothing_is_open_against_their_will(self) -> None:
        assert not self.open or (self.allowed and not self.held and not self.over)

    @invariant()
    def what_is_shown_is_what_is(self) -> None:
        if not self.over:
            assert self.recording.state == self.state
        if self.state == "on" and not self.over:
            assert self.open
        if self.held and self.allowed and not self.over:
            assert self.recording.state == ("stopped" if self.held == "stop" else "paused")
            assert self.recording.is_held

    def teardown(self) -> None:
        """In the end everything that may be recorded arrives, once there is a recorder and nothing holds it."""
        if self.over or self.held == "stop":
            return
        self.resume()
        self.told(True, "missing")
        for _ in range(200):
            if self.recording.state == "on":
                break
            self.recorded()
            self.time_passes(1)
        for _ in self.records:
            self.known()
        assert self.disk | self.forbidden >= {record["number"] for record in self.records}


TestRecording = Page.TestCase
TestRecording.settings = settings(max_examples=200, stateful_step_count=60, deadline=None)
