"""`deskside serve`: one server on one data folder."""

import contextlib
import os
import socket
import ssl
from functools import partial

import click
import structlog
import uvicorn
from filelock import FileLock, Timeout

from deskside.core.codec import MAX_FRAME
from signaling import logs
from signaling.app import DATABASE, create_app
from signaling.desk import now
from signaling.pages import Pages
from signaling.recorder_process import RecorderProcess
from signaling.recording_key import is_to_be_made, recording_key
from signaling.secrets import digest, identifier
from signaling.settings import Settings
from signaling.store import accounts as rows
from signaling.store.database import Database
from signaling.wire import Census, Config

try:
    import resource
except ImportError:  # Windows, where nothing limits this
    resource = None  # type: ignore[assignment]

log = structlog.get_logger()
SHORTEST_TOKEN = 20
_FILES_BESIDE = 256
"""Open files that are no connections: the database, pages, recordings that are watched."""
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 (it is compared with, not listened on)


class CannotServe(Exception):
    """The server does not start; the message is a sentence for the operator."""


def serve(settings: Settings) -> None:
    """Serve until a signal. Raises CannotServe."""
    pages = Pages(settings.static)
    if not pages:
        raise CannotServe(pages.explanation().strip())
    if (settings.certificate is None) != (settings.key is None):
        raise CannotServe("A certificate needs its key: give both --certificate and --key, or neither.")
    if settings.certificate:
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(settings.certificate, settings.key)
        except OSError as error:
            reason = error.strerror or "they cannot be read"
            raise CannotServe(f"Certificate {settings.certificate} and key {settings.key}: {reason}.") from None
    if settings.recorder == "external" and len(settings.recorder_token) < SHORTEST_TOKEN:
        raise CannotServe(
            f"An external recorder needs a token of at least {SHORTEST_TOKEN} characters: set DESKSIDE_RECORDER_TOKEN "
            "for the server and for the recorder."
        )
    lock = FileLock(settings.data / "lock", timeout=0)
    try:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire()
    except Timeout:
        raise CannotServe(
            f"Another Deskside server is using {settings.data}. Stop it, or choose another folder with --data."
        ) from None
    except OSError as error:
        raise CannotServe(f"The data folder {settings.data} cannot be used: {error.strerror}.") from None
    try:
        _serve(settings, pages)
    finally:
        lock.release()


def _serve(settings: Settings, pages: Pages) -> None:
    _allow_many_connections()
    key_is_new = is_to_be_made(settings)
    key = _recording_key(settings)
    listener = listen(settings)
    logs.configure()
    if key_is_new:
        log.warning("recording_key_made", advice="in DESKSIDE_RECORDING_KEY, and not in the data folder, it is safer")
    setup = _offer_setup(settings)
    url = _url(settings, listener) + settings.path.rstrip("/")
    click.echo(f"Deskside listens on {url}")
    if setup:
        click.echo("Nobody can sign in yet. This link works once and makes you the administrator:")
        click.echo(f"{url}/console#setup={setup}")
    child = None
    if settings.recorder == "child":
        settings = settings.model_copy(update={"recorder_token": identifier()})
        child = RecorderProcess(settings, _url(settings, listener), key)
    server(settings, pages, child).run(sockets=[listener])


def server(settings: Settings, pages: Pages, child: RecorderProcess | None = None) -> uvicorn.Server:
    """The server, not yet running."""
    config = Config(
        create_app(settings, pages, child),
        Census(settings, _most_connections(settings)),
        ws_max_size=4 * MAX_FRAME,  # bytes; the codec counts characters
        ws_ping_interval=None,  # the pages answer pings of our own: a browser's page cannot see these
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
        timeout_keep_alive=settings.idle_timeout,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


def listen(settings: Settings) -> socket.socket:
    """A bound socket. Raises CannotServe."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise CannotServe(f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}.") from None
    listener.listen(1024)
    return listener


def _allow_many_connections() -> None:
    """Each customer who waits is an open file. Systems allow a thousand at first, and far more on request."""
    if resource:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _most_connections(settings: Settings) -> int:
    """So many that files can still be opened beside them."""
    if not resource:
        return settings.max_connections
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return settings.max_connections
    return min(settings.max_connections, max(files - _FILES_BESIDE, files // 2))


def _url(settings: Settings, listener: socket.socket) -> str:
    host = "localhost" if settings.host in _EVERYWHERE else settings.host
    if ":" in host:
        host = f"[{host}]"
    return f"{'https' if settings.certificate else 'http'}://{host}:{listener.getsockname()[1]}"


def _recording_key(settings: Settings) -> str:
    try:
        return recording_key(settings)
    except ValueError as error:
        raise CannotServe(f"The recording key cannot be used. {error}") from None
    except OSError as error:
        raise CannotServe(f"The recording key in {settings.data} cannot be used: {error.strerror}.") from None


def _offer_setup(settings: Settings) -> str:
    """A new one-time token when there is nobody yet, otherwise nothing."""
    database = Database(settings.data / DATABASE, settings.database_timeout)
    try:
        token = identifier()
        offered = database.submit(partial(rows.offer_setup, digest(token), now())).result()
    finally:
        database.close()
    return token if offered else ""
