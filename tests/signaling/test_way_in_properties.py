"""Random days at the desk, with a disk: whatever happens, and wherever the server is killed, every page shows what the
server has decided, nobody waits who has not agreed, and nobody waits twice."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from deskside.core.way_in import QUEUED
from signaling import absence, arrival, customers, notices, presence, representatives, waiting
from signaling.site.document import Site
from signaling.site.live import Notice
from signaling.step import Step
from signaling.store import sessions as rows
from signaling.store import way_in
from signaling.store.accounts import Account
from tests.signaling.day import PEOPLE, STAFF, TEAMS, Desk, Page

PERSON, REPRESENTATIVE = st.sampled_from(PEOPLE), st.sampled_from(sorted(STAFF))
ANSWERS = ("go_on", "accept", "decline", "allow", "refuse", "leave", "web_chat")
FURTHER = {
    "start": "web_chat",
    "notifications": "go_on",
    "agreement": "accept",
    "recording": "allow",
    "notice": "go_on",
    "orphaned": "go_on",
}
NOTICES = {id: Notice(id, id, scope, {"en": {"title": id, "text": id}}, None) for id, scope in
           {"storm": "", "ink": "printers"}.items()}  # fmt: skip


class Day(Desk):
    """What people, administrators, time and accidents do in any order."""

    # --- what people do --------------------------------------------------------------------------------

    @rule(name=PERSON, issue=st.sampled_from(["", "ink"]), notifications=st.sampled_from(["default", "granted"]))
    def start_chat(self, name: str, issue: str, notifications: str) -> None:
        page = self.pages[name]
        if not page.link or not page.link.current:
            self.come(name, True)
        if page.state == "ended":
            page.__init__()  # type: ignore[misc]  # a new page load without the token
            self.come(name, False)
        fields = {"name": name, "question": "", "language": "en", "notifications": notifications}
        assert page.link
        self.ask(customers.enter, page.link, fields | ({"issue": issue} if issue else {}))

    @rule(name=PERSON, further=st.integers(1, 6))
    def customer_goes_on(self, name: str, further: int) -> None:
        for _ in range(further):
            step = self.pages[name].step
            if step.get("step") in FURTHER:
                self.customer_answers(name, FURTHER[step["step"]], True)

    @rule(name=PERSON, answer=st.sampled_from(ANSWERS), right=st.booleans())
    def customer_answers(self, name: str, answer: str, right: bool) -> None:
        page = self.pages[name]
        if page.link and page.link.current and page.step:
            step = page.step if right else {"step": "agreement", "about": "0"}
            about = {"about": step["about"]} if "about" in step else {}
            session = page.link.session
            if session and step["step"] == "agreement" and answer == "accept" and right:
                self.agreed.add(session.id)
            self.ask(customers.answer, page.link, {"step": step["step"], "answer": answer} | about)

    @rule(name=PERSON)
    def customer_ends(self, name: str) -> None:
        page = self.pages[name]
        if page.link and page.link.current:
            self.ask(customers.end, page.link, {})

    @rule(name=PERSON)
    def line_drops(self, name: str) -> None:
        page = self.pages[name]
        if page.link:
            self.perform(presence.disconnected(self.hub, page.link, self.now))

    @rule(name=PERSON, reloaded=st.booleans())
    def customer_comes_back(self, name: str, reloaded: bool) -> None:
        page = self.pages[name]
        if page.link:
            before = page.step, page.state
            if page.state == "new":
                return
            if reloaded:
                page.name = f"page{next(self.names)}"
            was_there = page.link.current
            self.come(name, True)
            if was_there and before[1] != "ended":
                assert (page.step, page.state) == before

    @rule(name=REPRESENTATIVE, on=st.booleans())
    def representative_comes(self, name: str, on: bool) -> None:
        account = Account(name, name, False, "w", on, 0, 0, STAFF[name], 2)
        link, step = presence.representative_arrived(self.hub, Page(), f"console {name}", account, self.now)
        self.staff[name] = link
        self.perform(step)

    @rule(name=REPRESENTATIVE)
    def representative_goes(self, name: str) -> None:
        link = self.staff.pop(name, None)
        if link:
            self.perform(presence.disconnected(self.hub, link, self.now))

    @rule(name=PERSON, reaches=st.booleans())
    def customer_says_whom_they_reach(self, name: str, reaches: bool) -> None:
        page = self.pages[name]
        if page.link:
            self.ask(customers.reach, page.link, {"connected": reaches})

    @rule(name=REPRESENTATIVE, reaches=st.booleans())
    def representative_says_whom_they_reach(self, name: str, reaches: bool) -> None:
        if name in self.staff:
            for session in list(self.hub.representatives[name].sessions):
                self.ask(representatives.reach, self.staff[name], {"session": session, "connected": reaches})

    @rule(name=PERSON)
    def customer_waits_again(self, name: str) -> None:
        page = self.pages[name]
        if page.link and page.link.current:
            self.ask(customers.wait_again, page.link, {})

    @rule(name=REPRESENTATIVE)
    def representative_accepts(self, name: str) -> None:
        if name in self.staff:
            self.ask(representatives.accept_next, self.staff[name], {})

    @rule(name=REPRESENTATIVE, notice=st.sampled_from(sorted(NOTICES)))
    def representative_sends_a_notice_or_ends(self, name: str, notice: str) -> None:
        if name in self.staff:
            for session in list(self.hub.representatives[name].sessions):
                self.ask(notices.send, self.staff[name], {"session": session, "notice": notice})
                self.ask(representatives.end, self.staff[name], {"session": session})

    # --- what administrators, time and accidents do ------------------------------------------------------

    @rule(
        agreement=st.booleans(),
        recording=st.booleans(),
        start=st.sampled_from(["web_chat", "full_client", "customer_chooses"]),
        grace=st.sampled_from([0, 60]),
    )
    def settings_change(self, agreement: bool, recording: bool, start: str, grace: int) -> None:
        changed = {"agreement": {"on": agreement}, "recording": {"on": recording}, "session_start": start}
        self.site.document = Site.model_validate(TEAMS | changed | {"orphaned": {"grace": grace}})
        self.site.version += 1
        step = Step()
        arrival.site_changed(self.hub, step, self.now)
        self.perform(step)

    @rule(id=st.sampled_from(sorted(NOTICES)))
    def notice_is_published_or_withdrawn(self, id: str) -> None:
        step = Step()
        if id in self.published:
            del self.published[id]
            self.site.announce(self.published.values(), self.now)
            notices.ended(self.hub, step, id, self.now)
        else:
            self.published[id] = NOTICES[id]
            self.site.announce(self.published.values(), self.now)
            notices.published(self.hub, step, NOTICES[id], self.now)
        self.perform(step)

    @rule(seconds=st.sampled_from([1, 45, 61, 301, 700]))
    def time_passes(self, seconds: int) -> None:
        before, self.now = self.now, self.now + seconds * 1000
        step = Step()
        for session in self.hub.overdue(self.now):
            arrival.expire(self.hub, step, session, self.now)
        waiting.grace_over(self.hub, before, self.now)
        absence.tick(self.hub, step, self.now)
        waiting.tell_waits(self.hub, step, self.now)
        waiting.tell_places(self.hub, step, self.now)
        self.perform(step)

    @precondition(lambda self: self.hub.sessions)
    @rule()
    def server_is_killed_and_started_again(self) -> None:
        before = {session.id: session for session in self.hub.sessions.values()}
        self.hub = self.new_hub()
        with self.engine.connect() as connection:
            living = rows.living(connection)
            keys, messages = way_in.open_keys(self.now, connection), way_in.open_messages(connection)
        assert {session.id for session, _ in living.sessions} == set(before)
        for session, _ in living.sessions:
            old = before[session.id]
            same = ("state", "step", "answers", "queue", "queued_at", "queue_place", "language", "peer", "started_at")
            assert [getattr(session, name) for name in same] == [getattr(old, name) for name in same]
        self.staff.clear()
        for page in self.pages.values():
            page.link = None if page.state == "new" else page.link
        self.perform(self.hub.restore(living, keys, messages, self.now))
        for name, page in self.pages.items():
            if page.link:
                self.come(name, True)

    # --- what always holds -------------------------------------------------------------------------------

    @invariant()
    def every_page_shows_what_the_server_has_decided(self) -> None:
        for page in self.pages.values():
            session = page.link.session if page.link and page.link.current else None
            if session and session.id in self.hub.sessions:
                assert page.state == session.state
                if session.state != "active":
                    assert page.step == arrival.present(self.hub, session, self.now)

    @invariant()
    def nobody_waits_who_was_asked_and_has_not_agreed(self) -> None:
        for session in self.hub.sessions.values():
            if session.state == "arriving" and session.step == "agreement":
                self.asked.add(session.id)
            if session.step in QUEUED and session.id in self.asked and session.answers.agreement != "accept":
                # Only when the agreement was switched off before the customer had to answer.
                assert not self.agreed & {session.id}
            if session.answers.agreement == "accept":
                assert session.id in self.agreed

    @invariant()
    def everybody_is_in_one_place(self) -> None:
        waiting_now = [session.id for session in self.hub.queue]
        assert len(waiting_now) == len(set(waiting_now))
        for session in self.hub.sessions.values():
            assert (session.id in waiting_now) == (session.state == "queued") == (session.step in QUEUED)
            assert (session.state == "active") == (session.step == "session") == (session.representative is not None)

    @invariant()
    def who_is_away_is_known(self) -> None:
        """Somebody is waited for exactly while neither the server nor the other page reaches them."""
        for session in self.hub.sessions.values():
            person = session.representative
            is_there = bool(person and person.link)
            gone = not session.link and not (is_there and session.reaches["representative"])
            assert (session.id in self.hub.away) == gone
            left_alone = session.state == "active" and not is_there
            assert (session.id in self.hub.unattended) == (
                left_alone and not (session.link is not None and session.reaches["customer"])
            )
        assert self.hub.unattended.keys() <= self.hub.sessions.keys()

    @invariant()
    def every_end_says_why_and_says_it_once(self) -> None:
        for page in self.pages.values():
            assert len(page.reasons) <= 1


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
