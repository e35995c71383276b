"""The files of one session: offered, accepted, on their way, in either direction."""

from ..core.ordering import in_order
from .acceptance import Acceptance
from .resumption import Resumption
from .transfer import PHASES, Transfer, new_entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_AT_ONCE = 20
KEPT_FOR = 600_000.0
"""Milliseconds after the end in which the browser may still be saving what was received."""
REDRAWN_EVERY = 200.0
PROBLEMS = {"too_large": "file_too_large", "forbidden_type": "file_forbidden"}


class Transfers:
    """`session` is asked to `post` control messages and to `open_work`; it holds `peer` and `conversation`."""

    def __init__(self, host: "Any", session: "Any") -> None:
        self._host = host
        self._session = session
        self.all: "dict[str, Transfer]" = {}
        self.acceptance = Acceptance(host, session, self)
        self.resumption = Resumption(host, session, self)

    # what this page's person does

    def send(self, files: "list[Any]", author: str) -> None:
        """Ask the other side whether it wants these files. What cannot be sent is said beside the composer."""
        talk = self._session.conversation.talk
        talk["problem"] = ""
        for file in files:
            if file is None:
                talk["problem"] = "folder"
                continue
            if self.is_full:
                talk["problem"] = "too_many_files"
                break
            file_id = self._host.identifier()
            mover = self._host.file_sender(file, file_id, self.moved_by(file_id))
            refused = self._session.refuses_file(mover.name, mover.size, mover.mime)
            if refused:
                talk["problem"] = PROBLEMS[refused]
                continue
            about = {"name": mover.name, "size": mover.size, "mime": mover.mime}
            transfer = Transfer(new_entry(self._host, file_id, True, author, about))
            transfer.mover = mover
            self.all[file_id] = transfer
            self._session.conversation.add(transfer.entry)
        self.offer_all()

    def offer_all(self) -> None:
        """Offer what was picked before anybody was there."""
        for file_id in self.in_order():
            transfer = self.all[file_id]
            entry = transfer.entry
            if transfer.is_mine and not (transfer.is_offered or transfer.is_accepted or transfer.is_over):
                message = {key: entry[key] for key in ("id", "name", "size", "mime")}
                message.update({"type": "file_offer", "at": int(self._host.now())})
                transfer.is_offered = bool(self._session.post(message))

    def accept(self, file_id: str) -> None:
        self.acceptance.accept(file_id)

    def decline(self, file_id: str) -> None:
        self.end(file_id, "declined", True)

    def cancel(self, file_id: str) -> None:
        self.end(file_id, "cancelled", True)

    def pause(self, file_id: str, paused: bool) -> None:
        transfer = self.all.get(file_id)
        if transfer is not None and transfer.is_under_way:
            transfer.mover.pause(paused)
            self._session.post({"type": "file_pause", "id": file_id, "paused": paused})
            self.draw(transfer)

    def save(self, file_id: str) -> bool:
        transfer = self.all.get(file_id)
        return transfer is not None and transfer.mover is not None and bool(transfer.mover.save())

    def cards(self) -> "list[dict[str, Any]]":
        """Offers of the other side that wait for an answer, and files of ours that are needed again."""
        return [card for file_id in self.in_order() for card in self.all[file_id].cards()]

    @property
    def is_full(self) -> bool:
        """Whether no file more may be begun before another one is over."""
        return len([one for one in self.all.values() if not one.is_over]) >= MAX_AT_ONCE

    @property
    def is_moving(self) -> bool:
        """Whether a file was accepted and is not over."""
        return any(one.is_accepted and not one.is_over for one in self.all.values())

    # what the other side says

    def accepted(self, message: "dict[str, Any]") -> None:
        transfer = self.all.get(message["id"])
        if transfer is None or transfer.is_over:
            self.resumption.tell_over(message["id"])
        elif transfer.is_mine and not transfer.is_agreed:
            self.resumption.agreed(transfer)

    def ended(self, message: "dict[str, Any]") -> None:
        transfer = self.all.get(message["id"])
        if transfer is None or transfer.is_over:
            return
        transfer.is_told = True
        if message["reason"] != "stored":
            self.end(message["id"], message["reason"], False)
        elif transfer.is_mine and transfer.is_accepted:
            # All of it arrived before this page was loaded anew.
            if transfer.mover is not None:
                transfer.mover.end("cancelled")
            self._finished(transfer)

    def paused(self, message: "dict[str, Any]") -> None:
        transfer = self.all.get(message["id"])
        if transfer is None or transfer.is_over:
            return
        transfer.is_held_there = bool(message["paused"])
        if transfer.is_under_way:
            transfer.mover.pause(message["paused"], True)
            self.draw(transfer)

    # channels

    def work_opened(self) -> None:
        """`work` is there: accepted files of this page get their channels."""
        peer = self._session.peer
        if peer is None or peer.work is None:
            return
        leaving = []
        for file_id in self.in_order():
            transfer = self.all[file_id]
            if not transfer.is_mine or transfer.mover is None or transfer.is_over:
                continue
            if transfer.waits_for_channel:
                channel = peer.file_channel(file_id)
                if channel is not None:
                    transfer.lost_at = None
                    transfer.mover.attach(channel, peer.work)
            if transfer.mover.state == "moving":
                leaving.append(transfer)
        for transfer in leaving:
            transfer.mover.share(len(leaving))

    def channel_arrived(self, file_id: str, channel: "Any") -> None:
        """The other side opened a channel: only for a file that was accepted here."""
        transfer = self.all.get(file_id)
        peer = self._session.peer
        if transfer is None or peer is None or transfer.is_mine or not transfer.is_agreed or transfer.is_over:
            channel.close()
            if transfer is not None and transfer.is_over:
                # The word that it is whole was lost with the channel before.
                self.resumption.tell_over(file_id)
            return
        transfer.lost_at = None
        transfer.mover.attach(channel, peer.work)

    def suspended(self) -> None:
        """`work` is gone; a new one goes on from what has arrived."""
        self.resumption.tell_finished()
        for transfer in self.all.values():
            # A channel that was not open yet is closed without a word of the browser.
            if transfer.is_under_way:
                transfer.mover.leave()
        self._draw_all()

    def _draw_all(self) -> None:
        for transfer in self.all.values():
            self.draw(transfer)

    def tick(self) -> None:
        """Once a second: speeds and times left, and channels that closed under a living connection."""
        if any(one.waits_for_channel for one in self.all.values()):
            self._session.open_work()  # should it have broken for good
        self.work_opened()
        self.resumption.tick()
        self._draw_all()
        is_stuck = [one for one in self.all.values() if one.is_stuck()]
        if is_stuck and self._session.connection == "connected":
            self._session.peer.renew_work()

    def revoked(self) -> None:
        """The red X: nothing moves any more, in either direction, and nothing that was offered is sent later."""
        for file_id in list(self.all):
            transfer = self.all[file_id]
            transfer.is_deciding = False  # what was accepted by a press before this one is not
            if transfer.is_accepted or transfer.is_mine:
                self.end(file_id, "revoked", True)

    def revoked_there(self) -> None:
        """The other side pressed the red X; its page knows already."""
        self._end_untold("revoked", False)

    def given_up(self) -> None:
        """The other person will not come back, and whoever comes instead was not asked. What is offered stays so."""
        self._end_untold("interrupted", True)

    def _end_untold(self, reason: str, with_offers: bool) -> None:
        for file_id in list(self.all):
            transfer = self.all[file_id]
            if transfer.is_accepted or (with_offers and not transfer.is_mine):
                transfer.is_told = True
                self.end(file_id, reason, False)

    def finish(self, is_elsewhere: bool = False) -> None:
        """The session is over, or goes on in another tab, which has what arrived from this device's disk."""
        for file_id in list(self.all):
            transfer = self.all[file_id]
            if is_elsewhere and transfer.mover is not None and not transfer.is_mine and not transfer.is_over:
                transfer.mover.release()
            if not transfer.is_over:
                self.end(file_id, "cancelled", False)
            elif transfer.entry["saveable"]:
                self._host.later(KEPT_FOR, transfer.mover.discard)

    def discard(self) -> None:
        """The page goes away: what it holds of files that are whole goes too."""
        for transfer in self.all.values():
            if transfer.entry["saveable"]:
                transfer.mover.discard()

    # within

    def place(self, file_id: str) -> str:
        """The name under which this device keeps a file that is received."""
        return str(self._session.id) + "." + file_id

    def in_order(self) -> "list[str]":
        """The dicts of MicroPython have no order; people do."""
        return in_order(list(self.all), lambda file_id: self.all[file_id].entry["number"])

    def moved_by(self, file_id: str) -> "Any":
        """What a mover calls when something changed."""

        def moved() -> None:
            transfer = self.all.get(file_id)
            if transfer is None or transfer.mover is None or transfer.is_over:
                return
            state = transfer.mover.state
            if state == "finished":
                self._finished(transfer)
            elif state == "ended":
                self.end(file_id, transfer.mover.reason, True)
            elif state == "differs":
                self.resumption.differs(transfer)
            elif self._host.passed() - transfer.drawn_at >= REDRAWN_EVERY or PHASES[state] != transfer.entry["phase"]:
                self.draw(transfer)

        return moved

    def _finished(self, transfer: Transfer) -> None:
        transfer.entry.update({"phase": "finished", "done": transfer.entry["size"]})
        transfer.rest()
        if not transfer.is_mine:
            # One that was written to a place of the person's is there already.
            transfer.entry["saveable"] = bool(transfer.mover.save())
        self._session.conversation.add(transfer.entry)
        self._session.changed()

    def end(self, file_id: str, reason: str, tell: bool) -> None:
        """It is over, for a reason that the log gives, and that the other page is told where it does not know."""
        transfer = self.all.get(file_id)
        if transfer is None or transfer.is_over:
            return
        transfer.entry.update({"phase": "ended", "reason": reason})
        transfer.rest()
        if tell and not transfer.is_told and (transfer.is_offered or transfer.is_accepted or not transfer.is_mine):
            transfer.is_told = True
            self._session.post({"type": "file_end", "id": file_id, "reason": reason})
        # Nobody can do anything with it any more; only the log remembers it.
        self.all.pop(file_id, None)
        if transfer.mover is not None and transfer.mover.state not in ("finished", "ended"):
            transfer.mover.end(reason)
        self._session.conversation.add(transfer.entry)
        self._session.changed()

    def draw(self, transfer: Transfer) -> None:
        """Show how far it is."""
        if transfer.is_under_way:
            transfer.show(self._host.passed())
            self._session.conversation.redraw(transfer.entry)
