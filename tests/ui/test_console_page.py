"""The console hears every message of the server in every state, with several sessions side by side."""

from typing import Any

import pytest

from deskside.core.close_codes import NOT_SIGNED_IN, TAKEN_OVER, WRONG_ORIGIN
from deskside.ui.console.views_queue import queue_pane
from tests.signaling.cost import cost
from tests.ui.fakes_recordings import FakeConsoleHost
from tests.ui.pages import ABOUT, ENTRY, ConsolePage, events, log
from tests.ui.trees import text_of


def working() -> ConsolePage:
    """A session with its customer there."""
    page = ConsolePage().sign_in().accepted()
    page.host.peers[-1].meet()
    return page


def reloaded(page: ConsolePage) -> ConsolePage:
    return ConsolePage(FakeConsoleHost(page.host.device, page.host.records)).sign_in(["s1"])


def session(page: ConsolePage, name: str = "s1") -> Any:
    return page.console.sessions[name]


def shown(page: ConsolePage) -> list[str]:
    return [child.attributes.get("class", "") for child in page.console.root.refs["queue"].children]


def written(node: Any) -> str:
    return (node.text or "") + "".join(written(child) for child in node.children)


# the queue


def test_waiting_times_are_drawn_again_only_when_they_are_said_in_other_words() -> None:
    page = ConsolePage().sign_in()
    for place in range(20):
        entry = {**ENTRY, "session": f"s{place}", "entered_at": int(page.host.time) - 110_000}
        page.say("queue_entered", entry=entry, waiting=20)
    queue = page.console.queue
    assert "1 minute" in written(page.console.root.refs["queue"])
    assert 3 * cost(queue.tick) < cost(lambda: queue.tick(anew=True))
    page.host.wait(11_000)
    assert written(page.console.root.refs["queue"]).count("2 minutes") == 20


def test_of_a_crowd_the_list_holds_those_who_have_waited_longest_and_says_how_many_are_behind() -> None:
    page = ConsolePage().sign_in()
    page.say("welcome", peer="me", name="ann", available=True, waiting=7600, sessions=[], now=int(page.host.time))
    for place in range(200):
        page.say("queue_entered", entry={**ENTRY, "session": f"s{place}"}, waiting=7600)
    assert (len(shown(page)), page.state["waiting"], page.state["behind"]) == (200, 7600, 7400)
    assert "7400 more are waiting behind them." in text_of(queue_pane(page.state, page.console.t))
    # Somebody comes behind them, somebody in the list is accepted, and the next one moves up.
    page.say("queue_left", session="newcomer", waiting=7601)
    assert (len(shown(page)), page.state["behind"]) == (200, 7401)
    page.say("queue_left", session="s3", waiting=7600)
    page.say("queue_entered", entry={**ENTRY, "session": "s200", "name": "Who moved up"}, waiting=7600)
    assert (len(shown(page)), page.state["behind"]) == (200, 7400)
    assert "Who moved up" in written(page.console.root.refs["queue"].children[-1])
    for place in (*range(3), *range(4, 201)):
        page.say("queue_left", session=f"s{place}", waiting=0)
    assert shown(page) == [] and page.state["behind"] == 0


def test_customers_come_and_go_one_by_one() -> None:
    page = ConsolePage().sign_in()
    page.say("queue_entered", entry=ENTRY, waiting=1)
    page.say("queue_entered", entry={**ENTRY, "session": "s2"}, waiting=2)
    page.say("queue_changed", session="s1", connected=False)
    assert shown(page) == ["waiter away", "waiter"] and page.state["waiting"] == 2
    page.say("queue_left", session="s1", waiting=1)
    page.say("queue_left", session="unknown", waiting=1)
    page.say("queue_changed", session="unknown", connected=True)
    assert shown(page) == ["waiter"] and page.state["waiting"] == 1


@pytest.mark.parametrize("hours_off", [-3, 0, 3])
def test_a_wait_is_measured_on_the_clock_of_the_server(hours_off: int) -> None:
    page = ConsolePage().sign_in()
    server = int(page.host.now()) - hours_off * 3_600_000
    page.say("welcome", peer="me", name="ann", available=True, waiting=0, sessions=[], now=server)
    page.say("queue_entered", entry={**ENTRY, "entered_at": server - 120_000}, waiting=1)
    assert "2 minutes" in written(page.console.root.refs["queue"])


