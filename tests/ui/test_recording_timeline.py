"""The recorder's copy of the record, from real chains: everything in order, and nothing of a pause, ever."""

from typing import Any

from deskside.core.messages import FROM_CUSTOMER, TO_CUSTOMER
from tests.ui.fakes_recorder import FakeRecorder
from tests.ui.pages import FakeSignaling
from tests.ui.two_pages import TwoPages


class Recorded(TwoPages):
    """Two pages, and a recorder that holds what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.disk: list[dict[str, Any]] = []
        self._attach()

    def _attach(self) -> None:
        page: Any = self.customer.page
        page.signaling = FakeSignaling(FROM_CUSTOMER, TO_CUSTOMER)
        page.signaling.is_open = True
        self.customer_host.device["session"] = "s1"

    @property
    def recorder(self) -> FakeRecorder:
        return self.customer_host.recorders[-1]

    def record(self) -> "Recorded":
        """The server says that there is a recorder, and that one takes the connection."""
        self.customer.recording.told({"available": True})
        return self.take()

    def take(self) -> "Recorded":
        self.recorder.describe()
        self.customer.recording.answered({"id": self.recorder.id, "sdp": "answer"})
        return self.store()

    def store(self) -> "Recorded":
        """What was sent is on the recorder's disk, and it says so."""
        self.run()
        while True:
            self.disk += self.recorder.entries
            self.recorder.entries = []
            self.recorder.know(self.disk[-1]["number"] if self.disk else 0)
            self.run()
            if not self.recorder.entries:
                return self

    def reload(self) -> "Recorded":
        self.customer.leaving()
        self.reload_customer()
        self._attach()
        return self

    def messages(self) -> list[str]:
        numbers = [entry["number"] for entry in self.disk]
        assert numbers == sorted(set(numbers)), "each once, and in order"
        return [entry["text"] for entry in self.disk if entry["kind"] == "message"]


def recorded() -> Recorded:
    pages = Recorded()
    pages.join()
    return pages.record()


def test_the_recorder_has_every_entry_of_the_record() -> None:
    pages = recorded()
    pages.write("one").run().write("two", "representative").run()
    pages.store()
    assert [entry["number"] for entry in pages.disk] == list(range(1, len(pages.customer.record.chain.records) + 1))
    assert pages.messages() == ["one", "two"]
    assert [entry["text"] for entry in pages.disk if entry["kind"] == "event"] == ["recording_started"]


def test_what_was_said_before_the_recorder_came_is_there_too() -> None:
    pages = Recorded()
    pages.join()
    pages.write("early").run()
    pages.record()
    assert pages.messages() == ["early"]


def test_what_was_said_while_the_line_to_the_recorder_was_cut_follows() -> None:
    pages = recorded()
    pages.recorder.become("failed")
    pages.write("meanwhile").tick(2)
    pages.take()
    assert pages.messages() == ["meanwhile"]


def test_a_long_record_goes_through_in_pieces() -> None:
    pages = Recorded()
    pages.join()
    for number in range(100):
        pages.write(f"message {number}")
    pages.run()
    pages.record()
    assert pages.messages() == [f"message {number}" for number in range(100)]


def test_nothing_of_a_pause_reaches_the_recorder() -> None:
    pages = recorded()
    pages.write("before").run()
    pages.store()
    pages.customer.recording.pause()
    pages.write("secret").run().write("secret too", "representative").run()
    pages.customer.recording.resume()
    pages.take()
    pages.write("after").run()
    pages.store()
    assert pages.messages() == ["before", "after"]
    assert [entry["text"] for entry in pages.disk if entry["kind"] == "event"] == [
        "recording_started",
        "recording_resumed",
    ]


def test_nothing_of_a_pause_reaches_the_recorder_after_a_reload_either() -> None:
    pages = recorded()
    pages.customer.recording.pause()
    pages.write("secret").run()
    pages.reload()
    pages.customer.recording.told({"available": True})
    pages.write("secret too").run()
    assert pages.customer_host.recorders == []
    pages.customer.recording.resume()
    pages.take()
    pages.write("after").run()
    pages.store()
    pages.reload().record()
    assert pages.messages() == ["after"]


def test_a_recorder_that_lost_its_disk_gets_everything_but_the_pause_again() -> None:
    pages = recorded()
    pages.write("before").run()
    pages.customer.recording.pause()
    pages.write("secret").run()
    pages.reload()
    pages.disk = []
    pages.customer.recording.told({"available": True})
    pages.customer.recording.resume()
    pages.take()
    assert pages.messages() == ["before"]


def test_a_file_that_ends_during_a_pause_is_not_told_to_end() -> None:
    pages = recorded()
    offer = {"type": "file_offer", "id": "f1", "name": "a.txt", "size": 5, "mime": "", "at": 1}
    pages.customer.transfers.acceptance.offered(offer)
    pages.run()
    pages.store()
    pages.customer.recording.pause()
    pages.customer.transfers.ended({"id": "f1", "reason": "cancelled"})
    pages.run()
    assert any(record["kind"] == "file_end" for record in pages.customer.record.chain.records)
    pages.customer.recording.resume()
    pages.take()
    assert [entry["kind"] for entry in pages.disk if entry["kind"].startswith("file")] == ["file"]


def test_without_webcrypto_there_is_a_picture_and_no_timeline() -> None:
    pages = Recorded()
    pages.customer_host.crypto = pages.customer.record.crypto = None
    pages.join()
    pages.record()
    pages.write("one").run()
    pages.store()
    assert pages.disk == [] and pages.customer.recording.state()["state"] == "on"
