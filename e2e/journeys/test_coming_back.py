"""Coming back: after a reload, in another tab, and while the server is away."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import expect

from e2e.line import Line
from e2e.pages.source import BLUE, RED
from e2e.people import People
from e2e.servers import PASSWORD, Server


@contextmanager
def away(server: Server) -> Iterator[None]:
    """Nobody answers meanwhile."""
    server.kill()
    try:
        yield
    finally:
        server.start()


def test_a_customer_who_reloads_is_in_the_same_session_with_the_same_log(people: People) -> None:
    customer, console = people.session()
    customer.talk.say("Before one")
    console.talk.say("Before two")
    customer.talk.has("Before two")
    customer.talk.is_marked("Before one", "Read")
    customer.page.reload()
    customer.is_joined()
    expect(customer.heading).to_have_text(console.name)
    customer.talk.has("Before one", "Before two")
    customer.talk.is_marked("Before one", "Read")
    customer.talk.say("After one")
    console.talk.say("After two")
    for person in (customer, console):
        person.talk.has("Before one", "Before two", "After one", "After two")
    customer.shares_nothing()


def test_a_customer_who_reloads_while_sharing_is_asked_to_share_again(people: People) -> None:
    customer, console, _ = people.shared()
    customer.page.reload()
    customer.shares_nothing()
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    expect(console.permissions).to_have_count(0)
    card = customer.page.get_by_role("group", name=f"Show your screen to {console.name} again?")
    expect(card).to_be_visible()
    customer.share_again.click()
    console.sees(*RED)
    expect(card).to_have_count(0)
    customer.page.reload()
    customer.page.get_by_role("button", name="No, just chat").click()
    expect(card).to_have_count(0)
    customer.page.reload()
    customer.is_joined()
    expect(card).to_have_count(0)


def test_what_is_written_while_the_other_reloads_arrives_once(people: People) -> None:
    customer, console = people.session()
    console.talk.say("Before")
    customer.talk.has("Before")
    console.page.goto("about:blank")
    customer.talk.say("Meanwhile one")
    customer.talk.say("Meanwhile two")
    customer.talk.is_marked("Meanwhile two", "Sending")
    console.open()
    console.is_joined()
    console.talk.has("Before", "Meanwhile one", "Meanwhile two")
    customer.talk.is_marked("Meanwhile two", "Read")

    customer.page.goto("about:blank")
    console.talk.say("Are you there?")
    customer.open()
    customer.is_joined()
    customer.talk.has("Before", "Meanwhile one", "Meanwhile two", "Are you there?")
    console.talk.is_marked("Are you there?", "Read")
    for person in (customer, console):
        expect(person.talk.log.locator(".message")).to_have_count(4)


def test_what_is_written_while_the_line_between_them_is_cut_arrives_once(people: People) -> None:
    customer = people.customer()
    line = Line(customer.page)
    customer, console = people.session(customer)
    customer.talk.say("Before")
    console.talk.has("Before")
    line.cut()
    for number in range(3):
        customer.talk.say(f"From the customer {number}")
        console.talk.say(f"From the desk {number}")
    customer.talk.is_marked("From the customer 2", "Sending")
    expect(customer.page.get_by_text("Connection lost, trying again…")).to_be_visible()
    expect(console.page.get_by_text("Connection lost, trying again…")).to_be_visible()
    line.heal()
    customer.is_joined()
    console.is_joined()
    for number in range(3):
        customer.talk.is_marked(f"From the customer {number}", "Read")
        customer.talk.has(f"From the desk {number}")
        console.talk.has(f"From the customer {number}")
    for person in (customer, console):
        expect(person.talk.log.locator(".message")).to_have_count(7)


def test_a_representative_who_reloads_has_all_sessions_and_no_permission(people: People) -> None:
    customer, console, _ = people.shared()
    other = people.customer("Drew")
    other.enter()
    console.accept("Drew")
    other.is_joined()
    console.page.reload()
    expect(console.available).to_be_checked()
    for name in ("Casey", "Drew"):
        expect(console.session(name)).to_be_visible()
    customer.is_joined()
    customer.shares_nothing()
    console.select("Casey")
    console.is_joined()
    expect(console.permissions).to_have_count(0)
    console.request_screen.click()
    customer.allow.click()
    console.sees(*RED)


def test_a_session_goes_on_while_the_server_is_away(people: People, server: Server, tmp_path: Path) -> None:
    customer, console, source = people.shared()
    with away(server):
        expect(customer.page.get_by_text("Our server is away; you can go on.")).to_be_visible()
        expect(console.page.get_by_text("The server is away. Sessions go on")).to_be_visible()
        customer.talk.say("Without a server")
        console.talk.say("It works")
        customer.talk.is_marked("Without a server", "Read")
        customer.talk.has("It works")
        source.paint(*BLUE)
        console.sees(*BLUE)
        customer.talk.offer({"name": "note.txt", "mimeType": "text/plain", "buffer": b"no server"})
        arrived, _ = console.talk.save(console.talk.accept_file, tmp_path)
        assert arrived.read_bytes() == b"no server"
        customer.red_x.click()
        expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
        customer.continue_chatting.click()
        console.request_screen.click()
        customer.allow.click()
        console.sees(*BLUE)
    expect(customer.page.get_by_text("Private connection")).to_be_visible()
    expect(console.page.get_by_text("The server is away.")).to_have_count(0)
    customer.talk.has("Without a server", "It works")
    console.sees(*BLUE)
    customer.page.reload()
    customer.is_joined()
    customer.talk.has("Without a server", "It works")


def test_an_end_while_the_server_is_away_is_an_end(people: People, server: Server) -> None:
    customer, console = people.session()
    with away(server):
        expect(customer.page.get_by_text("Our server is away; you can go on.")).to_be_visible()
        customer.ends()
        expect(console.page.get_by_text("The customer ended the session.").first).to_be_visible()
    # The pages tell the server as soon as they reach it again; nobody sees when that is.
    nobody = console.page.get_by_text("No session yet")
    for _ in range(20):
        console.page.reload()
        expect(console.available).to_be_checked()
        with suppress(AssertionError):
            expect(nobody).to_be_visible(timeout=2_000)
            break
    expect(nobody).to_be_visible()
    customer.page.reload()
    expect(customer.name_box).to_be_visible()
    expect(customer.talk.box).to_be_hidden()


def test_a_place_in_the_queue_outlives_the_server(people: People, server: Server) -> None:
    first, second = people.customer("First"), people.customer("Second")
    console = people.representative()
    for customer in (first, second):
        customer.enter()
    second.talk.say("I wait")
    second.is_number(2)
    with away(server):
        expect(second.page.get_by_text("your place is kept")).to_be_visible()
    expect(second.page.get_by_text("your place is kept")).to_have_count(0)
    second.is_number(2)
    expect(console.queue.get_by_role("listitem")).to_have_count(2)
    first.leave.click()
    second.is_number(1)
    second.page.reload()
    second.is_number(1)
    second.talk.has("I wait")
    console.accept("Second")
    second.is_joined()
    console.talk.has("I wait")


def test_who_leaves_while_the_server_is_away_gives_up_the_place(people: People, server: Server) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.enter()
    expect(console.waiting("Casey")).to_be_visible()
    with away(server):
        expect(customer.page.get_by_text("your place is kept")).to_be_visible()
        customer.leave.click()
        expect(customer.heading).to_have_text("You left the queue")
    expect(console.page.get_by_text("Nobody is waiting")).to_be_visible()


def test_a_second_tab_takes_the_session_and_the_first_says_so(people: People) -> None:
    customer, console = people.session()
    customer.talk.say("From the first tab")
    customer.talk.is_marked("From the first tab", "Read")
    second = people.customer(context=customer.page.context)
    second.open()
    expect(customer.heading).to_have_text("Your session is open in another tab")
    second.is_joined()
    second.talk.has("From the first tab")
    second.talk.say("From the second tab")
    console.talk.has("From the first tab", "From the second tab")

    customer.page.get_by_role("button", name="Use this tab").click()
    customer.is_joined()
    expect(second.heading).to_have_text("Your session is open in another tab")
    customer.talk.has("From the first tab", "From the second tab")
    console.talk.say("Welcome back")
    customer.talk.has("Welcome back")


def test_a_second_console_takes_the_desk_and_the_first_says_so(people: People) -> None:
    customer, console = people.session()
    second = people.console()
    second.name = console.name
    second.open()
    second.name_box.fill(second.name)
    second.password_box.fill(PASSWORD)
    second.sign_in.click()
    expect(console.page.get_by_role("heading", name="Your desk is open in another tab")).to_be_visible()
    expect(second.session("Casey")).to_be_visible()
    customer.talk.say("Who is there?")
    second.talk.has("Who is there?")
