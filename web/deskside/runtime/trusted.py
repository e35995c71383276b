"""Addresses of scripts as a page with Trusted Types asks for them."""

from .js import attempt, function, get, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_policies: "list[Any]" = []


def script_url(url: str) -> "Any":
    """The address of a worker of ours: it comes from our own build, never from anybody's input."""
    types = get(window, "trustedTypes")
    if types is None:
        return url
    if not _policies:
        rules = window.Object.new()
        rules.createScriptURL = function(lambda text, *_: text)
        ok, policy = attempt(types, "createPolicy", "deskside", rules)
        if not ok:
            return url
        _policies.append(policy)
    return _policies[0].createScriptURL(url)
