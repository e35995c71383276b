"""A record that is chained cannot be changed, moved or left out without the heads saying so."""

from deskside.core import chain as steps
from deskside.core.chain import Chain, link_text, signature_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def digest(text: str) -> str:
    """No SHA-256, but a hash: every interpreter that runs these tests has it."""
    value = 7
    for letter in text:
        value = (value * 1000003 + ord(letter)) % (1 << 256)
    return f"{value:064x}"


def record(text: str) -> "dict[str, Any]":
    return {"kind": "message", "id": "id-" + text, "at": 1, "author": "customer", "name": "", "text": text}


def run(chain: Chain, commands: "list[Any]") -> "list[Any]":
    """Compute what is asked for, until nothing is; what came out."""
    out = []
    waiting = list(commands)
    while waiting:
        command = waiting.pop(0)
        if type(command) is steps.Digest:
            waiting += chain.digested(digest(command.text))
        else:
            out.append(command)
    return out


def filled(*texts: str) -> Chain:
    chain = Chain("s1")
    for text in texts:
        run(chain, chain.append(record(text)))
    return chain


def test_each_head_goes_over_the_one_before() -> None:
    chain = filled("a", "b")
    first = digest(
        'deskside transcript 1\ns1\n{"at":1,"author":"customer","id":"id-a","kind":"message","name":"",'
        '"number":1,"text":"a"}'
    )
    assert chain.heads[0] == first
    assert chain.heads[1] == digest(link_text("s1", first, chain.records[1]))
    assert chain.head == chain.heads[1] and chain.is_settled


def test_records_that_come_while_a_hash_is_computed_wait_and_stay_in_order() -> None:
    chain = Chain("s1")
    asked = chain.append(record("a")) + chain.append(record("b")) + chain.append(record("c"))
    assert len(asked) == 1 and not chain.is_settled
    done = run(chain, asked)
    assert [one.record["text"] for one in done] == ["a", "b", "c"]
    assert [one.record["number"] for one in done] == [1, 2, 3]
    assert chain.heads == filled("a", "b", "c").heads


def test_a_hash_that_nobody_asked_for_changes_nothing() -> None:
    chain = filled("a")
    assert chain.digested("0" * 64) == [] and len(chain.heads) == 1


def test_a_chain_goes_on_after_it_was_kept() -> None:
    kept = filled("a", "b")
    chain = Chain("s1", list(zip(kept.records, kept.heads)))
    run(chain, chain.append(record("c")))
    assert chain.heads == filled("a", "b", "c").heads


def test_what_is_kept_with_a_gap_counts_up_to_the_gap() -> None:
    kept = filled("a", "b", "c")
    pairs = list(zip(kept.records, kept.heads))
    assert Chain("s1", [pairs[0], pairs[2]]).heads == kept.heads[:1]


def told(chain: Chain, source: Chain, *numbers: int) -> "list[Any]":
    out = []
    for number in numbers:
        out += run(chain, chain.received(dict(source.records[number - 1]), source.heads[number - 1]))
    return out


def test_the_other_page_comes_to_the_same_heads() -> None:
    source = filled("a", "b", "c")
    chain = Chain("s1")
    told(chain, source, 1, 2, 2, 1, 3)
    assert chain.heads == source.heads and chain.records == source.records and not chain.is_broken


def test_a_changed_record_is_refused_and_nothing_after_it_taken() -> None:
    source = filled("a", "b", "c")
    chain = Chain("s1")
    told(chain, source, 1)
    lie = dict(source.records[1])
    lie["text"] = "B"
    assert run(chain, chain.received(lie, source.heads[1])) == [steps.Refused(2)]
    assert told(chain, source, 2, 3) == [] and chain.is_broken and len(chain.heads) == 1


def test_a_gap_is_refused() -> None:
    source = filled("a", "b", "c")
    chain = Chain("s1")
    assert told(chain, source, 1, 3)[1:] == [steps.Refused(3)]


def test_another_record_in_the_place_of_one_that_is_there_is_refused() -> None:
    chain = Chain("s1")
    told(chain, filled("a", "b"), 1, 2)
    assert told(chain, filled("x"), 1) == [steps.Refused(1)]


def test_another_record_in_the_place_of_one_that_waits_is_refused() -> None:
    source, other = filled("a"), filled("x")
    chain = Chain("s1")
    asked = chain.received(dict(source.records[0]), source.heads[0])
    assert chain.received(dict(source.records[0]), source.heads[0]) == []
    assert chain.received(dict(other.records[0]), other.heads[0]) == [steps.Refused(1)]
    assert run(chain, asked) == []


def test_records_of_another_session_do_not_fit() -> None:
    source = filled("a")
    chain = Chain("s2")
    assert told(chain, source, 1) == [steps.Refused(1)]


def test_a_chain_knows_its_own_heads() -> None:
    chain = filled("a", "b")
    assert chain.holds(0, "") and chain.holds(1, chain.heads[0]) and chain.holds(2, chain.head)
    assert not chain.holds(1, chain.head) and not chain.holds(3, chain.head) and not chain.holds(-1, chain.head)


def test_what_is_signed_names_session_role_number_and_head() -> None:
    texts = [
        signature_text("s1", "customer", 1, "aa"),
        signature_text("s2", "customer", 1, "aa"),
        signature_text("s1", "representative", 1, "aa"),
        signature_text("s1", "customer", 2, "aa"),
        signature_text("s1", "customer", 1, "ab"),
    ]
    assert len(set(texts)) == 5
