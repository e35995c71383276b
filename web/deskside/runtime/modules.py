"""What a page fetches after its first bundle, and what the build tells it about its files.

The build reads the imports. What a composition root imports at the top of modules is in the first bundle; what is
imported inside of functions is in the bundle `session`, so such a function may only run after `load("session", ...)`:

    def begin():
        from .ui.customer import session    # found: its bundle is in

    modules.load("session", begin)
"""

from . import js

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_page: "Any" = js.window.deskside


def load(name: str, then: "Callable[[], Any]", failed: "Callable[[str], Any] | None" = None) -> None:
    """Fetch a bundle and call `then` when its modules can be imported. It is fetched once; after a failure, again."""

    def loaded(_: "Any") -> None:
        then()

    js.then(_page.load(name), loaded, failed)


def insist(name: str, then: "Callable[[], Any]", failed: "Callable[[], Any]") -> None:
    """As `load`, again and again until it has come; `failed` is called each time that it did not."""
    js.then(_page.insist(name, js.function(lambda *_: failed())), lambda _: then())


def again() -> None:
    """Ask now for what is insisted on, not only in a while."""
    js.window.dispatchEvent(js.new(js.window.Event, "deskside:again"))


def texts(language: str) -> "dict[str, str]":
    """The texts of a language that came with the bundles so far."""
    loaded = js.get(_page.texts, language)
    return {} if loaded is None else js.parse(str(js.window.JSON.stringify(loaded)))


def asset(name: str) -> "str | None":
    """The URL of a file: `writer`, `icon`, `sound.<name>`."""
    url = js.get(_page.assets, name)
    return None if url is None else str(url)


def take_over() -> bool:
    """Python listens from now on. Answers whether the form was sent before it did."""
    return bool(_page.ready())
