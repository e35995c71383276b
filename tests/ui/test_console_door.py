"""The door of the console: every answer of the server leads to a form that says what to do, or to the desk."""

from typing import Any

import pytest

from deskside.core.close_codes import NOT_SIGNED_IN
from deskside.ui.console.views import page as console_page
from deskside.ui.node import parts
from tests.ui.pages import SITE, ConsolePage, T
from tests.ui.trees import text_of, walk

ANN = {"name": "ann", "administrator": True}
HOTEL: dict[str, Any] = {}  # a page of somebody else that answers 200 to everything


def at_the_form() -> ConsolePage:
    page = ConsolePage().start()
    page.answer("/api/me", 401, {"code": "not_signed_in"})
    page.do("set_name", value=" ann ")
    page.do("set_password", value="a long password")
    return page


def at_the_link() -> ConsolePage:
    page = ConsolePage().start("token")
    page.do("set_name", value="ann")
    page.do("set_password", value="a long password")
    return page


def test_who_is_signed_in_comes_in_at_once() -> None:
    page = ConsolePage().sign_in()
    assert page.state["screen"] == "desk" and page.state["available"]
    assert page.signaling.kinds() == ["hello"]


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [(401, {"code": "x"}, ""), (0, {}, "unreachable"), (200, HOTEL, "unreachable"), (503, {}, "unreachable")],
)
def test_who_is_not_gets_the_form(status: int, answer: dict[str, Any], problem: str) -> None:
    page = ConsolePage().start()
    page.answer("/api/me", status, answer)
    assert (page.state["screen"], page.state["sign_in"]["problem"]) == ("sign_in", problem)
    assert not page.signaling.wanted


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [
        (401, {"code": "wrong_credentials"}, "wrong_credentials"),
        (400, {"code": "missing"}, "missing"),
        (400, {"code": "bad_fields"}, "refused"),
        (415, {}, "refused"),
        (429, {"code": "too_many_attempts", "retry_after": 30}, "too_many_attempts"),
        (429, {}, "too_many_attempts"),
        (0, {}, "unreachable"),
        (200, HOTEL, "unreachable"),
        (500, {}, "unreachable"),
        (502, {}, "unreachable"),
    ],
)
def test_signing_in_that_fails_says_why(status: int, answer: dict[str, Any], problem: str) -> None:
    page = at_the_form()
    page.do("sign_in")
    page.do("sign_in")
    assert [request[1] for request in page.host.requests] == ["/api/sign-in"]
    assert page.host.requests[0][2] == {"name": "ann", "password": "a long password"}
    page.answer("/api/sign-in", status, answer)
    form = page.state["sign_in"]
    assert (form["problem"], form["busy"]) == (problem, False)
    assert (form["password"] == "") == (problem == "wrong_credentials")
    page.do("sign_in" if form["password"] else "set_password", value="again")
    assert not form["busy"] or page.host.requests


def test_a_password_that_is_typed_while_the_server_answers_stays() -> None:
    page = at_the_form()
    page.do("sign_in")
    page.do("set_password", value="a better password")
    page.answer("/api/sign-in", 401, {"code": "wrong_credentials"})
    form = page.state["sign_in"]
    assert (form["problem"], form["password"]) == ("wrong_credentials", "a better password")


def test_signing_in_forgets_the_password_and_opens_the_desk() -> None:
    page = at_the_form()
    page.do("sign_in")
    page.answer("/api/sign-in", 200, ANN)
    assert page.state["screen"] == "desk" and page.state["sign_in"]["password"] == ""
    assert page.state["administrator"] and page.signaling.wanted


@pytest.mark.parametrize("field", ["name", "password"])
def test_an_empty_field_is_said_without_asking_the_server(field: str) -> None:
    page = at_the_form()
    page.do("set_" + field, value="")
    page.do("sign_in")
    assert page.state["sign_in"]["problem"] == "missing" and page.host.requests == []


