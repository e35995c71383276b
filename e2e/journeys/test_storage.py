"""A browser that keeps nothing, or does not answer: the page goes on without, and says quietly what that costs."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from e2e.people import People

NOTHING = "This browser keeps nothing for this page"
NO_CONVERSATION = "This browser cannot keep the conversation"

SILENT = """
  const silent = () => Object.assign(new EventTarget(), { readyState: "pending" });
"""
# What browsers do with a database, by name. Each is put into a page before anything of it has run.
DATABASES = {
    "never answers": SILENT + "IDBFactory.prototype.open = silent;",
    "throws": 'IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); };',
    "is not to be looked at": """
      const refuse = { get() { throw new DOMException("no", "SecurityError"); } };
      Object.defineProperty(globalThis, "indexedDB", refuse);
    """,
    "is not there": 'Object.defineProperty(globalThis, "indexedDB", { value: undefined });',
    "never says what it has": SILENT + "IDBObjectStore.prototype.getAll = silent;",
    "is full": """
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...words) {
        const request = put.apply(this, words);
        this.transaction.abort();
        return request;
      };
    """,
}
AREAS = {
    "are not to be looked at": """
      const refuse = { get() { throw new DOMException("no", "SecurityError"); } };
      for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, refuse);
    """,
    "take nothing": """
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    """,
    "throw whatever is asked": """
      for (const name of ["getItem", "setItem", "removeItem"]) {
        Storage.prototype[name] = () => { throw new DOMException("no", "SecurityError"); };
      }
    """,
}


def foot(page: Page) -> Locator:
    return page.get_by_role("contentinfo")


def spoiled(people: People, script: str) -> BrowserContext:
    people.forgive("")  # PyScript would like to keep something itself
    context = people.context(viewport={"width": 1440, "height": 900})
    context.add_init_script(script)
    return context


@pytest.mark.parametrize("name", DATABASES)
def test_a_session_is_held_though_the_customers_database_does_this(people: People, name: str) -> None:
    customer = people.customer(context=spoiled(people, DATABASES[name]))
    customer, console = people.session(customer)
    customer.page.keyboard.type("x")
    customer.talk.say("Nothing of this is kept")
    console.talk.has("Nothing of this is kept")
    expect(foot(customer.page)).to_contain_text(NO_CONVERSATION)
    expect(foot(console.page)).not_to_contain_text("This browser")
    console.talk.say("I see it")
    customer.talk.has("I see it")


@pytest.mark.parametrize("name", AREAS)
def test_a_session_is_held_though_the_customers_small_storages(people: People, name: str) -> None:
    customer = people.customer(context=spoiled(people, AREAS[name]))
    customer.open()
    expect(foot(customer.page)).to_contain_text(NOTHING)
    customer, console = people.session(customer)
    customer.talk.say("Hello")
    console.talk.has("Hello")
    customer.talk.larger.click()
    customer.ends()


@pytest.mark.parametrize("script", [DATABASES["never answers"], AREAS["throw whatever is asked"]])
def test_the_console_works_without_what_it_would_keep(people: People, script: str) -> None:
    people.forgive("")
    console = people.console()
    console.page.context.add_init_script(script)
    console.is_known("correct horse battery")
    expect(foot(console.page)).to_contain_text("This browser")
    customer = people.customer()
    customer.enter()
    console.accept(customer.name)
    console.is_joined()
    console.talk.say("Good morning")
    customer.talk.has("Good morning")


def test_a_database_that_answers_late_is_not_put_beside_what_happened_meanwhile(people: People) -> None:
    customer, console = people.session()
    customer.talk.say("before")
    console.talk.has("before")
    # Held back until the test lets it go.
    customer.page.context.add_init_script("""
      const open = IDBFactory.prototype.open;
      IDBFactory.prototype.open = function (...words) {
        if (sessionStorage.getItem("answers")) return open.apply(this, words);
        const late = new EventTarget();
        globalThis.answer = () => {
          const request = open.apply(this, words);
          request.onsuccess = () => {
            late.result = request.result;
            late.dispatchEvent(new Event("success"));
          };
        };
        return late;
      };
    """)
    customer.page.reload()
    customer.is_joined()
    expect(foot(customer.page)).to_contain_text(NO_CONVERSATION)
    customer.talk.say("meanwhile")
    console.talk.has("meanwhile")
    customer.page.evaluate("() => answer()")
    customer.talk.say("after")
    console.talk.has("before", "meanwhile", "after")
    expect(foot(customer.page)).to_contain_text(NO_CONVERSATION)
    # What the device still has is older than what was said: nothing of it comes back, and nothing comes twice.
    customer.page.evaluate("() => sessionStorage.setItem('answers', 'yes')")
    customer.page.reload()
    customer.is_joined()
    customer.talk.say("again")
    console.talk.has("before", "meanwhile", "after", "again")
    expect(foot(customer.page)).not_to_contain_text("This browser")


def test_a_database_that_somebody_deletes_is_let_go_and_missed_aloud(people: People) -> None:
    customer, console = people.session()
    gone = """() => new Promise((done, failed) => {
      const request = indexedDB.deleteDatabase("deskside-customer");
      request.onsuccess = () => done("gone");
      request.onblocked = () => done("blocked");
    })"""
    assert customer.page.evaluate(gone) == "gone"
    expect(foot(customer.page)).to_contain_text(NO_CONVERSATION)
    customer.talk.say("Still here")
    console.talk.has("Still here")


def test_a_prompt_that_nobody_ever_answers_does_not_end_the_way_in(people: People) -> None:
    customer = people.customer()
    customer.page.add_init_script("Notification.requestPermission = () => new Promise(() => {});")
    customer.send_form()
    customer.allow_notifications.click()
    expect(customer.leave).to_be_visible()


def test_a_browser_that_never_makes_keys_holds_a_session_without_three_words(people: People) -> None:
    customer = people.customer()
    customer.page.add_init_script("""
      RTCPeerConnection.generateCertificate = () => new Promise(() => {});
      for (const name of ["generateKey", "sign", "digest"]) SubtleCrypto.prototype[name] = () => new Promise(() => {});
    """)
    customer, console = people.session(customer)
    customer.talk.say("Hello")
    console.talk.has("Hello")
    customer.ends()
    with customer.page.expect_download():
        customer.transcript.click()


def test_a_file_arrives_though_the_file_system_never_answers(people: People) -> None:
    customer, console = people.session()
    held = "navigator.storage.getDirectory = () => new Promise(() => {});\n"
    console.page.route(
        "**/writer-*.js", lambda route: route.fulfill(body=held + route.fetch().text(), content_type="text/javascript")
    )
    console.page.reload()
    console.is_joined()
    customer.talk.offer({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 1000})
    with console.page.expect_download():
        console.talk.accept_file.click()
    console.talk.file("a.txt").is_said("received and checked")


def test_the_door_says_that_a_server_takes_requests_and_answers_none(people: People) -> None:
    console = people.console()
    console.page.route("**/api/me", lambda route: None)
    console.open()
    expect(console.sign_in).to_be_visible()
    expect(console.page.get_by_role("alert")).to_be_visible()
