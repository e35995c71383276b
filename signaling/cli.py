"""The command `deskside`."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from signaling.cli_customer import customer
from signaling.cli_message import message
from signaling.cli_recorder import recorder
from signaling.cli_settings import settings
from signaling.cli_transcript import transcript
from signaling.folder import change, chosen, data_option


@click.group()
def main() -> None:
    """Support sessions in the browser. Every setting is also read from a variable DESKSIDE_<NAME>."""


@main.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 lets the system choose.")
@data_option
@click.option("--certificate", type=click.Path(dir_okay=False, path_type=Path), help="TLS certificate, PEM.")
@click.option("--key", type=click.Path(dir_okay=False, path_type=Path), help="Its key, PEM.")
def serve(**options: Any) -> None:
    """Serve the pages, the queue and the signaling."""
    from signaling.serve import CannotServe
    from signaling.serve import serve as run

    try:
        run(chosen(**options))
    except CannotServe as error:
        raise click.ClickException(str(error)) from None


@main.group()
def representative() -> None:
    """Who may sign in to the console."""


@representative.command()
@click.argument("name")
@click.option("--administrator", is_flag=True, help="May also change the site's settings.")
@data_option
def add(name: str, administrator: bool, data: Path | None) -> None:
    """Add a representative. The password is asked for, or read as one line of standard input."""
    from signaling.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, hash_password
    from signaling.desk import now
    from signaling.precis import LONGEST_NAME, Unusable, new_password, written_name
    from signaling.secrets import identifier
    from signaling.store import accounts as rows

    try:
        written = written_name(name)
    except Unusable:
        written = ""
    if not written:
        raise click.ClickException(f"A name has 1 to {LONGEST_NAME} characters and no control characters.")
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        password = new_password(password)
    except Unusable:
        password = ""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise click.ClickException(f"A password has at least {SHORTEST_PASSWORD} printable characters.")
    row = partial(rows.add, identifier(), written, hash_password(password), administrator, now())
    if not change(data, row):
        raise click.ClickException(f"There is a representative named {written} already.")
    click.echo(f"{written} can sign in now.")


@representative.command()
@click.argument("name")
@data_option
def remove(name: str, data: Path | None) -> None:
    """Remove a representative. An open console is closed within seconds."""
    from signaling.store import accounts as rows

    if not change(data, partial(rows.remove, name)):
        raise click.ClickException(f"There is no representative named {name}.")
    click.echo(f"{name} can no longer sign in.")


@representative.command(name="list")
@data_option
def list_(data: Path | None) -> None:
    """List the representatives."""
    from signaling.store import accounts as rows

    for name, administrator in change(data, rows.everybody):
        click.echo(f"{name} (administrator)" if administrator else name)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--signaling", help="Address of the server, when another host serves the customer's page.")
def build(folder: Path, signaling: str | None) -> None:
    """Write the static app into FOLDER, for any static host."""
    from signaling.static_app import AddressError, publish

    try:
        publish(folder, signaling)
    except (AddressError, OSError) as error:
        raise click.ClickException(f"{error}.") from None


main.add_command(customer)
main.add_command(message)
main.add_command(recorder)
main.add_command(settings)
main.add_command(transcript)
