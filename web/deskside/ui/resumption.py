"""How the files of a session go on after a reload of either page.

A receiver's page finds what has arrived on its disk. A sender's page asks the person for the same file again. When two
pages meet, each says what it holds; nothing moves before the receiver's page has said that it still wants the file.
"""

from ..core.messages import FILE_REASONS
from .transfer import Transfer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LONGEST = 3600.0
"""Seconds for which a file waits for a page at most; what is left on the disk is deleted after as long."""
DEFAULT = 300.0


class Resumption:
    """`transfers` holds the files; this says which of them go on, and for how long they wait for that."""

    def __init__(self, host: "Any", session: "Any", transfers: "Any") -> None:
        self._host = host
        self._session = session
        self._transfers = transfers

    def restored(self, entry: "dict[str, Any]") -> bool:
        """An entry that this page kept before it was loaded anew; whether it was changed."""
        was_saveable = entry["saveable"]
        entry["saveable"] = False
        if entry["phase"] in ("finished", "ended"):
            if was_saveable:
                self._host.forget_file(self._transfers.place(entry["id"]))
            return bool(was_saveable)
        transfer = Transfer(entry)
        transfer.rest()
        if entry.get("placed", False):
            # The browser lets go of a picked place with the page, and of all that was not whole there.
            entry["phase"] = "ended"
            entry["reason"] = "interrupted"
            return True
        self._transfers.all[entry["id"]] = transfer
        if not transfer.is_accepted:
            return False
        transfer.lost_at = self._host.passed()
        if transfer.is_mine:
            entry["phase"] = "again"
        else:
            entry["phase"] = "interrupted"
            self._transfers.acceptance.receive(transfer)
        return True

    def lost(self) -> None:
        """The other page is gone. Another one of the same person may go on from what both hold."""
        for transfer in self._open():
            transfer.is_agreed = False
            transfer.is_offered = False
            transfer.is_held_there = False
            if not transfer.is_accepted:
                continue
            if transfer.lost_at is None:
                transfer.lost_at = self._host.passed()
            if transfer.mover is not None:
                transfer.mover.pause(False, True)
            self._transfers.draw(transfer)

    def met(self) -> None:
        """Another page is there: say what this one holds."""
        for transfer in self._open():
            if transfer.is_mine and not transfer.is_accepted:
                continue  # it is offered anew
            file_id = transfer.entry["id"]
            if not transfer.is_mine:
                # The receiver's word is its own. A sender waits for it, and may have heard it before this moment.
                transfer.is_agreed = transfer.is_accepted
            self._session.post({"type": "file_resume", "id": file_id, "accepted": transfer.is_accepted})
            if transfer.is_wanted_again or (transfer.mover is not None and transfer.mover.paused_here):
                self._session.post({"type": "file_pause", "id": file_id, "paused": True})
        self._transfers.offer_all()

    def resumed(self, message: "dict[str, Any]") -> None:
        """The other page holds that file. Whether it goes on is for the receiver's page to say."""
        transfer = self._transfers.all.get(message["id"])
        if transfer is None or transfer.is_over:
            self.tell_over(message["id"])
        elif not transfer.is_mine:
            self.offered_again(transfer)
        elif message["accepted"]:
            self.agreed(transfer)
        elif transfer.is_accepted:
            # That page has lost the answer: the card is there again, and this is an offer again.
            transfer.is_accepted = transfer.is_agreed = False
            transfer.lost_at = None
            transfer.entry["accepted"] = False
            transfer.entry["phase"] = "offered"
            self._session.conversation.add(transfer.entry)

    def offered_again(self, transfer: Transfer) -> None:
        """The sender's page has the file. What this person has said of it holds."""
        if transfer.is_accepted:
            self._session.open_work()

    def agreed(self, transfer: Transfer) -> None:
        """The receiver's page wants this file of ours."""
        transfer.is_agreed = transfer.is_offered = True
        if not transfer.is_accepted:
            transfer.accepted()
            if transfer.mover is None:
                self._ask_again(transfer, "")
        self._session.conversation.add(transfer.entry)
        if transfer.mover is not None:
            self._session.open_work()
            self._transfers.work_opened()
            self._transfers.draw(transfer)

    def tell_over(self, file_id: str) -> None:
        """The other page asks for a file that is over here, or was never here."""
        entry = self._session.conversation.entries.get(file_id)
        reason = "expired"
        if entry is not None and entry["kind"] == "file":
            if entry["phase"] == "finished" and not entry["mine"]:
                reason = "stored"
            elif entry["reason"] in FILE_REASONS:
                reason = entry["reason"]
        self._session.post({"type": "file_end", "id": file_id, "reason": reason})

    def tell_finished(self) -> None:
        """The connection of the files is gone, perhaps with the word that one is whole; nobody here opens another."""
        for file_id in self._transfers.in_order():
            transfer = self._transfers.all[file_id]
            if transfer.is_over and not transfer.is_mine and not transfer.is_told:
                transfer.is_told = True
                self.tell_over(file_id)

    def choose_again(self, file_id: str, files: "list[Any]") -> None:
        """The person has picked the file once more. Its first blocks are compared before anything leaves."""
        transfer = self._transfers.all.get(file_id)
        if transfer is None or not transfer.is_wanted_again or not files:
            return
        entry = transfer.entry
        for file in files:
            mover = self._host.file_sender(file, file_id, self._transfers.moved_by(file_id))
            if mover.name == entry["name"] and mover.size == entry["size"]:
                transfer.mover = mover
                transfer.problem = ""
                transfer.lost_at = None
                if transfer.is_held_there:
                    mover.pause(True, True)
                self._session.post({"type": "file_pause", "id": file_id, "paused": False})
                if transfer.is_agreed:
                    self._session.open_work()
                    self._transfers.work_opened()
                self._transfers.draw(transfer)
                return
            mover.end("cancelled")
        transfer.problem = "other_file"

    def differs(self, transfer: Transfer) -> None:
        """What was picked is not the file whose beginning has arrived."""
        transfer.mover = None
        self._ask_again(transfer, "other_file")
        self._session.conversation.add(transfer.entry)
        self._session.changed()

    def _ask_again(self, transfer: Transfer, problem: str) -> None:
        transfer.problem = problem
        transfer.lost_at = self._host.passed()
        transfer.entry["phase"] = "again"
        transfer.rest()
        self._session.post({"type": "file_pause", "id": transfer.entry["id"], "paused": True})

    def tick(self) -> None:
        """Give up what nobody has gone on with in time."""
        now = self._host.passed()
        patience = 1000.0 * min(LONGEST, float(self._session.page.site.get("reconnect_time", DEFAULT)))
        for transfer in self._open():
            if transfer.lost_at is not None and now - transfer.lost_at > patience:
                self._transfers.end(transfer.entry["id"], "expired", True)

    def _open(self) -> "list[Transfer]":
        found = [self._transfers.all[file_id] for file_id in self._transfers.in_order()]
        return [transfer for transfer in found if not transfer.is_over]
