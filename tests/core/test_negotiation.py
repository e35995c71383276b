"""Two sides of one connection come to the same descriptions, whoever starts and whatever is lost."""

from deskside.core import negotiation as steps
from deskside.core.codec import check
from deskside.core.messages import CONTROL

from .raising import refusal
from .wire import Side, agree, run

SDP = "v=0\r\na=fingerprint:sha-256 AB:CD\r\na=ice-ufrag:abc\r\n"


def pair() -> "tuple[Side, Side]":
    """The polite and the impolite side."""
    return Side("PP", True), Side("II", False)


def offer(number: int, sdp: str = SDP) -> "dict[str, object]":
    return {"connection": "talk", "number": number, "description": {"type": "offer", "sdp": sdp}}


def candidate(number: int, fragment: str = "abc") -> "dict[str, object]":
    return {
        "connection": "talk",
        "number": number,
        "candidate": {"candidate": "candidate:1", "username_fragment": fragment},
    }


def kinds(commands: "list[object]") -> "list[str]":
    return [type(command).__name__ for command in commands]


def test_an_offer_is_answered() -> None:
    polite, impolite = pair()
    impolite.want("chat")
    run(polite, impolite)
    assert agree(polite, impolite)
    assert impolite.history == ["stable", "have-local-offer", "stable"]
    assert polite.history == ["stable", "have-remote-offer", "stable"]
    assert polite.connection.candidates and impolite.connection.candidates


def test_when_offers_collide_the_polite_side_gives_way() -> None:
    polite, impolite = pair()
    polite.want("screen")
    impolite.want("chat")
    run(polite, impolite)
    assert agree(polite, impolite)
    assert sorted(polite.connection.agreed) == ["chat", "screen"]
    assert impolite.connection.agreed[0] == "chat"


def test_offers_in_both_directions_one_after_the_other() -> None:
    polite, impolite = pair()
    for line in ("a", "b", "c"):
        polite.want(line)
        run(polite, impolite)
        impolite.want(line + "2")
        run(polite, impolite)
    assert agree(polite, impolite)
    assert len(polite.connection.agreed) == 6


def test_a_restart_changes_the_credentials_and_keeps_the_media() -> None:
    polite, impolite = pair()
    impolite.want("chat")
    run(polite, impolite)
    impolite.restart()
    run(polite, impolite)
    assert agree(polite, impolite)
    assert impolite.connection.credentials == 2


def test_restarts_on_both_sides_at_once_converge() -> None:
    polite, impolite = pair()
    impolite.want("chat")
    run(polite, impolite)
    polite.restart()
    impolite.restart()
    run(polite, impolite)
    assert agree(polite, impolite)


def test_an_offer_that_was_lost_is_sent_again_by_restart() -> None:
    polite, impolite = pair()
    impolite.want("chat")
    impolite.finish()
    impolite.outgoing = []
    impolite.restart()
    run(polite, impolite)
    assert agree(polite, impolite)


def test_an_answer_that_was_lost_is_sent_again_by_resend() -> None:
    polite, impolite = pair()
    impolite.want("chat")
    impolite.finish()
    polite.receive(impolite.outgoing.pop(0))
    polite.finish()
    polite.finish()
    polite.outgoing = []
    polite.carry_out(polite.negotiation.resend())
    run(polite, impolite)
    assert agree(polite, impolite)


def test_restarting_without_end_keeps_nothing_more() -> None:
    _, impolite = pair()
    impolite.want("chat")
    impolite.finish()
    impolite.outgoing = []
    for _ in range(100):
        impolite.restart()
    assert impolite.operation is None
    assert len(impolite.outgoing) == 200  # offer and candidate, each time


def test_a_message_that_comes_twice_counts_once() -> None:
    side = steps.Negotiation("talk", True)
    assert kinds(side.received(offer(1))) == ["SetRemoteDescription"]
    assert side.received(offer(1)) == []
    side.remote_description_set()
    assert side.received(offer(1)) == []
    side.local_description_set("answer", SDP)
    assert side.received(offer(1)) == []
    assert side.signaling_state == "stable"


def test_candidates_wait_for_their_description() -> None:
    side = steps.Negotiation("talk", True)
    assert side.received(candidate(2)) == []
    assert kinds(side.received(offer(1))) == ["SetRemoteDescription"]
    assert side.received(candidate(3)) == []
    assert kinds(side.remote_description_set()) == ["SetLocalDescription"]
    assert kinds(side.local_description_set("answer", SDP)) == ["SendNegotiation", "AddIceCandidate", "AddIceCandidate"]


def test_candidates_of_an_ignored_offer_are_ignored() -> None:
    side = steps.Negotiation("talk", False)
    side.negotiation_needed()
    side.local_description_set("offer", SDP)
    assert side.received(offer(1)) == []
    assert side.received(candidate(2)) == []
    assert side.signaling_state == "have-local-offer"


def test_candidates_of_a_replaced_description_are_ignored() -> None:
    side = steps.Negotiation("talk", True)
    side.received(offer(1))
    side.remote_description_set()
    side.local_description_set("answer", SDP)
    assert side.received(candidate(2, "other")) == []
    assert kinds(side.received(candidate(3))) == ["AddIceCandidate"]


def test_own_candidates_wait_until_their_description_is_sent() -> None:
    side = steps.Negotiation("talk", False)
    side.negotiation_needed()
    assert side.candidate_gathered({"candidate": "candidate:1"}) == []
    sent = side.local_description_set("offer", SDP)
    assert [command.negotiation["number"] for command in sent] == [1, 2]
    assert "description" in sent[0].negotiation and "candidate" in sent[1].negotiation
    assert side.candidate_gathered({"candidate": "candidate:2"})[0].negotiation["number"] == 3


