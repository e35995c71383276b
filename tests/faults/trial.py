"""One trial: a session, numbered chat both ways and a file, a fault in the middle, and what both have at the end."""

import random
import re
import statistics
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Playwright

from tests.faults.faults import Fault
from tests.faults.home import Home, moment
from tests.faults.scene import RATE, Scene

EVERY = 250
"""Milliseconds between two messages of a page."""
_CHATTER = re.compile(r"(customer|representative) \d+$|- paragraph:?$|- time: |- text: (Read|Delivered|Sent)$")
LAST_MOMENT = 1000
"""Milliseconds that a page has to put what was typed onto the disk."""
PACKET = 1150
"""Bytes of a file in one packet."""
PATIENCE = 180.0
"""Seconds until everything has to be there, once the fault is over."""


@dataclass
class Trial:
    """What is to be tried. `loss` (percent) and `round_trip` (ms) are how the customer's line is anyhow."""

    fault: Fault
    measure: float
    seed: int
    loss: float = 0
    round_trip: float = 0

    @property
    def title(self) -> str:
        """As the table calls it."""
        usual = [f"{self.loss:g} % loss"] * (self.loss > 0) + [f"{self.round_trip:g} ms"] * (self.round_trip > 0)
        return self.fault.title(self.measure) + (f" (with {', '.join(usual)})" if usual else "")

    @property
    def file_size(self) -> int:
        """What arrives in time over such a line, where that is less than the fault asks for: a connection that loses
        a part p of its packets carries about 1.22 / sqrt(p) of them for each round trip (Mathis et al. 1997)."""
        loss = self.measure if self.fault.name == "loss" else self.loss
        round_trip = self.measure if self.fault.name == "round trip" else self.round_trip
        if not loss or not round_trip:
            return self.fault.file_size
        carried = PACKET / (round_trip / 1000) * 1.22 / (loss / 100) ** 0.5
        return min(self.fault.file_size, int(carried * PATIENCE / 4))


