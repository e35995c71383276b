"""The real customer's page as an administrator sees it beside the settings: any screen of it, with a made-up person."""

from ...core.prose import plain
from ..conversation import Conversation
from ..log import LogView
from .orphaned import host_of
from .portal import first_state
from .values import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

READY = "deskside-preview-ready"
MESSAGE = "deskside-preview"
SHEETS = ("notifications", "agreement", "recording", "notice", "start")
WAITING = ("queue", "hold", "orphaned")
_WAIT = {"low": 240, "high": 540}


class Preview:
    """Stands in the controller's place. `page` has state, root, catalogue, `language` and `show_site`."""

    def __init__(self, page: "Any") -> None:
        self._page = page
        self._log = LogView(page.root, page.t, lambda: None)
        self._conversation: "Conversation | None" = None
        self._talks = 0
        self._present: "dict[str, Any] | None" = None

    def received(self, message: "dict[str, Any]") -> None:
        """The settings as they are being edited, and the screen to show."""
        if message.get("type") == MESSAGE and type(message.get("site")) is dict:
            self._present = message
            self._page.show_site(message["site"])
            self._page.language.show(message.get("language", self._page.t.language))
            self._show(message)
            self._page.changed()

    def handle(self, action: "tuple[Any, ...]", value: "Any") -> None:
        """Nothing happens in a preview."""

    def language_changed(self) -> None:
        if self._present is not None:
            self._show(self._present)

    def fill(self) -> None:
        """Everything is there already."""

    def rendered(self) -> None:
        self._log.attach(self._conversation)

    def _show(self, message: "dict[str, Any]") -> None:
        state = self._page.state
        screen = message.get("screen", "portal")
        step = message.get("step")
        fresh = first_state()
        for key in ("step", "survey", "ended", "waiting", "representative", "cards", "talk"):
            state[key] = fresh[key]
        self._conversation = None
        state["waiting"] = state["waiting"] | {"position": 3, "waited": 95, "wait": _WAIT}
        if screen in SHEETS and step:
            state["step"] = self._step(step)
            state["screen"] = screen
        elif screen in WAITING and step:
            state["step"] = self._step(step)
            state["screen"] = "waiting"
            self._talk("" if screen != "hold" else (step.get("hold") or {}).get("text", ""))
        elif screen == "session":
            state["representative"] = self._page.t("preview.representative")
            state["connection"] = "connected"
            state["capture"] = "screen"
            state["screen"] = "session"
            self._talk("")
        elif screen == "survey" and message.get("questions"):
            state["representative"] = self._page.t("preview.representative")
            state["survey"] = state["survey"] | {"questions": message["questions"], "answers": {}}
            state["ended"] = state["ended"] | {"reason": "representative", "representative": state["representative"]}
            state["screen"] = "survey"
        elif screen in ("ended", "survey"):
            state["representative"] = self._page.t("preview.representative")
            state["ended"] = state["ended"] | {
                "reason": "representative",
                "representative": state["representative"],
                "transcript": True,
            }
            state["screen"] = "ended"
        else:
            state["screen"] = "portal"

    def _step(self, step: "dict[str, Any]") -> "dict[str, Any]":
        redirect = step.get("redirect")
        return {
            "step": step["step"],
            "about": step.get("about", ""),
            "title": step.get("title", ""),
            "text": step.get("text", ""),
            "left": step.get("left"),
            "busy": False,
            "hold": step.get("hold"),
            "redirect": {"url": redirect["url"], "host": host_of(redirect["url"]), "left": redirect["after"]}
            if redirect
            else None,
            "message": {"open": False, "text": "", "contact": "", "busy": False, "problem": ""}
            if step.get("takes_message")
            else None,
        }

    def _talk(self, hold: str) -> None:
        """A conversation for the eye; what it would keep goes nowhere."""
        page = self._page
        # Each is another log, so that none shows what stood in the one before.
        self._talks += 1
        conversation = Conversation(_Nowhere(), "preview-" + str(self._talks), _Owner())
        conversation.let_go()
        conversation.other = page.state["representative"]
        if hold:
            conversation.event("hold", text=plain(hold, values(page.state, page.t)))
        if page.state["representative"]:
            conversation.event("joined")
        page.state["talk"] = conversation.talk
        self._conversation = conversation


class _Owner:
    def changed(self) -> None:
        pass

    def entry_changed(self, conversation: Conversation, entry: "dict[str, Any]") -> None:
        pass


class _Nowhere:
    """A device that remembers nothing, on which no time passes."""

    def __init__(self) -> None:
        self._last = 0

    def now(self) -> float:
        return 0.0

    def identifier(self) -> str:
        self._last += 1
        return "preview-" + str(self._last)

    def clock(self, at: float) -> "tuple[str, str]":
        return "12:00", "2026-01-01T12:00:00Z"

    def recall(self, key: str) -> None:
        return None
