"""docs/way-in.md, drawn from the table of `deskside.core.way_in`: `python -m tests.way_in` writes it."""

from pathlib import Path

from deskside.core import way_in
from deskside.core.way_in import ARRIVING, EVENTS, FACTS, OVER, QUEUED, SESSION, STEPS, TABLE, Row

PATH = Path(__file__).parents[1] / "docs" / "way-in.md"
_QUIET = ("disconnected", "returned", "settings_changed", "end", "gone")
"""What can happen everywhere: said in the table, and left out of the picture."""
_TITLES = {
    "portal": "Portal",
    "start": "Start mode",
    "notifications": "Notifications",
    "agreement": "Customer agreement",
    "recording": "Session recording",
    "notice": "Customer notice",
    "queue": "Greeting and queue",
    "notice_while_waiting": "Customer notice while waiting",
    "orphaned": "Orphaned session",
    "session": "Session",
    "survey": "Exit survey",
    "ended": "Last page, with the reason",
}
_INTRODUCTION = """\
# The way in

From `Start chat` to the conversation, and to the last page. This page is drawn from the table in
`web/deskside/core/way_in.py` by `python -m tests.way_in`; a test fails when the two differ. The server leads through
it, and the pages show the step they are told: so a reload, a second tab, the back button, a lost line or a server that
was started again all lead to the same step.

## Picture

Diamonds are asked in their order; a step that has nothing to ask is not there. From every step up to the queue the
customer can leave (`left_queue`), and who is away for longer than the reconnect time is let go (`customer_gone`). When
settings, notices or who is there change, the way goes on from the same diamonds.
"""


def document() -> str:
    """The whole page."""
    parts = [_INTRODUCTION, _picture(), _facts(), _table(), _promises()]
    return "\n".join(parts)


def _picture() -> str:
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'    {step}["{_TITLES[step]}"]' for step in STEPS]
    lines.append('    portal -->|"enter"| ask_start')
    lines += _gates(way_in.ADMISSION_STEPS[:-1], "ask_", "queue")
    lines += _gates(way_in.WAITING_STEPS[:-1], "while_waiting_", "queue")
    for row in TABLE:
        said = row.event in _QUIET and not (row.step == SESSION and row.way == way_in.END)
        if not said and row.step != "portal":
            lines += _arrows(row)
    return "\n".join([*dict.fromkeys(lines), "```", ""])


def _gates(steps: tuple[str, ...], prefix: str, last: str) -> list[str]:
    """One diamond for each step: to the step, or to the next diamond."""
    lines = []
    for place, step in enumerate(steps):
        following = prefix + steps[place + 1] if place + 1 < len(steps) else last
        fact = way_in.DUE_BY.get(step, step)
        lines.append(f'    {prefix}{step}{{"{fact}?"}}')
        lines.append(f"    {prefix}{step} -->|yes| {step}")
        lines.append(f"    {prefix}{step} -->|no| {following}")
    return lines


def _arrows(row: Row) -> list[str]:
    words = f'"{row.event}"' if row.fact is None else f'"{row.event}, if {row.fact}"'
    if row.way == way_in.ADMISSION:
        return [f"    {row.step} -->|{words}| ask_start"]
    if row.way == way_in.WAITING:
        return [f"    {row.step} -->|{words}| while_waiting_{way_in.WAITING_STEPS[0]}"]
    if row.way == way_in.STAY:
        return [f"    {row.step} -->|{words}| {row.step}"]
    if row.way == way_in.END:
        if row.step == SESSION and row.reason not in way_in.NO_SURVEY:
            return [
                f"    {row.step} -->|{words}| ask_survey",
                '    ask_survey{"survey?"}',
                "    ask_survey -->|yes| survey",
                "    ask_survey -->|no| ended",
            ]
        return [f'    {row.step} -->|{words[:-1]}: {row.reason}"| ended']
    return [f"    {row.step} -->|{words}| {row.way}"]


def _facts() -> str:
    lines = ["## What decides", "", "| word | holds while |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{word}` | {meaning} |" for word, meaning in FACTS), ""])


def _table() -> str:
    lines = ["## What follows what", ""]
    meanings = dict(EVENTS)
    for step in STEPS:
        names = ARRIVING + QUEUED
        lines += [f"### {_TITLES[step]}", ""]
        if step in names and way_in.SHOWN_AS.get(step, step) != step:
            lines += [f"Pages know it as `{way_in.SHOWN_AS[step]}`.", ""]
        lines += ["| event | leads to |", "|---|---|"]
        lines += [f"| `{row.event}`: {meanings[row.event]} | {_leads_to(row)} |" for row in TABLE if row.step == step]
        lines.append("")
    return "\n".join(lines)


def _leads_to(row: Row) -> str:
    words = {
        way_in.ADMISSION: "the first step that has something to ask, or the queue",
        way_in.WAITING: "a notice, `orphaned` or the queue, whichever holds first",
        way_in.STAY: "the same step",
    }.get(row.way, f"`{row.way}`")
    if row.way == way_in.END:
        asked = row.step == SESSION and row.reason not in way_in.NO_SURVEY
        words = f"the {'exit survey where there is one, then the ' if asked else ''}end: `{row.reason}`"
    if row.fact:
        words += f"; only while `{row.fact}` holds"
    if row.consent:
        words += f". Kept as a receipt: `{row.consent}`"
    return words


def _promises() -> str:
    return f"""\
## What the tests hold

Every step is tried with every event under every combination of the words above, in each of the interpreters, and long
random visits besides:

- nobody is queued before accepting, and nobody who has not answered everything that is asked;
- silence never consents: at {" and ".join(f"`{step}`" for step in way_in.TIMED)} a deadline ends it, as a refusal;
- nobody reaches the exit survey by a notice, or without a session;
- every path ends in one of {", ".join(f"`{step}`" for step in OVER)}, with a reason that the page has words for;
- nothing leads back: nobody is queued twice.
"""


if __name__ == "__main__":
    PATH.write_text(document(), encoding="utf-8")
