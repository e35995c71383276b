"""Browsers that cannot do everything, and customers who do not want everything."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Playwright, expect

from e2e.browsers import launch
from e2e.pages.customer import Customer
from e2e.people import People

WITHOUT_WEBRTC = "delete globalThis.RTCPeerConnection; delete globalThis.webkitRTCPeerConnection;"
WITHOUT_NOTIFICATION = "delete globalThis.Notification;"
WITHOUT_CAPTURE = "delete globalThis.MediaDevices?.prototype.getDisplayMedia;"
WITHOUT_DEVICES = "delete Navigator.prototype.mediaDevices;"
ANYWHERE = "0.0.0.0"


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    return {"host": ANYWHERE}


@pytest.fixture
def started(people: People, playwright: Playwright) -> Iterator[Callable[..., People]]:
    """People whose browser is started with these arguments."""
    with ExitStack() as opened:
        started: list[People] = []

        def start(*arguments: str) -> People:
            browser = opened.enter_context(launch(playwright, *arguments))
            started.append(People(browser, people.server, lambda: ""))
            return started[-1]

        yield start
        for others in started:
            others.leave()
    assert [complaint for others in started for complaint in others.complaints] == []


def without(people: People, script: str) -> Customer:
    context = people.context()
    context.add_init_script(script)
    return people.customer(context=context)


def other_address() -> str:
    """An address of this machine that is not the loopback's. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as finder:
        try:
            finder.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("this machine has no network")
        return str(finder.getsockname()[0])


def says(customer: Customer, heading: str, *sentences: str) -> None:
    expect(customer.heading).to_have_text(heading)
    expect(customer.heading).to_be_focused()
    for sentence in sentences:
        expect(customer.page.get_by_text(sentence)).to_be_visible()
    expect(customer.start_chat).to_have_count(0)
    expect(customer.page.get_by_role("button", name="Reload this page")).to_be_visible()


@pytest.mark.parametrize("more", ["", "delete globalThis.WebAssembly;"], ids=["micropython", "brython"])
def test_a_browser_without_webrtc_says_so_and_what_to_do(people: People, more: str) -> None:
    customer = without(people, WITHOUT_WEBRTC + more)
    customer.open()
    says(
        customer,
        "This browser cannot start a support session",
        "If Lockdown Mode or a privacy extension is on, switch it off for this page and reload.",
        "Or open this page in a current Chrome, Edge, Firefox or Safari, or on another device.",
    )


def test_plain_http_is_explained(people: People) -> None:
    people.forgive("Cross-Origin-Opener-Policy header has been ignored")
    customer = people.customer()
    customer.url = customer.url.replace("localhost", other_address())
    customer.open()
    says(
        customer,
        "This page was opened without encryption",
        "Open the same address with https at its beginning.",
        "If that does not work, tell the company whose page this is.",
    )


def test_a_console_that_cannot_work_says_so(people: People) -> None:
    console = people.console()
    console.page.context.add_init_script(WITHOUT_WEBRTC)
    console.open()
    heading = console.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("This browser cannot run the console")
    expect(console.page.get_by_text("Open this page with https in a current Chrome")).to_be_visible()
    expect(console.sign_in).to_have_count(0)


def test_without_notifications_the_way_is_shorter(people: People) -> None:
    console = people.representative()
    customer = without(people, WITHOUT_NOTIFICATION)
    customer.open()
    customer.name_box.fill("Casey")
    customer.start_chat.click()
    expect(customer.leave).to_be_visible()
    console.accept("Casey")
    customer.is_joined()
    console.nudge.click()
    expect(console.talk.entries("Nudge:")).to_contain_text("page shaken")
    expect(console.talk.entries("Nudge:")).not_to_contain_text("notification shown")


def test_a_phone_offers_its_camera_and_says_why(people: People, started: Callable[..., People]) -> None:
    phones = started("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    customer, console = people.session(without(phones, WITHOUT_CAPTURE))
    expect(customer.share).to_have_count(0)
    share = customer.page.get_by_role("button", name="Share camera").first
    why = "This device cannot share its screen. You can show things with the camera instead."
    expect(share).to_have_accessible_description(why)
    console.request_screen.click()
    card = customer.page.get_by_role("group", name=f"{console.name} asks to see your screen")
    expect(card).to_contain_text(why)
    card.get_by_role("button", name="Share camera").click()
    expect(console.page.get_by_role("heading", name="Camera of Casey")).to_be_visible()
    expect(customer.page.get_by_text(f"{console.name} sees your camera").first).to_be_visible()
    moving = """() => {
      const video = document.querySelector("video");
      if (!video?.videoWidth) return false;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 64;
      const context = canvas.getContext("2d");
      context.drawImage(video, 0, 0, 64, 64);
      const seen = context.getImageData(0, 0, 64, 64).data.join();
      globalThis.former ??= seen;
      return seen !== former;
    }"""
    console.page.wait_for_function(moving)
    console.talk.has("Casey started to share the camera.")
    customer.red_x.click()
    customer.shares_nothing()
    expect(console.page.locator("video")).to_have_count(0)


def test_a_device_with_neither_screen_nor_camera_says_what_is_left(people: People) -> None:
    customer, console = people.session(without(people, WITHOUT_DEVICES))
    expect(customer.page.get_by_text("You can send photos as files.")).to_be_visible()
    expect(console.request_screen).to_have_accessible_description("The customer's device cannot share anything.")


def test_who_refuses_everything_chats_on(people: People, started: Callable[..., People]) -> None:
    context = started("--use-fake-ui-for-media-stream=deny").context()
    context.grant_permissions([])
    customer, console = people.customer(context=context), people.representative()
    customer.open()
    customer.name_box.fill("Casey")
    customer.start_chat.click()
    expect(customer.leave.or_(customer.allow_notifications)).to_be_visible()
    if customer.allow_notifications.is_visible():
        customer.allow_notifications.click()
    console.accept("Casey")
    customer.is_joined()
    console.request_screen.click()
    customer.deny.click()
    console.talk.has("Casey refused: see the screen.")
    console.talk.offer({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
    customer.talk.decline_file.click()
    console.talk.file("a.txt").is_said("Declined")
    customer.share.click()
    customer.talk.has("Allowed, but your browser did not do it: see the screen.")
    customer.shares_nothing()
    customer.mute.click()
    customer.red_x.click()
    customer.continue_chatting.click()
    customer.talk.say("Only words, please")
    console.talk.has("Only words, please")
    console.talk.say("Of course")
    customer.talk.has("Of course")
