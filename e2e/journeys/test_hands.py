"""Keys, fields and translators as people have them: quick, filled in by others, and in another language."""

import pytest
from playwright.sync_api import Page, expect

from e2e.pages.conversation import Conversation
from e2e.pages.customer import Customer
from e2e.people import People
from e2e.servers import PASSWORD


def slowed(page: Page, times: int) -> None:
    """A processor that many times slower."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def messages(talk: Conversation, whose: str = ".mine") -> list[str]:
    return talk.log.locator(f".entry.message{whose} .text").all_inner_texts()


def leaves(customer: Customer) -> None:
    """So that the next test's customers find nobody before them."""
    customer.leave.click()
    expect(customer.heading).to_have_text("You left the queue")


TRANSLATOR = """
() => {
  const wrap = (node) => {
    const inner = document.createElement("font");
    const outer = document.createElement("font");
    inner.textContent = node.data.toUpperCase();
    outer.append(inner);
    node.replaceWith(outer);
  };
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      node.data.trim() && !node.parentElement.closest("font, [translate=no], script, style, textarea")
        ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    found.forEach(wrap);
  };
  document.documentElement.lang = "de";
  document.documentElement.classList.add("translated-ltr");
  translate(document.body);
  const everything = { subtree: true, childList: true, characterData: true };
  new MutationObserver(() => translate(document.body)).observe(document.body, everything);
}
"""


@pytest.mark.parametrize(("times", "pause"), [(1, 0), (4, 0), (6, 60)])
def test_quick_messages_stay_apart(people: People, times: int, pause: int) -> None:
    customer, console = people.session()
    for side in (customer, console):
        slowed(side.page, times)
        side.page.bring_to_front()
        side.talk.box.focus()
        for letter in "abcdefgh":
            side.page.keyboard.press(letter, delay=pause / 2)
            side.page.keyboard.press("Enter", delay=pause / 2)
        expect(side.talk.log.locator(".entry.message.mine")).to_have_count(8)
        assert messages(side.talk) == list("abcdefgh")
        expect(side.talk.box).to_have_value("")
    for side in (customer, console):
        expect(side.talk.log.locator(".entry.message:not(.mine)")).to_have_count(8)
        assert messages(side.talk, ":not(.mine)") == list("abcdefgh")


@pytest.mark.parametrize("way", ["inserted", "pasted"])
def test_what_comes_as_a_whole_leaves_with_enter(people: People, way: str) -> None:
    """As from dictation, from a text expander, from the clipboard."""
    customer, console = people.session()
    people.browser.contexts[0].grant_permissions(["clipboard-read", "clipboard-write"])
    for side in (customer, console):
        slowed(side.page, 4)
        side.page.bring_to_front()
        side.talk.box.focus()
        said = [f"the {number}th whole sentence, at once" for number in range(5)]
        for text in said:
            if way == "inserted":
                side.page.keyboard.insert_text(text)
            else:
                side.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
                side.page.keyboard.press("Control+V")
            side.page.keyboard.press("Enter")
        expect(side.talk.log.locator(".entry.message.mine")).to_have_count(5)
        assert messages(side.talk) == said
        expect(side.talk.box).to_have_value("")


def test_what_is_typed_on_while_a_press_is_answered_is_the_next_message(people: People) -> None:
    customer, _ = people.session()
    page = customer.page
    slowed(page, 6)
    customer.talk.box.focus()
    for text in ("first", "second"):
        page.keyboard.type(text)
        # The press and the keys after it wait in the browser while the page has no time.
        page.evaluate("() => { const end = performance.now() + 300; while (performance.now() < end); }")
        customer.talk.send.dispatch_event("click")
        page.keyboard.type("x")
        page.keyboard.press("Backspace")
    expect(customer.talk.log.locator(".entry.message.mine")).to_have_count(2)
    assert messages(customer.talk) == ["first", "second"]


def test_a_password_manager_that_tells_nobody_signs_in(people: People) -> None:
    console = people.console()
    console.open()
    expect(console.name_box).to_be_visible()
    console.name_box.evaluate("(field, value) => { field.value = value; }", console.name)
    console.password_box.evaluate("(field, value) => { field.value = value; }", PASSWORD)
    console.sign_in.click()
    console.is_available()


