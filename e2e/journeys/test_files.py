"""Files, from disk to disk."""

import hashlib
import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from e2e.pages.console import Console
from e2e.pages.customer import Customer
from e2e.people import People

MEBIBYTE = 1 << 20
LIMIT = 96 * MEBIBYTE


@pytest.fixture(scope="module")
def site() -> dict[str, object]:
    return {"files": {"max_size": LIMIT}}


def random_file(path: Path, size: int) -> Path:
    path.write_bytes(os.urandom(size))
    return path


def large_file(path: Path, size: int) -> Path:
    """As large, and nothing in it: the disk need not hold it."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def test_files_go_both_ways_unharmed(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    people_and_files: list[tuple[Customer | Console, Customer | Console, str]] = [
        (customer, console, "from the customer.bin"),
        (console, customer, "from the desk.bin"),
    ]
    for sender, receiver, name in people_and_files:
        sent = random_file(tmp_path / name, 3 * MEBIBYTE + 17)
        sender.talk.offer(sent)
        card = receiver.page.get_by_role("group", name=f"{sender.name} wants to send you a file")
        expect(card).to_contain_text(name)
        expect(card).to_contain_text("3.1 MB")
        expect(card).to_contain_text("application/octet-stream")
        arrived, download = receiver.talk.save(receiver.talk.accept_file, tmp_path / "arrived")
        assert download.suggested_filename == name
        assert sha256(arrived) == sha256(sent)
        sender.talk.file(name).is_said("sent and checked")
        receiver.talk.file(name).is_said("received and checked")
    customer.shares_nothing()


def test_several_files_travel_at_once(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    sent = [random_file(tmp_path / f"{number}.bin", number * 700_000) for number in range(1, 6)]
    customer.talk.offer(*sent)
    expect(console.talk.accept_file).to_have_count(5)
    arrived: dict[str, Path] = {}
    for _ in sent:
        path, _download = console.talk.save(console.talk.accept_file.first, tmp_path / "arrived")
        arrived[path.name] = path
    assert {name: sha256(path) for name, path in arrived.items()} == {path.name: sha256(path) for path in sent}


def test_a_name_that_pretends_arrives_as_what_it_is(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    names = {
        "../../.ssh/authorized_keys": "authorized_keys",
        "C:\\Windows\\win.ini": "win.ini",
        "invoice\u202efdp.exe": "invoicefdp.exe",
        "a<b>.txt": "a_b_.txt",
    }
    for name, safe in names.items():
        # A browser's own dialog hands out no such name.
        customer.page.evaluate(
            """(name) => {
              const transfer = new DataTransfer();
              transfer.items.add(new File(["x"], name));
              const input = document.querySelector("input[type=file]");
              input.files = transfer.files;
              input.dispatchEvent(new Event("change", { bubbles: true }));
            }""",
            name,
        )
        _, download = console.talk.save(console.talk.accept_file, tmp_path)
        assert download.suggested_filename == safe
        console.talk.file(safe).is_said("received and checked")


def test_an_empty_file_arrives_empty(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    customer.talk.offer(random_file(tmp_path / "empty.txt", 0))
    arrived, _ = console.talk.save(console.talk.accept_file, tmp_path / "arrived")
    assert arrived.read_bytes() == b""
    customer.talk.file("empty.txt").is_said("sent and checked")


def test_a_file_over_the_limit_is_refused_beside_the_box(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    customer.talk.offer(large_file(tmp_path / "huge.bin", LIMIT + 1), random_file(tmp_path / "small.bin", 10))
    expect(customer.talk.problem).to_have_text("That file is larger than this support desk takes.")
    expect(console.talk.accept_file).to_have_count(1)
    expect(console.talk.entries("huge.bin")).to_have_count(0)
    console.talk.decline_file.click()
    console.talk.offer(tmp_path / "huge.bin")
    expect(console.talk.problem).to_have_text("That file is larger than this support desk takes.")


def test_a_file_can_be_declined_and_an_offer_taken_back(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    customer.talk.offer(random_file(tmp_path / "unwanted.bin", 1000))
    console.talk.decline_file.click()
    customer.talk.file("unwanted.bin").is_said("Declined")
    console.talk.file("unwanted.bin").is_said("Declined")
    console.talk.offer(random_file(tmp_path / "mistaken.bin", 1000))
    expect(customer.talk.accept_file).to_be_visible()
    console.talk.file("mistaken.bin").cancel.click()
    expect(customer.talk.accept_file).to_have_count(0)
    customer.talk.file("mistaken.bin").is_said("Cancelled")


def stands_still(customer: Customer, console: Console, bar: Locator, name: str) -> None:
    """What had left before the pause still arrives; then nothing does, while messages go on."""
    seen: list[float] = []
    for number in range(200):
        customer.talk.say(f"{name} waits {number:03}")
        console.talk.has(f"{name} waits {number:03}")
        seen.append(bar.evaluate("(bar) => bar.value"))
        if len(seen) >= 10 and len(set(seen[-10:])) == 1:
            break
    assert len(set(seen[-10:])) == 1 and seen[-1] < 100


def test_a_transfer_pauses_on_either_side_goes_on_and_arrives(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    sent = large_file(tmp_path / "large.bin", LIMIT)
    customer.talk.offer(sent)
    console.talk.accept_file.click()
    for pausing, other in ((customer, console), (console, customer)):
        pausing.talk.file("large.bin").pause.click()
        pausing.talk.file("large.bin").is_said("paused")
        other.talk.file("large.bin").is_said("paused")
        stands_still(customer, console, pausing.talk.file("large.bin").progress, pausing.name)
        if pausing is customer:
            pausing.talk.file("large.bin").resume.click()
    arrived, _ = console.talk.save(console.talk.file("large.bin").resume, tmp_path / "arrived")
    assert sha256(arrived) == sha256(sent)


def test_a_transfer_is_cancelled_on_its_way(people: People, tmp_path: Path) -> None:
    customer, console = people.session()
    console.talk.offer(large_file(tmp_path / "large.bin", LIMIT))
    customer.talk.accept_file.click()
    expect(console.talk.file("large.bin").progress).to_be_visible()
    customer.talk.file("large.bin").cancel.click()
    for person in (customer, console):
        person.talk.file("large.bin").is_said("Cancelled")
        expect(person.talk.file("large.bin").progress).to_have_count(0)


def test_files_can_be_dropped_and_pictures_pasted(people: People) -> None:
    customer, console = people.session()
    customer.page.evaluate(
        """() => {
          const holding = (name, type) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["x"], name, { type }));
            return transfer;
          };
          const place = document.querySelector("[role=log]");
          for (const kind of ["dragover", "drop"]) {
            const dataTransfer = holding("a.txt", "text/plain");
            place.dispatchEvent(new DragEvent(kind, { bubbles: true, dataTransfer }));
          }
          document.querySelector("textarea").dispatchEvent(
            new ClipboardEvent("paste", { bubbles: true, clipboardData: holding("image.png", "image/png") }));
        }"""
    )
    for name, kind in (("a.txt", "text/plain"), ("image.png", "image/png")):
        card = console.page.get_by_role("group", name="wants to send you a file").filter(has_text=name)
        expect(card).to_contain_text(kind)
    expect(customer.page.get_by_text("Drop files to send them")).to_have_count(0)
