"""The command `deskside recorder`."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from signaling.folder import chosen, data_option
from signaling.settings import Settings


@click.command()
@click.option("--server", required=True, help="Address of the server, as this machine reaches it.")
@data_option
def recorder(server: str, data: Path | None) -> None:
    """Record sessions for a server that was started with DESKSIDE_RECORDER=external.

    Both need the same DESKSIDE_RECORDER_TOKEN and DESKSIDE_RECORDING_KEY, and the same folder of recordings.
    """
    from signaling.peers.recorder.running import run
    from signaling.peers.recorder.service import Options
    from signaling.recordings.folder import RecordingFolder
    from signaling.recordings.keyring import BadKey, Keyring

    settings = chosen(data=data)
    address = urlsplit(server)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise click.ClickException("The address of the server begins with http:// or https://.")
    if not settings.recorder_token:
        raise click.ClickException("DESKSIDE_RECORDER_TOKEN is missing; the server has the same.")
    try:
        keyring = Keyring.from_text(_key(settings))
    except BadKey as error:
        raise click.ClickException(f"The recording key cannot be used. {error}") from None
    options = Options(server, settings.recorder_token, settings.max_recordings, settings.certificate)
    run(options, RecordingFolder(settings.recordings_folder, keyring))


def _key(settings: Settings) -> str:
    """The key from the settings, or from the file that the server has made. Never a new one: nobody else had it."""
    from signaling.recording_key import FILE

    if settings.recording_key:
        return settings.recording_key
    try:
        return (settings.data / FILE).read_text(encoding="ascii").strip()
    except OSError:
        raise click.ClickException("DESKSIDE_RECORDING_KEY is missing; the server has the same.") from None
