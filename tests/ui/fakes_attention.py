"""The ways of a page to ask for attention, with the surface of `runtime.attention`."""

from collections.abc import Callable
from typing import Any


class FakeAttention:
    """Asks for attention; `happened` says how."""

    def __init__(self) -> None:
        self.is_present = True
        self.muted = False
        self.permission = "granted"
        self.asked: list[Callable[[str], Any]] = []
        self.happened: list[str] = []
        self.registered = 0
        self.news: list[str] = []  # what the title or a notification still tells of

    def ask(self, answered: Callable[[str], Any]) -> None:
        self.asked.append(answered)

    def register(self) -> None:
        self.registered += 1

    def focus(self) -> bool:
        return self.is_present

    def _do(self, what: str, done: bool) -> bool:
        if done:
            self.happened.append(what)
        return done

    def sound(self, nudge: bool = False) -> bool:
        return self._do("sound", not self.muted)

    def vibrate(self) -> bool:
        return False

    def over(self, about: str) -> None:
        self.news = [one for one in self.news if one != about]

    def calm(self) -> None:
        self.news = []

    def flash(self, title: str, about: str) -> bool:
        if not self.is_present and about not in self.news:
            self.news.append(about)
        return self._do("title", not self.is_present)

    def notify(self, title: str, body: str, tag: str) -> bool:
        return self._do("notification", not self.is_present)
