"""A proxy that stands in the way is named as the reason, to whom it concerns."""

from typing import Any

import pytest

from deskside.core import close_codes
from deskside.ui.console.views import page as console_page
from deskside.ui.customer.views import page as customer_page
from tests.ui.admin_pages import AdminPage
from tests.ui.fakes import FakeHost
from tests.ui.pages import ConsolePage, CustomerPage, T
from tests.ui.test_console_door import ANN, at_the_form, at_the_link
from tests.ui.trees import text_of

REACH = "/api/reach"
ASKED = REACH + "?origin=https://desk.example"
LINES = ["proxy_set_header Host $host;", "DESKSIDE_TRUSTED_PROXIES=127.0.0.1"]
WRONG_ORIGIN = {"code": "wrong_origin"}
NOTHING: list[Any] = [
    (200, {"change": []}),
    (200, {"change": [], "upgrade": []}),
    (200, {}),
    (200, {"change": "x"}),
    (0, {}),
    (404, {}),
    (502, {}),
]


def test_signing_in_through_it_says_what_to_change_and_keeps_what_was_typed() -> None:
    page = at_the_form()
    page.do("sign_in")
    page.answer("/api/sign-in", 403, WRONG_ORIGIN)
    assert page.host.requests[0][:3] == ("GET", ASKED, None)
    page.answer(REACH, 200, {"change": LINES})
    said = text_of(console_page(page.state, T))
    assert "Your name and password were not looked at" in said and "\n".join(LINES) in said
    assert page.state["sign_in"]["password"] == "a long password"
    page.do("sign_in")
    page.answer("/api/sign-in", 401, {"code": "wrong_credentials"})
    said = text_of(console_page(page.state, T))
    assert "Wrong name or password." in said and LINES[0] not in said


def test_the_link_of_the_first_start_does_too() -> None:
    page = at_the_link()
    page.do("create_administrator")
    page.answer("/api/setup", 403, WRONG_ORIGIN)
    page.answer(REACH, 200, {"change": LINES})
    said = text_of(console_page(page.state, T))
    assert "the link is still good" in said and LINES[1] in said


@pytest.mark.parametrize(("status", "answer"), NOTHING)
def test_where_it_is_not_the_reason_nothing_is_made_up(status: int, answer: Any) -> None:
    page = at_the_form()
    page.do("sign_in")
    page.answer("/api/sign-in", 403, WRONG_ORIGIN)
    page.answer(REACH, status, answer)
    assert page.state["sign_in"]["problem"] == "refused"
    desk = ConsolePage().start()
    desk.answer("/api/me", 200, ANN)
    desk.signaling.drop()
    desk.answer(REACH, status, answer)
    assert desk.state["screen"] == "desk"
    customer = CustomerPage().begin()
    customer.do("start_chat")
    customer.signaling.drop()
    customer.host.requests[-1][3](status, answer)
    assert customer.state["portal"]["problem"] == "unreachable"


def test_a_desk_that_never_connects_says_what_to_change_until_it_does() -> None:
    page = ConsolePage().start()
    page.answer("/api/me", 200, ANN)
    for _ in range(3):
        page.signaling.drop()
    asked = [request[1] for request in page.host.requests if request[1].startswith(REACH)]
    assert asked == [ASKED] and page.state["screen"] == "desk"
    page.answer(REACH, 200, {"change": LINES})
    said = text_of(console_page(page.state, T))
    assert "The desk cannot connect" in said and LINES[0] in said and page.signaling.wanted
    page.signaling.connect()
    assert page.state["screen"] == "desk"
    page.welcome()
    page.signaling.drop()
    assert not [request for request in page.host.requests if request[1].startswith(REACH)]


def test_a_desk_whose_hello_is_refused_for_its_origin_does_too() -> None:
    page = ConsolePage().start()
    page.answer("/api/me", 200, ANN)
    page.signaling.connect()
    page.signaling.drop(close_codes.WRONG_ORIGIN, final=True)
    page.answer(REACH, 200, {"change": LINES})
    assert page.state["screen"] == "misconfigured" and LINES[0] in text_of(console_page(page.state, T))


