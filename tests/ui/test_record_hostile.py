"""A page vouches only for what it has seen or sent itself, whatever the customer's page writes into the record."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from deskside.core.chain import signature_text
from tests.signaling.test_transcript_verify import files, verify
from tests.ui.fakes_crypto import is_signed
from tests.ui.hostile_customer import HostileCustomer, lie
from tests.ui.two_pages import TwoPages, events, exported, texts

LIES: list[dict[str, Any]] = [
    {},
    {"author": "customer", "text": "never sent"},
    {"kind": "file", "text": "contract.pdf", "size": 1},
    {"kind": "file", "author": "customer", "text": "contract.pdf", "size": 1},
    {"kind": "file_end", "text": "contract.pdf", "reason": "finished"},
    {"kind": "event", "text": "nudge"},
    {"kind": "event", "text": "permission_asked", "permission": "view_screen"},
    {"kind": "event", "text": "permission_withdrawn", "permission": "view_screen"},
    {"kind": "event", "author": "customer", "text": "permission_granted", "permission": "view_screen", "lease": 0},
    {"kind": "event", "author": "customer", "text": "permission_denied", "permission": "view_screen"},
    {"kind": "event", "author": "customer", "text": "revoked"},
    {"kind": "event", "author": "customer", "text": "sharing_started", "surface": "screen"},
    {"kind": "event", "author": "customer", "text": "recording_started"},
    {"kind": "event", "text": "handed_back"},
    {"kind": "event", "text": "left"},
    {"kind": "event", "text": "ended", "reason": "representative"},
    {"kind": "keys", "text": "", "customer_key": "B" + "A" * 86, "representative_key": "B" + "C" * 86},
]


def unproved(pages: HostileCustomer, folder: Path) -> tuple[int, str]:
    """What `verify` says of the customer's own file."""
    pages.run().tick(8)
    pages.check()
    return verify(folder, files(pages)["customer.json"])


@pytest.mark.parametrize("one", LIES)
def test_what_is_chained_before_the_keys_are_exchanged_is_not_vouched_for(one: dict[str, Any], tmp_path: Path) -> None:
    pages = HostileCustomer()
    pages.run()
    pages.forge(**one).join().write("hello", "representative")
    code, said = unproved(pages, tmp_path)
    assert code == (0 if one.get("kind") == "keys" and "not seen" not in said else 2), said
    assert "by the representative's up to 0" in said
    assert "has not seen entries 1 to 1" in said


def test_what_is_planted_in_the_log_before_the_keys_are_exchanged_is_not_vouched_for(tmp_path: Path) -> None:
    pages = HostileCustomer()
    pages.run()
    pages.plant().join().write("hello").run().write("thanks", "representative")
    code, said = unproved(pages, tmp_path)
    assert code == 2 and "Entry 1 is not proved: message of the representative, 'I pay you 1000'" in said
    assert "not altered" not in said
    shown = files(pages)["customer.html"].decode()
    assert shown.count("not confirmed by the other side") == 1
    assert "not confirmed" in shown.split("I pay you 1000")[0].rsplit("<li", 1)[1]
    assert verify(tmp_path, files(pages)["representative.html"])[0] == 2, "it does not show what it has not seen"


@pytest.mark.parametrize("one", LIES)
@pytest.mark.parametrize("back", ["join", "reload_customer", "reload_representative", "forget"])
def test_what_is_chained_later_is_not_vouched_for(one: dict[str, Any], back: str, tmp_path: Path) -> None:
    pages = HostileCustomer()
    pages.join().write("hello", "representative").run().tick(2)
    pages.forge(**one)
    getattr(pages, back)()
    code, _ = unproved(pages, tmp_path)
    is_foreign_key = one.get("kind") == "keys"
    is_presence = one.get("text") in ("handed_back", "left", "ended") and back == "join"
    assert code == 2 or is_foreign_key or is_presence


CHANGES = {
    "other text": lambda rows: rows[-1].update(text="I pay you 900"),
    "other author": lambda rows: rows[-1].update(author="customer"),
    "left out": lambda rows: rows.pop(),
    "twice": lambda rows: rows.append(dict(rows[-1])),
    "much later": lambda rows: rows[-1].update(at=rows[-1]["at"] - 3_600_000),
}


