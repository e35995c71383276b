"""What a representative has written comes back: to them, after whatever happens to the page, until it is sent."""

from typing import Any

import pytest

from deskside.core.close_codes import NOT_SIGNED_IN, TAKEN_OVER
from deskside.ui.console.drafts import KEPT_FOR, LONGEST, MOST, Drafts
from deskside.ui.console.views import page as console_page
from tests.ui.fakes_recordings import FakeConsoleHost, FakeWritten
from tests.ui.pages import ABOUT, ENTRY, ConsolePage, T
from tests.ui.recordings_page import ABOUT as RECORDING
from tests.ui.recordings_page import RecordingsPage, watching
from tests.ui.trees import text_of

HALF = "Please open the \U0001f600 menu,\nthen"


def desk(host: FakeConsoleHost | None = None, *sessions: str, name: str = "ann") -> ConsolePage:
    """A console of a browser in which `name` is signed in, with these sessions."""
    page = ConsolePage(host).start()
    page.answer("/api/me", 200, {"name": name, "administrator": False})
    welcome(page, *sessions, name=name)
    return page


def welcome(page: ConsolePage, *sessions: str, name: str = "ann") -> None:
    page.signaling.connect()
    page.say("welcome", peer="me", name=name, available=True, waiting=0, sessions=list(sessions), now=1)
    for session in sessions:
        page.accepted(session)


def writing(text: str = HALF) -> ConsolePage:
    """Somebody has pressed the last key of this text just now."""
    page = desk(None, "s1")
    page.do("write", value=text)
    return page


def again(page: ConsolePage, later: float = 0.0) -> FakeConsoleHost:
    """The same browser with the page loaded anew, or in another tab."""
    host = FakeConsoleHost(page.host.device, page.host.records)
    host.written = FakeWritten(page.host.written.texts, host)
    host.time = page.host.time + later
    return host


def draft(page: ConsolePage, session: str = "s1") -> str:
    return str(page.console.sessions[session].conversation.talk["draft"])


def texts(page: ConsolePage) -> list[str]:
    return [text.partition(":")[2] for text in page.host.written.texts.values()]


def is_said_to_be_kept(page: ConsolePage) -> bool:
    page.host.wait(0)
    return T("sign_in.kept") in text_of(console_page(page.state, T))


# it comes back


def test_a_page_that_goes_a_moment_after_the_last_key_has_kept_it() -> None:
    page = writing()
    assert texts(page) == []
    page.console.leaving()
    assert draft(desk(again(page), "s1")) == HALF


def test_a_page_that_is_killed_has_kept_all_but_the_last_moment() -> None:
    page = writing("a")
    for at in range(2, 20):
        page.host.wait(50)
        page.do("write", value="a" * at)
    assert len(draft(desk(again(page), "s1"))) > 10


def test_each_session_has_its_own_also_when_another_is_looked_at() -> None:
    page = desk(None, "s1", "s2")
    page.do("write", value="to the first")
    page.do("select", "s2")
    assert draft(page, "s2") == ""
    page.do("write", value="to the second")
    page.do("show", "queue")
    page.do("select", "s1")
    page.console.leaving()
    after = desk(again(page), "s2", "s1")
    assert (draft(after, "s1"), draft(after, "s2")) == ("to the first", "to the second")


@pytest.mark.parametrize("code", [NOT_SIGNED_IN, TAKEN_OVER])
def test_a_console_that_may_not_go_on_has_kept_what_was_written(code: int) -> None:
    page = writing()
    page.signaling.drop(code, final=True)
    assert texts(page) == [HALF]
    assert is_said_to_be_kept(page) == (code == NOT_SIGNED_IN)


def test_who_was_signed_out_elsewhere_goes_on_after_signing_in() -> None:
    page = writing()
    page.signaling.drop(NOT_SIGNED_IN, final=True)
    page.do("set_name", value="ann")
    page.do("set_password", value="secret word")
    page.do("sign_in")
    page.answer("/api/sign-in", 200, {"name": "ann", "administrator": False})
    welcome(page, "s1")
    assert draft(page) == HALF
    page.do("send")
    assert texts(page) == []


