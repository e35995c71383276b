"""The commands `deskside settings`: all settings of the site as one JSON file, out and in."""

import json
from functools import partial
from pathlib import Path
from typing import TextIO

import click
from pydantic import ValidationError

from signaling.folder import change, chosen, data_option

AUTHOR = "deskside settings import"
"""Who the history names."""


@click.group()
def settings() -> None:
    """The site's settings as one JSON file."""


@settings.command()
@data_option
def export(data: Path | None) -> None:
    """Write the settings to standard output."""
    from signaling.site.document import Site
    from signaling.site.saving import newest, text_of

    try:
        site = Site.model_validate_json(change(data, newest).settings)
    except ValidationError:
        raise click.ClickException("These settings were saved by a later Deskside; use that one.") from None
    click.echo(json.dumps(json.loads(text_of(site)), ensure_ascii=False, indent=2))


@settings.command(name="import")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@data_option
def import_(file: TextIO, data: Path | None) -> None:
    """Take the settings from FILE, or from standard input when FILE is "-".

    What FILE leaves out has its default afterwards. A running server takes them at once.
    """
    from signaling.desk import now
    from signaling.site.checks import client_exists, site_of
    from signaling.site.problems import Invalid, sentence
    from signaling.site.saving import save

    try:
        text = file.read()
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name} is no text in UTF-8.") from None
    try:
        settings = chosen(data=data)
        site = site_of(text, client_exists(settings.static), settings.relays)
        version = change(data, partial(save, lambda _: AUTHOR, None, site, now()))
    except Invalid as error:
        lines = "\n".join(f"  {sentence(problem)}" for problem in error.problems)
        raise click.ClickException(f"These settings cannot be used; nothing was changed.\n{lines}") from None
    click.echo(f"These settings are in force, as version {version}.")
