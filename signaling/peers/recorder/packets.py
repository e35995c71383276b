"""Whole VP8 frames out of RTP packets that come late, twice, in disorder or not at all.

Sans-I/O: the time, in seconds, comes in as an argument. A frame is given out only when every frame that it needs was:
after a loss that is not made good in time, nothing until the next keyframe, which is asked for. Nothing raises.
"""

from signaling.peers.recorder.vp8 import NONSENSE, PADDING, REST, Frame, begins_keyframe, frame_of, payload_of

PATIENCE = 0.35
"""Seconds after which a missing packet is hardly expected any more: a keyframe is asked for, and taken if it comes."""
GIVE_UP = 2.0
"""Seconds after which it is not waited for at all. Nobody is looking on, so being late costs nothing."""
ASK_AGAIN = 0.1
"""Seconds to the second request for a packet; twice as many to each that follows. The first is aiortc's, at once."""
MOST_ASKED = 64
HOPELESS = 128
"""Of a gap as wide as this nobody has the packets any more."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
"""Between two requests for a keyframe. It doubles as long as none comes: a page on a thin line that is asked too often
sends nothing but keyframes, none of which arrives."""
MOST_JUMP, MOST_LATE = 3000, 1000
"""Of a sequence number. What is farther off counts only when the next packet follows it (RFC 3550, A.1)."""
MOST_WAITING = 2048
MOST_BYTES = 8 << 20
LARGEST_FRAME = 4 << 20

_Packet = tuple[int, bool, int, bytes]


class Assembler:
    """One stream. `frames` and `refused` count what came of it."""

    def __init__(self, keyframe_every: float) -> None:
        """A keyframe is asked for after so many seconds in which something moved, for the sake of jumping about."""
        self.frames = 0
        self.keyframes = 0
        self.refused = 0
        self.is_searching = True
        """Whether there is nothing to go on from: until a keyframe begins."""
        self._keyframe_every = keyframe_every
        self._highest = -1
        self._next = 0
        self._suspect = -1
        self._waiting: dict[int, _Packet] = {}
        self._bytes = 0
        self._missing: dict[int, tuple[float, float]] = {}
        """Since when, and when it is to be asked for again."""
        self._is_stuck = False
        self._keyframe_waits = False
        # The frame that is being put together.
        self._parts: list[bytes] = []
        self._size = 0
        self._timestamp = 0
        self._out: list[Frame] = []
        self._last_keyframe = 0.0
        self._has_moved = False
        self._ask_at = 0.0
        self._pause = SHORTEST_PAUSE

    def received(self, sequence: int, timestamp: int, marker: bool, payload: bytes, now: float) -> list[Frame]:
        """A packet has come; the frames that are whole now."""
        number = self._number(sequence, now)
        if number < self._next or number in self._waiting:
            return []
        self._missing.pop(number, None)
        kind, data = payload_of(payload)
        if self.is_searching and begins_keyframe(kind, data):
            self._go_on_from(number)
        if number == self._next and not self.is_searching:
            self._next += 1
            self._take((timestamp, marker, kind, data), now)
        else:
            self._keep(number, (timestamp, marker, kind, data))
        self._drain(now)
        return self._given()

    def tick(self, now: float) -> list[Frame]:
        """Time has passed; the frames that can be had because something is waited for no longer."""
        self._drain(now)
        return self._given()

    def wants_keyframe(self, now: float) -> bool:
        """Whether the sender is to be asked for a keyframe now. A yes counts as done."""
        if self.is_searching or self._is_stuck:
            wanted = self._highest >= 0
        else:
            wanted = self._has_moved and now - self._last_keyframe >= self._keyframe_every
        if not wanted or now < self._ask_at:
            return False
        self._ask_at = now + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        return True

    def to_ask_again(self, now: float) -> list[int]:
        """Sequence numbers that the sender is to be asked for once more. They count as asked."""
        found: list[int] = []
        # What belongs to no keyframe is of no use to a search.
        patience = PATIENCE if self.is_searching else GIVE_UP
        for number, (noticed, due) in self._missing.items():
            if len(found) >= MOST_ASKED:
                break
            if now >= due and now - noticed <= patience:
                found.append(number)
        for number in found:
            noticed, due = self._missing[number]
            self._missing[number] = (noticed, now + 2 * (due - noticed))
        return [number & 0xFFFF for number in found]

    @property
    def is_waiting(self) -> bool:
        """Whether something changes by time alone: packets are missing, or a keyframe."""
        return bool(self._missing) or self.is_searching

    @property
    def held(self) -> int:
        """Bytes that wait for others."""
        return self._bytes + self._size

    def _given(self) -> list[Frame]:
        given, self._out = self._out, []
        return given

    def _number(self, sequence: int, now: float) -> int:
        """The sequence number without its wrapping; what cannot be believed yet is older than all others."""
        if self._highest < 0:
            # Room below: what comes first need not be what was sent first.
            self._highest = 0x10000 + sequence
            return self._highest
        ahead = ((sequence - self._highest + 0x8000) & 0xFFFF) - 0x8000
        if -MOST_LATE <= ahead <= MOST_JUMP:
            number = self._highest + ahead
            if ahead > 0:
                for missing in range(self._highest + 1, number):
                    self._missing[missing] = (now, now + ASK_AGAIN)
                self._highest = number
            return number
        if sequence != self._suspect:
            self._suspect = (sequence + 1) & 0xFFFF
            return -1
        self._forget(self._highest + 1)
        self.lose()
        self._highest = self._next = ((self._highest >> 16) + 2 << 16) + sequence
        return self._highest

    def _keep(self, number: int, packet: _Packet) -> None:
        self._waiting[number] = packet
        self._bytes += len(packet[3])
        self._keyframe_waits = self._keyframe_waits or begins_keyframe(packet[2], packet[3])
        if len(self._waiting) > MOST_WAITING or self._bytes > MOST_BYTES:
            self.lose()
            if self.is_searching:
                self._forget(self._highest + (1 if self._bytes > MOST_BYTES else -MOST_WAITING // 4))

    def _forget(self, below: int) -> None:
        """Wait no longer for what has a lower number than this, nor keep it."""
        for number in [number for number in self._waiting if number < below]:
            self._bytes -= len(self._waiting.pop(number)[3])
        for number in [number for number in self._missing if number < below]:
            del self._missing[number]

    def _drain(self, now: float) -> None:
        self._is_stuck = False
        while not self.is_searching:
            packet = self._waiting.pop(self._next, None)
            if packet:
                self._bytes -= len(packet[3])
                self._next += 1
                self._take(packet, now)
            elif self._is_lost(now):
                self.lose()
            else:
                break
        if self._missing and next(iter(self._missing.values()))[0] < now - 2 * GIVE_UP:
            self._missing = {number: times for number, times in self._missing.items() if now - times[0] <= GIVE_UP}

    def _is_lost(self, now: float) -> bool:
        if self._next > self._highest:
            return False
        # It may be none that was noticed: the stream may have begun with a later one.
        noticed, _ = self._missing.setdefault(self._next, (now, now + ASK_AGAIN))
        self._is_stuck = now - noticed > PATIENCE
        if self._is_stuck and self._next_keyframe():
            return True
        return now - noticed > GIVE_UP or self._next + HOPELESS in self._missing

    def _take(self, packet: _Packet, now: float) -> None:
        """The packet that comes next, in order."""
        timestamp, marker, kind, data = packet
        if kind == PADDING:
            return
        if kind == NONSENSE:
            self._refuse()
            return
        if self._parts and timestamp != self._timestamp:
            # Nothing is missing between the two, so that frame was whole: its sender sets no marker.
            self._finish(now)
        if bool(self._parts) != (kind == REST):
            self._refuse()
            return
        self._timestamp = timestamp
        self._parts.append(data)
        self._size += len(data)
        if self._size > LARGEST_FRAME:
            self._refuse()
        elif marker:
            self._finish(now)

    def _finish(self, now: float) -> None:
        frame = frame_of(b"".join(self._parts), self._timestamp)
        self._parts, self._size = [], 0
        if not frame:
            self._refuse()
            return
        if frame.is_key:
            self.keyframes += 1
            self._last_keyframe = now
            self._pause = max(self._pause / 2, SHORTEST_PAUSE)
        self._has_moved = not frame.is_key
        self.frames += 1
        self._out.append(frame)

    def _refuse(self) -> None:
        self.refused += 1
        self.lose()

    def lose(self) -> None:
        """Give up the frame that is begun, and all that need it: go on with the next keyframe, if it is here."""
        self._parts, self._size = [], 0
        self.is_searching, self._is_stuck = True, False
        following = self._next_keyframe()
        if following:
            self._go_on_from(following)

    def _next_keyframe(self) -> int:
        """The packet among those that wait with which the next keyframe begins; 0 when there is none."""
        if not self._keyframe_waits:
            return 0
        found = [number for number, packet in self._waiting.items() if begins_keyframe(packet[2], packet[3])]
        self._keyframe_waits = bool(found)
        return min(found, default=0)

    def _go_on_from(self, number: int) -> None:
        self.is_searching = False
        self._next = number
        self._forget(number)
