"""A page that others change too: translators, extensions, the browser that restores what was typed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskside.ui import html
from deskside.ui.element import Growing, Root
from tests.ui.fakes_dom import FakeDom, FakeNode, as_properties, nodes, read_html, tree
from tests.ui.test_element import VIEWS, shown

MARK = "~"


def put_in_place(old: FakeNode, new: FakeNode) -> None:
    assert old.parent is not None
    old.parent.children[old.parent.children.index(old)] = new
    new.parent = old.parent
    old.parent = None


def translate(place: FakeNode, keeps_the_node: bool) -> None:
    """As Chrome does: each text in two elements of its own, in another language. Some keep the node inside of them."""
    for node in nodes(place):
        if node.tag is None and node.parent is not None and node.parent.tag != "font":
            outer, inner = FakeNode("font"), FakeNode("font")
            put_in_place(node, outer)
            text = node if keeps_the_node else FakeNode(None)
            text.text = MARK + node.text
            outer.children, inner.children = [inner], [text]
            inner.parent, text.parent = outer, inner


def original(shown_tree: Any) -> Any:
    """What stands there, with the translator's elements taken away again."""
    if type(shown_tree) is str:
        return shown_tree.replace(MARK, "")
    tag, attributes, properties, actions, children = shown_tree
    made = [original(child) for child in children]
    if tag == "font":
        return "".join(made)
    return (tag, attributes, properties, actions, [child for child in made if child != ""])


@pytest.mark.parametrize("keeps_the_node", [False, True])
@given(views=st.lists(VIEWS, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_translated_page_says_what_the_view_says(keeps_the_node: bool, views: list[Any]) -> None:
    dom = FakeDom()
    root = Root(dom, dom.place)
    for view in views[:-1]:
        root.render(view)
        translate(dom.place, keeps_the_node)
    root.render(views[-1])
    assert original(tree(dom.place)) == original(tree(shown(views[-1])[0].place))


@given(VIEWS, VIEWS)
@settings(max_examples=60, deadline=None)
def test_a_page_that_was_translated_before_python_ran_is_taken_over(built: Any, next_view: Any) -> None:
    dom = read_html(html.render(built))
    as_properties(dom.place)
    translate(dom.place, keeps_the_node=False)
    root = Root(dom, dom.place)
    root.adopt(built)
    root.render(next_view)
    assert original(tree(dom.place)) == original(tree(shown(next_view)[0].place))


def texts(dom: FakeDom) -> list[str]:
    return [node.text for node in nodes(dom.place) if node.tag is None]


@pytest.mark.parametrize("keeps_the_node", [False, True])
def test_an_entry_of_the_log_that_was_translated_changes_its_mark(keeps_the_node: bool) -> None:
    dom, root = shown(("div", {"ref": "log"}))
    log = Growing(root, "log")
    log.put("1", ("p", {}, "Hello ", ("b", {}, "Sending")))
    translate(dom.place, keeps_the_node)
    log.put("1", ("p", {}, "Hello ", ("b", {}, "Delivered")))
    assert texts(dom)[-1] == "Delivered"


def test_a_text_that_somebody_removed_comes_back_when_it_changes() -> None:
    dom, root = shown(("p", {}, "You are number 2", ("b", {}, "wait")))
    dom.remove(nodes(dom.place)[2])
    root.render(("p", {}, "You are next", ("b", {}, "wait")))
    assert texts(dom) == ["You are next", "wait"]


def test_an_element_that_somebody_removed_comes_back_when_its_text_changes() -> None:
    dom, root = shown(("div", {}, ("p", {}, "Position 2"), ("p", {}, "wait")))
    dom.remove(dom.place.children[0].children[0])
    root.render(("div", {}, ("p", {}, "Position 1"), ("p", {}, "wait")))
    assert texts(dom) == ["Position 1", "wait"]


FORM = ("form", {"id": "portal"}, ("p", {"class": "field"}, "Name", ("input", {"id": "name", "value": ""})))


def typed_page(view: Any) -> tuple[FakeDom, FakeNode]:
    dom = read_html(html.render(view))
    as_properties(dom.place)
    field = next(node for node in nodes(dom.place) if node.tag == "input")
    field.properties["value"] = "Casey"
    return dom, field


@pytest.mark.parametrize("where", ["beside the field", "before the field", "beside the form", "before the form"])
def test_what_an_extension_puts_into_the_page_leaves_the_field_as_it_is(where: str) -> None:
    dom, field = typed_page(FORM)
    beside = field if "field" in where else dom.place.children[0]
    assert beside.parent is not None
    icon = FakeNode("div")
    icon.attributes = {"class": "password-icon"}
    icon.parent = beside.parent
    beside.parent.children.insert(beside.parent.children.index(beside) + (0 if "before" in where else 1), icon)
    root = Root(dom, dom.place)
    root.adopt(FORM)
    assert dom.touched == []
    assert field.properties["value"] == "Casey"
    root.render(FORM)
    assert field in nodes(dom.place) and icon in nodes(dom.place)


def test_an_extension_s_element_is_not_taken_for_one_of_ours() -> None:
    dom, field = typed_page(FORM)
    for attributes in ({"id": "extension"}, {"class": "overlay"}):
        other = FakeNode("form")
        other.attributes = attributes
        other.parent = dom.place
        dom.place.children.insert(0, other)
    root = Root(dom, dom.place)
    root.adopt(FORM)
    assert field in nodes(dom.place)


def test_what_was_typed_into_a_page_of_another_build_is_kept() -> None:
    dom, _ = typed_page(("form", {"id": "portal"}, ("div", {}, ("input", {"id": "name", "value": ""}))))
    root = Root(dom, dom.place)
    root.adopt(FORM)
    field = next(node for node in nodes(dom.place) if node.tag == "input")
    assert field.properties["value"] == "Casey"
    assert [child.tag for child in dom.place.children] == ["form"]