def test_a_customer_reads_that_it_is_not_their_internet_and_is_let_in_once_it_works() -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.drop()
    page.host.requests[-1][3](200, {"change": LINES})
    said = text_of(customer_page(page.state, T))
    assert "not set up correctly" in said and "Check your internet" not in said
    assert "For whoever looks after this website:" + "\n".join(LINES) in said
    page.signaling.drop()
    assert page.state["portal"]["problem"] == "misconfigured"
    page.signaling.connect()
    assert page.signaling.kinds() == ["hello"]


def test_a_customer_who_cannot_come_back_does_too() -> None:
    page = CustomerPage(FakeHost(CustomerPage().talk().host.device)).begin()
    page.signaling.drop()
    page.host.requests[-1][3](200, {"change": LINES})
    assert (page.screen, page.state["failed"]) == ("failed", "misconfigured") and page.signaling.wanted
    said = text_of(customer_page(page.state, T))
    assert "For whoever looks after this website:" + "\n".join(LINES) in said


HELD: dict[str, Any] = {"change": [], "upgrade": ["proxy_set_header Upgrade $http_upgrade;"]}


def test_a_customer_whose_web_socket_never_arrives_reads_that_something_holds_it_back() -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    page.signaling.drop()
    page.host.requests[-1][3](200, HELD)
    assert page.state["portal"]["problem"] == "unreachable", "once may be chance"
    page.signaling.drop()
    page.host.requests[-1][3](200, HELD)
    said = text_of(customer_page(page.state, T))
    assert "A company network, a VPN" in said and "Check your internet" not in said and HELD["upgrade"][0] in said
    page.signaling.drop()
    page.host.requests[-1][3](200, {"change": LINES})
    assert page.state["portal"]["problem"] == "misconfigured", "what is known is better than what may be"


def test_a_customer_who_comes_through_in_between_does_not() -> None:
    page = CustomerPage().begin()
    page.do("start_chat")
    for _ in range(2):
        page.signaling.drop()
        page.host.requests[-1][3](200, HELD)
        page.signaling.connect()
    assert page.state["portal"]["problem"] == "unreachable"


def test_a_customer_who_cannot_come_back_reads_that_too() -> None:
    page = CustomerPage(FakeHost(CustomerPage().talk().host.device)).begin()
    for _ in range(2):
        page.signaling.drop()
        page.host.requests[-1][3](200, HELD)
    assert (page.screen, page.state["failed"]) == ("failed", "held")
    assert HELD["upgrade"][0] in text_of(customer_page(page.state, T))


def test_a_desk_whose_web_socket_never_arrives_says_what_a_proxy_would_need() -> None:
    page = ConsolePage().start()
    page.answer("/api/me", 200, ANN)
    for screen in ("desk", "misconfigured"):
        page.signaling.drop()
        page.answer(REACH, 200, HELD)
        assert page.state["screen"] == screen
    assert HELD["upgrade"][0] in text_of(console_page(page.state, T))


def test_a_desk_that_is_closed_after_it_was_opened_says_nothing_of_a_proxy() -> None:
    page = ConsolePage().start()
    page.answer("/api/me", 200, ANN)
    for _ in range(3):
        page.signaling.connect()
        page.signaling.drop(close_codes.UNAVAILABLE)
        page.answer(REACH, 200, HELD)
    assert page.state["screen"] == "desk"


def test_the_administrators_page_says_it_where_something_is_saved() -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("save")
    page.answer("/api/admin/settings", 403, WRONG_ORIGIN)
    assert page.shows("The server did not accept this.")
    page.answer(REACH, 200, {"change": LINES})
    assert page.shows("A proxy in front of the server") and page.shows(LINES[0]) and page.state["changes"] == 1


@pytest.mark.parametrize(
    ("answer", "said"), [({}, "client_max_body_size 5m;"), ({"code": "too_large"}, "more than the server takes")]
)
def test_more_than_a_proxy_takes_is_not_called_more_than_the_server_takes(answer: Any, said: str) -> None:
    page = AdminPage().load()
    page.type("company", "Alder")
    page.do("save")
    page.answer("/api/admin/settings", 403, WRONG_ORIGIN)
    page.answer(REACH, 200, {"change": LINES})
    page.do("save")
    page.answer("/api/admin/settings", 413, answer)
    assert page.shows(said) and page.state["changes"] == 1
