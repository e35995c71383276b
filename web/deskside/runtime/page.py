"""Small things that every page asks the browser: what it can do, where its server is, its colour."""

from .js import document, get, is_null, listen, new, window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def language() -> str:
    """The language that the page was written in, whatever a translator has made of it since."""
    return str(window.deskside.language)


def query(name: str) -> str:
    """A parameter of the page's address, or ""."""
    value = new(window.URLSearchParams, window.location.search).get(name)
    return "" if is_null(value) else str(value)


def server_url(path: str) -> str:
    """A path of the server's HTTP interface, on whichever origin it is; on this page's own it stands beside the page,
    which may be below a path (`DESKSIDE_PATH`)."""
    meta = document.querySelector('meta[name="deskside-signaling"]')
    return (address("/") if is_null(meta) else str(meta.content)).rstrip("/") + path


def address(path: str) -> str:
    """The whole address of what stands beside this page, by its path there."""
    return str(new(window.URL, "." + path, window.location.href).href)


def signaling_url() -> str:
    """The server's WebSocket."""
    return "ws" + server_url("/signaling")[4:]


def unsupported() -> str:
    """Why a session cannot be held in this browser, or ""."""
    if get(window, "RTCPeerConnection") is None:
        return "webrtc"
    if get(window.crypto, "subtle") is None:
        return "insecure"
    return ""


def css_colour(colour: str) -> None:
    """The company's colour; the style sheets derive the rest from it. "" is our own."""
    style = document.documentElement.style
    if colour:
        style.setProperty("--company", colour)
    else:
        style.removeProperty("--company")


def follow_keyboard() -> None:
    """Tell the styles how much of the page is seen, where a keyboard on the screen covers the rest of it (iOS).

    Elsewhere the viewport itself gets smaller, and nothing is set; while somebody has zoomed in with two fingers what
    is seen is for them to choose.
    """
    view = get(window, "visualViewport")
    if view is None:
        return

    def changed(_: "Any" = None) -> None:
        style = document.documentElement.style
        hidden = float(window.innerHeight) - float(view.height)
        if hidden > 1.0 and abs(float(view.scale) - 1.0) < 0.01:
            style.setProperty("--seen", f"{float(view.height)}px")
            style.setProperty("--seen-top", f"{float(view.offsetTop)}px")
        else:
            style.removeProperty("--seen")
            style.removeProperty("--seen-top")

    for event in ("resize", "scroll"):
        listen(view, event, changed)


def begin_anew_when_brought_back() -> None:
    """A page that comes back from the browser's memory of pages (`Back`) shows what was then, and has lost its line and
    its media: it is loaded again."""
    listen(window, "pageshow", lambda event: window.location.reload() if event.persisted else None)


def system() -> str:
    """What the device runs on: `linux`, `windows`, `macos` or `unknown`."""
    about = get(window.navigator, "userAgentData")
    name = str(get(window.navigator, "platform", "") if about is None else get(about, "platform", "")).lower()
    if "android" in str(window.navigator.userAgent).lower():
        return "unknown"
    for known, begins in (("linux", "linux"), ("windows", "win"), ("macos", "mac")):
        if name.startswith(begins):
            return known
    return "unknown"


def is_preview() -> bool:
    """Whether this is the page that an administrator sees inside of the settings."""
    return str(window.location.pathname).endswith("/preview")


def mark(name: str) -> None:
    window.performance.mark(name)
