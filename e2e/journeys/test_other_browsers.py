"""Browsers that cannot do everything, and people who refuse it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from e2e.browsers import launch, persistent
from e2e.pages.customer import Customer
from e2e.pages.source import RED, Source
from e2e.people import People

NO_SCREEN = "if (globalThis.MediaDevices) delete MediaDevices.prototype.getDisplayMedia;"
NO_CAMERA = "if (globalThis.MediaDevices) delete MediaDevices.prototype.getUserMedia;"
REFUSING = """
  if (globalThis.MediaDevices)
    MediaDevices.prototype.getDisplayMedia = async () => {
      throw new DOMException("Permission denied", "NotAllowedError");
    };
"""


@pytest.fixture(scope="module")
def with_camera(playwright: Playwright) -> Iterator[Browser]:
    """A browser on a device that has a camera."""
    with launch(playwright, "--use-fake-device-for-media-stream") as started:
        yield started


def lacking(people: People, *scripts: str) -> Customer:
    context = people.context()
    for script in scripts:
        context.add_init_script(script)
    return people.customer(context=context)


def test_a_customer_who_denies_everything_can_still_chat(people: People) -> None:
    customer = lacking(people, REFUSING)
    console = people.representative()
    customer.open()
    customer.name_box.fill("Casey")
    customer.start_chat.click()
    customer.allow_notifications.click()  # and the browser says no
    customer.is_number(1)
    console.accept("Casey")
    customer.is_joined()
    console.request_screen.click()
    customer.allow.click()
    customer.talk.has("Allowed, but your browser did not do it: see the screen.")
    console.talk.has("Casey allowed it, but the browser did not do it: see the screen.")
    customer.shares_nothing()
    expect(console.nothing_shared).to_be_visible()
    console.request_screen.click()
    customer.deny.click()
    console.talk.offer({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    customer.talk.decline_file.click()
    console.talk.has("Casey refused: see the screen.")
    customer.talk.say("I can only talk")
    console.talk.has("I can only talk")


def test_a_browser_without_webrtc_is_told_what_to_do(people: People) -> None:
    customer = lacking(people, "delete globalThis.RTCPeerConnection;")
    customer.open()
    expect(customer.heading).to_have_text("This browser cannot start a support session")
    expect(customer.page.get_by_text("Lockdown Mode")).to_be_visible()
    expect(customer.start_chat).to_have_count(0)


def test_a_console_without_webrtc_says_so(people: People) -> None:
    console = people.console()
    console.page.context.add_init_script("delete globalThis.RTCPeerConnection;")
    console.open()
    expect(console.page.get_by_role("heading", name="This browser cannot run the console")).to_be_visible()


def test_a_page_without_encryption_on_another_host_explains_itself(people: People) -> None:
    people.forgive("Cross-Origin-Opener-Policy")
    customer = people.customer()
    port = people.server.url.rpartition(":")[2]
    customer.page.goto(f"http://support.example:{port}/")
    assert not customer.page.evaluate("() => isSecureContext")
    expect(customer.heading).to_have_text("This page was opened without encryption")
    expect(customer.page.get_by_text("Open the same address with https at its beginning.")).to_be_visible()
    expect(customer.start_chat).to_have_count(0)


def test_a_browser_without_notifications_is_not_asked_about_them(people: People) -> None:
    customer = lacking(people, "delete globalThis.Notification;")
    customer.open()
    customer.start_chat.click()
    expect(customer.leave).to_be_visible()
    customer.leave.click()


def test_a_phone_shows_its_camera_instead(people: People, playwright: Playwright, with_camera: Browser) -> None:
    context = people.context(with_camera, **playwright.devices["Pixel 7"])
    context.grant_permissions(["camera"], origin=people.server.url)
    context.add_init_script(NO_SCREEN)
    console = people.representative()
    customer = people.customer(context=context)
    customer.open()
    customer.name_box.fill("Casey")
    customer.start_chat.click()
    console.accept("Casey")
    customer.is_joined()
    console.request_screen.click()
    expect(customer.page.get_by_text("You can show things with the camera instead.")).to_be_visible()
    expect(customer.allow).to_have_count(0)
    card = customer.page.get_by_role("group", name="asks to see your screen")
    card.get_by_role("button", name="Share camera").click()
    expect(console.page.get_by_role("heading", name="Camera of Casey")).to_be_visible()
    console.page.wait_for_function("() => document.querySelector('video')?.videoWidth")
    expect(customer.page.get_by_text(f"{console.name} sees your camera").first).to_be_visible()
    console.talk.has("Casey started to share the camera.")
    customer.red_x.click()
    customer.shares_nothing()
    customer.continue_chatting.click()
    customer.page.get_by_role("button", name="Share camera").click()
    console.page.wait_for_function("() => document.querySelector('video')?.videoWidth")


def test_a_device_that_can_show_nothing_says_so_to_both(people: People) -> None:
    customer, console = people.session(lacking(people, NO_SCREEN, NO_CAMERA))
    expect(customer.page.get_by_text("This device cannot share its screen or camera.")).to_be_visible()
    expect(customer.share).to_have_count(0)
    expect(console.request_screen).to_have_accessible_description("The customer's device cannot share anything.")
    console.request_screen.click()
    expect(customer.page.get_by_text("Describe what you see, or send a photo as a file.")).to_be_visible()
    customer.deny.click()
    console.talk.has("Casey refused: see the screen.")


def test_a_browser_that_keeps_nothing_has_its_session_all_the_same(
    people: People, playwright: Playwright, tmp_path: Path
) -> None:
    people.forgive("Event|dispatchEvent")  # PyScript would like to keep something
    settings = tmp_path / "Default" / "Preferences"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"profile": {"default_content_setting_values": {"cookies": 2}}}))
    with persistent(playwright, tmp_path) as context:
        people.welcome(context)
        customer = people.customer(context=context)
        Source(context)
        customer.open()
        assert customer.page.evaluate("() => { try { localStorage; } catch (error) { return error.name; } }")
        expect(customer.page.locator("#start-failed")).to_be_hidden()
        customer, console = people.session(customer)
        customer.talk.say("Nothing of this is kept")
        console.talk.has("Nothing of this is kept")
        customer.share.click()
        console.sees(*RED)
        customer.talk.offer({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
        arrived, _ = console.talk.save(console.talk.accept_file, tmp_path)
        assert arrived.read_bytes() == b"a"
        customer.ends()


def test_a_page_of_another_origin_gets_no_socket(people: People) -> None:
    people.forgive("Cross-Origin-Opener-Policy")
    page = people.context().new_page()
    port = people.server.url.rpartition(":")[2]
    address = f"{people.server.url.replace('http', 'ws')}/signaling"
    outcome = """(address) => new Promise((done) => {
      const socket = new WebSocket(address, "deskside.v1");
      socket.onopen = () => done("open");
      socket.onclose = (event) => done(event.code);
    })"""
    page.goto(f"{people.server.url}/licenses.txt")
    assert page.evaluate(outcome, address) == "open"
    page.goto(f"http://other.example:{port}/licenses.txt")
    assert page.evaluate("() => origin") == f"http://other.example:{port}"
    assert page.evaluate(outcome, address) == 1006
