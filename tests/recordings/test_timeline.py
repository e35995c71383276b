"""The timeline: every entry once, beside the moment of the video at which it happened."""

import json
from pathlib import Path

import pytest

from signaling.recordings.keyring import Keyring
from signaling.recordings.sealed import AlreadyClosed, SealedReader, SealedWriter
from signaling.recordings.timeline import Timeline, TimelineWriter, as_json, read_timeline
from tests.recordings.records import event, message, record

START = 1_700_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "timeline.log"


def read(path: Path, keyring: Keyring, durations: dict[int, int | None] | None = None) -> Timeline:
    with SealedReader(path, keyring) as reader:
        return read_timeline(reader, durations)


def offsets(timeline: Timeline) -> list[tuple[int, int]]:
    return [(entry.part, entry.offset) for entry in timeline.entries]


def test_entries_stand_beside_the_parts(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START, START + 3)
    timeline.entry(event(1, START + 10, "joined", "representative", name="Bob"), START + 13)
    timeline.entry(message(2, START + 4000), START + 4003)
    timeline.part_ended(1, START + 10_000, "asked")
    timeline.part_started(2, START + 60_000, START + 60_003)
    timeline.entry(message(3, START + 61_000), START + 61_003)
    timeline.part_ended(2, START + 70_000, "asked")
    timeline.finish()
    found = read(path, keyring)
    assert (found.start, found.duration, found.is_finished) == (START, 20_000, True)
    assert [(part.number, part.offset, part.duration) for part in found.parts] == [(1, 0, 10_000), (2, 60_000, 10_000)]
    assert offsets(found) == [(1, 10), (1, 4000), (2, 61_000)]


def test_each_line_is_readable_as_soon_as_it_was_added(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    for number in range(1, 4):
        timeline.entry(message(number, START), START)
        assert len(read(path, keyring).entries) == number
    assert not read(path, keyring).is_finished


def test_what_is_there_is_not_added_again(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    assert [timeline.entry(message(number, START), START) for number in (1, 2, 2, 1, 7)] == [
        *(True, True),
        *(False, False),
        True,
    ]
    timeline.close()
    again = TimelineWriter(path, keyring)
    assert again.highest == 7
    assert not again.entry(message(7, START), START)
    again.close()
    assert [entry.number for entry in read(path, keyring).entries] == [1, 2, 7]


def test_a_finished_timeline_takes_nothing_more(path: Path, keyring: Keyring) -> None:
    TimelineWriter(path, keyring).finish()
    with pytest.raises(AlreadyClosed):
        TimelineWriter(path, keyring)


def test_a_line_of_which_half_was_kept_is_passed_over(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.entry(message(1, START), START)
    timeline.close()
    torn = SealedWriter.reopen(path, keyring)
    torn.write(b'{"record":{"number":2,"kin')
    torn.flush()
    torn.abandon()
    assert [entry.number for entry in read(path, keyring).entries] == [1]
    again = TimelineWriter(path, keyring)
    assert again.highest == 1
    again.entry(message(2, START), START)
    again.close()
    assert [entry.number for entry in read(path, keyring).entries] == [1, 2]


def test_a_representative_whose_clock_is_wrong_is_placed_by_when_it_came(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    timeline.entry(message(1, START + 1000), START + 1020)
    timeline.entry(message(2, START + 3_602_000, author="representative"), START + 2020)
    timeline.entry(message(3, START + 3_605_000, author="representative"), START + 5040)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, 1000), (1, 2000), (1, 5000)]


def test_a_recorder_whose_clock_is_wrong_makes_no_difference(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START, START - 500_000)
    timeline.entry(message(1, START + 1000), START - 499_000)
    timeline.entry(message(2, START + 2000, author="representative"), START - 498_000)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, 1000), (1, 2000)]


