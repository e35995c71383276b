"""What the preview is told: the site of the draft as the customer's page would get it, and the step that it shows."""

from ...core.addresses import is_address
from ...core.prose import MACROS
from .document import get

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

READY = "deskside-preview-ready"


def message(state: "dict[str, Any]") -> "dict[str, Any]":
    """The message for the page in the frame, of everything that the administrator sees at this moment."""
    document = state["document"]
    language = state["text_language"]
    screen = state["preview"]["screen"]
    return {
        "type": "deskside-preview",
        "site": _site(state, document, language),
        "screen": screen,
        "step": _step(state, document, language, screen),
        "questions": _questions(document, language),
        "language": language,
    }


def text_of(state: "dict[str, Any]", key: str, language: str) -> str:
    """A text as customers would read it: the company's own, or the default."""
    own = get(state["document"], "texts." + language + "." + key)
    return str(get(state["defaults"], language + "." + key, "") if own is None else own)


def pick(document: "dict[str, Any]", texts: "Any", language: str) -> str:
    """Of a text by language: this one, else the site's first, else any."""
    if not texts:
        return ""
    first = document["languages"][0] if document["languages"] else language
    found = texts.get(language) or texts.get(first)
    if found:
        return str(found)
    for name in sorted(texts):
        if texts[name]:
            return str(texts[name])
    return ""


def _site(state: "dict[str, Any]", document: "dict[str, Any]", language: str) -> "dict[str, Any]":
    return {
        "version": 0,
        "company": document["company"],
        "colour": document["colour"],
        "logo": document["logo"],
        "language": language,
        "languages": document["languages"],
        "greeting": text_of(state, "greeting", language),
        "issues": [
            {"id": issue["id"], "name": pick(document, issue["name"], language)} for issue in document["issues"]
        ],
        "session_start": document["session_start"],
        "ice_servers": [],
        "max_file_size": document["files"]["max_size"],
        "forbidden_types": document["files"]["forbidden_types"],
        "watermark": {"text": document["watermark"]["text"], "image": document["watermark"]["image"]},
        "available": True,
    }


def _step(state: "dict[str, Any]", document: "dict[str, Any]", language: str, screen: str) -> "dict[str, Any] | None":
    if screen == "agreement":
        return {
            "step": "agreement",
            "title": text_of(state, "agreement_title", language),
            "text": text_of(state, "agreement_text", language),
            "left": _number(document["agreement"]["timeout"]),
        }
    if screen == "recording":
        text = text_of(state, "recording_text", language)
        return {"step": "recording", "title": "", "text": text, "left": _number(document["recording"]["timeout"])}
    if screen in ("queue", "hold"):
        step: "dict[str, Any]" = {"step": "queue", "title": "", "text": text_of(state, "queue_greeting", language)}
        if document["hold"]["on"]:
            hold = text_of(state, "hold_message", language)
            step["hold"] = {"text": hold, "every": _number(document["hold"]["interval"])}
        return step
    if screen == "orphaned":
        orphaned = document["orphaned"]
        step = {
            "step": "orphaned",
            "title": "",
            "text": text_of(state, "orphaned_message", language),
            "takes_message": orphaned["takes_messages"],
        }
        # Not while it is half typed.
        if is_address(orphaned["url"]):
            step["redirect"] = {"url": orphaned["url"], "after": _number(orphaned["countdown"])}
        return step
    if screen == "notice":
        words = notice_words(state, language)
        return {"step": "notice", "about": "preview", "title": words["title"], "text": words["text"]}
    if screen == "notifications":
        return {"step": "notifications", "title": "", "text": ""}
    return None


def notice_words(state: "dict[str, Any]", language: str) -> "dict[str, str]":
    """Title and text of the notice that is open; of the newest published one where none is."""
    texts: "dict[str, Any]" = {}
    if state["notice"] is not None:
        texts = state["notice"]["texts"]
    else:
        for notice in state["notices"] or ():
            if notice["state"] == "published":
                texts = notice["texts"]
    for wanted in [language] + state["document"]["languages"]:
        words = texts.get(wanted)
        if words and (words.get("title") or words.get("text")):
            return {"title": words.get("title", ""), "text": words.get("text", "")}
    return {"title": "", "text": ""}


def _questions(document: "dict[str, Any]", language: str) -> "list[dict[str, Any]]":
    return [
        {
            "question": question["id"],
            "kind": question["kind"],
            "text": pick(document, question["text"], language),
            "choices": [
                {"choice": choice["id"], "text": pick(document, choice["text"], language)}
                for choice in question["choices"]
            ],
        }
        for question in document["survey"]["questions"]
    ]


def _number(value: "Any") -> int:
    """What is half typed counts as nothing."""
    return value if type(value) is int else 0


def macro_list() -> str:
    """The macros as they are typed."""
    return " ".join(["{" + name + "}" for name in MACROS])
