"""The representative's page knows what it was told, and forgets it when it must."""

from deskside.core.codec import check
from deskside.core.messages import CONTROL
from deskside.core.permissions import Permissions, Requests

NOW = 1700000000000.0
MINUTE = 60000.0


def test_the_representatives_page_mirrors_what_it_is_told() -> None:
    permissions, requests = Permissions(), Requests("customer")
    sent = requests.request("r1", "view_screen", NOW)
    check(dict(sent[0].message, n=1), CONTROL)
    assert sent[0].peer == "customer"
    assert requests.request("r2", "view_screen", NOW) == []
    assert requests.pending(NOW) == [{"id": "r1", "permission": "view_screen", "left": 60}]
    permissions.request_received("rep", sent[0].message, NOW)
    permissions.allow("r1", MINUTE, NOW)
    for command in permissions.started("r1", NOW):
        requests.answer_received(command.message, NOW)
    assert requests.is_granted("view_screen", NOW) and requests.pending(NOW) == []
    assert requests.in_force(NOW) == [{"id": "r1", "permission": "view_screen", "left": 60}]
    assert not requests.is_granted("view_screen", NOW + MINUTE)
    for command in permissions.tick(NOW + MINUTE)[1:]:
        requests.end_received(command.message, NOW + MINUTE)
    assert requests.in_force(NOW) == []


def test_the_mirror_is_empty_after_a_refusal_a_revocation_and_a_reset() -> None:
    requests = Requests("customer")
    requests.request("r1", "send_files", NOW)
    answer = {"type": "permission_answer", "id": "r1", "permission": "send_files", "answer": "denied", "at": 0}
    requests.answer_received(answer, NOW)
    assert not requests.is_granted("send_files", NOW) and requests.pending(NOW) == []
    requests.answer_received(dict(answer, answer="granted"), NOW)
    assert requests.is_granted("send_files", NOW)
    requests.revoked_received({"type": "revoked", "at": 0}, NOW)
    assert not requests.is_granted("send_files", NOW)
    requests.request("r2", "send_files", NOW)
    assert requests.over("left", NOW) == [] and requests.pending(NOW) == []


def test_the_mirror_knows_why_each_permission_ended() -> None:
    requests = Requests("customer")

    def grant(id: str, permission: str, lease: int = 0) -> None:
        answer = {"type": "permission_answer", "id": id, "permission": permission, "answer": "granted", "at": 0}
        requests.answer_received(answer | ({"lease": lease} if lease else {}), NOW)

    def end(permission: str, reason: str) -> str:
        said = {"type": "permission_end", "permission": permission, "reason": reason, "at": 0}
        return requests.end_received(said, NOW)

    assert end("view_screen", "stopped") == ""
    grant("r1", "view_screen")
    assert [end("view_screen", "stopped"), end("view_screen", "stopped")] == ["stopped", ""]
    requests.request("r2", "view_screen", NOW)
    requests.withdraw("r2", NOW)
    grant("r2", "view_screen")
    assert end("view_screen", "stopped") == "withdrawn"
    grant("r3", "view_screen", 60)
    grant("r4", "send_files")
    assert requests.over("left", NOW + MINUTE) == [
        {"permission": "send_files", "reason": "left"},
        {"permission": "view_screen", "reason": "lapsed"},
    ]
    assert requests.over("left", NOW) == []


def test_a_request_can_be_withdrawn_once() -> None:
    requests = Requests("customer")
    requests.request("r1", "send_files", NOW)
    commands = requests.withdraw("r1", NOW)
    check(dict(commands[0].message, n=1), CONTROL)
    assert requests.withdraw("r1", NOW) == [] and requests.pending(NOW) == []
    granted = {"type": "permission_answer", "id": "r2", "permission": "send_files", "answer": "granted", "at": 0}
    requests.answer_received(granted, NOW)
    assert len(requests.withdraw("r2", NOW)) == 1
    assert not requests.is_granted("send_files", NOW)
