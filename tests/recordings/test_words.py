"""Entries as sentences and as captions, in every language and whatever people wrote."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskside.core.objects import NAME
from deskside.core.record_messages import KINDS
from deskside.ui.entries import RECORDED
from signaling.recordings import words as module
from signaling.recordings.placing import Entry, Part
from signaling.recordings.timeline import Timeline, as_webvtt
from signaling.recordings.words import LANGUAGES, words_in
from tests.recordings.records import event, message, record

LETTERS = st.text(max_size=60)


def entry(made: dict[str, Any], offset: int = 0, part: int = 1) -> Entry:
    return Entry(made["number"], made, 0, part=part, offset=offset)


def timeline(*entries: Entry) -> Timeline:
    return Timeline(0, [Part(1, 0, 60_000, "", 0, 60_000), Part(2, 90_000, 150_000, "", 90_000, 60_000)], [*entries])


EARLIER = ("permission_revoked", "permission_lapsed", "permission_stopped")
"""Events of recordings that earlier builds have made."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", RECORDED + EARLIER)
def test_every_event_that_is_recorded_has_a_sentence_of_its_own(language: str, text: str) -> None:
    said = words_in(language)(entry(event(1, 0, text, permission="view_screen", surface="screen")))
    assert not said.endswith(f": {text}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_permission_ended_is_said(language: str) -> None:
    words = words_in(language, "Ann")
    said = [
        words(entry(event(1, 0, "permission_ended", permission="view_screen", reason=reason)))
        for reason in ("lapsed", "stopped", "left", "withdrawn", "ended", "something new")
    ]
    assert len(set(said)) == len(said) and not any("{" in one for one in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_holds_a_gap_that_was_not_filled(language: str) -> None:
    words = words_in(language)
    for kind in KINDS:
        for text in RECORDED if kind == "event" else ("x",):
            assert "{" not in words(entry(record(1, kind, 0, text=text)))


def test_languages_that_somebody_invents_take_no_memory() -> None:
    for number in range(1000):
        words_in(f"x{number}")
    assert module._texts.cache_info().currsize <= len(LANGUAGES)


def test_sentences_name_who_did_it() -> None:
    words = words_in("en", "Ann")
    assert words(entry(event(1, 0, "joined", "representative", name="Bob"))) == "Bob joined."
    assert words(entry(event(1, 0, "revoked"))).startswith("Ann stopped everything")
    assert words_in("en")(entry(message(1, 0, "Hi"))) == "Customer: Hi"
    assert words_in("de-AT")(entry(message(1, 0, "Hallo"))) == "Kunde: Hallo"


def test_what_things_are_called_is_translated() -> None:
    asked = entry(event(1, 0, "permission_asked", "representative", name="Bob", permission="view_screen"))
    assert words_in("de")(asked) == "Bob hat um eine Erlaubnis gebeten: Bildschirm sehen."
    assert words_in("en")(asked) == "Bob asked for a permission: see the screen."


def test_a_file_that_did_not_arrive_is_not_said_to_have() -> None:
    for reason, said in (("finished", "The file a.txt arrived unharmed."), ("revoked", "was not sent to its end.")):
        assert said in words_in("en")(entry(record(1, "file_end", 0, text="a.txt", reason=reason)))


def test_what_people_wrote_is_never_taken_for_a_gap() -> None:
    assert words_in("en")(entry(message(1, 0, "{name} {0} {permission.x}"))) == "Customer: {name} {0} {permission.x}"


def test_an_unknown_language_is_english() -> None:
    assert words_in("xx")(entry(event(1, 0, "ended"))) == "The session ended."


def test_captions_are_timed_from_the_beginning_of_their_part() -> None:
    captions = as_webvtt(timeline(entry(message(1, 0), 500), entry(message(2, 0), 93_723, 2)), 2)
    assert captions == "WEBVTT\n\n2\n00:00:03.723 --> 00:00:06.723\nCustomer: Hello\n"


def test_captions_of_a_pause_stand_at_the_edge_of_the_video() -> None:
    captions = as_webvtt(timeline(entry(message(1, 0), 70_000), entry(message(2, 0), 80_000, 2)), 1)
    assert "\n00:00:59.999 --> " in captions
    assert "\n00:00:00.000 --> " in as_webvtt(timeline(entry(message(2, 0), 80_000, 2)), 2)


def test_a_part_that_is_not_there_has_no_captions() -> None:
    assert as_webvtt(timeline(entry(message(1, 0))), 9) == "WEBVTT\n"


def test_keys_are_no_captions() -> None:
    assert as_webvtt(timeline(entry(record(1, "keys", 0))), 1) == "WEBVTT\n"


@given(LETTERS, st.text("Aé<>&-\u0661 ", max_size=20))
def test_nothing_that_people_write_breaks_the_captions(text: str, name: str) -> None:
    NAME.check(name, "name")
    made = {"number": 1, "kind": "message", "id": "x", "at": 0, "author": "customer", "name": name, "text": text}
    captions = as_webvtt(timeline(entry(made, 1000)), 1)
    blocks = re.split(r"\n{2,}", captions.strip("\n"))
    assert len(blocks) == 2
    head, timing, *said = blocks[1].split("\n")
    assert (head, timing[:17]) == ("1", "00:00:01.000 --> ")
    for line in said:
        assert line
        assert not re.search(r"[<>]|\r|&(?!amp;|lt;|gt;)", line)