def test_the_first_fingerprint_is_pinned() -> None:
    side = steps.Negotiation("talk", True)
    side.received(offer(1))
    assert side.fingerprint == "sha-256 AB:CD"
    changed = SDP.replace("AB:CD", "AB:CE")
    assert refusal(side.received, offer(2, changed)) == "fingerprint_changed"
    assert refusal(side.received, offer(2, SDP + "a=fingerprint:sha-256 AB:CE\r\n")) == "fingerprint_changed"
    assert refusal(side.received, offer(2, SDP + "a=fingerprint:sha-1 AB\r\n")) == "fingerprint_changed"
    assert refusal(side.received, offer(2, "v=0\r\n")) == "bad_negotiation"
    assert refusal(side.received, offer(2, SDP + "\ra= fingerprint:sha-256 EE\r\n")) == "bad_negotiation"
    side.remote_description_set()
    side.local_description_set("answer", SDP)
    assert kinds(side.received(offer(2, SDP.replace("AB:CD", "ab:cd")))) == ["SetRemoteDescription"]


def test_a_fingerprint_known_before_is_held_against_the_first_description() -> None:
    side = steps.Negotiation("talk", True, "sha-256 00:11")
    assert refusal(side.received, offer(1)) == "fingerprint_changed"


def test_a_message_with_both_or_neither_is_refused() -> None:
    side = steps.Negotiation("talk", True)
    assert refusal(side.received, {"connection": "talk", "number": 1}) == "bad_negotiation"
    both = offer(1)
    both["candidate"] = {"candidate": ""}
    assert refusal(side.received, both) == "bad_negotiation"
    unsent = offer(1)
    unsent["received"] = 1
    assert refusal(side.received, unsent) == "bad_negotiation"


def test_a_number_far_ahead_is_refused() -> None:
    side = steps.Negotiation("talk", True)
    assert refusal(side.received, offer(steps.MAX_AHEAD + 1)) == "out_of_order"


def test_an_answer_to_nothing_is_ignored() -> None:
    side = steps.Negotiation("talk", True)
    answer = {"connection": "talk", "number": 1, "description": {"type": "answer", "sdp": SDP}}
    assert side.received(answer) == []
    assert side.signaling_state == "stable"


def test_a_description_that_cannot_be_applied_marks_the_connection() -> None:
    side = steps.Negotiation("talk", True)
    side.received(offer(1))
    assert side.description_failed("stable") == []
    assert side.is_broken and side.signaling_state == "stable"
    assert side.received(candidate(2)) == []
    assert kinds(side.negotiation_needed()) == ["SetLocalDescription"]


def test_an_answer_that_failed_is_tried_again_by_restart() -> None:
    side = steps.Negotiation("talk", True)
    side.received(offer(1))
    side.remote_description_set()
    side.description_failed()
    assert side.signaling_state == "have-remote-offer"
    assert kinds(side.restart()) == ["SetLocalDescription"]


def test_nothing_happens_once_it_is_closed() -> None:
    side = steps.Negotiation("talk", False)
    side.negotiation_needed()
    side.closed()
    assert side.signaling_state == "closed"
    assert side.local_description_set("offer", SDP) == []
    assert side.remote_description_set() == []
    assert side.received(offer(1)) == []
    assert side.negotiation_needed() == side.restart() == side.resend() == []
    assert side.candidate_gathered({"candidate": ""}) == []


def test_reports_that_nothing_asked_for_change_nothing() -> None:
    side = steps.Negotiation("talk", False)
    assert side.local_description_set("offer", SDP) == []
    assert side.remote_description_set() == []
    assert side.description_failed() == []
    assert side.signaling_state == "stable" and not side.is_broken


def test_what_is_sent_is_a_message_of_the_table() -> None:
    polite, impolite = pair()
    polite.want("screen")
    impolite.want("chat")
    polite.finish()
    impolite.finish()
    for negotiation in polite.outgoing + impolite.outgoing:
        check({"type": "negotiation", "negotiation": negotiation}, CONTROL)


def test_only_what_is_not_confirmed_is_sent_again() -> None:
    side = steps.Negotiation("talk", False)
    side.negotiation_needed()
    side.local_description_set("offer", SDP)
    side.candidate_gathered({"candidate": "candidate:1"})
    side.candidate_gathered({"candidate": "candidate:2"})
    side.received(dict(candidate(1), received=2))
    assert [command.negotiation["number"] for command in side.resend()] == [3]
    assert side.resend()[0].negotiation["received"] == 1


def test_a_need_that_comes_at_the_wrong_time_waits_until_all_is_stable() -> None:
    polite, impolite = pair()
    impolite.want("chat")
    impolite.finish()
    assert impolite.negotiation.negotiation_needed() == []
    run(polite, impolite)
    assert agree(polite, impolite)
    assert impolite.history == ["stable", "have-local-offer", "stable", "have-local-offer", "stable"]


def test_each_lost_path_is_worth_a_restart() -> None:
    polite, impolite = pair()
    impolite.want("chat")
    run(polite, impolite)
    for credentials in (2, 3, 4):
        impolite.restart()
        impolite.restart()
        run(polite, impolite)
        assert impolite.connection.credentials == credentials
    assert agree(polite, impolite)
