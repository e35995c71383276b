"""Puts recordings into a server's data folder, as a recorder and a server leave them: `python -m tests.recordings.kept
DATA`, with a JSON list on standard input.

Each is `id`, `customer`, `representatives` (names of accounts), `started_at`, `state`, and `parts`: each with `offset`,
`pictures` (0 for none; one each 100 ms) and `entries`, which are records without a number, at an `offset` of the whole.
`seen` are the numbers of those that the representative's page has confirmed, as `core.chain.spans`; nothing: none.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from signaling.app import DATABASE
from signaling.precis import folded, name_key
from signaling.recording_key import keyring
from signaling.recordings.folder import RecordingFolder
from signaling.recordings.webm import WebmWriter
from signaling.settings import Settings
from signaling.store.database import Database
from signaling.store.tables import recording_representatives, recordings, representatives
from tests.recordings.video import encoded

PICTURE = 100
"""Milliseconds from one picture to the next."""
WIDTH, HEIGHT = 640, 400
_MONTH = 30 * 24 * 3600 * 1000


def keep(chosen: Settings, wanted: dict[str, Any]) -> dict[str, Any]:
    """Write the files of one; gives its row."""
    folder = RecordingFolder(chosen.recordings_folder, keyring(chosen))
    folder.create(wanted["id"])
    timeline = folder.timeline_writer(wanted["id"])
    start = wanted["started_at"]
    is_finished = wanted["state"] == "finished"
    number = 0
    for at, part in enumerate(wanted["parts"], 1):
        began = start + part["offset"]
        timeline.part_started(at, began, began)
        if part["pictures"]:
            with folder.part_writer(wanted["id"], at) as file:
                video = WebmWriter(file.write, WIDTH, HEIGHT)
                for frame in encoded(part["pictures"], PICTURE, 10, WIDTH, HEIGHT):
                    video.frame(frame.data, frame.milliseconds, frame.keyframe)
                video.end(part["pictures"] * PICTURE)
        for entry in part["entries"]:
            number += 1
            happened = start + entry.pop("offset")
            made = {"number": number, "kind": "message", "id": f"id-{number}", "at": happened, "name": "", "text": ""}
            timeline.entry(made | entry, happened)
        if is_finished or at < len(wanted["parts"]):
            timeline.part_ended(at, began + max(part["pictures"] * PICTURE, part.get("length", 0)), "gone")
    if wanted.get("seen"):
        timeline.seen(wanted["seen"], wanted["representatives"][0])
    timeline.close()
    size, duration = folder.finish(wanted["id"]) if is_finished else (0, 0)
    return {
        "id": wanted["id"],
        "session": "session-" + wanted["id"],
        "customer": wanted["customer"],
        "customer_key": folded(wanted["customer"]),
        "state": wanted["state"],
        "created_at": start,
        "started_at": start,
        "ended_at": start + 600_000 if is_finished else None,
        "delete_at": int(time.time() * 1000) + _MONTH if is_finished else None,
        "size": size,
        "duration": duration,
        "part": len(wanted["parts"]),
        "connection": "",
        "recorder": "",
    }


def write(row: dict[str, Any], names: list[str], connection: Connection) -> None:
    """The row, with the people who may watch it."""
    connection.execute(recordings.insert().values(row))
    for name in names:
        query = select(representatives.c.id).where(representatives.c.name_key == name_key(name))
        person = {"representative": connection.execute(query).scalar_one(), "name": name, "name_key": folded(name)}
        connection.execute(recording_representatives.insert().values(person | {"recording": row["id"]}))


def main(data: str) -> None:
    chosen = Settings(data=Path(data))
    database = Database(chosen.data / DATABASE, 5)
    for wanted in json.load(sys.stdin):
        row = keep(chosen, wanted)
        names = wanted["representatives"]
        database.submit(lambda connection, row=row, names=names: write(row, names, connection)).result()  # type: ignore[misc]
    database.close()


if __name__ == "__main__":
    main(sys.argv[1])
