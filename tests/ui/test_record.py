"""Both pages show the same three words and hold the same record, whatever is loaded anew, lost or lied about."""

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskside.core.chain import link_text, signature_text
from tests.ui.fakes_crypto import is_signed
from tests.ui.two_pages import TwoPages, events, exported, texts


def test_both_pages_show_the_same_three_words() -> None:
    pages = TwoPages().join()
    assert len(pages.customer.record.words) == 3
    assert pages.customer.record.words == pages.representative.record.words
    assert "words" not in events(pages.customer)


def test_a_page_without_webcrypto_has_no_words_and_everything_else() -> None:
    pages = TwoPages()
    pages.customer_host.crypto = pages.customer.record.crypto = None
    pages.join().write("hello").tick(3)
    assert pages.customer.record.words == [] == pages.representative.record.words
    assert [message["text"] for message in pages.ends.representative.delivered if "text" in message] == ["hello"]


def test_a_list_of_words_that_was_not_there_is_asked_for_again() -> None:
    pages = TwoPages()
    crypto = pages.customer_host.crypto
    assert crypto is not None
    crypto.words_known = False
    pages.join()
    assert pages.customer.record.words == [] and len(pages.representative.record.words) == 3
    crypto.words_known = True
    pages.tick(6)
    assert pages.customer.record.words == pages.representative.record.words
    assert crypto.asked_for_words == 2


@pytest.mark.parametrize("side", ["customer", "representative"])
def test_after_a_reload_the_words_are_new_and_the_log_says_so(side: str) -> None:
    pages = TwoPages().join()
    before = list(pages.customer.record.words)
    getattr(pages, f"reload_{side}")()
    after = pages.customer.record.words
    assert after == pages.representative.record.words and after != before
    for session in (pages.customer, pages.representative):
        last = session.conversation.entries[session.conversation.order[-1]]
        assert (last["event"], last["words"]) == ("words", " ".join(after))


def test_the_record_has_what_counts_in_the_order_of_the_customers_page() -> None:
    pages = TwoPages().join()
    pages.write("hello").run().write("hi", "representative").run()
    pages.representative.nudge()
    pages.representative.request_screen()
    pages.run()
    pages.customer.deny(pages.customer.permissions.pending(pages.customer_host.now())[0]["id"])
    pages.customer.revoked()
    pages.run()
    wanted = ["message hello", "message hi", "event nudge", "event permission_asked", "event permission_denied"]
    assert [text for text in texts(pages.customer) if text[:5] != "keys "] == [*wanted, "event revoked"]
    assert texts(pages.representative) == texts(pages.customer)
    assert pages.representative.record.chain.heads == pages.customer.record.chain.heads


def test_what_was_written_before_anybody_came_is_in_the_record_too() -> None:
    pages = TwoPages().write("is anybody there").join()
    assert texts(pages.representative)[0] == "message is anybody there"


def test_both_sign_within_a_second_and_both_hold_both_signatures() -> None:
    pages = TwoPages().join().write("hello").run().tick(2)
    for session in (pages.customer, pages.representative):
        chain = session.record.chain
        signatures = session.record.signatures.values()
        assert sorted(one["by"] for one in signatures) == ["customer", "representative"]
        for one in signatures:
            assert (one["records"], one["head"]) == (len(chain.heads), chain.head)
            seen = ("", 0) if one["by"] == "representative" else ()
            text = signature_text("s1", one["by"], one["records"], one["head"], *seen)
            assert is_signed(one["key"], text, one["signature"])


def test_nothing_is_signed_again_when_nothing_was_added() -> None:
    pages = TwoPages().join().write("hello").run().tick(2)
    before = pages.customer_host.peers[-1].kinds().count("record_signature")
    pages.tick(5)
    assert pages.customer_host.peers[-1].kinds().count("record_signature") == before == 1


def test_the_last_entry_after_the_end_is_signed_by_the_page_that_has_it() -> None:
    pages = TwoPages().join().write("hello").run().tick(2)
    pages.customer.finish("customer")
    pages.customer.conversation.event("ended", True, reason="customer")
    data = exported(pages.customer, pages.customer_host)
    assert data["records"][-1]["text"] == "ended"
    own = next(one for one in data["signatures"] if one["by"] == "customer")
    assert own["records"] == len(data["records"])


def test_what_is_exported_while_hashes_are_computed_is_whole() -> None:
    pages = TwoPages().join()
    for number in range(20):
        pages.write(str(number))
    data = exported(pages.customer, pages.customer_host)
    assert len(data["records"]) == len(data["heads"]) == 21 and data["format"] == "deskside transcript 1"


@pytest.mark.parametrize("side", ["customer", "representative"])
def test_the_record_goes_on_after_a_reload(side: str) -> None:
    pages = TwoPages().join().write("one").run().write("two", "representative").run().tick(2)
    heads = list(pages.customer.record.chain.heads)
    getattr(pages, f"reload_{side}")()
    pages.write("three").run().tick(2)
    chain = pages.customer.record.chain
    assert chain.heads[: len(heads)] == heads
    assert pages.representative.record.chain.heads == chain.heads
    assert [text for text in texts(pages.customer) if text[:7] == "message"] == [
        "message one",
        "message two",
        "message three",
    ]
    keys = {one["key"] for one in pages.representative.record.signatures.values()}
    assert len(keys) == 3, "two pages on one side, one on the other"


def test_a_representative_whose_device_kept_nothing_is_told_everything() -> None:
    pages = TwoPages().join().write("one").run().write("two", "representative").run().tick(2)
    pages.representative_host.records.delete("")
    pages.reload_representative()
    pages.tick(2)
    assert pages.representative.record.chain.heads == pages.customer.record.chain.heads
    assert "record_refused" not in events(pages.representative)


