"""What is only read: the reports, and who changed what, which can be brought back."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PERIODS = ("7", "30", "90", "365")
_PAGE = 50  # as many entries of the history as the server gives at once


class Records:
    """Reports of a number of days, and the history page by page."""

    def __init__(self, admin: "Any") -> None:
        self._admin = admin
        self._days = "30"

    def load_reports(self) -> None:
        self._admin.ask("GET", "/api/admin/reports?days=" + self._days, None, self._reported)

    def _reported(self, answer: "dict[str, Any]") -> None:
        self._admin.state["reports"] = {"days": self._days, "report": answer}

    def set_days(self, days: str) -> None:
        if days in PERIODS:
            self._days = days
            self.load_reports()

    def load_history(self) -> None:
        self._admin.ask("GET", "/api/admin/audit", None, self._audited)
        self._admin.ask("GET", "/api/admin/history", None, lambda answer: self._read([], answer))

    def _audited(self, answer: "dict[str, Any]") -> None:
        found = answer.get("entries", [])
        self._put_into_words(found)
        self._admin.state["audit"] = found

    def _put_into_words(self, entries: "list[Any]") -> None:
        """Moments come into the state ready to be read."""
        for entry in entries:
            self._admin.state["moments"][entry["at"]] = self._admin.host.moment(entry["at"])

    def more(self) -> None:
        known = self._admin.state["history"]["versions"]
        if known:
            path = "/api/admin/history?before=" + str(known[-1]["version"])
            self._admin.ask("GET", path, None, lambda answer: self._read(known, answer))

    def _read(self, known: "list[Any]", answer: "dict[str, Any]") -> None:
        found = answer.get("versions", [])
        self._put_into_words(found)
        self._admin.state["history"] = {"versions": known + found, "all": len(found) < _PAGE}

    def restore(self, version: int) -> None:
        """Make an earlier version the one in force. The draft has to be settled before."""
        if self._admin.draft.changes():
            self._admin.state["trouble"] = "restore_unsaved"
            return
        body = {"version": version, "base": self._admin.draft.version}

        def refused(status: int, answer: "dict[str, Any]") -> None:
            self._admin.state["trouble"] = "changed_meanwhile" if status == 409 else "restore_failed"
            self._admin.settings.reload()
            self.load_history()

        self._admin.ask("POST", "/api/admin/restore", body, self._restored, refused)

    def _restored(self, answer: "dict[str, Any]") -> None:
        self._admin.say(self._admin.t("admin.history.restored"))
        self._admin.state["note"] = "restored"
        self._admin.settings.reload()
        self.load_history()
