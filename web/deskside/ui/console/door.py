"""The door of the console: who is signed in, signing in and out, and the first administrator."""

from ..proxy import Proxy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SHORTEST_PASSWORD = 8
_SIGN_IN_PROBLEMS = ("missing",)
_SETUP_PROBLEMS = ("bad_name", "bad_password", "missing", "name_taken", "password_too_short", "too_many_attempts")


class Door:
    """`console` holds the state and is told `came_in()` when somebody is signed in."""

    def __init__(self, host: "Any", console: "Any") -> None:
        self._host = host
        self._console = console
        self._token = ""
        self._is_unproved = False  # just signed in, and no answer has shown yet that the browser kept the cookie
        self._proxy = Proxy(host, self._misconfigured)

    @property
    def state(self) -> "dict[str, Any]":
        return self._console.state  # type: ignore[no-any-return]

    def open(self, token: str) -> None:
        """Show the desk to who is signed in already, the form of the one-time link, or the one for signing in."""
        self._token = token
        if token:
            self.state["screen"] = "setup"
            self._console.changed()
        else:
            self._host.request("GET", "/api/me", None, self._known)

    def _known(self, status: int, answer: "dict[str, Any]") -> None:
        if _is_person(status, answer):
            self._come_in(answer)
            return
        self.state["screen"] = "sign_in"
        if _is_away(status):
            self.state["sign_in"]["problem"] = "unreachable"
        self._console.changed()

    def _come_in(self, answer: "dict[str, Any]") -> None:
        for form in (self.state["sign_in"], self.state["setup"]):
            form["password"] = ""
            form["busy"] = False
            form["problem"] = ""
        self.state["name"] = answer["name"]
        self.state["administrator"] = answer["administrator"]
        self._console.came_in()

    def recognised(self) -> None:
        """The server has answered as to somebody who is signed in."""
        if self._is_unproved:
            # With this answer the browser learns that they have signed in with it.
            self._host.request("GET", "/api/me", None, lambda status, answer: None)
        self._is_unproved = False

    def turned_away(self) -> None:
        """The server knows nobody here: back to the form. Right after signing in, the browser kept no cookie."""
        self.state["screen"] = "sign_in"
        self.state["sign_in"]["problem"] = "no_cookies" if self._is_unproved else "signed_out"
        self._is_unproved = False

    def typed(self, field: str, value: str) -> None:
        self.state["setup" if self.state["screen"] == "setup" else "sign_in"][field] = value

    def told_of_keys(self, value: "dict[str, Any]") -> None:
        """A key or the mouse was pressed in a password field."""
        self.state["caps_lock"] = value["caps_lock"]

    def sign_in(self) -> None:
        form = self.state["sign_in"]
        if form["busy"]:
            return
        if not form["name"].strip() or not form["password"]:
            form["problem"] = "missing"
            return
        form["busy"] = True
        password = form["password"]
        body = {"name": form["name"].strip(), "password": password}
        self._host.request(
            "POST", "/api/sign-in", body, lambda status, answer: self._signed_in(status, answer, password)
        )

    def _signed_in(self, status: int, answer: "dict[str, Any]", sent: str) -> None:
        form = self.state["sign_in"]
        form["busy"] = False
        if _is_person(status, answer):
            self._is_unproved = True
            self._come_in(answer)
        elif _is_away(status):
            form["problem"] = "unreachable"
        elif status == 429:
            form["problem"] = "too_many_attempts"
            form["retry_after"] = int(answer.get("retry_after", 60))
        elif status == 401:
            form["problem"] = "wrong_credentials"
            if form["password"] == sent:
                # Whoever types another one meanwhile is further than this answer.
                form["password"] = ""
        else:
            form["problem"] = self._refused(answer, _SIGN_IN_PROBLEMS, "refused")
        self._console.changed()

    def create_administrator(self) -> None:
        form = self.state["setup"]
        if form["busy"]:
            return
        if not form["name"].strip() or not form["password"]:
            form["problem"] = "missing"
            return
        if len(form["password"]) < SHORTEST_PASSWORD:
            form["problem"] = "password_too_short"
            return
        form["busy"] = True
        body = {"token": self._token, "name": form["name"].strip(), "password": form["password"]}
        self._host.request("POST", "/api/setup", body, self._created)

    def _created(self, status: int, answer: "dict[str, Any]") -> None:
        form = self.state["setup"]
        form["busy"] = False
        if _is_person(status, answer):
            self._host.forget_fragment()
            self._is_unproved = True
            self._come_in(answer)
            return
        if _is_away(status):
            form["problem"] = "unreachable"
        else:
            form["problem"] = self._refused(answer, _SETUP_PROBLEMS, "used")
        self._console.changed()

    def _refused(self, answer: "dict[str, Any]", known: "tuple[str, ...]", otherwise: str) -> str:
        code = str(answer.get("code", ""))
        if code == "wrong_origin":
            self._proxy.suspect()
            return "refused"
        return code if code in known else otherwise

    def _misconfigured(self, lines: "list[str]") -> None:
        form = self.state["setup" if self.state["screen"] == "setup" else "sign_in"]
        if form["problem"] == "refused":
            form["problem"] = "misconfigured"
            self.state["change"] = lines
            self._console.changed()

    def sign_out(self) -> None:
        self._host.request("POST", "/api/sign-out", {}, self._signed_out)

    def _signed_out(self, status: int, answer: "dict[str, Any]") -> None:
        # Whatever the server said, this page forgets: a reload shows what is really the case.
        self._host.reload()


def _is_person(status: int, answer: "dict[str, Any]") -> bool:
    return status == 200 and type(answer.get("name")) is str and type(answer.get("administrator")) is bool


def _is_away(status: int) -> bool:
    """Nobody answered, or something that is not our server, such as a hotel's own page."""
    return status == 0 or status == 200 or status >= 500
