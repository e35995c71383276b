"""Waiting, and being let in."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from e2e.people import People
from e2e.servers import PASSWORD


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"issues": [{"id": "printer", "name": {"en": "Printer"}}, {"id": "phone", "name": {"en": "Telephone"}}]}


class Late:
    """What the server sends a page, held back for a while."""

    def __init__(self, page: Page) -> None:
        self._held: list[str | bytes] | None = None
        page.route_web_socket("**/signaling", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.connect_to_server().on_message(self._arrived)

    def _arrived(self, message: str | bytes) -> None:
        if self._held is None:
            self._socket.send(message)
        else:
            self._held.append(message)

    def hold(self) -> None:
        self._held = []

    def release(self) -> None:
        held, self._held = self._held or [], None
        for message in held:
            self._socket.send(message)


def test_each_customer_sees_their_place_move_up(people: People) -> None:
    console = people.representative()
    first, second, third = (people.customer(name) for name in ("First", "Second", "Third"))
    for position, customer in enumerate((first, second, third), 1):
        customer.enter()
        customer.is_number(position)
    second.leave.click()
    expect(second.heading).to_have_text("You left the queue")
    expect(second.transcript).to_have_count(0)
    third.is_number(2)
    expect(console.queue.get_by_role("listitem")).to_have_count(2)
    console.accept("First")
    first.is_joined()
    third.is_number(1)
    third.leave.click()
    expect(console.page.get_by_text("Nobody is waiting")).to_be_visible()


def test_accept_next_takes_whoever_waits_longest(people: People) -> None:
    console = people.representative()
    early, late = people.customer("Early"), people.customer("Late")
    early.enter()
    late.enter()
    console.accept_next.click()
    early.is_joined()
    late.is_number(1)
    console.accept_next.click()
    late.is_joined()
    expect(console.page.get_by_role("heading", name="Late")).to_be_visible()
    expect(console.accept_next).to_be_disabled()


def test_the_console_says_who_comes_and_keeps_the_place_of_who_is_away(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.enter("No sound.")
    expect(console.waiting("Casey")).to_contain_text("No sound.")
    expect(console.page.get_by_role("status")).to_have_text("Casey is waiting")
    customer.page.close()
    expect(console.queue.get_by_role("listitem")).to_contain_text("the place is kept")
    back = people.customer(context=customer.page.context)
    back.open()
    back.is_number(1)
    expect(console.waiting("Casey")).to_be_visible()
    back.leave.click()
    expect(console.queue.get_by_role("listitem")).to_have_count(0)


def test_several_sessions_stay_apart_and_count_what_is_unread(people: People) -> None:
    console = people.representative()
    casey, drew = people.customer("Casey"), people.customer("Drew")
    for customer in (casey, drew):
        customer.enter()
        console.accept(customer.name)
        customer.is_joined()
    for customer in (casey, drew):
        for number in range(2):
            customer.talk.say(f"{customer.name} says {number}")
    console.talk.has("Drew says 0", "Drew says 1")
    expect(console.session("Casey")).to_contain_text("2 unread")
    expect(console.session("Drew")).not_to_contain_text("unread")
    expect(console.talk.entries("Casey says")).to_have_count(0)

    console.talk.box.fill("For Drew, not sent yet")
    console.select("Casey")
    console.talk.has("Casey says 0", "Casey says 1")
    expect(console.talk.entries("Drew says")).to_have_count(0)
    expect(console.session("Casey")).not_to_contain_text("unread")
    expect(console.talk.box).to_have_value("")
    console.talk.say("Hello Casey")
    casey.talk.has("Hello Casey")
    console.select("Drew")
    expect(console.talk.box).to_have_value("For Drew, not sent yet")
    expect(drew.talk.entries("Hello Casey")).to_have_count(0)

    casey.ends()
    expect(console.session("Casey")).to_contain_text("Ended")
    drew.is_joined()


def test_of_two_representatives_who_accept_one_customer_one_gets_them_and_the_other_is_told(people: People) -> None:
    quick, slow = people.representative(), people.console()
    # To the slow one the news that the customer is gone comes late.
    news = Late(slow.page)
    slow.come_in(PASSWORD)
    customer = people.customer("Casey")
    customer.enter()
    expect(slow.waiting("Casey")).to_be_visible()
    news.hold()
    quick.accept("Casey")
    customer.is_joined()
    slow.accept("Casey")
    news.release()
    expect(slow.talk.problem).to_have_text("Somebody else took this customer, or they left.")
    expect(slow.queue.get_by_role("listitem")).to_have_count(0)
    expect(customer.heading).to_have_text(quick.name)
    expect(slow.page.get_by_text("No session yet")).to_be_visible()


def test_what_a_waiting_customer_writes_and_picks_is_delivered_when_somebody_comes(
    people: People, tmp_path: Path
) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.enter()
    customer.talk.say("First of all")
    customer.talk.say("and then")
    customer.talk.offer({"name": "photo.txt", "mimeType": "text/plain", "buffer": b"what it looks like"})
    customer.talk.is_marked("First of all", "Sending")
    customer.talk.file("photo.txt").is_said("waiting for an answer")
    console.accept("Casey")
    customer.is_joined()
    console.talk.has("First of all", "and then")
    customer.talk.is_marked("and then", "Read")
    path, _ = console.talk.save(console.talk.accept_file, tmp_path)
    assert path.read_bytes() == b"what it looks like"
    customer.talk.file("photo.txt").is_said("sent and checked")


def test_an_issue_is_chosen_in_the_portal_or_by_the_address_that_led_there(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    issue = customer.page.get_by_label("Issue")
    customer.open("/?issue=phone")
    expect(issue).to_have_value("phone")
    issue.select_option("Printer")
    customer.start_chat.click()
    customer.not_now.click()
    expect(console.queue.get_by_role("listitem").filter(has_text="Printer")).to_be_visible()
    console.accept_next.click()
    customer.is_joined()
    expect(console.page.get_by_role("region", name="Customer").get_by_text("Printer")).to_be_visible()


def test_a_desk_on_a_narrow_screen_shows_one_thing_at_a_time(people: People) -> None:
    console = people.representative(viewport={"width": 360, "height": 740})
    panes = console.page.get_by_role("navigation", name="Panes")
    customer = people.customer("Casey")
    customer.enter()
    expect(panes.get_by_role("button", name="Queue 1")).to_be_visible()
    console.accept("Casey")
    customer.is_joined()
    console.talk.say("Hello from the train")
    customer.talk.has("Hello from the train")
    expect(console.queue).to_be_hidden()
    panes.get_by_role("button", name="Queue").click()
    expect(console.page.get_by_text("Nobody is waiting")).to_be_visible()
    expect(console.talk.box).to_be_hidden()
    customer.talk.say("Are you there?")
    panes.get_by_role("button", name="Sessions").click()
    console.select("Casey")
    console.talk.has("Are you there?")
    panes.get_by_role("button", name="Screen").click()
    expect(console.nothing_shared).to_be_visible()
