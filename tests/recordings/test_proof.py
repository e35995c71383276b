"""What the recorder takes for proved, with two real pages' records: an honest representative's, and a customer's page
that tells the recorder what it likes."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from deskside.core.codec import check
from deskside.core.messages import FROM_REPRESENTATIVE
from deskside.core.recorder_messages import MOST_HEADS
from signaling.recordings.keyring import Keyring
from signaling.recordings.proof import ENTRY, LOOKED_AT_AGAIN, MOST_WAITING, Proof
from signaling.recordings.sealed import SealedReader
from signaling.recordings.timeline import TimelineWriter, as_json, as_webvtt, read_timeline
from signaling.recordings.words import LANGUAGES, notice_in, words_in
from tests.recordings.records import message, record
from tests.ui.hostile_customer import HostileCustomer, lie
from tests.ui.test_record_hostile import CHANGES, LIES, HostileCustomerMachine

FALSE_SIGNATURE = "A" * 86


class Server:
    """The console's line to the server, where the representative's page is asked and answers."""

    def __init__(self) -> None:
        self.heads: list[dict[str, Any]] = []
        self.is_open = True

    def send(self, said: dict[str, Any]) -> bool:
        if self.is_open:
            self.heads.append(check(said, FROM_REPRESENTATIVE))
        return self.is_open


class Recorded:
    """A session of two pages beside the recorder's proof of it."""

    def __init__(self) -> None:
        self.pages = HostileCustomer()
        self.pages.run()
        self.proof = Proof()
        self.proved: list[int] = []
        self.told = 0

    def join(self) -> "Recorded":
        self.pages.join()
        return self

    @property
    def records(self) -> list[dict[str, Any]]:
        return list(self.pages.customer.record.chain.records)

    def tell(self, *others: dict[str, Any]) -> "Recorded":
        """The customer's page tells the recorder what its record has since; instead, `others`."""
        entries = list(others) or self.records[self.told :]
        self.told = len(self.records)
        for entry in entries:
            self.proof.took(entry)
        return self

    def ask(self, known: bool = True) -> list[dict[str, Any]]:
        """Ask the representative's page for heads, and take what it answers."""
        server = Server()
        page: Any = self.pages.representative.page
        page.signaling = server
        wanted = {"type": "heads_wanted", "session": "s1", "first": self.proof.first}
        if known and self.proof.known:
            wanted["known"] = self.proof.known
        self.pages.representative.record.heads_wanted(wanted)
        self.pages.tick(1)
        for heads in server.heads:
            self.proved += self.proof.heads(heads)
        return server.heads

    def texts(self) -> list[str]:
        """What is proved, in order."""
        return [one["text"] for one in self.records if one["number"] in self.proved]


def session() -> Recorded:
    """Two sentences of each."""
    found = Recorded().join()
    for text in ("one", "two"):
        found.pages.write(text).run().write(text + "!", "representative").run()
    found.pages.tick(2)
    return found


def test_what_the_representatives_page_has_seen_is_proved() -> None:
    found = session().tell()
    assert len(found.ask()) == 1
    assert found.texts() == ["one", "one!", "two", "two!"]
    assert not found.proof.is_waiting


def test_a_page_that_has_nothing_new_to_say_says_nothing_until_it_has() -> None:
    found = session().tell()
    found.ask()
    assert found.ask() == []
    found.pages.write("three").run().tick(2)
    found.tell()
    assert len(found.ask()) == 1
    assert found.texts()[-1] == "three"


def test_an_answer_that_was_lost_is_given_again() -> None:
    found = session().tell()
    server = Server()
    server.is_open = False
    page: Any = found.pages.representative.page
    page.signaling = server
    found.pages.representative.record.heads_wanted({"session": "s1", "first": 1})
    found.pages.tick(2)
    assert server.heads == [] and found.proved == []
    assert len(found.ask()) == 1 and len(found.texts()) == 4


def test_what_is_told_to_the_recorder_after_it_was_signed_is_proved_by_the_next_answer() -> None:
    found = session()
    records = found.records
    found.tell(*records[:2])
    found.ask()
    assert found.proof.known
    assert [found.proof.took(entry) for entry in records[2:]] == [True] * len(records[2:])
    assert found.proof.known == "", "what is signed already says more now"
    found.ask()
    assert len(found.texts()) == 4


def test_an_invented_entry_is_not_proved_and_those_around_it_are() -> None:
    found = session()
    records = found.records
    place = next(at for at, one in enumerate(records) if one["text"] == "one!")
    for forged in (
        records[place] | {"text": "I pay you 1000"},
        records[place] | {"author": "customer"},
        records[place] | {"id": "another"},
        lie(number=place + 1),
    ):
        found.proof, found.proved = Proof(), []
        found.tell(*records[:place], forged, *records[place + 1 :])
        found.ask(known=False)
        assert place + 1 not in found.proved
        assert found.texts() == ["one", "two", "two!"]


