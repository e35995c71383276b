"""Settings of the server: defaults, overridden by DESKSIDE_* variables, overridden by the command line."""

from pathlib import Path
from typing import Annotated, Any, Literal

from limits import parse as parse_rate
from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from signaling.hosts import host_names
from signaling.sub_path import sub_path


def _words(value: Any) -> Any:
    """A list as people write it in a variable: separated by commas or spaces."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _rate(value: str) -> str:
    parse_rate(value)
    return value


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
Rate = Annotated[str, AfterValidator(_rate)]


class Settings(BaseSettings):
    """What an operator may change about a server; what a company decides is the site's. Times are in seconds."""

    model_config = SettingsConfigDict(env_prefix="DESKSIDE_", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    hosts: Annotated[Words, AfterValidator(host_names)] = ()
    """The names under which browsers may find it; without any, every name will do."""
    path: Annotated[str, AfterValidator(sub_path)] = "/"
    """Below which browsers find everything, with a slash at both ends."""
    data: Path = Field(default_factory=lambda: user_data_path("deskside", appauthor=False))
    certificate: Path | None = None
    key: Path | None = None
    static: Path = Path(__file__).parent / "static"
    keep_builds: int = Field(default=7 * 24 * 3600, ge=0)
    """How long the hashed files of former builds are served, for pages that were loaded before an upgrade."""

    trusted_proxies: Words = ()
    """Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""

    turn_urls: Words = Field(default=(), max_length=8)
    turn_secret: str = Field(default="", repr=False)
    turn_lifetime: int = Field(default=3600, ge=10)
    """Of credentials. Pages get others when half of it is over."""
    stun_urls: Words = Field(default=(), max_length=8)

    recorder: Literal["child", "external", "off"] = "child"
    """Who records: a process that `serve` starts itself, one that the operator starts, or nobody."""
    recorder_token: str = Field(default="", repr=False)
    recording_key: str = Field(default="", repr=False)
    """As `signaling.recordings.keyring` reads it; without one there is a file in the data folder."""
    recordings: Path | None = None
    """Their folder; without one it is in the data folder."""
    max_recordings: int = Field(default=40, ge=1, le=10_000)

    sign_in_attempts_per_name: Rate = "10/5 minutes"
    """From one address. A stranger elsewhere does not use up what a representative has."""
    sign_in_attempts_per_name_anywhere: Rate = "100/5 minutes"
    """From all addresses together."""
    sign_in_attempts_per_address: Rate = "50/5 minutes"
    new_sessions_per_address: Rate = "60/minute"
    session_key_guesses_per_address: Rate = "10/5 minutes"
    session_key_guesses: Rate = "1000/5 minutes"
    """From all addresses together."""
    hellos_per_address: Rate = "240/minute"
    language_changes_per_address: Rate = "60/minute"
    max_waiting: int = Field(default=20_000, ge=1)
    max_left_messages: int = Field(default=1000, ge=0)
    """Open ones. The next one is refused, until somebody has dealt with some."""
    left_messages_per_address: int = Field(default=20, ge=0)
    """The same, from one address since the server has started."""

    max_connections: int = Field(default=30_000, ge=1)
    max_connections_per_address: int = Field(default=500, ge=1)
    """TCP connections. Those of trusted proxies are counted among all only."""
    head_timeout: float = Field(default=15, gt=0)
    body_timeout: float = Field(default=120, gt=0)
    idle_timeout: float = Field(default=5, gt=0)
    unread_timeout: float = Field(default=60, gt=0)

    hello_timeout: float = Field(default=10, gt=0)
    enter_timeout: float = Field(default=600, gt=0)
    """After this a customer's WebSocket that is in no session is closed."""
    ping_interval: float = Field(default=20, gt=0)
    silence_timeout: float = Field(default=60, gt=0)
    position_interval: float = Field(default=5, gt=0)
    database_timeout: float = Field(default=5, gt=0)

    @property
    def recordings_folder(self) -> Path:
        """Where recordings are kept."""
        return self.recordings or self.data / "recordings"

    @property
    def relays(self) -> bool:
        """Whether there is a TURN server, and the secret that it knows."""
        return bool(self.turn_urls and self.turn_secret)
