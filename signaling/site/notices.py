"""Notices: written as drafts, published to the whole site or a team, withdrawn, or over by the clock."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection

from signaling.site.changes import changes
from signaling.site.checks import missing_text
from signaling.site.document import Site
from signaling.site.fields import Id, Language, Name, Prose, Title
from signaling.site.problems import Invalid, Problem, problems_of
from signaling.site.saving import Author, newest
from signaling.store import notices as rows
from signaling.store.notices import Row
from signaling.store.site import note

MOST_IN_FORCE = 50
"""As many as the console lists."""


class Words(BaseModel):
    """A notice in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: Title = ""
    text: Prose = ""


class Draft(BaseModel):
    """What an administrator writes. A draft may lack its texts; what is published may not."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Name
    scope: Id | Literal[""] = ""
    """A team's id; empty for the whole site."""
    texts: dict[Language, Words] = Field(default_factory=dict)
    expires_at: int | None = Field(default=None, ge=0, lt=1 << 53)


class WrongState(Exception):
    """A notice that was never published cannot be withdrawn."""


def draft_of(text: str) -> Draft:
    """From JSON text. Raises Invalid."""
    try:
        return Draft.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise Invalid(problems_of(error)) from None


def state(row: Row, now: int) -> str:
    """`draft`, `published`, `withdrawn` or `expired`."""
    over = row.expires_at is not None and row.expires_at <= now
    return "expired" if row.state == "published" and over else row.state


def add(author: Author, id: str, draft: Draft, now: int, connection: Connection) -> Row:
    """A new draft. Raises NotAllowed and Invalid."""
    by = author(connection)
    row = Row(id, draft.name, draft.scope, _texts(draft), draft.expires_at, "draft", now, None)
    _check(row, now, connection)
    rows.add(row, connection)
    note(now, by, changes(None, _told(row), _path(row)), connection)
    return row


def change(author: Author, id: str, draft: Draft, now: int, connection: Connection) -> Row | None:
    """Other words; of a notice in force they are in force at once. None when there is no such notice."""
    return _replace(
        author, id, {"name": draft.name, "scope": draft.scope, "texts": _texts(draft), "expires_at": draft.expires_at},
        now, connection,
    )  # fmt: skip


def publish(author: Author, id: str, now: int, connection: Connection) -> Row | None:
    """Tell it to customers. Raises Invalid when it is not fit for that."""
    return _replace(author, id, {"state": "published", "published_at": now}, now, connection, publishing=True)


def withdraw(author: Author, id: str, now: int, connection: Connection) -> Row | None:
    """Tell it no longer. Raises WrongState for a draft."""
    row = rows.one(id, connection)
    if row and row.state == "draft":
        raise WrongState
    return _replace(author, id, {"state": "withdrawn"}, now, connection)


def _replace(
    author: Author, id: str, values: dict[str, Any], now: int, connection: Connection, publishing: bool = False
) -> Row | None:
    by = author(connection)
    before = rows.one(id, connection)
    if not before:
        return None
    if publishing and state(before, now) == "published":
        return before
    after = before._replace(**values)
    _check(after, now, connection, publishing)
    rows.replace(after, connection)
    note(now, by, changes(_told(before), _told(after), _path(after)), connection)
    return after


def _check(row: Row, now: int, connection: Connection, publishing: bool = False) -> None:
    site = Site.model_validate_json(newest(connection).settings)
    problems = list(_problems(row, site, state(row, now) == "published"))
    if publishing and state(row, now) == "expired":
        problems.append(Problem("expires_at", "expired"))
    if publishing and len(rows.in_force(now, connection)) >= MOST_IN_FORCE:
        problems.append(Problem("", "too_many", str(MOST_IN_FORCE)))
    if problems:
        raise Invalid(problems)


def _problems(row: Row, site: Site, in_force: bool) -> Iterator[Problem]:
    if row.scope and row.scope not in {team.id for team in site.teams}:
        yield Problem("scope", "unknown_team", row.scope)
    if in_force:
        for part in ("title", "text"):
            texts = {language: words[part] for language, words in row.texts.items()}
            for problem in missing_text("texts", texts, site):
                yield problem._replace(path=f"{problem.path}.{part}")


def _texts(draft: Draft) -> dict[str, dict[str, str]]:
    return {language: words.model_dump() for language, words in draft.texts.items()}


def _told(row: Row) -> dict[str, Any]:
    return {"name": row.name, "scope": row.scope, "texts": row.texts, "expires_at": row.expires_at, "state": row.state}


def _path(row: Row) -> str:
    return f"notices.{row.name}"