@pytest.mark.parametrize("off", [-172_800_000, -10_800_000, -300, 0, 300, 10_800_000, 172_800_000])
def test_a_customer_whose_clock_is_wrong_makes_no_difference(path: Path, keyring: Keyring, off: int) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START, None)  # before the pictures have told
    timeline.part_started(1, START + off, START)
    timeline.entry(message(1, START + 1000), START + 1000)
    timeline.entry(message(2, START + 2000, author="representative"), START + 2000)
    timeline.part_ended(1, START + off + 5000, "closed")
    timeline.part_started(2, START + off + 9000, START + 9000)
    timeline.entry(message(3, START + 10_000), START + 10_040)
    timeline.part_ended(2, START + off + 12_000, "closed")
    timeline.close()
    found = read(path, keyring)
    near = 0 if abs(off) > 1000 else abs(off)  # as long as what comes fast takes, it is one clock
    assert [part.duration for part in found.parts] == [5000, 3000]
    assert [part.offset for part in found.parts] == [0, 9000]
    for (part, offset), expected in zip(offsets(found), [(1, 1000), (1, 2000), (2, 10_000)], strict=True):
        assert part == expected[0] and abs(offset - expected[1]) <= near


def test_a_clock_that_is_set_during_a_part_moves_nothing(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START, START)
    timeline.entry(message(1, START + 1000), START + 1020)
    timeline.part_started(1, START + 10_800_000, START)  # three reports in a row have said so
    timeline.entry(message(2, START + 60_000), START + 60_020)
    timeline.part_ended(1, START + 10_890_000, "closed")
    timeline.close()
    found = read(path, keyring)
    assert [abs(offset - at) <= 20 for (_, offset), at in zip(offsets(found), (1000, 60_000), strict=True)] == [
        True
    ] * 2
    assert found.parts[0].duration == 90_000


def test_what_was_kept_back_while_the_connection_was_lost_stands_where_it_happened(
    path: Path, keyring: Keyring
) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START, START + 10)
    timeline.entry(message(1, START + 1000), START + 1010)
    timeline.entry(message(2, START + 7_002_000, author="representative"), START + 2010)
    timeline.part_ended(1, START + 10_000, "gone")
    timeline.part_started(2, START + 60_000, START + 60_010)
    for number, author, ahead in ((3, "customer", 0), (4, "representative", 7_000_000), (5, "customer", 0)):
        timeline.entry(message(number, START + ahead + 9000 + number * 100, author=author), START + 60_020)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, 1000), (1, 2000), (1, 9300), (1, 9400), (1, 9500)]


def test_entries_stand_in_the_order_of_the_record(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START, START)
    for number, at in enumerate((1000, 3000, 2000, 4000), 1):
        timeline.entry(message(number, START + at), START + 5000)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, 1000), (1, 3000), (1, 3000), (1, 4000)]


def test_the_end_of_a_file_stands_where_it_ended_and_not_where_the_file_was_offered(
    path: Path, keyring: Keyring
) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START, START + 10)
    timeline.entry(record(1, "file", START + 1000, text="a.txt", size=5), START + 1010)
    timeline.entry(message(2, START + 8000), START + 8010)
    timeline.entry(record(3, "file_end", START + 1000, text="a.txt", reason="finished"), START + 9010)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, 1000), (1, 8000), (1, 9000)]


def test_what_happened_in_a_pause_belongs_to_the_part_that_is_nearer(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    timeline.part_ended(1, START + 10_000, "gone")
    timeline.part_started(2, START + 60_000)
    timeline.part_ended(2, START + 70_000, "gone")
    for number, second in enumerate((12, 58, 99), 1):
        timeline.entry(message(number, START + second * 1000), START + second * 1000)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, 12_000), (2, 58_000), (2, 99_000)]


def test_what_happened_before_the_first_picture_stands_at_the_beginning(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.entry(message(1, START - 500), START - 500)
    timeline.part_started(1, START)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, 0)]


