"""Representatives as administrators change them. There is always one administrator left."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection

from deskside.core.schema import has_control_characters
from signaling.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from signaling.precis import LONGEST_NAME, Unusable, name_key, new_password, written_name
from signaling.site.changes import changes
from signaling.site.document import Site
from signaling.site.fields import Id, refusal
from signaling.site.problems import Invalid, Problem, problems_of
from signaling.site.saving import Author, newest
from signaling.store import people as rows
from signaling.store.accounts import is_taken
from signaling.store.people import Person
from signaling.store.site import note

MOST_SESSIONS = 50


def _name(value: str) -> str:
    try:
        name = written_name(value)
    except Unusable:
        raise refusal("control_character" if has_control_characters(value) else "bad_name") from None
    if not name:
        raise refusal("missing")
    return name


def _password(value: str) -> str:
    try:
        password = new_password(value)
    except Unusable:
        raise refusal("bad_password") from None
    if len(password) < SHORTEST_PASSWORD:
        raise refusal("password_too_short", str(SHORTEST_PASSWORD))
    return password


class Form(BaseModel):
    """What an administrator says about somebody. Without a password the present one stays."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(_name)]
    administrator: bool = False
    teams: tuple[Id, ...] = Field(default=(), max_length=200)
    """None means all of them."""
    session_limit: int = Field(default=8, ge=1, le=MOST_SESSIONS)
    password: Annotated[str, Field(max_length=LONGEST_PASSWORD), AfterValidator(_password)] | None = Field(
        default=None, repr=False
    )


class LastAdministrator(Exception):
    """Without this one nobody could administrate the site any more."""


def form_of(text: str) -> Form:
    """From JSON text. Raises Invalid."""
    try:
        return Form.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise Invalid(problems_of(error)) from None


def add(author: Author, id: str, form: Form, password_hash: str, now: int, connection: Connection) -> Person:
    """Somebody new. Raises NotAllowed and Invalid."""
    by = author(connection)
    person = _person(id, form)
    _check(person, connection)
    rows.add(person, password_hash, now, connection)
    note(now, by, changes(None, _told(person), _path(person)), connection)
    return person


def change(
    author: Author, id: str, form: Form, password_hash: str, keep: str, now: int, connection: Connection
) -> Person | None:  # fmt: skip
    """Somebody there is, or None. With a new password they are signed out everywhere but in the web session `keep`.

    Raises NotAllowed, Invalid and LastAdministrator.
    """
    by = author(connection)
    before = rows.one(id, connection)
    if not before:
        return None
    person = _person(id, form)
    if name_key(form.name) == name_key(before.name) and rows.has_former_key(before, connection):
        person = person._replace(name=before.name)
    _check(person, connection, before)
    if before.administrator and not person.administrator and rows.administrators(connection) == 1:
        raise LastAdministrator
    rows.replace(person, connection)
    differences = changes(_told(before), _told(person), _path(before))
    if password_hash:
        rows.new_password(id, password_hash, keep, connection)
        differences.append({"path": f"{_path(before)}.password", "before": None, "after": None})
    note(now, by, differences, connection)
    return person


def remove(author: Author, id: str, now: int, connection: Connection) -> Person | None:
    """Somebody who may no longer sign in; None when there is nobody. Raises NotAllowed and LastAdministrator."""
    by = author(connection)
    person = rows.one(id, connection)
    if not person:
        return None
    if person.administrator and rows.administrators(connection) == 1:
        raise LastAdministrator
    rows.remove(id, connection)
    note(now, by, changes(_told(person), None, _path(person)), connection)
    return person


def _check(person: Person, connection: Connection, before: Person | None = None) -> None:
    problems = list(_problems(person, before, connection))
    if problems:
        raise Invalid(problems)


def _problems(person: Person, before: Person | None, connection: Connection) -> Iterator[Problem]:
    keeps_name = before is not None and name_key(before.name) == name_key(person.name)
    if not keeps_name and is_taken(person.name, person.id, connection):
        yield Problem("name", "name_taken", person.name)
    site = Site.model_validate_json(newest(connection).settings)
    for team in sorted(person.teams - {team.id for team in site.teams}):
        yield Problem("teams", "unknown_team", team)


def _person(id: str, form: Form) -> Person:
    return Person(id, form.name, form.administrator, frozenset(form.teams), form.session_limit)


def _told(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "administrator": person.administrator,
        "teams": sorted(person.teams),
        "session_limit": person.session_limit,
    }


def _path(person: Person) -> str:
    return f"representatives.{person.name}"
