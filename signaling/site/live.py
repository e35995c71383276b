"""The site as it is at this moment, read on the event loop. Whoever has to act on a change listens."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from signaling.site.document import Issue, Question, Site
from signaling.site.fields import LANGUAGES, TEXTS

_FOLDER = Path(__file__).parent / "texts"
DEFAULTS: dict[str, dict[str, str]] = {
    language: json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES
}
"""Our own words for `TEXTS`, in every language."""


class Notice(NamedTuple):
    """Something that is wrong at the moment, as customers are told."""

    id: str
    name: str
    scope: str
    """A team's id; empty for the whole site."""
    texts: dict[str, dict[str, str]]
    """`title` and `text` by language."""
    expires_at: int | None


class SiteListener(Protocol):
    """Told on the event loop, after a change is on the disk."""

    def site_changed(self) -> None:
        """Another version of the settings is in force."""

    def notice_published(self, notice: Notice) -> None:
        """A notice is in force, or has other words than before."""

    def notice_ended(self, notice_id: str) -> None:
        """A notice was withdrawn, or has expired."""


class LiveSite:
    """What administrators decided. `change` and `announce` are called with what is stored already."""

    def __init__(self, document: Site | None = None, version: int = 0, notices: Iterable[Notice] = ()) -> None:
        self.document = document or Site()
        self.version = version
        self.listeners: list[SiteListener] = []
        self._published = {notice.id: notice for notice in notices}

    # --- settings ----------------------------------------------------------------------------------

    def language(self, wanted: str) -> str:
        """The site's language for a BCP 47 tag; its first one when it speaks no such language."""
        primary = wanted.replace("_", "-").partition("-")[0].lower()
        return next((language for language in self.document.languages if language == primary), self._first)

    def text(self, key: str, language: str) -> str:
        """One of `TEXTS` in a language of ours: the company's words, or else our own."""
        if key not in TEXTS:
            raise KeyError(key)
        return self.document.texts.get(language, {}).get(key, DEFAULTS[language][key])

    def issue(self, id: str) -> Issue | None:
        """By its id."""
        return next((issue for issue in self.document.issues if issue.id == id), None)

    def issue_name(self, id: str, language: str) -> str:
        """As the customer reads it; empty for an issue that there is not."""
        issue = self.issue(id)
        return self.pick(issue.name, language) if issue else ""

    def team_name(self, id: str) -> str:
        """Empty for a team that there is not."""
        return next((team.name for team in self.document.teams if team.id == id), "")

    def questions(self, language: str) -> list[dict[str, Any]]:
        """The exit survey as the message `survey` carries it; empty when there is none."""
        survey = self.document.survey
        return [
            {
                "question": question.id,
                "kind": question.kind,
                "text": self.pick(question.text, language),
                "choices": self._choices(question, language),
            }
            for question in (survey.questions if survey.on else ())
        ]

    def _choices(self, question: Question, language: str) -> list[dict[str, str]]:
        if question.kind != "choice":
            return []
        return [{"choice": choice.id, "text": self.pick(choice.text, language)} for choice in question.choices]

    def pick(self, texts: Any, language: str) -> Any:
        """What `texts` has for a language, or for the site's first one, or for any."""
        return texts.get(language) or texts.get(self._first) or next(iter(texts.values()), "")

    @property
    def _first(self) -> str:
        return self.document.languages[0]

    # --- notices -----------------------------------------------------------------------------------

    def notices(self, queue: str, now: int) -> list[Notice]:
        """Those in force for who waits in this queue, oldest first. Those of the whole site concern every queue."""
        return [notice for notice in self.published(now) if notice.scope in ("", queue)]

    def published(self, now: int) -> list[Notice]:
        """Those in force anywhere, oldest first."""
        return [notice for notice in self._published.values() if notice.expires_at is None or notice.expires_at > now]

    def notice_text(self, notice: Notice, language: str) -> tuple[str, str]:
        """Title and text."""
        words = self.pick(notice.texts, language) or {"title": "", "text": ""}
        return words["title"], words["text"]

    # --- changes -----------------------------------------------------------------------------------

    def change(self, document: Site, version: int) -> None:
        """These settings are in force from now on. Those that are older than what is in force are none any more."""
        if version <= self.version:
            return
        self.document, self.version = document, version
        for listener in tuple(self.listeners):
            listener.site_changed()

    def announce(self, notices: Iterable[Notice], now: int) -> None:
        """These are the published notices, oldest first. To be called at every change and from time to time.

        One that is for others now ends for those it was for.
        """
        before = self._published
        self._published = {
            notice.id: notice for notice in notices if notice.expires_at is None or notice.expires_at > now
        }
        for id, notice in before.items():
            now_in_force = self._published.get(id)
            if now_in_force and now_in_force.scope == notice.scope:
                continue
            for listener in tuple(self.listeners):
                listener.notice_ended(id)
        for id, notice in self._published.items():
            if before.get(id) != notice:
                for listener in tuple(self.listeners):
                    listener.notice_published(notice)
