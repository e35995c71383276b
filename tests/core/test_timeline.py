"""The recorder's copy of the record: everything in order, and nothing of a pause."""

from tests.core.recordings import NOW, allowed, kept, made, on, records, sent, turn


def test_the_recorder_gets_what_it_lacks_in_order() -> None:
    recording = allowed()
    recording.described("c1", "offer")
    recording.answered("c1", "answer")
    assert sent(recording.grown(records(4))) == []
    assert sent(recording.known("c1", 2, records(4), NOW)) == [3, 4]
    assert sent(recording.grown(records(5))) == [5]
    assert sent(recording.known("c1", 4, records(5), NOW)) == []


def test_what_was_not_on_its_disk_comes_again_over_the_next_connection() -> None:
    recording = on()
    assert sent(recording.grown(records(3))) == [1, 2, 3]
    recording.connection_changed("c1", "failed", NOW)
    turn(recording, 1)
    recording.described("c2", "offer")
    recording.answered("c2", "answer")
    assert sent(recording.known("c2", 1, records(3), NOW)) == [2, 3]


def test_a_long_record_goes_out_as_it_reaches_the_disk() -> None:
    recording = on()
    number = 0
    found = sent(recording.grown(records(100)))
    most = len(found)
    while number < 100:
        assert found == list(range(number + 1, min(number + most, 100) + 1))
        number = found[-1]
        found = sent(recording.known("c1", number, records(100), NOW))
    assert found == []


def test_nothing_of_what_happened_during_a_pause_is_ever_sent() -> None:
    recording = on()
    assert sent(recording.grown(records(2))) == [1, 2]
    recording.pause(NOW)
    assert recording.grown(records(3)) == []
    text = ""
    for number in (3, 4):
        text = kept(recording.appended(number))
    recording.resume(NOW)
    recording.appended(5)
    recording.described("c2", "offer")
    recording.answered("c2", "answer")
    assert sent(recording.known("c2", 2, records(6), NOW)) == [5, 6]

    after = made(text)
    after.told(True, "", NOW)
    after.resume(NOW)
    after.described("c1", "offer")
    after.answered("c1", "answer")
    assert sent(after.known("c1", 0, records(6), NOW)) == [1, 2, 5, 6]


def test_what_happened_during_a_pause_and_was_numbered_after_it_is_withheld_as_well() -> None:
    recording = on()
    recording.appended(1, True)
    assert sent(recording.grown(records(2))) == [2]
