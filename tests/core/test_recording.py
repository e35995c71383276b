"""The customer's recording: only with their word, and only until they take it back."""

from deskside.core.recording_commands import (
    CloseRecorder,
    Keep,
    OpenRecorder,
    SayEnd,
    SendOffer,
    SetAnswer,
    StateChanged,
)
from deskside.core.recording_kept import newest
from tests.core.recordings import NOW, allowed, kept, kinds, made, on, opened, records, state, turn

# with their word


def test_without_a_word_of_the_server_nothing_is_opened() -> None:
    recording = made()
    recording.joined()
    assert recording.state == "off"
    assert turn(recording, 100) == []


def test_who_was_asked_and_did_not_allow_it_has_refused() -> None:
    recording = made()
    assert state(recording.asked()) == "refused"
    recording.joined()
    assert turn(recording, 100) == []


def test_the_servers_word_opens_a_connection_and_the_recorders_makes_it_a_recording() -> None:
    recording = made()
    recording.asked()
    commands = recording.told(True, "", NOW)
    assert kinds(commands) == [OpenRecorder, Keep, StateChanged]
    assert recording.state == "starting"
    commands = recording.described("c1", "offer")
    assert kinds(commands) == [Keep, SendOffer]
    assert commands[-1] == SendOffer("c1", "offer")
    assert recording.answered("c1", "answer") == [SetAnswer("c1", "answer")]
    assert recording.connection_changed("c1", "connected", NOW) == []
    assert recording.state == "starting"
    assert state(recording.known("c1", 0, [], NOW)) == "on"


def test_nothing_of_another_connection_counts() -> None:
    recording = allowed()
    assert recording.described("c9", "offer") == []
    recording.described("c1", "offer")
    assert recording.answered("c9", "answer") == []
    assert recording.known("c1", 0, [], NOW) == []
    recording.answered("c1", "answer")
    assert recording.known("c9", 0, [], NOW) == []
    assert recording.refused("c9", "failed", NOW) == recording.failed("c9", "failed", NOW) == []
    assert recording.connection_changed("c9", "failed", NOW) == []
    assert recording.answered("c1", "another") == []
    assert recording.state == "starting"


def test_an_old_id_says_nothing_while_there_is_no_connection() -> None:
    recording = on()
    recording.pause(NOW)
    assert recording.refused("", "failed", NOW) == recording.failed("", "failed", NOW) == []
    assert recording.connection_changed("", "failed", NOW) == []


def test_how_long_it_was_on_leaves_out_the_pauses() -> None:
    recording = on()
    assert recording.seconds(NOW + 5900.0) == 5
    recording.pause(NOW + 10000.0)
    assert recording.seconds(NOW + 60000.0) == 10
    recording.resume(NOW + 60000.0)
    opened(recording, "c2", 0, NOW + 61000.0)
    assert recording.seconds(NOW + 63000.0) == 12
    assert recording.seconds(NOW - 3600000.0) == 10


# until they take it back


def test_a_pause_closes_first_then_keeps_then_tells() -> None:
    for press, reason, shown in (("pause", "paused", "paused"), ("stop", "stopped", "stopped")):
        recording = on()
        commands = getattr(recording, press)(NOW)
        assert kinds(commands) == [CloseRecorder, Keep, SayEnd, StateChanged]
        assert commands[2] == SayEnd("c1", reason)
        assert recording.state == shown


def test_the_red_x_holds_from_every_state_until_resume() -> None:
    for begin in (made, allowed, on):
        recording = begin()
        commands = recording.revoked(NOW)
        assert [command.reason for command in commands if type(command) is SayEnd] == (
            ["revoked"] if begin is on else []
        )
        assert OpenRecorder not in kinds(recording.told(True, "", NOW))
        assert (recording.state, recording.reason) == ("paused", "revoked")
        assert OpenRecorder not in kinds(turn(recording, 200))
        assert OpenRecorder in kinds(recording.resume(NOW))


