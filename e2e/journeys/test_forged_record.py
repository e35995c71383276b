"""A customer who writes into what their own browser keeps gets no representative's signature under it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.pages.customer import Customer
from e2e.people import People
from e2e.servers import verify

PROMISE = "I pay you 1000"

WRITE_INTO_STORAGE = """([text, at]) => new Promise((resolve, reject) => {
  const request = indexedDB.open("deskside-customer");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const database = request.result;
    const store = database.transaction("records", "readwrite").objectStore("records");
    const all = store.getAllKeys();
    all.onsuccess = () => {
      const session = all.result.map((key) => key.split("/")[0])[0];
      const before = all.result.filter((key) => key.startsWith(`${session}/entry/`)).length;
      const number = before + 1;
      const entry = {
        kind: "message", id: "forged", at, time: "12:00", iso: new Date(at).toISOString(), mine: false,
        author: "Ann", text, state: "", number,
      };
      store.put(JSON.stringify(entry), `${session}/entry/${String(number).padStart(8, "0")}`);
      store.transaction.oncomplete = () => { database.close(); resolve(before); };
    };
  };
})"""
"""Another line of the log, by the representative, as the page itself would have kept it."""


def write_into_storage(customer: Customer) -> None:
    at = customer.page.evaluate("Date.now()")
    customer.page.evaluate(WRITE_INTO_STORAGE, [PROMISE, at])
    customer.page.reload()


@pytest.mark.parametrize("when", ["in the queue", "in the session"])
def test_what_a_customer_writes_into_their_own_storage_is_not_proved(people: People, tmp_path: Path, when: str) -> None:
    console = people.representative()
    customer = people.customer()
    customer.enter()
    customer.talk.say("Is anybody there?")
    if when == "in the queue":
        write_into_storage(customer)
        expect(customer.leave).to_be_visible()
    console.accept(customer.name)
    customer.is_joined()
    console.is_joined()
    console.talk.say("How may I help?")
    customer.talk.has("How may I help?")
    if when == "in the session":
        write_into_storage(customer)
        customer.is_joined()
        console.talk.say("Are you back?")
        customer.talk.has("Are you back?")
        console.talk.has("recorded something else than what happened here")
    customer.talk.has(PROMISE)
    customer.talk.say("Thank you")
    console.talk.has("Thank you")
    expect(console.talk.entries(PROMISE)).to_have_count(0)
    customer.ends()
    expect(console.page.get_by_text("The customer ended the session.").first).to_be_visible()

    for button in (customer.talk.transcript, customer.talk.json):
        path, _ = customer.talk.save(button, tmp_path)
        code, said = verify(str(path))
        assert code == 2 and "not altered" not in said, said
        assert f"is not proved: message of the representative, '{PROMISE}'" in said, said
        if path.suffix == ".html":
            shown = path.read_text(encoding="utf-8").split("<template")[0]
            promise = shown.split(PROMISE)[0].rpartition("<li")[2]
            assert "not confirmed by the other side" in promise
            if when == "in the queue":
                assert "confirmed" not in shown.split("Is anybody there?")[0].rpartition("<li")[2]
