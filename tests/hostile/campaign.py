"""All attacks on one stage, and what may not be in the server's log afterwards."""

from collections.abc import Callable, Iterator

from tests.bench.server_process import cpu_seconds, memory
from tests.hostile import pages, recorder, server
from tests.hostile.finding import Finding
from tests.hostile.frames import MARK, Forge, Frame
from tests.hostile.pages import Act
from tests.hostile.scene import Stage

PER_FRAME = 0.02
"""Seconds of a processor that the server may spend on a frame, with the visit that it came in."""
PER_MEGABYTE = 0.5
_GROWS_BY = 48 << 20
"""Bytes that the server's process may have more after an act; most of them are kept by its allocator."""
Make = Callable[[str], Forge]


def against_the_server(stage: Stage, make: Make, wrong: int) -> Iterator[Act]:
    """Everybody who has a WebSocket, in every state; an honest session goes on beside them."""
    server.are_shut_out(stage.site)
    honest = server.Bystanders(stage.site, "deskside=Enno-1")
    visitors = server.Visitors(stage.site, "deskside=Dora-1")
    for state in server.STATES:
        title = f"{state.name} against the server"
        process = stage.server.process
        spent, held = cpu_seconds(process.pid), memory(process.pid)
        sent: list[Frame] = []
        try:
            sent = list(server.attack(visitors, state, make(title), wrong))
            honest.are_served()
            if process.poll() is not None:
                raise Finding("it has ended", sent)
            spent, held = cpu_seconds(process.pid) - spent, memory(process.pid) - held
            size = sum(len(frame.data) for frame in sent)
            allowed = 1 + len(sent) * PER_FRAME + size / 1e6 * PER_MEGABYTE
            if spent > allowed:
                raise Finding(f"it was busy for {spent:.1f} s; {allowed:.1f} are allowed", sent)
            if held > _GROWS_BY:
                raise Finding(f"it has grown by {held >> 20} MiB", sent)
        except Finding as finding:
            finding.act = title
            raise
        yield Act(title, sent)
    has_told_nothing(stage)


def has_told_nothing(stage: Stage) -> None:
    """The log of the server has neither what anybody wrote nor an error that nobody has thought of."""
    lines = stage.server.logged().splitlines()
    for line in lines:
        for word in (MARK, "Traceback", '"exception"', "correct horse"):
            if word in line:
                raise Finding(f"the log of the server has {word!r}: {line[:2000]}", [])


def of_a_server_against_the_recorder(stage: Stage, make: Make, wrong: int) -> Iterator[Act]:
    """A recorder of its own, and the server that it comes to."""
    yield from recorder.of_a_server(stage.a_folder(), make, wrong)


BOUTS: dict[str, Callable[[Stage, Make, int], Iterator[Act]]] = {
    "the server": against_the_server,
    "the recorder": of_a_server_against_the_recorder,
    "pages, by their server": pages.of_a_server,
    "a console, by a customer": pages.against_a_console,
    "a customer's page, by a representative": pages.against_a_customer,
}
"""What is attacked, and by whom. Each begins with an empty browser."""
