"""The way in as a table: which step follows which, and what answers, silence and everything else lead to.

The server leads with it; docs/way-in.md is drawn from it. It holds no state and no time: `follow` is told
the step, the event and the facts, and says what comes next.

A fact is a word that holds at the moment. `start`, `notifications`, `agreement`, `recording` and `notice`
hold while that step has something to ask of this customer: the site's settings want it, and it was not
answered yet. So a step that is switched off is not there, and none comes twice.
"""

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

Outcome = namedtuple("Outcome", ("step", "reason", "consent"))
"""The next step; why it is over, for `survey` and `ended`; what is to be kept of a consent, as (kind, answer)."""

ARRIVING = ("start", "notifications", "agreement", "recording", "notice")
"""The steps before the queue, in their order."""
QUEUED = ("queue", "notice_while_waiting", "orphaned")
"""The steps of who has a place in the queue. Only `ADMISSION` leads from the former to these."""
SESSION = "session"
OVER = ("survey", "ended")
STEPS = ("portal",) + ARRIVING + QUEUED + (SESSION,) + OVER

FACTS = (
    ("start", "the site asks how to start, and the customer has not chosen the web chat"),
    ("web_chat", "the site lets customers choose the web chat"),
    ("notifications", "the browser would still ask about notifications, and the customer was not asked"),
    ("agreement", "the site has an agreement, and the customer has not accepted it"),
    ("recording", "the site records, and the customer has not answered"),
    ("notice", "a notice for this queue is in force that the customer has not answered"),
    ("nobody", "no representative takes customers of this queue: at the arrival, or for longer than the grace time"),
    ("takes_message", "the site takes messages"),
    ("survey", "the site has an exit survey"),
)

# In which order it is asked what is due, before the queue and in it; and by which fact, where that has another name.
ADMISSION_STEPS = ("start", "notifications", "agreement", "recording", "notice", "orphaned", "queue")
WAITING_STEPS = ("notice_while_waiting", "orphaned", "queue")
DUE_BY = {"orphaned": "nobody", "notice_while_waiting": "notice", "queue": None}

ADMISSION = "admission"
"""On to the first step that has something to ask; into the queue when none has."""
WAITING = "waiting"
"""On with waiting, at the step that is due."""
STAY = "stay"
"""The same step goes on."""
END = "end"
"""It is over; a session goes to the exit survey where there is one."""

Row = namedtuple("Row", ("step", "event", "fact", "way", "reason", "consent"))
"""At this step this event, while this fact holds (None: always), leads this way."""


def _row(
    step: str,
    event: str,
    way: str,
    reason: "str | None" = None,
    fact: "str | None" = None,
    consent: "str | None" = None,
) -> Row:
    return Row(step, event, fact, way, reason, consent)


TABLE = [
    _row("portal", "enter", ADMISSION),
    _row("start", "web_chat", ADMISSION, fact="web_chat"),
    _row("notifications", "go_on", ADMISSION),
    _row("agreement", "accept", ADMISSION, consent="accept"),
    _row("agreement", "decline", END, "declined", consent="decline"),
    _row("agreement", "silence", END, "agreement_timeout", consent="silence"),
    _row("recording", "allow", ADMISSION, consent="allow"),
    _row("recording", "refuse", ADMISSION, consent="refuse"),
    _row("recording", "silence", ADMISSION, consent="silence"),
    _row("notice", "go_on", ADMISSION),
    _row("notice", "leave", END, "notice"),
    _row("notice_while_waiting", "go_on", WAITING),
    _row("notice_while_waiting", "leave", END, "notice"),
    _row("orphaned", "go_on", STAY),
    _row("orphaned", "leave", END, "orphaned"),
    _row("orphaned", "message", END, "message_left", fact="takes_message"),
    _row(SESSION, "leave", END, "notice"),
    _row(SESSION, "go_on", STAY),
    _row(SESSION, "end", END, "customer"),
    _row(SESSION, "representative_ended", END, "representative"),
    _row(SESSION, "representative_gone", END, "representative_gone"),
    _row(SESSION, "gone", END, "customer_gone"),
    _row(SESSION, "abandoned", WAITING),
    _row(SESSION, "wait_again", WAITING),
    _row("survey", "answers", "ended"),
]
for _step in ARRIVING:
    TABLE.append(_row(_step, "settings_changed", ADMISSION))
