"""What can happen to a session, and how it is made to happen. Each fault says when the way was clear again."""

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.faults.home import moment
from tests.faults.scene import Scene

MEGABYTE = 1 << 20
HOUR = 3_600_000


class Fault(NamedTuple):
    """`strike` makes it happen, takes as long as it lasts, and returns when it was over: milliseconds since the epoch,
    0 for what lasts until the end. `draw` chooses its measure in a random run."""

    name: str
    strike: Callable[[Scene, float], float]
    measures: tuple[float, ...]
    """Those of the table, each a line of its own."""
    draw: Callable[[random.Random], float]
    unit: str = ""
    nat: str = "cone"
    file_size: int = 8 * MEGABYTE
    restarts: bool = False
    """The representative's page is another one afterwards."""

    def title(self, measure: float) -> str:
        """As the table calls it."""
        return f"{self.name} {measure:g} {self.unit}" if self.unit else self.name


def _loss(scene: Scene, percent: float) -> float:
    """Each way, of everything that the customer sends and gets."""
    scene.internet.wire("customer", loss=percent / 100)
    scene.wait(8)
    return 0


def _delay(scene: Scene, milliseconds: float) -> float:
    scene.internet.wire("customer", delay=milliseconds / 2000)
    scene.wait(6)
    return 0


def _cut(scene: Scene, seconds: float) -> float:
    scene.internet.wire("customer", cut=True)
    scene.wait(seconds)
    scene.internet.wire("customer", cut=False)
    return moment()


def _move(scene: Scene, _: float) -> float:
    scene.internet.move("customer")
    return moment()


def _relay_killed(scene: Scene, seconds: float) -> float:
    scene.relay.kill()
    scene.wait(seconds)
    scene.relay.start()
    return moment()


def _server_killed(scene: Scene, seconds: float) -> float:
    scene.kill_server()
    over = moment()  # the session needs no server
    scene.wait(seconds)
    scene.start_server()
    return over


def _browser_killed(scene: Scene, seconds: float) -> float:
    scene.representative.kill()
    scene.wait(seconds)
    scene.open_console()
    return moment()


def _clock_jumps(scene: Scene, hours: float) -> float:
    """The customer's clock is put forward, and the representative's back."""
    scene.customer.page.evaluate("(ahead) => setClock(ahead)", hours * HOUR)
    scene.representative.page.evaluate("(ahead) => setClock(ahead)", -hours * HOUR)
    scene.wait(4)
    return moment()


def _whole(first: int, last: int) -> Callable[[random.Random], float]:
    return lambda chance: chance.randint(first, last)


FAULTS = (
    Fault("loss", _loss, (1, 5, 20), _whole(1, 20), "%", file_size=MEGABYTE * 3 // 2),
    Fault("round trip", _delay, (20, 100, 300), _whole(20, 300), "ms"),
    Fault("cut", _cut, (10, 60), _whole(1, 20), "s"),
    Fault("address change", _move, (1,), _whole(1, 1)),
    Fault("relay killed", _relay_killed, (3,), _whole(0, 8), "s", "symmetric"),
    Fault("server killed", _server_killed, (3,), _whole(0, 8), "s"),
    Fault("browser killed", _browser_killed, (2,), _whole(0, 6), "s", restarts=True),
    Fault("clock jump", _clock_jumps, (1,), _whole(1, 20), "h"),
)
BY_NAME = {fault.name: fault for fault in FAULTS}