def test_a_sign_in_that_has_expired_is_said_with_what_is_kept() -> None:
    page = writing()
    page.console.leaving()
    after = ConsolePage(again(page)).start()
    after.answer("/api/me", 401, {})
    assert is_said_to_be_kept(after)
    page.do("write", value="")
    after = ConsolePage(again(page)).start()
    after.answer("/api/me", 401, {})
    assert not is_said_to_be_kept(after)


def test_what_is_typed_before_the_session_is_restored_stays() -> None:
    page = desk()
    page.signaling.say("accepted", session={**ABOUT, "peer": "customer"})
    page.console.handle(("write",), "quick")
    page.host.wait(0)
    assert draft(page) == "quick"


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_customer_who_was_handed_back_and_is_accepted_again_gets_the_answer(is_seen: bool) -> None:
    page = writing()
    page.say("ended", session="s1", reason="handed_back")
    assert page.console.sessions["s1"].ended
    page.accepted("s2", "other")
    page.do("select", "s1" if is_seen else "s2")
    page.say("queue_entered", entry=ENTRY, waiting=1)
    page.do("accept", "s1")
    page.accepted("s1", "customer2")
    assert draft(page) == HALF and not page.console.sessions["s1"].ended and page.state["selected"] == "s1"
    assert page.signaling.kinds()[-1] != "end"
    assert len(page.console.root.refs["log"].children) == 1


def test_a_search_comes_back_with_its_panel() -> None:
    page = desk(None, "s1")
    page.do("toggle_panel", "canned")
    page.do("search_canned", value="gree")
    page.console.leaving()
    after = desk(again(page), "s1")
    assert (after.console.sessions["s1"].panel, after.console.sessions["s1"].search) == ("canned", "gree")
    assert any(request[1].startswith("/api/canned") for request in after.host.requests)
    after.do("canned_key", value={"key": "Escape", "composing": False})
    assert texts(after) == []


def test_what_is_put_in_by_a_canned_message_is_written_too() -> None:
    page = desk(None, "s1")
    page.do("toggle_panel", "canned")
    page.answer("/api/canned", 200, {"messages": [{"id": "c1", "name": "Greeting", "text": "Hello!"}]})
    page.do("insert_canned", "c1")
    page.console.leaving()
    assert texts(page) == ["Hello!"]


@pytest.mark.parametrize("one", [False, True])
def test_what_is_looked_for_among_recordings_comes_back_until_they_are_closed(one: bool) -> None:
    page = watching() if one else RecordingsPage("#recordings").sign_in()
    page.do("find_moment" if one else "search_recordings", value="casey")
    page.console.leaving()
    after = RecordingsPage(page.host.place)
    after.host.written.texts.update(page.host.written.texts)
    after.host.time = page.host.time
    after.sign_in()
    if one:
        assert after.console.recordings.viewing is not None
        assert after.console.recordings.viewing.timeline.search == "casey"
    else:
        assert after.shown["search"] == "casey"
        assert any("search=casey" in request[1] for request in after.host.requests)
    after.do("close_recordings")
    assert texts(after) == [] and RECORDING["id"] not in str(after.host.written.texts)


# and is gone


@pytest.mark.parametrize("how", ["customer", "customer_gone", "representative", "unseen", "while away"])
def test_with_the_session_it_is_deleted(how: str) -> None:
    page = writing()
    page.host.wait(1000)
    assert texts(page) == [HALF]
    if how == "representative":
        page.do("end_session")
        page.do("confirm_end")
    elif how == "unseen":
        page.signaling.drop()
        welcome(page)
    elif how == "while away":
        page = ConsolePage(again(page)).start()
        page.answer("/api/me", 200, {"name": "ann", "administrator": False})
        page.signaling.connect()
        page.say("ended", session="s1", reason="customer")
    else:
        page.say("ended", session="s1", reason=how)
    page.do("show", "queue")
    page.console.leaving()
    assert texts(page) == []


def test_what_was_sent_is_gone_at_once() -> None:
    page = writing()
    page.host.wait(1000)
    page.console.handle(("send",), None)
    assert texts(page) == []


def test_nobody_else_sees_it_and_the_one_who_wrote_it_does() -> None:
    page = writing()
    page.signaling.drop(NOT_SIGNED_IN, final=True)
    page.do("set_name", value="bob")
    page.do("set_password", value="secret word")
    page.do("sign_in")
    page.answer("/api/sign-in", 200, {"name": "bob", "administrator": False})
    welcome(page, "s1", name="bob")
    assert draft(page) == ""
    page.do("write", value="mine")
    page.console.leaving()
    assert sorted(texts(page)) == sorted([HALF, "mine"])
    other = desk(again(page), "s1", name="bob")
    assert draft(other) == "mine"
    assert draft(desk(again(page), "s1")) == HALF


