"""A conversation that goes on over midnight says where another day begins, once, wherever the log is drawn from."""

from typing import Any

from deskside.ui.conversation import Conversation
from deskside.ui.element import Root
from deskside.ui.log import MOST_SHOWN, PIECE, SHOWN_AT_FIRST, LogView
from tests.ui.fakes import FakeHost
from tests.ui.fakes_dom import FakeDom
from tests.ui.pages import T

HOUR = 3_600_000.0
# 1_700_000_000_000 is 23:13 in the zone of the device.
WEDNESDAY = "Wednesday, 15 November 2023"


class Page:
    """A log on a page of its own."""

    def __init__(self) -> None:
        self.host = FakeHost()
        self.conversation = Conversation(self.host, "s1", self)
        self.dom = FakeDom()
        self.root = Root(self.dom, self.dom.place)
        self.log = LogView(self.root, T, lambda: None)

    def attach(self) -> "Page":
        self.root.render(("div", {"ref": "log", "key": "log"}))
        self.log.attach(self.conversation)
        self.host.wait(0)
        return self

    def earlier(self) -> None:
        self.log._show_earlier()
        self.host.wait(0)

    def write(self, text: str, hours: float = 0.0) -> "Page":
        self.host.wait(hours * HOUR)
        self.conversation.write(text)
        assert self.conversation.send("You")
        return self

    def changed(self) -> None:
        pass

    def entry_changed(self, conversation: Conversation, entry: dict[str, Any]) -> None:
        self.log.put(conversation, entry)

    @property
    def lines(self) -> list[str]:
        """What the log shows: the words of a day, or the text of a message."""
        return [written(child, "time" if child.attributes["class"] == "day" else "text") for child in self.shown]

    @property
    def shown(self) -> list[Any]:
        return list(self.root.refs["log"].children)


def written(node: Any, of: str) -> str:
    if node.tag == of or of in node.attributes.get("class", "").split():
        return "".join(str(child.text) for child in node.children)
    return "".join(written(child, of) for child in node.children)


def test_one_day_needs_no_line() -> None:
    page = Page().attach().write("a").write("b", 0.5)
    assert page.lines == ["a", "b"]


def test_another_day_begins_with_a_line_that_bears_its_date() -> None:
    page = Page().attach().write("a").write("b", 1).write("c").write("d", 24)
    assert page.lines == ["a", WEDNESDAY, "b", "c", "Thursday, 16 November 2023", "d"]
    (time,) = [child for child in page.shown[1].children if child.tag == "time"]
    assert time.attributes["datetime"] == "2023-11-15"


def test_a_change_of_an_entry_adds_no_second_line() -> None:
    page = Page().attach().write("a").write("b", 1)
    entry = page.conversation.entries[page.conversation.order[1]]
    entry["state"] = "delivered"
    page.conversation.add(entry)
    assert page.lines == ["a", WEDNESDAY, "b"]


def test_a_log_that_is_drawn_again_shows_the_same_days() -> None:
    page = Page().write("a").write("b", 1).attach()
    assert page.lines == ["a", WEDNESDAY, "b"]
    page.log.redraw()
    assert page.lines == ["a", WEDNESDAY, "b"]


def test_a_device_that_is_in_another_zone_now_moves_the_line() -> None:
    page = Page().attach().write("a").write("b", 1)
    page.host.zone_hours = -8
    page.conversation.say_times_again()
    page.log.redraw()
    assert page.lines == ["a", "b"]
    page.host.zone_hours = 1
    page.conversation.say_times_again()
    page.log.redraw()
    assert page.lines == ["a", WEDNESDAY, "b"]


def test_earlier_entries_come_above_the_line_of_the_first_that_was_shown() -> None:
    page = Page()
    for number in range(SHOWN_AT_FIRST):
        page.write(f"before {number}")
    page.write("first", 1)
    for number in range(SHOWN_AT_FIRST - 1):
        page.write(f"after {number}")
    page.attach()
    assert page.lines[:2] == [WEDNESDAY, "first"] and len(page.lines) == SHOWN_AT_FIRST + 1
    page.earlier()
    assert page.lines[0] == "before 0" and len(page.lines) == 2 * SHOWN_AT_FIRST + 1
    assert page.lines[SHOWN_AT_FIRST : SHOWN_AT_FIRST + 2] == [WEDNESDAY, "first"]


def test_a_page_that_is_written_full_shows_the_last_ones_and_the_others_when_asked_for() -> None:
    page = Page().attach()
    page.write("the very first")
    page.write("another day", 1)
    for number in range(2 * MOST_SHOWN):
        page.write(f"message {number}").attach()
        assert len(page.lines) <= MOST_SHOWN + 1
    assert page.lines[0] == f"message {MOST_SHOWN}" and page.lines[-1] == f"message {2 * MOST_SHOWN - 1}"
    for _ in range(10):
        page.earlier()
    assert page.lines[:3] == ["the very first", WEDNESDAY, "another day"]
    assert len(page.lines) == 2 * MOST_SHOWN + 3


def test_nothing_goes_while_somebody_reads_further_up_and_what_is_too_much_goes_afterwards() -> None:
    page = Page().attach()
    for number in range(MOST_SHOWN):
        page.write(f"message {number}")
    page.dom.at_end = False
    page.log.scrolled()
    for number in range(20):
        page.conversation.received({"type": "message", "id": f"id-{number}", "text": "hi", "at": 0})
    assert len(page.lines) == MOST_SHOWN + 20
    page.dom.at_end = True
    page.log.scrolled()
    for number in range(20):
        page.write(f"after {number}").attach()
    assert len(page.lines) == MOST_SHOWN and page.lines[0] == "message 40"
    page.conversation.acknowledged([{"type": "message", "id": page.conversation.order[0]}])
    assert page.lines[0] == "message 40", "what is not shown is not shown again by a change"


def test_a_log_that_grows_between_two_renderings_stays_at_its_end() -> None:
    page = Page().attach().write("a").attach()
    page.write("b")
    page.log.scrolled()  # as the browser tells of the last time, late
    page.dom.at_end = False  # it is longer by a line
    page.attach()
    assert page.dom.at_end


def test_a_reader_who_scrolls_up_between_two_renderings_is_left_alone() -> None:
    page = Page().attach().write("a").write("b").write("c").attach()
    page.conversation.received({"type": "message", "id": "id-1", "text": "hi", "at": 0})
    page.dom.at_end = False
    page.log.scrolled()
    page.conversation.received({"type": "message", "id": "id-2", "text": "hi", "at": 0})
    page.attach()
    assert not page.dom.at_end and page.conversation.talk["unseen"] == 2


def test_a_long_log_is_drawn_in_pieces_from_its_end_up() -> None:
    page = Page()
    for number in range(SHOWN_AT_FIRST):
        page.write(f"message {number}")
    page.root.render(("div", {"ref": "log", "key": "log"}))
    page.log.attach(page.conversation)
    assert page.lines == [f"message {number}" for number in range(SHOWN_AT_FIRST - PIECE, SHOWN_AT_FIRST)]
    page.write("meanwhile")
    page.host.wait(0)
    assert page.lines == [f"message {number}" for number in range(SHOWN_AT_FIRST)] + ["meanwhile"]
