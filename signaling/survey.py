"""The exit survey: asked when a session is over, until it is answered once."""

from typing import TYPE_CHECKING, Any

from deskside.core.messages import TO_CUSTOMER
from signaling.session import Link
from signaling.step import Refusal, Send, Step
from signaling.store import way_in as rows

if TYPE_CHECKING:
    from signaling.hub import Hub

Message = dict[str, Any]
RATINGS = ("1", "2", "3", "4", "5")


def ask(hub: "Hub", step: Step, link: Link) -> None:
    """The questions, while they wait for this page's answer."""
    questions = hub.site.questions(hub.site.language(link.language)) if link.survey else []
    if questions:
        step.effects.append(Send((link.peer,), TO_CUSTOMER, {"type": "survey", "questions": questions}))


def answer(hub: "Hub", step: Step, link: Link, message: Message, now: int) -> None:
    """The answers. A question that has been changed meanwhile is left out; the words are kept with each."""
    if not link.survey:
        raise Refusal("wrong_state")
    asked = {question["question"]: question for question in hub.site.questions(hub.site.document.languages[0])}
    answers: dict[str, rows.SurveyAnswer] = {}
    for given in message["answers"]:
        question = asked.get(given["question"])
        if question and given["value"].strip() and question["question"] not in answers:
            words = _words(question, given["value"])
            if words is None:
                raise Refusal("bad_answer")
            id, kind = question["question"], question["kind"]
            answers[id] = rows.SurveyAnswer(id, kind, question["text"], given["value"], words)
    step.writes += rows.surveyed(link.survey, list(answers.values()), now)
    step.effects.append(Send((link.peer,), TO_CUSTOMER, {"type": "survey_kept"}))
    link.survey = ""


def _words(question: dict[str, Any], value: str) -> str | None:
    """The value in words; None when this question cannot have it."""
    if question["kind"] == "rating":
        return value if value in RATINGS else None
    if question["kind"] == "choice":
        return next((choice["text"] for choice in question["choices"] if choice["choice"] == value), None)
    return value