@pytest.mark.parametrize(
    ("status", "answer", "problem"),
    [
        (409, {"code": "name_taken"}, "name_taken"),
        (400, {"code": "password_too_short"}, "password_too_short"),
        (429, {"code": "too_many_attempts"}, "too_many_attempts"),
        (400, {"code": "missing"}, "missing"),
        (400, {"code": "bad_name"}, "bad_name"),
        (400, {"code": "bad_password"}, "bad_password"),
        (403, {"code": "used"}, "used"),
        (404, {}, "used"),
        (0, {}, "unreachable"),
        (200, HOTEL, "unreachable"),
        (500, {}, "unreachable"),
    ],
)
def test_a_first_administrator_that_fails_says_why(status: int, answer: dict[str, Any], problem: str) -> None:
    page = at_the_link()
    page.do("create_administrator")
    page.do("create_administrator")
    assert page.host.requests[0][2] == {"token": "token", "name": "ann", "password": "a long password"}
    page.answer("/api/setup", status, answer)
    assert (page.state["setup"]["problem"], page.state["screen"]) == (problem, "setup")
    assert page.host.requests == [] and page.host.calls == []


def test_the_first_administrator_comes_in_and_the_link_leaves_the_address_bar() -> None:
    page = at_the_link()
    page.do("create_administrator")
    page.answer("/api/setup", 200, ANN)
    assert page.state["screen"] == "desk" and page.host.calls == ["forget_fragment"]


@pytest.mark.parametrize(
    ("field", "value", "problem"), [("name", " ", "missing"), ("password", "short", "password_too_short")]
)
def test_a_first_administrator_is_checked_before_the_server_is_asked(field: str, value: str, problem: str) -> None:
    page = at_the_link()
    page.do("set_" + field, value=value)
    page.do("create_administrator")
    assert page.state["setup"]["problem"] == problem and page.host.requests == []


@pytest.mark.parametrize("status", [200, 0, 401, 500])
def test_signing_out_starts_anew_whatever_the_server_says(status: int) -> None:
    page = ConsolePage().sign_in()
    page.do("sign_out")
    page.answer("/api/sign-out", status, {})
    assert page.host.reloads == 1


@pytest.mark.parametrize(
    ("status", "answer", "company"), [(200, SITE, "Acme"), (200, HOTEL, ""), (0, {}, ""), (500, {}, "")]
)
def test_a_site_that_cannot_be_read_stops_nobody(status: int, answer: dict[str, Any], company: str) -> None:
    page = ConsolePage()
    page.console.start("")
    page.answer("/api/site", status, answer)
    page.answer("/api/me", 200, ANN)
    assert (page.state["company"], page.state["screen"]) == (company, "desk")


@pytest.mark.parametrize("by", ["sign_in", "create_administrator"])
def test_who_is_turned_away_right_after_signing_in_is_told_of_cookies(by: str) -> None:
    page = at_the_form() if by == "sign_in" else at_the_link()
    page.do(by)
    page.answer("/api/sign-in" if by == "sign_in" else "/api/setup", 200, ANN)
    page.signaling.connect()
    page.signaling.drop(NOT_SIGNED_IN, final=True)
    assert (page.state["screen"], page.state["sign_in"]["problem"]) == ("sign_in", "no_cookies")


def test_who_comes_back_with_a_sign_in_that_ran_out_is_told_so() -> None:
    page = ConsolePage().start()
    page.answer("/api/me", 200, ANN)
    page.signaling.connect()
    page.signaling.drop(NOT_SIGNED_IN, final=True)
    assert page.state["sign_in"]["problem"] == "signed_out"


def test_caps_lock_is_told_beside_the_password_and_read_with_it() -> None:
    page = at_the_form()
    for is_on, text, described in ((True, "Caps Lock is on.", "caps-lock"), (False, "", None)):
        page.do("set_caps_lock", value={"caps_lock": is_on})
        found = {parts(node)[1].get("id"): node for node in walk(console_page(page.state, T))}
        assert text_of(found["caps-lock"]) == text
        assert parts(found["password"])[1]["aria-describedby"] == described
