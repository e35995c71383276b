"""Settings as data: what differs is found as small as it can be said, and changes meet without being lost."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskside.ui.admin.document import copy as deep_copy
from deskside.ui.admin.document import differences, get, lay, move, put, remove, resolved
from deskside.ui.admin.draft import Draft
from deskside.ui.admin.fields import lines, megabytes, number
from deskside.ui.admin.moments import milliseconds
from tests.ui.admin_pages import settings


def issue(identifier: str, name: str = "") -> dict[str, Any]:
    return {"id": identifier, "name": {"en": name or identifier}, "team": "general"}


def paths(before: Any, after: Any) -> list[str]:
    return [change.path for change in differences(before, after)]


def test_a_change_is_named_by_ids_and_keys() -> None:
    before = settings(issues=[issue("a"), issue("b")])
    after = copy.deepcopy(before)
    put(after, "agreement.timeout", 20)
    put(after, "texts.de.greeting", "Hallo")
    put(after, "issues.b.name.en", "Mail")
    after["issues"].append(issue("c"))
    move(after, "issues.b", -1)
    remove(after, "issues.a")
    assert paths(before, after) == [
        "agreement.timeout",
        "issues.a",
        "issues.b.name.en",
        "issues.c",
        "texts.de.greeting",
    ]
    assert get(after, "issues.b.name.en") == "Mail" and get(after, "issues.a.name.en", "none") == "none"


def test_an_order_is_a_change_of_its_own_and_an_absent_text_is_none() -> None:
    before = settings(issues=[issue("a"), issue("b")])
    after = copy.deepcopy(before)
    assert move(after, "issues.b", -1) and not move(after, "issues.b", -1)
    assert paths(before, after) == ["issues.*"]
    assert paths({"texts": {}}, {"texts": {"en": {}}}) == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("issues.1.name.en", "issues.b.name.en"),
        ("issues.b.name.en", "issues.b.name.en"),
        ("allowed_origins.0", "allowed_origins"),
        ("agreement.timeout", "agreement.timeout"),
        ("", ""),
    ],
)
def test_a_problem_is_led_to_its_field(path: str, found: str) -> None:
    document = settings(issues=[issue("a"), issue("b")], allowed_origins=["https://x.example"])
    assert resolved(document, path) == found


_IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
_DOCUMENTS = st.builds(
    lambda ids, names, numbers: {
        "items": [{"id": one, "name": {"en": names[ord(one) - 97]}} for one in ids],
        "part": {"number": numbers[0], "on": numbers[1] > 2},
        "texts": {"en": {"greeting": str(numbers[2])}} if numbers[2] else {},
    },
    _IDS,
    st.lists(st.sampled_from(("x", "y", "z")), min_size=6, max_size=6),
    st.lists(st.integers(0, 5), min_size=3, max_size=3),
)


@given(_DOCUMENTS, _DOCUMENTS)
def test_laying_every_difference_makes_the_other_document(before: Any, after: Any) -> None:
    made = deep_copy(before)
    for change in differences(before, after):
        lay(made, change.path, after)
    assert differences(made, after) == []


@given(_DOCUMENTS, _DOCUMENTS, _DOCUMENTS)
def test_two_who_change_at_once_lose_nothing(base: Any, mine: Any, theirs: Any) -> None:
    draft = Draft()
    draft.load(1, deep_copy(base))
    draft.document = deep_copy(mine)
    draft.changed()
    draft.merge(2, deep_copy(theirs), "bob", 5)
    assert draft.conflict is not None and draft.version == 2 and draft.saved == theirs
    for change in differences(base, mine):
        if change.path[-1] != "*" and change.after is not None and not change.path.startswith("items"):
            assert get(draft.document, change.path) == change.after
    for field in draft.conflict["fields"]:
        if field["contested"]:
            draft.choose(field["path"], "theirs")
            assert field["choice"] == "theirs"


def test_a_change_inside_of_what_somebody_removed_brings_it_back_whole() -> None:
    draft = Draft()
    draft.load(1, settings(issues=[issue("a"), issue("b")]))
    put(draft.document, "issues.b.name.en", "Mail")
    draft.changed()
    draft.merge(2, settings(issues=[issue("a")]), "bob", 5)
    assert get(draft.document, "issues.b.name.en") == "Mail"
    assert draft.conflict is not None
    (field,) = draft.conflict["fields"]
    assert (field["path"], field["contested"], field["choice"]) == ("issues.b", True, "mine")
    draft.choose("issues.b", "theirs")
    assert draft.changes() == []
    draft.choose("issues.b", "mine")
    assert [change.path for change in draft.changes()] == ["issues.b"]


def test_the_same_change_by_two_people_is_no_conflict() -> None:
    draft = Draft()
    draft.load(1, settings())
    draft.document["company"] = "Alder"
    draft.changed()
    draft.merge(2, settings(company="Alder", colour="#112233"), "bob", 5)
    assert draft.conflict is not None
    assert [field["path"] for field in draft.conflict["fields"]] == ["colour"]
    assert draft.changes() == []


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12", 12), (" 7 ", 7), ("٣٠", 30), ("", ""), ("ten", "ten"), ("1.5", "1.5"), ("-1", "-1"), ("9" * 16, "9" * 16)],
)
def test_what_is_no_number_stays_what_was_typed(typed: str, value: Any) -> None:
    assert number(typed) == value


def test_sizes_and_lines_are_read_as_people_write_them() -> None:
    assert megabytes("100") == 100_000_000 and megabytes("x") == "x"
    assert lines("a\nb\n") == ["a", "b", ""] and lines("") == []


@pytest.mark.parametrize(
    ("iso", "at"),
    [
        ("1970-01-01T00:00:00.000Z", 0),
        ("2000-02-29T12:30:15.000Z", 951827415000),
        ("2026-11-22T19:20:00.000Z", 1795375200000),
    ],
)
def test_a_moment_is_a_number_of_milliseconds(iso: str, at: int) -> None:
    assert milliseconds(iso) == at
