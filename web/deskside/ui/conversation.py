"""One conversation as a page holds it: its log, the draft, typing, and the marks of delivery and reading."""

from ..core.errors import StateError
from ..core.messages import MAX_MESSAGE_TEXT
from ..core.outbox import Stream
from ..core.schema import cleaned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

TYPING_EVERY = 3000.0
TYPING_LASTS = 6000.0
TEXT_SIZES = 5
EARLIER_ENDS = {"permission_lapsed": "lapsed", "permission_stopped": "stopped", "permission_revoked": "stopped"}
"""Events of logs that an earlier build has kept: the reason of `permission_ended` since."""
MOST_TO_CLEAN = 2 * MAX_MESSAGE_TEXT  # to look at each letter of megabytes takes seconds


class Conversation:
    """Both pages have one per session. `owner` is told `entry_changed(conversation, entry)` and `changed()`.

    `peer` is the other person's page while it can be reached; without one, what is written is kept and delivered
    as soon as there is one.
    """

    def __init__(self, host: "Any", session: str, owner: "Any") -> None:
        self.host = host
        self.session = session
        self.owner = owner
        self.peer: "Any" = None
        self.entries: "dict[str, dict[str, Any]]" = {}
        self.order: "list[str]" = []
        self.stream = Stream(host.identifier())
        self.unread = 0
        self.talk: "dict[str, Any]" = {
            "session": session,
            "draft": "",
            "text_size": int(host.recall("text_size") or "1"),
            "muted": host.recall("muted") == "yes",
            "other": "",
            "typing": False,
            "unseen": 0,
            "problem": "",
            "dropping": False,
        }
        self._typed_at = -TYPING_EVERY
        self._typing_timer: "Any" = None
        self._last_theirs = ""
        self._is_telling = False  # a `read` is on its way and not acknowledged
        self._read = ""
        self._is_kept = True
        self._last_message = ""
        self.said_of_recording = ""  # the last event about it
        self.was_recorded = False

    @property
    def other(self) -> str:
        """The other person's name; "" where it is not known, or was not given."""
        return str(self.talk["other"])

    @other.setter
    def other(self, name: str) -> None:
        self.talk["other"] = name

    # log

    def add(self, entry: "dict[str, Any]") -> None:
        """Append an entry; one that is there already is changed in place."""
        if entry["id"] not in self.entries:
            self.order.append(entry["id"])
            entry["number"] = len(self.order)
            self._note(entry)
        else:
            entry["number"] = self.entries[entry["id"]]["number"]
        self.entries[entry["id"]] = entry
        self._keep(entry)
        self.owner.entry_changed(self, entry)

    def redraw(self, entry: "dict[str, Any]") -> None:
        """Show an entry as it is now, without keeping every step of it."""
        self.owner.entry_changed(self, entry)

    def event(self, event: str, mine: bool = False, **values: "Any") -> None:
        """A quiet line: what happened, who did it."""
        entry = self._stamped("event", self.host.identifier(), values.pop("at", self.host.now()))
        entry["event"] = event
        entry["mine"] = mine
        entry["name"] = self.other
        for name in values:
            entry[name] = values[name]
        self.add(entry)

    def _stamped(self, kind: str, entry_id: str, at: float) -> "dict[str, Any]":
        time, iso = self.host.clock(at)
        return {"kind": kind, "id": entry_id, "at": at, "time": time, "iso": iso}

    def _keep(self, entry: "dict[str, Any]") -> None:
        if not self._is_kept:
            return
        number = str(entry["number"])
        self.host.records.put(self.session + "/entry/" + "0" * (8 - len(number)) + number, entry)

    def _keep_stream(self) -> None:
        if self._is_kept:
            self.host.records.put(self.session + "/stream", self.stream.snapshot())

    def restore(self, entries: "list[dict[str, Any]]", stream: "dict[str, Any] | None") -> None:
        """What this page knew before it was loaded anew."""
        for entry in entries:
            if entry["id"] in self.entries:
                continue
            self.order.append(entry["id"])
            self.entries[entry["id"]] = entry
            is_stale = entry["number"] != len(self.order)  # one before it was lost
            entry["number"] = len(self.order)
            if entry.get("event") in EARLIER_ENDS:
                entry["reason"] = EARLIER_ENDS[entry["event"]]
                entry["event"] = "permission_ended"
            self._note(entry)
            if entry["kind"] == "file" and self.owner.file_restored(entry):
                is_stale = True
            if is_stale:
                self._keep(entry)
            self.owner.entry_changed(self, entry)
            if entry["kind"] == "message" and not entry["mine"]:
                self._last_theirs = entry["id"]
        if stream is not None:
            self.stream = Stream("", stream)

    def left_open(self) -> "list[dict[str, Any]]":
        """What was in force when a page was loaded anew, after which nothing is: the ends that its log lacks."""
        last: "dict[str, bool]" = {}  # whether the last word on each permission is that it was granted
        for entry_id in reversed(self.order):
            entry = self.entries[entry_id]
            event = entry.get("event")
            if event in ("revoked", "ended"):
                break
            if event in ("permission_granted", "permission_ended"):
                last.setdefault(entry["permission"], event == "permission_granted")
        return [{"permission": one, "reason": "left"} for one in sorted(last) if last[one]]

    @property
    def is_kept(self) -> bool:
        """Whether what happens is still kept on the device."""
        return self._is_kept

    def let_go(self) -> None:
        """Nothing is kept on the device any more: the session is over, or another page goes on with it."""
        self._is_kept = False
        self._stop_typing()

    def is_met(self) -> bool:
        """Whether the log says who is here: somebody joined, and was not given up since."""
        for entry_id in reversed(self.order):
            event = self.entries[entry_id].get("event")
            if event in ("joined", "handed_back"):
                return bool(event == "joined")
        return False

    @property
    def last_message(self) -> "dict[str, Any] | None":
        return self.entries.get(self._last_message)

    def _note(self, entry: "dict[str, Any]") -> None:
        """What is asked for again and again is remembered: the other side decides how long a log is."""
        event = entry.get("event", "")
        if entry["kind"] == "message":
            self._last_message = entry["id"]
        elif event[:10] == "recording_":
            self.said_of_recording = event
            self.was_recorded = self.was_recorded or event == "recording_started"

    # writing

    def write(self, draft: str) -> None:
        self.talk["draft"] = draft
        if len(draft) > MOST_TO_CLEAN:
            self.talk["problem"] = "too_long"
        elif self.talk["problem"] == "too_long" and len(draft) <= MAX_MESSAGE_TEXT:
            self.talk["problem"] = ""
        if self.peer is not None and draft and self.host.passed() - self._typed_at > TYPING_EVERY:
            self._typed_at = self.host.passed()
            self.peer.whisper("chat", {"type": "typing", "on": True})
        elif self.peer is not None and self._typed_at > -TYPING_EVERY and not draft:
            self._typed_at = -TYPING_EVERY
            self.peer.whisper("chat", {"type": "typing", "on": False})

    def send(self, author: str) -> bool:
        """Send the draft; what cannot be sent stays in the box and the reason beside it."""
        draft = self.talk["draft"]
        text = draft if len(draft) > MOST_TO_CLEAN else cleaned(draft, len(draft), True).strip()
        if not text:
            return False
        if len(text) > MAX_MESSAGE_TEXT:
            self.talk["problem"] = "too_long"
            return False
        if self.stream.is_full:
            self.talk["problem"] = "full"
            return False
        at = int(self.host.now())
        message = {"type": "message", "id": self.host.identifier(), "text": text, "at": at}
        self.talk["draft"] = ""
        self.talk["problem"] = ""
        self._typed_at = -TYPING_EVERY
        entry = self._stamped("message", message["id"], at)
        entry["mine"] = True
        entry["author"] = author
        entry["text"] = text
        entry["state"] = "sending"
        self.add(entry)
        self.post(message)
        return True

    def post(self, message: "dict[str, Any]") -> bool:
        """A numbered message of the chat's stream: at once, or when somebody is there."""
        if self.peer is not None:
            fine = bool(self.peer.post("chat", message))
        else:
            try:
                self.stream.post(message)
                fine = True
            except StateError:
                fine = False
        self._keep_stream()
        return fine

    # what the other side sends

    def received(self, message: "dict[str, Any]") -> "dict[str, Any] | None":
        """A message of the chat's stream; the new entry when there is one."""
        kind = message["type"]
        if kind == "message":
            if message["id"] in self.entries:
                self._keep_stream()
                return None
            entry = self._stamped("message", message["id"], self.host.now())
            entry["mine"] = False
            entry["author"] = self.other
            entry["text"] = message["text"]
            entry["state"] = ""
            self._last_theirs = entry["id"]
            self._stop_typing()
            # The entry first: what is acknowledged must never be missing from the log.
            self.add(entry)
            self._keep_stream()
            return entry
        if kind == "read":
            self._keep_stream()
            self._read_through(message["through"])
        elif kind == "typing":
            self._typing_changed(message["on"])
        return None

    def acknowledged(self, messages: "list[dict[str, Any]]") -> None:
        """The other side has these."""
        for message in messages:
            if message["type"] == "read":
                self._is_telling = False
                self.owner.changed()
            entry = self.entries.get(message.get("id", ""))
            if entry is not None and entry.get("state") == "sending":
                entry["state"] = "delivered"
                self.add(entry)
        self._keep_stream()

    def _read_through(self, entry_id: str) -> None:
        entry = self.entries.get(entry_id)
        if entry is None or entry["kind"] != "message" or not entry["mine"]:
            return
        at = entry["number"] - 1
        while at >= 0:
            one = self.entries[self.order[at]]
            if one["kind"] == "message" and one["mine"]:
                if one["state"] == "read":
                    break
                one["state"] = "read"
                self.add(one)
            at -= 1

    @property
    def has_unseen(self) -> bool:
        """Whether something came that the other side does not know to be read."""
        return self._last_theirs != self._read

    def seen(self) -> None:
        """The person has everything before their eyes: tell the other side, once."""
        self.unread = 0
        self.talk["unseen"] = 0
        # One at a time: who never acknowledges is not told again and again.
        if self._last_theirs and self._last_theirs != self._read and not self._is_telling:
            self._is_telling = True
            self._read = self._last_theirs
            self.post({"type": "read", "through": self._last_theirs})

    def _typing_changed(self, on: bool) -> None:
        self._stop_typing()
        if on:
            self.talk["typing"] = True
            self._typing_timer = self.host.later(TYPING_LASTS, self._typing_over)
        self.owner.changed()

    def unreached(self) -> None:
        """The other page is not reached: whether anybody is typing there is not known."""
        self._stop_typing()

    def _typing_over(self) -> None:
        self._stop_typing()
        self.owner.changed()

    def _stop_typing(self) -> None:
        self.talk["typing"] = False
        if self._typing_timer is not None:
            self._typing_timer.cancel()
            self._typing_timer = None

    # display

    def say_times_again(self) -> None:
        """The page speaks another language now, and writes times of day as it does."""
        for entry_id in self.order:
            entry = self.entries[entry_id]
            entry["time"], entry["iso"] = self.host.clock(entry["at"])

    def new_day(self, entry: "dict[str, Any]") -> "tuple[str, str] | None":
        """The day that begins with this entry, in words and as YYYY-MM-DD; None where it began before."""
        date = entry["iso"][:10]
        if entry["number"] < 2 or self.entries[self.order[entry["number"] - 2]]["iso"][:10] == date:
            return None
        return self.host.day(entry["at"])[0], date

    def resize(self, step: int) -> None:
        size = min(max(self.talk["text_size"] + step, 0), TEXT_SIZES - 1)
        self.talk["text_size"] = size
        self.host.remember("text_size", str(size))

    def toggle_sounds(self) -> None:
        self.talk["muted"] = not self.talk["muted"]
        self.host.remember("muted", "yes" if self.talk["muted"] else "no")
