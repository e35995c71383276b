"""What representatives say often: searched, filled in and put into the composer."""

from ...core.prose import filled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class CannedMessages:
    """Fetched for a language when they are first looked for, and again when the site's settings have changed."""

    def __init__(self, host: "Any", console: "Any") -> None:
        self._host = host
        self._console = console
        self._by_language: "dict[str, list[dict[str, Any]] | None]" = {}
        self._failed: "list[str]" = []

    def forget(self) -> None:
        self._by_language = {}
        self._failed = []

    def fetch(self, language: str) -> None:
        """In the customer's language, unless they are here or on their way."""
        if language in self._by_language:
            return
        self._by_language[language] = None
        if language in self._failed:
            self._failed.remove(language)
        fetched = self._by_language

        def answered(status: int, answer: "dict[str, Any]") -> None:
            if status == 200 and "messages" in answer:
                fetched[language] = answer["messages"]
            else:
                del fetched[language]
                self._failed.append(language)
            self._console.changed()

        self._host.request("GET", "/api/canned?language=" + language, None, answered)

    def state(self, session: "Any") -> "dict[str, Any]":
        """What the panel shows: those in which every word of the search is found, with their macros put in."""
        language = session.about["language"]
        known = self._by_language.get(language)
        words = self._host.folded(session.search).split()
        shown = []
        for message in known or []:
            text = self._text(session, message)
            place = self._host.folded(message["name"] + " " + text) if words else ""
            if all(word in place for word in words):
                shown.append({"id": message["id"], "name": message["name"], "text": text})
        return {
            "search": session.search,
            "messages": shown,
            "found": "failed" if language in self._failed else "loading" if known is None else "ready",
            "is_empty": not known,
        }

    def insert(self, session: "Any", message_id: str) -> None:
        """Behind what is in the composer already; "" means the first that is shown."""
        for message in self.state(session)["messages"]:
            if message_id in ("", message["id"]):
                draft = session.conversation.talk["draft"]
                between = "" if not draft or draft[-1] in " \n" else " "
                session.conversation.write(draft + between + message["text"])
                session.panel = ""
                return

    def _text(self, session: "Any", message: "dict[str, Any]") -> str:
        values = {
            "company": self._console.state["company"],
            "customer": session.name,
            "representative": self._console.state["name"],
            "issue": session.about["issue"],
        }
        return filled(message["text"], values)
