"""Somebody is taken out of the queue: the representative is asked first, and the customer reads what happened."""

from playwright.sync_api import Page, expect

from e2e.barriers import has_no_barrier
from e2e.journeys.test_double_press import press_twice
from e2e.people import People


def press_key(page: Page, *keys: str) -> None:
    """Keys as a person presses them, one after the other."""
    for key in keys:
        page.keyboard.press(key, delay=60)
        page.wait_for_timeout(120)


def test_a_representative_removes_who_waits_and_the_next_moves_up(people: People) -> None:
    console = people.representative()
    first, second = people.customer("Casey"), people.customer("Drew")
    first.enter("asdf asdf")
    second.enter("No sound.")
    second.is_number(2)
    question = console.press_remove("Drew")
    expect(question).to_be_in_viewport(ratio=1)
    question.get_by_role("button", name="Keep in the queue").click()
    question = console.press_remove("Casey")
    expect(question).to_be_focused()
    expect(question).to_contain_text("They will read that they were removed")
    expect(question).to_be_in_viewport(ratio=1)
    question.get_by_role("button", name="Yes, remove").click()
    expect(console.queue.get_by_role("listitem")).to_have_count(1)
    expect(console.page.get_by_role("status")).to_have_text("Casey was removed from the queue.")
    expect(console.page.get_by_role("heading", name="Queue")).to_be_focused()
    expect(first.heading).to_have_text("You were removed from the queue")
    expect(first.page.get_by_text("start a new chat and say in a few words what it is about")).to_be_visible()
    has_no_barrier(first.page, "removed")
    second.is_number(1)

    first.page.reload()
    expect(first.name_box).to_be_visible()
    first.enter("My printer does not print.")
    first.is_number(2)
    console.accept("Drew")
    second.is_joined()
    first.is_number(1)
    first.leave.click()
    expect(first.heading).to_have_text("You left the queue")


def test_hurried_hands_remove_nobody(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.enter()
    offer = console.waiting("Casey").get_by_role("button", name="Remove from queue")
    press_twice(console.page, offer, 90)
    question = console.removal("Casey")
    expect(question.get_by_role("button", name="Yes, remove")).to_be_enabled()
    has_no_barrier(console.page, "whether to remove somebody")
    press_twice(console.page, question.get_by_role("button", name="Keep in the queue"), 90)
    expect(question).to_have_count(0)
    expect(offer).to_be_enabled()
    customer.is_number(1)
    console.accept("Casey")
    customer.is_joined()


def test_it_can_be_done_by_keyboard_alone(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.enter()
    offer = console.waiting("Casey").get_by_role("button", name="Remove from queue")
    expect(offer).to_be_enabled()
    offer.focus()
    press_key(console.page, "Enter")
    expect(console.removal("Casey")).to_be_focused()
    press_key(console.page, "Escape")
    expect(offer).to_be_focused()
    expect(offer).to_be_enabled()
    press_key(console.page, "Space")
    question = console.removal("Casey")
    expect(question).to_be_focused()
    expect(question.get_by_role("button", name="Yes, remove")).to_be_enabled()
    press_key(console.page, "Tab", "Enter")
    expect(customer.heading).to_have_text("You were removed from the queue")
    expect(console.page.get_by_text("Nobody is waiting")).to_be_visible()


def test_whoever_is_away_can_be_removed_and_reads_it_on_coming_back(people: People) -> None:
    console = people.representative()
    customer = people.customer("Casey")
    customer.enter()
    expect(console.waiting("Casey")).to_be_visible()
    customer.page.close()
    expect(console.queue.get_by_role("listitem")).to_contain_text("the place is kept")
    console.press_remove("Casey").get_by_role("button", name="Yes, remove").click()
    expect(console.queue.get_by_role("listitem")).to_have_count(0)
    back = people.customer(context=customer.page.context)
    back.open()
    expect(back.heading).to_have_text("You were removed from the queue")


def test_of_two_who_decide_at_once_the_later_is_told(people: People) -> None:
    remover, taker = people.representative(), people.representative()
    customer = people.customer("Casey")
    customer.enter()
    question = remover.press_remove("Casey")
    expect(question).to_be_visible()
    taker.accept("Casey")
    customer.is_joined()
    expect(question).to_have_count(0)
    expect(remover.queue.get_by_role("listitem")).to_have_count(0)
    customer.ends()
