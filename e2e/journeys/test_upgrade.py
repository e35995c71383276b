"""A server of the last release is upgraded under people's hands: first its pages, then the program."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e import servers
from e2e.last_release import LastRelease, upgrade
from e2e.people import People
from e2e.servers import ROOT, Server

NAMES = ["Riley", "Robin"]


@pytest.fixture(scope="module")
def last() -> LastRelease:
    return LastRelease()


@pytest.fixture(scope="module")
def unused_names() -> list[str]:
    return list(NAMES)


@pytest.fixture(scope="module")
def shared_server(last: LastRelease, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("server") / "data"
    servers.hire(data, NAMES, last.root)
    server = Server(last.app, data)
    server.root = last.root
    server.start()
    yield server
    server.kill()


def test_sessions_and_places_outlive_an_upgrade(
    people: People, server: Server, last: LastRelease, app: Path, tmp_path: Path
) -> None:
    customer, console = people.session()
    customer.talk.say("Before")
    console.talk.has("Before")

    # Today's pages before a server that is older than they are: as on a way back. Its policy does not know their style.
    people.forgive("Applying inline style")
    upgrade(server, app, last.root, customer.page, console.page)
    drew, desk = people.session(people.customer("Drew"))
    drew.talk.say("My page is newer")
    desk.talk.has("My page is newer")
    desk.talk.offer({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 100_000})
    path, _ = drew.talk.save(drew.talk.accept_file, tmp_path)
    assert path.stat().st_size == 100_000
    waiting = people.customer("Wim")
    waiting.enter()
    waiting.talk.say("I wait")
    customer.talk.say("Still here")
    console.talk.has("Still here")

    pages = [person.page for person in (customer, console, drew, desk, waiting)]
    upgrade(server, app, ROOT, *pages)
    for person in (customer, console, drew, desk):
        person.is_joined()
    customer.talk.say("After")
    console.talk.has("Before", "Still here", "After")
    console.talk.offer({"name": "b.txt", "mimeType": "text/plain", "buffer": b"y" * 100_000})
    path, _ = customer.talk.save(customer.talk.accept_file, tmp_path)
    assert path.stat().st_size == 100_000
    waiting.is_number(1)
    desk.accept("Wim")
    waiting.is_joined()
    desk.select("Wim")
    desk.talk.has("I wait")
    # A page that is loaded anew is today's, and finds what the former one has left.
    customer.page.reload()
    customer.is_joined()
    customer.talk.has("Before", "Still here", "After")
    customer.talk.say("In today's page")
    console.talk.has("In today's page")
    customer.ends()
