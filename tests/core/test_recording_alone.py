"""The customer's recording without the customer: it finds a recorder, loses it, and finds the next by itself."""

from deskside.core.recording import DOUBTED_FOR, MISSED_FOR, OPENS_WITHIN, PAUSES, STEADY
from deskside.core.recording_commands import (
    CloseRecorder,
    OpenRecorder,
    SayEnd,
)
from tests.core.recordings import NOW, allowed, kept, kinds, made, on, opened, state, turn


def test_where_there_is_no_recorder_it_says_why_and_waits() -> None:
    recording = made()
    assert state(recording.told(False, "no_room", NOW)) == "unavailable"
    assert recording.reason == "no_room"
    assert turn(recording, 100) == []
    assert OpenRecorder in kinds(recording.told(True, "", NOW))


def test_a_refusal_is_followed_by_ever_rarer_attempts() -> None:
    recording = allowed()
    for number, pause in enumerate(PAUSES + PAUSES[-1:]):
        id = "c" + str(number + 1)
        recording.described(id, "offer")
        commands = recording.refused(id, "full", NOW)
        assert kinds(commands)[:1] == [CloseRecorder] and SayEnd not in kinds(commands)
        assert recording.reason == "full"
        assert turn(recording, pause - 1) == []
        assert kinds(turn(recording, 1)) == [OpenRecorder]


def test_what_is_not_allowed_is_not_tried_again_until_the_server_speaks() -> None:
    recording = allowed()
    recording.described("c1", "offer")
    recording.refused("c1", "not_allowed", NOW)
    assert turn(recording, 1000) == []
    assert OpenRecorder in kinds(recording.told(True, "", NOW))


def test_a_recorder_that_never_answers_is_given_up() -> None:
    recording = allowed()
    recording.described("c1", "offer")
    assert turn(recording, OPENS_WITHIN) == []
    commands = turn(recording, 1)
    assert kinds(commands)[:1] == [CloseRecorder]
    assert SayEnd("c1", "lost") in commands
    assert recording.reason == "failed"


def test_a_connection_that_is_lost_is_replaced_at_once_and_without_a_word() -> None:
    recording = on()
    turn(recording, STEADY)
    commands = recording.connection_changed("c1", "failed", NOW)
    assert commands[0] == CloseRecorder("c1") and SayEnd("c1", "lost") in commands
    assert state(commands) == "starting"
    assert kinds(turn(recording, 1)) == [OpenRecorder]
    assert state(opened(recording, "c2")) == "on"


def test_a_connection_that_keeps_breaking_is_tried_ever_more_rarely() -> None:
    recording = on()
    recording.connection_changed("c1", "closed", NOW)
    turn(recording, PAUSES[0])
    opened(recording, "c2")
    recording.connection_changed("c2", "closed", NOW)
    assert turn(recording, PAUSES[1] - 1) == []
    assert kinds(turn(recording, 1)) == [OpenRecorder]


def test_a_path_that_is_gone_gets_a_few_turns_to_come_back() -> None:
    recording = on()
    recording.connection_changed("c1", "disconnected", NOW)
    turn(recording, DOUBTED_FOR - 1)
    recording.connection_changed("c1", "connected", NOW)
    assert turn(recording, 100) == []
    recording.connection_changed("c1", "disconnected", NOW)
    assert CloseRecorder("c1") in turn(recording, DOUBTED_FOR)


def test_another_recorder_is_taken_at_once_where_the_path_to_the_old_one_is_in_doubt() -> None:
    recording = on()
    assert recording.told(True, "", NOW) == []
    recording.connection_changed("c1", "disconnected", NOW)
    commands = recording.told(True, "", NOW)
    assert kinds(commands)[:2] == [CloseRecorder, OpenRecorder]
    assert recording.state == "starting"


def test_a_server_that_lost_its_recorder_ends_no_recording_that_goes_on() -> None:
    recording = on()
    assert recording.told(False, "missing", NOW) == []
    assert recording.state == "on"
    recording.connection_changed("c1", "failed", NOW)
    assert (recording.state, recording.reason) == ("starting", "")
    assert state(turn(recording, MISSED_FOR + 1)) == "unavailable"
    assert recording.reason == "missing"


def test_a_recorder_that_comes_in_a_moment_was_never_missed() -> None:
    recording = made()
    found = recording.told(False, "missing", NOW) + turn(recording, MISSED_FOR)
    assert state(found) == "starting"
    assert OpenRecorder in kinds(recording.told(True, "", NOW))
    assert state(opened(recording)) == "on"


def test_a_recorder_that_cannot_go_on_says_why() -> None:
    recording = on()
    commands = recording.failed("c1", "no_room", NOW)
    assert commands[0] == CloseRecorder("c1")
    assert (recording.state, recording.reason) == ("unavailable", "no_room")


def test_a_server_that_says_nothing_in_a_session_that_was_recorded_is_noticed() -> None:
    recording = made(kept(on().leaving(NOW + 1000.0)))
    assert turn(recording, 100) == []
    recording.joined()
    assert state(turn(recording, MISSED_FOR + 1)) == "unavailable"


def test_nothing_is_recorded_while_the_session_waits_for_somebody_else() -> None:
    recording = on()
    commands = recording.suspended(NOW)
    assert commands[0] == CloseRecorder("c1") and SayEnd("c1", "lost") in commands
    assert OpenRecorder not in kinds(turn(recording, 100))
    recording.joined()
    assert OpenRecorder in kinds(recording.told(True, "", NOW))


def test_a_session_that_is_over_is_over() -> None:
    recording = on()
    assert recording.finish(NOW) == [CloseRecorder("c1")]
    for event in (recording.resume, recording.pause, recording.stop, recording.revoked, recording.tick):
        assert event(NOW) == []
    assert recording.told(True, "", NOW) == recording.leaving(NOW) == []
