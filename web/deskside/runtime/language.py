"""The language of the page: that of the file it came in, until the person or the site wants another."""

from ..ui.text import direction
from . import modules
from .js import document, get, new, window
from .storage import remember

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

# What stands beside the view that Python renders: element, and the key of its text.
_NOTES = (("revoked-note", "start.revoked"),)


class Language:
    """Changes it in place: nothing is loaded anew and nothing is lost. `t` is the page's catalogue."""

    def __init__(self, t: "Any") -> None:
        self._t = t
        self._state: "dict[str, Any]" = {}
        self._changed: "Callable[[], Any]" = lambda: None

    def attach(self, state: "dict[str, Any]", changed: "Callable[[], Any]") -> None:
        """The views show `language` and `languages` of the state; `changed` is called when `t` speaks another."""
        self._state = state
        self._changed = changed
        state["language"] = self._t.language

    def choose(self, language: str) -> None:
        """The person wants this one, now and the next time."""
        if language in self._state["languages"]:
            remember("language", language)
            _forget_query()
            self._speak(language)

    def show(self, language: str) -> None:
        """Speak this one for now: nothing is remembered."""
        self._speak(language)

    def offer(self, languages: "list[str]", preferred: str) -> None:
        """These are the site's; a page in another language goes over to the one that the site prefers for it."""
        known = [language for language in languages if modules.asset("page." + language) is not None]
        self._state["languages"] = known
        if self._state["language"] not in known and preferred in known:
            self._speak(preferred)

    def more_texts(self) -> None:
        """A bundle has brought more texts of the present language."""
        self._t.use(modules.texts(self._t.language), self._t.language)

    def _speak(self, language: str) -> None:
        before = self._t.language
        if language == self._state["language"]:
            return
        # Shown as chosen at once; taken back when it cannot be had.
        self._state["language"] = language
        self._state["language_failed"] = False

        def loaded() -> None:
            if self._state["language"] != language:
                return
            self._t.use(modules.texts(language), language)
            for page in _documents():
                page.documentElement.lang = language
                page.documentElement.dir = direction(language)
            for note, key in _NOTES:
                element = document.getElementById(note)
                if get(element, "id") is not None:
                    element.textContent = self._t(key)
            self._changed()

        def failed(_: str) -> None:
            if self._state["language"] == language:
                self._state["language"] = before
                self._state["language_failed"] = True
                self._state["status"] = self._t("language.failed")
                self._changed()

        modules.load("texts." + language, loaded, failed)


def _documents() -> "list[Any]":
    """The page's own, and that of the small window that stays on top."""
    made = get(window, "documentPictureInPicture")
    small = None if made is None else get(made, "window")
    return [document] if small is None else [document, small.document]


def _forget_query() -> None:
    """The address no longer asks for a language: a reload shows what was chosen."""
    address = new(window.URL, window.location.href)
    if address.searchParams.has("language"):
        address.searchParams.delete("language")
        window.history.replaceState(window.history.state, "", address.href)
