"""A page that writes faster than the other one can take: everybody else is served between two of its messages."""

from playwright.sync_api import expect

from e2e.flood import SLOW, SPEAKING, flood
from e2e.people import People
from e2e.servers import PASSWORD


def test_another_customer_is_heard_through_a_flood_of_long_messages(people: People) -> None:
    console = people.console()
    console.is_known(PASSWORD)
    hostile, honest = people.customer("Mallory"), people.customer("Casey")
    hostile.page.context.add_init_script(SPEAKING)
    for customer in (hostile, honest):
        customer.enter("")
        console.accept(customer.name)
        customer.is_joined()
        customer.talk.say("I am " + customer.name)
    console.select("Casey")
    console.talk.has("I am Casey")
    flood(hostile.page, 600, SLOW)
    honest.talk.say("It beeps")
    console.talk.has("It beeps")
    console.talk.say("I hear you")
    honest.talk.has("I hear you")
    console.select("Mallory")
    expect(console.talk.entries("http://é").first).to_be_visible()
    expect(console.talk.entries("the last of it")).to_have_count(0)


def test_the_red_x_is_heard_through_a_flood(people: People) -> None:
    console = people.console()
    console.page.context.add_init_script(SPEAKING)
    console.is_known(PASSWORD)
    customer = people.customer()
    customer.enter("")
    console.accept(customer.name)
    customer.is_joined()
    console.talk.say("Hello")
    customer.talk.has("Hello")
    console.request_screen.click()
    expect(customer.allow).to_be_visible()
    flood(console.page, 1500, "hi")
    expect(customer.talk.entries("hi").first).to_be_visible()
    customer.red_x.click()
    expect(customer.page.get_by_role("group", name="Everything is stopped")).to_be_visible()
    expect(customer.talk.entries("the last of it")).to_have_count(0)