def test_somebody_else_who_signed_in_while_the_server_was_away_sees_nothing_of_the_former() -> None:
    page = writing()
    page.signaling.drop()
    page.signaling.connect()
    page.say("welcome", peer="me", name="bob", available=True, waiting=0, sessions=[], now=1)
    page.console.leaving()
    assert page.host.reloads == 1 and texts(page) == [HALF]
    assert not page.console.sessions["s1"].ended


@pytest.mark.parametrize("hours_off", [-3, 0, 3])
def test_after_a_day_it_is_deleted_and_a_clock_that_is_set_makes_nothing_old(hours_off: int) -> None:
    page = writing()
    page.console.leaving()
    assert draft(desk(again(page, hours_off * 3_600_000.0), "s1")) == HALF
    after = ConsolePage(again(page, KEPT_FOR + 1000.0)).start()
    assert texts(after) == []


def test_a_device_whose_clock_is_days_off_loses_nothing() -> None:
    host = FakeConsoleHost()
    host.set_clock(-10 * KEPT_FOR)
    page = desk(host, "s1")
    page.do("write", value=HALF)
    page.console.leaving()
    after = again(page)
    after.set_clock(-10 * KEPT_FOR)
    assert draft(desk(after, "s1")) == HALF


def test_a_page_that_stays_open_deletes_what_has_become_old() -> None:
    page = writing()
    page.signaling.drop(NOT_SIGNED_IN, final=True)
    page.host.wait(KEPT_FOR / 2)
    assert texts(page) == [HALF]
    page.host.wait(KEPT_FOR)
    assert texts(page) == []


def test_texts_are_bounded_in_number_and_length() -> None:
    host = FakeConsoleHost()
    drafts = Drafts(host)
    drafts.belong_to("ann")
    for at in range(MOST + 5):
        host.wait(1000)
        drafts.note(f"s{at}", "message", "x" * (LONGEST + at))
    drafts.flush()
    assert len(host.written.texts) == MOST and {len(text) for text in host.written.texts.values()} == {LONGEST + 14}
    assert drafts.text("s4", "message") == "" and drafts.text("s5", "message")


# two tabs


def test_of_two_tabs_the_last_keystroke_wins() -> None:
    first = writing("first")
    second = desk(again(first, 100.0), "s1")
    second.do("write", value="second")
    second.console.leaving()
    first.host.wait(200.0)
    first.console.leaving()
    assert texts(first) == ["second"]
    first.do("write", value="first again")
    first.host.wait(1000)
    assert texts(second) == ["first again"]


def elsewhere(page: ConsolePage, text: str, at: float) -> None:
    """Another tab puts this into the storage."""
    key = next(iter(page.host.written.texts), "written/ann/s1/message")
    value = f"{int(page.host.time + at)}:{text}"
    page.host.written.put(key, value)
    page.console.written_elsewhere(key, value)
    page.host.wait(0)


def test_what_another_tab_put_there_is_shown_unless_something_newer_was_typed_here() -> None:
    page = desk(None, "s1")
    elsewhere(page, "from there", 0)
    assert draft(page) == "from there"
    page.host.wait(100)
    page.do("write", value="from here")
    elsewhere(page, "older", -50)
    assert draft(page) == "from here"
    page.console.leaving()
    assert texts(page) == ["from here"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("written/bob/s1/message", "1700000000000:his"),
        ("written/ann/s1/message", None),
        ("written/ann/s1/message", "nonsense"),
        ("written/ann/other/message", "1700000000000:gone"),
        ("text_size", "3"),
    ],
)
def test_what_is_not_for_this_page_changes_nothing(key: str, value: Any) -> None:
    page = writing("mine")
    page.console.written_elsewhere(key, value)
    assert draft(page) == "mine"


def test_what_is_no_text_of_ours_is_deleted() -> None:
    host = FakeConsoleHost()
    host.written.texts.update({"written/ann/s1/message": "?", "text_size": "3", "written/": ""})
    assert draft(desk(host, "s1")) == "" and host.written.texts == {"text_size": "3"}