def test_the_length_of_the_video_counts_more_than_what_the_recorder_noted(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    timeline.part_ended(1, START + 10_000, "gone")
    timeline.close()
    assert read(path, keyring, {1: 9876}).parts[0].duration == 9876


def test_a_part_whose_end_nobody_noted_lasts_as_long_as_is_known(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    timeline.entry(message(1, START + 4000), START + 4000)
    timeline.part_started(2, START + 60_000)
    timeline.entry(message(2, START + 65_000), START + 65_000)
    timeline.close()
    assert [part.duration for part in read(path, keyring).parts] == [4000, 5000]


@pytest.mark.parametrize(
    ("noted", "offsets"), [([], [0, 5000, 10_000]), ([1, 3], [0, 5000, 120_000]), ([2, 3], [0, 5000, 60_000])]
)
def test_a_video_of_which_no_note_was_kept_follows_the_one_before(
    path: Path, keyring: Keyring, noted: list[int], offsets: list[int]
) -> None:
    timeline = TimelineWriter(path, keyring)
    for number in noted:
        timeline.part_started(number, START + (number - 1) * 60_000)
    timeline.close()
    found = read(path, keyring, {1: 5000, 2: 5000, 3: 5000})
    assert [(part.offset, part.duration) for part in found.parts] == [(offset, 5000) for offset in offsets]


def test_a_part_that_is_said_to_start_again_starts_then(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    timeline.part_started(1, START + 2000, width=1280, height=800)
    timeline.close()
    assert read(path, keyring).start == START + 2000


def test_a_clock_that_was_set_back_puts_no_part_into_another(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    timeline.part_ended(1, START + 10_000, "gone")
    timeline.part_started(2, START - 3_600_000)
    timeline.part_ended(2, START - 3_590_000, "gone")
    timeline.close()
    assert [part.offset for part in read(path, keyring).parts] == [0, 10_000]


def test_an_empty_timeline_is_one(path: Path, keyring: Keyring) -> None:
    TimelineWriter(path, keyring).finish()
    assert read(path, keyring) == Timeline(is_finished=True)


def test_the_json_holds_what_a_player_shows(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    timeline.entry(record(1, "keys", START, customer_key="A" * 87), START)
    timeline.entry(event(2, START + 500, "permission_asked", "representative", permission="view_screen"), START + 500)
    timeline.part_ended(1, START + 1000, "asked")
    timeline.close()
    shown = as_json(read(path, keyring))
    assert json.loads(json.dumps(shown)) == shown
    assert shown == {
        "start": START,
        "parts": [{"number": 1, "offset": 0, "duration": 1000}],
        "entries": [
            {
                "number": 2,
                "part": 1,
                "offset": 500,
                "at": START + 500,
                "kind": "event",
                "author": "representative",
                "name": "",
                "text": "permission_asked",
                "permission": "view_screen",
            }
        ],
        "more": False,
        "full": False,
        "unproved": True,
    }


def test_the_json_comes_in_pieces(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    for number in (1, 2, 5, 6, 9):
        timeline.entry(message(number, START), START)
    timeline.close()
    whole = read(path, keyring)
    pieces = [as_json(whole, after, 2) for after in (0, 2, 6, 9)]
    numbers = [[entry["number"] for entry in piece["entries"]] for piece in pieces]
    assert numbers == [[1, 2], [5, 6], [9], []]
    assert [piece["more"] for piece in pieces] == [True, True, False, False]


def test_a_timeline_has_a_largest_size_and_says_that_it_is_full(
    path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.recordings.timeline.LARGEST", 4000)
    timeline = TimelineWriter(path, keyring)
    kept = [timeline.entry(message(number, START, "x" * 100), START) for number in range(1, 100)]
    assert kept.count(True) > 10 and kept == sorted(kept, reverse=True) and timeline.is_full
    timeline.part_ended(1, START + 1000, "asked")
    timeline.close()
    again = TimelineWriter(path, keyring)
    assert again.is_full and not again.entry(message(500, START), START)
    again.finish()
    found = read(path, keyring)
    assert len(found.entries) == kept.count(True) and found.is_full and as_json(found)["full"]
    assert path.stat().st_size < 8000


def test_the_size_of_a_timeline_that_is_gone_on_with_counts_from_its_beginning(
    path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.recordings.timeline.LARGEST", 4000)
    number = 0
    for _ in range(100):
        timeline = TimelineWriter(path, keyring)
        for _ in range(5):
            number += 1
            timeline.entry(message(number, START, "x" * 100), START)
        timeline.close()
    assert read(path, keyring).is_full and len(read(path, keyring).entries) < 40


def test_text_of_every_script_comes_back(path: Path, keyring: Keyring) -> None:
    text = 'مرحبا\nüber 🙂 "quoted" \\ \u2028'
    timeline = TimelineWriter(path, keyring)
    timeline.entry(message(1, START, text), START)
    timeline.close()
    assert read(path, keyring).entries[0].record["text"] == text


def test_ten_thousand_entries_are_all_there(path: Path, keyring: Keyring) -> None:
    timeline = TimelineWriter(path, keyring)
    timeline.part_started(1, START)
    for number in range(1, 10_001):
        timeline.entry(message(number, START + number), START + number)
    timeline.close()
    assert offsets(read(path, keyring)) == [(1, number) for number in range(1, 10_001)]
