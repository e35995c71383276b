"""What the controls of the way in and of the exit survey do, in a table like that of the session."""

from .way import answer_to

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _answer(page: "Any", words: "Any", value: "Any") -> None:
    page.way.answer(words[0])


def _allow_notifications(page: "Any", words: "Any", value: "Any") -> None:
    """The browser's own prompt, inside of the press: a later request would be refused."""
    if not page.way.is_at("notifications"):
        return

    def answered(permission: str) -> None:
        page.host.attention.register()
        if page.way.is_at("notifications"):
            page.way.answer("go_on")
            page.changed()

    page.host.attention.ask(answered)


def _leave(page: "Any", words: "Any", value: "Any") -> None:
    page.end("left_queue")


def _stay(page: "Any", words: "Any", value: "Any") -> None:
    if page.way.is_at("orphaned"):
        page.way.orphaned.stay()


def _message(method: str, *values: "Any") -> "Any":
    def done(page: "Any", words: "Any", value: "Any") -> None:
        if page.way.is_at("orphaned") and page.state["step"]["message"] is not None:
            getattr(page.way.orphaned, method)(*values)

    return done


def _write_message(page: "Any", words: "Any", value: "Any") -> None:
    _message("write", words[0], value)(page, words, value)


def _leave_by_notice(page: "Any", words: "Any", value: "Any") -> None:
    """The card in a session: known trouble, and no survey about it."""
    page.ending.chosen("notice", answer_to("notice", words[0], "leave"))


def _continue_after_notice(page: "Any", words: "Any", value: "Any") -> None:
    page.notices = [notice for notice in page.notices if notice["notice"] != words[0]]
    page.signaling.send(answer_to("notice", words[0], "go_on"))


def _answer_survey(page: "Any", words: "Any", value: "Any") -> None:
    page.ending.survey.answer(words[0], words[1] if len(words) > 1 else value)


def _send_survey(page: "Any", words: "Any", value: "Any") -> None:
    page.ending.survey.send()


def _skip_survey(page: "Any", words: "Any", value: "Any") -> None:
    page.ending.survey.skip()


WAY_ACTIONS = {
    "answer": _answer,
    "allow_notifications": _allow_notifications,
    "leave_queue": _leave,
    "stay_here": _stay,
    "open_message": _message("open", True),
    "close_message": _message("open", False),
    "write_message": _write_message,
    "send_message": _message("send"),
    "leave_by_notice": _leave_by_notice,
    "continue_after_notice": _continue_after_notice,
    "answer_survey": _answer_survey,
    "send_survey": _send_survey,
    "skip_survey": _skip_survey,
}
