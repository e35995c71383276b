"""What `ui.element` expects of a Dom. The same functions run on the fake one and on real pages."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def contract_children_stand_where_they_were_put(dom: "Any", place: "Any") -> None:
    first, last = dom.element("p"), dom.text("last")
    dom.insert(place, last, None)
    dom.insert(place, first, last)
    assert [dom.tag_of(child) for child in dom.children(place)] == ["p", None]


def contract_what_is_inserted_again_moves(dom: "Any", place: "Any") -> None:
    for tag in ("p", "ul", "button"):
        dom.insert(place, dom.element(tag), None)
    children = dom.children(place)
    dom.insert(place, children[2], children[0])
    dom.insert(place, children[0], None)
    assert [dom.tag_of(child) for child in dom.children(place)] == ["button", "ul", "p"]


def contract_what_is_removed_is_gone_with_all_inside(dom: "Any", place: "Any") -> None:
    outer, inner = dom.element("div"), dom.element("p")
    dom.insert(outer, inner, None)
    dom.insert(place, outer, None)
    dom.remove(outer)
    assert dom.children(place) == []
    assert len(dom.children(outer)) == 1


def contract_tags_are_lower_case_also_of_pictures(dom: "Any", place: "Any") -> None:
    assert [dom.tag_of(dom.element(tag)) for tag in ("textarea", "svg", "use")] == ["textarea", "svg", "use"]


def contract_the_focus_is_known(dom: "Any", place: "Any") -> None:
    button = dom.element("button")
    dom.insert(place, button, None)
    assert dom.focused() is None
    dom.focus(button)
    assert dom.tag_of(dom.focused()) == "button"


def contract_what_is_moved_loses_the_focus(dom: "Any", place: "Any") -> None:
    box, button, other = dom.element("div"), dom.element("button"), dom.element("p")
    dom.insert(box, button, None)
    dom.insert(place, other, None)
    dom.insert(place, box, None)
    dom.focus(button)
    dom.insert(place, box, other)
    assert dom.focused() is None


def contract_what_is_removed_cannot_be_focused(dom: "Any", place: "Any") -> None:
    button = dom.element("button")
    dom.insert(place, button, None)
    dom.focus(button)
    dom.remove(button)
    assert dom.focused() is None
    dom.focus(button)
    assert dom.focused() is None


def contract_a_text_takes_no_focus(dom: "Any", place: "Any") -> None:
    paragraph = dom.element("p")
    dom.insert(place, paragraph, None)
    dom.focus(paragraph)
    assert dom.focused() is None


def contract_attributes_and_properties_come_and_go(dom: "Any", place: "Any") -> None:
    field = dom.element("input")
    dom.insert(place, field, None)
    dom.attribute(field, "title", "words")
    dom.attribute(field, "title", None)
    dom.attribute(field, "never", None)
    dom.property(field, "value", "typed")
    dom.property(field, "value", None)
    dom.property(field, "checked", True)
    dom.property(field, "checked", None)


def contract_listening_to_nothing_is_no_error(dom: "Any", place: "Any") -> None:
    button = dom.element("button")
    dom.listen(button, "click", None)
    dom.listen(button, "click", ("one",))
    dom.listen(button, "click", False)
    dom.listen(button, "click", None)


CONTRACT = {
    "children stand where they were put": contract_children_stand_where_they_were_put,
    "what is inserted again moves": contract_what_is_inserted_again_moves,
    "what is removed is gone with all inside": contract_what_is_removed_is_gone_with_all_inside,
    "tags are lower case, also of pictures": contract_tags_are_lower_case_also_of_pictures,
    "the focus is known": contract_the_focus_is_known,
    "what is moved loses the focus": contract_what_is_moved_loses_the_focus,
    "what is removed cannot be focused": contract_what_is_removed_cannot_be_focused,
    "a text takes no focus": contract_a_text_takes_no_focus,
    "attributes and properties come and go": contract_attributes_and_properties_come_and_go,
    "listening to nothing is no error": contract_listening_to_nothing_is_no_error,
}
