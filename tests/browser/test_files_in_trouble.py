"""Hostile peers, full disks and browsers that lack something: a transfer ends with a reason, and nothing else does."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from e2e.waiting import wait_until

from .pair import Pair, digest, entries, picked, saved, state, wait_for, wait_for_blocks, wait_for_entries

MEGABYTE = 1024 * 1024

HOSTILE = {
    "text that is no message": "channel.send('hello')",
    "bytes at once": "channel.send(new Uint8Array(1000))",
    "a block before its start": "channel.send(JSON.stringify({ type: 'verified', block: 0 }))",
    "another start": "channel.send(JSON.stringify({ type: 'start', block: 3 }))",
    "too small chunks": "channel.send(start); channel.send(new Uint8Array(1))",
    "too many bytes": "channel.send(start); for (let i = 0; i < 5; i++) channel.send(new Uint8Array(256 * 1024))",
    "a wrong total": "channel.send(start); channel.send(done)",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sender_ends_its_own_transfer_and_nothing_else(pair: Pair, name: str) -> None:
    pair.accept("bad", {"name": "bad.bin", "size": 5 * MEGABYTE})
    pair.sender.evaluate(
        f"""() => new Promise((closed) => {{
          const channel = pc.createDataChannel("file:bad");
          const start = JSON.stringify({{ type: "start", block: 0 }});
          const done = JSON.stringify({{ type: "done", blocks: 9, digest: "0".repeat(64) }});
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


_HOLD = """() => new Promise((held) => {
  navigator.locks.request("deskside-files/old", () => new Promise((done) => {
    globalThis.let_go = done;
    held();
  }));
})"""
_IS_WAITED_FOR = """async () => {
  const { pending } = await navigator.locks.query();
  return pending.some((lock) => lock.name === "deskside-files/old");
}"""


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
    # A page that is being loaded anew holds nothing for a moment: what was written to just now stays.
    other.evaluate("() => files.sweep(3_600_000)")
    # A sweep that looks at it holds it for a moment.
    other.evaluate(_HOLD)
    other.evaluate("() => files.forget('old')")
    wait_until(other, _IS_WAITED_FOR)
    other.evaluate("() => let_go()")
    wait_for_entries(other, "kept", "live")
    other.evaluate("() => files.sweep(-1000)")
    wait_for_entries(other, "live")


def test_a_page_without_webcrypto_says_so(pair: Pair) -> None:
    assert pair.sender.evaluate("() => files.obstacle()") == ""
    pair.sender.evaluate("() => Object.defineProperty(crypto, 'subtle', { value: undefined })")
    assert pair.sender.evaluate("() => files.obstacle()") == "insecure"
