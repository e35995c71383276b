"""Many arrivals: limited from one address, served from many."""

from pathlib import Path

from signaling import arrival, customers, presence, waiting
from signaling.hub import Hub
from signaling.settings import Settings
from signaling.site.document import Site as Document
from signaling.site.live import LiveSite
from signaling.step import Send, Step
from tests.signaling.server import serving, settings

MINUTE = 60_000
PROXY = {"trusted_proxies": ("127.0.0.1",)}


class Page:
    """The receiving end, which does not listen."""

    def send(self, text: str) -> None:
        """Nobody reads it."""

    def close(self, code: int) -> None:
        """Nothing is left to close."""


def hub_of(**site: object) -> Hub:
    """A hub with names that count."""
    names = iter(range(1 << 30))
    live = LiveSite(Document.model_validate(site))
    return Hub(lambda: f"id{next(names)}", lambda peer, now: [], live, Settings().max_waiting)


def arrive(hub: Hub, number: int, now: int) -> Step:
    """One customer presses `Start chat`."""
    link, step = presence.customer_arrived(hub, Page(), f"page{number}", None, None, "", now)
    fields = {"name": "", "question": "", "language": "en", "notifications": "denied"}
    customers.enter(hub, step, link, fields, now)
    return step


def kinds(step: Step) -> list[str]:
    """The messages of a step."""
    return [effect.message["type"] for effect in step.effects if isinstance(effect, Send) and effect.peers]


def test_one_address_gets_in_so_often_a_minute_and_others_are_served_all_the_while(data: Path) -> None:
    with serving(settings(data, new_sessions_per_address="5/minute", **PROXY)) as site:

        def outcome(address: str) -> str:
            page = site.page(additional_headers={"X-Forwarded-For": address})
            page.send("hello", role="customer", page=address.replace(".", "-") + str(id(page)))
            page.expect("welcome")
            page.enter()
            message = page.next()
            return str(message.get("code", message["type"]))

        assert [outcome("203.0.113.1") for _ in range(7)] == ["admitted"] * 5 + ["too_many"] * 2
        assert {outcome(f"198.51.100.{number}") for number in range(50)} == {"admitted"}
        assert outcome("203.0.113.1") == "too_many"


def test_five_thousand_from_everywhere_stand_in_the_order_in_which_they_came() -> None:
    hub = hub_of()
    for number in range(5000):
        assert kinds(arrive(hub, number, 1 + number * MINUTE // 5000)) == ["welcome", "admitted", "queued", "step"]
    assert [session.position for session in hub.queue] == list(range(1, 5001))
    assert hub.arriving_and_waiting() == 5000


def test_five_thousand_are_told_of_a_change_in_parts_and_each_once() -> None:
    hub = hub_of(orphaned={"takes_messages": False})
    for number in range(5000):
        arrive(hub, number, 1)
    for session in hub.sessions.values():
        session.told = {}  # as if the words had changed
    arrival.site_changed(hub, Step(), 2)
    told: list[str] = []
    while hub.again or hub.news:
        step = arrival.catch_up(hub, 200, 2)
        steps = [
            effect.peers for effect in step.effects if isinstance(effect, Send) and effect.message["type"] == "step"
        ]
        assert len(steps) <= 200
        told += [peer for peers in steps for peer in peers]
    assert len(told) == len(set(told)) == 5000


def test_places_behind_the_head_are_told_in_parts() -> None:
    hub = hub_of()
    for number in range(1200):
        arrive(hub, number, 1)
    first = next(iter(hub.queue))
    hub.leave_queue(Step(), first)
    parts = []
    done = False
    while not done:
        step = Step()
        done = waiting.tell_places(hub, step, 2)
        parts.append(len(kinds(step)))
    assert max(parts) <= waiting.SWEEP
    assert sum(parts) == 1199 - 20
