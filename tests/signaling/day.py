"""A desk with customers, a staff and a disk, without WebSockets: what random tests play with."""

import json
from contextlib import suppress
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from signaling import arrival, presence
from signaling.hub import Hub
from signaling.secrets import digest
from signaling.session import Link
from signaling.site.document import Site
from signaling.site.live import LiveSite, Notice
from signaling.step import Refusal, Send, Step
from signaling.store import sessions as rows
from signaling.store.tables import metadata
from signaling.store.tables import representatives as representatives_table

PEOPLE = ("ann", "dan", "eve")
STAFF = {"bob": frozenset({"general"}), "cleo": frozenset[str]()}
TEAMS = {
    "teams": ({"id": "general", "name": "General"}, {"id": "printers", "name": "Printers"}),
    "issues": ({"id": "ink", "name": {"en": "Ink"}, "team": "printers"},),
}


class Page:
    """A customer's browser: what it was told, and the token that it keeps."""

    def __init__(self) -> None:
        self.link: Link | None = None
        self.token = ""
        self.name = ""
        self.state = "new"
        self.step: dict[str, Any] = {}
        self.reasons: list[str] = []

    def send(self, text: str) -> None:
        """The hub's effects are read instead."""

    def close(self, code: int) -> None:
        """It does not come back by itself."""

    def hear(self, message: dict[str, Any]) -> None:
        """What the server says."""
        kind = message["type"]
        if kind == "welcome":
            self.state = message["state"]
        elif kind == "admitted":
            self.token, self.state = message["token"], "arriving"
        elif kind == "queued":
            self.state = "queued"
        elif kind == "joined":
            self.state, self.step = "active", {}
        elif kind == "step":
            self.step = {key: value for key, value in message.items() if key != "type"}
        elif kind == "ended":
            self.state = "ended"
            self.reasons.append(message["reason"])


class Desk(RuleBasedStateMachine):
    """Steps are carried out at once: written, told, and whoever is to be looked at again is."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            for id, teams in STAFF.items():
                person = {"id": id, "name": id, "name_key": id, "password_hash": "", "administrator": False}
                more = {"created_at": 0, "teams": json.dumps(sorted(teams)), "session_limit": 2}
                connection.execute(representatives_table.insert().values(person | more))
        self.now = 1_700_000_000_000
        self.names = iter(range(1 << 30))
        self.site = LiveSite(Site.model_validate(TEAMS))
        self.chosen: dict[str, Any] = {}
        self.published: dict[str, Notice] = {}
        self.hub = self.new_hub()
        self.pages = {name: Page() for name in PEOPLE}
        self.staff: dict[str, Link] = {}
        self.agreed: set[str] = set()
        self.asked: set[str] = set()

    def new_hub(self) -> Hub:
        """A server that knows nothing yet."""
        return Hub(lambda: f"id{next(self.names)}", lambda peer, now: [], self.site, 100)

    def perform(self, step: Step) -> None:
        """Write, then tell, then catch up."""
        with self.engine.begin() as connection:
            for statement in step.writes:
                connection.execute(statement)
        for effect in step.effects:
            if isinstance(effect, Send):
                for page in self.pages.values():
                    if page.link and page.link.current and page.link.peer in effect.peers:
                        page.hear(effect.message)
        if self.hub.again or self.hub.news:
            self.perform(arrival.catch_up(self.hub, 2, self.now))

    def ask(self, handler: Any, link: Link, message: dict[str, Any]) -> None:
        """A message from a page; refusing it is fine."""
        step = Step()
        with suppress(Refusal):
            handler(self.hub, step, link, message, self.now)
        self.perform(step)

    def come(self, name: str, resume: bool) -> None:
        """A customer's page says `hello`, with its token or without."""
        page = self.pages[name]
        key = digest(page.token) if resume and page.token else ""
        session = self.hub.by_token.get(key)
        with self.engine.connect() as connection:
            past = rows.past(key, connection) if key and not session else None
        page.step = {}
        page.name = page.name or f"page{next(self.names)}"
        page.link, step = presence.customer_arrived(self.hub, page, page.name, session, past, key, self.now)
        self.perform(step)
