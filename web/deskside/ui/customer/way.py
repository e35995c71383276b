"""The way in as the server leads through it: the present step, its answer, its countdown, and the hold message."""

from ...core.prose import plain
from .orphaned import Orphaned
from .values import values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ENDING_ANSWERS = {"decline": "declined", "leave": "notice"}
"""Answers that are the person's own end, and its reason: it is the end here at once, heard or not."""
ANNOUNCED = (60, 30, 10)
"""At how many seconds left somebody who listens is told; every second would drown everything else."""


class Way:
    """`page` is the controller. The server says where one stands; this never goes a step by itself."""

    def __init__(self, page: "Any") -> None:
        self.page = page
        self.is_queued = False
        self.orphaned = Orphaned(page)
        self._ends_at = 0.0
        self._pending: "dict[str, Any] | None" = None
        self._held = -1
        self._announced = 0

    @property
    def step(self) -> "dict[str, Any] | None":
        found: "dict[str, Any] | None" = self.page.state["step"]
        return found

    def is_at(self, step: str) -> bool:
        return self.step is not None and self.step["step"] == step

    # what the server says

    def stepped(self, message: "dict[str, Any]") -> None:
        """The present step, for the first time or again: after a lost line, or in another language."""
        kind = message["step"]
        about = message.get("about", "")
        before = self.step
        is_same = before is not None and (before["step"], before["about"]) == (kind, about)
        self._ends_at = float(message.get("ends_at", 0))
        hold = message.get("hold")
        if hold is not None and (before is None or before["hold"] is None or before["hold"]["every"] != hold["every"]):
            # Whoever comes back is not told at once what was just said.
            self._held = self._turn(hold["every"])
        step = {
            "step": kind,
            "about": about,
            "title": message["title"],
            "text": message["text"],
            "left": None,
            "busy": False,
            "hold": hold,
            "redirect": None,
            "message": None,
        }
        self.page.state["step"] = step
        if kind == "orphaned":
            self.orphaned.stepped(message, step, before if is_same else None)
        if not is_same:
            self._announced = self._left()
            if self.page.state["screen"] == "waiting":
                self._announce(step)
        self.count()
        self._show(kind)
        pending = self._pending
        if pending is not None and (pending["step"], pending.get("about", "")) == (kind, about):
            # It was on its way when the line broke.
            step["busy"] = True
            self.page.signaling.send(pending)
        else:
            self._pending = None

    def _show(self, kind: str) -> None:
        if kind in ("queue", "orphaned"):
            self.is_queued = True
        # Whoever waits already may be writing: the focus stays where it is.
        self.page.state["waiting"]["settled"] = self.page.state["screen"] == "waiting"
        self.page.state["screen"] = "waiting" if self.is_queued else kind

    def _announce(self, step: "dict[str, Any]") -> None:
        """What comes by itself while one waits is said, and takes no focus."""
        t = self.page.t
        if step["step"] == "orphaned":
            self.page.attract("orphaned", self.page.state["company"])
        elif step["step"] == "notice":
            self.page.state["status"] = t("way.announce.notice", title=step["title"])

    def queued(self, message: "dict[str, Any]") -> None:
        """In the queue, or still there; the step that says what stands there follows."""
        self.is_queued = True
        self.page.waiting_since = float(message["entered_at"])
        self.page.host.remember("entered_at", str(message["entered_at"]))
        self.moved(message)

    def moved(self, message: "dict[str, Any]") -> None:
        waiting = self.page.state["waiting"]
        waiting["position"] = message["position"]
        waiting["wait"] = message.get("wait")

    def over(self) -> None:
        """A representative came, or it is the end: no step is shown any more."""
        self._pending = None
        self.page.state["step"] = None

    # what the person answers

    def answer(self, answer: str) -> None:
        """Answer the present step. While the line is broken the answer waits for it."""
        step = self.step
        if step is None or step["busy"] or step["left"] == 0:
            return
        message = answer_to(step["step"], step["about"], answer)
        if answer in ENDING_ANSWERS:
            self.page.ending.chosen(ENDING_ANSWERS[answer], message)
            return
        step["busy"] = True
        self._pending = message
        self.page.signaling.send(message)

    def refused(self) -> None:
        """The server did not take the answer; the step that is due is there, or comes."""
        self._pending = None
        if self.step is not None:
            self.step["busy"] = False

    # time

    def tick(self) -> None:
        self.count()
        self._hold()
        if self.is_at("orphaned"):
            self.orphaned.tick()

    def count(self) -> None:
        """Bring the countdown up to now, and say it at few moments."""
        step = self.step
        if step is None or not self._ends_at:
            return
        left = self._left()
        step["left"] = left
        for moment in ANNOUNCED:
            if left <= moment < self._announced:
                self.page.state["status"] = self.page.t("way.announce.left", count=left)
        self._announced = left

    def _left(self) -> int:
        return max(0, int((self._ends_at - self.page.host.now() + 999.0) / 1000.0)) if self._ends_at else 0

    def _hold(self) -> None:
        step = self.step
        if step is None or step["hold"] is None or self.page.session is None:
            return
        turn = self._turn(step["hold"]["every"])
        if turn > self._held:
            self._held = turn
            text = plain(step["hold"]["text"], values(self.page.state, self.page.t))
            self.page.session.conversation.event("hold", False, text=text)

    def _turn(self, every: int) -> int:
        """How often the hold message was due since the person is in the queue."""
        since = self.page.waiting_since
        return int((self.page.host.now() - since) / 1000.0) // every if since and every else -1


def answer_to(step: str, about: str, answer: str) -> "dict[str, Any]":
    """The message of an answer."""
    message: "dict[str, Any]" = {"type": "answer", "step": step, "answer": answer}
    if about:
        message["about"] = about
    return message
