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

    Ends with 0 when it was not, with 1 when it was, and with 2 when that cannot be said, of all of it or of a part.
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
    for doubt in found.unproved:
        click.echo(doubt)
    if found.refused:
        click.echo(f"The representative's page has refused what it was told as entry {found.refused}.")
    click.echo(
        f"{found.records} entries; signed by the customer's page up to {found.signed_by_customer}, "
        f"by the representative's up to {found.signed_by_representative}."
    )
    if not found.is_whole:
        click.echo("It ends before the end of the session.")
    if found.is_older:
        click.echo("The representative's signature is of an older kind: it does not say what that page saw itself.")
    if found.problems:
        click.echo("This transcript was altered.")
    elif found.unproved:
        click.echo("This transcript is proved in part: only its writer's word stands for what is named above.")
    else:
        click.echo("This transcript was not altered.")
    sys.exit(1 if found.problems else 2 if found.unproved else 0)
