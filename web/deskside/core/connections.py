"""The two connections between two pages, `talk` and `work`: how they are agreed on, and how they come back.

A Link adds the streams. Commands are those of `link_commands`.
"""

from . import negotiation as steps
from .errors import ProtocolError, StateError
from .link_commands import CloseConnection, Negotiate, OpenConnection, Refused, SendFrame, SendSignal
from .watch import GIVE_UP_AFTER, Heartbeat, Watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RESTART_EVERY = 1000.0
"""Milliseconds between attempts to find a new path while there is none."""
RESEND_EVERY = 3000.0
"""Milliseconds between saying again what nobody confirmed, while a connection has not come up yet."""
SLEPT = 5000.0
"""Milliseconds between two turns of a timer of one second after which the device may have slept."""
HEARD_LATELY = 4
"""Turns in which the other page counts as reachable over the server after a word that came that way."""


class Connections:
    """`polite` is the customer's side.

    Only the customer opens `work`, and only when something was allowed: the representative's page follows. `talk` that
    is broken for good is made anew by the representative's page, for the same two pages: their pinned fingerprints
    hold. Each has a generation, so that nothing that belongs to a closed one can open it again.
    """

    def __init__(self, polite: bool) -> None:
        self.polite = polite
        self.version = 1  # of the protocol, which both pages speak; 0: there is none
        self.states = {"talk": "new", "work": "closed"}
        self._generations = {"talk": 0, "work": 0}
        self._negotiations: "dict[str, steps.Negotiation]" = {}
        self._open = {"control": False, "chat": False}
        self._said_at: "dict[str, float]" = {}
        self._told = {"talk": 0, "work": 0}  # the last number that was said over this `control`
        self._heartbeat = Heartbeat()
        self._watches = {"talk": Watch(not polite), "work": Watch(polite)}
        self._has_lost_channel = False
        self._turns = {"talk": GIVE_UP_AFTER, "work": 0}  # since it was made anew
        self._ticked_at: "float | None" = None
        self._since_signal = HEARD_LATELY + 1  # turns since anything of the other page came over the server

    @property
    def is_connected(self) -> bool:
        """Whether the other page can be reached at this moment, as far as this one can know."""
        is_up = self.states["talk"] == "connected" and self._open["control"]
        return is_up and self.version > 0 and not self._heartbeat.is_missing

    @property
    def has_work(self) -> bool:
        return "work" in self._negotiations

    def channel_closed(self, label: str) -> "list[Any]":
        """The Link's own: the streams live on its channels."""
        raise NotImplementedError

    # `work`, which a red X takes away as a whole

    def open_work(self) -> "list[Any]":
        """Make sure that `work` is there. The customer's page calls it when something was allowed."""
        if not self.polite:
            raise StateError("only the customer opens work")
        if "work" in self._negotiations or "talk" not in self._negotiations:
            return []
        self._generations["work"] += 1
        self._turns["work"] = 0
        return self._begin("work", None)

    def renew_work(self) -> "list[Any]":
        """Nothing gets through `work` any more, whatever the browser says: the customer's page makes another one."""
        if "work" not in self._negotiations:
            return []
        if not self.polite:
            return self._say_number_0("work", self._generations["work"] + 1)
        # One that was made just now has its time, however often the other page asks.
        if self._turns["work"] < GIVE_UP_AFTER:
            return []
        return self.close_work() + self.open_work()

    def close_work(self) -> "list[Any]":
        """Take `work` away. What still arrives for it is of a generation that is gone."""
        self.states["work"] = "closed"
        if "work" not in self._negotiations:
            return []
        self._generations["work"] += 1
        del self._negotiations["work"]
        return [CloseConnection("work")] + self._tell_generation()

    def _begin(self, name: str, pinned: "str | None") -> "list[Any]":
        self._negotiations[name] = steps.Negotiation(name, self.polite, pinned)
        self._said_at.pop(name, None)
        self._told[name] = 0
        self._watches[name].connected()
        self.states[name] = "new"
        return [OpenConnection(name)]

    def _tell_generation(self) -> "list[Any]":
        """The customer's page says that earlier generations are gone, or the other would go on looking for a path."""
        return self._say_number_0("work", self._generations["work"]) if self.polite else []

    def _say_number_0(self, name: str, generation: int) -> "list[Any]":
        """Nothing to take: only which generation there is, or should be; of the present one it asks for a new path."""
        negotiation: "dict[str, Any]" = {"connection": name, "number": 0}
        if generation:
            negotiation["generation"] = generation
        commands: "list[Any]" = [SendSignal(negotiation)] if name == "talk" else []
        if self._open["control"]:
            commands.append(SendFrame("control", {"type": "negotiation", "negotiation": negotiation}))
        return commands

    def _replace_talk(self, generation: int) -> "list[Any]":
        """A new `talk` of the same two pages. What was not acknowledged is sent again on its channels."""
        before = self._negotiations.pop("talk")
        for label in ("control", "chat"):
            self.channel_closed(label)
        self._has_lost_channel = False
        self._turns["talk"] = 0
        self._heartbeat.heard()
        self._generations["talk"] = generation
        return [CloseConnection("talk")] + self._begin("talk", before.fingerprint)

    # negotiation

    def signal_received(self, negotiation: "dict[str, Any]") -> "list[Any]":
        """From the signaling server: `talk` only, since `work` is negotiated between the two pages alone."""
        if negotiation["connection"] != "talk":
            return [Refused("work_over_signaling")]
        self._since_signal = 0
        return self._negotiation_received(negotiation)

    def _negotiation_received(self, negotiation: "dict[str, Any]", by_page: bool = False) -> "list[Any]":
        name = negotiation["connection"]
        commands: "list[Any]" = []
        if "talk" in self._negotiations:
            generation = negotiation.get("generation", 0)
            present = self._generations[name]
            number_0 = negotiation["number"] == 0
            if generation < present:
                return self._tell_generation() if name == "work" else []
            if generation > present:
                if name == "talk":
                    found = self._later_talk(generation, negotiation["number"], by_page)
                    if found is None:
                        return [Refused("not_to_decide")]
                    commands += found
                elif self.polite:
                    is_asked = number_0 and generation == present + 1
                    return self.renew_work() if is_asked else [Refused("work_not_allowed")]
                else:
                    commands += self.close_work()
                    self._generations["work"] = generation
            elif number_0 and name in self._negotiations and not self.polite:
                return self._restart(name)
            if number_0:
                return commands
            if name not in self._negotiations and not self.polite:
                commands += self._begin("work", None)
        if name not in self._negotiations:
            return [Refused("no_connection")]
        try:
            return commands + self._steps(name, self._negotiations[name].received(negotiation))
        except ProtocolError as error:
            return commands + [Refused(error.code)]

    def _later_talk(self, generation: int, number: int, by_page: bool) -> "list[Any] | None":
        """The other page wants a `talk` that is not there yet: the customer's asks for it, the other has made it."""
        if self.polite:
            return self._replace_talk(generation) if number else None
        if number or generation != self._generations["talk"] + 1:
            return None
        # One that is well ends only on the word of the other page itself, and not again and again.
        if self.is_connected and not (by_page and self._turns["talk"] >= GIVE_UP_AFTER):
            return []
        return self._replace_talk(generation)

    def negotiation_event(self, name: str, event: str, *arguments: "Any") -> "list[Any]":
        """What happened on a connection, by the name of the method of Negotiation that it is for."""
        negotiation = self._negotiations.get(name)
        if negotiation is None or (event == "negotiation_needed" and self.polite and name == "talk"):
            # Both sides make the channels of `talk`; one offer is enough.
            return []
        return self._steps(name, getattr(negotiation, event)(*arguments))

    def _steps(self, name: str, found: "list[Any]") -> "list[Any]":
        commands: "list[Any]" = []
        for step in found:
            if type(step) is not steps.SendNegotiation:
                commands.append(Negotiate(name, step))
                continue
            negotiation = dict(step.negotiation)
            if self._generations[name]:
                negotiation["generation"] = self._generations[name]
            if name == "talk":
                commands.append(SendSignal(negotiation))
            # Once said over `control` it arrives, should that come back; said again it would only be in the way.
            if self._open["control"] and negotiation["number"] > self._told[name]:
                self._told[name] = negotiation["number"]
                commands.append(SendFrame("control", {"type": "negotiation", "negotiation": negotiation}))
        return commands

    # paths that break

    def state_changed(self, name: str, state: str, now: float) -> "list[Any]":
        """`connectionState` of a connection, as the W3C names it."""
        if name not in self._negotiations:
            return []
        self.states[name] = state
        if state == "connected":
            self._watches[name].connected()
        return self._look_after(now) if self._is_down(name) else []

    def tick(self, now: float, wall: "float | None" = None) -> "list[Any]":
        """Call once a second: the other page is asked whether it is there; while a path is down or not there yet, both
        say again what may have been lost, and a new one is looked for.

        `wall` is the device's own clock, where another one gives `now`: some stand still while the device sleeps.
        """
        shown = now if wall is None else wall
        if self._ticked_at is not None and not 0.0 <= shown - self._ticked_at < SLEPT:
            self._heartbeat.doubt()
        self._ticked_at = shown
        self._since_signal += 1
        commands: "list[Any]" = []
        if self._open["control"] and self._heartbeat.turn():
            commands.append(SendFrame("control", {"type": "ping"}))
        for name in ("talk", "work"):
            self._turns[name] += 1
            commands += self._turn(name)
        return commands + self._look_after(now)

    def network_changed(self, now: float) -> "list[Any]":
        """The device has another address, or is online again: what worked until now may work no more."""
        self._heartbeat.doubt()
        self._said_at = {}
        commands: "list[Any]" = []
        for name in ("talk", "work"):
            if name in self._negotiations:
                self._said_at[name] = now
                commands += self._restart(name)
        return commands

    def _is_down(self, name: str) -> bool:
        return self.states[name] in ("disconnected", "failed", "closed") or (
            self._heartbeat.is_missing and self.states[name] == "connected"
        )

    def _turn(self, name: str) -> "list[Any]":
        """A second more of one connection; it is made anew where nothing else helps."""
        negotiation = self._negotiations.get(name)
        if negotiation is None:
            return []
        state = self.states[name]
        is_broken = state == "closed" or (negotiation.is_broken and state != "connected")
        can_agree = self.states["talk"] == "connected" and not self._heartbeat.is_missing
        if name == "talk":
            is_broken = is_broken or self._has_lost_channel
            can_agree = self._since_signal <= HEARD_LATELY
        is_stable = negotiation.signaling_state == "stable"
        is_down = state != "connected" or self._is_down(name)
        if not self._watches[name].turn(is_stable, is_down, is_broken, can_agree):
            return []
        if name == "work":
            return self.close_work() + self.open_work() if self.polite else self.renew_work()
        generation = self._generations["talk"] + 1
        return self._say_number_0("talk", generation) if self.polite else self._replace_talk(generation)

    def _restart(self, name: str) -> "list[Any]":
        """Look for a new path, or ask the other page to, which makes all offers of that kind."""
        negotiation = self._negotiations[name]
        if self.polite:
            return self._steps(name, negotiation.resend()) + self._say_number_0(name, self._generations[name])
        if not self._watches[name].may_restart:
            return self._steps(name, negotiation.resend())
        self._watches[name].restarted()
        return self._steps(name, negotiation.restart())

    def _look_after(self, now: float) -> "list[Any]":
        commands: "list[Any]" = []
        for name in ("talk", "work"):
            is_down = self._is_down(name)
            if name not in self._negotiations or (self.states[name] == "connected" and not is_down):
                continue
            if name == "work" and (self.states["talk"] != "connected" or self._heartbeat.is_missing):
                continue
            said_at = self._said_at.get(name)
            if said_at is None and not is_down:
                self._said_at[name] = now
            # A clock that was set back makes nobody wait.
            elif said_at is None or not 0.0 <= now - said_at < (RESTART_EVERY if is_down else RESEND_EVERY):
                self._said_at[name] = now
                commands += self._restart(name) if is_down else self._steps(name, self._negotiations[name].resend())
        return commands

    def signaling_opened(self) -> "list[Any]":
        """The server is back: what was said while it was away is said again."""
        if self.is_connected or "talk" not in self._negotiations:
            return []
        return self._steps("talk", self._negotiations["talk"].resend())
