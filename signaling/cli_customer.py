"""The commands `deskside customer`: what is kept of somebody who asks for it to be deleted."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from signaling.folder import change, data_option


@click.group()
def customer() -> None:
    """What the server knows of a customer, whether or not it is running."""


@customer.command()
@click.argument("words")
@data_option
def find(words: str, data: Path | None) -> None:
    """List the sessions of customers with WORDS in their names, and the messages with WORDS in name, contact or text.

    Sessions that go on are not among them. `recorded` is a session whose recording has to be deleted first.
    """
    from signaling.store import forgetting as rows

    for one in change(data, partial(rows.found, words)):
        at = datetime.fromtimestamp(one.at / 1000, UTC)
        click.echo("  ".join((one.kind.ljust(8), one.id, f"{at:%Y-%m-%d %H:%M}", one.name or "-", one.contact or "-")))


# Ids may begin with a hyphen.
@customer.command(context_settings={"ignore_unknown_options": True})
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@data_option
def forget(ids: tuple[str, ...], data: Path | None) -> None:
    """Delete now, for good, what names the customers of these sessions, and these messages.

    The reports go on counting the sessions.
    """
    from signaling.store import forgetting as rows

    asked = set(ids)
    count = change(data, partial(rows.forget_these, asked))
    click.echo(f"Forgot {count}.")
    if count < len(asked):
        raise click.ClickException(
            f"{len(asked) - count} of these ids name nothing that could be forgotten. Of a session that is recorded, "
            "delete the recording first."
        )