def test_the_red_x_takes_the_place_of_a_pause_and_not_the_other_way_round() -> None:
    recording = on()
    recording.pause(NOW)
    assert recording.reason == ""
    recording.revoked(NOW)
    assert recording.reason == "revoked"
    assert recording.pause(NOW) == []
    assert recording.reason == "revoked"


def test_what_is_stopped_is_not_resumed() -> None:
    recording = on()
    recording.stop(NOW)
    for event in (recording.resume, recording.revoked, recording.pause, recording.stop):
        assert event(NOW) == []
    assert OpenRecorder not in kinds(recording.told(True, "", NOW) + turn(recording, 100))
    assert recording.state == "stopped"


def test_the_server_hears_of_a_stop_again_when_it_is_back() -> None:
    recording = on()
    recording.stop(NOW)
    assert recording.told(True, "", NOW) == [SayEnd("c1", "stopped")]


def test_a_pause_can_become_a_stop() -> None:
    recording = on()
    recording.pause(NOW)
    commands = recording.stop(NOW)
    assert SayEnd("c1", "stopped") in commands
    assert recording.state == "stopped"


def test_an_answer_that_comes_after_the_pause_opens_nothing() -> None:
    recording = allowed()
    recording.described("c1", "offer")
    recording.pause(NOW)
    assert recording.answered("c1", "answer") == recording.known("c1", 0, records(3), NOW) == []
    assert recording.described("c1", "offer") == []


def test_a_reload_undoes_no_pause_no_stop_and_no_red_x() -> None:
    for press in ("pause", "stop", "revoked"):
        before = on()
        text = kept(getattr(before, press)(NOW + 2500.0))
        after = made(text)
        assert (after.state, after.reason, after.seconds(NOW)) == (before.state, before.reason, 2)
        assert OpenRecorder not in kinds(after.told(True, "", NOW) + turn(after, 100))
        assert (OpenRecorder in kinds(after.resume(NOW))) == (press != "stop")


def test_a_reload_while_it_is_on_goes_on_by_itself() -> None:
    before = on()
    commands = before.leaving(NOW + 3000.0)
    assert kinds(commands) == [CloseRecorder, Keep]
    assert before.tick(NOW) == before.told(True, "", NOW) == before.leaving(NOW) == []
    after = made(kept(commands))
    assert (after.state, after.seconds(NOW)) == ("starting", 3)
    assert OpenRecorder in kinds(after.told(True, "", NOW))


def test_a_red_x_before_the_server_said_anything_is_kept_too() -> None:
    after = made(kept(made().revoked(NOW)))
    assert after.state == "off"
    assert OpenRecorder not in kinds(after.told(True, "", NOW))
    assert after.state == "paused"


def test_what_another_session_kept_is_of_no_matter() -> None:
    assert made(kept(on().stop(NOW)), "s2").state == "off"


def test_a_line_that_says_nothing_stops_it() -> None:
    for text in (
        "s1 ",
        "s1 1 allowed paused x - -",
        "s1 x allowed paused 1 - -",
        "s1 1 allowed going 1 - -",
        "s1 1 allowed paused 1 c1 4",
        "s1 allowed paused 1 - -",
        "s1 1 a b c d e f",
    ):
        recording = made(text)
        assert OpenRecorder not in kinds(recording.told(True, "", NOW) + recording.resume(NOW))
        assert recording.state == "stopped"


def test_of_what_is_kept_in_two_places_the_later_counts() -> None:
    recording = on()
    paused = kept(recording.pause(NOW))
    resumed = kept(recording.resume(NOW))
    for texts in ([paused, resumed], [resumed, paused], [paused, "", resumed]):
        assert newest("s1", texts) == resumed
        assert newest("s2", texts) == ""
    again = made(resumed)
    assert newest("s1", [resumed, kept(again.pause(NOW))]) == kept(made(resumed).pause(NOW)) != resumed
