"""The data folder as the commands use it, whether or not a server is running on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy import Connection

from signaling.settings import Settings

T = TypeVar("T")
data_option = click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Data folder.")


def chosen(**options: Any) -> Settings:
    """The server's settings with these options. Raises ClickException."""
    try:
        return Settings(**{name: value for name, value in options.items() if value is not None})
    except SettingsError as error:
        raise click.ClickException(f"{error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "?"
        raise click.ClickException(f"DESKSIDE_{name} cannot be used: {first['msg']}.") from None


def change(data: Path | None, job: Callable[[Connection], T]) -> T:
    """Run one job on the database of a folder, in a transaction of its own."""
    from signaling.app import DATABASE
    from signaling.store.database import Database

    settings = chosen(data=data)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(settings.data / DATABASE, settings.database_timeout)
    try:
        return database.submit(job).result()
    finally:
        database.close()