@pytest.mark.parametrize("one", LIES)
def test_what_never_happened_is_not_proved_whenever_it_is_chained(one: dict[str, Any]) -> None:
    if one.get("kind") == "keys":
        return  # it says nothing to people
    early = Recorded()
    early.pages.forge(**one)
    early.join().pages.write("hello", "representative").run().tick(2)
    early.tell().ask()
    assert early.texts() == ["hello"]
    late = session()
    late.pages.forge(**one)
    late.pages.tick(2)
    late.tell().ask()
    assert late.texts() == ["one", "one!", "two", "two!"]


@pytest.mark.parametrize("how", sorted(CHANGES))
def test_what_the_record_has_otherwise_than_it_was_is_not_proved(how: str) -> None:
    found = session()
    found.pages.change = CHANGES[how]
    found.pages.write("I pay you 100", "representative").run().tick(3)
    honest = [one["text"] for one in found.records if one["number"] <= 5 and one["kind"] == "message"]
    found.tell().ask()
    if how in ("left out", "twice"):
        assert found.texts()[:4] == honest and found.texts().count("I pay you 100") <= 1
    else:
        assert found.texts() == honest


def test_what_was_withheld_leaves_no_gap_in_what_is_proved() -> None:
    found = session()
    withheld = [one for one in found.records if one["text"] == "one!"]
    found.tell(*[one for one in found.records if one not in withheld])
    found.ask()
    assert found.texts() == ["one", "two", "two!"]


def test_reloads_and_another_representative_prove_what_each_has_seen() -> None:
    found = session().tell()
    found.ask()
    found.pages.reload_representative()
    found.pages.write("three", "representative").run().tick(3)
    found.pages.reload_customer()
    found.pages.write("four").run().tick(3)
    found.tell().ask()
    found.ask()
    assert {"three", "four"} <= set(found.texts())
    found.pages.write("nobody signs this", "representative").run()
    found.tell().pages.forget()
    found.pages.write("five").run().write("six", "representative").run().tick(3)
    found.tell().ask()
    found.ask()
    assert {"one!", "three", "four", "five", "six"} <= set(found.texts())
    assert "nobody signs this" not in found.texts()


def test_what_is_seen_a_moment_later_is_proved_then() -> None:
    found = Recorded().join()
    found.pages.write("on its way")
    frames = found.pages.ends.customer.frames["chat"]
    waiting, frames[:] = list(frames), []
    found.pages.run().tick(2)
    found.tell().ask()
    assert found.texts() == []
    said = next(one for one in waiting if one["type"] == "message")
    found.pages.representative_host.peers[-1].say(said, "chat")
    found.pages.run().tick(1)
    found.ask()
    assert found.texts() == ["on its way"]


def test_a_long_record_comes_in_pieces() -> None:
    found = Recorded().join()
    for number in range(MOST_HEADS + 20):
        found.pages.write(f"message {number}").run()
    found.pages.tick(2)
    found.tell()
    (heads,) = found.ask()
    assert len(heads["heads"]) == MOST_HEADS and found.proof.is_behind
    found.ask()
    assert len(found.texts()) == MOST_HEADS + 20 and not found.proof.is_behind


def test_a_false_answer_proves_nothing() -> None:
    found = session().tell()
    server = Server()
    page: Any = found.pages.representative.page
    page.signaling = server
    found.pages.representative.record.heads_wanted({"session": "s1", "first": 1})
    (heads,) = server.heads
    of_another = session()
    others = Server()
    another_page: Any = of_another.pages.representative.page
    another_page.signaling = others
    of_another.pages.representative.record.heads_wanted({"session": "s1", "first": 1})
    changes: list[dict[str, Any]] = [
        {"signature": FALSE_SIGNATURE},
        {"key": others.heads[0]["key"]},
        {"session": "s2"},
        {"records": heads["records"] + 1},
        {"records": 1},
        {"head": "0" * 64},
        {"unseen": "2-1"},
        {"missing": 4},
        {"before": "0" * 64},
        {"first": 9},
        {"heads": []},
        {"heads": heads["heads"][1:]},
        {"heads": [*heads["heads"][:-1], "0" * 64]},
    ]
    for change in changes:
        assert found.proof.heads(heads | change) == [], change
    assert len(found.proof.heads(heads)) == 4
    assert not found.proof.is_waiting


def test_what_waits_is_limited_and_the_oldest_is_given_up() -> None:
    proof = Proof()
    for number in range(1, 400):
        proof.took(message(number, 0, "x" * 8000))
        assert proof._size <= MOST_WAITING
    assert proof.first == 400 - MOST_WAITING // (8000 + ENTRY), "those before are given up"
    after = Proof([message(3, 0), message(9, 0)], 9)
    assert after.first == 3
    assert LOOKED_AT_AGAIN < MOST_HEADS, "each answer brings heads that were not there"


