"""Sessions under the faults of real networks, and what comes of them.

    python -m tests.faults [--runs N] [--seed S] [--only FAULT] [--json]

Without `--runs` every fault of the table is tried once; with it, so many are drawn by lot, together with a line that
loses and delays something anyhow. In each run both sides write numbered messages all the time and the customer sends a
file; at the end both logs and the file are compared. The exit code is 1 when something was lost, doubled or altered.

`recovery` is the time from the end of the fault to the first message that was written after it and arrived, the later
one of both directions. `signaling` is the time until both pages had heard from a server that was killed. Chat times
are those of all messages of the run, one way, from the key press to the other page's log; where the line was cut, so
was the chat.
"""

import argparse
import json
import statistics
import sys
import time

from playwright.sync_api import sync_playwright

from tests.faults.faults import BY_NAME, FAULTS
from tests.faults.internet import obstacle
from tests.faults.scene import built
from tests.faults.trial import Outcome, Trial, drawn, run

_HEAD = f"{'fault':46} {'recovery':>9} {'signaling':>10} {'chat median':>12} {'p99':>10} {'messages':>9}  outcome"


def trials(runs: int, seed: int, only: list[str]) -> list[Trial]:
    """What is to be tried."""
    faults = tuple(BY_NAME[name] for name in only) or FAULTS
    if runs:
        return [drawn(faults, seed + number) for number in range(runs)]
    return [Trial(fault, measure, seed) for fault in faults for measure in fault.measures]


def line(outcome: Outcome) -> str:
    """A line of the table."""
    recovery = "" if outcome.recovery is None else f"{outcome.recovery:.2f} s"
    signaling = "" if outcome.signaling is None else f"{outcome.signaling:.2f} s"
    said = "fine" if outcome.is_fine else f"seed {outcome.seed}: {'; '.join(outcome.problems)}"
    chat = f"{outcome.median:>9.0f} ms {outcome.p99:>7.0f} ms"
    return f"{outcome.title:46} {recovery:>9} {signaling:>10} {chat} {outcome.messages:>9}  {said}"


def summary(outcomes: list[Outcome]) -> str:
    """The last lines: medians by fault, and how many went wrong."""
    lines = []
    for name in BY_NAME:
        found = [one.recovery for one in outcomes if one.title.startswith(name) and one.recovery is not None]
        if len(found) > 1:
            middle = f"median of {len(found)}"
            lines.append(f"{name}: recovery {statistics.median(found):.2f} s ({middle}), at most {max(found):.2f} s")
    wrong = sum(not one.is_fine for one in outcomes)
    lines.append(
        f"{len(outcomes)} runs, {sum(one.messages for one in outcomes)} messages, {wrong} runs with something wrong"
    )
    return "\n".join(lines)


def main() -> int:
    """Try all, and print as it goes."""
    parser = argparse.ArgumentParser(
        prog="tests.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=0, help="so many, drawn by lot")
    parser.add_argument("--seed", type=int, default=1, help="of the first run; each next run has the next one")
    parser.add_argument("--only", action="append", default=[], choices=BY_NAME, help="only this fault; may be repeated")
    parser.add_argument("--json", action="store_true", help="print one JSON object a run")
    options = parser.parse_args()
    why = obstacle()
    if why:
        print(f"The faults of networks cannot be made here: {why}.", file=sys.stderr)
        return 2
    outcomes = []
    started = time.monotonic()
    if not options.json:
        print(_HEAD, flush=True)
    with built() as app, sync_playwright() as playwright:
        for trial in trials(options.runs, options.seed, options.only):
            outcomes.append(run(playwright, app, trial))
            print(json.dumps(outcomes[-1].as_dict()) if options.json else line(outcomes[-1]), flush=True)
            if outcomes[-1].pages and not options.json:
                print("\n".join(outcomes[-1].pages), flush=True)
    if not options.json:
        print(f"\n{summary(outcomes)}, {time.monotonic() - started:.0f} s")
    return 1 if any(not one.is_fine for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
