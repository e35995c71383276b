"""Files between two real pages over real data channels, on the runtimes that customers get."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from .pair import Pair, state, wait_for

PICKED = "document.querySelector('input').files[0]"
MEGABYTE = 1024 * 1024


def picked(pair: Pair, source: Path) -> str:
    pair.sender.get_by_label("File").set_input_files(source)
    return PICKED


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def saved(page: Page, key: str) -> tuple[str, Path]:
    """Save the received file: the name that the browser gives it, and where it is."""
    with page.expect_download() as download:
        assert page.evaluate("(key) => files.save(key)", key)
    return download.value.suggested_filename, Path(download.value.path())


def wait_for_blocks(page: Page, key: str, blocks: int) -> None:
    page.wait_for_function("([key, n]) => JSON.parse(files.state(key)).verified >= n", arg=[key, blocks], polling=50)


def entries(page: Page) -> list[str]:
    """What the page's origin keeps on the disk."""
    found: list[str] = page.evaluate(
        """async () => {
          const root = await navigator.storage.getDirectory();
          const folder = await root.getDirectoryHandle("deskside-files", { create: true });
          const names = [];
          for await (const name of folder.keys()) names.push(name);
          return names.sort();
        }"""
    )
    return found


def wait_for_entries(page: Page, *names: str) -> None:
    for _ in range(100):
        if entries(page) == list(names):
            return
        page.wait_for_timeout(50)
    assert entries(page) == list(names)


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
    pair.sender.evaluate(
        """() => {
          globalThis.sent = 0;
          const { send } = RTCDataChannel.prototype;
          RTCDataChannel.prototype.send = function (data) {
            globalThis.sent += data.byteLength ?? 0;
            return send.call(this, data);
          };
        }"""
    )
    pair.open("a")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert pair.sender.evaluate("() => globalThis.sent") <= source.stat().st_size - stood * MEGABYTE
    assert digest(saved(pair.receiver, "a")[1]) == digest(source)


def test_a_reload_of_the_receiver_goes_on_from_the_blocks_on_the_disk(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 4)
    pair.receiver.reload()
    pair.receiver.wait_for_function("() => globalThis.files")
    pair.receiver.evaluate("() => files.sweep('a')")
    pair.accept("a", {"name": source.name, "size": source.stat().st_size})
    wait_for_blocks(pair.receiver, "a", 4)
    pair.connect()
    pair.open("a")
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert digest(saved(pair.receiver, "a")[1]) == digest(source)


def test_either_side_pauses_and_goes_on(pair: Pair, source: Path) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 2)
    pair.receiver.evaluate("() => files.pause('a', true, false)")
    pair.sender.evaluate("() => files.pause('a', true, true)")
    assert state(pair.sender, "a")["state"] == state(pair.receiver, "a")["state"] == "paused"
    pair.sender.wait_for_timeout(1500)
    stood = state(pair.receiver, "a")["done"]
    assert stood < source.stat().st_size
    pair.sender.wait_for_timeout(500)
    assert state(pair.receiver, "a")["done"] == stood
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


