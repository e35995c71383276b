"""Notices: what is wrong at the moment, as customers are told. They have addresses of their own and no version."""

from .document import copy, get, put, remove
from .moments import milliseconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATH = "/api/admin/notices"
_KEPT = ("id", "state", "fields", "saved")


class Notices:
    """The list, and the one that is written at the moment (`state["notice"]`)."""

    kept_as = "notice"

    def __init__(self, admin: "Any") -> None:
        self._admin = admin

    @property
    def form(self) -> "dict[str, Any] | None":
        return self._admin.state["notice"]  # type: ignore[no-any-return]

    @property
    def is_changed(self) -> bool:
        """Whether something is written that is not saved."""
        return self.form is not None and self.form["fields"] != self.form["saved"]

    def snapshot(self) -> "dict[str, Any] | None":
        """What has to be kept over a reload; None when nothing is unsaved."""
        form = self.form
        return {name: form[name] for name in _KEPT} if form is not None and self.is_changed else None

    def restore(self, kept: "dict[str, Any]") -> None:
        form: "dict[str, Any]" = {"busy": False, "problems": []} | kept
        form["texts"] = form["fields"]["texts"]
        self._admin.state["notice"] = form

    def load(self) -> None:
        self._admin.ask("GET", PATH, None, self._listed)

    def _listed(self, answer: "dict[str, Any]") -> None:
        found = answer.get("notices", [])
        for notice in found:
            if notice["expires_at"] is not None:
                self._admin.state["moments"][notice["expires_at"]] = self._admin.host.moment(notice["expires_at"])
        self._admin.state["notices"] = found

    def new(self) -> None:
        self._open({"id": "", "name": "", "scope": "", "texts": {}, "expires_at": None, "state": "draft"})

    def edit(self, notice_id: str) -> None:
        for notice in self._admin.state["notices"] or ():
            if notice["id"] == notice_id:
                self._open(notice)

    def _open(self, notice: "dict[str, Any]") -> None:
        expires = notice["expires_at"]
        fields = {
            "name": notice["name"],
            "scope": notice["scope"],
            "texts": copy(notice["texts"]),
            "expires": "" if expires is None else self._admin.host.local_text(expires),
        }
        self._admin.state["notice"] = {
            "id": notice["id"],
            "state": notice["state"],
            "texts": fields["texts"],
            "fields": fields,
            "saved": copy(fields),
            "busy": False,
            "problems": [],
        }
        self._admin.focus("notice.name")

    def close(self) -> None:
        form = self.form
        self._admin.state["notice"] = None
        self._admin.settings.keep_soon()
        self._admin.focus("notice." + (form["id"] if form and form["id"] else "add"))

    def typed(self, path: str, value: str) -> None:
        form = self.form
        if form is None:
            return
        path = path.replace("{language}", self._admin.state["text_language"])
        if value or "." not in path:
            put(form["fields"], path, value)
        else:
            remove(form["fields"], path)
        self._admin.settings.keep_soon()
        form["problems"] = [problem for problem in form["problems"] if problem["path"] != path]

    def save(self, publish: bool) -> None:
        """Keep it; if `publish`, tell customers from now on."""
        form = self.form
        if form is None or form["busy"]:
            return
        fields = form["fields"]
        expires_at = None
        if fields["expires"]:
            moment = self._admin.host.moment_of(fields["expires"])
            if moment is None:
                form["problems"] = [{"path": "expires_at", "code": "moment", "detail": ""}]
                return
            expires_at = milliseconds(moment)
        texts = {}
        for language in fields["texts"]:
            words = fields["texts"][language]
            if words:
                texts[language] = {"title": words.get("title", ""), "text": words.get("text", "")}
        body = {"name": fields["name"], "scope": fields["scope"], "texts": texts, "expires_at": expires_at}
        form["busy"] = True
        method, path = ("PUT", PATH + "/" + form["id"]) if form["id"] else ("POST", PATH)

        def kept(answer: "dict[str, Any]") -> None:
            form["busy"] = False
            form["problems"] = []
            form["id"] = form["id"] or str(answer.get("id", ""))
            form["saved"] = copy(fields)
            self._admin.settings.keep_soon()
            if publish:
                self.publish(form["id"])
            else:
                self._done("admin.notice.saved")

        def refused(status: int, answer: "dict[str, Any]") -> None:
            form["busy"] = False
            form["problems"] = problems_of(answer)

        self._admin.ask(method, path, body, kept, refused)

    def publish(self, notice_id: str) -> None:
        def refused(status: int, answer: "dict[str, Any]") -> None:
            if self.form is None:
                self.edit(notice_id)
            if self.form is not None:
                self.form["problems"] = problems_of(answer)

        path = PATH + "/" + notice_id + "/publish"
        self._admin.ask("POST", path, {}, lambda _: self._done("admin.notice.published"), refused)

    def withdraw(self, notice_id: str) -> None:
        self._admin.ask(
            "POST", PATH + "/" + notice_id + "/withdraw", {}, lambda _: self._done("admin.notice.withdrawn")
        )

    def _done(self, key: str) -> None:
        if self.form is not None and not self.is_changed:
            self.close()
        self._admin.say(self._admin.t(key))
        self.load()


def problems_of(answer: "dict[str, Any]") -> "list[dict[str, Any]]":
    """What the server found, also where it gave a code and no list."""
    found = get(answer, "problems")
    if type(found) is list and found:
        return found
    return [{"path": "", "code": str(answer.get("code", "invalid")), "detail": str(answer.get("detail", ""))}]


NOTICE_ACTIONS = {
    "new_notice": lambda admin, words, value: admin.notices.new(),
    "edit_notice": lambda admin, words, value: admin.notices.edit(words[0]),
    "close_notice": lambda admin, words, value: admin.notices.close(),
    "set_notice": lambda admin, words, value: admin.notices.typed(words[0], value),
    "save_notice": lambda admin, words, value: admin.notices.save(False),
    "publish": lambda admin, words, value: admin.notices.save(True),
    "publish_notice": lambda admin, words, value: admin.notices.publish(words[0]),
    "withdraw_notice": lambda admin, words, value: admin.notices.withdraw(words[0]),
}
