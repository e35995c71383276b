"""The command `deskside transcript verify`."""

import sys
from pathlib import Path

import click

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def transcript() -> None:
    """Transcripts that people have taken along."""


@transcript.command()
@click.argument("file", type=EXISTING)
@click.option("--against", type=EXISTING, help="The other side's transcript of the same session.")
def verify(file: Path, against: Path | None) -> None:
    """Say whether the transcript in FILE, HTML or JSON, was altered, and where.

    Ends with 0 when it was not, with 1 when it was, and with 2 when that cannot be said.
    """
    from signaling.transcript.checking import check
    from signaling.transcript.reading import Unreadable, read

    try:
        found = check(read(file.read_bytes()), None if against is None else read(against.read_bytes()))
    except Unreadable as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    for problem in found.problems:
        click.echo(problem)
    if found.refused:
        click.echo(f"The representative's page has refused what it was told as entry {found.refused}.")
    click.echo(
        f"{found.records} entries; signed by the customer's page up to {found.signed_by_customer}, "
        f"by the representative's up to {found.signed_by_representative}."
    )
    if not found.is_whole:
        click.echo("It ends before the end of the session.")
    click.echo("This transcript was altered." if found.problems else "This transcript was not altered.")
    sys.exit(1 if found.problems else 0)
