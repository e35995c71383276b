"""The way in: where each customer is, what may come next, and what their page is told of it.

Which step follows which is `deskside.core.way_in`; here are the facts that it asks for, and what a step does.
"""

from typing import Any

from deskside.core.messages import TO_CUSTOMER, TO_REPRESENTATIVE
from deskside.core.way_in import ARRIVING, OVER, QUEUED, SHOWN_AS, TIMED, follow
from signaling import waiting
from signaling.hub import Hub
from signaling.secrets import digest
from signaling.session import Representative, Session
from signaling.site.live import Notice
from signaling.step import Send, Step
from signaling.store import sessions as rows
from signaling.store import way_in as receipts

NOTICES = ("notice", "notice_while_waiting")


def facts(hub: Hub, session: Session, now: int) -> set[str]:
    """What holds for this customer at the moment: words of `way_in.FACTS`."""
    site, answers = hub.site.document, session.answers
    holds = {
        "start": site.session_start != "web_chat" and not answers.start,
        "web_chat": site.session_start == "customer_chooses",
        "notifications": answers.ask_notifications,
        "agreement": site.agreement.on and not answers.agreement,
        "recording": site.recording.on and not answers.recording,
        "notice": next_notice(hub, session, now) is not None,
        "nobody": waiting.nobody(hub, session, now),
        "takes_message": site.orphaned.takes_messages,
        "survey": bool(site.survey.on and site.survey.questions),
    }
    return {word for word, so in holds.items() if so}


def next_notice(hub: Hub, session: Session, now: int) -> Notice | None:
    """The oldest notice in force that this customer has not answered."""
    answered = session.answers.notices
    return next((one for one in hub.site.notices(session.queue, now) if one.id not in answered), None)


def shown_as(session: Session) -> str:
    """The present step as pages know it."""
    return SHOWN_AS.get(session.step, session.step)


def happens(hub: Hub, step: Step, session: Session, event: str, now: int) -> bool:
    """Go on from the present step. False: this event means nothing there, and nothing has changed."""
    if follow(session.step, event, facts(hub, session, now)) is None:
        return False
    _note(hub, step, session, event, now)
    outcome = follow(session.step, event, facts(hub, session, now))
    assert outcome
    if outcome.consent:
        _keep_receipt(hub, step, session, outcome.consent, now)
    if outcome.step in OVER:
        hub.end(step, session, outcome.step, outcome.reason or "", now)
    else:
        _go(hub, step, session, outcome.step, now)
    return True


def _note(hub: Hub, step: Step, session: Session, event: str, now: int) -> None:
    """Remember the answer, so that its step is not due any more."""
    answers = session.answers
    if session.step in NOTICES and event in ("go_on", "leave"):
        answers.notices.append(answers.notice)
        kind = "left" if event == "leave" else "continued"
        step.writes.append(receipts.notice_event(answers.notice, session.id, kind, now))
    elif session.step == "notifications" and event == "go_on":
        answers.ask_notifications = False
    elif session.step == "start" and event == "web_chat":
        answers.start = event
    elif session.step == "orphaned" and event == "go_on":
        answers.stays = True


def _keep_receipt(hub: Hub, step: Step, session: Session, consent: tuple[str, str], now: int) -> None:
    kind, answer = consent
    setattr(session.answers, kind, answer)
    title, text = asked(hub, session, kind)
    language = hub.site.language(session.language)
    receipt = receipts.Receipt(session.id, kind, answer, digest_of(title, text), language, now)
    step.writes += receipts.consented(receipt, title, text)


def asked(hub: Hub, session: Session, kind: str) -> tuple[str, str]:
    """Title and text of the agreement, or of the question about the recording."""
    language = hub.site.language(session.language)
    title = hub.site.text("agreement_title", language) if kind == "agreement" else ""
    return title, hub.site.text(f"{kind}_text", language)


def digest_of(title: str, text: str) -> str:
    """Names exactly these words."""
    return digest(f"{title}\n\n{text}")