def test_a_customer_whose_device_kept_nothing_cannot_put_another_record_in_its_place() -> None:
    pages = TwoPages().join().write("one").run().tick(2)
    held = list(pages.representative.record.chain.heads)
    pages.customer_host.records.delete("")
    pages.reload_customer()
    pages.write("other").run().tick(2)
    assert pages.representative.record.chain.heads == held
    assert events(pages.representative).count("record_refused") == 1


def forge(pages: TwoPages, **changes: Any) -> None:
    """The customer's page chains an entry that is a lie, as one that was tampered with would."""
    record = {"kind": "message", "id": "forged", "at": 1, "author": "customer", "name": "", "text": "x", **changes}
    pages.customer.record.run(pages.customer.record.chain.append(record))
    pages.run().tick(2)


def test_a_message_of_the_representative_with_another_text_is_refused_and_said() -> None:
    pages = TwoPages().join().write("I pay 100", "representative")
    message = pages.representative.conversation.order[-1]
    pages.ends.representative.frames["chat"].clear()  # it stays on the way
    forge(pages, id=message, author="representative", text="I pay 1000")
    assert pages.representative.record.chain.is_broken
    assert events(pages.representative).count("record_refused") == 1
    assert len(pages.representative.record.signatures) <= 2
    assert "message I pay 1000" not in texts(pages.representative)
    pages.write("and on").run().tick(3)
    assert "message and on" not in texts(pages.representative)
    assert all(one["records"] < 2 for one in pages.representative.record.signatures.values())


@pytest.mark.parametrize(
    "lie",
    [
        {"author": "representative", "id": "never", "text": "never written"},
        {"kind": "file", "author": "representative", "id": "never", "text": "a.txt", "size": 1},
        {"kind": "keys", "customer_key": "B" + "A" * 86, "representative_key": "B" + "C" * 86},
        {"kind": "keys"},
        {"kind": "event", "text": "permission_granted", "permission": "view_screen", "lease": 0},
    ],
)
def test_what_the_representative_never_did_is_refused(lie: dict[str, Any]) -> None:
    pages = TwoPages().join().run()
    forge(pages, **lie)
    assert pages.representative.record.chain.is_broken


def test_a_message_that_says_something_else_than_its_record_is_refused_when_it_comes() -> None:
    pages = TwoPages().join()
    forge(pages, id="late", text="recorded")
    assert not pages.representative.record.chain.is_broken, "it may still be on its way"
    pages.representative_host.peers[-1].say({"type": "message", "id": "late", "text": "said", "at": 1}, "chat")
    pages.run()
    assert pages.representative.record.chain.is_broken


def test_a_signature_that_is_none_breaks_the_record() -> None:
    pages = TwoPages().join().write("hello").run()
    chain = pages.customer.record.chain
    said = {"records": len(chain.heads), "head": chain.head, "signature": "A" * 86}
    pages.representative_host.peers[-1].say({"type": "record_signature", **said})
    pages.run()
    assert pages.representative.record.chain.is_broken
    assert not pages.representative.record.signatures


def test_words_that_could_not_be_agreed_are_said_to_be_missing() -> None:
    pages = TwoPages()
    pages.representative.joined("customer1", "Bob", {"ice_servers": []})
    pages.customer.joined("representative1", "Ann", {"ice_servers": []})
    pages.ends.customer, pages.ends.representative = pages.customer_host.peers[-1], pages.representative_host.peers[-1]
    peer = pages.ends.representative
    heard = peer.deliver

    def changed(label: str, message: dict[str, Any]) -> None:
        heard(label, message | {"commitment": "0" * 64} if message["type"] == "words_commitment" else message)

    peer.deliver = changed  # type: ignore[method-assign]
    pages.run()
    assert pages.representative.record.words == []
    assert "words_failed" in events(pages.representative)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["customer", "representative", "run", "tick", "reload_customer", "reload_representative"]),
        max_size=14,
    )
)
def test_whatever_happens_both_end_with_the_same_record_of_every_message(steps: list[str]) -> None:
    pages = TwoPages().join()
    written = []
    for number, step in enumerate(steps):
        if step in ("customer", "representative"):
            written.append(f"message {number}")
            pages.write(str(number), step)
        else:
            getattr(pages, step)()
    pages.run().tick(3)
    chain = pages.customer.record.chain
    assert pages.representative.record.chain.heads == chain.heads
    assert sorted(text for text in texts(pages.customer) if text[:7] == "message") == sorted(written)
    previous = ""
    for record, head in zip(chain.records, chain.heads, strict=True):
        assert hashlib.sha256(link_text("s1", previous, record).encode()).hexdigest() == head
        previous = head
    assert "record_refused" not in events(pages.representative)


def test_a_page_that_kept_less_than_it_was_told_is_told_again_from_there() -> None:
    class Slow(TwoPages):
        """The customer's page goes on with its record before it reaches the page that has come back."""

        def met(self) -> None:
            for _ in range(10):
                self.customer_host.wait(0)

    pages = Slow()
    pages.join().write("hello").run().tick(2).write("and goodbye", "representative").run()
    kept = pages.representative_host.records.kept
    del kept[max(key for key in kept if key.startswith("s1/record/"))]
    pages.reload_representative()
    pages.write("still here", "representative").run().tick(3)
    assert "record_refused" not in events(pages.representative)
    assert texts(pages.representative) == texts(pages.customer)
