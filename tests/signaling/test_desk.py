"""The desk, without a server: what happens to the steps behind one that goes wrong."""

import asyncio
from pathlib import Path

import pytest

from deskside.core.messages import TO_CUSTOMER
from signaling.app import DATABASE
from signaling.desk import Desk
from signaling.session import Link, Representative
from signaling.site.live import LiveSite
from signaling.step import Attach, Send, Step
from signaling.store import sessions as rows
from signaling.store.database import Database
from tests.signaling.server import settings


class Page:
    """The receiving end."""

    def __init__(self, awaited: int) -> None:
        self.heard: list[str] = []
        self.all = asyncio.Event()
        self._awaited = awaited

    def send(self, text: str) -> None:
        """Keep it."""
        self.heard.append(text)
        if len(self.heard) == self._awaited:
            self.all.set()

    def close(self, code: int) -> None:
        """Keep it."""
        self.heard.append(str(code))


def test_a_message_that_cannot_be_sent_is_skipped_and_logged_without_what_it_says(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Page(awaited=5)

    async def steps() -> None:
        database = Database(data / DATABASE, 5)
        desk = Desk(settings(data), database, LiveSite())
        link = Link(page, "customer", "ann", "one")
        for position in (1, -1, 2):
            step = Step()
            step.writes.append(rows.representative_moved(Representative(id="Bob", name="Bob")))
            if position == 1:
                step.effects.append(Attach(link.peer, page))
            message = {"type": "position", "position": position, "secret": "hush"}
            if position > 0:
                del message["secret"]
            step.effects.append(Send(("ann",), TO_CUSTOMER, message))
            step.effects.append(Send(("ann",), TO_CUSTOMER, {"type": "ping"}))
            desk.perform(step)
        await page.all.wait()
        database.close()

    asyncio.run(asyncio.wait_for(steps(), 60))
    position, ping = '{{"position":{},"type":"position"}}', '{"type":"ping"}'
    assert page.heard == [position.format(1), ping, ping, position.format(2), ping]
    printed = capsys.readouterr()
    assert "unsendable" in printed.out + printed.err
    assert "hush" not in printed.out + printed.err
