"""The files of one session: offered, accepted, on their way, in either direction."""

from ..core.file_names import safe_name
from .transfer import PHASES, Transfer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_AT_ONCE = 20
MAX_OFFERED = 500
"""Files that the other side may offer in one session; who offers more is not a person."""
KEPT_FOR = 600_000.0
"""Milliseconds after the end in which the browser may still be saving what was received."""
REDRAWN_EVERY = 200.0
PROBLEMS = {"too_large": "file_too_large", "forbidden_type": "file_forbidden"}


class Transfers:
    """`session` is asked to `post` control messages and to `open_work`; it holds `peer` and `conversation`."""

    def __init__(self, host: "Any", session: "Any") -> None:
        self._host = host
        self._session = session
        self._all: "dict[str, Transfer]" = {}
        self._offered_there = 0

    # what this page's person does

    def send(self, files: "list[Any]", author: str) -> None:
        """Ask the other side whether it wants these files. What cannot be sent is said beside the composer."""
        talk = self._session.conversation.talk
        talk["problem"] = ""
        for file in files:
            if len([one for one in self._all.values() if not one.is_over]) >= MAX_AT_ONCE:
                talk["problem"] = "too_many_files"
                break
            file_id = self._host.identifier()
            mover = self._host.file_sender(file, file_id, self._moved_by(file_id))
            refused = self._session.refuses_file(mover.name, mover.size, mover.mime)
            if refused:
                talk["problem"] = PROBLEMS[refused]
                continue
            transfer = Transfer(self._entry(file_id, True, author, mover.name, mover.size, mover.mime))
            transfer.mover = mover
            self._all[file_id] = transfer
            self._session.conversation.add(transfer.entry)
        self.offer_all()

    def offer_all(self) -> None:
        """Offer what was picked before anybody was there."""
        for file_id in self._in_order():
            transfer = self._all[file_id]
            entry = transfer.entry
            if entry["mine"] and not transfer.is_offered and not transfer.is_over:
                message = {"type": "file_offer", "id": file_id, "name": entry["name"], "size": entry["size"]}
                message["mime"] = entry["mime"]
                message["at"] = int(self._host.now())
                transfer.is_offered = bool(self._session.post(message))

    def accept(self, file_id: str) -> None:
        transfer = self._all.get(file_id)
        if transfer is None or transfer.is_over or transfer.is_accepted or transfer.entry["mine"]:
            return
        transfer.is_accepted = True
        entry = transfer.entry
        transfer.mover = self._host.file_receiver(self._session.id + "." + file_id, entry, self._moved_by(file_id))
        entry["phase"] = "moving"
        self._session.open_work()
        self._session.post({"type": "file_accept", "id": file_id})
        self._draw(transfer)

    def decline(self, file_id: str) -> None:
        self._end(file_id, "declined", True)

    def cancel(self, file_id: str) -> None:
        self._end(file_id, "cancelled", True)

    def pause(self, file_id: str, paused: bool) -> None:
        transfer = self._all.get(file_id)
        if transfer is not None and transfer.is_accepted and not transfer.is_over:
            transfer.mover.pause(paused)
            self._session.post({"type": "file_pause", "id": file_id, "paused": paused})
            self._draw(transfer)

    def save(self, file_id: str) -> bool:
        transfer = self._all.get(file_id)
        return transfer is not None and transfer.mover is not None and bool(transfer.mover.save())

    def cards(self) -> "list[dict[str, Any]]":
        """Offers of the other side that wait for an answer."""
        found = []
        for file_id in self._in_order():
            entry = self._all[file_id].entry
            if not entry["mine"] and entry["phase"] == "offered":
                card = {"kind": "file_offer", "id": file_id, "author": entry["author"], "name": entry["name"]}
                card["size"] = entry["size"]
                card["mime"] = entry["mime"]
                found.append(card)
        return found

    @property
    def is_moving(self) -> bool:
        """Whether a file was accepted and is not over."""
        return any(one.is_accepted and not one.is_over for one in self._all.values())

    # what the other side says

    def offered(self, message: "dict[str, Any]") -> None:
        file_id = message["id"]
        if file_id in self._all or file_id in self._session.conversation.entries:
            return
        self._offered_there += 1
        under_way = len([one for one in self._all.values() if not one.is_over])
        if under_way >= MAX_AT_ONCE or self._offered_there > MAX_OFFERED:
            self._session.post({"type": "file_end", "id": file_id, "reason": "busy"})
            return
        refused = self._session.refuses_file(message["name"], message["size"], message["mime"])
        if refused:
            self._session.post({"type": "file_end", "id": file_id, "reason": refused})
            return
        author = self._session.conversation.other
        entry = self._entry(file_id, False, author, safe_name(message["name"]), message["size"], message["mime"])
        self._all[file_id] = Transfer(entry)
        self._session.conversation.add(entry)
        self._session.file_arrived(entry)

    def accepted(self, message: "dict[str, Any]") -> None:
        transfer = self._all.get(message["id"])
        if transfer is None or transfer.is_over or not transfer.entry["mine"] or transfer.is_accepted:
            return
        transfer.is_accepted = True
        transfer.entry["phase"] = "moving"
        self._draw(transfer)
        self._session.open_work()
        self.work_opened()

    def ended(self, message: "dict[str, Any]") -> None:
        transfer = self._all.get(message["id"])
        if transfer is not None and not transfer.is_over:
            transfer.is_told = True
            self._end(message["id"], message["reason"], False)

    def paused(self, message: "dict[str, Any]") -> None:
        transfer = self._all.get(message["id"])
        if transfer is not None and transfer.is_accepted and not transfer.is_over:
            transfer.mover.pause(message["paused"], True)
            self._draw(transfer)

    # channels

    def work_opened(self) -> None:
        """`work` is there: accepted files of this page get their channels."""
        peer = self._session.peer
        if peer is None or peer.work is None:
            return
        for file_id in self._in_order():
            transfer = self._all[file_id]
            if not transfer.is_accepted or transfer.is_over or not transfer.entry["mine"]:
                continue
            if transfer.mover.state in ("waiting", "suspended") and not transfer.mover.is_attached:
                channel = peer.file_channel(file_id)
                if channel is not None:
                    transfer.mover.attach(channel, peer.work)

    def channel_arrived(self, file_id: str, channel: "Any") -> None:
        """The other side opened a channel: only for a file that was accepted here."""
        transfer = self._all.get(file_id)
        peer = self._session.peer
        if transfer is None or peer is None or transfer.entry["mine"] or not transfer.is_accepted or transfer.is_over:
            channel.close()
            return
        transfer.mover.attach(channel, peer.work)

    def suspended(self) -> None:
        """`work` is gone; a new one goes on from what has arrived."""
        for file_id in self._all:
            self._draw(self._all[file_id])

    def tick(self) -> None:
        """Once a second: speeds and times left, and channels that closed under a living connection."""
        self.work_opened()
        for file_id in self._all:
            transfer = self._all[file_id]
            if transfer.is_accepted and not transfer.is_over:
                self._draw(transfer)

    def revoked(self) -> None:
        """The red X: nothing moves any more, in either direction, and nothing that was offered is sent later."""
        for file_id in list(self._all):
            if self._all[file_id].is_accepted or self._all[file_id].entry["mine"]:
                self._end(file_id, "revoked", True)

    def revoked_there(self) -> None:
        """The other side pressed the red X; its page knows already."""
        for file_id in list(self._all):
            if self._all[file_id].is_accepted:
                self._all[file_id].is_told = True
                self._end(file_id, "revoked", False)

    def peer_changed(self) -> None:
        """The other page was loaded anew: what it had of a file is gone with it."""
        for file_id in list(self._all):
            transfer = self._all[file_id]
            if transfer.is_offered or not transfer.entry["mine"]:
                transfer.is_told = True
                self._end(file_id, "interrupted", False)

    def finish(self) -> None:
        """The session is over."""
        for file_id in list(self._all):
            transfer = self._all[file_id]
            if not transfer.is_over:
                self._end(file_id, "cancelled", False)
            elif transfer.entry["saveable"]:
                self._host.later(KEPT_FOR, transfer.mover.discard)

    def discard(self) -> None:
        """The page goes away: what it holds of files goes too."""
        for transfer in self._all.values():
            if transfer.entry["saveable"]:
                transfer.mover.discard()

    # within

    def _in_order(self) -> "list[str]":
        """The dicts of MicroPython have no order; people do."""
        return sorted(self._all, key=lambda file_id: self._all[file_id].entry["number"])

    def _entry(self, file_id: str, mine: bool, author: str, name: str, size: int, mime: str) -> "dict[str, Any]":
        at = self._host.now()
        time, iso = self._host.clock(at)
        entry = {"kind": "file", "id": file_id, "mine": mine, "author": author, "at": at, "time": time, "iso": iso}
        entry.update({"name": name, "size": size, "mime": mime, "done": 0, "phase": "offered", "reason": ""})
        entry.update({"speed": None, "left": None, "saveable": False})
        return entry

    def _moved_by(self, file_id: str) -> "Any":
        def moved() -> None:
            transfer = self._all.get(file_id)
            if transfer is None or transfer.mover is None or transfer.is_over:
                return
            state = transfer.mover.state
            now = self._host.now()
            if state == "finished":
                self._finished(transfer)
            elif state == "ended":
                self._end(file_id, transfer.mover.reason, True)
            elif now - transfer.drawn_at >= REDRAWN_EVERY or PHASES[state] != transfer.entry["phase"]:
                self._draw(transfer)

        return moved

    def _finished(self, transfer: Transfer) -> None:
        transfer.is_told = True
        transfer.entry["phase"] = "finished"
        transfer.entry["done"] = transfer.entry["size"]
        transfer.entry["speed"] = None
        transfer.entry["left"] = None
        if not transfer.entry["mine"]:
            transfer.entry["saveable"] = True
            transfer.mover.save()
        self._session.conversation.add(transfer.entry)
        self._session.changed()

    def _end(self, file_id: str, reason: str, tell: bool) -> None:
        transfer = self._all.get(file_id)
        if transfer is None or transfer.is_over:
            return
        transfer.entry["phase"] = "ended"
        transfer.entry["reason"] = reason
        transfer.entry["speed"] = None
        transfer.entry["left"] = None
        if tell and not transfer.is_told and (transfer.is_offered or not transfer.entry["mine"]):
            transfer.is_told = True
            self._session.post({"type": "file_end", "id": file_id, "reason": reason})
        # Nobody can do anything with it any more; only the log remembers it.
        self._all.pop(file_id, None)
        if transfer.mover is not None and transfer.mover.state not in ("finished", "ended"):
            transfer.mover.end(reason)
        self._session.conversation.add(transfer.entry)
        self._session.changed()

    def _draw(self, transfer: Transfer) -> None:
        entry = transfer.entry
        if transfer.mover is None or transfer.is_over or not transfer.is_accepted:
            return
        progress = transfer.mover.progress()
        transfer.drawn_at = self._host.now()
        entry["phase"] = PHASES[transfer.mover.state]
        entry["done"] = progress.done
        entry["speed"] = progress.speed
        entry["left"] = progress.seconds_left
        self._session.conversation.redraw(entry)
