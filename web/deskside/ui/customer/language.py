"""What follows when the customer's page speaks another language: the log says it again, and the server is told."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def language_changed(page: "Any") -> None:
    """The catalogue speaks another language now."""
    if page.session is not None:
        page.session.conversation.say_times_again()
        page.log.redraw()
    tell_language(page)


def tell_language(page: "Any") -> None:
    """Call whenever the server knows this page's session: its texts come in the language that it was told last."""
    language = page.t.language
    is_told = not page.token or page.host.recall("told_language") == language
    if not is_told and page.signaling.send({"type": "language", "language": language}):
        page.host.remember("told_language", language)
