"""Representatives: who may sign in, for which teams, and who administers. Each is saved by itself."""

from .document import copy
from .fields import number
from .notices import problems_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATH = "/api/admin/representatives"


class People:
    """The list, and the one whose form is open (`state["person"]`)."""

    kept_as = "person"

    def __init__(self, admin: "Any") -> None:
        self._admin = admin

    @property
    def form(self) -> "dict[str, Any] | None":
        return self._admin.state["person"]  # type: ignore[no-any-return]

    @property
    def is_changed(self) -> bool:
        """Whether something is written that is not saved."""
        return self.form is not None and self.form["fields"] != self.form["saved"]

    def snapshot(self) -> "dict[str, Any] | None":
        """What has to be kept over a reload, never a password; None when nothing is unsaved."""
        form = self.form
        if form is None:
            return None
        fields = form["fields"] | {"password": ""}
        if fields == form["saved"]:
            return None
        return {"id": form["id"], "name": form["name"], "fields": fields, "saved": form["saved"]}

    def restore(self, kept: "dict[str, Any]") -> None:
        self._admin.state["person"] = {"busy": False, "removing": False, "problems": []} | kept

    def load(self) -> None:
        self._admin.ask("GET", PATH, None, self._listed)

    def _listed(self, answer: "dict[str, Any]") -> None:
        self._admin.state["people"] = answer.get("representatives", [])

    def new(self) -> None:
        self._open({"id": "", "name": "", "administrator": False, "teams": [], "session_limit": 8})

    def edit(self, person_id: str) -> None:
        for person in self._admin.state["people"] or ():
            if person["id"] == person_id:
                self._open(person)

    def _open(self, person: "dict[str, Any]") -> None:
        fields = {name: copy(person[name]) for name in ("name", "administrator", "teams", "session_limit")}
        fields["password"] = ""
        self._admin.state["person"] = {
            "id": person["id"],
            "name": person["name"],
            "fields": fields,
            "saved": copy(fields),
            "busy": False,
            "removing": False,
            "problems": [],
        }
        self._admin.focus("person.name")

    def close(self) -> None:
        form = self.form
        self._admin.state["person"] = None
        self._admin.settings.keep_soon()
        self._admin.focus("person." + (form["id"] if form and form["id"] else "add"))

    def typed(self, field: str, value: "Any") -> None:
        form = self.form
        if form is None:
            return
        form["fields"][field] = value
        self._admin.settings.keep_soon()
        form["problems"] = [problem for problem in form["problems"] if problem["path"] not in (field, "")]

    def in_team(self, team: str, on: bool) -> None:
        form = self.form
        if form is not None:
            others = [other for other in form["fields"]["teams"] if other != team]
            form["fields"]["teams"] = others + ([team] if on else [])
            self._admin.settings.keep_soon()

    def save(self) -> None:
        form = self.form
        if form is None or form["busy"]:
            return
        body = copy(form["fields"])
        body["teams"] = sorted(body["teams"])
        if not body["password"] and form["id"]:
            del body["password"]
        method, path = ("PUT", PATH + "/" + form["id"]) if form["id"] else ("POST", PATH)
        self._send(method, path, body, "admin.person.saved")

    def ask_to_remove(self, on: bool) -> None:
        if self.form is not None:
            self.form["removing"] = on
            self._admin.focus("person.confirm" if on else "person.remove")

    def remove(self) -> None:
        if self.form is not None and not self.form["busy"]:
            self._send("DELETE", PATH + "/" + self.form["id"], {}, "admin.person.removed")

    def _send(self, method: str, path: str, body: "Any", said: str) -> None:
        form = self.form
        if form is None:
            return
        form["busy"] = True
        form["problems"] = []

        def done(_: "dict[str, Any]") -> None:
            self._admin.state["person"] = None
            self._admin.settings.keep_soon()
            self._admin.focus("person.add")
            self._admin.say(self._admin.t(said, name=form["fields"]["name"]))
            self.load()

        def refused(status: int, answer: "dict[str, Any]") -> None:
            form["busy"] = False
            form["removing"] = False
            form["problems"] = [
                {"path": one["path"].split(".")[0], "code": one["code"], "detail": one["detail"]}
                for one in problems_of(answer)
            ]

        self._admin.ask(method, path, body, done, refused)


PEOPLE_ACTIONS = {
    "new_person": lambda admin, words, value: admin.people.new(),
    "edit_person": lambda admin, words, value: admin.people.edit(words[0]),
    "close_person": lambda admin, words, value: admin.people.close(),
    "set_person": lambda admin, words, value: admin.people.typed(words[0], value),
    "set_limit": lambda admin, words, value: admin.people.typed("session_limit", number(value)),
    "set_team": lambda admin, words, value: admin.people.in_team(words[0], value),
    "save_person": lambda admin, words, value: admin.people.save(),
    "ask_to_remove_person": lambda admin, words, value: admin.people.ask_to_remove(words[0]),
    "remove_person": lambda admin, words, value: admin.people.remove(),
}
