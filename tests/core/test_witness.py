"""A page vouches for what it has seen or done itself, in that order, once for each."""

from deskside.core.chain import last_signature, spans, spans_text, unconfirmed
from deskside.core.witness import FALSE, MAX_SPANS, SEEN, SLACK_MS, UNSEEN, Witness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def said(text: str, number: int = 0, author: str = "customer", at: int = 0) -> "dict[str, Any]":
    return {"kind": "message", "id": text, "author": author, "text": text, "at": at, "number": number}


def event(text: str, number: int = 0, author: str = "customer") -> "dict[str, Any]":
    return {"kind": "event", "id": text + str(number), "author": author, "text": text, "at": 0, "number": number}


def witness(*seen: "dict[str, Any]") -> Witness:
    made = Witness("representative")
    for record in seen:
        assert made.saw(record) == 0
    return made


def test_what_both_have_is_seen() -> None:
    made = witness(said("a"), event("nudge"))
    assert [made.told(said("a", 1)), made.told(event("nudge", 2))] == [SEEN, SEEN]
    assert made.unseen(2) == ""


def test_what_only_the_record_has_is_unseen_until_it_comes() -> None:
    made = witness()
    assert [made.told(said("a", 1)), made.told(event("revoked", 2)), made.told(said("c", 3))] == [UNSEEN] * 3
    assert made.unseen(3) == "1-3" and made.unseen(2) == "1-2"
    assert made.saw(event("revoked", 9)) == 0 and made.unseen(3) == "1-1,3-3"


def test_a_message_that_says_something_else_is_false_whichever_comes_first() -> None:
    other = said("a", 1) | {"text": "b"}
    assert witness(said("a")).told(other) == FALSE
    made = witness()
    assert made.told(other) == UNSEEN and made.saw(said("a")) == 1


def test_what_is_there_twice_is_false_or_unseen() -> None:
    made = witness(said("a"), event("nudge"))
    assert [made.told(said("a", 1)), made.told(said("a", 2))] == [SEEN, FALSE]
    assert [made.told(event("nudge", 3)), made.told(event("nudge", 4))] == [SEEN, UNSEEN]


def test_messages_of_one_person_in_another_order_are_not_vouched_for() -> None:
    made = witness(said("a"), said("b"), said("c", author="representative"))
    assert [made.told(said("c", 1, "representative")), made.told(said("b", 2)), made.told(said("a", 3))] == [
        SEEN,
        SEEN,
        UNSEEN,
    ]
    assert made.unseen(3) == "3-3"


def test_a_consent_after_its_revocation_is_not_vouched_for() -> None:
    made = witness(event("permission_granted"), event("revoked"))
    assert [made.told(event("revoked", 1)), made.told(event("permission_granted", 2))] == [SEEN, UNSEEN]


def test_the_red_x_pressed_again_needs_no_second_line() -> None:
    made = witness(event("permission_granted"), event("revoked"))
    found = [made.told(event(text, n)) for n, text in ((1, "permission_granted"), (2, "revoked"), (3, "revoked"))]
    assert found == [SEEN] * 3


def test_what_is_done_on_this_page_is_not_the_other_half_of_what_an_earlier_one_has_done() -> None:
    made = witness()
    assert made.told(event("nudge", 5, "representative")) == UNSEEN
    made.is_another_page()
    assert made.saw(event("nudge", 9, "representative")) == 0
    assert made.told(event("nudge", 9, "representative")) == SEEN
    assert made.unseen(9) == "5-5"


def test_what_honest_pages_cannot_know_of_each_other_makes_no_difference() -> None:
    left = event("permission_ended") | {"permission": "view_screen", "reason": "left"}
    stopped = event("sharing_stopped") | {"surface": "screen"}
    made = witness(left | {"author": "representative"}, stopped)
    assert made.told(left | {"number": 1}) == SEEN, "both pages were gone at once"
    assert made.told(event("sharing_stopped", 2)) == SEEN, "after a red X without Python"


def test_times_may_differ_by_what_a_line_holds_up() -> None:
    made = witness(said("a", at=SLACK_MS * 3), said("b", author="representative"))
    assert made.told(said("a", 1, at=0)) == SEEN, "it was written long before it came"
    assert made.told(said("b", 2, "representative", SLACK_MS * 3)) == SEEN, "it came long after it was written"
    made = witness(said("a"), said("b", author="representative", at=SLACK_MS * 3))
    assert made.told(said("a", 1, at=SLACK_MS + 1)) == UNSEEN, "before it was written"
    assert made.told(said("b", 2, "representative", 0)) == UNSEEN, "before it was written"


def test_what_the_record_lacks_is_missing_when_it_can_be_on_its_way_no_longer() -> None:
    made = witness(said("a"), said("b"))
    made.owes(said("a"))
    made.owes(said("b"))
    assert (made.missing(False), made.missing(True)) == (0, 2)
    made.told(said("a", 1))
    made.is_overdue()
    assert made.missing(False) == 1
    made.told(said("b", 2))
    assert made.missing(True) == 0


def test_many_gaps_become_fewer_and_larger_ones() -> None:
    made = witness()
    for number in range(1, 4 * MAX_SPANS, 2):
        made.told(said(str(number), number))
    found = spans(made.unseen(4 * MAX_SPANS))
    assert len(found) == MAX_SPANS and found[-1][1] == 4 * MAX_SPANS - 1
    assert len(made.unseen(4 * MAX_SPANS)) <= 1400


def test_spans_are_written_in_one_way() -> None:
    assert spans("") == [] and spans_text(spans("1-4,7-7")) == "1-4,7-7"
    for text in ("1", "1-", "2-1", "0-1", "1-2,2-3", "1-2,", "01-2", " 1-2", "x-y", "1-2-3"):
        try:
            spans(text)
        except ValueError:
            continue
        raise AssertionError(text)


def test_one_side_cannot_prove_what_the_other_has_not_signed() -> None:
    records = [said("a", 1), said("b", 2, "representative"), said("c", 3), event("ended", 4)]
    signatures: "list[dict[str, Any]]" = [{"by": "representative", "records": 2, "unseen": "1-1"}]
    assert [one["number"] for one in unconfirmed(records, signatures, "customer")] == [1, 3]
    signatures.append({"by": "representative", "records": 4, "unseen": ""})
    assert unconfirmed(records, signatures, "customer") == []
    assert [one["number"] for one in unconfirmed(records, signatures, "representative")] == [1, 2, 3]
    assert last_signature(signatures, "customer") is None
