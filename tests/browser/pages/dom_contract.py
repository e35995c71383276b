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


def contract_what_others_put_around_a_child_does_not_hide_it(dom: "Any", place: "Any") -> None:
    first, second, wrapper = dom.element("p"), dom.text("words"), dom.element("font")
    dom.insert(place, first, None)
    dom.insert(place, wrapper, None)
    dom.insert(wrapper, second, None)
    assert dom.contains(place, second) and not dom.contains(first, second)
    dom.insert(place, dom.element("b"), second)
    assert [dom.tag_of(child) for child in dom.children(place)] == ["p", "b", "font"]
    assert [dom.tag_of(dom.previous(place, before)) for before in (None, second)] == ["font", "b"]
    assert dom.previous(place, first) is None
    dom.remove(second)
    dom.insert(place, dom.element("i"), second)
    assert not dom.contains(place, second)
    assert dom.tag_of(dom.previous(place, None)) == "i"


def contract_elements_are_known_by_id_or_class(dom: "Any", place: "Any") -> None:
    plain, named, classy = dom.element("p"), dom.element("p"), dom.element("p")
    dom.attribute(named, "id", "name")
    dom.attribute(named, "class", "of another")
    dom.attribute(classy, "class", "field dirty")
    assert [dom.looks_like(each, {}) for each in (plain, named, classy)] == [True, False, False]
    assert [dom.looks_like(each, {"id": "name"}) for each in (plain, named, classy)] == [False, True, False]
    assert [dom.looks_like(each, {"class": "field"}) for each in (plain, named, classy)] == [False, False, True]


def contract_what_fields_hold_can_be_carried_over(dom: "Any", place: "Any") -> None:
    for text in ("typed", ""):
        field = dom.element("input")
        dom.attribute(field, "id", "name")
        dom.listen(field, "input", ("write",))
        dom.insert(place, field, None)
        dom.property(field, "value", text)
        if text:
            held = dom.values(place)
            dom.listen(field, "input", None)
            dom.remove(field)
    assert held == {"name": "typed"}
    dom.refill(held)
    assert dom.values(place) == {"name": "typed"}


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
    "what others put around a child does not hide it": contract_what_others_put_around_a_child_does_not_hide_it,
    "elements are known by id or class": contract_elements_are_known_by_id_or_class,
    "what fields hold can be carried over": contract_what_fields_hold_can_be_carried_over,
    "listening to nothing is no error": contract_listening_to_nothing_is_no_error,
}