def test_who_waited_already_is_not_announced_again() -> None:
    page = ConsolePage().sign_in()
    page.host.attention.is_present = False
    page.say("queue_entered", entry=ENTRY, waiting=1)
    heard = len(page.host.attention.happened)
    page.signaling.drop()
    page.signaling.connect()
    page.welcome(waiting=1)
    page.say("queue_entered", entry=ENTRY, waiting=1)
    assert heard and len(page.host.attention.happened) == heard and shown(page) == ["waiter"]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("taken", "gone"),
        ("queue_empty", "gone"),
        ("nobody_present", "away"),
        ("session_limit", "limit"),
        ("unknown_session", "gone"),
    ],
)
def test_a_customer_who_cannot_be_accepted_is_explained(code: str, problem: str) -> None:
    page = ConsolePage().sign_in()
    page.say("queue_entered", entry=ENTRY, waiting=1)
    page.do("accept", "s1")
    page.say("error", code=code, detail="", session="s1")
    assert page.state["problem"] == problem
    page.do("accept_next")
    assert page.state["problem"] == ""


def test_a_customer_who_is_not_there_is_said_to_be_away_instead_of_connecting() -> None:
    page = ConsolePage().sign_in().accepted()
    assert session(page).connection == "connecting"
    page.say("queue_changed", session="s1", connected=False)
    assert session(page).connection == "absent"
    page.say("queue_changed", session="s1", connected=True)
    assert session(page).connection == "connecting"


def test_a_customer_whom_this_page_reaches_is_not_away_for_want_of_a_server() -> None:
    page = working()
    page.say("queue_changed", session="s1", connected=False)
    assert session(page).connection == "connected"


def test_who_was_accepted_while_away_is_said_to_be_away() -> None:
    page = ConsolePage().sign_in()
    page.say("accepted", session={key: value for key, value in ABOUT.items() if key != "peer"})
    assert session(page).connection == "absent"


@pytest.mark.parametrize("code", ["peer_away", "unknown_peer", "unknown_session"])
def test_an_error_of_a_session_is_not_taken_for_the_answer_to_accept(code: str) -> None:
    page = working()
    page.do("accept_next")
    page.say("error", code=code, detail="", session="s1")
    assert page.state["problem"] == ""
    page.accepted("s2", "other")
    assert page.state["selected"] == "s2"


def test_accepting_while_the_server_is_away_says_so() -> None:
    page = ConsolePage().sign_in()
    page.signaling.is_open = False
    page.do("accept_next")
    assert page.state["problem"] == "unreachable"


def test_available_waits_for_the_server() -> None:
    page = ConsolePage().sign_in()
    page.do("set_available")
    page.do("set_available")
    assert (
        page.signaling.sent[-1] == {"type": "available", "on": False} and page.signaling.kinds().count("available") == 1
    )
    assert page.state["available"]
    page.say("availability", on=False)
    assert not page.state["available"] and not page.state["switching"]


# sessions


def test_several_sessions_stand_side_by_side_and_only_the_first_is_chosen_by_itself() -> None:
    page = ConsolePage().sign_in().accepted().accepted("s2", "two")
    assert page.state["selected"] == "s1" and [one["session"] for one in page.state["sessions"]] == ["s1", "s2"]
    page.host.peers[1].say({"type": "message", "id": "m", "text": "hello", "at": 1}, "chat")
    page.do("show", "sessions")
    assert [one["unread"] for one in page.state["sessions"]] == [0, 1]
    page.do("select", "s2")
    page.do("select", "unknown")
    page.host.wait(0)
    assert page.state["selected"] == "s2" and [one["unread"] for one in page.state["sessions"]] == [0, 0]


def test_a_session_told_again_is_the_same_session() -> None:
    page = working()
    page.accepted()
    page.say("joined", session="s1", peer="customer", ice_servers=[])
    assert len(page.host.peers) == 1 and events(session(page).conversation) == ["joined"]


def test_a_customer_who_reloads_is_another_peer_of_the_same_session() -> None:
    page = working()
    page.say("left", session="s1", peer="customer")
    page.say("joined", session="s1", peer="customer2", ice_servers=[])
    page.say("left", session="s1", peer="customer")
    assert page.host.peers[0].is_gone and not page.host.peers[1].is_gone
    assert events(session(page).conversation) == ["joined", "returned"]


def test_nobody_is_connected_to_before_what_was_kept_is_there() -> None:
    before = working()
    before.do("write", value="one")
    before.do("send")
    page = reloaded(before)
    page.signaling.say("accepted", session={**ABOUT, "peer": "customer"})
    page.signaling.say("left", session="s1", peer="customer")
    page.signaling.say("joined", session="s1", peer="customer2", ice_servers=[])
    page.console.handle(("write",), "too early")
    page.console.handle(("send",), None)
    assert page.host.peers == []
    page.host.wait(0)
    kept = session(page)
    assert [peer.id for peer in page.host.peers] == ["customer2"]
    assert page.host.peers[0].link.streams["chat"] is kept.conversation.stream
    assert [entry.get("text") for entry in log(kept.conversation)] == [None, "one"]
    assert events(kept.conversation) == ["joined"]


