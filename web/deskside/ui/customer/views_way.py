"""The steps before the queue: one thing asked per screen, the same place for every answer, and how to leave."""

from ..views.parts import deliberate, heading, icon, line
from ..views.prose import prose
from ..views.words import duration
from .values import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LINUX_COMMAND = "chmod +x deskside-customer"


def step_screen(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """The step that the server has sent last."""
    return [
        _STEPS[state["screen"]](state, t),
        None if state["waiting"]["connected"] else line("unplug", t("way.disconnected"), "notice"),
    ]


def step_key(state: "dict[str, Any]") -> str:
    """Two notices one after the other are two screens."""
    step = state["step"]
    return str(state["screen"] + ":" + step["about"] if step is not None else state["screen"])


def _notifications(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """Why the browser is about to ask; either answer goes on."""
    return [
        ("div", {"class": "picture"}, icon("bell")),
        heading(t("notifications.heading")),
        ("p", {"class": "lead"}, t("notifications.why")),
        ("p", {"class": "hint"}, t("notifications.only")),
        _answers(
            state,
            answer(t("notifications.allow"), ("allow_notifications",), state, True, "bell"),
            answer(t("notifications.skip"), ("answer", "go_on"), state),
        ),
        leave_line(t),
    ]


def _agreement(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    step = state["step"]
    title = step["title"] or t("agreement.heading")
    return [
        heading(title),
        (
            "div",
            {"class": "prose scrolled", "role": "region", "aria-label": title, "tabindex": "0", "dir": "auto"},
            prose(step["text"], values(state, t)),
        ),
        countdown(state, "agreement.countdown", t),
        _answers(
            state,
            answer(t("agreement.decline"), ("answer", "decline"), state),
            answer(t("agreement.accept"), ("answer", "accept"), state, True),
        ),
        ("p", {"class": "hint"}, t("agreement.leave")),
    ]


def _recording(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    step = state["step"]
    return [
        ("div", {"class": "picture"}, icon("circle-dot")),
        heading(step["title"] or t("recording.heading")),
        ("div", {"class": "prose lead", "dir": "auto"}, prose(step["text"], values(state, t))),
        countdown(state, "recording.countdown", t),
        _answers(
            state,
            answer(t("recording.refuse"), ("answer", "refuse"), state),
            answer(t("recording.allow"), ("answer", "allow"), state, True),
        ),
        leave_line(t),
    ]


def _notice(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    step = state["step"]
    return [
        ("div", {"class": "picture warn"}, icon("info")),
        ("p", {"class": "over"}, t("notice.over")),
        heading(step["title"]),
        ("div", {"class": "prose", "dir": "auto"}, prose(step["text"], values(state, t))),
        notice_answers(state, t),
        ("p", {"class": "hint"}, t("notice.hint")),
    ]


def notice_answers(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The same two before the queue and in it."""
    return _answers(
        state,
        answer(t("notice.continue"), ("answer", "go_on"), state, True),
        answer(t("notice.leave"), ("answer", "leave"), state),
    )


def _start(state: "dict[str, Any]", t: "Any") -> "list[Any]":
    """The full program: what to fetch, what to do with it, and the web chat where it is allowed."""
    mode = state["start_mode"]
    step = state["step"]
    chooses = mode["chooses"]
    return [
        ("div", {"class": "picture"}, icon("download")),
        heading(step["title"] or t("start_mode.heading")),
        ("div", {"class": "prose lead", "dir": "auto"}, prose(step["text"], values(state, t)))
        if step["text"]
        else ("p", {"class": "lead"}, t("start_mode.explain")),
        [
            (
                "a",
                {"class": "button " + ("primary" if at == 0 else "secondary"), "href": one["url"], "download": True},
                icon("download"),
                ("span", {"class": "label"}, t("start_mode.download", system=t("system." + one["system"]))),
            )
            for at, one in enumerate(mode["downloads"])
        ],
        _unpacking(mode["system"], t),
        _answers(state, answer(t("start_mode.web_chat"), ("answer", "web_chat"), state, not mode["downloads"]))
        if chooses
        else None,
        leave_line(t),
    ]


def _unpacking(system: str, t: "Any") -> "list[Any]":
    """What comes after the download. On Linux a file that came from the web does not run by itself."""
    steps = ["start_mode.save", "start_mode.open", "start_mode.back"]
    if system == "linux":
        steps = ["start_mode.save", "start_mode.linux.mark", "start_mode.linux.terminal", "start_mode.linux.run"]
    return [
        ("h2", {}, t("start_mode.then")),
        ("ol", {"class": "steps"}, [("li", {}, t(key, command=LINUX_COMMAND)) for key in steps]),
    ]


def answer(
    text: str, action: "tuple[Any, ...]", state: "dict[str, Any]", is_primary: bool = False, symbol: str = ""
) -> "tuple[Any, ...]":
    """One answer. While one is on its way, or it is too late, it stays where it is and says so."""
    step = state["step"]
    is_idle = step["busy"] or step["left"] == 0
    look = "primary" if is_primary else "secondary"
    return deliberate(text, action, look, symbol, {"aria-disabled": "true" if is_idle else None})


def _answers(state: "dict[str, Any]", *answers: "tuple[Any, ...]") -> "tuple[Any, ...]":
    return ("div", {"class": "stack answers" + (" pair" if len(answers) == 2 else "")}, list(answers))


def countdown(state: "dict[str, Any]", key: str, t: "Any") -> "tuple[Any, ...] | None":
    """How long is left and what follows. It is read when somebody goes there, not every second."""
    left = state["step"]["left"]
    if left is None:
        return None
    words = t("way.time_up") if left == 0 else t(key, time=duration(left, t))
    return ("p", {"key": "countdown", "class": "countdown", "role": "timer"}, icon("clock"), ("span", {}, words))


def leave_line(t: "Any") -> "tuple[Any, ...]":
    """How to leave, where no answer means it."""
    return (
        "p",
        {"key": "leave", "class": "hint leave"},
        t("way.leave.hint"),
        " ",
        deliberate(t("way.leave"), ("leave_queue",), "quiet small", "log-out"),
    )


_STEPS = {
    "start": _start,
    "notifications": _notifications,
    "agreement": _agreement,
    "recording": _recording,
    "notice": _notice,
}
