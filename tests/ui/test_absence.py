"""The representative cannot be reached: the page says so, offers the queue after a while, and begins anew."""

from typing import Any

from deskside.ui.customer.absence import ALONE_AFTER
from tests.ui.fakes import FakeHost
from tests.ui.pages import ConsolePage, CustomerPage, customer_session, events

SECOND = 1000.0


def kinds(page: CustomerPage) -> list[str]:
    return [card["kind"] for card in page.state["cards"]]


def silent(page: Any) -> Any:
    page.host.peers[-1].is_silent = True
    return page


def reached(page: Any) -> list[bool]:
    return [message["connected"] for message in page.signaling.sent if message["type"] == "reach"]


# what the server is told


def test_the_server_hears_of_every_change_and_only_of_changes() -> None:
    page = CustomerPage().talk()
    page.host.wait(10 * SECOND)
    assert reached(page) == [True]
    silent(page).host.wait(10 * SECOND)
    assert reached(page) == [True, False] and page.state["connection"] == "reconnecting"
    page.host.peers[-1].frame("control", {"type": "pong"})
    page.host.wait(SECOND)
    assert reached(page) == [True, False, True] and page.state["connection"] == "connected"


def test_a_server_that_comes_back_is_told_anew_once_it_has_said_who_is_there() -> None:
    page = CustomerPage().talk()
    page.host.wait(SECOND)
    page.signaling.drop()
    page.host.wait(3 * SECOND)
    page.signaling.connect()
    page.host.wait(3 * SECOND)
    assert reached(page) == [True]
    page.welcome("active", session="s1")
    page.join()
    page.host.wait(SECOND)
    assert reached(page) == [True, True]


def test_a_server_that_was_away_for_a_moment_only_is_told_too() -> None:
    page = CustomerPage().talk()
    page.signaling.drop()
    page.signaling.connect()
    page.welcome("active", session="s1")
    page.join()
    page.host.wait(SECOND)
    assert reached(page)[-1] is True and len(reached(page)) == 2


def test_the_console_says_it_for_each_session() -> None:
    console = ConsolePage().sign_in().accepted("s1", "one").accepted("s2", "two")
    console.host.peers[0].meet()
    console.host.wait(SECOND)
    told = [(message["session"], message["connected"]) for message in console.signaling.sent if "connected" in message]
    assert told == [("s1", True)]


def test_the_server_is_sought_every_second_only_while_it_is_the_last_way() -> None:
    page = CustomerPage().talk()
    page.host.wait(2 * SECOND)
    assert not page.signaling.is_urgent
    silent(page).host.wait(10 * SECOND)
    assert page.signaling.is_urgent
    page.do("confirm_end")
    page.host.wait(2 * SECOND)
    assert not page.signaling.is_urgent
    console = ConsolePage().sign_in().accepted()
    console.host.wait(2 * SECOND)
    assert console.signaling.is_urgent
    console.host.peers[0].meet()
    console.host.wait(2 * SECOND)
    assert not console.signaling.is_urgent


# alone


def test_who_is_left_alone_is_asked_after_a_while_and_not_while_somebody_is_there() -> None:
    page = CustomerPage().talk()
    page.host.wait(5 * ALONE_AFTER * SECOND)
    assert kinds(page) == []
    silent(page).host.wait((ALONE_AFTER - 2) * SECOND)
    assert kinds(page) == []
    page.host.wait(10 * SECOND)
    assert kinds(page) == ["alone"] and page.state["cards"][0]["can"]
    page.host.peers[-1].frame("control", {"type": "pong"})
    page.host.wait(SECOND)
    assert kinds(page) == []


def test_a_clock_that_jumps_leaves_nobody_alone() -> None:
    page = silent(CustomerPage().talk())
    page.host.wait(10 * SECOND)
    page.host.time += 3_600_000.0
    page.host.wait(SECOND)
    assert kinds(page) == []


def test_without_the_server_only_the_end_is_offered() -> None:
    page = silent(CustomerPage().talk())
    page.signaling.drop()
    page.host.wait((ALONE_AFTER + 10) * SECOND)
    assert kinds(page) == ["alone"] and not page.state["cards"][0]["can"]


