"""Files between two real pages over real data channels, on the runtimes that customers get."""

import hashlib
from pathlib import Path

import pytest

from e2e.waiting import wait_until

from .pair import Pair, digest, entries, picked, saved, state, wait_for, wait_for_blocks, wait_for_entries

MEGABYTE = 1024 * 1024

COUNT_BYTES = """() => {
  globalThis.sent = 0;
  const { send } = RTCDataChannel.prototype;
  RTCDataChannel.prototype.send = function (data) {
    globalThis.sent += data.byteLength ?? 0;
    return send.call(this, data);
  };
}"""
# As showSaveFilePicker would answer; nobody can press anything in its dialog here.
PLACE = """async ([key, name, size]) => {
  const root = await navigator.storage.getDirectory();
  files.receiveInto(key, name, size, await root.getFileHandle("placed", { create: true }));
}"""

# What was on its way has arrived, and nothing comes after it: the same at twenty looks, one after the other.
STANDS_STILL = """() => {
  const { done } = JSON.parse(files.state("a"));
  globalThis.looks = globalThis.stood === done ? globalThis.looks + 1 : 0;
  globalThis.stood = done;
  return globalThis.looks >= 20;
}"""


def test_a_file_arrives_byte_for_byte_and_can_be_saved_again(pair: Pair, source: Path) -> None:
    offer = pair.transfer("a", picked(pair, source))
    received = wait_for(pair.receiver, "a", "finished", "ended")
    sent = wait_for(pair.sender, "a", "finished", "ended")
    assert offer["name"] == source.name
    assert offer["size"] == source.stat().st_size
    assert received["state"] == sent["state"] == "finished"
    assert received["done"] == sent["done"] == source.stat().st_size
    assert received["history"] == ["waiting", "moving", "checking", "finished"]
    for _ in range(2):
        name, path = saved(pair.receiver, "a")
        assert name == source.name
        assert digest(path) == digest(source)


def test_brython_moves_files_as_well(brython_pair: Pair, source: Path) -> None:
    brython_pair.transfer("a", picked(brython_pair, source))
    assert wait_for(brython_pair.receiver, "a", "finished", "ended", timeout=60_000)["state"] == "finished"
    assert wait_for(brython_pair.sender, "a", "finished", "ended")["state"] == "finished"
    assert digest(saved(brython_pair.receiver, "a")[1]) == digest(source)


@pytest.mark.parametrize("size", [0, 1, MEGABYTE])
def test_small_files_arrive(pair: Pair, size: int) -> None:
    pair.transfer("a", f"new File([new Uint8Array({size})], 'small.bin')")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert wait_for(pair.sender, "a", "finished", "ended")["state"] == "finished"
    assert saved(pair.receiver, "a")[1].read_bytes() == bytes(size)


def test_many_files_travel_at_once(pair: Pair) -> None:
    keys = [f"file-{number}" for number in range(6)]
    for number, key in enumerate(keys):
        pair.transfer(key, f"new File([new Uint8Array({3 * MEGABYTE + number}).fill({number})], 'n{number}.bin')")
    for number, key in enumerate(keys):
        assert wait_for(pair.receiver, key, "finished", "ended")["state"] == "finished"
        assert saved(pair.receiver, key)[1].read_bytes() == bytes([number]) * (3 * MEGABYTE + number)


def test_a_dropped_connection_goes_on_where_it_stood(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 4)
    pair.disconnect()
    wait_for(pair.sender, "a", "suspended")
    stood = wait_for(pair.receiver, "a", "suspended")["verified"]
    pair.connect()
    pair.sender.evaluate(COUNT_BYTES)
    pair.open("a")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert pair.sender.evaluate("() => globalThis.sent") <= source.stat().st_size - stood * MEGABYTE
    assert digest(saved(pair.receiver, "a")[1]) == digest(source)


def test_a_reload_of_the_receiver_goes_on_from_the_blocks_on_the_disk(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 4)
    pair.receiver.reload()
    pair.receiver.wait_for_function("() => globalThis.files")
    pair.receiver.evaluate("() => files.sweep(3_600_000)")
    pair.accept("a", {"name": source.name, "size": source.stat().st_size})
    wait_for_blocks(pair.receiver, "a", 4)
    pair.connect()
    pair.open("a")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert digest(saved(pair.receiver, "a")[1]) == digest(source)


def test_a_sender_who_reloads_goes_on_with_the_same_file_picked_again(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 4)
    pair.sender.reload()
    pair.sender.wait_for_function("() => globalThis.files")
    stood = wait_for(pair.receiver, "a", "suspended")["verified"]
    pair.sender.evaluate(COUNT_BYTES)
    pair.offer("a", picked(pair, source))
    pair.connect()
    pair.open("a")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert wait_for(pair.sender, "a", "finished", "ended", "differs")["state"] == "finished"
    assert pair.sender.evaluate("() => globalThis.sent") <= source.stat().st_size - stood * MEGABYTE
    assert digest(saved(pair.receiver, "a")[1]) == digest(source)


