"""The exit survey: questions of the company, answered once, or not at all."""

from ...core.schema import cleaned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_TEXT = 2000


class Survey:
    """`ending` is told when nothing more is asked. What is answered so far outlives a reload of the page."""

    def __init__(self, ending: "Any") -> None:
        self._ending = ending
        self._page = ending.page
        self._is_done = False

    @property
    def _state(self) -> "dict[str, Any]":
        found: "dict[str, Any]" = self._page.state["survey"]
        return found

    def asked(self, questions: "list[dict[str, Any]]") -> None:
        """The survey is due: for the first time, or again because the line broke."""
        if self._is_done or not questions:
            return
        state = self._state
        state["questions"] = questions
        for question in questions:
            name = question["question"]
            if name not in state["answers"]:
                state["answers"][name] = self._page.host.draft("survey_" + name)
        self._page.state["screen"] = "survey"
        if state["busy"]:
            self._say()

    def answer(self, question: str, value: str) -> None:
        self._state["answers"][question] = value
        self._state["problem"] = ""
        self._page.host.keep_draft("survey_" + question, value)

    def send(self) -> None:
        """`Send answers`."""
        if self._state["busy"]:
            return
        self._state["problem"] = self._problem()
        if not self._state["problem"]:
            self._state["busy"] = True
            self._say()

    def _problem(self) -> str:
        for value in self._state["answers"].values():
            if len(value) > MAX_TEXT:
                return "too_long"
        return ""

    def _say(self) -> None:
        answers = []
        for question in self._state["questions"]:
            name = question["question"]
            value = self._state["answers"][name]
            value = cleaned(value, MAX_TEXT, True).strip() if question["kind"] == "text" else value
            if value:
                answers.append({"question": name, "value": value})
        # Where it cannot be said now, it is as soon as the server is back and asks again.
        is_said = self._page.signaling.send({"type": "survey", "answers": answers})
        self._state["problem"] = "" if is_said else "unreachable"

    def skip(self) -> None:
        """`Skip`: an answer too, so that nobody is asked again."""
        if not self._is_done:
            self._page.signaling.send({"type": "survey", "answers": []})
            self._finish(False)

    def kept(self) -> None:
        if not self._is_done:
            self._finish(True)

    def refused(self) -> None:
        """The server did not take the answers; they are still in the form."""
        if not self._is_done and self._state["busy"]:
            self._state["busy"] = False
            self._state["problem"] = "refused"

    def _finish(self, thanked: bool) -> None:
        self._is_done = True
        for question in self._state["questions"]:
            self._page.host.keep_draft("survey_" + question["question"], "")
        self._page.state["ended"]["thanked"] = thanked
        self._page.state["screen"] = "ended"
        self._ending.done()