def test_waiting_again_is_asked_once_and_the_end_is_there_once() -> None:
    page = silent(CustomerPage().talk())
    page.host.wait((ALONE_AFTER + 10) * SECOND)
    page.do("wait_again")
    assert page.signaling.kinds()[-1] == "wait_again" and page.state["cards"][0]["busy"]
    page.signaling.say("error", code="wrong_state", detail="")
    assert not page.state["cards"][0]["busy"]
    page.do("confirm_end")
    assert page.screen == "ended"


# another representative


def test_the_next_representative_finds_nothing_in_force_and_the_log_goes_on() -> None:
    page = CustomerPage().talk()
    page.do("share_screen")
    track = page.host.pickers[-1].choose()
    first = page.host.peers[-1]
    first.say({"type": "permission_request", "id": "q1", "permission": "point_and_draw", "at": 1})
    page.do("write", value="Are you there?")
    page.do("send")
    page.signaling.say("left", peer="rep")
    page.queued(1).step("queue")
    assert page.screen == "waiting" and page.state["waiting"]["position"] == 1
    assert not track.is_live and first.is_gone and page.state["permissions"] == [] and kinds(page) == []
    assert events(page.session.conversation)[-1] == "handed_back"
    page.join("other", "Cleo")
    page.host.peers[-1].meet()
    assert page.screen == "session" and page.state["representative"] == "Cleo"
    assert events(page.session.conversation)[-1] == "joined"
    assert page.state["permissions"] == [] and page.state["sharing"] is None and kinds(page) == []
    assert page.host.peers[-1].work is None
    # What nobody has read yet is for whoever comes.
    texts = [one["text"] for one in page.session.conversation.entries.values() if one["kind"] == "message"]
    assert texts == ["Are you there?"] and not page.session.conversation.stream.is_empty


def test_a_page_that_was_loaded_anew_meanwhile_says_so_too() -> None:
    page = CustomerPage().talk()
    after = page.reloaded()
    after.welcome("queued", session="s1")
    after.queued(1).step("queue")
    assert after.screen == "waiting" and events(after.session.conversation)[-1] == "handed_back"
    again = after.reloaded()
    again.welcome("queued", session="s1")
    again.queued(1).step("queue")
    assert events(again.session.conversation).count("handed_back") == 1


def test_who_waits_for_the_first_time_was_not_handed_back() -> None:
    page = CustomerPage().queue()
    page.signaling.drop()
    page.signaling.connect()
    page.welcome("queued", session="s1")
    page.queued().step("queue")
    assert "handed_back" not in events(page.session.conversation)


def test_the_representative_reads_why_the_customer_is_gone() -> None:
    console = ConsolePage().sign_in().accepted()
    console.say("ended", session="s1", reason="handed_back")
    session = console.console.sessions["s1"]
    assert session.ended == "handed_back" and events(session.conversation)[-1] == "ended"


# the picture comes back


def test_the_picture_comes_back_on_a_new_connection_without_a_question() -> None:
    host = FakeHost()
    session, peer = customer_session(host)
    session.offer_screen("screen")
    track = host.pickers[-1].choose()
    first = peer.work
    assert first is not None and first.tracks == [track]
    peer.carry_out(peer.link.close_work() + peer.link.open_work())
    assert peer.work is not None and peer.work is not first and peer.work.tracks == [track] and track.is_live
    assert len(host.pickers) == 1


def test_a_lease_that_lapsed_meanwhile_brings_no_picture_back() -> None:
    host = FakeHost()
    session, peer = customer_session(host)
    peer.say({"type": "permission_request", "id": "q", "permission": "view_screen", "at": 1})
    session.leases["q"] = "300"
    session.allow("q")
    track = host.pickers[-1].choose()
    host.time += 301_000.0
    peer.carry_out(peer.link.close_work() + peer.link.open_work())
    assert peer.work is None or peer.work.tracks == []
    session.tick()
    assert not track.is_live and peer.work is None


def test_the_console_keeps_the_picture_open_while_it_is_allowed() -> None:
    console = ConsolePage().sign_in().accepted()
    peer = console.host.peers[-1]
    peer.meet()
    session = console.console.sessions["s1"]
    answer = {"type": "permission_answer", "id": "q", "permission": "view_screen", "answer": "granted", "at": 1}
    peer.say(answer)
    peer.say({"type": "sharing", "on": True, "surface": "screen", "at": 1})
    session.work_closed(peer)
    assert session.screen.is_on
    peer.say({"type": "revoked", "at": 1})
    session.work_closed(peer)
    assert not session.screen.is_on
