"""Controls bear the names that people, and tests from outside, find them by."""

import pytest

from deskside.ui.console.views import page as console_page
from deskside.ui.console.views_queue import queue_entry_view
from deskside.ui.customer.views import page as customer_page
from deskside.ui.node import parts
from tests.ui import view_console
from tests.ui.trees import CONSOLE, CUSTOMER, Node, controls, t, text_of, walk


@pytest.mark.parametrize(
    ("name", "role", "control"),
    [
        ("portal", "textbox", "Your name"),
        ("portal", "textbox", "How can we help?"),
        ("portal", "combobox", "Issue"),
        ("portal", "textbox", "Session key"),
        ("portal", "button", "Start chat"),
        ("portal", "combobox", "Language"),
        ("session", "combobox", "Language"),
        ("notifications", "button", "Allow notifications"),
        ("notifications", "button", "Not now"),
        ("agreement", "button", "Accept"),
        ("agreement", "button", "Decline"),
        ("recording", "button", "Allow recording"),
        ("recording", "button", "Refuse recording"),
        ("notice", "button", "This is my problem, leave"),
        ("notice", "button", "Continue waiting"),
        ("waiting-notice", "button", "This is my problem, leave"),
        ("waiting-notice", "button", "Continue waiting"),
        ("waiting-notice", "textbox", "Message"),
        ("orphaned", "button", "Stay here"),
        ("orphaned", "button", "Leave a message"),
        ("orphaned", "button", "Leave the queue"),
        ("orphaned", "textbox", "Message"),
        ("orphaned-message", "button", "Send message"),
        ("survey", "button", "Send answers"),
        ("survey", "button", "Skip"),
        ("session-notice", "button", "This is my problem, leave"),
        ("waiting", "button", "Leave the queue"),
        ("waiting", "textbox", "Message"),
        ("waiting", "button", "Send a file"),
        ("session", "textbox", "Message"),
        ("session", "button", "Send"),
        ("session", "button", "Send a file"),
        ("session", "button", "Share screen"),
        ("session", "button", "Smaller text"),
        ("session", "button", "Larger text"),
        ("session", "button", "Mute sounds"),
        ("session", "button", "End session"),
        ("session", "button", "Stop sharing and revoke permissions"),
        ("session-sharing", "button", "Keep controls on top"),
        ("session-sharing", "button", "New messages"),
        ("session-recording-on", "button", "Pause recording"),
        ("session-recording-on", "button", "Stop recording"),
        ("session-recording-paused", "button", "Resume recording"),
        ("session-revoked-recording", "button", "Resume recording"),
        ("session-permission", "button", "Allow"),
        ("session-permission", "button", "Deny"),
        ("session-permission", "combobox", "For how long"),
        ("session-file", "button", "Accept file"),
        ("session-file", "button", "Decline file"),
        ("session-file", "button", "Share camera"),
        ("session-revoked", "button", "Continue chatting"),
        ("session-revoked", "button", "End session"),
        ("session-end", "button", "Yes, end session"),
        ("session-end", "button", "Go on chatting"),
        ("session-again", "button", "Share again"),
        ("ended-customer", "button", "Download transcript"),
        ("ended-customer", "button", "Download as JSON"),
        ("ended-customer", "button", "Start a new chat"),
        ("taken_over", "button", "Use this tab"),
    ],
)
def test_a_control_of_the_customers_page_bears_its_name_once(name: str, role: str, control: str) -> None:
    assert controls(customer_page(CUSTOMER[name], t)).count((role, control)) == 1


@pytest.mark.parametrize(
    ("name", "role", "control"),
    [
        ("sign_in", "textbox", "Name"),
        ("sign_in", "textbox", "Password"),
        ("sign_in", "button", "Sign in"),
        ("setup", "button", "Create administrator"),
        ("desk", "switch", "Available"),
        ("desk", "button", "Sign out"),
        ("desk", "button", "Accept next"),
        ("desk", "button", "Nudge"),
        ("desk", "button", "Request screen sharing"),
        ("desk", "button", "Send a file"),
        ("desk", "button", "End session"),
        ("desk", "button", "Zoom in"),
        ("desk", "button", "Zoom out"),
        ("desk", "button", "Fit"),
        ("desk", "button", "Pop out"),
        ("desk", "textbox", "Message"),
        ("desk", "button", "Send"),
        ("desk-file", "button", "Accept file"),
        ("desk", "button", "Create session key"),
        ("desk", "button", "Canned messages"),
        ("desk", "button", "Send notice"),
        ("desk", "combobox", "Language"),
        ("desk-key-made", "button", "Copy link"),
        ("desk-key-made", "button", "Copy key"),
        ("desk-canned-some", "searchbox", "Search canned messages"),
        ("desk-canned-some", "button", "Greeting"),
        ("desk-notices-some", "button", "Printing is down"),
        ("desk-left", "link", "Settings"),
        ("sign_in", "combobox", "Language"),
    ],
)
def test_a_control_of_the_console_bears_its_name_once(name: str, role: str, control: str) -> None:
    assert controls(console_page(CONSOLE[name], t)).count((role, control)) == 1


@pytest.mark.parametrize("reason", ["customer", "representative_gone"])
def test_what_is_over_can_be_read_but_not_answered(reason: str) -> None:
    view = console_page(CONSOLE["desk-ended-" + reason], t)
    assert ("textbox", "Message") not in controls(view)
    assert [item for item in walk(view) if parts(item)[1].get("role") == "log"]


def test_accept_is_named_accept_and_described_by_whom() -> None:
    view = queue_entry_view(view_console.waiter("q1"), t)
    assert controls(view) == [("button", "Accept")]
    _is_described_by_whom(view)


def _is_described_by_whom(view: Node) -> None:
    described = [parts(item)[1]["aria-describedby"] for item in walk(view) if item[0] == "button"]
    for about in (item for item in walk(view) if parts(item)[1].get("id") in described):
        assert "Jonas Weber" in text_of(about)
        assert not controls(about)


def test_to_remove_somebody_is_a_question_before_it_is_done() -> None:
    offered = queue_entry_view(view_console.waiter("q1", removal="offered"), t)
    assert controls(offered) == [("button", "Accept"), ("button", "Remove from queue")]
    _is_described_by_whom(offered)
    asked = queue_entry_view(view_console.waiter("q1", removal="asks"), t)
    assert controls(asked)[1:] == [("button", "Yes, remove"), ("button", "Keep in the queue")]
    group = next(item for item in walk(asked) if parts(item)[1].get("role") == "group")
    named = next(item for item in walk(asked) if parts(item)[1].get("id") == parts(group)[1]["aria-labelledby"])
    assert text_of(named) == "Remove Jonas Weber from the queue?"
    assert "They will read that they were removed" in text_of(group)
    for item in walk(asked):
        assert item[0] != "button" or parts(item)[1]["data-deliberate"]