@pytest.mark.parametrize("how", sorted(CHANGES))
def test_what_the_representative_wrote_is_in_the_record_as_it_was_written(how: str, tmp_path: Path) -> None:
    pages = HostileCustomer()
    pages.join().write("hello").run()
    pages.change = CHANGES[how]
    pages.write("I pay you 100", "representative").run().write("and you?").run().tick(14)
    code, said = unproved(pages, tmp_path)
    assert code == 2, said


def test_two_answers_in_the_wrong_order_are_not_vouched_for(tmp_path: Path) -> None:
    pages = HostileCustomer()
    pages.join().write("first?").run()
    held: list[dict[str, Any]] = []
    pages.change = lambda rows: held.append(rows.pop())
    pages.write("yes", "representative").run()
    pages.change = lambda rows: rows.append(held[0])
    pages.write("no", "representative").run()
    assert [text for text in texts(pages.customer) if text[:7] == "message"][1:] == ["message no", "message yes"]
    code, said = unproved(pages, tmp_path)
    assert code == 2 and "'yes'" in said
    assert events(pages.representative).count("record_refused") == 1


@pytest.mark.parametrize("how", ["other text", "other author", "left out", "twice"])
def test_a_record_rewritten_on_the_device_is_not_vouched_for_by_a_page_that_kept_nothing(
    how: str, tmp_path: Path
) -> None:
    pages = HostileCustomer()
    pages.join().write("hello").run().write("I pay you 100", "representative").run().tick(2)
    pages.rewrite(CHANGES[how]).forget().write("again", "representative")
    code, said = unproved(pages, tmp_path)
    assert code in (1, 2) and "not altered" not in said, said


def test_a_representative_who_takes_over_vouches_for_what_comes_then(tmp_path: Path) -> None:
    pages = HostileCustomer()
    pages.join().write("hello").run().write("I pay you 100", "representative").run().tick(2)
    before = len(pages.customer.record.chain.records)
    pages.forget().write("and I do", "representative").run()
    code, said = unproved(pages, tmp_path)
    assert code == 2 and f"has not seen entries 1 to {before + 1} itself" in said, said
    assert "'and I do'" not in said
    shown = files(pages)["representative.html"].decode()
    assert "I pay you 100" not in shown.split("<template")[0] and "and I do" in shown
    code, said = verify(tmp_path, files(pages)["representative.html"])
    assert code == 2 and "is not shown" not in said, said


def test_what_is_still_on_its_way_is_vouched_for_when_it_has_come() -> None:
    pages = TwoPages().join()
    pages.write("on its way")
    waiting = list(pages.ends.customer.frames["chat"])
    pages.ends.customer.frames["chat"].clear()
    pages.run().tick(2)
    own = next(one for one in pages.customer.record.signatures.values() if one["by"] == "representative")
    assert own["unseen"] == "2-2"
    message = next(one for one in waiting if one["type"] == "message")
    pages.representative_host.peers[-1].say(message, "chat")
    pages.run().tick(1)
    own = next(one for one in pages.customer.record.signatures.values() if one["by"] == "representative")
    assert (own["records"], own["unseen"], own["missing"]) == (2, "", 0)


def test_the_other_sides_copy_proves_what_it_has_signed(tmp_path: Path) -> None:
    pages = TwoPages().join().write("hello").run().tick(2).write("I pay you 100", "representative")
    pages.ends.representative.frames["control"].clear()
    pages.run()
    mine = files(pages)["customer.json"]
    assert verify(tmp_path, mine)[0] == 2, "nobody but this page has signed it"
    (tmp_path / "other").write_text(json.dumps(exported(pages.representative, pages.representative_host)))
    code, said = verify(tmp_path, mine, "--against", str(tmp_path / "other"))
    assert code == 0, said


def test_a_hostile_representatives_page_gets_no_signature_but_that_of_what_happened() -> None:
    """It lies of what it holds and of what it has seen; the customer's page signs its own record alone."""
    pages = TwoPages().join().write("hello").run().tick(2)
    peer = pages.customer_host.peers[-1]
    before = list(pages.customer.record.chain.records)
    peer.say({"type": "record", "record": lie(author="customer") | {"number": 3}, "head": "0" * 64})
    peer.say({"type": "record_known", "records": 2, "head": "0" * 64})
    for unseen in ("2-1", "0-0", "1-", "x", "1-1,1-2", "1-1"):
        said = {"records": 2, "head": pages.customer.record.chain.head, "signature": "A" * 86, "unseen": unseen}
        peer.say({"type": "record_signature", **said})
    pages.run().tick(3)
    assert pages.customer.record.chain.records == before
    for one in pages.customer.record.signatures.values():
        seen = () if one["by"] == "customer" else (one["unseen"], one["missing"])
        assert is_signed(
            one["key"], signature_text("s1", one["by"], one["records"], one["head"], *seen), one["signature"]
        )