def test_another_file_of_the_same_name_and_size_sends_no_byte_and_loses_nothing(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 4)
    pair.sender.reload()
    pair.sender.wait_for_function("() => globalThis.files")
    stood = wait_for(pair.receiver, "a", "suspended")["verified"]
    whole = source.read_bytes()
    source.write_bytes(whole[:MEGABYTE] + b"x" + whole[MEGABYTE + 1 :])
    pair.sender.evaluate(COUNT_BYTES)
    pair.offer("a", picked(pair, source))
    pair.connect()
    pair.open("a")
    assert wait_for(pair.sender, "a", "finished", "ended", "differs")["state"] == "differs"
    assert pair.sender.evaluate("() => globalThis.sent") == 0
    # The channel may close before the receiver has seen it open.
    pair.receiver.wait_for_function("() => JSON.parse(files.state('a')).state === 'suspended'")
    assert state(pair.receiver, "a")["verified"] == stood
    source.write_bytes(whole)
    pair.offer("a", picked(pair, source))
    pair.open("a")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert hashlib.sha256(saved(pair.receiver, "a")[1].read_bytes()).digest() == hashlib.sha256(whole).digest()


def test_a_file_is_written_into_a_place_that_the_person_has_picked(pair: Pair, source: Path) -> None:
    offer = pair.offer("a", picked(pair, source))
    pair.receiver.evaluate(PLACE, ["a", offer["name"], str(offer["size"])])
    pair.open("a")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert pair.receiver.evaluate("() => files.save('a')") is False
    pair.receiver.evaluate("() => files.discard('a')")
    placed = pair.receiver.evaluate(
        """async () => {
          const file = await (await (await navigator.storage.getDirectory()).getFileHandle("placed")).getFile();
          const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
          return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
        }"""
    )
    assert placed == digest(source)
    assert entries(pair.receiver) == []


def test_a_cancelled_file_leaves_nothing_in_the_place_that_was_picked(pair: Pair, source: Path) -> None:
    offer = pair.offer("a", picked(pair, source))
    pair.receiver.evaluate(PLACE, ["a", offer["name"], str(offer["size"])])
    pair.open("a")
    wait_for_blocks(pair.receiver, "a", 2)
    pair.receiver.evaluate("() => files.end('a', 'cancelled')")
    wait_until(
        pair.receiver,
        """async () => {
          for await (const name of (await navigator.storage.getDirectory()).keys())
            if (name.startsWith("placed")) return false;
          return true;
        }""",
    )


def test_either_side_pauses_and_goes_on(pair: Pair, tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(bytes(range(256)) * (48 * MEGABYTE // 256))  # more than can be on its way at once
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 1)
    pair.sender.evaluate("() => files.pause('a', true, true)")
    pair.receiver.evaluate("() => files.pause('a', true, false)")
    assert state(pair.sender, "a")["state"] == state(pair.receiver, "a")["state"] == "paused"
    pair.receiver.wait_for_function(STANDS_STILL, polling=100)
    assert state(pair.receiver, "a")["done"] < source.stat().st_size
    pair.receiver.evaluate("() => files.pause('a', false, false)")
    pair.sender.evaluate("() => files.pause('a', false, true)")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert digest(saved(pair.receiver, "a")[1]) == digest(source)


def test_a_cancelled_file_leaves_nothing_behind(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 2)
    assert entries(pair.receiver) == ["a"]
    pair.receiver.evaluate("() => files.end('a', 'cancelled')")
    assert state(pair.receiver, "a")["reason"] == "cancelled"
    assert wait_for(pair.sender, "a", "suspended")["state"] == "suspended"
    wait_for_entries(pair.receiver)
    assert pair.receiver.evaluate("() => files.save('a')") is False


def test_a_discarded_file_is_deleted_and_cannot_be_saved(pair: Pair) -> None:
    pair.transfer("a", "new File(['hello'], 'hello.txt')")
    wait_for(pair.receiver, "a", "finished")
    assert entries(pair.receiver) == ["a"]
    pair.receiver.evaluate("() => files.discard('a')")
    wait_for_entries(pair.receiver)
    assert pair.receiver.evaluate("() => files.save('a')") is False
    assert state(pair.receiver, "a")["state"] == "finished"


def test_a_source_that_changes_ends_the_transfer(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 2)
    pair.sender.evaluate("() => files.pause('a', true, false)")
    with source.open("r+b") as file:
        file.truncate(5 * MEGABYTE)
    pair.disconnect()
    wait_for(pair.receiver, "a", "suspended")
    pair.connect()
    pair.open("a")
    pair.sender.evaluate("() => files.pause('a', false, false)")
    ended = wait_for(pair.sender, "a", "finished", "ended")
    assert (ended["state"], ended["reason"]) == ("ended", "vanished")


def test_a_name_from_elsewhere_is_made_safe_and_its_type_never_trusted(pair: Pair) -> None:
    pair.sender.evaluate("() => files.send('a', new File(['<script>'], 'x', { type: 'text/html' }))")
    assert pair.accept("a", {"name": "../..\\evil\u202egpj.html", "size": 8}) == "evilgpj.html"
    pair.open("a")
    wait_for(pair.receiver, "a", "finished")
    assert pair.receiver.evaluate("() => files.blob('a').type") == "application/octet-stream"
    assert saved(pair.receiver, "a")[0] == "evilgpj.html"
