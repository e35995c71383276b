"""Views come onto a page: whatever was there before, what stands there then is the view, and no more was touched."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskside.ui import html
from deskside.ui.element import Growing, Root
from tests.browser.pages.dom_contract import CONTRACT
from tests.ui.fakes_dom import FakeDom, as_properties, nodes, read_html, tree

KEYS = st.sampled_from(["", "a", "b", "c", "d"])
WORDS = st.text("ab<&\"'> é\U0001f600", max_size=5)
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        "class": WORDS,
        "title": WORDS,
        "hidden": st.sampled_from([True, False, None]),
        "ref": st.sampled_from(["log", "screen"]),
        "on_click": st.sampled_from([("one",), ("two", "x"), None]),
    },
)


def element(tag: str, attributes: dict[str, Any], key: str, children: list[Any]) -> Any:
    if key:
        attributes = {**attributes, "key": key}
    return (tag, attributes, *children) if attributes or children else (tag,)


FIELDS = st.one_of(
    st.builds(lambda key, value: element("input", {"value": value}, key, []), KEYS, WORDS),
    st.builds(lambda key, on: element("input", {"checked": on, "type": "checkbox"}, key, []), KEYS, st.booleans()),
    st.builds(lambda key, value: element("textarea", {"value": value}, key, []), KEYS, WORDS),
)
CHILDREN = st.recursive(
    st.one_of(WORDS, st.sampled_from([None, False]), FIELDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.builds(
            element, st.sampled_from(["div", "p", "button", "svg"]), ATTRIBUTES, KEYS, st.lists(inner, max_size=6)
        ),
    ),
    max_leaves=20,
)
VIEWS = st.builds(
    element, st.sampled_from(["main", "div"]), ATTRIBUTES, st.sampled_from(["", "k"]), st.lists(CHILDREN, max_size=6)
)


def shown(*views: Any) -> tuple[FakeDom, Root]:
    dom = FakeDom()
    root = Root(dom, dom.place)
    for view in views:
        root.render(view)
    return dom, root


def keyed(*keys: str) -> Any:
    return ("ul", {}, *[("button", {"key": key}, key) for key in keys])


@pytest.mark.parametrize("words", CONTRACT)
def test_the_fake_page_keeps_the_contract(words: str) -> None:
    dom = FakeDom()
    CONTRACT[words](dom, dom.place)


@given(VIEWS, VIEWS)
@settings(max_examples=60, deadline=None)
def test_what_was_shown_before_leaves_no_trace(before: Any, after: Any) -> None:
    assert tree(shown(before, after)[0].place) == tree(shown(after)[0].place)


@given(VIEWS, VIEWS, VIEWS)
@settings(max_examples=60, deadline=None)
def test_references_are_those_of_elements_on_the_page(one: Any, two: Any, three: Any) -> None:
    dom, root = shown(one, two, three)
    assert all(dom.place.has(handle) for handle in root.refs.values())


@given(VIEWS)
@settings(max_examples=60, deadline=None)
def test_the_html_of_a_view_says_what_rendering_it_shows(view: Any) -> None:
    dom = read_html(html.render(view))
    as_properties(dom.place)
    assert tree(dom.place) == tree(shown(view)[0].place, listening=False)


@given(VIEWS)
@settings(max_examples=60, deadline=None)
def test_a_page_that_was_built_from_a_view_is_taken_over_without_a_touch(view: Any) -> None:
    dom = read_html(html.render(view))
    as_properties(dom.place)
    before = nodes(dom.place)
    root = Root(dom, dom.place)
    root.adopt(view)
    assert dom.touched == []
    assert nodes(dom.place) == before
    assert tree(dom.place) == tree(shown(view)[0].place)


@given(VIEWS, VIEWS)
@settings(max_examples=60, deadline=None)
def test_what_was_taken_over_is_patched_like_what_was_rendered(built: Any, next_view: Any) -> None:
    dom = read_html(html.render(built))
    as_properties(dom.place)
    root = Root(dom, dom.place)
    root.adopt(built)
    root.render(next_view)
    assert tree(dom.place) == tree(shown(next_view)[0].place)


@given(VIEWS, VIEWS)
@settings(max_examples=60, deadline=None)
def test_a_page_of_another_build_is_replaced(built: Any, view: Any) -> None:
    dom = read_html(html.render(built))
    as_properties(dom.place)
    old = nodes(dom.place)
    root = Root(dom, dom.place)
    root.adopt(view)
    if dom.place.children[0] not in old:
        assert tree(dom.place) == tree(shown(view)[0].place)
        assert not any(node.actions for node in old)


def test_a_view_that_is_the_same_touches_nothing() -> None:
    view = ("div", {"class": "a", "on_click": ("x",)}, "text", ("input", {"value": "v"}), keyed("a", "b"))
    dom, root = shown(view)
    dom.touched.clear()
    root.render(("div", {"class": "a", "on_click": ("x",)}, "text", ("input", {"value": "v"}), keyed("a", "b")))
    assert dom.touched == []


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef")), st.sampled_from("abcdef"))
@settings(max_examples=60, deadline=None)
def test_what_has_a_key_stays_the_same_element_and_keeps_the_focus(order: list[str], gone: set[str], at: str) -> None:
    dom, root = shown(keyed(*"abcdef"))
    before = {child.children[0].text: child for child in dom.place.children[0].children}
    dom.focus(before[at])
    root.render(keyed(*[key for key in order if key not in gone], "new"))
    after = {child.children[0].text: child for child in dom.place.children[0].children}
    assert all(after[key] is before[key] for key in after if key != "new")
    assert dom.active is (None if at in gone else before[at])


def test_what_comes_before_others_moves_none_of_them() -> None:
    dom, root = shown(keyed("b", "c"))
    dom.touched.clear()
    root.render(keyed("a", "b", "c"))
    assert dom.touched.count("insert") == 2  # the new one, and the text in it


def test_two_of_one_key_are_two_elements_and_both_can_go() -> None:
    dom, root = shown(keyed("a", "a", "b"))
    root.render(keyed("b"))
    assert [child.children[0].text for child in dom.place.children[0].children] == ["b"]


def test_what_asks_for_the_focus_gets_it_once() -> None:
    asking: Any = ("div", {}, ("input", {"key": "q", "autofocus": True}), ("button", {"key": "b"}))
    dom, root = shown(asking)
    field, button = dom.place.children[0].children
    assert dom.active is field
    dom.focus(button)
    root.render(("div", {}, ("input", {"key": "q", "autofocus": True}), ("button", {"key": "b", "title": "t"})))
    assert dom.active is button


def test_when_what_had_the_focus_goes_the_log_has_it() -> None:
    log: Any = ("div", {"key": "log", "ref": "log", "tabindex": "0"})
    dom, root = shown(("main", {}, log, ("button", {"key": "allow"})))
    dom.focus(dom.place.children[0].children[1])
    root.render(("main", {}, log))
    assert dom.active is root.refs["log"]


def test_nobody_who_was_nowhere_is_moved() -> None:
    log: Any = ("div", {"key": "log", "ref": "log", "tabindex": "0"})
    dom, root = shown(("main", {}, log, ("button", {"key": "allow"})))
    root.render(("main", {}, log))
    assert dom.active is None


def test_an_element_with_a_reference_is_never_made_another() -> None:
    dom, root = shown(("main", {}, ("div", {"ref": "log"})))
    log = root.refs["log"]
    Growing(root, "log").put("one", ("p", {}, "one"))
    root.render(("main", {}, ("div", {"class": "other"})))
    assert "log" not in root.refs
    assert dom.place.children[0].children[0] is not log
    assert dom.place.children[0].children[0].children == []


def test_nothing_listens_any_more_in_what_was_removed() -> None:
    button = ("button", {"on_click": ("press",)}, "x")
    dom, root = shown(("main", {}, ("div", {"ref": "log"}), ("section", {}, button)))
    growing = Growing(root, "log")
    growing.put("one", ("p", {}, button))
    listening = [node for node in nodes(dom.place) if node.actions]
    assert len(listening) == 2
    root.render(("main", {}))
    assert not any(node.actions for node in listening)
    assert len(growing) == 0


def test_a_growing_list_appends_without_touching_the_others() -> None:
    dom, root = shown(("div", {"ref": "log"}))
    growing = Growing(root, "log")
    for number in range(1000):
        growing.put(str(number), ("p", {}, "entry"))
    dom.touched.clear()
    growing.put("last", ("p", {}, "entry"))
    assert dom.touched == ["element", "text", "insert", "insert"]


def test_an_entry_that_changes_is_patched_where_it_stands() -> None:
    dom, root = shown(("div", {"ref": "log"}))
    growing = Growing(root, "log")
    for name in "abc":
        growing.put(name, ("p", {"key": name}, name))
    dom.touched.clear()
    growing.put("b", ("p", {"key": "b"}, "changed"))
    growing.put("earlier", ("p", {"key": "earlier"}, "earlier"), "a")
    growing.remove("c")
    growing.remove("never")
    assert [child.children[0].text for child in root.refs["log"].children] == ["earlier", "a", "changed"]
    assert dom.touched.count("set_text") == 1


def test_rendering_leaves_a_growing_list_alone() -> None:
    _, root = shown(("main", {}, ("div", {"ref": "log", "class": "small"})))
    Growing(root, "log").put("one", ("p", {}, "one"))
    root.render(("main", {}, ("p", {}, "new"), ("div", {"ref": "log", "class": "large"})))
    assert tree(root.refs["log"]) == ("div", {"class": "large"}, {}, {}, [("p", {}, {}, {}, ["one"])])


def test_a_cleared_root_shows_nothing_and_can_show_again() -> None:
    dom, root = shown(keyed("a"))
    root.clear()
    root.clear()
    assert dom.place.children == []
    root.render(keyed("b"))
    assert len(dom.place.children) == 1
