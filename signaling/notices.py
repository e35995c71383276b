"""Customer notices on their way: to those who wait, to consoles, and into a session."""

from typing import Any

from deskside.core.messages import TO_REPRESENTATIVE
from signaling import arrival, waiting
from signaling.hub import Hub
from signaling.session import Link, Representative, Session
from signaling.site.live import Notice
from signaling.step import Refusal, Send, Step
from signaling.store import sessions as rows
from signaling.store.way_in import notice_event

Message = dict[str, Any]
LISTED = 50
"""So many notices a console is told, the newest ones."""


def published(hub: Hub, step: Step, notice: Notice, now: int) -> None:
    """A notice is in force, or has other words: who waits for the team is shown it at once."""
    waiting.look_again_at(hub, hub.queue.among([notice.scope] if notice.scope else hub.queue.names()))
    _tell_consoles(hub, step, now)
    for session in _who_sees(hub, notice.id):
        if session.state == "active":
            show_card(hub, step, session, now)
        else:
            waiting.look_again_at(hub, [session])


def ended(hub: Hub, step: Step, notice_id: str, now: int) -> None:
    """A notice was withdrawn, or has expired: who was just reading it goes on."""
    _tell_consoles(hub, step, now)
    for session in _who_sees(hub, notice_id):
        if session.state == "active":
            session.answers.notice = ""
            step.writes.append(rows.moved(session))
            hub.tell_customer(step, session, "notice_ended", notice=notice_id)
        else:
            waiting.look_again_at(hub, [session])


def _who_sees(hub: Hub, notice_id: str) -> list[Session]:
    return [session for session in hub.sessions.values() if session.answers.notice == notice_id]


def tell_published(hub: Hub, step: Step, person: Representative, now: int) -> None:
    """What this representative can send: the notices of their teams and of the whole site."""
    step.effects.append(Send((person.peer,), TO_REPRESENTATIVE, _listing(hub, person, now)))


def _tell_consoles(hub: Hub, step: Step, now: int) -> None:
    for person in hub.representatives.values():
        if person.link:
            tell_published(hub, step, person, now)


def _visible(hub: Hub, person: Representative, now: int) -> list[Notice]:
    return [one for one in hub.site.published(now) if not one.scope or not person.teams or one.scope in person.teams]


def _listing(hub: Hub, person: Representative, now: int) -> Message:
    listed = [
        {"notice": notice.id, "name": notice.name, "team": hub.site.team_name(notice.scope)}
        for notice in _visible(hub, person, now)
    ]
    return {"type": "notices", "notices": listed[-LISTED:]}


# --- in a session -----------------------------------------------------------------------------------------


def send(hub: Hub, step: Step, link: Link, message: Message, now: int) -> None:
    """A representative shows a notice to one of their customers. One that is still on the page is replaced."""
    person = link.representative
    session = person.sessions.get(message["session"]) if person else None
    if not person or not session:
        raise Refusal("unknown_session", message["session"])
    if message["notice"] not in [notice.id for notice in _visible(hub, person, now)]:
        raise Refusal("unknown_notice", session.id)
    session.answers.notice = message["notice"]
    step.writes += [rows.moved(session), notice_event(message["notice"], session.id, "shown", now)]
    show_card(hub, step, session, now)


def show_card(hub: Hub, step: Step, session: Session, now: int) -> None:
    """The notice that is on the page of a session, if there is one."""
    notice = next((one for one in hub.site.published(now) if one.id == session.answers.notice), None)
    if notice:
        title, text = hub.site.notice_text(notice, hub.site.language(session.language))
        hub.tell_customer(step, session, "notice", notice=notice.id, title=title, text=text)


def answered(hub: Hub, step: Step, session: Session, message: Message, now: int) -> None:
    """The customer of a session answered the card."""
    answers, about, answer = session.answers, message.get("about", ""), message["answer"]
    if message["step"] != "notice" or answer not in ("go_on", "leave"):
        raise Refusal("wrong_state")
    if not about or about != answers.notice:
        if about in answers.notices:
            return
        raise Refusal("wrong_state")
    answers.notice = ""
    answers.notices.append(about)
    kind = "left" if answer == "leave" else "continued"
    step.writes += [rows.moved(session), notice_event(about, session.id, kind, now)]
    arrival.happens(hub, step, session, answer, now)
