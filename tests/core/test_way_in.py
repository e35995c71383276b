"""The way in, tried at every step, with every event, under every combination of facts."""

from deskside.core import messages
from deskside.core.way_in import (
    ARRIVING,
    EVENTS,
    FACTS,
    OVER,
    QUEUED,
    SESSION,
    SHOWN_AS,
    STEPS,
    TABLE,
    TIMED,
    events,
    follow,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from deskside.core.way_in import Outcome

WORDS = [word for word, _ in FACTS]
AFTER = QUEUED + (SESSION,)


def every_combination() -> "Iterator[list[str]]":
    """Every set of facts."""
    for number in range(1 << len(WORDS)):
        yield [word for place, word in enumerate(WORDS) if number & (1 << place)]


FOUND: "dict[tuple[str, str], list[tuple[list[str], Outcome]]]" = {}


def every_outcome(step: str, event: str) -> "list[tuple[list[str], Outcome]]":
    """Wherever this event leads from this step, with the facts under which it does. Found once: many tests ask."""
    if (step, event) not in FOUND:
        found = FOUND[step, event] = []
        for facts in every_combination():
            outcome = follow(step, event, facts)
            if outcome:
                found.append((facts, outcome))
    return FOUND[step, event]


def everything(steps: "tuple[str, ...]" = STEPS) -> "Iterator[tuple[str, str, list[str], Outcome]]":
    """Every transition there is."""
    for step in steps:
        for event in events(step):
            for facts, outcome in every_outcome(step, event):
                yield step, event, facts, outcome


def test_the_table_speaks_of_known_steps_events_and_facts_and_says_each_thing_once() -> None:
    rows = [(row.step, row.event) for row in TABLE]
    assert len(rows) == len(set(rows))
    assert {row.step for row in TABLE} <= set(STEPS)
    assert {row.event for row in TABLE} == {event for event, _ in EVENTS}
    assert {row.fact for row in TABLE} - {None} <= set(WORDS)


def test_every_transition_ends_at_a_step_with_a_reason_exactly_when_it_is_over() -> None:
    for step, event, facts, outcome in everything():
        assert outcome.step in STEPS, (step, event, facts)
        if step not in OVER:
            assert (outcome.reason is not None) == (outcome.step in OVER), (step, event, facts)
        if outcome.reason is not None:
            assert outcome.reason in messages.END_REASONS


def test_pages_know_every_step_of_the_way_by_its_name() -> None:
    assert sorted(messages.STEPS) == sorted({SHOWN_AS.get(step, step) for step in ARRIVING + QUEUED})


def test_nobody_is_queued_while_an_agreement_waits_for_its_answer() -> None:
    for step, event, facts, outcome in everything(("portal",) + ARRIVING):
        if outcome.step in AFTER and "agreement" in facts:
            assert (step, event) == ("agreement", "accept"), (step, event, facts)


def test_only_who_has_answered_everything_is_queued() -> None:
    for step, event, facts, outcome in everything(("portal",) + ARRIVING):
        if outcome.step in AFTER:
            left = [fact for fact in ARRIVING if fact in facts and fact != step]
            assert left == [], (step, event, facts)


def test_a_notice_is_answered_one_at_a_time() -> None:
    for step in ("notice", "notice_while_waiting"):
        for facts, outcome in every_outcome(step, "go_on"):
            if "notice" in facts and step == "notice_while_waiting":
                assert outcome.step == step


def test_silence_never_consents() -> None:
    for facts, outcome in every_outcome("agreement", "silence"):
        assert (outcome.step, outcome.reason) == ("ended", "agreement_timeout"), facts
        assert outcome.consent == ("agreement", "silence")
    for facts, outcome in every_outcome("recording", "silence"):
        assert outcome.reason is None and outcome.step != "recording", facts
        assert outcome.consent == ("recording", "silence")
    for step, event, facts, outcome in everything():
        if outcome.consent and outcome.consent[1] in ("accept", "allow"):
            assert event == outcome.consent[1], (step, event, facts)
    assert [row.step for row in TABLE if row.event == "silence"] == list(TIMED)


def test_the_survey_is_for_who_was_in_a_session_that_did_not_end_by_a_notice() -> None:
    for step, event, facts, outcome in everything():
        if outcome.step == "survey" and step != "survey":
            assert step == SESSION and event != "leave" and "survey" in facts, (step, event, facts)
            assert outcome.reason != "notice"


def test_every_end_of_a_session_but_a_notice_asks_where_the_site_has_a_survey() -> None:
    for event in events(SESSION):
        for facts, outcome in every_outcome(SESSION, event):
            if outcome.reason and outcome.reason != "notice":
                assert outcome.step == ("survey" if "survey" in facts else "ended")


def test_a_reload_and_a_lost_line_change_nothing_at_any_step() -> None:
    for step in ARRIVING + QUEUED + (SESSION,) + OVER:
        for event in ("disconnected", "returned"):
            for _, outcome in every_outcome(step, event):
                assert outcome == (step, None, None)


def test_from_every_step_of_the_way_there_is_a_way_out() -> None:
    for step in ARRIVING + QUEUED:
        for event in ("end", "gone"):
            outcomes = every_outcome(step, event)
            assert len(outcomes) == 1 << len(FACTS)
            assert all(outcome.step == "ended" for _, outcome in outcomes)


def test_nothing_leads_back_from_the_end_and_only_who_is_left_alone_is_queued_twice() -> None:
    for step, event, facts, outcome in everything(AFTER + OVER):
        assert outcome.step not in ARRIVING, (step, event, facts)
        if step == SESSION:
            assert (outcome.step in QUEUED) == (event in ("abandoned", "wait_again")), (event, facts)
        if step in OVER:
            assert outcome.step in OVER
    assert events("ended") == ["disconnected", "returned"]


def test_a_step_is_left_when_the_site_switches_it_off_and_stays_when_it_does_not() -> None:
    for step in ARRIVING:
        for facts, outcome in every_outcome(step, "settings_changed"):
            before = ARRIVING[: ARRIVING.index(step)]
            if step in facts and not [fact for fact in before if fact in facts]:
                assert outcome.step == step, facts
            if step not in facts:
                assert outcome.step != step, facts


def test_what_a_site_does_not_allow_is_no_answer() -> None:
    assert follow("start", "web_chat", ["start"]) is None
    assert follow("orphaned", "message", ["nobody"]) is None
    assert follow("agreement", "go_on", ["agreement"]) is None
    assert follow("queue", "accept", []) is None
