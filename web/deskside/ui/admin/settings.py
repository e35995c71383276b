"""The settings on the page: read, changed in a draft, saved as a whole; and what happens when another was first."""

from .document import copy, get, resolved
from .draft import Draft
from .fields import NUMBERS, cleaned
from .notices import problems_of
from .sections import place_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATH = "/api/admin/settings"
_KEPT = "admin.draft/"


class Settings:
    """`admin` is the page's controller.

    The tab keeps for its owner what is not saved or discarded: the draft, and what is written in the other forms.
    """

    def __init__(self, admin: "Any") -> None:
        self._admin = admin
        self.owner = ""  # the name of whoever changes them; "" before they were read
        self.draft = Draft()
        self._dropped: "dict[str, Any] | None" = None
        self._keeping: "Any" = None

    @property
    def state(self) -> "dict[str, Any]":
        return self._admin.state  # type: ignore[no-any-return]

    def forget(self) -> None:
        """Leave nothing on the device."""
        self._admin.host.keep(_KEPT + self.owner, None)

    def load(self) -> None:
        self._admin.ask("GET", PATH, None, self._loaded)

    def _loaded(self, answer: "dict[str, Any]") -> None:
        first = self.state["document"] is None
        mine = self.draft.snapshot()
        if first:
            self.owner = self.state["name"]
            mine = self._restore()
        self._adopt(answer)
        self.draft.load(answer["version"], answer["settings"])
        if mine is not None:
            self.draft.restore(mine, answer["version"], answer["settings"])
            self.state["note"] = "kept"
        self.edited("")
        if first:
            self._admin.go(self._admin.host.fragment())

    def _restore(self) -> "dict[str, Any] | None":
        """Open the forms that were written in; the draft, where there is one."""
        kept = self._admin.host.kept(_KEPT + self.owner)
        if type(kept) is not dict:
            return None
        for form in (self._admin.notices, self._admin.people):
            if kept[form.kept_as] is not None:
                form.restore(kept[form.kept_as])
        return kept["settings"]  # type: ignore[no-any-return]

    def _adopt(self, answer: "dict[str, Any]") -> None:
        state = self.state
        state["defaults"] = answer["defaults"]
        state["known_languages"] = answer["languages"]
        state["start_modes"] = answer["start_modes"]

    def reload(self) -> None:
        """After a change of ours: the version as the server keeps it."""
        self._admin.ask("GET", PATH, None, self._read_again)

    def _read_again(self, answer: "dict[str, Any]") -> None:
        self._adopt(answer)
        draft = self.draft
        if draft.changes() and answer["version"] != draft.version:
            draft.merge(answer["version"], answer["settings"], "", 0)
        else:
            draft.settled(answer["version"], answer["settings"], draft.saved)
        self.state["company"] = self.draft.saved["company"]
        self._follow()

    def edited(self, path: str) -> None:
        """The draft is another. What was said of this field is not true any more."""
        self.draft.changed()
        state = self.state
        if path:
            state["problems"] = [problem for problem in state["problems"] if not _concerns(problem["path"], path)]
            state["note"] = ""
            self._dropped = None
            screen = place_of(path)[1]
            if screen:
                state["preview"]["screen"] = screen
        self._follow()

    def _follow(self) -> None:
        """What depends on the draft: the languages one can write in, the frame, what is kept over a reload."""
        state = self.state
        document = self.draft.document
        state["document"] = document
        languages = document["languages"]
        if state["text_language"] not in languages:
            state["text_language"] = languages[0] if languages else "en"
        self.keep_soon()

    def keep_soon(self) -> None:
        """Call it when something was written, or needs not be kept any more."""
        if self._keeping is None:
            self._keeping = self._admin.host.later(300, self.keep)

    def keep(self) -> None:
        """What is not saved survives a reload. Called soon after each change, and when the page goes."""
        self._keeping = None
        kept = {"settings": self.draft.snapshot()}
        for form in (self._admin.notices, self._admin.people):
            kept[form.kept_as] = form.snapshot()
        is_any = any(kept[name] is not None for name in kept)
        self._admin.host.keep(_KEPT + self.owner, kept if is_any else None)

    def save(self) -> None:
        state = self.state
        if state["screen"] != "admin" or state["saving"] or not self.draft.changes():
            return
        cleaned(self.draft.document)
        self.edited("")
        state["problems"] = [
            {"path": path, "code": "number", "detail": ""}
            for path in NUMBERS
            if type(get(self.draft.document, path)) is not int
        ]
        if state["problems"]:
            self._show_problems()
            return
        state["saving"] = True
        state["note"] = ""
        sent = copy(self.draft.document)
        body = {"base": self.draft.version, "settings": sent}
        self._admin.ask("PUT", PATH, body, lambda answer: self._saved(answer, sent), self._not_saved)

    def _saved(self, answer: "dict[str, Any]", sent: "dict[str, Any]") -> None:
        state = self.state
        state["saving"] = False
        state["problems"] = []
        state["note"] = "saved"
        self.draft.settled(answer["version"], sent, sent)
        self._follow()
        self._admin.say(self._admin.t("admin.bar.saved"))
        self.reload()

    def _not_saved(self, status: int, answer: "dict[str, Any]") -> None:
        state = self.state
        state["saving"] = False
        if status == 409 and "settings" in answer:
            self.draft.merge(answer["version"], answer["settings"], str(answer.get("by", "")), answer.get("at", 0))
            state["moments"][answer.get("at", 0)] = self._admin.host.moment(answer.get("at", 0))
            self._follow()
            self._admin.focus("conflict")
        elif status == 422:
            state["problems"] = [
                {"path": resolved(self.draft.document, one["path"]), "code": one["code"], "detail": one["detail"]}
                for one in problems_of(answer)
            ]
            self._show_problems()
        elif status not in (0, 401, 403) and status < 500 and (status != 413 or "code" in answer):
            state["trouble"] = "too_large" if status == 413 else "refused"

    def _show_problems(self) -> None:
        for problem in self.state["problems"]:
            parts = problem["path"].split(".")
            for kind in ("issues", "canned"):
                if parts[0] == kind and len(parts) > 1 and not self.state["open"]:
                    self.state["open"] = ".".join(parts[:2])
        self._admin.focus("problems")

    def discard(self) -> None:
        if self.draft.changes():
            self._dropped = self.draft.discard()
            self.state["note"] = "discarded"
            self.state["problems"] = []
            self._follow()
            self._admin.focus("undo")

    def undo(self) -> None:
        if self._dropped is not None:
            self.draft.undo(self._dropped)
            self._dropped = None
            self.state["note"] = ""
            self._follow()
            self._admin.focus("save")

    def close_conflict(self) -> None:
        self.draft.conflict = None
        self._admin.focus("save")

    def export(self, draft: bool) -> None:
        """One file, as `deskside settings import` takes it: what is saved, or what is in the fields."""
        settings = self.draft.document if draft else self.draft.saved
        name = "deskside-settings-draft.json" if draft else "deskside-settings.json"
        self._admin.host.save_json(name, settings)

    def import_file(self, file: "Any") -> None:
        """Put a file into the fields; it counts once it is saved, so it can be looked at before."""

        def read(settings: "Any") -> None:
            if type(settings) is dict:
                document = copy(self.draft.saved)
                wrong = [key for key in settings if key not in document]
                if not wrong:
                    self._take(document, settings)
                    return
            self.state["import_problem"] = "not_settings"
            self._admin.changed()

        self.state["import_problem"] = ""
        self._admin.host.read_json(file, read)

    def _take(self, document: "dict[str, Any]", settings: "dict[str, Any]") -> None:
        for key in settings:
            # A file with some fields of a part has the others as they are.
            if type(settings[key]) is dict and type(document[key]) is dict and key != "texts":
                document[key].update(settings[key])
            else:
                document[key] = settings[key]
        self.draft.document = document
        self.state["note"] = "imported"
        self.edited("")
        self._admin.changed()


def _concerns(said: str, path: str) -> bool:
    """Whether a problem was about this field or something inside of it."""
    return said == path or said[: len(path) + 1] == path + "." or path[: len(said) + 1] == said + "."
