"""What recording costs, and what is left of a recording when things go wrong.

    python -m tests.bench.recorder [--json] [--seconds N] [--connections N] [--minutes N] [--only NAME ...]

Pages are real connections that send a screen of 1280x800, 12 pictures a second, encoded once. The processor time of a
recorded minute, as the kernel counts it, stands beside that of aiortc's MediaRecorder on the same screen in the same
run: the target is a twentieth. Pictures that did not get into the file count as not recorded: MediaRecorder encodes
where it should receive, loses packets, and freezes. `--minutes` is how long the memory is watched. The load of the
machine is given because others' work makes times longer, and processor time a little.
"""

import argparse
import asyncio
import json
import os
from collections.abc import Awaitable, Callable

from tests.bench.recorder_scenes import Figures, clocks, killed, lossy, many, reference
from tests.bench.recorder_screen import screen

TARGET = 1 / 20
MOST, USUAL = 2_000_000, 600_000
"""Bits a second of a page that sends as much as it may, and of one on which somebody works."""
SCENES = ("alone", "many", "memory", "killed", "lossy", "clocks")


async def measure(options: argparse.Namespace) -> dict[str, Figures]:
    """All figures that are asked for."""
    busy, usual = screen(MOST), screen(USUAL)

    async def alone() -> Figures:
        theirs = await reference(options.seconds, busy)
        ours = await many(1, options.seconds, busy)
        ratio = ours["cpu seconds per recorded minute"] / theirs["cpu seconds per recorded minute"]
        named = {f"MediaRecorder's {name}": value for name, value in theirs.items()}
        return ours | named | {"ratio": ratio, "target": TARGET}

    scenes: dict[str, Callable[[], Awaitable[Figures]]] = {
        "alone": alone,
        "many": lambda: many(options.connections, options.seconds, usual),
        "memory": lambda: many(4, options.minutes * 60, usual),
        "killed": lambda: killed(options.kills),
        "lossy": lambda: lossy(busy),
        "clocks": lambda: clocks(20),
    }
    figures: dict[str, Figures] = {}
    for name in options.only:
        before = os.getloadavg()[0]
        figures[name] = await scenes[name]()
        figures[name] |= {"load before": before, "load after": os.getloadavg()[0]}
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="tests.bench.recorder", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--connections", type=int, default=40)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--only", nargs="+", choices=SCENES, default=SCENES)
    options = parser.parse_args()
    figures = asyncio.run(measure(options))
    if options.json:
        print(json.dumps(figures))
        return
    for name, found in figures.items():
        print(name)
        for what, value in found.items():
            print(f"  {what:42} {value:10.3f}" if value % 1 else f"  {what:42} {value:10.0f}")


if __name__ == "__main__":
    main()