def test_every_order_of_telling_and_asking_ends_with_the_same() -> None:
    found = session()
    records = found.records
    for seed in range(20):
        choice = random.Random(seed)
        found.proof, found.proved = Proof(), []
        rest = list(records)
        while rest:
            for _ in range(choice.randrange(3)):
                if rest:
                    found.proof.took(rest.pop(0))
            found.ask()
        found.ask()
        found.ask()
        assert found.texts() == ["one", "one!", "two", "two!"]


# --- the timeline ------------------------------------------------------------------------------------------------


def kept(path: Path, keyring: Keyring, seen: str) -> Any:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, 0)
    timeline.entry(record(1, "keys", 0), 0)
    timeline.entry(message(2, 1000, "I pay you 1000", "representative", "Ann"), 1000)
    timeline.entry(message(3, 2000, "Good morning", "representative", "Ann"), 2000)
    if seen:
        timeline.seen(seen, "Robin")
    timeline.part_ended(1, 60_000, "asked")
    timeline.close()
    with SealedReader(path, keyring) as reader:
        return read_timeline(reader)


def test_the_timeline_marks_what_is_not_proved(tmp_path: Path, keyring: Keyring) -> None:
    timeline = kept(tmp_path / "timeline.log", keyring, "3-3")
    shown = as_json(timeline)
    assert [(one["name"], one["text"], one.get("unproved", False)) for one in shown["entries"]] == [
        ("Ann", "I pay you 1000", True),
        ("Robin", "Good morning", False),
    ], "and a name that a page has invented for the representative is not kept"
    assert shown["unproved"] is False
    for language in LANGUAGES:
        captions = as_webvtt(timeline, 1, words_in(language), notice_in(language)).split("\n\n")
        assert [cue.count("\n(") for cue in captions] == [0, 1, 0]
        assert captions[1].splitlines()[2] == "Ann: I pay you 1000"


def test_a_timeline_that_nobody_vouches_for_says_so_once(tmp_path: Path, keyring: Keyring) -> None:
    timeline = kept(tmp_path / "timeline.log", keyring, "")
    shown = as_json(timeline)
    assert shown["unproved"] is True and not any("unproved" in one for one in shown["entries"])
    for language in LANGUAGES:
        captions = as_webvtt(timeline, 1, words_in(language), notice_in(language)).split("\n\n")
        assert captions[1].splitlines()[1:] == [notice_in(language)]
        assert [cue.count("\n(") for cue in captions] == [0, 0, 0, 0]
    assert len({notice_in(language) for language in LANGUAGES}) == len(LANGUAGES)


def test_a_recorder_that_is_started_again_knows_what_is_not_proved_yet(tmp_path: Path, keyring: Keyring) -> None:
    kept(tmp_path / "timeline.log", keyring, "3-3")
    again = TimelineWriter(tmp_path / "timeline.log", keyring)
    assert sorted(again.unproved) == [1, 2]
    proof = Proof(again.unproved.values(), again.highest)
    assert (proof.first, proof.is_waiting) == (2, True)
    again.seen("2-2", "Robin")
    again.close()
    assert sorted(TimelineWriter(tmp_path / "timeline.log", keyring).unproved) == [1]


# --- whatever a hostile page does ----------------------------------------------------------------------------------


class HostileTimelineMachine(HostileCustomerMachine):
    """The same page, which tells the recorder its record, or something else; any number of representatives."""

    def __init__(self) -> None:
        super().__init__()
        self.recorded = Recorded()
        self.recorded.pages = self.pages
        self.entries: dict[int, dict[str, Any]] = {}  # as the recorder keeps them

    @initialize(is_planted=st.booleans())
    def begin(self, is_planted: bool) -> None:
        if is_planted:
            self.pages.plant()
        self.meet()
        self.write("representative", True)
        self.tick(2)

    @rule(how=st.sampled_from(["honestly", "honestly", *sorted(set(CHANGES) - {"twice"})]))
    def tell(self, how: str) -> None:
        told = [dict(one) for one in self.recorded.records if one["number"] > max(self.entries, default=0)]
        if told and how != "honestly":
            CHANGES[how](told)
        for entry in told:
            self.entries[entry["number"]] = entry
            self.recorded.proof.took(entry)

    @rule(one=st.sampled_from(LIES))
    def invent(self, one: dict[str, Any]) -> None:
        entry = lie(number=max(self.entries, default=0) + 1, **one)
        self.entries[entry["number"]] = entry
        self.recorded.proof.took(entry)

    @rule()
    def ask(self) -> None:
        self.tell("honestly")
        self.recorded.ask()

    @invariant()
    def what_is_proved_has_happened(self) -> None:
        assert len(self.recorded.proved) == len(set(self.recorded.proved))
        for number in self.recorded.proved:
            entry = self.entries[number]
            if entry["kind"] == "message":
                said = (entry["author"], entry["text"])
                assert said in [device.messages.get(entry["id"]) for device in self.pages.devices], entry
            else:
                assert not entry["id"].startswith("lie"), entry


HostileTimelineMachine.TestCase.settings = settings(max_examples=30, stateful_step_count=16, deadline=None)
test_no_hostile_page_gets_its_inventions_proved = HostileTimelineMachine.TestCase
