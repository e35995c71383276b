"""Whatever customers, representatives, administrators and networks do in whatever order."""

from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from deskside.core.way_in import ARRIVING, EVENTS, OVER, QUEUED, SESSION, TIMED, Outcome, follow

SWITCHES = ("start", "web_chat", "notifications", "agreement", "recording", "nobody", "takes_message", "survey")
NOTICES = ("flood", "fire", "frost")
ANSWERS = ("web_chat", "go_on", "accept", "decline", "allow", "refuse", "leave", "message", "answers")

LEFT_ALONE = ("abandoned", "wait_again")


class Visit(RuleBasedStateMachine):
    """One customer, kept the way the server keeps one."""

    def __init__(self) -> None:
        super().__init__()
        self.switches: set[str] = set()
        self.notices: set[str] = set()
        self.step = "portal"
        self.reason: str | None = None
        self.answered: set[str] = set()
        self.consents: dict[str, str] = {}
        self.was_asked_to_agree_when_admitted = False
        self.history = ["portal"]
        self.left_by_a_notice = False

    def facts(self) -> set[str]:
        holds = self.switches - self.answered
        return holds | {"notice"} if self.notices - self.answered else holds

    def happens(self, event: str) -> Outcome | None:
        if event == "go_on" and self.step in ("notice", "notice_while_waiting"):
            self.answered.update(sorted(self.notices - self.answered)[:1])
        outcome = follow(self.step, event, self.facts())
        if outcome is None:
            return None
        if self.step in ARRIVING and outcome.step in QUEUED:
            self.was_asked_to_agree_when_admitted = "agreement" in self.switches
        if event in ANSWERS + ("silence",) and self.step in ARRIVING and self.step != "notice":
            self.answered.add(self.step)
        if outcome.consent:
            kind, answer = outcome.consent
            assert kind not in self.consents, "asked twice"
            self.consents[kind] = answer
        self.left_by_a_notice |= event == "leave" and self.step != "orphaned"
        self.step = outcome.step
        self.reason = outcome.reason or self.reason
        self.history.append(self.step)
        return outcome

    @rule(switch=st.sampled_from(SWITCHES))
    def administrator_switches(self, switch: str) -> None:
        self.switches ^= {switch}
        self.happens("settings_changed")

    @rule(notice=st.sampled_from(NOTICES))
    def notice_is_published_or_withdrawn(self, notice: str) -> None:
        self.notices ^= {notice}
        self.happens("settings_changed")

    @rule(event=st.sampled_from(ANSWERS))
    def customer_answers(self, event: str) -> None:
        self.happens(event)

    @rule(event=st.sampled_from(["enter", "end", "disconnected", "returned", "gone", "accepted"]))
    def something_happens(self, event: str) -> None:
        self.happens(event)

    @rule(event=st.sampled_from(["representative_ended", "representative_gone", "removed", *LEFT_ALONE]))
    def representative_does(self, event: str) -> None:
        self.happens(event)

    @precondition(lambda self: self.step in TIMED)
    @rule()
    def nobody_answers(self) -> None:
        step = self.step
        assert self.happens("silence") is not None
        assert self.step != step

    @rule()
    def back_button(self) -> None:
        before = self.step
        self.happens("disconnected")
        self.happens("returned")
        assert self.step == before

    @invariant()
    def nobody_waits_before_accepting(self) -> None:
        if self.step in QUEUED + (SESSION,) and self.was_asked_to_agree_when_admitted:
            assert self.consents.get("agreement") == "accept"

    @invariant()
    def silence_and_no_are_never_yes(self) -> None:
        if self.consents.get("agreement") in ("decline", "silence"):
            assert self.step == "ended"
        assert self.consents.get("recording") in (None, "allow", "refuse", "silence")

    @invariant()
    def nobody_reaches_the_survey_by_a_notice_or_without_a_session(self) -> None:
        if "survey" in self.history:
            assert not self.left_by_a_notice and SESSION in self.history

    @invariant()
    def every_end_says_what_happened(self) -> None:
        assert (self.step in OVER) == (self.reason is not None)

    @invariant()
    def the_way_goes_one_way(self) -> None:
        """From the arrival to the queue, into the session, to the end; and back to the queue only from a session."""
        ranks = [_rank(step) for step in self.history]
        for before, after in pairwise(ranks):
            assert before <= after or (before, after) == (3, 2)

    def teardown(self) -> None:
        """From wherever somebody is, leaving leads to the end."""
        if self.step != "portal":
            self.happens("end")
            self.happens("answers")
            assert self.step == "ended" and self.reason is not None


def _rank(step: str) -> int:
    return [step == "portal", step in ARRIVING, step in QUEUED, step == SESSION, step in OVER].index(True)


def test_every_event_is_tried() -> None:
    tried = {"silence", "settings_changed", "enter", "end", "disconnected", "returned", "gone"}
    tried |= {"accepted", "representative_ended", "representative_gone", "removed"}
    assert {event for event, _ in EVENTS} == tried.union(ANSWERS, LEFT_ALONE)


TestVisit = Visit.TestCase
TestVisit.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