HOSTILE = {
    "text that is no message": "channel.send('hello')",
    "bytes at once": "channel.send(new Uint8Array(1000))",
    "a block before its start": "channel.send(JSON.stringify({ type: 'verified', block: 0 }))",
    "another start": "channel.send(JSON.stringify({ type: 'start', block: 3 }))",
    "too small chunks": "channel.send(start); channel.send(new Uint8Array(1))",
    "too many bytes": "channel.send(start); for (let i = 0; i < 5; i++) channel.send(new Uint8Array(256 * 1024))",
    "a wrong total": "channel.send(start); channel.send(`{ \"type\": \"done\", \"blocks\": 9, \"digest\": \"${none}\" }`)",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sender_ends_its_own_transfer_and_nothing_else(pair: Pair, name: str) -> None:
    pair.accept("bad", {"name": "bad.bin", "size": 5 * MEGABYTE})
    pair.sender.evaluate(
        f"""() => new Promise((closed) => {{
          const channel = pc.createDataChannel("file:bad");
          const start = JSON.stringify({{ type: "start", block: 0 }});
          const none = "0".repeat(64);
          channel.onclose = closed;
          channel.onmessage = () => {{ {HOSTILE[name]} }};
        }})"""
    )
    ended = state(pair.receiver, "bad")
    assert (ended["state"], ended["reason"]) == ("ended", "corrupt")
    assert ended["error"]
    wait_for_entries(pair.receiver)
    pair.transfer("good", "new File(['hello'], 'hello.txt')")
    assert wait_for(pair.receiver, "good", "finished", "ended")["state"] == "finished"


def test_a_block_that_is_not_what_its_digest_says_is_asked_for_again_and_then_given_up(pair: Pair) -> None:
    pair.accept("bad", {"name": "bad.bin", "size": 100})
    starts = pair.sender.evaluate(
        f"""() => new Promise((closed) => {{
          const channel = pc.createDataChannel("file:bad");
          let starts = 0;
          channel.onclose = () => closed(starts);
          channel.onmessage = ({{ data }}) => {{
            starts += 1;
            channel.send(data);
            channel.send(new Uint8Array(100));
            channel.send(JSON.stringify({{ type: "block", block: 0, size: 100, digest: "{"0" * 64}" }}));
          }};
        }})"""
    )
    assert starts == 4
    assert state(pair.receiver, "bad")["reason"] == "corrupt"


def test_no_room_on_the_disk_is_said_before_a_byte_moves(pair: Pair, url: str) -> None:
    session = pair.receiver.context.new_cdp_session(pair.receiver)
    session.send("Storage.overrideQuotaForOrigin", {"origin": url, "quotaSize": 5 * MEGABYTE})
    pair.accept("a", {"name": "big.bin", "size": 20 * MEGABYTE})
    ended = wait_for(pair.receiver, "a", "finished", "ended")
    assert (ended["reason"], ended["error"]) == ("no_space", "QuotaExceededError")
    wait_for_entries(pair.receiver)


def test_a_disk_that_fills_up_ends_the_transfer(pair: Pair, source: Path, url: str) -> None:
    pair.transfer("a", picked(pair, source))
    wait_for_blocks(pair.receiver, "a", 2)
    session = pair.receiver.context.new_cdp_session(pair.receiver)
    session.send("Storage.overrideQuotaForOrigin", {"origin": url, "quotaSize": 6 * MEGABYTE})
    ended = wait_for(pair.receiver, "a", "finished", "ended")
    assert (ended["reason"], ended["error"]) == ("no_space", "QuotaExceededError")
    wait_for_entries(pair.receiver)


NO_FILE_SYSTEM = 'navigator.storage.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"));'


def without_file_system(page: Page) -> None:
    def spoil(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=NO_FILE_SYSTEM + answer.text())

    page.context.route("**/writer-*.js", spoil)


def test_without_a_private_file_system_small_files_are_kept_in_memory(pair: Pair, source: Path) -> None:
    without_file_system(pair.receiver)
    pair.transfer("a", picked(pair, source))
    assert wait_for(pair.receiver, "a", "finished", "ended")["state"] == "finished"
    assert digest(saved(pair.receiver, "a")[1]) == digest(source)
    assert entries(pair.receiver) == []


def test_without_a_private_file_system_large_files_are_refused(pair: Pair) -> None:
    without_file_system(pair.receiver)
    pair.accept("a", {"name": "big.bin", "size": 257 * MEGABYTE})
    assert wait_for(pair.receiver, "a", "finished", "ended")["reason"] == "no_space"


def test_a_writer_that_cannot_be_fetched_ends_the_transfer(pair: Pair) -> None:
    pair.receiver.context.route("**/writer-*.js", lambda route: route.abort())
    pair.accept("a", {"name": "a.bin", "size": 100})
    ended = wait_for(pair.receiver, "a", "finished", "ended")
    assert (ended["reason"], ended["error"]) == ("no_space", "WorkerError")


def test_leftovers_of_earlier_pages_are_swept_and_what_lives_stays(pair: Pair, url: str) -> None:
    pair.transfer("old", "new File(['hello'], 'hello.txt')")
    wait_for(pair.receiver, "old", "finished")
    pair.transfer("kept", "new File(['hello'], 'hello.txt')")
    wait_for(pair.receiver, "kept", "finished")
    pair.receiver.reload()
    pair.receiver.wait_for_function("() => globalThis.files")
    pair.accept("live", {"name": "live.bin", "size": 100})
    wait_for_entries(pair.receiver, "kept", "live", "old")
    other = pair.receiver.context.new_page()
    other.goto(url)
    other.wait_for_function("() => globalThis.files")
    other.evaluate("() => files.sweep('kept')")
    wait_for_entries(other, "kept", "live")


def test_a_page_without_webcrypto_says_so(pair: Pair) -> None:
    assert pair.sender.evaluate("() => files.obstacle()") == ""
    pair.sender.evaluate("() => Object.defineProperty(crypto, 'subtle', { value: undefined })")
    assert pair.sender.evaluate("() => files.obstacle()") == "insecure"
