"""The end: here at once, told to the server as soon as it can be, then the exit survey where one is due."""

from .farewell import Farewell
from .orphaned import DRAFTS
from .survey import Survey

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OWN_ENDS = ("customer", "left_queue", "customer_gone", "notice", "declined", "orphaned", "message_left")
KEPT = (
    "token",
    "session",
    "name",
    "issue",
    "representative",
    "entered_at",
    "sharing",
    "revoked",
    "told_language",
    "recording",
    "noticed",
)
"""What the device remembers of a session until it is over and nothing more is asked."""
SURVEY_COMES = 5000.0
"""For how long the page listens for a survey after the end, in milliseconds."""


class Ending:
    """`page` is the controller; whatever ends a session comes through here, and only the first time counts."""

    def __init__(self, page: "Any") -> None:
        self.page = page
        self.is_over = False
        self.survey = Survey(self)
        self.farewell = Farewell(page)
        self._may_be_asked = False
        self._waiting: "Any" = None

    def chosen(self, reason: str, message: "dict[str, Any]") -> None:
        """The person's own end: here at once, and the server hears of it now or as soon as it is back, whichever page
        it is that tells it then."""
        if not self.is_over:
            if self.page.token:
                self.farewell.keep(self.page.token, message)
            self.page.signaling.send(message)
            self.over(reason)

    def over(self, reason: str, is_known: bool = True) -> None:
        """The end, whoever chose it. Nothing runs on and nothing is kept but what the person takes along.

        A server that does not know the session any more asks nothing about it.
        """
        if self.is_over:
            return
        self.is_over = True
        page = self.page
        state = page.state
        was_queued = page.way.is_queued or state["representative"] != ""
        page.way.over()
        talked = state["representative"] != ""
        is_worth_keeping = False
        if page.session is not None:
            session = page.session
            session.finish(reason)
            if talked:
                session.conversation.event("ended", reason in OWN_ENDS, reason=reason)
                is_worth_keeping = len(session.conversation.order) > 1
            session.conversation.let_go()
            page.host.records.delete(session.id + "/")
        for name in DRAFTS + ("talk",):
            page.host.keep_draft(name, "")
        state["ended"] = {
            "reason": reason if was_queued or reason != "left_queue" else "left_early",
            "representative": state["representative"],
            "transcript": is_worth_keeping,
            "goes_to": page.way.orphaned.gone_to,
            "thanked": False,
        }
        state["screen"] = "ended"
        state["status"] = ""
        page.host.attention.calm()
        may_be_asked = page.site.get("survey", True)  # what the site says, where that is known
        self._may_be_asked = bool(talked and is_known and may_be_asked and reason not in ("notice", "taken_over"))
        self._let_go_when_nothing_follows()
        if page.way.orphaned.gone_to and reason == "orphaned":
            page.host.go(page.way.orphaned.gone_to)
        page.changed()

    def _let_go_when_nothing_follows(self) -> None:
        if self.farewell.is_pending:
            return
        if self._may_be_asked:
            self._waiting = self.page.host.later(SURVEY_COMES, self.done)
        else:
            self.done()

    def done(self) -> None:
        """Nothing more is asked and nothing more is said."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        self.forget()
        self.page.signaling.close()

    def forget(self) -> None:
        """The device remembers nothing of this session any more."""
        host = self.page.host
        # Another tab may have put its own session on the device meanwhile.
        if host.recall("token") == self.page.token:
            for key in KEPT:
                host.remember(key, None)

    def received(self, message: "dict[str, Any]") -> None:
        """What the server says to a page whose session is over."""
        kind = message["type"]
        if self.farewell.is_pending:
            if self.farewell.received(message):
                self._let_go_when_nothing_follows()
        elif kind == "survey" and self.page.state["ended"]["reason"] != "notice":
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None
            self.survey.asked(message["questions"])
        elif kind == "survey_kept":
            self.survey.kept()
        elif kind == "error":
            self.survey.refused()
        self.page.changed()