@dataclass
class Outcome:
    """What came of it. Times are in milliseconds, `recovery` in seconds from the end of the fault to the first
    message that was written after it, the later one of both directions; `signaling` until both pages had heard from the
    server again."""

    title: str
    seed: int
    messages: int = 0
    problems: list[str] = field(default_factory=list)
    recovery: float | None = None
    signaling: float | None = None
    median: float = 0
    p99: float = 0
    file: str = ""
    pages: list[str] = field(default_factory=list)
    """Where something went wrong: what both pages showed then."""

    @property
    def is_fine(self) -> bool:
        """Nothing lost, nothing twice, the file as it was."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def drawn(faults: tuple[Fault, ...], seed: int) -> Trial:
    """The trial of this seed."""
    chance = random.Random(seed)
    fault = chance.choice(faults)
    measure = fault.draw(chance)
    loss = 0 if fault.name == "loss" else chance.choice((0, 0, 1, 2))
    round_trip = 0 if fault.name == "round trip" else chance.choice((0, 20, 60, 100))
    return Trial(fault, measure, seed, loss, round_trip)


def run(playwright: Playwright, app: Path, trial: Trial) -> Outcome:
    """Try it. What goes wrong is in the outcome, never raised."""
    outcome = Outcome(trial.title, trial.seed)
    try:
        with Scene(playwright, app, trial.fault.nat) as scene:
            try:
                _play(scene, trial, outcome)
            except (AssertionError, Error) as error:
                outcome.problems.append(str(error).splitlines()[0])
                outcome.pages = [_shown(home) for home in (scene.customer, scene.representative)]
            outcome.problems += scene.customer.errors + scene.representative.errors
    except (AssertionError, Error, RuntimeError) as error:
        outcome.problems.append(f"the scene could not be set: {str(error).splitlines()[0]}")
    return outcome


def _shown(home: Home) -> str:
    try:
        lines = home.page.locator("body").aria_snapshot().splitlines()
    except Error as error:
        return f"{home.name}: {error}"
    shown = [line for line in lines if not _CHATTER.search(line)]
    return "\n".join([f"{home.name}:", *shown])


def _play(scene: Scene, trial: Trial, outcome: Outcome) -> None:
    people = (scene.customer, scene.representative)
    scene.meet()
    for number, home in enumerate(people):
        scene.internet.wire(home.name, rate=RATE, seed=f"{trial.seed} {number}")
    scene.internet.wire("customer", loss=trial.loss / 100, delay=trial.round_trip / 2000)
    for home in people:
        home.start_chatter()
        home.chatter("begin", EVERY)
    digest = scene.offer("file.bin", trial.file_size, trial.seed)
    scene.accept_file.click()
    scene.wait(1)
    said = scene.representative.said() if trial.fault.restarts else {}
    struck = moment()
    over = trial.fault.strike(scene, trial.measure)
    if trial.fault.restarts:
        _resume_chatter(scene.representative, said)
    if over:
        outcome.recovery = _recovered(scene, over)
    scene.wait(2)
    for home in people:
        home.chatter("end")
    # What was typed in the last moment before a browser was killed may never have left it; then nobody has it.
    arrived = set(scene.customer.chatter("log"))
    said = {text: at for text, at in said.items() if at < struck - LAST_MOMENT or text in arrived}
    _compare(scene, trial, outcome, said)
    _take_file(scene, outcome, digest)
    if trial.fault.name == "server killed":
        scene.until("both pages hear from the server", lambda: all(_heard(home, over) for home in people), PATIENCE)
        outcome.signaling = max(min(_heard(home, over)) for home in people) / 1000


def _heard(home: Home, since: float) -> list[float]:
    return [at - since for at in home.sockets if at > since]


def _resume_chatter(home: Home, said: dict[str, float]) -> None:
    """The page is another one; its numbers go on behind all that the earlier one can have written."""
    home.page.get_by_role("textbox", name="Message", exact=True).wait_for()
    home.start_chatter(len(said) + 1000)
    home.chatter("begin", EVERY)


def _recovered(scene: Scene, over: float) -> float:
    """Seconds until both had a message that was written after the fault."""
    homes = (scene.customer, scene.representative)

    def times() -> list[float]:
        found = []
        for sender, receiver in (homes, homes[::-1]):
            said, heard = sender.said(), receiver.heard()
            found.append(min((heard[text] for text in said if said[text] >= over and text in heard), default=0))
        return found

    scene.until("a message gets through", lambda: all(times()), PATIENCE)
    return max(0.0, (max(times()) - over) / 1000)


def _compare(scene: Scene, trial: Trial, outcome: Outcome, said_before: dict[str, float]) -> None:
    """Every message in both logs, once, each side's in the order in which it was written."""
    homes = (scene.customer, scene.representative)
    said = [home.said() for home in homes]
    wanted = [*said[0], *said[1]]

    def everything() -> bool:
        logs: list[set[str]] = [set(home.chatter("log")) for home in homes]
        return all(text in log for log in logs for text in wanted)

    try:
        scene.until("every message in both logs", everything, PATIENCE)
    except AssertionError as error:
        outcome.problems.append(str(error))
    for home in homes:
        log = [text for text in home.chatter("log") if text.partition(" ")[0] in ("customer", "representative")]
        counts = Counter(log)
        if missing := [text for text in [*wanted, *said_before] if not counts[text]]:
            outcome.problems.append(f"{len(missing)} missing at {home.name}'s: {', '.join(missing[:5])}")
        if twice := [text for text in counts if counts[text] > 1]:
            outcome.problems.append(f"{len(twice)} twice at {home.name}'s: {', '.join(twice[:5])}")
        for author in homes:
            numbers = [int(text.split()[1]) for text in log if text.split()[0] == author.name]
            if numbers != sorted(numbers):
                outcome.problems.append(f"{author.name}'s messages are out of order at {home.name}'s")
    outcome.messages = len(wanted) + len(said_before)
    heard = [home.heard() for home in homes]
    late = sorted(
        heard[1 - who][text] - at for who in (0, 1) for text, at in said[who].items() if text in heard[1 - who]
    )
    if late:
        outcome.median = statistics.median(late)
        outcome.p99 = late[min(len(late) - 1, int(len(late) * 0.99))]


def _take_file(scene: Scene, outcome: Outcome, digest: str) -> None:
    """The file is there as it was. One that the representative's new page has to let in again is let in again."""
    before = scene.accept_file.count()
    if before:
        scene.accept_file.first.click()
    scene.until("the file arrives", partial(scene.arrived, 1), PATIENCE)
    if len(scene.representative.downloads) > 1:
        outcome.problems.append("the file has arrived twice")
    outcome.file = "the same" if scene.digest(0) == digest else "different"
    if outcome.file == "different":
        outcome.problems.append("the file is not what was sent")
