"""Views give well-formed trees for every state, and say nothing that is not in the catalogue."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from deskside.ui import icons
from deskside.ui.console.views import page as console_page
from deskside.ui.console.views_queue import queue_entry_view
from deskside.ui.customer.views import page as customer_page
from deskside.ui.html import render
from deskside.ui.node import VOID_TAGS, parts
from deskside.ui.text import Catalogue
from deskside.ui.views.entry import entry_view, event_text
from deskside.ui.views.language import NAMES
from tests.ui import view_console, view_customer, view_entries, view_recordings
from tests.ui.catalogue import english
from tests.ui.trees import CONSOLE, CUSTOMER, Node, all_views, controls, t, text_of, walk

# Nothing that a person reads may come from elsewhere: this catalogue answers with marked text.
marked = Catalogue({key: "⟦" + text + "⟧" for key, text in english().items()})
READ = ("aria-label", "title", "placeholder", "aria-description")


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag not in VOID_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", CUSTOMER)
def test_every_state_of_the_customers_page_renders(name: str) -> None:
    _check(customer_page(CUSTOMER[name], t))


@pytest.mark.parametrize("name", CONSOLE)
def test_every_state_of_the_console_renders(name: str) -> None:
    _check(console_page(CONSOLE[name], t))


def _check(view: Node) -> None:
    parser = _Balance()
    parser.feed(render(view))
    assert parser.open == []
    ids = [parts(item)[1]["id"] for item in walk(view) if parts(item)[1].get("id")]
    assert len(ids) == len(set(ids))
    for item in walk(view):
        tag, attributes, children = parts(item)
        assert "style" not in attributes
        keys = [parts(child)[1].get("key") for child in children if type(child) is tuple]
        keys = [key for key in keys if key is not None]
        assert len(keys) == len(set(keys)), keys
        for reference in ("aria-labelledby", "aria-describedby", "for"):
            if attributes.get(reference):
                assert attributes[reference] in ids, (tag, reference, attributes[reference])
    for role, name in controls(view):
        assert name, role
    headings = [item for item in walk(view) if item[0] == "h1"]
    assert len(headings) == 1
    assert sum(parts(item)[1].get("role") == "status" for item in walk(view)) == 1


def test_the_log_is_a_log_named_messages_and_keeps_its_place_from_waiting_to_session() -> None:
    found = []
    for name in ("waiting", "session"):
        path = []
        for item in walk(customer_page(CUSTOMER[name], t)):
            attributes = parts(item)[1]
            if attributes.get("key") in ("talk", "conversation"):
                path.append(attributes["key"])
            if attributes.get("role") == "log":
                assert (attributes["aria-label"], attributes["ref"]) == ("Messages", "log")
                path.append(attributes["key"])
        found.append(path)
    assert found[0] == found[1] == ["talk", "conversation", "log:s1"]


def test_the_red_x_is_on_every_state_of_a_session_and_never_moves_in_the_tree() -> None:
    for name, state in CUSTOMER.items():
        found = [
            item for item in walk(customer_page(CUSTOMER[name], t)) if parts(item)[1].get("data-guard") == "revoke"
        ]
        assert len(found) == (1 if state["screen"] == "session" else 0), name
        if found:
            assert parts(customer_page(CUSTOMER[name], t))[2][0] == found[0]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{name}"])
def test_markup_in_what_people_write_is_text(text: str) -> None:
    entry_html = render(entry_view(view_entries.message("a", text, author=text), t))
    entry_html += render(entry_view(view_entries.file("b", "finished", name=text), t))
    entry_html += render(entry_view(view_entries.event("joined", name=text), t))
    entry_html += render(queue_entry_view(view_console.waiter("q", name=text, question=text, issue=text), t))
    entry_html += render(
        customer_page(
            view_customer.customer("session", representative=text, cards=[view_customer.FILE_OFFER | {"name": text}]), t
        )
    )
    entry_html += render(
        console_page(view_console.desk(conversation=view_console.desk_conversation(name=text, question=text)), t)
    )
    parser = _Balance()
    parser.feed(entry_html)
    assert "script" not in parser.tags
    assert "img" not in parser.tags
    assert text in event_text(view_entries.event("joined", name=text), t)


def test_everything_a_person_reads_comes_from_the_catalogue_or_from_people() -> None:
    from_people = re.compile(r"^[\d:×%. ]*$")
    given = [CUSTOMER, CONSOLE, NAMES, view_entries.every_entry(), view_console.queue(), view_customer.LAST_MESSAGE]
    given += [view_recordings.rows(), view_recordings.about()]
    written = json.dumps(given, ensure_ascii=False)
    for view in all_views(marked):
        for item in walk(view):
            _, attributes, children = parts(item)
            texts = [child for child in children if type(child) is str]
            texts += [attributes[name] for name in READ if attributes.get(name)]
            for text in texts:
                # A name stands apart in its sentence, so a text may be the begin or the end of a marked one.
                missing = text.count("⟦") - text.count("⟧")
                if missing > 0:
                    text = text[: text.index("⟦")]
                elif missing < 0:
                    text = text[text.rindex("⟧") + 1 :]
                plain = re.sub("⟦.*⟧", "", text, flags=re.DOTALL).strip()
                if from_people.match(plain) or len(plain) == 1:
                    continue
                assert all(json.dumps(line, ensure_ascii=False)[1:-1] in written for line in plain.split("\n")), text


def test_every_key_that_a_view_asks_for_is_in_the_catalogue() -> None:
    keys = set(english())
    prefixes = {key.split(".")[0] for key in keys}
    looks_like_key = re.compile(r"\b(" + "|".join(prefixes) + r")\.[a-z_.]+\b")
    people = json.dumps([CUSTOMER, CONSOLE, view_entries.every_entry(), view_console.queue()])
    for view in all_views(Catalogue(dict.fromkeys(keys, ""))):
        for item in walk(view):
            for child in (*parts(item)[2], *parts(item)[1].values()):
                if type(child) is str and looks_like_key.fullmatch(child) and child not in people:
                    raise AssertionError(child)


def test_the_listed_icons_are_exactly_those_in_use() -> None:
    used: dict[str, set[str]] = {"customer": set(), "console": set()}
    for view in all_views(t):
        where = "console" if "desk" in parts(view)[1].get("class", "") or view[0] in ("li", "tr") else "customer"
        used[where] |= {parts(item)[1]["href"][len("#icon-") :] for item in walk(view) if item[0] == "use"}
    assert used["customer"] <= set(icons.CUSTOMER)
    assert used["customer"] | used["console"] == set(icons.CUSTOMER) | set(icons.CONSOLE)


def test_a_tree_of_the_same_state_is_the_same_tree() -> None:
    for state in CUSTOMER.values():
        assert customer_page(state, t) == customer_page(state, t)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("representative", "You ended the session."),
        ("representative_gone", "You were away for too long"),
        ("customer", "The customer ended the session."),
        ("customer_gone", "The customer was away for too long"),
    ],
)
def test_the_desk_tells_an_end_as_its_own_doing_or_the_customers(reason: str, told: str) -> None:
    state = view_console.desk(conversation=view_console.desk_conversation(ended=reason))
    assert told in text_of(console_page(state, t))


def lists_in(node: Any) -> list[Any]:
    if type(node) not in (tuple, list):
        return []
    found = [node] if type(node) is list else []
    for child in node:
        found += lists_in(child)
    return found


def test_no_view_holds_a_list_of_the_state() -> None:
    # A view that is equal to the last one is not drawn again, and a list is always equal to itself.
    for once, again in zip(list(all_views(t)), list(all_views(t)), strict=True):
        shared = {id(one) for one in lists_in(once)} & {id(one) for one in lists_in(again)}
        assert not shared, once[:2]