@pytest.mark.parametrize("how", ["ended", "taken over"])
def test_a_session_that_is_over_before_it_was_restored_connects_to_nobody(how: str) -> None:
    page = ConsolePage().sign_in()
    page.signaling.say("accepted", session={**ABOUT, "peer": "customer"})
    if how == "ended":
        page.signaling.say("ended", session="s1", reason="customer")
    else:
        page.signaling.drop(TAKEN_OVER, True)
    page.host.wait(0)
    assert page.host.peers == []


@pytest.mark.parametrize("kind", ["joined", "left", "signal", "ended", "queue_changed", "queue_left"])
def test_a_message_about_no_session_of_this_page_means_nothing(kind: str) -> None:
    negotiation = {"connection": "talk", "number": 1, "candidate": {"candidate": "x"}}
    fields: dict[str, Any] = {
        "joined": {"peer": "p", "ice_servers": []},
        "left": {"peer": "p"},
        "signal": {"from": "p", "negotiation": negotiation},
        "ended": {"reason": "customer"},
        "queue_changed": {"connected": True},
        "queue_left": {"waiting": 0},
    }
    page = ConsolePage().sign_in()
    page.say(kind, session="unknown", **fields[kind])
    assert page.console.sessions == {} and page.host.peers == []


# the end


def test_a_session_that_is_over_stays_to_be_read_until_it_is_closed() -> None:
    page = working()
    page.accepted("s2", "two")
    page.do("close_session", "s1")
    page.do("end_session")
    page.do("confirm_end")
    page.say("ended", session="s1", reason="representative")
    assert events(session(page).conversation) == ["joined", "ended"] and page.host.peers[0].is_gone
    assert not any(key.startswith("s1/") for key in page.host.records.kept)
    page.do("send")
    page.do("close_session", "s1")
    assert list(page.console.sessions) == ["s2"] and page.state["selected"] == "s2"


def test_an_end_that_the_server_did_not_hear_is_said_again() -> None:
    page = working()
    page.signaling.drop()
    page.do("confirm_end")
    page.signaling.connect()
    page.welcome(["s1"])
    page.accepted()
    assert page.signaling.sent[-1] == {"type": "end", "session": "s1"}
    assert len(page.host.peers) == 1 and session(page).ended == "representative"


def test_a_session_that_the_server_does_not_know_any_more_is_over() -> None:
    page = working()
    page.signaling.drop()
    page.signaling.connect()
    page.welcome([])
    assert session(page).ended == "customer_gone"


@pytest.mark.parametrize(
    ("code", "screen"), [(TAKEN_OVER, "taken_over"), (NOT_SIGNED_IN, "sign_in"), (WRONG_ORIGIN, "unsupported")]
)
def test_a_console_that_may_not_go_on_lets_go_of_everything(code: int, screen: str) -> None:
    page = working()
    kept = dict(page.host.records.kept)
    page.signaling.drop(code, True)
    page.host.wait(3000)
    assert page.state["screen"] == screen and page.console.sessions == {} and page.host.peers[0].is_gone
    assert page.host.records.kept == kept


def test_a_server_that_is_away_leaves_the_sessions_alone() -> None:
    page = working()
    page.signaling.drop()
    page.host.wait(5000)
    assert page.state["screen"] == "desk" and not page.state["server"] and not page.host.peers[0].is_gone
    assert page.state["sessions"][0]["connection"] == "connected"


def test_nothing_is_called_empty_before_the_server_has_told_all() -> None:
    page = ConsolePage().start()
    assert not page.state["known"]
    page.sign_in(["s1", "s2"])
    assert not page.state["known"]
    page.accepted("s1")
    assert not page.state["known"]
    page.say("ended", session="s2", reason="customer")
    assert page.state["known"]


def test_the_switch_that_was_pressed_without_a_line_is_said_when_there_is_one() -> None:
    page = ConsolePage().sign_in()
    page.signaling.drop()
    page.do("set_available")
    page.do("set_available")
    assert page.state["switching"] and page.state["available"]
    page.signaling.connect()
    page.welcome()
    assert page.signaling.sent[-1] == {"type": "available", "on": False} and page.state["switching"]
    page.say("availability", on=False)
    assert not page.state["available"] and not page.state["switching"]
    page.signaling.drop()
    page.signaling.connect()
    page.welcome()
    assert page.signaling.kinds().count("available") == 1, "what the server has answered is not said again"
