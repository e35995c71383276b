"""Showing a screen: asked for, allowed, seen, and over."""

from playwright.sync_api import expect

from e2e.pages.source import BLUE, RED, Source
from e2e.people import People

MINUTE = 60_000


def test_the_representative_asks_and_sees_what_the_customer_allows(people: People) -> None:
    customer = people.customer("Casey")
    source = Source(customer.page.context)
    customer, console = people.session(customer)
    console.request_screen.click()
    expect(console.permissions).to_contain_text("Asked to see the screen")
    card = customer.page.get_by_role("group", name=f"{console.name} asks to see your screen")
    expect(card).to_contain_text("You choose what to show next.")
    expect(card).to_contain_text("If you do nothing, the answer is no in")
    expect(console.page.locator("video")).to_have_count(0)
    customer.allow.click()
    console.sees(*RED)
    source.paint(*BLUE)
    console.sees(*BLUE)

    expect(card).to_have_count(0)
    expect(customer.page.get_by_text(f"{console.name} sees your screen").first).to_be_visible()
    expect(customer.permissions).to_contain_text("See your screen")
    expect(customer.permissions).to_contain_text("whole session")
    expect(console.permissions).to_contain_text("See the screen")
    expect(console.page.get_by_role("heading", name="Screen of Casey")).to_be_visible()
    expect(console.session("Casey")).to_contain_text("shares the screen")
    customer.talk.has("You allowed: see the screen.", "You started to share your screen.")
    console.talk.has("Casey allowed: see the screen.", "Casey started to share the screen.")


def test_a_refusal_shows_nothing_and_is_told(people: People) -> None:
    customer, console = people.session()
    console.request_screen.click()
    customer.deny.click()
    console.talk.has("Casey refused: see the screen.")
    customer.talk.has("You refused: see the screen.")
    expect(console.nothing_shared).to_be_visible()
    expect(console.request_screen).to_be_visible()
    customer.shares_nothing()


def test_a_request_can_be_taken_back(people: People) -> None:
    customer, console = people.session()
    console.request_screen.click()
    expect(customer.allow).to_be_visible()
    console.withdraw_request.click()
    expect(customer.allow).to_have_count(0)
    console.talk.has("You took your request back: see the screen.")
    expect(console.request_screen).to_be_visible()


def test_a_card_that_nobody_answers_is_a_refusal(people: People) -> None:
    customer = people.customer()
    customer.page.clock.install()
    customer, console = people.session(customer)
    console.request_screen.click()
    expect(customer.allow).to_be_visible()
    customer.page.clock.fast_forward(MINUTE)
    expect(customer.allow).to_have_count(0)
    customer.talk.has("You did not answer, so this is refused: see the screen.")
    console.talk.has("Casey did not answer, so this is refused: see the screen.")
    expect(console.nothing_shared).to_be_visible()


def test_the_customer_offers_the_screen_unasked(people: People) -> None:
    customer = people.customer()
    Source(customer.page.context)
    customer, console = people.session(customer)
    customer.share.click()
    console.sees(*RED)
    expect(customer.permissions).to_contain_text("See your screen")
    console.talk.has("Casey started to share the screen.")
    expect(customer.share).to_have_count(0)


def test_a_permission_for_five_minutes_ends_after_five_minutes(people: People) -> None:
    customer = people.customer()
    customer.page.clock.install()
    Source(customer.page.context)
    customer, console = people.session(customer)
    console.request_screen.click()
    customer.page.get_by_label("For how long").select_option("5 minutes")
    customer.allow.click()
    console.sees(*RED)
    expect(customer.permissions).to_contain_text("left")
    console.talk.has("For 5 minutes.")
    customer.page.clock.fast_forward(5 * MINUTE)
    customer.shares_nothing()
    customer.talk.has("The time is over for: see the screen.")
    console.talk.has("The time is over for: see the screen.")
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    expect(console.page.locator("video")).to_have_count(0)


def test_what_the_browser_itself_stops_is_over_and_both_are_told_alike(people: People) -> None:
    customer, console, source = people.shared()
    source.close()
    customer.shares_nothing()
    why = "so this permission ended: see the screen. Sharing stopped."
    customer.talk.has(f"Your browser ended it, or what you shared was closed, {why}")
    console.talk.has(f"Casey’s browser ended it, or what was shared was closed, {why}")
    for person in (customer, console):
        expect(person.talk.entries("every permission")).to_have_count(0)
        expect(person.talk.entries("took back")).to_have_count(0)
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    expect(console.permissions).to_have_count(0)
    expect(customer.share).to_be_visible()


def test_the_picture_can_be_zoomed_and_popped_out(people: People) -> None:
    _, console, _ = people.shared()
    zoom_in = console.page.get_by_role("button", name="Zoom in")
    zoom_in.click()
    expect(console.page.get_by_text("100 %")).to_be_visible()
    width = console.page.evaluate("() => document.querySelector('video').clientWidth")
    assert width == console.page.evaluate("() => document.querySelector('video').videoWidth")
    zoom_in.click()
    expect(console.page.get_by_text("150 %")).to_be_visible()
    console.page.get_by_role("button", name="Fit").click()
    pop_out = console.page.get_by_role("button", name="Pop out")
    pop_out.click()
    expect(console.page.get_by_text("Shown in its own window.")).to_be_visible()
    pop_out.click()
    expect(console.page.get_by_text("Shown in its own window.")).to_have_count(0)
    console.sees(*RED)


def test_a_small_window_stays_on_top_and_its_red_x_works(people: People) -> None:
    context = people.context(no_viewport=True)
    customer = people.customer(context=context)
    Source(context)
    customer, console = people.session(customer)
    console.request_screen.click()
    with context.expect_page() as opened:
        customer.allow.click()
    small = opened.value
    console.sees(*RED)
    expect(small.get_by_role("heading")).to_have_text(f"{console.name} sees your screen")
    console.talk.say("Please open the settings")
    expect(small.get_by_text("Please open the settings")).to_be_visible()
    expect(customer.keep_on_top).to_have_count(0)

    small.close()
    expect(customer.keep_on_top).to_be_visible()
    console.sees(*RED)
    with context.expect_page() as opened:
        customer.keep_on_top.click()
    small = opened.value
    with small.expect_event("close"):
        small.get_by_role("button", name="Stop sharing and revoke permissions").click()
    customer.shares_nothing()
    expect(customer.continue_chatting).to_be_visible()
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
