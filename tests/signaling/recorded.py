"""Recordings as they are found on a server: real files in its folder, and their rows."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection

from signaling.app import DATABASE
from signaling.precis import folded
from signaling.recording_key import keyring
from signaling.recordings.folder import RecordingFolder
from signaling.recordings.webm import WebmWriter
from signaling.settings import Settings
from signaling.store.database import Database
from signaling.store.tables import recording_representatives, recordings
from tests.recordings.video import HEIGHT, WIDTH, encoded
from tests.signaling.server import Site

START = 1_700_000_000_000
DAY = 24 * 3600 * 1000
SAID = "Is it <here> & now?"


def folder_of(chosen: Settings) -> RecordingFolder:
    """The folder of recordings of a server with these settings."""
    return RecordingFolder(chosen.recordings_folder, keyring(chosen))


def put(chosen: Settings, id: str, parts: int = 1, frames: int = 20, finished: bool = True, **row: Any) -> None:
    """A recording of `parts`, each of so many pictures, a minute apart; of Ann's session with Bob, if nothing else is
    said. One that is not finished lacks its ends."""
    folder = folder_of(chosen)
    folder.create(id)
    timeline = folder.timeline_writer(id)
    for number in range(1, parts + 1):
        at = START + (number - 1) * 60_000
        timeline.part_started(number, at, at)
        with folder.part_writer(id, number) as file:
            video = WebmWriter(file.write, WIDTH, HEIGHT)
            for frame in encoded(frames):
                video.frame(frame.data, frame.milliseconds, frame.keyframe)
            if finished:
                video.end(frames * 100)
            else:
                file.flush()
        timeline.entry(record(number, at + 500), at + 500)
        if finished:
            timeline.part_ended(number, at + frames * 100, "gone")
    timeline.close()
    size, duration = folder.finish(id) if finished else (0, 0)
    values = {"id": id, "session": f"session-{id}", "customer": "Ann", "state": "finished", "created_at": START}
    values |= {"started_at": START, "ended_at": START + 90_000, "delete_at": None, "size": size, "duration": duration}
    values |= {"part": parts, "connection": "", "recorder": "r", "representatives": ("Bob",)}
    write_row(chosen, values | row)


def record(number: int, at: int) -> dict[str, Any]:
    """Something that was said."""
    said = {"number": number, "kind": "message", "id": f"m{number}", "at": at}
    return said | {"author": "customer", "name": "", "text": SAID}


def write_row(chosen: Settings, values: dict[str, Any]) -> None:
    """A row, with who served its session."""

    def job(connection: Connection) -> None:
        people = values.pop("representatives")
        connection.execute(recordings.insert().values(values | {"customer_key": folded(values["customer"])}))
        for name in people:
            person = {"recording": values["id"], "representative": name, "name": name, "name_key": folded(name)}
            connection.execute(recording_representatives.insert().values(person))

    database = Database(chosen.data / DATABASE, 5)
    database.submit(partial(job)).result()
    database.close()


def files_of(chosen: Settings, id: str) -> list[Path]:
    """What is on the disk of a recording."""
    return sorted((chosen.recordings_folder / id).glob("*"))


def get(site: Site, path: str = "", name: str = "Bob", **headers: str) -> httpx.Response:
    """What somebody gets."""
    given = {key.replace("_", "-"): value for key, value in headers.items()}
    return site.get(f"/api/recordings{path}", Cookie=site.cookie(name), **given)


def views(data: Path) -> list[tuple[str, str]]:
    """Who did what, in order."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        return database.execute("SELECT name, kind FROM recording_views ORDER BY id").fetchall()


def ids(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["recordings"]]
