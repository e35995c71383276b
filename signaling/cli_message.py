"""The commands `deskside message`: what customers left while nobody was there, without a console."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from signaling.folder import change, data_option

_BY = "command line"
"""Who has dealt with a message that was finished here."""
_SHOWN = 60
"""Characters of a text in the list."""
# Ids may begin with a hyphen.
_IDS = {"ignore_unknown_options": True}


@click.group()
def message() -> None:
    """Messages that customers left.

    A running server takes over within seconds what is done here: the messages go from the open consoles.
    """


@message.command(name="list")
@click.option("--containing", default="", help="Only those with these words in text, name or contact.")
@click.option("--json", "as_json", is_flag=True, help="Everything of each, as one line of JSON.")
@data_option
def list_(containing: str, as_json: bool, data: Path | None) -> None:
    """List the messages that nobody has dealt with, oldest first."""
    from signaling.store import way_in as rows

    for left in change(data, partial(rows.open_messages, containing=containing)):
        at = datetime.fromtimestamp(left.at / 1000, UTC)
        if as_json:
            fields = left._asdict() | {"at": at.isoformat(timespec="seconds")}
            click.echo(json.dumps(fields, ensure_ascii=False))
            continue
        words = " ".join(left.text.split())
        beginning = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
        click.echo("  ".join((left.id, f"{at:%Y-%m-%d %H:%M}", left.name or "-", left.contact or "-", beginning)))


@message.command(context_settings=_IDS)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@data_option
def done(ids: tuple[str, ...], data: Path | None) -> None:
    """Mark messages as dealt with, as the button in the console does."""
    from signaling.desk import now
    from signaling.store import way_in as rows

    _say("Marked", change(data, partial(rows.finish_messages, ids, _BY, now())), len(set(ids)))


@message.command(context_settings=_IDS)
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--containing", default="", help="All open ones with these words in text, name or contact.")
@click.option("--all", "everything", is_flag=True, help="All open ones.")
@data_option
def delete(ids: tuple[str, ...], containing: str, everything: bool, data: Path | None) -> None:
    """Delete messages for good: by their ids, those with some words in them, or all that are open."""
    from signaling.store import way_in as rows

    if sum(map(bool, (ids, containing, everything))) != 1:
        raise click.UsageError("Say which: ids, --containing or --all.")
    if ids:
        _say("Deleted", change(data, partial(rows.delete_messages, ids)), len(set(ids)))
    else:
        click.echo(f"Deleted {change(data, partial(rows.delete_open_messages, containing))}.")


def _say(what: str, count: int, asked: int) -> None:
    click.echo(f"{what} {count}.")
    if count < asked:
        raise click.ClickException(f"{asked - count} of these ids name no message like that.")