def _go(hub: Hub, step: Step, session: Session, to: str, now: int) -> None:
    answers, was_arriving, before = session.answers, session.state == "arriving", (session.step, session.answers.notice)
    notice = next_notice(hub, session, now) if to in NOTICES else None
    session.step, answers.notice = to, notice.id if notice else ""
    if before != (to, answers.notice):
        answers.ends_at = now + _seconds(hub, to) * 1000 if to in TIMED else 0
        hub.watch(session)
        if notice:
            step.writes.append(receipts.notice_event(notice.id, session.id, "shown", now))
    if was_arriving and to in QUEUED:
        waiting.enter(hub, step, session, now)
    step.writes.append(rows.moved(session))
    show_if_new(hub, step, session, now)


def _seconds(hub: Hub, step: str) -> int:
    site = hub.site.document
    return site.agreement.timeout if step == "agreement" else site.recording.timeout


def accepted(hub: Hub, step: Step, session: Session, person: Representative, now: int) -> None:
    """A representative has taken the customer. A notice that is still to be answered becomes a card of the session."""
    outcome = follow(session.step, "accepted", facts(hub, session, now))
    assert outcome
    session.step, session.answers.ends_at = outcome.step, 0
    waiting.start(hub, step, session, person, now)


def expire(hub: Hub, step: Step, session: Session, now: int) -> None:
    """Silence until the deadline is an answer too."""
    if session.answers.ends_at and now >= session.answers.ends_at and session.step in TIMED:
        happens(hub, step, session, "silence", now)


# --- what the page is told -----------------------------------------------------------------------------


def show(hub: Hub, step: Step, session: Session, now: int) -> None:
    """Tell the page the present step."""
    session.told = present(hub, session, now)
    hub.tell_customer(step, session, "step", **session.told)


def show_if_new(hub: Hub, step: Step, session: Session, now: int) -> None:
    """The same, unless it knows all that already."""
    if session.step in ARRIVING + QUEUED and session.link and present(hub, session, now) != session.told:
        show(hub, step, session, now)


def present(hub: Hub, session: Session, now: int) -> dict[str, Any]:
    """The present step as the message `step` has it."""
    language, answers = hub.site.language(session.language), session.answers
    shown: dict[str, Any] = {"step": shown_as(session), "title": "", "text": ""}
    if answers.ends_at:
        shown["ends_at"] = answers.ends_at
    if session.step in TIMED:
        title, text = asked(hub, session, session.step)
        shown |= {"title": title, "text": text, "about": digest_of(title, text)}
    elif session.step in NOTICES:
        found = next((one for one in hub.site.published(now) if one.id == answers.notice), None)
        title, text = hub.site.notice_text(found, language) if found else ("", "")
        shown |= {"title": title, "text": text, "about": answers.notice}
    elif session.step == "queue":
        shown |= waiting.greeting(hub, language)
    elif session.step == "orphaned":
        shown |= waiting.apology(hub, session, language)
    return shown


def look_again(hub: Hub, step: Step, session: Session, now: int) -> None:
    """Settings, notices or who is there have changed: whatever this means for one customer."""
    before = (session.step, session.answers.notice)
    outcome = follow(session.step, "settings_changed", facts(hub, session, now))
    if not outcome:
        return
    if outcome.step in NOTICES or outcome.step != session.step:
        happens(hub, step, session, "settings_changed", now)
    if before == (session.step, session.answers.notice):
        show_if_new(hub, step, session, now)


def site_changed(hub: Hub, step: Step, now: int) -> None:
    """Other settings are in force."""
    waiting.rehouse(hub, step, now)
    before_session = (session for session in hub.sessions.values() if session.state != "active")
    waiting.look_again_at(hub, before_session)
    hub.news.extend(session.peer for session in hub.sessions.values() if session.link)
    hub.news.extend(hub.visitors)
    consoles = tuple(person.peer for person in hub.representatives.values() if person.link)
    step.effects.append(Send(consoles, TO_REPRESENTATIVE, {"type": "site", "version": hub.site.version}))


def catch_up(hub: Hub, most: int, now: int) -> Step:
    """Look again at the next ones of those for whom something may have changed. In parts, because they can be
    thousands: between two parts everybody else is served."""
    step = Step()
    for _ in range(min(most, len(hub.again))):
        look_again(hub, step, hub.again.popitem(last=False)[1], now)
    peers = tuple(hub.news.popleft() for _ in range(min(most, len(hub.news))))
    if peers:
        step.effects.append(Send(peers, TO_CUSTOMER, {"type": "site", "version": hub.site.version}))
    return step