@pytest.mark.parametrize("version", [1, 2])
def test_a_customers_page_of_an_earlier_version_gets_only_a_signature_that_leaves_nothing_out(version: int) -> None:
    pages = HostileCustomer()
    pages.join()
    pages.representative_host.peers[-1].link.version = version
    pages.write("hello").run().tick(2)
    own = next(one for one in pages.customer.record.signatures.values() if one["by"] == "representative")
    assert own["records"] == 2 and "unseen" not in own
    pages.forge(author="customer", text="never sent").run().tick(3)
    own = next(one for one in pages.customer.record.signatures.values() if one["by"] == "representative")
    assert own["records"] == 2


def test_a_record_of_the_last_release_is_verified_as_one_of_an_older_kind(tmp_path: Path) -> None:
    pages = TwoPages().join()
    pages.representative_host.peers[-1].link.version = 2
    pages.write("hello").run().write("hi", "representative").run().tick(2)
    code, said = verify(tmp_path, files(pages)["customer.html"])
    assert code == 0 and "of an older kind" in said and "not altered" in said


class HostileCustomerMachine(RuleBasedStateMachine):
    """Two honest people, a page that lies whenever it can, and any number of reloads and representatives."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = HostileCustomer()
        self.pages.run()
        self.is_met = False

    @rule()
    def meet(self) -> None:
        self.is_met = True
        self.pages.join()

    @precondition(lambda self: self.is_met)
    @rule(how=st.sampled_from(["reload_customer", "reload_representative", "reload_both", "forget"]))
    def go_on(self, how: str) -> None:
        getattr(self.pages, how)()

    @rule(author=st.sampled_from(["customer", "representative"]), is_seen=st.booleans())
    def write(self, author: str, is_seen: bool) -> None:
        self.pages.write(f"said by the {author}", author)
        if is_seen:
            self.pages.run()

    @precondition(lambda self: self.is_met)
    @rule(what=st.sampled_from(["nudge", "request_screen", "red_x"]))
    def happen(self, what: str) -> None:
        getattr(self.pages if what == "red_x" else self.pages.representative, what)()

    @rule(seconds=st.integers(1, 8))
    def tick(self, seconds: int) -> None:
        self.pages.tick(seconds)

    @rule(one=st.sampled_from(LIES))
    def forge(self, one: dict[str, Any]) -> None:
        self.pages.forge(**one)

    @precondition(lambda self: not self.is_met)
    @rule()
    def plant(self) -> None:
        self.pages.plant()

    @rule(how=st.sampled_from(sorted(CHANGES)))
    def change_the_next(self, how: str) -> None:
        self.pages.change = CHANGES[how]

    @rule(how=st.sampled_from(sorted(CHANGES)), place=st.integers(0, 8))
    def rewrite(self, how: str, place: int) -> None:
        def change(rows: list[dict[str, Any]]) -> None:
            if rows:
                rows.append(rows.pop(place % len(rows)))
                CHANGES[how](rows)

        self.pages.rewrite(change)
        if self.is_met:
            self.pages.join()

    @invariant()
    def nobody_vouches_for_what_they_have_not_seen(self) -> None:
        self.pages.check()


HostileCustomerMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=14, deadline=None)
test_no_hostile_page_gets_a_signature = HostileCustomerMachine.TestCase


def test_honest_pages_vouch_for_everything() -> None:
    pages = HostileCustomer()
    pages.join().write("hello").run().write("hi", "representative").run()
    pages.representative.nudge()
    pages.representative.request_screen()
    pages.run()
    pages.customer.deny(pages.customer.permissions.pending(pages.customer_host.now())[0]["id"])
    pages.red_x()
    pages.red_x()
    for how in ("reload_customer", "reload_representative", "reload_both", "reload_representative"):
        getattr(pages, how)()
        pages.write("still here").run().write("me too", "representative").run().tick(3)
    pages.check().tick(8)
    own = [one for one in pages.customer.record.signatures.values() if one["by"] == "representative"]
    last = max(own, key=lambda one: one["records"])
    assert (last["records"], last["unseen"], last["missing"]) == (len(pages.customer.record.chain.heads), "", 0)
    assert "record_refused" not in events(pages.representative)
