"""What the settings of a site must not contradict: rules that look at more than one value."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from signaling.site.document import Site
from signaling.site.problems import Invalid, Problem, problems_of

LONGEST_TITLE = 200
_TITLES = ("agreement_title",)
START_MODES = ("web_chat", "full_client", "customer_chooses")


def start_modes(client_exists: bool) -> dict[str, str]:
    """Which start modes may be chosen: for each nothing, or the code of the reason against it."""
    return {mode: "" if mode == "web_chat" or client_exists else "no_client_file" for mode in START_MODES}


def client_exists(static: Path) -> bool:
    """Whether the pages come with a client that customers can download."""
    folder = static / "client"
    return folder.is_dir() and any(folder.iterdir())


def site_of(settings: Any, client: bool, relays: bool = True) -> Site:
    """The site that these settings, JSON text, describe, on a server with a client to download and with a TURN server,
    or without. Raises Invalid."""
    try:
        site = Site.model_validate_json(settings, strict=True)
    except ValidationError as error:
        raise Invalid(problems_of(error)) from None
    problems = list(contradictions(site, client, relays))
    if problems:
        raise Invalid(problems)
    return site


def contradictions(site: Site, client: bool, relays: bool) -> Iterator[Problem]:
    """All of them."""
    yield from _twice("languages", site.languages, "duplicate_language", "")
    reason = start_modes(client)[site.session_start]
    if reason:
        yield Problem("session_start", reason)
    if site.connection.relay_only and not relays:
        yield Problem("connection.relay_only", "no_relay")
    yield from _texts(site)
    yield from _survey(site)
    yield from _ids("teams", site.teams)
    yield from _ids("issues", site.issues)
    teams = {team.id for team in site.teams}
    for at, issue in enumerate(site.issues):
        if issue.team not in teams:
            yield Problem(f"issues.{at}.team", "unknown_team", issue.team)
        yield from missing_text(f"issues.{at}.name", issue.name, site)
    yield from _ids("canned", site.canned)
    for at, message in enumerate(site.canned):
        yield from missing_text(f"canned.{at}.text", message.text, site)


def missing_text(path: str, texts: Mapping[str, str], site: Site) -> Iterator[Problem]:
    """There is a text in the first language at least: it stands in for every other one."""
    first = site.languages[0]
    if not texts.get(first, "").strip():
        yield Problem(f"{path}.{first}", "missing_text", first)


def teams_gone(
    site: Site, people: Iterable[tuple[str, Iterable[str]]], notices: Iterable[tuple[str, str]]
) -> Iterator[Problem]:
    """Teams that somebody is still in, or that a published notice is still for: names, each with teams or a scope."""
    teams = {team.id for team in site.teams} | {""}
    for name, theirs in people:
        for team in sorted(set(theirs) - teams):
            yield Problem("teams", "representative_without_team", f"{name} ({team})")
    for name, scope in notices:
        if scope not in teams:
            yield Problem("teams", "notice_without_team", f"{name} ({scope})")


def _texts(site: Site) -> Iterator[Problem]:
    needed = {"orphaned_message"}
    for part, names in (
        (site.agreement.on, {"agreement_title", "agreement_text"}),
        (site.recording.on, {"recording_text"}),
        (site.hold.on, {"hold_message"}),
    ):
        needed |= names if part else set()
    for language, texts in site.texts.items():
        for name, text in texts.items():
            path = f"texts.{language}.{name}"
            if name in needed and not text.strip():
                yield Problem(path, "missing_text", language)
            if name in _TITLES and len(text) > LONGEST_TITLE:
                yield Problem(path, "too_long", str(LONGEST_TITLE))
            if name in _TITLES and "\n" in text:
                yield Problem(path, "control_character")


def _survey(site: Site) -> Iterator[Problem]:
    survey = site.survey
    if survey.on and not survey.questions:
        yield Problem("survey.questions", "survey_without_questions")
    yield from _ids("survey.questions", survey.questions)
    for at, question in enumerate(survey.questions):
        path = f"survey.questions.{at}"
        yield from missing_text(f"{path}.text", question.text, site)
        if question.kind == "choice" and not question.choices:
            yield Problem(f"{path}.choices", "choice_without_choices")
        yield from _ids(f"{path}.choices", question.choices)
        for number, choice in enumerate(question.choices):
            yield from missing_text(f"{path}.choices.{number}.text", choice.text, site)


def _ids(path: str, things: Iterable[Any]) -> Iterator[Problem]:
    return _twice(path, [thing.id for thing in things], "duplicate_id", ".id")


def _twice(path: str, ids: Iterable[str], code: str, suffix: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, id in enumerate(ids):
        if id in seen:
            yield Problem(f"{path}.{at}{suffix}", code, id)
        seen.add(id)
