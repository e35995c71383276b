"""A page renders soon, once for many changes, and for no more than half of its time."""

from deskside.ui.rendering import LONGEST_PAUSE, Rendering
from tests.ui.fakes import FakeHost


class Page:
    """Its renderings take `cost` milliseconds."""

    def __init__(self, cost: float = 0.0) -> None:
        self.host = FakeHost()
        self.cost = cost
        self.spent = 0.0
        self.rendered: list[float] = []
        self.rendering = Rendering(self.host.later, lambda: self.host.time + self.spent, self._render)

    def _render(self) -> None:
        self.rendered.append(self.host.time)
        self.spent += self.cost


def test_many_changes_of_one_moment_are_one_rendering() -> None:
    page = Page()
    for _ in range(5):
        page.rendering.changed()
    assert page.rendered == []
    page.host.wait()
    assert len(page.rendered) == 1
    page.rendering.changed()
    page.host.wait()
    assert len(page.rendered) == 2


def test_after_each_the_page_has_as_long_for_something_else() -> None:
    page = Page(20.0)
    page.rendering.changed()
    page.host.wait()
    page.rendering.changed()
    page.host.wait(19.0)
    assert len(page.rendered) == 1
    page.host.wait(1.0)
    assert len(page.rendered) == 2


def test_one_that_took_for_ever_holds_up_the_next_one_for_a_moment() -> None:
    page = Page(10_000.0)
    page.rendering.changed()
    page.host.wait()
    page.rendering.changed()
    page.host.wait(LONGEST_PAUSE)
    assert len(page.rendered) == 2


def test_the_next_key_does_not_wait() -> None:
    page = Page(20.0)
    page.rendering.changed()
    page.host.wait()
    page.rendering.settle()
    assert len(page.rendered) == 1, "nothing has changed"
    page.rendering.changed()
    page.rendering.settle()
    assert len(page.rendered) == 2
    page.host.wait(1000.0)
    assert len(page.rendered) == 2, "it was rendered already"