for _step in QUEUED:
    TABLE.append(_row(_step, "settings_changed", WAITING))
    TABLE.append(_row(_step, "accepted", SESSION))
    TABLE.append(_row(_step, "removed", END, "removed"))
for _step in ARRIVING + QUEUED:
    TABLE.append(_row(_step, "end", END, "left_queue"))
    TABLE.append(_row(_step, "gone", END, "customer_gone"))
for _step in ARRIVING + QUEUED + (SESSION,) + OVER:
    # Neither a lost line nor a reload, a second page or a new server changes where somebody is.
    TABLE.append(_row(_step, "disconnected", STAY))
    TABLE.append(_row(_step, "returned", STAY))

EVENTS = (
    ("enter", "`Start chat`"),
    ("web_chat", "the customer chose the web chat"),
    ("go_on", "asked about notifications; `Continue waiting`; `Stay here`"),
    ("accept", "`Accept`"),
    ("decline", "`Decline`"),
    ("allow", "`Allow recording`"),
    ("refuse", "`Refuse recording`"),
    ("leave", "`This is my problem, leave`; the page went to the site's address"),
    ("message", "`Leave a message`"),
    ("answers", "the exit survey was answered"),
    ("end", "the customer left"),
    ("silence", "no answer until the deadline"),
    ("disconnected", "the line dropped, the page was closed, or the server was stopped"),
    ("returned", "the page came back, was loaded again or opened a second time"),
    ("gone", "not back within the reconnect time"),
    ("settings_changed", "the settings, the notices or who is there changed"),
    ("accepted", "a representative accepted the customer"),
    ("removed", "a representative took the customer out of the queue"),
    ("representative_ended", "the representative ended the session"),
    ("abandoned", "the representative is not back within the reconnect time, or is none any more"),
    ("wait_again", "`Wait in line again`, while the representative cannot be reached"),
    ("representative_gone", "the representative was removed while the server was not running"),
)
TIMED = ("agreement", "recording")
"""The steps whose silence has a deadline. Silence is never consent."""
SHOWN_AS = {"notice_while_waiting": "notice"}
"""Steps that pages know by another name; the others by their own."""
NO_SURVEY = ("notice",)
"""The ends that never lead to the exit survey."""

_ROWS: "dict[tuple[str, str], Row]" = {(row.step, row.event): row for row in TABLE}


def follow(step: str, event: str, holds: "Container[str]") -> "Outcome | None":
    """What comes next, while these words of `FACTS` hold. None: at this step now the event means nothing."""
    row = _ROWS.get((step, event))
    if row is None or (row.fact is not None and row.fact not in holds):
        return None
    consent = (step, row.consent) if row.consent else None
    if row.way == ADMISSION:
        # What was just answered is not due any more, whatever the caller's facts still say.
        answered = step if step != "notice" and event != "settings_changed" else None
        return Outcome(_due(ADMISSION_STEPS, holds, answered), None, consent)
    if row.way == WAITING:
        return Outcome(_due(WAITING_STEPS, holds, None), None, consent)
    if row.way == STAY:
        return Outcome(step, None, consent)
    if row.way == END:
        asked = step == SESSION and "survey" in holds and row.reason not in NO_SURVEY
        return Outcome("survey" if asked else "ended", row.reason, consent)
    return Outcome(row.way, row.reason, consent)


def events(step: str) -> "list[str]":
    """What can happen at a step."""
    return [row.event for row in TABLE if row.step == step]


def _due(steps: "tuple[str, ...]", holds: "Container[str]", answered: "str | None") -> str:
    for step in steps:
        fact = DUE_BY.get(step, step)
        if step != answered and (fact is None or fact in holds):
            return step
    return "queue"
