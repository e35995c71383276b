"""What the administrator is changing: the whole document, beside the version it began from."""

from .document import Difference, copy, differences, get, lay, touches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Draft:
    """`saved` is version `version` as the server has it, `document` what the fields show.

    When somebody else has saved in between, `merge` brings their changes under ours. Where both changed the same,
    ours stays until `take_theirs`, and nothing is lost either way.
    """

    def __init__(self) -> None:
        self.version = 0
        self.saved: "dict[str, Any]" = {}
        self.document: "dict[str, Any]" = {}
        self.conflict: "dict[str, Any] | None" = None
        self._mine: "dict[str, Any]" = {}
        self._changes: "list[Difference] | None" = None

    def load(self, version: int, settings: "dict[str, Any]") -> None:
        """Begin anew from what the server has."""
        self.version = version
        self.saved = settings
        self.document = copy(settings)
        self.conflict = None
        self.changed()

    def changed(self) -> None:
        """The document is another now."""
        self._changes = None

    def changes(self) -> "list[Difference]":
        """What is not saved."""
        if self._changes is None:
            self._changes = differences(self.saved, self.document)
        return self._changes

    def discard(self) -> "dict[str, Any]":
        """Go back to what is saved; answers what was there, for `undo`."""
        dropped = self.document
        self.load(self.version, self.saved)
        return dropped

    def undo(self, document: "dict[str, Any]") -> None:
        self.document = document
        self.changed()

    def settled(self, version: int, settings: "dict[str, Any]", sent: "dict[str, Any]") -> None:
        """The server has `settings` now, made of `sent`; what was typed since then stays a change."""
        typed = differences(sent, self.document)
        mine = self.document
        self.load(version, settings)
        for change in typed:
            lay(self.document, change.path, mine)
        self.changed()

    def merge(self, version: int, theirs: "dict[str, Any]", by: str, at: int) -> None:
        """Somebody saved another version: keep our changes, take over what only they changed."""
        ours = self.changes()
        fields = []
        for change in differences(self.saved, theirs):
            contested = any(touches(change.path, other.path) for other in ours)
            own = get(self.document, change.path) if contested else None
            if contested and own == change.after:
                continue
            fields.append(
                {
                    "path": change.path,
                    "before": change.before,
                    "theirs": change.after,
                    "mine": own,
                    "contested": contested,
                    "choice": "mine" if contested else "theirs",
                }
            )
        self._mine = self.document
        self.load(version, theirs)
        for change in ours:
            lay(self.document, change.path, self._mine)
        self.changed()
        self.conflict = {"by": by, "at": at, "fields": fields}

    def choose(self, path: str, choice: str) -> None:
        """Settle one field of the conflict: `theirs` or `mine`."""
        for field in self.conflict["fields"] if self.conflict else ():
            if field["path"] == path:
                field["choice"] = choice
                lay(self.document, path, self.saved if choice == "theirs" else self._mine)
                self.changed()

    def snapshot(self) -> "dict[str, Any] | None":
        """What has to be kept over a reload; None when nothing is unsaved."""
        if not self.changes():
            return None
        return {"version": self.version, "saved": self.saved, "document": self.document}

    def restore(self, kept: "dict[str, Any]", version: int, settings: "dict[str, Any]") -> None:
        """After `load`: bring back what was typed before the page was loaded anew."""
        self.load(kept["version"], kept["saved"])
        self.document = kept["document"]
        self.changed()
        if version != kept["version"]:
            self.merge(version, settings, "", 0)
