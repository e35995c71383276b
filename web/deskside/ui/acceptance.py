"""Files that the other side offers. Whether an accepted one finds room here is looked into before that side is told."""

from ..core.file_names import safe_name
from .transfer import Transfer, new_entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_OFFERED = 500
"""Files that the other side may offer in one session; who offers more is not a person."""


class Acceptance:
    """`transfers` holds the files; what is accepted here is told by `session` and opened for its bytes."""

    def __init__(self, host: "Any", session: "Any", transfers: "Any") -> None:
        self._host = host
        self._session = session
        self._transfers = transfers
        self._offered = 0

    def offered(self, message: "dict[str, Any]") -> None:
        """What the other side wants to send: shown, or refused at once."""
        file_id = message["id"]
        transfers = self._transfers
        known = self._session.conversation.entries.get(file_id)
        if known is not None:
            # Offered anew, because a page was loaded anew.
            if known["kind"] == "file" and not known["mine"]:
                if file_id in transfers.all and not transfers.all[file_id].is_over:
                    transfers.resumption.offered_again(transfers.all[file_id])
                else:
                    transfers.resumption.tell_over(file_id)
            return
        self._offered += 1
        if transfers.is_full or self._offered > MAX_OFFERED:
            self._session.post({"type": "file_end", "id": file_id, "reason": "busy"})
            return
        refused = self._session.refuses_file(message["name"], message["size"], message["mime"])
        if refused:
            self._session.post({"type": "file_end", "id": file_id, "reason": refused})
            return
        author = self._session.conversation.other
        about = {"name": safe_name(message["name"]), "size": message["size"], "mime": message["mime"]}
        entry = new_entry(self._host, file_id, False, author, about)
        transfers.all[file_id] = Transfer(entry)
        self._session.conversation.add(entry)
        self._session.file_arrived(entry)

    def accept(self, file_id: str) -> None:
        """The person wants it: there must be room for it, and for all that is still to come of the others."""
        everything = self._transfers.all
        transfer = everything.get(file_id)
        if transfer is None or transfer.is_over or transfer.is_accepted or transfer.is_mine or transfer.is_deciding:
            return
        transfer.is_deciding = True
        transfer.problem = ""
        coming = [one.entry for one in everything.values() if one.is_accepted and not (one.is_mine or one.is_over)]
        # One that is written to a place of the person's takes none of this page's room.
        left = sum([entry["size"] - entry["done"] for entry in coming if not entry.get("placed", False)])
        self._host.room_for(transfer.entry["size"] + left, lambda room: self._room_told(transfer, room))

    def _room_told(self, transfer: Transfer, room: str) -> None:
        def failed(error: str) -> None:
            transfer.is_deciding = False
            if error != "AbortError":  # the person has closed the dialog: the card is still there
                transfer.problem = "no_room"
            self._session.changed()

        if not transfer.is_deciding:
            return
        if room == "private":
            self._take(transfer, None)
        elif room == "picked":
            self._host.pick_place(transfer.entry["name"], lambda place: self._take(transfer, place), failed)
        else:
            failed("")

    def _take(self, transfer: Transfer, place: "Any") -> None:
        """Accept it, into the place that the person has picked, or to be saved when it is whole."""
        if transfer.is_over or not transfer.is_deciding:
            return
        transfer.is_deciding = False
        transfer.accepted()
        transfer.is_agreed = True
        transfer.entry["placed"] = place is not None
        self.receive(transfer, place)
        self._session.conversation.add(transfer.entry)
        self._session.open_work()
        self._session.post({"type": "file_accept", "id": transfer.entry["id"]})
        self._transfers.draw(transfer)
        self._session.changed()

    def receive(self, transfer: Transfer, place: "Any" = None) -> None:
        """Open what holds the bytes that come, with what is there already."""
        entry = transfer.entry
        transfers = self._transfers
        made = self._host.file_receiver(transfers.place(entry["id"]), entry, transfers.moved_by(entry["id"]), place)
        transfer.mover = made
