"""Nothing is allowed that the customer did not allow, for longer, or to anyone else."""

from deskside.core.codec import check
from deskside.core.messages import CONTROL
from deskside.core.permissions import (
    CARD_TIMEOUT,
    MAX_CARDS,
    MAX_REQUESTS,
    DiscardCapture,
    Permissions,
    Send,
    StartCapture,
    StopCapture,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NOW = 1700000000000.0
MINUTE = 60000.0


def request(id: str, permission: str = "send_files") -> "dict[str, Any]":
    return {"type": "permission_request", "id": id, "permission": permission, "at": 0}


def withdrawal(id: str) -> "dict[str, Any]":
    return {"type": "permission_withdrawal", "id": id}


def asked(permission: str = "send_files", peer: str = "rep") -> Permissions:
    permissions = Permissions()
    assert permissions.request_received(peer, request("r1", permission), NOW) == []
    return permissions


def sharing(lease: "float | None" = None) -> Permissions:
    permissions = asked("view_screen")
    permissions.allow("r1", lease, NOW)
    permissions.started("r1", NOW)
    return permissions


def said(commands: "list[Any]") -> "list[str]":
    """What is told, in short."""
    words = []
    for command in commands:
        if type(command) is Send:
            check(dict(command.message, n=1), CONTROL)
            words.append(command.message.get("answer") or command.message["reason"])
    return words


def test_asking_grants_nothing() -> None:
    permissions = asked()
    assert not permissions.is_granted("send_files", "rep", NOW)
    assert permissions.in_force(NOW) == []
    assert permissions.pending(NOW + 500) == [{"id": "r1", "peer": "rep", "permission": "send_files", "left": 60}]


def test_what_is_allowed_is_in_force_and_told() -> None:
    permissions = asked()
    commands = permissions.allow("r1", None, NOW)
    assert said(commands) == ["granted"] and commands[0].peer == "rep"
    assert permissions.is_granted("send_files", "rep", NOW)
    assert permissions.in_force(NOW)[0]["left"] is None
    assert permissions.pending(NOW) == []


def test_what_is_denied_is_told_and_not_in_force() -> None:
    permissions = asked()
    assert said(permissions.deny("r1", NOW)) == ["denied"]
    assert not permissions.is_granted("send_files", "rep", NOW)
    assert permissions.allow("r1", None, NOW) == []


def test_silence_is_a_refusal() -> None:
    permissions = asked()
    assert permissions.tick(NOW + CARD_TIMEOUT - 1) == []
    assert said(permissions.tick(NOW + CARD_TIMEOUT)) == ["expired"]
    assert said(permissions.allow("r1", None, NOW + CARD_TIMEOUT)) == []


def test_a_press_that_comes_after_the_countdown_is_too_late_without_any_tick() -> None:
    permissions = asked()
    assert said(permissions.allow("r1", None, NOW + CARD_TIMEOUT)) == ["expired"]
    assert permissions.in_force(NOW + CARD_TIMEOUT) == []


def test_the_screen_is_granted_only_when_the_capture_runs() -> None:
    permissions = asked("view_screen")
    assert permissions.allow("r1", None, NOW) == [StartCapture("r1", "rep")]
    assert not permissions.is_granted("view_screen", "rep", NOW)
    assert permissions.tick(NOW + CARD_TIMEOUT * 2) == []
    assert said(permissions.started("r1", NOW + CARD_TIMEOUT * 2)) == ["granted"]
    assert permissions.is_granted("view_screen", "rep", NOW + CARD_TIMEOUT * 2)
    assert permissions.started("r1", NOW) == []


def test_a_picker_that_was_closed_grants_nothing() -> None:
    permissions = asked("view_screen")
    permissions.allow("r1", None, NOW)
    assert said(permissions.failed("r1", NOW)) == ["failed"]
    assert permissions.started("r1", NOW) == [DiscardCapture("r1")]
    assert permissions.in_force(NOW) == []


def test_a_lease_lapses() -> None:
    permissions = sharing(5 * MINUTE)
    assert permissions.in_force(NOW + 1)[0]["left"] == 300
    assert permissions.is_granted("view_screen", "rep", NOW + 5 * MINUTE - 1)
    commands = permissions.tick(NOW + 5 * MINUTE)
    assert commands[0] == StopCapture("rep", "lapsed")
    assert said(commands) == ["lapsed"]


def test_a_lease_that_is_over_counts_no_more_even_before_any_tick() -> None:
    permissions = sharing(5 * MINUTE)
    assert not permissions.is_granted("view_screen", "rep", NOW + 5 * MINUTE)
    assert permissions.in_force(NOW + 5 * MINUTE) == []


def test_a_lease_begins_when_the_capture_does() -> None:
    permissions = asked("view_screen")
    permissions.allow("r1", MINUTE, NOW)
    commands = permissions.started("r1", NOW + 10 * MINUTE)
    assert commands[0].message["lease"] == 60
    assert permissions.is_granted("view_screen", "rep", NOW + 10 * MINUTE + 1)


def test_a_clock_that_is_set_back_makes_no_lease_longer() -> None:
    permissions = sharing(5 * MINUTE)
    permissions.tick(NOW + 4 * MINUTE)
    permissions.tick(NOW - 1000 * MINUTE)
    assert permissions.is_granted("view_screen", "rep", NOW - 999.5 * MINUTE)
    assert not permissions.is_granted("view_screen", "rep", NOW - 999 * MINUTE)


def test_a_grant_names_one_representative() -> None:
    permissions = sharing()
    assert not permissions.is_granted("view_screen", "other", NOW)
    assert not permissions.is_granted("point_and_draw", "rep", NOW)


def test_a_grant_is_gone_with_its_representative() -> None:
    permissions = sharing()
    permissions.request_received("rep", request("r2"), NOW)
    assert permissions.peer_left("rep", NOW) == [StopCapture("rep", "stopped")]
    assert permissions.in_force(NOW) == [] and permissions.pending(NOW) == []
    assert not permissions.is_granted("view_screen", "rep", NOW)


def test_the_red_x_clears_everything_before_it_tells_anyone() -> None:
    permissions = sharing()
    permissions.request_received("rep", request("r2"), NOW)
    permissions.allow("r2", None, NOW)
    permissions.request_received("rep", request("r3", "point_and_draw"), NOW)
    commands = permissions.revoke_all(NOW)
    assert commands[0] == StopCapture(None, "revoked")
    assert said(commands) == ["denied", "revoked", "revoked"]
    assert permissions.in_force(NOW) == [] and permissions.pending(NOW) == []
    assert permissions.epoch == 1


def test_a_red_x_with_nothing_in_force_still_stops_what_may_run() -> None:
    assert Permissions().revoke_all(NOW) == [StopCapture(None, "revoked")]


def test_answers_of_before_the_red_x_are_void() -> None:
    permissions = asked("view_screen")
    permissions.allow("r1", None, NOW)
    permissions.request_received("rep", request("r2"), NOW)
    permissions.revoke_all(NOW)
    assert permissions.started("r1", NOW) == [DiscardCapture("r1")]
    assert permissions.failed("r1", NOW) == permissions.allow("r2", None, NOW) == permissions.deny("r2", NOW) == []
    assert permissions.in_force(NOW) == []


def test_a_request_of_before_the_red_x_does_not_come_back() -> None:
    permissions = asked()
    permissions.revoke_all(NOW)
    assert permissions.request_received("rep", request("r1"), NOW) == []
    assert permissions.pending(NOW) == []


def test_after_the_red_x_there_can_be_a_new_card() -> None:
    permissions = sharing()
    permissions.revoke_all(NOW)
    permissions.request_received("rep", request("r2", "view_screen"), NOW)
    permissions.allow("r2", None, NOW)
    assert said(permissions.started("r2", NOW)) == ["granted"]


def test_the_browsers_own_stop_bar_ends_the_permission() -> None:
    permissions = sharing()
    commands = permissions.ended("view_screen", "stopped", NOW)
    assert commands[0] == StopCapture("rep", "stopped")
    assert said(commands) == ["stopped"]
    assert permissions.ended("view_screen", "stopped", NOW) == []


def test_one_permission_taken_back_leaves_the_others() -> None:
    permissions = sharing()
    permissions.request_received("rep", request("r2"), NOW)
    permissions.allow("r2", None, NOW)
    assert said(permissions.ended("view_screen", "revoked", NOW)) == ["revoked"]
    assert permissions.is_granted("send_files", "rep", NOW)


def test_a_withdrawn_request_cannot_be_allowed() -> None:
    permissions = asked()
    assert permissions.request_received("rep", withdrawal("r1"), NOW) == []
    assert permissions.pending(NOW) == [] and permissions.allow("r1", None, NOW) == []


def test_a_request_withdrawn_while_the_picker_is_open_discards_what_it_brings() -> None:
    permissions = asked("view_screen")
    permissions.allow("r1", None, NOW)
    permissions.request_received("rep", withdrawal("r1"), NOW)
    assert permissions.started("r1", NOW) == [DiscardCapture("r1")]


def test_a_withdrawal_that_crosses_the_grant_ends_it() -> None:
    permissions = sharing()
    commands = permissions.request_received("rep", withdrawal("r1"), NOW)
    assert commands[0] == StopCapture("rep", "stopped") and said(commands) == ["stopped"]


def test_nobody_withdraws_for_another() -> None:
    permissions = asked()
    permissions.request_received("other", withdrawal("r1"), NOW)
    assert len(permissions.pending(NOW)) == 1


def test_one_card_for_each_permission_of_each_representative() -> None:
    permissions = asked()
    assert said(permissions.request_received("rep", request("r2"), NOW)) == ["denied"]
    assert permissions.request_received("other", request("r3"), NOW) == []
    assert len(permissions.pending(NOW)) == 2


def test_a_few_cards_at_most() -> None:
    permissions = Permissions()
    for number in range(MAX_CARDS):
        assert permissions.request_received("rep" + str(number), request("r" + str(number)), NOW) == []
    assert said(permissions.request_received("more", request("more"), NOW)) == ["denied"]
    assert len(permissions.pending(NOW)) == MAX_CARDS


def test_who_asks_without_end_is_refused_unseen() -> None:
    permissions = Permissions()
    for number in range(MAX_REQUESTS):
        permissions.request_received("rep", request("r" + str(number)), NOW)
        permissions.deny("r" + str(number), NOW)
    assert said(permissions.request_received("rep", request("more"), NOW)) == ["denied"]


def test_a_new_grant_replaces_the_lease_of_the_old() -> None:
    permissions = sharing(MINUTE)
    permissions.request_received("rep", request("r2", "view_screen"), NOW)
    assert permissions.allow("r2", 10 * MINUTE, NOW) == [StartCapture("r2", "rep")]
    permissions.started("r2", NOW)
    assert permissions.tick(NOW + MINUTE) == []
    assert [grant["left"] for grant in permissions.in_force(NOW + MINUTE)] == [540]


def test_a_customer_can_offer_the_screen() -> None:
    permissions = Permissions()
    assert permissions.offer("o1", "rep", None, NOW) == [StartCapture("o1", "rep")]
    assert permissions.offer("o2", "rep", None, NOW) == []
    assert said(permissions.started("o1", NOW)) == ["granted"]
    assert permissions.is_granted("view_screen", "rep", NOW)


def test_an_offer_answers_the_card_that_waits() -> None:
    permissions = asked("view_screen")
    assert permissions.offer("o1", "rep", None, NOW) == [StartCapture("r1", "rep")]
    assert said(permissions.started("r1", NOW)) == ["granted"]