def test_what_the_browser_fills_in_is_the_customer_s_name(people: People) -> None:
    console = people.representative()
    customer = people.customer()
    customer.open()
    customer.page.wait_for_function("() => performance.getEntriesByName('deskside:usable').length")
    customer.name_box.evaluate("(field) => { field.value = 'Filled in'; }")
    customer.question_box.evaluate("(field) => { field.value = 'By the browser'; }")
    # What is drawn again meanwhile leaves it there.
    customer.name_box.press("Tab")
    customer.key.fill("a")
    customer.key.fill("")
    expect(customer.name_box).to_have_value("Filled in")
    customer.start_chat.click()
    customer.not_now.click()
    expect(console.waiting("Filled in")).to_contain_text("By the browser")
    leaves(customer)


EXTENSION = """
() => {
  const put = () => {
    const field = document.getElementById("name");
    if (!field) return requestAnimationFrame(put);
    const icon = document.createElement("div");
    icon.className = "manager-icon";
    field.after(icon);
    document.getElementById("app").prepend(document.createElement("x-extension"));
    field.value = "Typed early";
  };
  put();
}
"""


def test_what_was_typed_beside_an_extension_s_element_is_kept(people: People) -> None:
    console = people.representative()
    customer = people.customer()
    customer.page.add_init_script(f"({EXTENSION})()")
    customer.open()
    customer.page.wait_for_function("() => performance.getEntriesByName('deskside:usable').length")
    expect(customer.name_box).to_have_value("Typed early")
    customer.start_chat.click()
    customer.not_now.click()
    expect(console.waiting("Typed early")).to_be_visible()
    leaves(customer)


def translated(page: Page) -> None:
    page.evaluate(TRANSLATOR)


def test_a_translated_page_goes_on_changing(people: People) -> None:
    console = people.representative()
    first, customer = people.customer("Ahead"), people.customer()
    first.enter()
    customer.enter()
    translated(customer.page)
    expect(customer.heading).to_have_text("YOU ARE NUMBER 2 IN LINE")
    console.accept("Ahead")
    expect(customer.heading).to_have_text("YOU ARE NEXT")
    console.accept(customer.name)
    expect(customer.heading).to_have_text(console.name)
    expect(customer.page.get_by_text("PRIVATE CONNECTION")).to_be_visible()
    console.select(customer.name)
    customer.talk.say("hello")
    customer.talk.is_marked("HELLO", "READ")
    console.request_screen.click()
    card = customer.page.locator(".card-permission")
    expect(card.get_by_role("heading")).to_contain_text(console.name)
    left = card.locator(".countdown").inner_text()
    expect(card.locator(".countdown")).not_to_have_text(left)
    card.get_by_role("button").last.click()
    expect(card).to_have_count(0)


def test_a_translated_console_goes_on_changing(people: People) -> None:
    console = people.representative()
    translated(console.page)
    customer = people.customer()
    customer.enter("A question")
    row = console.page.locator(".waiter").filter(has_text="A QUESTION")
    waited = row.locator(".waited").inner_text()
    expect(row.locator(".waited")).not_to_have_text(waited)
    expect(row.locator(".waiter-name")).to_have_text(customer.name)
    row.get_by_role("button", name="Accept").click()
    customer.is_joined()
    expect(console.page.get_by_text("CONNECTED", exact=True)).to_be_visible()
    customer.talk.say("one")
    expect(console.talk.entries("ONE")).to_have_count(1)
    customer.ends()
    expect(row).to_have_count(0)


def test_a_page_that_was_translated_before_python_ran_starts(people: People) -> None:
    customer = people.customer()
    customer.page.add_init_script(f"addEventListener('DOMContentLoaded', {TRANSLATOR})")
    customer.open()
    customer.page.wait_for_function("() => performance.getEntriesByName('deskside:usable').length")
    customer.name_box.fill(customer.name)
    customer.page.locator("form button.primary").click()
    expect(customer.heading).not_to_contain_text("way.")
    expect(customer.heading).to_have_text("SHALL WE LET YOU KNOW?", ignore_case=True)
