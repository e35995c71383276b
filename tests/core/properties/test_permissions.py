"""Whatever happens in whatever order: nothing holds that the customer did not allow since the last red X."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from deskside.core.codec import check
from deskside.core.messages import CONTROL, PERMISSIONS
from deskside.core.permissions import MAX_CARDS, Permissions, Requests, Send, StartCapture, StopCapture

PEERS = ("ann", "bob", "eve")
PEER = st.sampled_from(PEERS)
PERMISSION = st.sampled_from(PERMISSIONS)
ID = st.integers(0, 15).map(str)
LEASE = st.sampled_from([None, 1000.0, 300000.0])


class Session(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = 1700000000000.0
        self.permissions = Permissions()
        self.mirrors = {peer: Requests("customer") for peer in PEERS}
        self.allowed: dict[tuple[str, str], float] = {}  # what a person pressed Allow for, until when at the latest
        self.shown: set[str] = set()  # peers who are shown the capture
        self.asked: dict[str, tuple[str, str]] = {}
        self.leases: dict[str, float] = {}
        self.passed = 0.0

    def carry_out(self, commands: list[Any]) -> None:
        for command in commands:
            if type(command) is Send:
                self.told(command.peer, check({**command.message, "n": 1}, CONTROL))
            elif type(command) is StopCapture:
                self.shown -= set(PEERS) if command.peer is None else {command.peer}

    def told(self, peer: str, message: dict[str, Any]) -> None:
        mirror = self.mirrors[peer]
        if message["type"] == "permission_end":
            mirror.end_received(message, self.now)
            self.allowed.pop((peer, message["permission"]), None)
            return
        mirror.answer_received(message, self.now)
        if message["answer"] == "granted":
            assert self.asked[message["id"]] == (peer, message["permission"])
            self.allowed[peer, message["permission"]] = self.passed + self.leases[message["id"]]
            if message["permission"] == "view_screen":
                self.shown.add(peer)

    @rule(peer=PEER, id=ID, permission=PERMISSION)
    def ask(self, peer: str, id: str, permission: str) -> None:
        for command in self.mirrors[peer].request(id, permission, self.now):
            self.carry_out(self.permissions.request_received(peer, command.message, self.now))
            for card in self.permissions.pending(self.now):
                # One that was refused unseen leaves its id to another.
                if (card["id"], card["peer"], card["permission"]) == (id, peer, permission):
                    self.asked[id] = (peer, permission)

    @rule(peer=PEER, id=ID)
    def withdraw(self, peer: str, id: str) -> None:
        message = {"type": "permission_withdrawal", "id": id}
        self.carry_out(self.permissions.request_received(peer, message, self.now))

    @rule(id=ID, lease=LEASE)
    def allow(self, id: str, lease: float | None) -> None:
        if id in [card["id"] for card in self.permissions.pending(self.now)]:
            self.leases[id] = float("inf") if lease is None else lease
        self.carry_out(self.permissions.allow(id, lease, self.now))

    @rule(peer=PEER, id=ID, lease=LEASE)
    def offer(self, peer: str, id: str, lease: float | None) -> None:
        commands = self.permissions.offer(id, peer, lease, self.now)
        for command in commands:
            if type(command) is StartCapture:
                self.asked[command.id] = (command.peer, "view_screen")
                self.leases[command.id] = float("inf") if lease is None else lease
        self.carry_out(commands)

    @rule(id=ID)
    def deny(self, id: str) -> None:
        self.carry_out(self.permissions.deny(id, self.now))

    @rule(id=ID)
    def picker_opens(self, id: str) -> None:
        self.carry_out(self.permissions.started(id, self.now))

    @rule(id=ID)
    def picker_fails(self, id: str) -> None:
        self.carry_out(self.permissions.failed(id, self.now))

    @rule(permission=PERMISSION, reason=st.sampled_from(["revoked", "stopped"]))
    def end(self, permission: str, reason: str) -> None:
        self.carry_out(self.permissions.ended(permission, reason, self.now))
        assert not any(self.permissions.is_granted(permission, peer, self.now) for peer in PEERS)

    @rule(peer=PEER)
    def leave(self, peer: str) -> None:
        self.carry_out(self.permissions.peer_left(peer, self.now))
        lost = [end["permission"] for end in self.mirrors[peer].over("left", self.now) if end["reason"] == "left"]
        assert {permission for of, permission in self.allowed if of == peer} <= set(lost)
        for key in [key for key in self.allowed if key[0] == peer]:
            del self.allowed[key]

    @rule(step=st.sampled_from([0.0, 500.0, 1000.0, 59000.0, 300000.0]), ticks=st.booleans())
    def wait(self, step: float, ticks: bool) -> None:
        self.now += step
        self.passed += step
        if ticks:
            self.carry_out(self.permissions.tick(self.now))

    @rule(step=st.sampled_from([1000.0, 1e9]))
    def set_the_clock_back(self, step: float) -> None:
        self.permissions.tick(self.now)
        for mirror in self.mirrors.values():
            mirror.pending(self.now)
        self.now -= step

    @rule()
    def red_x(self) -> None:
        commands = self.permissions.revoke_all(self.now)
        assert type(commands[0]) is StopCapture and commands[0].peer is None
        assert self.permissions.pending(self.now) == []
        assert self.permissions.in_force(self.now) == []
        self.carry_out(commands)
        assert self.allowed == {} or all(until <= self.passed for until in self.allowed.values())
        self.allowed = {}
        self.asked = {}

    @invariant()
    def nothing_holds_that_was_not_allowed(self) -> None:
        for peer in PEERS:
            for permission in PERMISSIONS:
                holds = self.permissions.is_granted(permission, peer, self.now)
                assert holds == (self.passed < self.allowed.get((peer, permission), 0.0))
                if permission == "view_screen" and holds:
                    assert peer in self.shown

    @invariant()
    def all_views_agree(self) -> None:
        force = self.permissions.in_force(self.now)
        for grant in force:
            assert self.permissions.is_granted(grant["permission"], grant["peer"], self.now)
            assert self.mirrors[grant["peer"]].is_granted(grant["permission"], self.now)
        for peer in PEERS:
            held = sorted(grant["permission"] for grant in force if grant["peer"] == peer)
            mirrored = [grant["permission"] for grant in self.mirrors[peer].in_force(self.now)]
            assert held == mirrored

    @invariant()
    def few_cards(self) -> None:
        assert len(self.permissions.pending(self.now)) <= MAX_CARDS


Session.TestCase.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
TestSession = Session.TestCase
