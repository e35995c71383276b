"""Files that go on after a reload of either page, and files that find no room."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.journeys.test_files import MEBIBYTE, random_file, sha256
from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.people import People

SIZE = 40 * MEBIBYTE


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"files": {"max_size": 1 << 40}}


def half_way(people: People, sent: Path) -> tuple[Customer, Console]:
    """A file of the customer's of which a part has arrived; the representative holds it there."""
    customer, console = people.session()
    customer.talk.offer(sent)
    console.talk.accept_file.click()
    bar = console.talk.file(sent.name).progress
    # Only whole blocks of a mebibyte are kept: before the first of them, any file of this name and size could go on.
    per_cent = 100 * MEBIBYTE // SIZE + 1
    console.page.wait_for_function("([bar, least]) => bar.value >= least", arg=[bar.element_handle(), per_cent])
    console.talk.file(sent.name).pause.click()
    console.talk.file(sent.name).is_said("paused")
    customer.talk.file(sent.name).is_said("paused by the other side")
    expect(customer.talk.file(sent.name).resume).to_have_count(0)
    return customer, console


def test_a_representative_who_reloads_receives_the_rest_by_itself(people: People, tmp_path: Path) -> None:
    sent = random_file(tmp_path / "large.bin", SIZE)
    _customer, console = half_way(people, sent)
    with console.page.expect_download() as arriving:
        console.page.reload()
    arriving.value.save_as(tmp_path / "arrived")
    assert sha256(tmp_path / "arrived") == sha256(sent)
    console.talk.file("large.bin").is_said("received and checked")


def test_a_customer_who_reloads_chooses_the_file_again_and_no_other(people: People, tmp_path: Path) -> None:
    sent = random_file(tmp_path / "large.bin", SIZE)
    customer, console = half_way(people, sent)
    customer.page.reload()
    customer.is_joined()
    card = customer.page.get_by_role("group", name="This file can go on")
    choose = card.get_by_label("Choose the file again")
    console.talk.file("large.bin").is_said("paused")
    customer.talk.file("large.bin").is_said("waiting for the file to be chosen again")
    (tmp_path / "other").mkdir()
    choose.set_input_files(random_file(tmp_path / "other" / "large.bin", SIZE))
    console.talk.file("large.bin").resume.click()
    expect(card.get_by_role("alert")).to_contain_text("That is not the same file.")
    choose.set_input_files(random_file(tmp_path / "other.bin", SIZE))
    expect(card.get_by_role("alert")).to_contain_text("That is not the same file.")
    with console.page.expect_download() as arriving:
        choose.set_input_files(sent)
    arriving.value.save_as(tmp_path / "arrived")
    assert sha256(tmp_path / "arrived") == sha256(sent)
    expect(card).to_have_count(0)
    customer.talk.file("large.bin").is_said("sent and checked")


def test_a_file_that_finds_no_room_says_how_much_is_missing(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    session = customer.page.context.new_cdp_session(customer.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": people.server.url, "quotaSize": 5 * MEBIBYTE})
    customer.page.evaluate("() => delete globalThis.showSaveFilePicker")
    console.talk.offer(random_file(tmp_path / "large.bin", SIZE))
    customer.talk.accept_file.click()
    card = customer.page.get_by_role("group", name=f"{console.name} wants to send you a file")
    expect(card.get_by_role("alert")).to_contain_text("It needs 42 MB, and this device has less room than that.")
    console.talk.file("large.bin").is_said("waiting for an answer")
    session.send("Storage.overrideQuotaForOrigin", {"origin": people.server.url})
    arrived, _ = customer.talk.save(customer.talk.accept_file, tmp_path / "arrived")
    assert sha256(arrived) == sha256(tmp_path / "large.bin")


def test_what_finds_no_room_is_written_into_a_place_that_the_person_picks(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    session = customer.page.context.new_cdp_session(customer.page)
    quota = {"origin": people.server.url, "quotaSize": 5 * MEBIBYTE}
    session.send("Storage.overrideQuotaForOrigin", quota)
    # Nobody can press anything in the browser's own dialog here. The place that it answers with is one of the browser's
    # private ones, for which there is room once the person has picked it.
    customer.page.evaluate(
        """async () => {
          const root = await navigator.storage.getDirectory();
          const place = await root.getFileHandle("picked", { create: true });
          globalThis.showSaveFilePicker = ({ suggestedName }) =>
            new Promise((picked) => Object.assign(globalThis, { suggestedName, pick: () => picked(place) }));
        }"""
    )
    sent = random_file(tmp_path / "large.bin", 9 * MEBIBYTE + 17)
    console.talk.offer(sent)
    customer.talk.accept_file.click()
    customer.page.wait_for_function("() => globalThis.pick")
    session.send("Storage.overrideQuotaForOrigin", {"origin": people.server.url})
    customer.page.evaluate("() => pick()")
    customer.talk.file("large.bin").is_said("received and checked")
    expect(customer.talk.file("large.bin").entry.get_by_role("button", name="Save")).to_have_count(0)
    assert customer.page.evaluate("() => suggestedName") == "large.bin"
    digest = customer.page.evaluate(
        """async () => {
          const place = await (await navigator.storage.getDirectory()).getFileHandle("picked");
          const bytes = await (await place.getFile()).arrayBuffer();
          const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
          return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
        }"""
    )
    assert digest == sha256(sent)
