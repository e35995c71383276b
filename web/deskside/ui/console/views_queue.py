"""Who waits, and which sessions this representative has."""

from ..views.language import NAMES
from ..views.parts import deliberate, icon, monogram, problem
from ..views.words import around, duration
from .views_key import create_button, key_panel
from .views_left import left_messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def queue_pane(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The queue. Its entries are put in one by one, so that an arrival costs the same however many wait."""
    waiting = state["waiting"]
    trouble = state["problem"]
    return (
        "section",
        {"key": "queue-pane", "class": "pane queue-pane", "aria-labelledby": "queue-name"},
        (
            "div",
            {"key": "head", "class": "pane-head"},
            (
                "h2",
                {"id": "queue-name", "ref": "queue-name", "tabindex": "-1"},
                t("queue.name"),
                ("span", {"class": "count"}, str(waiting)),
            ),
            deliberate(
                t("queue.accept_next"),
                ("accept_next",),
                "primary small",
                "",
                {"aria-disabled": None if waiting and not state["taking"] else "true"},
            ),
        ),
        problem(t("queue.problem." + trouble), "queue-problem") if trouble else None,
        (
            "ol",
            {"key": "queue", "ref": "queue", "class": "queue", "aria-label": t("queue.list"), "hidden": not waiting},
        ),
        ("p", {"key": "behind", "class": "hint behind"}, t("queue.behind", count=state["behind"]))
        if state["behind"]
        else None,
        _empty("inbox", t("queue.empty"), t("queue.empty.on" if state["available"] else "queue.empty.off"))
        if state["known"] and not waiting
        else None,
        left_messages(state["left_messages"], state["left_more"], t),
    )


def queue_entry_view(entry: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """One who waits. The list numbers its entries by itself."""
    session = entry["session"]
    name = entry["name"] or t("person.customer")
    return (
        "li",
        {"key": session, "class": "waiter" + ("" if entry["connected"] else " away")},
        (
            "div",
            {"id": "waiter-" + session, "class": "waiter-about"},
            (
                "p",
                {"class": "waiter-head"},
                ("bdi", {"class": "waiter-name", "translate": "no"}, name),
                ("span", {"class": "waited"}, t("queue.waited", time=duration(entry["waited"], t))),
            ),
            _facts(entry),
            ("p", {"class": "question", "dir": "auto"}, entry["question"]) if entry["question"] else None,
            ("p", {"class": "away-note"}, icon("unplug"), t("queue.away")) if not entry["connected"] else None,
        ),
        deliberate(
            t("queue.accept"),
            ("accept", session),
            "secondary small",
            "",
            {"aria-describedby": "waiter-" + session, "aria-disabled": "true" if entry["accepting"] else None},
        ),
        _removal(session, name, entry.get("removal"), t),
    )


def _removal(session: str, name: str, removal: "str | None", t: "Any") -> "tuple[Any, ...] | None":
    """The way to take somebody out of the queue, or the question whether to; nothing where the server knows neither."""
    if removal is None:
        return None
    if removal == "offered":
        more = {"key": "remove", "ref": "remove-" + session, "aria-describedby": "waiter-" + session}
        return (
            "div",
            {"key": "offer", "class": "waiter-more"},
            deliberate(t("queue.remove"), ("ask_to_remove", session), "quiet small", "", more),
        )
    title, explanation = "removal-" + session, "removal-explained-" + session
    busy = {"data-deliberate": session, "aria-disabled": "true" if removal == "busy" else None}
    return (
        "div",
        {
            "key": "removal",
            "ref": "removal",
            "class": "waiter-more removal",
            "role": "group",
            "tabindex": "-1",
            "aria-labelledby": title,
            "aria-describedby": explanation,
            "on_keydown": ("removal_key", session),
        },
        ("p", {"id": title, "class": "removal-title"}, around(t("queue.remove.ask", name=name), name)),
        ("p", {"id": explanation}, t("queue.remove.explain")),
        (
            "div",
            {"class": "removal-answers"},
            deliberate(t("queue.remove.yes"), ("remove", session), "danger small", "", busy),
            deliberate(t("queue.remove.no"), ("keep_waiting", session), "secondary small", "", {"key": "keep"}),
        ),
    )


def _facts(entry: "dict[str, Any]") -> "tuple[Any, ...] | None":
    """What the customer needs: the issue, the team that knows it, the language."""
    facts = [(name, entry[name]) for name in ("issue", "team") if entry[name]]
    items: "list[Any]" = [("span", {"key": name, "class": name, "dir": "auto"}, text) for name, text in facts]
    language = entry["language"].split("-")[0]
    if language in NAMES:
        items.append(("span", {"key": "language", "class": "speaks", "lang": language}, NAMES[language]))
    return ("p", {"class": "facts"}, items) if items else None


def sessions_pane(state: "dict[str, Any]", t: "Any") -> "tuple[Any, ...]":
    """The sessions that are open, with what is new in each."""
    sessions = state["sessions"]
    return (
        "section",
        {"key": "sessions-pane", "class": "pane sessions-pane", "aria-labelledby": "sessions-name"},
        (
            "div",
            {"key": "head", "class": "pane-head"},
            ("h2", {"id": "sessions-name"}, t("sessions.name"), ("span", {"class": "count"}, str(len(sessions)))),
        ),
        create_button(state["key"], t),
        key_panel(state["key"], t),
        (
            "ul",
            {"key": "sessions", "class": "sessions", "aria-label": t("sessions.list")},
            [_session(session, state["selected"], t) for session in sessions],
        )
        if sessions
        else _empty("message-circle", t("sessions.empty"), t("sessions.empty.what"))
        if state["known"]
        else None,
    )


def _session(session: "dict[str, Any]", selected: str, t: "Any") -> "tuple[Any, ...]":
    identifier = session["session"]
    name = session["name"] or t("person.customer")
    trouble = not session["ended"] and session["connection"] != "connected"
    return (
        "li",
        {"key": identifier},
        (
            "button",
            {
                "type": "button",
                "class": "session" + (" ended" if session["ended"] else ""),
                "aria-current": "true" if identifier == selected else None,
                "on_click": ("select", identifier),
            },
            monogram(name),
            (
                "span",
                {"class": "session-about"},
                (
                    "span",
                    {"class": "session-head"},
                    ("bdi", {"class": "session-name", "translate": "no"}, name),
                    ("span", {"class": "when"}, session["time"]),
                ),
                ("span", {"class": "session-last", "dir": "auto"}, _session_line(session, trouble, t)),
            ),
            ("span", {"class": "marks"}, _marks(session, t)),
        ),
        deliberate(t("sessions.close"), ("close_session", identifier), "quiet small", "x", {"aria-description": name})
        if session["ended"]
        else None,
    )


def _session_line(session: "dict[str, Any]", trouble: bool, t: "Any") -> "Any":
    if session["ended"]:
        return t("sessions.ended")
    if trouble:
        return t("sessions." + session["connection"])
    return session["last"] or session["issue"] or t("sessions.new")


def _marks(session: "dict[str, Any]", t: "Any") -> "list[Any]":
    marks: "list[Any]" = []
    if session["sharing"]:
        marks.append(
            (
                "span",
                {"class": "mark", "title": t("sessions.sharing")},
                icon("monitor"),
                ("span", {"class": "visually-hidden"}, t("sessions.sharing")),
            )
        )
    if session["asks"]:
        marks.append(
            (
                "span",
                {"class": "mark asks", "title": t("sessions.asks")},
                icon("file-down"),
                ("span", {"class": "visually-hidden"}, t("sessions.asks")),
            )
        )
    if session["unread"]:
        marks.append(
            (
                "span",
                {"class": "count new"},
                str(session["unread"]),
                ("span", {"class": "visually-hidden"}, " " + t("sessions.unread")),
            )
        )
    return marks


def _empty(symbol: str, title: str, what: str) -> "tuple[Any, ...]":
    """A pane with nothing in it says what to do."""
    return (
        "div",
        {"key": "empty", "class": "empty"},
        icon(symbol),
        ("p", {"class": "empty-title"}, title),
        ("p", {}, what),
    )
