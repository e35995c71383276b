"""A long attack on a real server, real pages and a real recorder.

    python -m tests.hostile [--seed N] [--minutes M] [--only WORDS]

Everything is attacked in turn, in every state, by everybody who can reach it, with other frames in each round, until
the time is over. The same seed sends the same frames: only ids that belong to a session differ. A finding is printed
with the state in which it came and the last frames before it; the round and the words behind `round` and `--only` show
that part again: `--seed N --round R --only WORDS`. The exit code is 1 when there was one.
"""

import argparse
import logging
import sys
import time
from functools import partial

from playwright.sync_api import Error

from tests.hostile.campaign import BOUTS, has_told_nothing
from tests.hostile.finding import Finding
from tests.hostile.frames import Forge
from tests.hostile.scene import Stage, stage

WRONG = 4
"""Frames with something wrong in them, for each that is as it should be."""


def forge(seed: int, number: int, state: str) -> Forge:
    """The frames of this round in this state."""
    return Forge(f"{seed}/{number}/{state}")


def attack(on: Stage, seed: int, number: int, name: str) -> int:
    """One bout; how many findings it had."""
    started, sent = time.monotonic(), 0
    try:
        on.send_home()
        for act in BOUTS[name](on, partial(forge, seed, number), WRONG):
            sent += len(act.sent)
        has_told_nothing(on)
    except (Finding, AssertionError, Error) as found:
        print(f"FOUND in round {number}, --only {name!r}:\n{found}", flush=True)
        return 1
    print(f"round {number}: {name}: {sent} frames, {time.monotonic() - started:.0f} s", flush=True)
    return 0


def main() -> int:
    """Attack, and say what was found."""
    parser = argparse.ArgumentParser(
        prog="tests.hostile", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--round", type=int, default=1, help="the first one")
    parser.add_argument("--only", action="append", choices=BOUTS, help="only this; may be repeated")
    options = parser.parse_args()
    # It complains of lines that are cut, which is what a hostile visitor does.
    logging.getLogger("websockets.client").setLevel(logging.CRITICAL)
    print(f"seed {options.seed}", flush=True)
    end = time.monotonic() + 60 * options.minutes
    number, findings = options.round, 0
    with stage() as on:
        while time.monotonic() < end:
            for name in options.only or BOUTS:
                findings += attack(on, options.seed, number, name)
                if time.monotonic() >= end:
                    break
            number += 1
    print(f"seed {options.seed}: {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
