"""Saving the settings: jobs for the writing thread, used by the server and by the command line alike."""

import json
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection, select

from signaling.site.changes import changes
from signaling.site.checks import teams_gone
from signaling.site.document import Site
from signaling.site.problems import Invalid
from signaling.store import accounts, notices
from signaling.store import site as rows
from signaling.store.site import Change, Version
from signaling.store.tables import representatives

Author = Callable[[Connection], str]
"""Who acts, by name. Asked in the transaction, so that rights which are gone by then are gone; raises NotAllowed."""


class NotAllowed(Exception):
    """Whoever asked may not: `not_signed_in` or `not_administrator`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ChangedMeanwhile(Exception):
    """Somebody else saved after this person had begun; what they changed comes along."""

    def __init__(self, newest: Version, differences: list[Change]) -> None:
        super().__init__(newest.version)
        self.newest = newest
        self.changes = differences


def administrator(web_session: str, now: int) -> Author:
    """Whoever is signed in with this browser, as long as they are an administrator."""
    return partial(_administrator, web_session, now)


def _administrator(web_session: str, now: int, connection: Connection) -> str:
    account = accounts.by_web_session(web_session, now, connection)
    if not account:
        raise NotAllowed("not_signed_in")
    if not account.administrator:
        raise NotAllowed("not_administrator")
    return account.name


def text_of(site: Site) -> str:
    """The whole site as JSON."""
    return site.model_dump_json()


def settings_at(number: int, connection: Connection) -> str | None:
    """The settings of a version; version 0 is our defaults."""
    if number == 0:
        return text_of(Site())
    version = rows.version(number, connection)
    return version.settings if version else None


def newest(connection: Connection) -> Version:
    """What is stored last."""
    return rows.version(rows.newest_number(connection), connection) or Version(0, 0, "", text_of(Site()))


def save(author: Author, base: int | None, site: Site, now: int, connection: Connection) -> int:
    """Store a site that was checked already; the number of its version. `base` is the version that was changed;
    None stands for whichever it is. Nothing is stored when nothing differs.

    Raises NotAllowed, ChangedMeanwhile, and Invalid when people or notices hold on to a team that is no more.
    """
    by = author(connection)
    present = newest(connection)
    before = json.loads(present.settings)
    if base is not None and base != present.version:
        known = settings_at(base, connection)
        raise ChangedMeanwhile(present, changes(json.loads(known), before) if known else [])
    told = [(notice.name, notice.scope) for notice in notices.in_force(now, connection)]
    problems = list(teams_gone(site, _people(connection), told))
    if problems:
        raise Invalid(problems)
    differences = changes(before, json.loads(text_of(site)))
    if not differences:
        return present.version
    rows.add(Version(present.version + 1, now, by, text_of(site)), differences, connection)
    return present.version + 1


def _people(connection: Connection) -> list[tuple[str, frozenset[str]]]:
    query = select(representatives.c.name, representatives.c.teams)
    return [(row.name, accounts.teams_of(row.teams)) for row in connection.execute(query)]
