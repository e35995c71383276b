"""Every tree that the views give, and what tests read in them."""

from collections.abc import Iterator
from typing import Any

from deskside.ui.console.views import page as console_page
from deskside.ui.console.views_queue import queue_entry_view
from deskside.ui.console.views_recordings import recording_row
from deskside.ui.console.views_recordings_timeline import entry_text, timeline_row
from deskside.ui.customer.views import page as customer_page
from deskside.ui.customer.views_small_window import small_window
from deskside.ui.node import parts
from deskside.ui.text import Catalogue
from deskside.ui.views.entry import entry_view
from tests.ui import view_console, view_customer, view_entries, view_recordings, view_way
from tests.ui.catalogue import english

t = Catalogue(english())

CUSTOMER = view_customer.every_customer_state() | view_way.every_way_state()
CONSOLE = view_console.every_console_state()
ROLES = {"button": "button", "input": "textbox", "textarea": "textbox", "select": "combobox", "a": "link"}
Node = tuple[Any, ...]


def all_views(catalogue: Catalogue) -> Iterator[Node]:
    for state in CUSTOMER.values():
        yield customer_page(state, catalogue)
    for state in CONSOLE.values():
        yield console_page(state, catalogue)
    for entry in view_entries.every_entry():
        yield entry_view(entry, catalogue)
    for entry in view_console.queue():
        yield queue_entry_view(entry, catalogue)
    for kind in ("recording", "finishing", "finished", "deleted"):
        yield recording_row(view_recordings.about(state=kind), catalogue)
    for row in view_recordings.rows():
        text = entry_text(row["entry"], row["who"], catalogue) if row["kind"] == "entry" else ""
        yield timeline_row(row | {"text": text}, [(0, 1)] if row["key"] == "entry-25" else [], True, catalogue)
    for changes in (
        {"sharing": view_customer.SHARING, "last_message": view_customer.LAST_MESSAGE},
        {"connection": "reconnecting"},
    ):
        yield small_window(view_customer.customer("session", **changes), catalogue)


def walk(node: Any) -> Iterator[Node]:
    if type(node) is tuple:
        yield node
        for child in parts(node)[2]:
            yield from walk(child)


def text_of(node: Any) -> str:
    """What a screen reader would say of the node's content, without what is hidden from it."""
    if type(node) is str:
        return node
    _, attributes, children = parts(node)
    if attributes.get("aria-hidden") == "true":
        return ""
    return "".join(text_of(child) for child in children)


def controls(node: Node) -> list[tuple[str, str]]:
    """Role and accessible name of every control of a tree."""
    labels = [item for item in walk(node) if "for" in parts(item)[1]]
    named = {parts(label)[1]["for"]: text_of(label) for label in labels}
    found = []
    for item in walk(node):
        tag, attributes, _ = parts(item)
        if tag not in ROLES:
            continue
        role = attributes.get("role") or ROLES[tag]
        role = {"file": "button", "radio": "radio", "search": "searchbox"}.get(attributes.get("type", ""), role)
        name = attributes.get("aria-label") or named.get(attributes.get("id")) or text_of(item)
        found.append((role, name.strip()))
    return found
