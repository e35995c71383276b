"""A picture that stands still bears its age on the console, is announced once, and goes away with the session."""

from typing import Any

from deskside.ui.console.screen import Screen
from tests.ui.fakes import FakeHost
from tests.ui.fakes_peer import FakeTrack
from tests.ui.fakes_window import FakePlayer
from tests.ui.two_pages import TwoPages


class Shown:
    """A screen that is shared and shown in an element of the page."""

    def __init__(self, host: FakeHost | None = None) -> None:
        self.host = host or FakeHost()
        self.screen = Screen(self.host, lambda: None)
        self.screen.announced(True, "screen")
        self.screen.track_received(FakeTrack())
        self.said = 0
        self.show("video")

    def show(self, video: str | None) -> None:
        self.screen.show_in(video)

    @property
    def player(self) -> FakePlayer:
        player: Any = self.screen._player
        assert isinstance(player, FakePlayer)
        return player

    def wait(self, seconds: int, pictures: bool = False) -> "Shown":
        for _ in range(seconds):
            self.host.time += 1000.0
            self.player.pictures += pictures
            self.said += self.screen.tick() and self.screen.is_old
        return self

    def state(self, connected: bool = True) -> tuple[str, int]:
        found = self.screen.state(False, "Casey", connected, False)
        return found["state"], found["age"]


def test_a_picture_that_moves_has_no_age() -> None:
    shown = Shown().wait(60, pictures=True)
    assert shown.state() == ("live", 0) and not shown.said


def test_a_picture_that_stands_still_grows_older_and_is_announced_once() -> None:
    shown = Shown().wait(3, pictures=True).wait(4)
    assert shown.state() == ("live", 0)
    assert not shown.said
    assert shown.wait(8).state() == ("still", 12)
    assert shown.wait(60).state() == ("still", 72)
    first = shown.said
    assert shown.wait(1, pictures=True).state() == ("live", 0)
    assert shown.wait(9).state() == ("still", 9)
    assert (first, shown.said) == (1, 2)


def test_where_the_other_page_is_not_reached_the_age_is_told_at_once() -> None:
    shown = Shown().wait(2, pictures=True)
    assert shown.state(connected=False) == ("frozen", 0)
    assert shown.wait(2).state(connected=False) == ("frozen", 2)


def test_a_clock_that_is_set_changes_no_age() -> None:
    shown = Shown().wait(2, pictures=True).wait(3)
    shown.host.off = 3_600_000.0
    assert shown.wait(3).state() == ("still", 6)


def test_a_session_that_is_looked_at_again_shows_no_age_of_before() -> None:
    shown = Shown().wait(2, pictures=True)
    shown.show(None)
    shown.host.time += 300_000.0
    shown.show("video")
    assert shown.state() == ("live", 0)


def test_a_new_track_has_no_age_of_the_one_before() -> None:
    shown = Shown().wait(1, pictures=True).wait(30)
    shown.screen.track_received(FakeTrack())
    assert shown.state() == ("starting", 0) or shown.screen._player is None
    shown.show("video")
    assert shown.state() == ("live", 0)


def test_nothing_is_shown_of_what_is_not_shared() -> None:
    shown = Shown().wait(1, pictures=True).wait(30)
    shown.screen.ended()
    assert shown.state() == ("stopped", 0)
    shown.screen.tick()
    assert not shown.screen.is_old


def test_the_picture_goes_with_the_session() -> None:
    pages = TwoPages().join()
    desk = pages.representative
    desk.request_screen()
    pages.run()
    pages.customer.allow(pages.customer.permissions.pending(pages.customer_host.now())[0]["id"])
    pages.customer_host.pickers[-1].choose()
    pages.run()
    desk.track_received(desk.peer, FakeTrack())
    desk.screen.show_in("video")
    pages.tick(3)
    assert "status" not in desk.page.state
    pages.tick(3)
    assert desk.page.state["status"] == "The picture stands still."
    desk.finish("customer_gone")
    assert desk.screen.state(False, "", False, True)["state"] == "stopped"
    assert desk.screen._player is None
