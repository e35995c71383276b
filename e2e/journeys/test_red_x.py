"""The red X: it works whatever else does not."""

from pathlib import Path

from playwright.sync_api import expect

from e2e.line import Line
from e2e.pages.customer import Customer
from e2e.pages.source import RED, Source
from e2e.people import People
from e2e.servers import Server

# What the press did by the time that any other listener of the page hears of it.
OBSERVED = """
  globalThis.observed = { connections: [], tracks: [], after: null };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...words) {
      super(...words);
      observed.connections.push(this);
    }
  };
  const devices = globalThis.MediaDevices?.prototype ?? {};
  const capture = devices.getDisplayMedia;
  devices.getDisplayMedia = async function (...words) {
    const stream = await capture.apply(this, words);
    if (globalThis.picking) await new Promise((chosen) => (globalThis.choose = chosen));
    observed.tracks.push(...stream.getTracks());
    return stream;
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-guard=revoke]")) return;
    observed.after = [
      observed.tracks.map((track) => track.readyState),
      observed.connections.map((connection) => connection.signalingState),
    ];
  }, true);
"""

# From `crash()` on, whatever would enter Python throws: events, timers and the messages of channels and sockets.
CRASHING = """
  const entered = (entry) => function (...words) {
    if (globalThis.crashed) throw new Error("Python has crashed");
    return entry.apply(this, words);
  };
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (kind, listener, options) {
    const isGuard = /guard-[^/]*[.]js/.test(new Error().stack.split("\\n")[2]);
    return listen.call(this, kind, isGuard || typeof listener !== "function" ? listener : entered(listener), options);
  };
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (entry, ...words) => {
    const isGuard = /guard-[^/]*[.]js/.test(new Error().stack.split("\\n")[2]);
    return later(isGuard || typeof entry !== "function" ? entry : entered(entry), ...words);
  };
"""


def watched(people: People, *scripts: str) -> Customer:
    context = people.context()
    for script in (OBSERVED, *scripts):
        context.add_init_script(script)
    return people.customer(context=context)


def is_stopped(customer: Customer) -> None:
    """The press itself ended the track and closed `work`; `talk` lives."""
    assert customer.page.evaluate("() => observed.after") == [["ended"], ["stable", "closed"]]


def test_a_press_ends_everything_and_leaves_the_chat(people: People) -> None:
    customer, console, _ = people.shared(watched(people))
    customer.red_x.click()
    is_stopped(customer)
    customer.shares_nothing()
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    expect(console.page.locator("video")).to_have_count(0)
    expect(console.permissions).to_have_count(0)
    customer.talk.has("You stopped everything and took back every permission.")
    console.talk.has("Casey stopped everything and took back every permission.")

    expect(customer.page.get_by_role("group", name="Everything is stopped")).to_contain_text("Nobody sees your screen")
    expect(customer.talk.end).to_be_visible()
    customer.continue_chatting.click()
    expect(customer.continue_chatting).to_have_count(0)
    customer.talk.say("Still here")
    console.talk.has("Still here")

    console.request_screen.click()
    customer.deny.click()
    console.talk.has("Casey refused: see the screen.")
    console.request_screen.click()
    customer.allow.click()
    console.sees(*RED)
    customer.red_x.click()
    customer.talk.end.click()
    expect(customer.heading).to_have_text("You ended the session")


def test_a_press_with_nothing_shared_says_so(people: People) -> None:
    customer, console = people.session()
    console.request_screen.click()
    expect(customer.allow).to_be_visible()
    customer.red_x.click()
    expect(customer.allow).to_have_count(0)
    expect(customer.page.get_by_text("Nothing was being shared")).to_be_visible()
    console.talk.has("Casey stopped everything and took back every permission.")
    expect(console.request_screen).to_be_visible()


def test_it_works_while_the_representatives_page_hangs(people: People) -> None:
    customer, console, _ = people.shared(watched(people))
    console.page.evaluate(
        """() => {
          setTimeout(() => {
            const end = Date.now() + 3000;
            while (Date.now() < end);
            globalThis.hung = true;
          });
        }"""
    )
    customer.red_x.click()
    is_stopped(customer)
    customer.shares_nothing()
    expect(customer.continue_chatting).to_be_visible()
    console.page.wait_for_function("() => globalThis.hung")
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()


def test_it_works_with_every_line_cut_and_is_told_when_they_are_back(people: People, server: Server) -> None:
    customer = watched(people)
    line = Line(customer.page)
    customer, console, _ = people.shared(customer)
    line.cut()
    server.kill()
    try:
        expect(
            customer.page.get_by_text("No connection. We try again every second; what you write is kept.")
        ).to_be_visible()
        customer.red_x.click()
        is_stopped(customer)
        customer.shares_nothing()
        expect(customer.continue_chatting).to_be_visible()
    finally:
        server.start()
    line.heal()
    console.talk.has("Casey stopped everything and took back every permission.")
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    customer.continue_chatting.click()
    customer.talk.say("Back again")
    console.talk.has("Back again")


def test_it_works_when_python_has_crashed(people: People) -> None:
    # The small window is closed with the page, and a Python that has crashed no longer listens properly.
    people.forgive("Python has crashed|reading 'register'")
    customer, console, _ = people.shared(watched(people, CRASHING))
    customer.page.evaluate("() => { globalThis.crashed = true; }")
    customer.red_x.click()
    is_stopped(customer)
    expect(console.page.get_by_text("Sharing has stopped")).to_be_visible()
    console.talk.has("Casey stopped everything and took back every permission.")
    expect(customer.page.get_by_role("alert")).to_be_visible()
    customer.page.reload()
    expect(customer.continue_chatting).to_be_visible()
    customer.talk.has("You stopped everything and took back every permission.")


def test_a_picker_that_answers_after_the_press_has_its_tracks_stopped(people: People) -> None:
    customer = watched(people, "globalThis.picking = true;")
    Source(customer.page.context)
    customer, console = people.session(customer)
    console.request_screen.click()
    customer.allow.click()
    customer.page.wait_for_function("() => globalThis.choose")
    customer.red_x.click()
    customer.page.evaluate("() => choose()")
    customer.page.wait_for_function("() => observed.tracks.length && observed.tracks[0].readyState == 'ended'")
    expect(customer.continue_chatting).to_be_visible()
    customer.shares_nothing()
    expect(console.page.locator("video")).to_have_count(0)
    expect(console.permissions).to_have_count(0)


def test_a_picker_that_answers_after_the_end_has_its_tracks_stopped(people: People) -> None:
    customer = watched(people, "globalThis.picking = true;")
    Source(customer.page.context)
    customer, console = people.session(customer)
    customer.share.click()
    customer.page.wait_for_function("() => globalThis.choose")
    console.ends()
    expect(customer.heading).to_have_text(f"{console.name} ended the session")
    customer.page.evaluate("() => choose()")
    customer.page.wait_for_function("() => observed.tracks.length && observed.tracks[0].readyState == 'ended'")


def test_a_file_on_its_way_is_stopped(people: People, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(1 << 30)
    customer, console = people.session(watched(people))
    customer.talk.offer(large)
    console.talk.accept_file.click()
    expect(customer.talk.file("large.bin").progress).to_be_visible()
    expect(console.talk.file("large.bin").progress).to_be_visible()
    customer.red_x.click()
    assert customer.page.evaluate("() => observed.after[1]") == ["stable", "closed"]
    customer.talk.file("large.bin").is_said("Stopped with the red button")
    console.talk.file("large.bin").is_said("Stopped with the red button")
